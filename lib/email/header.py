"""Headers with text of several character sets: written in encoded words (RFC 2047), folded, and read again."""

import binascii
import re

from email import base64mime, charset as _charset, quoprimime
from email.charset import Charset, UNKNOWN8BIT
from email.errors import HeaderParseError

__all__ = ["Header", "decode_header", "make_header"]

_WIDTH = 78
_WITHOUT_LIMIT = 1_000_000
_ASCII = Charset("us-ascii")
_UTF8 = Charset("utf-8")
_PLAIN = (None, "us-ascii")
_WORD = re.compile(r"=\?([^?]*?)\?([qQbB])\?(.*?)\?=", re.M)
_ANOTHER_HEADER = re.compile(r"\n[^ \t]+:")
_SPACES = re.compile("([ \t]+)")


def _split_words(header):
    """(text, encoding or None, charset or None) of the words and what is between them."""
    for line in header.splitlines():
        at, begins = 0, True
        for found in _WORD.finditer(line):
            between = line[at:found.start()].lstrip() if begins else line[at:found.start()]
            if between:
                yield between, None, None
            yield found[3], found[2].lower(), found[1].lower()
            at, begins = found.end(), False
        rest = line[at:].lstrip() if begins else line[at:]
        if rest:
            yield rest, None, None


def _decode_word(text, encoding):
    if encoding == "b":
        try:
            return base64mime.decode(text + "=" * (-len(text) % 4))
        except binascii.Error:
            raise HeaderParseError("Base64 decoding error") from None
    if encoding == "q":
        text = quoprimime.header_decode(text)
    return text.encode("raw-unicode-escape")


def decode_header(header):
    """The parts of a header as pairs (bytes, charset); a header without encoded words is [(str, None)]."""
    if hasattr(header, "_chunks"):
        return [(_charset._encode(text, str(charset)), str(charset)) for text, charset in header._chunks]
    if not _WORD.search(header):
        return [(header, None)]
    words = list(_split_words(header))
    kept = [word for i, word in enumerate(words)
            if not (0 < i < len(words) - 1 and word[0].isspace() and words[i - 1][1] and words[i + 1][1])]
    parts = []
    for text, encoding, charset in kept:
        octets = _decode_word(text, encoding)
        if parts and parts[-1][1] == charset:
            octets = parts.pop()[0] + (b" " if charset is None else b"") + octets
        parts.append((octets, charset))
    return parts


def make_header(decoded_seq, maxlinelen=None, header_name=None, continuation_ws=" "):
    """The Header of the parts that decode_header() gives."""
    header = Header(maxlinelen=maxlinelen, header_name=header_name, continuation_ws=continuation_ws)
    for text, charset in decoded_seq:
        header.append(text, charset if charset is None or isinstance(charset, Charset) else Charset(charset))
    return header


