"""The firmware in QEMU after crashes: each leaves a record that the next start shows; and a serial line beside the console.

usage: krait tests/stm32/crash.py [IMAGE]
"""

import os
import re
import select
import socket
import subprocess
import sys
import tempfile
import time

IMAGE = sys.argv[1] if len(sys.argv) > 1 else "build/stm32f405/krait.elf"
PROMPT = ">>> "
POWER_ON, HARD, WATCHDOG = 1, 2, 3
FLASH = range(0x08000000, 0x08100000)


class Chip:
    """An emulated board whose console is a pipe."""

    def __init__(self, *extra: str) -> None:
        command = ["qemu-system-arm", "-M", "netduinoplus2", "-nographic", "-monitor", "none", "-serial", "stdio", *extra]
        self._process = subprocess.Popen([*command, "-icount", "shift=0", "-kernel", IMAGE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        self.until(PROMPT)

    def until(self, text: str, seconds: float = 60) -> str:
        """What the console says up to a text; RuntimeError if it does not come."""
        said, end = "", time.monotonic() + seconds
        while not said.endswith(text):
            ready, _, _ = select.select([self._process.stdout], [], [], max(0, end - time.monotonic()))
            piece = os.read(self._process.stdout.fileno(), 4096) if ready else b""
            if not piece:
                raise RuntimeError(f"no {text!r} in {said[-400:]!r}")
            said += piece.decode(errors="replace")
        return said.replace("\r", "")

    def run(self, line: str) -> str:
        """What a line at the prompt prints."""
        self._process.stdin.write(line.encode() + b"\r")
        return self.until(PROMPT)[: -len(PROMPT)].split("\n", 1)[1].rstrip()

    def end(self) -> None:
        self._process.kill()
        self._process.wait()


def crash_of(chip: Chip) -> tuple:
    chip.run("import machine")
    crash = eval(chip.run("machine.last_crash()") or "None")
    return crash, int(chip.run("machine.reset_cause()"))


def block(chip: Chip, *lines: str) -> None:
    """A statement of several lines; its prompts are not the usual one."""
    chip._process.stdin.write("\r".join(lines).encode() + b"\r\r")
    chip.until(PROMPT)


def faults(chip: Chip) -> None:
    assert crash_of(chip) == (None, POWER_ON)
    said = chip.run("machine.mem32[0x10000000]")
    assert "krait: fault: r0" in said and "Krait" in said, said
    crash, cause = crash_of(chip)
    assert (crash["kind"], crash["address"], cause) == ("bus fault", 0x10000000, HARD), crash
    assert crash["pc"] in FLASH and 0x20000000 < crash["sp"] < 0x20020000, crash
    chip.run("machine.reset()")
    assert crash_of(chip) == (None, HARD)


def stack_overflow(chip: Chip) -> None:
    """The limit that keeps recursion from using the stack up is taken away first: it is where the VM keeps the lowest address that may be used."""
    chip.run("import sys; m = machine.mem32; a = 0x20003400")
    block(chip, "while m[a] != 0x20000C00: a += 4")
    chip.run("m[a] = 0; l = []")
    block(chip, "for i in range(2000): l = [l]")
    chip.run("sys.setrecursionlimit(100000)")
    assert "krait: fault: stack" in chip.run("repr(l)")
    crash, cause = crash_of(chip)
    assert (crash["kind"], cause) == ("stack overflow", HARD) and crash["sp"] < 0x20000000, crash


def watchdog(chip: Chip) -> None:
    chip.run("import time; w = machine.WDT(timeout=200)")
    block(chip, "for i in range(6): time.sleep_ms(100); w.feed()")
    block(chip, "while True: pass")
    crash, cause = crash_of(chip)
    assert (crash["kind"], cause) == ("watchdog", WATCHDOG) and crash["pc"] in FLASH, crash
    assert crash["uptime_ms"] > 600, crash


def serial_line() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "line")
        chip = Chip("-serial", f"unix:{path},server=on,wait=off")
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.connect(path)
                line.settimeout(20)
                chip.run("from machine import UART; u = UART(2, 115200, timeout=5000)")
                chip.run("n = u.write(b'hello'); u.flush()")
                got = b""
                while len(got) < 5:
                    got += line.recv(16)
                assert got == b"hello", got
                line.sendall(b"from outside\n")
                assert chip.run("u.readline()") == "b'from outside\\n'"
        finally:
            chip.end()


def main() -> None:
    passed = failed = 0
    chip = Chip()
    checks = [lambda: faults(chip), lambda: stack_overflow(chip), lambda: watchdog(chip), serial_line]
    for name, check in zip(("faults", "stack overflow", "watchdog", "serial line"), checks):
        try:
            check()
            passed += 1
        except (AssertionError, RuntimeError, OSError) as e:
            print(f"FAIL {name}: {re.sub(chr(10), ' | ', str(e))}")
            failed += 1
    chip.end()
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


main()
