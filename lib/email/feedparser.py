"""Messages from text that comes in pieces. Nothing is refused: what is wrong is noted as a defect."""

import re
from collections import deque

from email import errors
from email._policybase import compat32

__all__ = ["FeedParser", "BytesFeedParser"]

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r(?!\n))")
_HEADER = re.compile(r"From |[!-9;-~]*:|[\t ]")
_LINE_END = re.compile(r"(?:\r\n|\r|\n)\Z")
_BLANK = re.compile(r"\r\n|\r|\n")
_BEHIND_BOUNDARY = re.compile(r"(?P<end>--)?[ \t]*(?P<linesep>\r\n|\r|\n)?$")

NeedMoreData = object()


class BufferedSubFile:
    """Lines that come in pieces; a stack of predicates tells which lines look like the end of the file."""

    def __init__(self):
        self._lines, self._partial, self._ends, self._closed = deque(), [], [], False

    def push_eof_matcher(self, pred):
        self._ends.append(pred)

    def pop_eof_matcher(self):
        return self._ends.pop()

    def push(self, data):
        """Add text."""
        ends = self._partial and self._partial[-1][-1:] == "\r"
        self._partial.append(data)
        if ends or "\n" in data or "\r" in data:
            text = "".join(self._partial)
            lines = _LINE.findall(text)
            if lines and text.endswith("\r"):
                lines.pop() # its \n may follow
            self._lines.extend(lines)
            rest = text[sum(map(len, lines)):]
            self._partial = [rest] if rest else []

    def close(self):
        """No more will come."""
        text = "".join(self._partial)
        if text:
            self._lines.append(text)
        self._partial, self._closed = [], True

    def readline(self):
        """The next line; '' at the end, NeedMoreData if it has not come yet."""
        if not self._lines:
            return "" if self._closed else NeedMoreData
        line = self._lines.popleft()
        for at_end in reversed(self._ends):
            if at_end(line):
                self._lines.appendleft(line)
                return ""
        return line

    def unreadline(self, line):
        """Put a line back."""
        self._lines.appendleft(line)

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if line == "":
            raise StopIteration
        return line


def _without_line_end(text):
    found = _LINE_END.search(text)
    return text[:found.start()] if found else text