class Header:
    """Text in parts, each of a character set. str() is the text, encode() how it stands in a message."""

    def __init__(self, s=None, charset=None, maxlinelen=None, header_name=None, continuation_ws=" ", errors="strict"):
        self._charset = self._to_charset(charset, _ASCII)
        self._continuation_ws = continuation_ws
        self._maxlinelen = _WIDTH if maxlinelen is None else maxlinelen
        self._headerlen = 0 if header_name is None else len(header_name) + 2
        self._chunks = []
        if s is not None:
            self.append(s, charset, errors)

    @staticmethod
    def _to_charset(charset, default):
        return default if charset is None else charset if isinstance(charset, Charset) else Charset(charset)

    def __str__(self):
        self._normalize()
        parts, before, spaced = [], None, None
        for text, charset in self._chunks:
            current = charset
            if charset == UNKNOWN8BIT:
                text = text.encode("ascii", "surrogateescape").decode("ascii", "replace")
            if parts:
                if before not in _PLAIN:
                    if charset in _PLAIN and not (text and _separates(text[0])):
                        parts.append(" ")
                        current = None
                elif charset not in _PLAIN and not spaced:
                    parts.append(" ")
            spaced, before = text and _separates(text[-1]), current
            parts.append(text)
        return "".join(parts)

    def __eq__(self, other):
        return other == str(self)

    def append(self, s, charset=None, errors="strict"):
        """Add text, or bytes of charset. Text that is not of its charset: of us-ascii, it becomes utf-8, else UnicodeEncodeError."""
        charset = self._to_charset(charset, self._charset)
        if not isinstance(s, str):
            codec = charset.input_codec or "us-ascii"
            s = s.decode("us-ascii", "surrogateescape") if codec == UNKNOWN8BIT else s.decode(codec, errors)
        codec = charset.output_codec or "us-ascii"
        if codec != UNKNOWN8BIT:
            try:
                s.encode(codec, errors)
            except UnicodeEncodeError:
                if codec != "us-ascii":
                    raise
                charset = _UTF8
        self._chunks.append((s, charset))

    def encode(self, splitchars=";, \t", maxlinelen=None, linesep="\n"):
        """The header's value in lines of at most maxlinelen characters (0: without limit), broken at splitchars, the first ones rather."""
        self._normalize()
        width = self._maxlinelen if maxlinelen is None else maxlinelen
        out = _Lines(self._headerlen, width or _WITHOUT_LIMIT, self._continuation_ws, splitchars)
        before, spaced = None, None
        for i, (text, charset) in enumerate(self._chunks):
            if i:
                if before not in _PLAIN:
                    if charset not in _PLAIN or not (text and _separates(text[0])):
                        out.part(" ", "")
                elif charset not in _PLAIN and not spaced:
                    out.part(" ", "")
            spaced, before = text and _separates(text[-1]), charset
            first, *more = text.splitlines() or [""]
            out.text("", first, charset)
            for line in more:
                out.end_line()
                bare = line.lstrip()
                if charset.header_encoding is None:
                    out.text(line[:len(line) - len(bare)], bare, charset)
                else:
                    out.text(self._continuation_ws, " " + bare, charset)
            if more:
                out.end_line()
        if self._chunks:
            out.part(" ", "")
        out.end_line()
        value = linesep.join(out.lines)
        if _ANOTHER_HEADER.search(value):
            raise HeaderParseError(f"header value appears to contain an embedded header: {value!r}")
        return value

    def _normalize(self):
        """Join neighbours of the same set."""
        joined = []
        for text, charset in self._chunks:
            if joined and joined[-1][1] == charset:
                text = f"{joined.pop()[0]} {text}"
            joined.append((text, charset))
        self._chunks = joined


def _separates(character):
    return character.isspace() or character in ("(", ")", "\\")


class _Lines:
    """Lines that grow; the current one is in pieces (white space, text), and what stands before it has taken `used` characters."""

    def __init__(self, used, width, indent, marks):
        self.lines, self.pieces, self.used = [], [], used
        self.width, self.indent, self.marks = width, indent, marks

    def _length(self):
        return self.used + sum(len(space) + len(text) for space, text in self.pieces)

    def _current(self):
        return "".join([space + text for space, text in self.pieces])

    def part(self, space, text):
        self.pieces.append((space, text))

    def end_line(self):
        """The current line is done."""
        if self.pieces and self.pieces[-1] == (" ", ""):
            self.pieces.pop()
        if self._length():
            line = self._current()
            if self.lines and not self.used and (not line or line.isspace()):
                self.lines[-1] += line
            else:
                self.lines.append(line)
        self.pieces, self.used = [], 0

    def text(self, space, text, charset):
        """Add a part's text: encoded words, or plain text with breaks between its words."""
        if charset.header_encoding is None:
            found = _SPACES.split(space + text)
            for i in range(0, len(found), 2):
                gap = found[i - 1] if i else ""
                if i or found[0]:
                    self._add(gap, found[i])
            return
        first, *more = charset.header_encode_lines(text, self._rooms())
        if first is not None:
            self._add(space, first)
        if more:
            self.end_line()
            self.lines += [self.indent + line for line in more[:-1]]
            self.part(self.indent, more[-1])

    def _rooms(self):
        yield self.width - self._length()
        while True:
            yield self.width - len(self.indent)

    def _add(self, space, text):
        self.part(space, text)
        if self._length() <= self.width:
            return
        at = self._break()
        if at:
            rest = self.pieces[at:]
            del self.pieces[at:]
            self.lines.append(self._current())
            self.pieces, self.used = rest, 0
        elif self.used:
            space, text = self.pieces.pop()
            self.end_line()
            self.part(space or " ", text)

    def _break(self):
        """The number of the piece to begin the next line with: the last one behind the first of the marks that occurs, or 0."""
        for mark in self.marks:
            for i in range(len(self.pieces) - 1, 0, -1):
                if mark.isspace() and self.pieces[i][0][:1] == mark or self.pieces[i - 1][1][-1:] == mark:
                    return i
        return 0
