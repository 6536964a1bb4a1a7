"""Base16, Base32, Base64 and Base85 data (RFC 4648, Ascii85 as of btoa and Adobe, git's Base85), for bytes and files."""

import binascii
from struct import Struct as _Struct

__all__ = ["encode", "decode", "encodebytes", "decodebytes", "b64encode", "b64decode", "b32encode", "b32decode", "b32hexencode",
           "b32hexdecode", "b16encode", "b16decode", "b85encode", "b85decode", "a85encode", "a85decode", "z85encode", "z85decode",
           "standard_b64encode", "standard_b64decode", "urlsafe_b64encode", "urlsafe_b64decode"]

MAXLINESIZE = 76
MAXBINSIZE = MAXLINESIZE // 4 * 3


def _bytes_of(s):
    """Data to be decoded: bytes-like, or a str of ASCII characters."""
    if isinstance(s, str):
        try:
            return s.encode("ascii")
        except UnicodeEncodeError:
            raise ValueError("string argument should contain only ASCII characters")
    if isinstance(s, (bytes, bytearray)):
        return s
    try:
        return memoryview(s).tobytes()
    except TypeError:
        raise TypeError("argument should be a bytes-like object or ASCII string, not %r" % s.__class__.__name__) from None


# ---- Base64 ----

def b64encode(s, altchars=None):
    """Encode bytes-like s as Base64; altchars are two bytes to use instead of + and /."""
    encoded = binascii.b2a_base64(s, newline=False)
    if altchars is not None:
        assert len(altchars) == 2, repr(altchars)
        return encoded.translate(bytes.maketrans(b"+/", altchars))
    return encoded


def b64decode(s, altchars=None, validate=False):
    """Decode Base64 data, bytes-like or ASCII text. Other characters are skipped, or, with validate, binascii.Error."""
    s = _bytes_of(s)
    if altchars is not None:
        altchars = _bytes_of(altchars)
        assert len(altchars) == 2, repr(altchars)
        s = s.translate(bytes.maketrans(altchars, b"+/"))
    return binascii.a2b_base64(s, strict_mode=validate)


def standard_b64encode(s):
    """Encode bytes-like s with the standard alphabet."""
    return b64encode(s)


def standard_b64decode(s):
    """Decode data in the standard alphabet."""
    return b64decode(s)


_to_urlsafe = bytes.maketrans(b"+/", b"-_")
_from_urlsafe = bytes.maketrans(b"-_", b"+/")


def urlsafe_b64encode(s):
    """Encode bytes-like s with - and _ instead of + and /."""
    return b64encode(s).translate(_to_urlsafe)


def urlsafe_b64decode(s):
    """Decode data with - and _ instead of + and /."""
    return b64decode(_bytes_of(s).translate(_from_urlsafe))


# ---- Base32 and Base16 ----

_alphabet32 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_alphabet32hex = b"0123456789ABCDEFGHIJKLMNOPQRSTUV"
_pairs32 = {}  # alphabet -> the characters of all ten-bit numbers
_values32 = {}


def _encode32(alphabet, s):
    if alphabet not in _pairs32:
        letters = [bytes((c,)) for c in alphabet]
        _pairs32[alphabet] = [a + b for a in letters for b in letters]
    pairs = _pairs32[alphabet]
    if not isinstance(s, (bytes, bytearray)):
        s = memoryview(s).tobytes()
    rest = len(s) % 5
    if rest:
        s = s + b"\0" * (5 - rest)
    out = bytearray()
    for i in range(0, len(s), 5):
        n = int.from_bytes(s[i:i + 5])
        out += pairs[n >> 30] + pairs[n >> 20 & 1023] + pairs[n >> 10 & 1023] + pairs[n & 1023]
    pad = (0, 6, 4, 3, 1)[rest]
    if pad:
        out[-pad:] = b"=" * pad
    return bytes(out)


