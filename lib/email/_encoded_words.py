"""Words with other characters than ASCII: =?charset*language?encoding?text?= (RFC 2047, RFC 2231 section 5)."""

import binascii
import re

from email import errors

__all__ = ["decode_q", "encode_q", "decode_b", "encode_b", "len_q", "len_b", "decode", "encode"]

_PLAIN = frozenset(b"-!*+/ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
_CODED = ["_" if i == 32 else chr(i) if i in _PLAIN else f"={i:02X}" for i in range(256)]


def decode_q(encoded):
    """(bytes, defects) of the Q encoding."""
    return re.sub(rb"=([a-fA-F0-9]{2})", lambda found: bytes.fromhex(found[1].decode()), encoded.replace(b"_", b" ")), []


def encode_q(bstring):
    """bytes in the Q encoding."""
    return "".join([_CODED[octet] for octet in bstring])


def len_q(bstring):
    """How long encode_q() would be."""
    return sum(len(_CODED[octet]) for octet in bstring)


def decode_b(encoded):
    """(bytes, defects) of base64, as much as can be understood."""
    characters, padding = errors.InvalidBase64CharactersDefect, errors.InvalidBase64PaddingDefect
    missing = -len(encoded) % 4
    ways = ((b"=" * missing, True, [padding] if missing else []), (b"", False, [characters]), (b"==", False, [characters, padding]))
    for tail, strict, defects in ways:
        try:
            return binascii.a2b_base64(encoded + tail, strict_mode=strict), [defect() for defect in defects]
        except binascii.Error:
            pass
    return encoded, [errors.InvalidBase64LengthDefect()]


def encode_b(bstring):
    """bytes in base64."""
    return binascii.b2a_base64(bstring, newline=False).decode("ascii")


def len_b(bstring):
    """How long encode_b() would be."""
    return (len(bstring) + 2) // 3 * 4


_DECODERS = {"q": decode_q, "b": decode_b}
_ENCODERS = {"q": (encode_q, len_q), "b": (encode_b, len_b)}


def decode(ew):
    """(text, charset, language, defects) of an encoded word. ValueError or KeyError if it is none."""
    _, charset, encoding, coded, _ = ew.split("?")
    charset, _, language = charset.partition("*")
    octets, defects = _DECODERS[encoding.lower()](coded.encode("ascii", "surrogateescape"))
    try:
        text = octets.decode(charset)
    except UnicodeDecodeError:
        defects.append(errors.UndecodableBytesDefect(f"Encoded word contains bytes not decodable using {charset!r} charset"))
        text = octets.decode(charset, "surrogateescape")
    except (LookupError, UnicodeEncodeError):
        text = octets.decode("ascii", "surrogateescape")
        if charset.lower() != "unknown-8bit":
            defects.append(errors.CharsetError(f"Unknown charset {charset!r} in encoded word; decoded as unknown bytes"))
    return text, charset, language, defects


def encode(string, charset="utf-8", encoding=None, lang=""):
    """string as an encoded word; encoding None: the shorter one, q if it is nearly as short."""
    octets = string.encode("ascii", "surrogateescape") if charset == "unknown-8bit" else string.encode(charset)
    if encoding is None:
        encoding = "q" if len_q(octets) - len_b(octets) < 5 else "b"
    star = "*" + lang if lang else ""
    return f"=?{charset}{star}?{encoding}?{_ENCODERS[encoding][0](octets)}?="
