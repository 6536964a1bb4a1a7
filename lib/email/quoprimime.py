"""Quoted-printable text of bodies and the Q encoding of headers (RFC 2045 section 6.7, RFC 2047); bytes are characters below U+0100."""

import re

from email._encoded_words import _CODED, _PLAIN

__all__ = ["body_decode", "body_encode", "body_length", "decode", "decodestring", "header_decode", "header_encode", "header_length", "quote",
           "unquote"]

_BODY_PLAIN = frozenset(range(32, 127)) - {61} | {9}
_BODY_CODES = {i: f"={i:02X}" for i in range(256) if i not in _BODY_PLAIN and i not in (10, 13)}
_CODE = re.compile("=([a-fA-F0-9]{2})")


def header_check(octet):
    """Must this byte be written as =XX, or _, in a header?"""
    return octet not in _PLAIN


def body_check(octet):
    """Must this byte be written as =XX in a body?"""
    return octet not in _BODY_PLAIN


def header_length(bytearray):
    """How long header_encode() makes it, without the frame of the word."""
    return sum(len(_CODED[octet]) for octet in bytearray)


def body_length(bytearray):
    """How long body_encode() makes it, without line ends."""
    return sum(3 if body_check(octet) else 1 for octet in bytearray)


def unquote(s):
    """'=41' as 'A'."""
    return chr(int(s[1:3], 16))


def quote(c):
    """'A' as '=41'."""
    return f"={ord(c):02X}"


def header_encode(header_bytes, charset="iso-8859-1"):
    """bytes as an encoded word."""
    if not header_bytes:
        return ""
    return f"=?{charset}?q?{''.join([_CODED[octet] for octet in header_bytes])}?="


def _fold(line, width, eol):
    """A quoted line in pieces of at most width characters; white space at its end is quoted."""
    soft = "=" + eol
    pieces, start = [], 0
    while len(line) - start > width:
        stop = start + width - 1
        escape = line.find("=", stop - 2, stop)
        stop = stop if escape < 0 else escape
        pieces.append(line[start:stop] + soft)
        start = stop
    rest = line[start:]
    if rest[-1:] in (" ", "\t"):
        room = width - len(rest)
        if room >= 2:
            rest = rest[:-1] + quote(rest[-1])
        else:
            rest = rest + soft if room == 1 else rest[:-1] + soft + quote(rest[-1])
    return "".join(pieces) + rest


def body_encode(body, maxlinelen=76, eol="\n"):
    """Text, its characters being bytes, as quoted-printable lines."""
    if maxlinelen < 4:
        raise ValueError("maxlinelen must be at least 4")
    if not body:
        return body
    quoted = body.translate(_BODY_CODES)
    lines = [_fold(line, maxlinelen, eol) for line in quoted.splitlines()]
    return eol.join(lines) + (eol if quoted[-1] in "\r\n" else "")


def decode(encoded, eol="\n"):
    """The text of quoted-printable lines."""
    if not encoded:
        return encoded
    decoded = []
    for line in encoded.splitlines():
        line = line.rstrip()
        soft = line.endswith("=")
        decoded.append(_CODE.sub(lambda found: chr(int(found[1], 16)), line[:-1] if soft else line))
        if not soft:
            decoded.append(eol)
    if encoded[-1] not in "\r\n" and decoded[-1] is eol:
        del decoded[-1]
    return "".join(decoded)


body_decode = decodestring = decode


def header_decode(s):
    """The text of a Q encoding."""
    return _CODE.sub(lambda found: chr(int(found[1], 16)), s.replace("_", " "))
