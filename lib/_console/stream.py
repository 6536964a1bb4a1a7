"""The standard streams of programs that run on a wire. Text goes with \\r\\n at the ends of lines; what is binary goes as it is."""

import builtins
import io
import sys

import _wire
from binascii import crc32

_ENDS = 1 << 10 | 1 << 13 | 1 << 4  # newline, return, Ctrl-D
_KEYS = 0xFFFFFFFF & ~(1 << 27)  # all control characters but ESC, which begins a sequence
_builtin_input = input
failure: BaseException | None = None  # of a program that another one has run in its place (_remote/device.py); the console shows it as that one's


class _OnWire:
    """What all of its streams are: a terminal, with a descriptor."""

    _fd = 0

    def fileno(self) -> int:
        return self._fd

    def isatty(self) -> bool:
        return True


class _Input(_OnWire):
    def readable(self) -> bool:
        return True


def _limit(size: int | None) -> int | None:
    """None: there is none."""
    return None if size is None or size < 0 else size


def _next(limit: int | None, done: int) -> int:
    """How much to ask for, where so much has come."""
    return 4096 if limit is None else limit - done


class WireInput(_Input, io.RawIOBase):
    """sys.stdin.buffer. Nothing is read ahead: what has not been read yet can be polled."""

    def read(self, size: int | None = -1, /) -> bytes:
        """So many bytes, or all of them up to the end of the wire."""
        limit, out = _limit(size), bytearray()
        while ahead := _next(limit, len(out)):
            data = _wire.read(ahead)
            if data is None:
                break
            out += data
        return bytes(out)

    def readinto(self, buffer, size: int | None = None, /) -> int:
        view = memoryview(buffer).cast("B")
        data = self.read(len(view) if size is None else min(size, len(view)))
        view[:len(data)] = data
        return len(data)

    def readall(self) -> bytes:
        return self.read()

    def read1(self, size: int = -1, /) -> bytes:
        """What is there, but at least a byte."""
        data = b""
        while data == b"":
            data = _wire.read(size if size > 0 else 4096)
        return data or b""


class WireText(_Input, io.TextIOBase):
    """sys.stdin. Return is a newline; Ctrl-D ends what readline() and read() give, as on a terminal."""

    def __init__(self, buffer: WireInput) -> None:
        self._buffer = buffer
        self._after_return = False  # a newline that comes next belongs to the return before it

    buffer = property(lambda self: self._buffer)
    encoding = property(lambda self: "utf-8")
    errors = property(lambda self: "replace")
    name = property(lambda self: "<stdin>")
    mode = property(lambda self: "r")

    def _some(self, size: int, stops: int) -> bytes | None:
        while True:
            data = _wire.read(size, None, stops)
            if data is None:
                return None
            if self._after_return and data[:1] == b"\n":
                data = data[1:]
            if data:
                self._after_return = False
                return data

    def _newlines(self, data: bytes) -> bytes:
        if data[-1:] == b"\r":
            self._after_return = True
        return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in data else data

    def read(self, size: int | None = -1, /) -> str:
        limit = _limit(size)
        if limit is None:
            return "".join(iter(self.readline, ""))
        out, text = bytearray(), ""
        while len(text) < limit:
            data = self._some(limit - len(text), 0)
            if data is None:
                break
            out += self._newlines(data)
            text = out.decode("utf-8", "replace")
            if text.endswith("\ufffd") and _is_begun(out):
                text = text[:-1]
        return text

    def readline(self, size: int | None = -1, /) -> str:
        limit, out = _limit(size), bytearray()
        while ahead := _next(limit, len(out)):
            data = self._some(ahead, _ENDS)
            if data is None:
                break
            end = data[-1]
            out += self._newlines(data)
            if end == 4:
                del out[-1]
                break
            if end in (10, 13):
                break
        return out.decode("utf-8", "replace")


def _is_begun(data: bytes) -> bool:
    """Is a character begun whose rest has not come?"""
    for back in range(1, min(4, len(data)) + 1):
        b = data[-back]
        if b >= 0xC0:
            return back < (2 if b < 0xE0 else 3 if b < 0xF0 else 4)
        if b < 0x80:
            return False
    return False


class WireOutput(_OnWire, io.RawIOBase):
    """sys.stdout.buffer."""

    _fd = 1
    check: int | None = None  # CRC-32 of all that has been written since it was 0; None: nobody wants it

    def writable(self) -> bool:
        return True

    def write(self, data, size: int | None = None, /) -> int:
        """Bytes, or text as UTF-8; size: only so many of them, as MicroPython has it."""
        if isinstance(data, str):
            data = data.encode()
        if size is not None:
            data = memoryview(data)[:size]
        if self.check is not None:
            self.check = crc32(data, self.check)
        return _wire.write(data)


def read_line(prompt: object = "", /) -> str:
    """builtins.input() with an echo, and Backspace."""
    if not isinstance(sys.stdin, WireText) or sys.stdout is not sys.__stdout__:
        return _builtin_input(prompt)
    from _console.line import LineDecoder
    from _prompt.width import of_char
    sys.stdout.write(str(prompt))
    decoder, text = LineDecoder(), ""
    while True:
        data = _wire.read(4096, 50 if decoder.waiting else None, _KEYS)
        if data is None:
            raise EOFError("EOF when reading a line")
        echo = ""
        for key in decoder.feed(data) if data else decoder.flush():
            if key == "enter":
                if data[-1:] == b"\r":
                    sys.stdin._after_return = True
                sys.stdout.write(echo + "\n")
                return text
            if key == "C-d" and not text:
                sys.stdout.write(echo + "\n")
                raise EOFError("EOF when reading a line")
            if key == "backspace" and text:
                echo += "\b \b" * of_char(text[-1])
                text = text[:-1]
            elif len(key) == 1 or key == "tab":
                piece = "\t" if key == "tab" else key
                text += piece
                echo += piece
        sys.stdout.write(echo)


def install() -> None:
    output = WireOutput()
    sys.stdin = sys.__stdin__ = WireText(WireInput())
    sys.stdout = sys.__stdout__ = io.TextIOWrapper(output, "utf-8", "backslashreplace", "\r\n", False, True)
    sys.stderr = sys.__stderr__ = io.TextIOWrapper(output, "utf-8", "backslashreplace", "\r\n", False, True)
    builtins.input = read_line
    import _colorize
    _colorize.COLORIZE = False  # who reads there may be a program
