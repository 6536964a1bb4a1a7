"""The board's half of `krait remote mount`, where the board is a Krait: a file system whose files are on the machine at the other end of the
wire. What it asks goes between two bytes \\x1c, what it gets is a line; both are base64 of repr() of what they say."""

import ast
import binascii
import errno
import io
import itertools
import os
import sys
import threading

_POINT = "/remote"
_CHUNK = 16384
_lock = threading.RLock()  # for threads; a finalizer may ask while its thread waits for an answer
_numbers = itertools.count(1)
_answers: dict = {}  # to questions that others have asked
_before = "/"  # the current folder, before there was a mount
_mounted = False  # is there anybody to be asked?


def ask(*words):
    """The answer. OSError: what was asked for cannot be done there."""
    if not _mounted:
        raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
    with _lock:
        number = next(_numbers)
        sys.stdout.flush()
        sys.__stdout__.buffer.write(b"\x1c" + binascii.b2a_base64(repr((number, *words)).encode(), newline=False) + b"\x1c")
        while number not in _answers:
            line = sys.__stdin__.readline()
            if not line:
                raise OSError(errno.EPIPE, "the other end of the wire is gone")
            try:
                other, kind, value = ast.literal_eval(binascii.a2b_base64(line).decode())
            except (ValueError, SyntaxError, TypeError):
                raise OSError(errno.EIO, "the other end of the wire does not answer as it should") from None
            _answers[other] = kind, value
        kind, value = _answers.pop(number)
    if kind == "E":
        raise OSError(value, os.strerror(value), *words[1:2])
    return value


class RemoteFile(io.RawIOBase):
    _number = None  # until the other end has opened it

    def __init__(self, path: str, mode: str) -> None:
        self.name, self.mode = path, mode
        self._number = ask("open", path, mode)

    def readable(self) -> bool:
        return "r" in self.mode or "+" in self.mode

    def writable(self) -> bool:
        return "r" not in self.mode or "+" in self.mode

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        data = ask("read", self._number, min(len(buffer), _CHUNK))
        buffer[:len(data)] = data
        return len(data)

    def write(self, data) -> int:
        return ask("write", self._number, bytes(memoryview(data)[:_CHUNK]))

    def seek(self, offset: int, whence: int = 0) -> int:
        return ask("seek", self._number, offset, whence)

    def truncate(self, size: int | None = None) -> int:
        return ask("truncate", self._number, self.tell() if size is None else size)

    def close(self) -> None:
        if not self.closed:
            super().close()
            if self._number is not None and _mounted:
                ask("close", self._number)


class RemoteFiles:
    def open(self, path: str, mode: str):
        binary = mode.replace("t", "").replace("b", "") or "r"
        raw = RemoteFile(path, binary)
        if "+" in binary:
            stream = io.BufferedRandom(raw, _CHUNK)
        else:
            stream = io.BufferedReader(raw, _CHUNK) if binary == "r" else io.BufferedWriter(raw, _CHUNK)
        return stream if "b" in mode else io.TextIOWrapper(stream, "utf-8")

    def ilistdir(self, path: str):
        return iter(ask("list", path))

    def stat(self, path: str):
        return ask("stat", path)

    def statvfs(self, path: str):
        return ask("statvfs", path)

    def mkdir(self, path: str) -> None:
        ask("mkdir", path)

    def rmdir(self, path: str) -> None:
        ask("rmdir", path)

    def remove(self, path: str) -> None:
        ask("remove", path)

    def rename(self, old: str, new: str) -> None:
        ask("rename", old, new)


def begin() -> None:
    import _vfs
    global _mounted, _before
    _mounted, _before = True, os.getcwd()
    _vfs.mount(RemoteFiles(), _POINT)
    sys.path.append(_POINT)
    os.chdir(_POINT)


def end() -> None:
    import _vfs
    global _mounted
    _mounted = False
    os.chdir(_before)
    _vfs.umount(_POINT)
    sys.path.remove(_POINT)
