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

    def __enter__(self):
        return self

    def __exit__(self, *exc) -> None:
        self._qemu.kill()
        self._qemu.wait()

    def write(self, data: bytes) -> None:
        """Send bytes as they are."""
        self._qemu.stdin.write(data)
        self._qemu.stdin.flush()

    def until(self, end: bytes, seconds: float) -> bytes:
        """What comes up to end, without it. Silent: it has not come in time."""
        stop = time.monotonic() + seconds
        while end not in self._rest:
            left = stop - time.monotonic()
            if left <= 0 or not select.select([self._qemu.stdout], [], [], left)[0]:
                raise Silent(f"{end!r} has not come within {seconds} s, but {self._rest[-200:]!r}")
            data = os.read(self._qemu.stdout.fileno(), 65536)
            if not data:
                raise Silent("QEMU has ended")
            self._rest += data
        got, _, self._rest = self._rest.partition(end)
        return got

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

    def soft_reset(self, seconds: float = 20) -> str:
        """In raw mode: a new interpreter. What the old one said at its end."""
        self._rest = b""
        self.write(b"\x04")
        self.until(b"OK\r\n", seconds)
        said = self.until(b"Krait: soft reboot\r\n", seconds)
        self.until(_BANNER, seconds)
        return said.decode("utf-8", "replace").replace("\r\n", "\n")

    def run(self, source: bytes, seconds: float = 60) -> tuple[str, str]:
        """Run a program in raw mode, sent by raw-paste; what it prints, and its traceback."""
        self.write(b"\x05A\x01")
        self.until(b"R\x01\x80\x00", 10)
        for at in range(0, len(source), 128):
            self.until(b"\x01", 20)
            self.write(source[at:at + 128])
        self.write(b"\x04")
        self.until(b"\x04", 20)
        out = self.until(b"\x04", seconds)
        error = self.until(b"\x04", 20)
        self.until(b">", 20)
        return tuple(part.decode("utf-8", "replace").replace("\r\n", "\n") for part in (out, error))
