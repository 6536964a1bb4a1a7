"""Text to messages. Headers go to the first blank line; what a Content-Type of multipart/... announces is taken apart."""

import io
import re

from email import errors
from email.message import Message

__all__ = ["Parser", "HeaderParser", "BytesParser", "BytesHeaderParser", "FeedParser", "BytesFeedParser"]

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_HEADER = re.compile(r"[!-9;-~]*:|From ")


def _lines(text):
    """Lines with their ends, which are LF, CR or CR LF only."""
    return [line for line in _LINE.findall(text) if line]


def _parse_headers(message, lines):
    """The headers at the beginning of lines go into message; the number of lines that they take, with the blank one."""
    name, parts = None, []

    def finish():
        if name is not None:
            message.set_raw(name, "".join(parts).rstrip("\r\n"))

    for i, line in enumerate(lines):
        if line[0] in " \t":
            if name is None:
                message.defects.append(errors.FirstHeaderLineIsContinuationDefect(line))
            else:
                parts.append(line)
            continue
        if not _HEADER.match(line):
            finish()
            if not line.strip("\r\n"):
                return i + 1
            message.defects.append(errors.MissingHeaderBodySeparatorDefect())
            return i
        if line.startswith("From ") and i == 0:
            message.set_unixfrom(line.rstrip("\r\n"))
            continue
        finish()
        name, _, value = line.partition(":")
        parts = [value.lstrip(" \t")]
        if not name:
            message.defects.append(errors.InvalidHeaderDefect("Missing header name."))
            name, parts = None, []
    finish()
    return len(lines)


def _strip_end(text):
    """text without the end of its last line, which belongs to the boundary behind it."""
    return text[:-2] if text.endswith("\r\n") else text[:-1] if text.endswith(("\n", "\r")) else text


def _parse_parts(message, lines, make):
    boundary = message.get_boundary()
    if boundary is None:
        message.defects += [errors.NoBoundaryInMultipartDefect(), errors.MultipartInvariantViolationDefect()]
        return message.set_payload("".join(lines))
    part, parts, closed, after = [], [], False, []
    for line in lines:
        mark = line.rstrip()
        if closed:
            after.append(line)
        elif mark in ("--" + boundary, f"--{boundary}--"):
            parts.append("".join(part))
            part, closed = [], mark.endswith("--") and mark != "--" + boundary
        else:
            part.append(line)
    if not parts:
        message.defects += [errors.StartBoundaryNotFoundDefect(), errors.MultipartInvariantViolationDefect()]
        return message.set_payload("".join(lines))
    if not closed:
        message.defects.append(errors.CloseBoundaryNotFoundDefect())
        parts.append("".join(part))
    message.preamble = _strip_end(parts[0]) or None
    message.epilogue = "".join(after)
    for text in parts[1:]:
        inner = make()
        if message.get_content_type() == "multipart/digest":
            inner.set_default_type("message/rfc822")
        _parse(inner, _lines(_strip_end(text)), make, False)
        message.attach(inner)


def _parse(message, lines, make, headers_only):
    body = lines[_parse_headers(message, lines):]
    if headers_only:
        message.set_payload("".join(body))
    elif message.get_content_maintype() == "multipart":
        _parse_parts(message, body, make)
    elif message.get_content_maintype() == "message" and message.get_content_type() != "message/delivery-status":
        inner = make()
        _parse(inner, body, make, False)
        message.attach(inner)
    else:
        message.set_payload("".join(body))
    return message


class Parser:
    """Makes messages of text; _class: what to call for an empty one."""

    def __init__(self, _class=None, *, policy=None):
        if policy is not None:
            raise NotImplementedError("email: policies")
        self._class = Message if _class is None else _class

    def parse(self, fp, headersonly=False):
        """The message in a text file; headersonly: all behind the headers is one text."""
        return self.parsestr(fp.read(), headersonly)

    def parsestr(self, text, headersonly=False):
        """The message in a str."""
        return _parse(self._class(), _lines(text), self._class, headersonly)


class HeaderParser(Parser):
    """A Parser that takes nothing apart behind the headers."""

    def parse(self, fp, headersonly=True):
        return super().parse(fp, True)

    def parsestr(self, text, headersonly=True):
        return super().parsestr(text, True)


class BytesParser:
    """A Parser of bytes; those that are not ASCII become lone surrogates."""

    def __init__(self, *args, **kwargs):
        self.parser = Parser(*args, **kwargs)

    def parse(self, fp, headersonly=False):
        """The message in a binary file."""
        return self.parsebytes(fp.read(), headersonly)

    def parsebytes(self, text, headersonly=False):
        """The message in bytes."""
        return self.parser.parsestr(bytes(text).decode("ascii", "surrogateescape"), headersonly)


class BytesHeaderParser(BytesParser):
    """A BytesParser that takes nothing apart behind the headers."""

    def parse(self, fp, headersonly=True):
        return super().parse(fp, True)

    def parsebytes(self, text, headersonly=True):
        return super().parsebytes(text, True)


class FeedParser:
    """Takes text in pieces."""

    def __init__(self, _factory=None, *, policy=None):
        self._parser = Parser(_factory, policy=policy)
        self._text = io.StringIO(newline="")

    def feed(self, data):
        """Add text."""
        self._text.write(data)

    def close(self):
        """The message."""
        return self._parser.parsestr(self._text.getvalue())


class BytesFeedParser(FeedParser):
    """Takes bytes in pieces."""

    def feed(self, data):
        super().feed(data.decode("ascii", "surrogateescape"))
