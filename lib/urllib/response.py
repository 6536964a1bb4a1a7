"""Responses: a file with headers, an address and a status."""

__all__ = ["addbase", "addclosehook", "addinfo", "addinfourl"]


class addbase:
    """A file's attributes, and use with `with`."""

    def __init__(self, fp):
        self.fp = fp

    def __getattr__(self, name):
        if name == "fp": # before __init__, or after it has failed
            raise AttributeError(name)
        return getattr(self.fp, name)

    def __repr__(self):
        return f"<{type(self).__name__} at {id(self)!r} whose fp = {self.fp!r}>"

    def __iter__(self):
        return iter(self.fp)

    def __enter__(self):
        if self.fp.closed:
            raise ValueError("I/O operation on closed file")
        return self

    def __exit__(self, *exc):
        self.close()

    def close(self):
        """Close the file."""
        self.fp.close()


class addclosehook(addbase):
    """A file, and a function that is called once when it has been closed."""

    def __init__(self, fp, closehook, *hookargs):
        super().__init__(fp)
        self.closehook, self.hookargs = closehook, hookargs

    def close(self):
        hook, args = self.closehook, self.hookargs
        self.closehook = self.hookargs = None
        try:
            if hook:
                hook(*args)
        finally:
            super().close()


class addinfo(addbase):
    """A file with headers."""

    def __init__(self, fp, headers):
        super().__init__(fp)
        self.headers = headers

    def info(self):
        """The headers."""
        return self.headers


class addinfourl(addinfo):
    """A file with headers, an address and a status."""

    def __init__(self, fp, headers, url, code=None):
        super().__init__(fp, headers)
        self.url, self.code = url, code

    @property
    def status(self):
        return self.code

    def getcode(self):
        return self.code

    def geturl(self):
        return self.url
