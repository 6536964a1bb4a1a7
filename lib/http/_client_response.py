"""What a server sends: status, headers, and a body of known length, in chunks or to the end of the connection (RFC 9112 section 6)."""

import email.message
import email.parser
import io

from http import HTTPStatus
from http._client_error import BadStatusLine, HTTPException, IncompleteRead, LineTooLong, RemoteDisconnected, ResponseNotReady, UnknownProtocol
from http._client_error import _MAXLINE

_MAXHEADERS = 100
_UNKNOWN = "UNKNOWN"


class HTTPMessage(email.message.Message):
    """Headers of a response."""

    def getallmatchingheaders(self, name):
        """The lines of all headers of this name."""
        return [f"{name}: {value}" for value in self.get_all(name, ())]


def _read_line(fp, what):
    line = fp.readline(_MAXLINE + 1)
    if len(line) > _MAXLINE:
        raise LineTooLong(what)
    return line


def _read_headers(fp):
    """The lines of headers, with the blank one behind them."""
    lines = []
    while True:
        lines.append(_read_line(fp, "header line"))
        if len(lines) > _MAXHEADERS:
            raise HTTPException(f"got more than {_MAXHEADERS} headers")
        if lines[-1] in (b"\r\n", b"\n", b""):
            return lines


def _parse_header_lines(header_lines, _class=HTTPMessage):
    return email.parser.Parser(_class=_class).parsestr(b"".join(header_lines).decode("iso-8859-1"))


def parse_headers(fp, _class=HTTPMessage):
    """The headers that begin at a binary file's position, with the blank line, as a message."""
    return _parse_header_lines(_read_headers(fp), _class)


