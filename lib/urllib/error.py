"""The exceptions of urllib.request."""

import io

from urllib.response import addinfourl

__all__ = ["URLError", "HTTPError", "ContentTooShortError"]


class URLError(OSError):
    """What an address stands for cannot be had. reason: why, a str or an exception."""

    def __init__(self, reason, filename=None):
        self.args = reason,
        self.reason = reason
        if filename is not None:
            self.filename = filename

    def __str__(self):
        return f"<urlopen error {self.reason}>"


class HTTPError(URLError, addinfourl):
    """A server answered with a status that means failure; its response can be read from the exception."""

    def __init__(self, url, code, msg, hdrs, fp):
        self.msg, self.hdrs, self.filename = msg, hdrs, url
        addinfourl.__init__(self, io.BytesIO() if fp is None else fp, hdrs, url, code)

    def __str__(self):
        return f"HTTP Error {self.code}: {self.msg}"

    def __repr__(self):
        return f"<HTTPError {self.code}: {self.msg!r}>"

    reason = property(lambda self: self.msg)

    @property
    def headers(self):
        return self.hdrs

    @headers.setter
    def headers(self, headers):
        self.hdrs = headers


class ContentTooShortError(URLError):
    """Fewer bytes came than the server had announced; content: what came."""

    def __init__(self, message, content):
        super().__init__(message)
        self.content = content
