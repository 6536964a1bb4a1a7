"""Programs that the firmware runs as main.py at boot, in QEMU: those of examples/firmware. Ctrl-C interrupts each and gives a prompt, Ctrl-D starts it again;
how long that takes; and what becomes of a main.py at which the chip faults.

usage: krait tests/firmware/boot.py"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from _qemu import Firmware

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
IMAGE = os.path.join(ROOT, "build/stm32f405/krait.elf")
TOOL = os.path.join(ROOT, "build/flashfs")
CLOCK = 168_000_000  # Hz, of the chip
CYCLES = 2  # an instruction, at the most: what waits for the flash included
BYTE = 10 / 115200  # seconds that the console's line takes for one
RESET = 0.050  # seconds that a soft reset may take


class Booted(Firmware):
    """A board that has a program as main.py; its second serial line leads to a socket, self.line."""

    def __init__(self, folder: str, main: str, counted: bool = False) -> None:
        place = tempfile.mkdtemp(dir=folder)
        os.mkdir(f"{place}/files")
        shutil.copy(main, f"{place}/files/main.py")
        subprocess.run([TOOL, "make", "qemu", f"{place}/image", f"{place}/files"], check=True)
        super().__init__(IMAGE, counted, "-device", f"loader,file={place}/image,addr=0x20020000,force-raw=on", "-serial", f"unix:{place}/line,server=on,wait=off")
        self.line = socket.socket(socket.AF_UNIX)
        self.line.settimeout(20)
        for _ in range(100):
            if os.path.exists(f"{place}/line"):
                break
            time.sleep(0.1)
        self.line.connect(f"{place}/line")

    def __exit__(self, *exc) -> None:
        self.line.close()
        super().__exit__(*exc)


def blink(board) -> None:
    counts = []
    for _ in range(3):
        board.until(b"blinked ", 20)
        counts.append(int(board.until(b"\r\n", 5)))
    assert 5 <= counts[0] < counts[1] < counts[2], counts


def echo(board) -> None:
    board.until(b"ready\r\n", 30)
    for text in (b"one\n", b"two, " * 20 + b"three\n"):
        board.line.sendall(text)
        got = b""
        while not got.endswith(b"\n"):
            got += board.line.recv(256)
        assert got == b"echo " + text, got
    board.until(b"up 2\r\n", 20)  # the other task goes on


def logger(board) -> None:
    board.until(b"logged 20\r\n", 30)


def pid(board) -> None:
    board.until(b"4 s ", 30)
    value = float(board.until(b" degrees", 5))
    assert abs(value - 60) < 0.5, value


def logged(board) -> None:
    """What the logger has written in each of its lives is there."""
    lives = []
    for line in board.type("print(open('log.txt').read())\r").split("\n"):
        if line.startswith("0 "):
            lives.append(0)
        if line[:1].isdigit():
            assert int(line.split()[0]) == lives[-1], line
            lives[-1] += 1
    assert len(lives) >= 2 and min(lives[:2]) >= 20, lives


def program(folder: str, works, after=None) -> None:
    """A program runs at boot, is interrupted, and again after a soft reset."""
    with Booted(folder, f"{ROOT}/examples/firmware/{works.__name__}.py") as board:
        for _ in range(2):
            works(board)
            board.write(b"\x03")
            assert b"KeyboardInterrupt\r\n" in board.until(b">>> ", 20)
            assert "42" in board.type("6*7\r")
            board.write(b"\x04")
            board.until(b"Krait: soft reboot\r\n", 20)
        if after:
            board.write(b"\x03")  # before main.py runs
            board.until(b">>> ", 20)
            after(board)


CRASHING = "print('main runs')\nimport machine\nmachine.mem32[0x10000000]\n"  # nothing is there


def crash(folder: str) -> None:
    """Twice a fault in main.py resets the chip; then main.py is left out, until a soft reset."""
    with open(f"{folder}/crashing.py", "w") as f:
        f.write(CRASHING)
    with Booted(folder, f"{folder}/crashing.py") as board:
        shown = board.boot()
        assert shown.count("main runs\r\n") == shown.count("krait: fault: r0") == 2, shown
        assert "the last two starts have crashed" in shown, shown
        assert "'bus fault'" in board.type("import machine; machine.last_crash()['kind']\r")
        shown = board.type("\x04", seconds=60)  # runs it again: two crashes more
        assert shown.count("krait: fault: r0") == 2 and "the last two starts have crashed" in shown, shown


def soft_reset(fill: str) -> float:
    """Seconds from Ctrl-D at the prompt to the next line that is typed there: of instructions, and of bytes that the line has to carry."""
    with Firmware(IMAGE, True) as board:
        board.boot()
        board.type(f"import _device; {fill}\r", seconds=60)
        board.write(b"print('at', _device.ticks())\r\x04import _device; print('at', _device.ticks())\r")
        board.until(b"\r\nat ", 20)
        start = int(board.until(b"\r\n", 20))
        shown = board.until(b"\r\nat ", 20)
        ticks = int(board.until(b"\r\n", 20)) - start
        return ticks * CYCLES / CLOCK + len(shown) * BYTE


def reset() -> None:
    """A soft reset takes at most RESET, whatever the heap holds."""
    worst = 0.0
    for fill in ("", "import asyncio, enum, re", "l = [[i] for i in range(1500)]", "A = type('A', (), {'__del__': lambda self: None}); l = [A() for i in range(50)]"):
        # The instructions are the same each time. While the board sleeps until QEMU hands it the next byte, its clock goes with the computer's, which may be busy.
        took = min(soft_reset(fill) for _ in range(3))
        worst = max(worst, took)
    print(f"soft reset: {worst * 1000:.1f} ms at most")
    assert worst <= RESET, worst


def main() -> int:
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, test in (("blink", lambda: program(folder, blink)), ("echo", lambda: program(folder, echo)),
                           ("logger", lambda: program(folder, logger, logged)), ("pid", lambda: program(folder, pid)), ("reset", reset),
                           ("crash", lambda: crash(folder))):
            try:
                test()
                passed += 1
            except Exception as e:
                failed += 1
                print(f"FAIL {name}: {type(e).__name__}: {e}")
    print(f"{passed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
