"""The exceptions of http.client."""


class HTTPException(Exception):
    """Base of the exceptions of http.client."""


error = HTTPException


class NotConnected(HTTPException):
    """There is no connection, and auto_open is off."""


class InvalidURL(HTTPException):
    """A host, port or path cannot be sent."""


class UnknownProtocol(HTTPException):
    """The response is of a version that is not known."""

    def __init__(self, version):
        self.args = version,
        self.version = version


class UnknownTransferEncoding(HTTPException):
    """The body comes in a form that is not known."""


class UnimplementedFileMode(HTTPException):
    """A socket's file was asked for in another mode than reading."""


class IncompleteRead(HTTPException):
    """The connection ended too early. partial: what came; expected: how many bytes more should have come, or None."""

    def __init__(self, partial, expected=None):
        self.args = partial,
        self.partial, self.expected = partial, expected

    def __repr__(self):
        more = "" if self.expected is None else f", {self.expected} more expected"
        return f"{type(self).__name__}({len(self.partial)} bytes read{more})"

    __str__ = object.__str__


class ImproperConnectionState(HTTPException):
    """Something was asked for out of turn."""


class CannotSendRequest(ImproperConnectionState):
    """The response to the last request has not been read."""


class CannotSendHeader(ImproperConnectionState):
    """There is no request that the header would belong to."""


class ResponseNotReady(ImproperConnectionState):
    """No request was sent, or the last response has not been read."""


class BadStatusLine(HTTPException):
    """The response does not begin as one."""

    def __init__(self, line):
        if not line:
            line = repr(line)
        self.args = line,
        self.line = line


class LineTooLong(HTTPException):
    """A line, or the number of headers, is over the limit."""

    def __init__(self, line_type):
        super().__init__(f"got more than {_MAXLINE} bytes when reading {line_type}")


class RemoteDisconnected(ConnectionResetError, BadStatusLine):
    """The other side closed the connection instead of answering."""

    def __init__(self, *pos, **kw):
        BadStatusLine.__init__(self, "")
        ConnectionResetError.__init__(self, *pos, **kw)


_MAXLINE = 65536
for _class in list(globals().values()):
    if isinstance(_class, type):
        _class.__module__ = "http.client"