class FeedParser:
    """feed() text, close() gives the message. _factory: what makes messages; else the policy's."""

    def __init__(self, _factory=None, *, policy=compat32):
        self.policy = policy
        self._old_style_factory = False
        self._factory = _factory or policy.message_factory
        if self._factory is None:
            from email.message import Message
            self._factory = Message
        elif _factory is not None:
            try:
                _factory(policy=policy)
            except TypeError: # it takes no policy
                self._old_style_factory = True
        self._input = BufferedSubFile()
        self._headersonly = False
        self._last = None # the message whose payload ends where a boundary is met

    def _set_headersonly(self):
        self._headersonly = True

    def feed(self, data):
        """Add text."""
        self._input.push(data)

    def close(self):
        """The message."""
        self._input.close()
        root = self._message(None)
        if root.get_content_maintype() == "multipart" and not root.is_multipart() and not self._headersonly:
            self._defect(root, errors.MultipartInvariantViolationDefect())
        return root

    def _defect(self, message, defect):
        self.policy.handle_defect(message, defect)

    def _rest(self):
        return "".join(self._input)

    # ---- Messages ----

    def _message(self, parent):
        """The message that begins here, to the end of its part."""
        message = self._factory() if self._old_style_factory else self._factory(policy=self.policy)
        if parent is not None:
            if parent.get_content_type() == "multipart/digest":
                message.set_default_type("message/rfc822")
            parent.attach(message)
        self._last = message
        self._headers(message)
        if self._headersonly:
            message.set_payload(self._rest())
        elif message.get_content_type() == "message/delivery-status":
            self._blocks(message)
        elif message.get_content_maintype() == "message":
            self._message(message)
        elif message.get_content_maintype() == "multipart":
            self._multipart(message)
        else:
            message.set_payload(self._rest())
        return message

    def _blocks(self, message):
        """Blocks of headers with blank lines between."""
        while True:
            self._input.push_eof_matcher(_BLANK.match)
            self._message(message)
            self._input.pop_eof_matcher()
            self._input.readline()
            line = self._input.readline()
            if not line:
                return
            self._input.unreadline(line)

    def _headers(self, message):
        lines = []
        for line in self._input:
            if not _HEADER.match(line):
                if not _BLANK.match(line):
                    self._defect(message, errors.MissingHeaderBodySeparatorDefect())
                    self._input.unreadline(line)
                break
            lines.append(line)
        header = []
        for i, line in enumerate(lines):
            if line[0] in " \t":
                if header:
                    header.append(line)
                else:
                    self._defect(message, errors.FirstHeaderLineIsContinuationDefect(line))
                continue
            self._store(message, header)
            header = []
            if line.startswith("From "):
                if i == 0:
                    message.set_unixfrom(_without_line_end(line))
                elif i == len(lines) - 1: # more likely the body's first line
                    self._input.unreadline(line)
                else:
                    message.defects.append(errors.MisplacedEnvelopeHeaderDefect(line)) # too usual to raise it
            elif line[0] == ":":
                message.defects.append(errors.InvalidHeaderDefect("Missing header name."))
            else:
                header = [line]
        self._store(message, header)

    def _store(self, message, header):
        if header:
            message.set_raw(*self.policy.header_source_parse(header))

    # ---- Parts ----

    def _multipart(self, message):
        boundary = message.get_boundary()
        if boundary is None:
            self._defect(message, errors.NoBoundaryInMultipartDefect())
            message.set_payload(self._rest())
            return
        if str(message.get("content-transfer-encoding", "8bit")).lower() not in ("7bit", "8bit", "binary"):
            self._defect(message, errors.InvalidMultipartContentTransferEncodingDefect())
        mark = "--" + boundary

        def at_boundary(line):
            return _BEHIND_BOUNDARY.match(line, len(mark)) if line.startswith(mark) else None
        found = self._preamble(message, at_boundary)
        while found and not found["end"]:
            found = self._part(message, at_boundary)
        if found:
            self._epilogue(message, found["linesep"])
        elif found is None:
            self._defect(message, errors.CloseBoundaryNotFoundDefect())

    def _preamble(self, message, at_boundary):
        """Take what stands before the first boundary; its match. Without one, that is the payload, and False."""
        lines = []
        for line in self._input:
            if found := at_boundary(line):
                if found["end"]:
                    break
                if lines:
                    lines[-1] = _without_line_end(lines[-1])
                    message.preamble = "".join(lines)
                return found
            lines.append(line)
        self._defect(message, errors.StartBoundaryNotFoundDefect())
        message.set_payload("".join(lines))
        self._rest()
        message.epilogue = ""
        return False

    def _part(self, message, at_boundary):
        """Take one part; the match of the boundary behind it, or None."""
        line = self._input.readline()
        while line and at_boundary(line):
            line = self._input.readline()
        if line:
            self._input.unreadline(line)
        self._input.push_eof_matcher(at_boundary)
        self._message(message)
        self._input.pop_eof_matcher()
        last = self._last
        if last.get_content_maintype() == "multipart":
            last.epilogue = _without_line_end(last.epilogue) if last.epilogue else None
        elif isinstance(last._payload, str):
            last._payload = _without_line_end(last._payload)
        self._last = message
        line = self._input.readline()
        return at_boundary(line) if line else None

    def _epilogue(self, message, line_end):
        text = self._rest()
        found = None if line_end else _BLANK.match(text)
        message.epilogue = text[found.end():] if found else text


class BytesFeedParser(FeedParser):
    """A FeedParser of bytes."""

    def feed(self, data):
        """Add bytes; those that are not ASCII become lone surrogates."""
        super().feed(data.decode("ascii", "surrogateescape"))
