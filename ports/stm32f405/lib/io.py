"""Streams in memory, as files have them."""

from builtins import open

SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2


class UnsupportedOperation(OSError, ValueError):
    """The stream cannot do that."""


class _Memory:
    """What is common to text and bytes: a sequence of pieces and a position. _empty and _newline are of its kind."""

    def __init__(self, initial):
        self._data, self._at, self.closed = initial, 0, False

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()

    def __iter__(self):
        return iter(self.readline, self._empty)

    def close(self):
        """Give the contents up."""
        self.closed, self._data = True, self._empty

    def _open(self):
        if self.closed:
            raise ValueError("I/O operation on closed file.")

    def getvalue(self):
        """All contents."""
        self._open()
        return self._data

    def read(self, size=-1):
        """At most size items from here on; without a size all of them."""
        self._open()
        end = len(self._data) if size is None or size < 0 else self._at + size
        part = self._data[self._at:end]
        self._at += len(part)
        return part

    def readline(self, size=-1):
        """Up to the end of the line."""
        end = self._data.find(self._newline, self._at) + 1
        length = (end or len(self._data)) - self._at
        return self.read(max(length, 0) if size is None or size < 0 else min(length, size))

    def readlines(self):
        """All lines."""
        return list(self)

    def write(self, data):
        """Put data in here; how many items they are."""
        self._open()
        if self._at > len(self._data):
            self._data += self._filler * (self._at - len(self._data))
        self._data = self._data[:self._at] + data + self._data[self._at + len(data):]
        self._at += len(data)
        return len(data)

    def writelines(self, lines):
        """write() each."""
        for line in lines:
            self.write(line)

    def seek(self, offset, whence=SEEK_SET):
        """Go to a position, from the start, from here or from the end; return it."""
        self._open()
        self._at = max(0, offset + (0, self._at, len(self._data))[whence])
        return self._at

    def tell(self):
        """The position."""
        return self._at

    def truncate(self, size=None):
        """Cut off what is behind size, or behind here."""
        size = self._at if size is None else size
        self._data = self._data[:size]
        return size

    def flush(self):
        """Nothing waits."""

    def readable(self):
        """True."""
        return True

    writable = seekable = readable


class BytesIO(_Memory):
    """A file of bytes in memory."""

    _empty, _newline, _filler = b"", b"\n", b"\0"

    def __init__(self, initial_bytes=b""):
        super().__init__(bytes(initial_bytes))

    def write(self, data):
        """Put bytes in here; how many they are."""
        return super().write(bytes(data))

    def readinto(self, buffer):
        """Fill a buffer from here; how many bytes that were."""
        part = self.read(len(buffer))
        buffer[:len(part)] = part
        return len(part)

    def getbuffer(self):
        """A view of the contents, to look at."""
        return memoryview(self._data)


class StringIO(_Memory):
    """A file of text in memory."""

    _empty, _newline, _filler = "", "\n", "\0"

    def __init__(self, initial_value="", newline="\n"):
        super().__init__(initial_value or "")

    def write(self, text):
        """Put text in here; how many characters it has."""
        if not isinstance(text, str):
            raise TypeError(f"string argument expected, got {type(text).__name__!r}")
        return super().write(text)
