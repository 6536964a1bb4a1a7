"""What was typed, in this session and before: a file with an entry a line."""

import posix

_MOST = 1000  # entries that are kept
_MOST_BYTES = 1 << 20  # of the file that are looked at


def _encode(entry: str) -> bytes:
    text = entry.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    return text.encode("utf-8", "surrogatepass") + b"\n"


def _decode(line: bytes) -> str:
    parts = line.decode("utf-8", "replace").split("\\\\")
    return "\\".join(p.replace("\\n", "\n").replace("\\r", "\r") for p in parts)


class History:
    """entries: the oldest first. path None: nothing is kept. What the file system refuses is no error."""

    def __init__(self, path: str | None) -> None:
        self.entries: list[str] = []
        self._path = path
        self._torn = False  # the file ends in the middle of a line
        if path:
            self._load()

    def _load(self) -> None:
        try:
            if posix._stat(self._path)[0] >> 12 != 8:  # no plain file: devices may have no end
                return
            with open(self._path, "rb") as f:
                size = f.seek(0, 2)
                f.seek(max(0, size - _MOST_BYTES))
                data = f.read()
        except (OSError, ValueError):
            return
        if size > _MOST_BYTES:
            data = data[data.find(b"\n") + 1:]
        self._torn = bool(data) and not data.endswith(b"\n")
        lines = [line for line in data.split(b"\n") if line.strip()]
        self.entries = [_decode(line) for line in lines[-_MOST:]]
        if len(lines) > 2 * _MOST or size > _MOST_BYTES:
            self._rewrite()

    def _rewrite(self) -> None:
        """The last entries alone, in a new file that takes the old one's place when it is whole."""
        new = f"{self._path}.{posix.getpid()}"
        try:
            fd = posix.open(new, posix.O_WRONLY | posix.O_CREAT | posix.O_EXCL, 0o600)
        except (OSError, ValueError):
            return
        try:
            try:
                _write(fd, b"".join(map(_encode, self.entries)))
            finally:
                posix.close(fd)
            posix.replace(new, self._path)
            self._torn = False
        except OSError:
            try:
                posix.unlink(new)
            except OSError:
                pass

    def add(self, entry: str) -> None:
        """Keep an entry, unless it is blank or the same as the last one."""
        entry = entry.rstrip()
        if not entry or (self.entries and self.entries[-1] == entry):
            return
        self.entries.append(entry)
        if len(self.entries) > 2 * _MOST:
            del self.entries[:_MOST]
        if not self._path:
            return
        try:
            fd = posix.open(self._path, posix.O_WRONLY | posix.O_CREAT | posix.O_APPEND, 0o600)
        except (OSError, ValueError):
            return
        try:
            _write(fd, (b"\n" if self._torn else b"") + _encode(entry))
            self._torn = False
        except OSError:
            self._torn = True  # perhaps: an empty line does no harm
        finally:
            try:
                posix.close(fd)
            except OSError:
                pass

    def find(self, start: int, step: int, matches) -> int:
        """The index of the next entry from start on, backwards or forwards, that matches; -1: none."""
        i = start
        while 0 <= i < len(self.entries):
            if matches(self.entries[i]):
                return i
            i += step
        return -1


def _write(fd: int, data: bytes) -> None:
    while data:
        data = data[posix.write(fd, data):]
