"""The exceptions of urllib.request."""

import io

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


class HTTPError(URLError):
    """A server answered with a status that means failure; its response can be read from the exception."""

    def __init__(self, url, code, msg, hdrs, fp):
        self.code, self.msg, self.hdrs, self.filename = code, msg, hdrs, url
        self.fp = io.BytesIO() if fp is None else fp
        self.url = url

    def __str__(self):
        return f"HTTP Error {self.code}: {self.msg}"

    def __repr__(self):
        return f"<HTTPError {self.code}: {self.msg!r}>"

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def close(self):
        """Close the response."""
        self.fp.close()

    def read(self, *args):
        """The body of the response."""
        return self.fp.read(*args)

    @property
    def status(self):
        return self.code

    @property
    def reason(self):
        return self.msg

    @property
    def headers(self):
        return self.hdrs

    @headers.setter
    def headers(self, headers):
        self.hdrs = headers

    def info(self):
        return self.hdrs

    def getcode(self):
        return self.code

    def geturl(self):
        return self.url


class ContentTooShortError(URLError):
    """Fewer bytes came than the server had announced; content: what came."""

    def __init__(self, message, content):
        super().__init__(message)
        self.content = content