def _decode32(alphabet, s, casefold=False, map01=None):
    if alphabet not in _values32:
        _values32[alphabet] = {c: i for i, c in enumerate(alphabet)}
    values = _values32[alphabet]
    s = _bytes_of(s)
    if len(s) % 8:
        raise binascii.Error("Incorrect padding")
    if map01 is not None:
        map01 = _bytes_of(map01)
        assert len(map01) == 1, repr(map01)
        s = s.translate(bytes.maketrans(b"01", b"O" + map01))
    if casefold:
        s = s.upper()
    length = len(s)
    s = s.rstrip(b"=")
    pad = length - len(s)
    out = bytearray()
    n = 0
    for i in range(0, len(s), 8):
        part = s[i:i + 8]
        n = 0
        try:
            for c in part:
                n = n << 5 | values[c]
        except KeyError:
            raise binascii.Error("Non-base32 digit found") from None
        if len(part) == 8:
            out += n.to_bytes(5)
    if length % 8 or pad not in {0, 1, 3, 4, 6}:
        raise binascii.Error("Incorrect padding")
    if pad and length:
        out += (n << 5 * pad).to_bytes(5)[:(43 - 5 * pad) // 8]
    return bytes(out)


def b32encode(s):
    """Encode bytes-like s as Base32."""
    return _encode32(_alphabet32, s)


def b32decode(s, casefold=False, map01=None):
    """Decode Base32 data. casefold: small letters as well; map01: the letter (I or L) that 1 stands for, 0 then being O."""
    return _decode32(_alphabet32, s, casefold, map01)


def b32hexencode(s):
    """Encode bytes-like s as Base32 with the digits 0-9 and A-V."""
    return _encode32(_alphabet32hex, s)


def b32hexdecode(s, casefold=False):
    """Decode Base32 data with the digits 0-9 and A-V. casefold: small letters as well."""
    return _decode32(_alphabet32hex, s, casefold)


def b16encode(s):
    """Encode bytes-like s as hexadecimal digits."""
    return binascii.hexlify(s).upper()


def b16decode(s, casefold=False):
    """Decode hexadecimal digits. casefold: small letters as well."""
    s = _bytes_of(s)
    if casefold:
        s = s.upper()
    if s.translate(None, delete=b"0123456789ABCDEF"):
        raise binascii.Error("Non-base16 digit found")
    return binascii.unhexlify(s)


# ---- Base85 ----

_tables85 = {}  # alphabet -> the characters of all numbers below 85 ** 2
_word = _Struct("!I")


def _pairs85(alphabet):
    if alphabet not in _tables85:
        letters = [bytes((c,)) for c in alphabet]
        _tables85[alphabet] = letters, [a + b for a in letters for b in letters]
    return _tables85[alphabet]


def _encode85(b, alphabet, pad=False, zeros=False, spaces=False):
    letters, pairs = _pairs85(alphabet)
    if not isinstance(b, (bytes, bytearray)):
        b = memoryview(b).tobytes()
    missing = -len(b) % 4
    if missing:
        b = b + b"\0" * missing
    chunks = [b"z" if zeros and not word else b"y" if spaces and word == 0x20202020 else
              pairs[word // 614125] + pairs[word // 85 % 7225] + letters[word % 85] for word, in _word.iter_unpack(b)]
    if missing and not pad:
        if chunks[-1] == b"z":
            chunks[-1] = letters[0] * 5
        chunks[-1] = chunks[-1][:-missing]
    return b"".join(chunks)


_a85alphabet = bytes(range(33, 118))


def a85encode(b, *, foldspaces=False, wrapcol=0, pad=False, adobe=False):
    """Encode bytes-like b as Ascii85.

    foldspaces: y for four spaces; wrapcol: characters in a line; pad: to a multiple of four bytes; adobe: between <~ and ~>.
    """
    result = _encode85(b, _a85alphabet, pad, True, foldspaces)
    if adobe:
        result = b"<~" + result
    if wrapcol:
        wrapcol = max(2 if adobe else 1, wrapcol)
        lines = [result[i:i + wrapcol] for i in range(0, len(result), wrapcol)]
        if adobe and len(lines[-1]) + 2 > wrapcol:
            lines.append(b"")
        result = b"\n".join(lines)
    if adobe:
        result += b"~>"
    return result


def a85decode(b, *, foldspaces=False, adobe=False, ignorechars=b" \t\n\r\v"):
    """Decode Ascii85 data. foldspaces: y is four spaces; adobe: it is between <~ and ~>; ignorechars are skipped."""
    b = _bytes_of(b)
    if adobe:
        if not b.endswith(b"~>"):
            raise ValueError("Ascii85 encoded byte sequences must end with {!r}".format(b"~>"))
        b = b[2:-2] if b.startswith(b"<~") else b[:-2]
    word, count = 0, 0
    out = bytearray()
    for c in b + b"u" * 4:
        if 33 <= c <= 117:
            word = word * 85 + c - 33
            count += 1
            if count == 5:
                if word > 0xFFFFFFFF:
                    raise ValueError("Ascii85 overflow")
                out += _word.pack(word)
                word = count = 0
        elif c == 122:
            if count:
                raise ValueError("z inside Ascii85 5-tuple")
            out += b"\0\0\0\0"
        elif foldspaces and c == 121:
            if count:
                raise ValueError("y inside Ascii85 5-tuple")
            out += b"\x20\x20\x20\x20"
        elif c not in ignorechars:
            raise ValueError("Non-Ascii85 digit found: %c" % c)
    missing = 4 - count
    return bytes(out[:-missing]) if missing else bytes(out)


_b85alphabet = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"
_b85values = {}


def b85encode(b, pad=False):
    """Encode bytes-like b as git's Base85. pad: to a multiple of four bytes."""
    return _encode85(b, _b85alphabet, pad)


def b85decode(b):
    """Decode git's Base85."""
    if not _b85values:
        _b85values.update((c, i) for i, c in enumerate(_b85alphabet))
    values = _b85values
    b = _bytes_of(b)
    missing = -len(b) % 5
    b = b + b"~" * missing
    out = bytearray()
    for i in range(0, len(b), 5):
        word = 0
        for k, c in enumerate(b[i:i + 5]):
            if c not in values:
                raise ValueError("bad base85 character at position %d" % (i + k))
            word = word * 85 + values[c]
        if word > 0xFFFFFFFF:
            raise ValueError("base85 overflow in hunk starting at byte %d" % i)
        out += _word.pack(word)
    return bytes(out[:-missing]) if missing else bytes(out)


_z85alphabet = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#"
_z85_only = bytes(c for c in _b85alphabet if c not in _z85alphabet)
_z85_to_b85 = bytes.maketrans(_z85alphabet + _z85_only, _b85alphabet + b"\0" * len(_z85_only))
_b85_to_z85 = bytes.maketrans(_b85alphabet, _z85alphabet)


def z85encode(s):
    """Encode bytes-like s as ZeroMQ's Base85."""
    return b85encode(s).translate(_b85_to_z85)


def z85decode(s):
    """Decode ZeroMQ's Base85."""
    s = _bytes_of(s).translate(_z85_to_b85)
    try:
        return b85decode(s)
    except ValueError as e:
        raise ValueError(e.args[0].replace("base85", "z85")) from None


# ---- Files and lines ----

def encode(input, output):
    """Encode a file, in lines of 76 characters, into another; both are binary."""
    while s := input.read(MAXBINSIZE):
        while len(s) < MAXBINSIZE and (more := input.read(MAXBINSIZE - len(s))):
            s += more
        output.write(binascii.b2a_base64(s))


def decode(input, output):
    """Decode a file, line by line, into another; both are binary."""
    while line := input.readline():
        output.write(binascii.a2b_base64(line))


def _check_bytes(s):
    try:
        m = memoryview(s)
    except TypeError as e:
        raise TypeError("expected bytes-like object, not %s" % s.__class__.__name__) from e
    if m.format not in ("c", "b", "B"):
        raise TypeError("expected single byte elements, not %r from %s" % (m.format, s.__class__.__name__))
    if m.ndim != 1:
        raise TypeError("expected 1-D data, not %d-D data from %s" % (m.ndim, s.__class__.__name__))


def encodebytes(s):
    """Encode bytes-like s in lines of 76 characters."""
    _check_bytes(s)
    return b"".join([binascii.b2a_base64(s[i:i + MAXBINSIZE]) for i in range(0, len(s), MAXBINSIZE)])


def decodebytes(s):
    """Decode bytes-like Base64 data."""
    _check_bytes(s)
    return binascii.a2b_base64(s)


def main():
    """python -m base64: encodes (-e) or decodes (-d, -u) a file or standard input."""
    import getopt
    import sys
    usage = f"usage: {sys.argv[0]} [-h|-d|-e|-u] [file|-]\n        -h: print this help message and exit\n        -d, -u: decode\n        -e: encode (default)"
    try:
        opts, args = getopt.getopt(sys.argv[1:], "hdeu")
    except getopt.error as e:
        sys.stdout = sys.stderr
        print(e)
        print(usage)
        sys.exit(2)
    function = encode
    for name, _value in opts:
        if name == "-h":
            print(usage)
            return
        function = encode if name == "-e" else decode
    if args and args[0] != "-":
        with open(args[0], "rb") as file:
            function(file, sys.stdout.buffer)
    else:
        function(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
