"""The board's half of `krait remote mount`, where the board is a Krait: a file system whose files are on the machine at the other end of the
wire. What it asks goes between two bytes \\x1c, what it gets is a line; both are base64 of the CRC-32 and the repr() of what they say. A question whose
answer does not come whole is put again, with the same number."""

import ast
import binascii
import errno
import io
import itertools
import os
import sys
import threading

import _wire

_POINT = "/remote"
_CHUNK = 16384
_lock = threading.RLock()  # for threads; a finalizer may ask while its thread waits for an answer
_numbers = itertools.count(1)
_waiting: set[int] = set()  # questions that were put, here or by others
_answers: dict = {}  # to those
_PATIENCE = 3000  # ms without an answer, before the question is put again
_TRIES = 10
_before = "/"  # the current folder, before there was a mount
_mounted = False  # is there anybody to be asked?


def pack(message) -> bytes:
    """A message for the wire."""
    body = repr(message).encode()
    return binascii.b2a_base64(b"%08x" % binascii.crc32(body) + body, newline=False)


def unpack(data: bytes):
    """What was packed. ValueError: it was something else."""
    body = binascii.a2b_base64(data.strip(), strict_mode=True)
    try:
        if int(body[:8], 16) == binascii.crc32(body[8:]):
            return ast.literal_eval(body[8:].decode())
    except (SyntaxError, TypeError, MemoryError, RecursionError):
        pass
    raise ValueError("not a message, or a damaged one")


def _line() -> bytes:
    """An answer; b"": none has come within the time."""
    line = b""
    while not line.endswith(b"\r"):
        data = _wire.read(4096, _PATIENCE, 1 << 13)
        if data is None:
            raise OSError(errno.EPIPE, "the other end of the wire is gone")
        if not data:
            return b""
        line += data
    return line


def ask(*words):
    """The answer. OSError: what was asked for cannot be done there."""
    if not _mounted:
        raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
    with _lock:
        number = next(_numbers)
        sys.stdout.flush()
        _waiting.add(number)
        for _ in range(_TRIES):
            _wire.write(b"\x1c" + pack((number, *words)) + b"\x1c")
            while number not in _answers and (line := _line()):
                try:
                    other, kind, value = unpack(line)
                except ValueError:
                    break  # the line has damaged it
                if other in _waiting:
                    _answers[other] = kind, value
            if number in _answers:
                break
        else:
            _waiting.discard(number)
            raise OSError(errno.EIO, "the other end of the wire does not answer, or the line damages what it says")
        _waiting.discard(number)
        kind, value = _answers.pop(number)
    if kind == "E":
        raise OSError(value, os.strerror(value), *words[1:2])
    return value


# ---- Programs (program.py is the other half) -------------------------------------------------------------------------------------------


def _children() -> tuple:
    """Changes where other processes may have written to the wire."""
    import resource
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        with open("/proc/thread-self/children") as f:
            alive = f.read()
    except OSError:
        alive = ""
    return used.ru_minflt, used.ru_majflt, alive


def run(crc: int, source: str) -> None:
    """Run a program in the main module, if it is the one that was sent. Behind its output comes how it ended ("open" before that: other processes may have
    written as well), and the CRC-32 of its output."""
    import __main__
    import _console.stream
    output = sys.__stdout__.buffer
    before = _children()
    output.check = 0
    how = "damaged"
    try:
        if binascii.crc32(source.encode()) == crc:
            how = "raised"
            _wire.answers(True)
            exec(compile(source, "<stdin>", "exec", 0, True), __main__.__dict__)
            how = "ok"
    except BaseException as e:
        how = "ok" if isinstance(e, SystemExit) else how
        _console.stream.failure = e.with_traceback(e.__traceback__ and e.__traceback__.tb_next)
    finally:
        _wire.answers(False)
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except Exception:  # the program's own stream
                pass
        if _children() != before:
            how = "open" + how
        report = b"%s %08x" % (how.encode(), output.check)
        output.check = None
        output.write(b"\x1e=%s %08x\x1e" % (report, binascii.crc32(report)))


# ---- Files -----------------------------------------------------------------------------------------------------------------------------


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
    if _mounted:  # for somebody who has gone without a word
        end()
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
