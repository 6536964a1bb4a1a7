"""The firmware in QEMU after crashes: each leaves a record that the next start shows; and a serial line beside the console.

usage: krait tests/firmware/crash.py [IMAGE]
"""

import os
import socket
import sys
import tempfile

from _qemu import Firmware, Silent

IMAGE = sys.argv[1] if len(sys.argv) > 1 else "build/stm32f405/krait.elf"
POWER_ON, HARD, WATCHDOG = 1, 2, 3
FLASH = range(0x08000000, 0x08100000)
RAM = range(0x20000000, 0x20020000)


def run(board: Firmware, line: str) -> str:
    """What a line at the prompt prints, and whatever comes up to the next prompt, also after a reset."""
    return board.type(line + "\r", seconds=60).split("\n", 1)[1].rstrip()


def loop(board: Firmware, line: str) -> str:
    """The same for a statement that an empty line ends."""
    return board.type(line + "\r\r", seconds=60)


def crash_of(board: Firmware) -> tuple:
    run(board, "import machine")
    return eval(run(board, "machine.last_crash()") or "None"), int(run(board, "machine.reset_cause()"))


def check_fault(board: Firmware) -> None:
    assert crash_of(board) == (None, POWER_ON)
    assert "krait: fault: r0" in run(board, "machine.mem32[0x10000000]")
    crash, cause = crash_of(board)
    assert (crash["kind"], crash["address"], cause) == ("bus fault", 0x10000000, HARD), crash
    assert crash["pc"] in FLASH and crash["sp"] in RAM, crash
    run(board, "machine.reset()")
    assert crash_of(board) == (None, HARD)


def check_stack(board: Firmware) -> None:
    """What keeps recursion from using the stack up is taken away first: the lowest address that may be used, as the VM has it."""
    run(board, "import sys, machine; m = machine.mem32; a = 0x20003400")
    loop(board, "while m[a] != 0x20000C00: a += 4")
    run(board, "m[a] = 0; l = []")
    loop(board, "for i in range(1500): l = [l]")
    run(board, "sys.setrecursionlimit(100000)")
    assert "krait: fault: stack" in run(board, "repr(l)")
    crash, cause = crash_of(board)
    assert (crash["kind"], cause) == ("stack overflow", HARD) and crash["sp"] < RAM.start, crash


def check_watchdog(board: Firmware) -> None:
    run(board, "import time, machine; w = machine.WDT(timeout=200)")
    loop(board, "for i in range(6): time.sleep_ms(100); w.feed()")
    assert "krait: watchdog" in loop(board, "while True: pass")
    crash, cause = crash_of(board)
    assert (crash["kind"], cause) == ("watchdog", WATCHDOG) and crash["pc"] in FLASH and crash["uptime_ms"] > 600, crash


def check_uart(board: Firmware) -> None:
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as line:
        path = os.path.join(folder, "line")
        with Firmware(IMAGE, True, "-serial", f"unix:{path},server=on,wait=off") as other:
            other.boot()
            line.connect(path)
            line.settimeout(20)
            run(other, "from machine import UART; u = UART(2, 115200, timeout=5000)")
            run(other, "n = u.write(b'hello'); u.flush()")
            got = b""
            while len(got) < 5:
                got += line.recv(16)
            assert got == b"hello", got
            line.sendall(b"from outside\n")
            assert run(other, "u.readline()") == "b'from outside\\n'"
            assert "soft reboot" in run(other, "import machine; machine.soft_reset()")
            line.sendall(b"nobody listens")
            run(other, "from machine import UART; u = UART(2, 115200, timeout=5000)")
            line.sendall(b"again\n")
            assert run(other, "u.readline()").endswith("again\\n'")


def main() -> None:
    failed = 0
    checks = (check_fault, check_stack, check_watchdog, check_uart)
    with Firmware(IMAGE, True) as board:
        board.boot()
        for check in checks:
            try:
                check(board)
            except (AssertionError, Silent, OSError) as e:
                failed += 1
                print(f"FAIL {check.__name__}: {e!r}")
    print(f"{len(checks) - failed} passed, {failed} failed")
    sys.exit(failed > 0)


main()
