"""International names of hosts in ASCII: IDNA 2003 (RFC 3490, 3491), label by label, in Punycode behind xn--.

Characters that Unicode did not have when the RFCs were written are taken as unicodedata has them."""

import codecs
import re
from unicodedata import bidirectional, category, normalize

dots = re.compile("[\u002e\u3002\uff0e\uff61]")
sace_prefix = "xn--"
_PREFIX = b"xn--"
_MOST = 63           # octets of a label
_MOST_TRIED = 1024   # longer ones are not even looked at
_NOTHING = re.compile("[\u00ad\u034f\u1806\u180b-\u180d\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff]")  # RFC 3454, B.1
_FORBIDDEN = re.compile("[\u0340\u0341\u06dd\u070f\u180e\u200e\u200f\u2028-\u202e\u2061-\u2063\u206a-\u206f\u2ff0-\u2ffb\ufff9-\ufffd"
                        "\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]")  # C.2.2 and C.6 to C.9


def _is_forbidden(c):
    if c < "\x80":
        return False
    kind = category(c)
    return (kind in ("Zs", "Cc", "Cs", "Co") or kind == "Cn" and (0xfdd0 <= ord(c) <= 0xfdef or ord(c) & 0xfffe == 0xfffe)
            or _FORBIDDEN.match(c) is not None)


def nameprep(label):
    """label as it is compared (RFC 3491). UnicodeEncodeError at a character that no name may have."""
    text = normalize("NFKC", "".join(_fold(c) for c in _NOTHING.sub("", label)))
    for i, c in enumerate(text):
        if _is_forbidden(c):
            raise UnicodeEncodeError("idna", label if len(label) == len(text) else text, i, i + 1, f"Invalid character {c!r}")
    kinds = [bidirectional(c) for c in text]
    if any(kind in ("R", "AL") for kind in kinds):  # section 6 of RFC 3454
        for i, kind in enumerate(kinds):
            if kind == "L":
                raise UnicodeEncodeError("idna", text, i, i + 1, "Violation of BIDI requirement 2")
        if kinds[0] not in ("R", "AL"):
            raise UnicodeEncodeError("idna", text, 0, 1, "Violation of BIDI requirement 3")
        if kinds[-1] not in ("R", "AL"):
            raise UnicodeEncodeError("idna", text, len(text) - 1, len(text), "Violation of BIDI requirement 3")
    return text


def _fold(c):
    """The table B.2: a character without case, such that normalizing gives none again."""
    folded = c.casefold()
    normal = normalize("NFKC", folded)
    again = "".join(x.casefold() for x in normal)
    return folded if again == normal else normalize("NFKC", again)


def _check_length(octets, label):
    if not octets:
        raise UnicodeEncodeError("idna", label, 0, 1 if label else 0, "label empty")
    if len(octets) > _MOST:
        raise UnicodeEncodeError("idna", label, 0, len(label), "label too long")
    return octets


def ToASCII(label):
    """A label as bytes (RFC 3490, section 4.1)."""
    if label.isascii():
        return _check_length(label.encode("ascii"), label)
    prepared = nameprep(label)
    if prepared.isascii():
        if not prepared:
            raise UnicodeEncodeError("idna", label, 0, len(label), "label empty")
        return _check_length(prepared.encode("ascii"), label)
    if prepared.lower().startswith(sace_prefix):
        raise UnicodeEncodeError("idna", label, 0, len(sace_prefix), f"Label starts with ACE prefix")
    return _check_length(_PREFIX + prepared.encode("punycode"), label)


def ToUnicode(label):
    """A label of bytes or str as people read it (RFC 3490, section 4.2)."""
    if len(label) > _MOST_TRIED:
        raise UnicodeDecodeError("idna", label if isinstance(label, bytes) else label.encode("utf-8", "backslashreplace"), 0, len(label), "label way too long")
    octets = bytes(label) if not isinstance(label, str) else label.encode("ascii") if label.isascii() else nameprep(label).encode("ascii")
    if not octets[:4].lower() == _PREFIX:
        return str(octets, "ascii")
    try:
        text = octets[4:].decode("punycode")
    except UnicodeDecodeError as e:
        raise UnicodeDecodeError("idna", octets, e.start + 4, e.end + 4, e.reason) from None
    again = ToASCII(text)
    if str(octets, "ascii").lower() != str(again, "ascii"):
        raise UnicodeDecodeError("idna", octets, 0, len(octets), f"IDNA does not round-trip, '{octets!r}' != '{again!r}'")
    return text


def _refuse_errors(errors):
    if errors != "strict":
        raise UnicodeError(f"Unsupported error handling: {errors}")


def _encode_label(label, whole, at):
    try:
        return ToASCII(label)
    except UnicodeEncodeError as e:
        raise UnicodeEncodeError("idna", whole, at + e.start, at + max(e.end, 1) if e.object == label else at + len(label), e.reason) from None


def _encode(text, final, errors):
    """(bytes of the labels that are complete, how many characters they are)"""
    _refuse_errors(errors)
    if not text:
        return b"", 0
    out, at = [], 0
    for found in dots.finditer(text):
        out.append(_encode_label(text[at:found.start()], text, at) + b".")
        at = found.end()
    if final and at < len(text):
        out.append(_encode_label(text[at:], text, at))
        at = len(text)
    return b"".join(out), at


def _decode_label(label, whole, at):
    try:
        label.decode("ascii")
        return ToUnicode(label)
    except UnicodeDecodeError as e:
        raise UnicodeDecodeError("idna", whole, at + e.start, at + e.end, e.reason) from None
    except UnicodeEncodeError as e:
        raise UnicodeDecodeError("idna", whole, at, at + len(label), e.reason) from None


def _decode(data, final, errors):
    """(text of the labels that are complete, how many bytes they are)"""
    _refuse_errors(errors)
    data = bytes(data)
    if not final and not data.isascii():
        wrong = next(i for i, octet in enumerate(data) if octet > 127)
        raise UnicodeDecodeError("idna", data, wrong, wrong + 1, "ordinal not in range(128)")
    out, at = [], 0
    while (dot := data.find(b".", at)) >= 0:
        out.append(_decode_label(data[at:dot], data, at) + ".")
        at = dot + 1
    if final and at < len(data):
        out.append(_decode_label(data[at:], data, at))
        at = len(data)
    return "".join(out), at


class Codec(codecs.Codec):
    """Whole names."""

    def encode(self, input, errors="strict"):
        return _encode(input, True, errors)[0], len(input)

    def decode(self, input, errors="strict"):
        return _decode(input, True, errors)[0], len(input)


class IncrementalEncoder(codecs.BufferedIncrementalEncoder):
    """Gives a label when the dot behind it has come."""

    def _buffer_encode(self, input, errors, final):
        return _encode(input, final, errors)


class IncrementalDecoder(codecs.BufferedIncrementalDecoder):
    """Gives a label when the dot behind it has come."""

    def _buffer_decode(self, input, errors, final):
        return _decode(input, final, errors)


class StreamWriter(Codec, codecs.StreamWriter):
    """Writes names."""


class StreamReader(Codec, codecs.StreamReader):
    """Reads names."""


def getregentry():
    """What codecs.lookup('idna') gives."""
    return codecs.CodecInfo(name="idna", encode=Codec().encode, decode=Codec().decode, incrementalencoder=IncrementalEncoder,
                            incrementaldecoder=IncrementalDecoder, streamwriter=StreamWriter, streamreader=StreamReader)
