"""Base64 of bodies and headers (RFC 2045 section 6.8, RFC 2047)."""

from binascii import a2b_base64, b2a_base64

__all__ = ["body_decode", "body_encode", "decode", "decodestring", "header_encode", "header_length"]


def header_length(bytearray):
    """How long the base64 of these bytes is."""
    return (len(bytearray) + 2) // 3 * 4


def header_encode(header_bytes, charset="iso-8859-1"):
    """bytes, or text in charset, as an encoded word."""
    if not header_bytes:
        return ""
    octets = header_bytes.encode(charset) if isinstance(header_bytes, str) else header_bytes
    return f"=?{charset}?b?{b2a_base64(octets, newline=False).decode('ascii')}?="


def body_encode(s, maxlinelen=76, eol="\n"):
    """bytes as lines of at most maxlinelen characters."""
    size = maxlinelen * 3 // 4
    return "".join([b2a_base64(s[i:i + size], newline=False).decode("ascii") + eol for i in range(0, len(s), size)])


def decode(string):
    """The bytes of base64, str or bytes."""
    if not string:
        return b""
    return a2b_base64(string.encode("raw-unicode-escape") if isinstance(string, str) else string)


body_decode = decodestring = decode