class HTTPResponse(io.BufferedIOBase):
    """A response: status, reason, headers, version (10 or 11), and a stream that gives the body."""

    def __init__(self, sock, debuglevel=0, method=None, url=None):
        self.fp = sock.makefile("rb")
        self.debuglevel, self._method = debuglevel, method
        self.headers = self.msg = None
        self.version = self.status = self.reason = _UNKNOWN
        self.chunked = _UNKNOWN     # does the body come in chunks?
        self.chunk_left = _UNKNOWN  # bytes of the chunk that are to come; None: no chunk has begun
        self.length = _UNKNOWN      # bytes of the body that are to come; None: not known
        self.will_close = _UNKNOWN  # does the connection end with the response?

    # ---- The beginning ----

    def _read_status(self):
        line = str(_read_line(self.fp, "status line"), "iso-8859-1")
        if self.debuglevel > 0:
            print("reply:", repr(line))
        if not line:
            raise RemoteDisconnected("Remote end closed connection without response")
        version, status, reason, *_ = [*line.split(None, 2), "", "", ""]
        if not version.startswith("HTTP/"):
            self._close_conn()
            raise BadStatusLine(line)
        try:
            number = int(status)
        except ValueError:
            raise BadStatusLine(line) from None
        if not 100 <= number <= 999:
            raise BadStatusLine(line)
        return version, number, reason

    def begin(self):
        """Read status and headers."""
        if self.headers is not None:
            return
        version, status, reason = self._read_status()
        while status == HTTPStatus.CONTINUE:
            skipped = _read_headers(self.fp)
            if self.debuglevel > 0:
                print("headers:", skipped)
            version, status, reason = self._read_status()
        self.code = self.status = status
        self.reason = reason.strip()
        if version in ("HTTP/1.0", "HTTP/0.9"):
            self.version = 10
        elif version.startswith("HTTP/1."):
            self.version = 11
        else:
            raise UnknownProtocol(version)
        self.headers = self.msg = parse_headers(self.fp)
        if self.debuglevel > 0:
            for name, value in self.headers.items():
                print("header:", name + ":", value)
        self._find_end()

    def _find_end(self):
        self.chunked = str(self.headers.get("transfer-encoding", "")).lower() == "chunked"
        self.chunk_left = None
        self.will_close = self._check_close()
        self.length = None
        if not self.chunked:
            try:
                length = int(self.headers.get("content-length"))
                self.length = length if length >= 0 else None
            except (TypeError, ValueError):
                pass
        if self.status in (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED) or 100 <= self.status < 200 or self._method == "HEAD":
            self.length = 0
        if not self.chunked and self.length is None:
            self.will_close = True

    def _check_close(self):
        connection = str(self.headers.get("connection", "")).lower()
        if self.version == 11:
            return "close" in connection
        proxy = str(self.headers.get("proxy-connection", "")).lower()
        return not (self.headers.get("keep-alive") or "keep-alive" in connection or "keep-alive" in proxy)

    # ---- The end ----

    def _close_conn(self):
        fp, self.fp = self.fp, None
        fp.close()

    def close(self):
        """Let go of the socket."""
        try:
            super().close()
        finally:
            if self.fp:
                self._close_conn()

    def flush(self):
        super().flush()
        if self.fp:
            self.fp.flush()

    def readable(self):
        return True

    def isclosed(self):
        """Whether all of the body has been read, or close() was called. (The stream may still be open: reading gives nothing.)"""
        return self.fp is None

    def fileno(self):
        return self.fp.fileno()

    # ---- The body ----

    def _nothing_left(self):
        if self.fp is not None and self._method == "HEAD":
            self._close_conn()
        return self.fp is None

    def _took(self, count, wanted):
        """count bytes came of the body, of wanted."""
        if not count and wanted:
            self._close_conn()
        elif self.length is not None:
            self.length -= count
            if not self.length:
                self._close_conn()

    def _at_most(self, amount):
        return amount if self.length is None else min(amount, self.length)

    def read(self, amt=None):
        """The rest of the body, or amt bytes of it. IncompleteRead if it ends too early."""
        if self._nothing_left():
            return b""
        if amt is not None and amt < 0:
            amt = None
        if self.chunked:
            return self._read_chunked(amt)
        if amt is not None:
            data = self.fp.read(amt := self._at_most(amt))
            self._took(len(data), amt)
            return data
        if self.length is None:
            data = self.fp.read()
        else:
            try:
                data = self._safe_read(self.length)
            except IncompleteRead:
                self._close_conn()
                raise
            self.length = 0
        self._close_conn()
        return data

    def readinto(self, b):
        """Read into b; the number of bytes."""
        if self._nothing_left():
            return 0
        with memoryview(b) as view, view.cast("B") as octets:
            if self.chunked:
                return self._readinto_chunked(octets)
            wanted = self._at_most(len(octets))
            count = self.fp.readinto(octets[:wanted])
            self._took(count, wanted)
            return count

    def _safe_read(self, amount):
        data = self.fp.read(amount)
        if len(data) < amount:
            raise IncompleteRead(data, amount - len(data))
        return data

    def _next_chunk(self):
        """Bytes that are left of the chunk, or of the next; None: the body is over."""
        if self.chunk_left:
            return self.chunk_left
        if self.chunk_left == 0:
            self._safe_read(2)  # the end of its line
        line = _read_line(self.fp, "chunk size")
        try:
            self.chunk_left = int(line.partition(b";")[0], 16)
        except ValueError:
            self._close_conn()
            raise IncompleteRead(b"") from None
        if not self.chunk_left:
            while _read_line(self.fp, "trailer line") not in (b"\r\n", b"\n", b""):
                pass
            self._close_conn()
            self.chunk_left = None
        return self.chunk_left

    def _read_chunked(self, amount):
        pieces = []
        try:
            while amount != 0 and (left := self._next_chunk()) is not None:
                count = left if amount is None else min(left, amount)
                pieces.append(self._safe_read(count))
                self.chunk_left -= count
                if amount is not None:
                    amount -= count
            return b"".join(pieces)
        except IncompleteRead as e:
            raise IncompleteRead(b"".join(pieces)) from e

    def _readinto_chunked(self, octets):
        done = 0
        try:
            while done < len(octets) and (left := self._next_chunk()) is not None:
                wanted = min(left, len(octets) - done)
                count = self.fp.readinto(octets[done:done + wanted])
                if count < wanted:
                    raise IncompleteRead(bytes(octets[done:done + count]), wanted - count)
                self.chunk_left -= count
                done += count
            return done
        except IncompleteRead:
            raise IncompleteRead(bytes(octets[:done])) from None

    def read1(self, n=-1):
        """What is there of the body, with one read of the socket at most; n: at most so many bytes."""
        if self._nothing_left():
            return b""
        if self.chunked:
            left = self._next_chunk() if n else None
            if left is None:
                return b""
            data = self.fp.read1(left if n < 0 else min(n, left))
            if not data:
                raise IncompleteRead(b"")
            self.chunk_left -= len(data)
            return data
        wanted = n if self.length is None else self.length if n < 0 else min(n, self.length)
        data = self.fp.read1(wanted)
        if not data and wanted:
            self._close_conn()
        elif self.length is not None:
            self._took(len(data), wanted)
        return data

    def peek(self, n=-1):
        """What is there of the body, without taking it."""
        if self._nothing_left():
            return b""
        if self.chunked:
            try:
                left = self._next_chunk()
            except IncompleteRead:
                return b""
            return b"" if left is None else self.fp.peek(left)[:left]
        return self.fp.peek(n)

    def readline(self, limit=-1):
        """A line of the body."""
        if self._nothing_left():
            return b""
        if self.chunked:
            return super().readline(limit)
        if self.length is not None and (limit < 0 or limit > self.length):
            limit = self.length
        line = self.fp.readline(limit)
        self._took(len(line), limit)
        return line

    # ---- Headers ----

    def getheader(self, name, default=None):
        """A header's values, with commas between; default, or what it iterates over, if there is none."""
        if self.headers is None:
            raise ResponseNotReady()
        values = self.headers.get_all(name) or default
        return values if isinstance(values, str) or not hasattr(values, "__iter__") else ", ".join(values)

    def getheaders(self):
        """All headers as pairs."""
        if self.headers is None:
            raise ResponseNotReady()
        return list(self.headers.items())

    def info(self):
        """The headers."""
        return self.headers

    def geturl(self):
        """The address that the response is from, if urllib.request has told."""
        return self.url

    def getcode(self):
        """The status."""
        return self.status


HTTPMessage.__module__ = HTTPResponse.__module__ = "http.client"
