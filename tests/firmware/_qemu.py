"""The firmware in QEMU (-M netduinoplus2), at the other end of a pipe: its prompt, and MicroPython's raw and raw-paste modes."""

import os
import select
import subprocess
import time

_BANNER = b"raw REPL; CTRL-B to exit\r\n>"


class Silent(Exception):
    """The firmware has not said in time what was waited for."""


class Firmware:
    """A board that runs. counted: one instruction is one nanosecond of its time (-icount shift=0); more: for QEMU's command line."""

    def __init__(self, image: str, counted: bool = False, *more: str) -> None:
        more += ("-icount", "shift=0") if counted else ()
        self._qemu = subprocess.Popen(
            ["qemu-system-arm", "-M", "netduinoplus2", "-nographic", "-monitor", "none", "-serial", "stdio", *more, "-kernel", image],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self._rest = b""
        self._ended: str | None = None  # what was said at the end of an interpreter whose program has ended it

    def __enter__(self):
        return self

    def __exit__(self, *exc) -> None:
        self._qemu.kill()
        self._qemu.wait()

    def write(self, data: bytes) -> None:
        """Send bytes as they are."""
        self._qemu.stdin.write(data)
        self._qemu.stdin.flush()

    def _hear(self, stop: float, what: str) -> None:
        """More of what QEMU writes. Silent: there is none until the time stop."""
        left = stop - time.monotonic()
        if left <= 0 or not select.select([self._qemu.stdout], [], [], left)[0]:
            raise Silent(f"{what} has not come in time, but {self._rest[-200:]!r}")
        data = os.read(self._qemu.stdout.fileno(), 65536)
        if not data:
            raise Silent("QEMU has ended")
        self._rest += data

    def until(self, end: bytes, seconds: float) -> bytes:
        """What comes up to end, without it. Silent: it has not come in time."""
        stop = time.monotonic() + seconds
        while end not in self._rest:
            self._hear(stop, repr(end))
        got, _, self._rest = self._rest.partition(end)
        return got

    def _comes(self, byte: bytes, seconds: float) -> bool:
        """Whether byte is the next; then it is taken."""
        if not self._rest:
            self._hear(time.monotonic() + seconds, repr(byte))
        comes = self._rest.startswith(byte)
        self._rest = self._rest[comes:]
        return comes

    def type(self, text: str, end: str = ">>> ", seconds: float = 10) -> str:
        """Type a line at the prompt; what is shown up to end, echo included."""
        self.write(text.encode())
        return self.until(end.encode(), seconds).decode().replace("\r\n", "\n")

    def boot(self, seconds: float = 60) -> str:
        """Wait for the first prompt; what was shown before."""
        return self.until(b">>> ", seconds).decode()

    def enter_raw(self, seconds: float = 20) -> None:
        """From the prompt, or from what runs, to raw mode."""
        self.write(b"\r\x03\x03")
        time.sleep(0.05)
        self.write(b"\x01")
        self.until(_BANNER, seconds)

    @property
    def ended(self) -> bool:
        """Whether the last program has ended its interpreter."""
        return self._ended is not None

    def soft_reset(self, seconds: float = 20) -> str:
        """In raw mode: a new interpreter, if the program has not ended the old one. What that said at its end."""
        if self._ended is None:
            self._rest = b""
            self.write(b"\x04")
            self.until(b"OK\r\n", seconds)
            self._take_end(seconds)
        said, self._ended = self._ended, None
        return said

    def _take_end(self, seconds: float) -> None:
        self._ended = self.until(b"Krait: soft reboot\r\n", seconds).decode("utf-8", "replace").replace("\r\n", "\n")
        self.until(_BANNER, seconds)

    def run(self, source: bytes, seconds: float = 60) -> tuple[str, str]:
        """Run a program in raw mode, sent by raw-paste; what it prints, and its traceback. SystemExit has none, and ends the interpreter."""
        self.write(b"\x05A\x01")
        self.until(b"R\x01\x80\x00", 10)
        for at in range(0, len(source), 128):
            self.until(b"\x01", 20)
            self.write(source[at:at + 128])
        self.write(b"\x04")
        self.until(b"\x04", 20)
        out = self.until(b"\x04", seconds)
        error = self.until(b"\x04", 20)
        if not self._comes(b">", 20):
            self._take_end(seconds)
        return tuple(part.decode("utf-8", "replace").replace("\r\n", "\n") for part in (out, error))
