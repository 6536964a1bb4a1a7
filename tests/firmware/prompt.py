"""The firmware's prompt in QEMU: lines and keys, Ctrl-C, Ctrl-D, paste mode, raw mode, errors, memory after boot.

usage: krait tests/firmware/prompt.py"""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from _qemu import Firmware, Silent

IMAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../build/stm32f405/krait.elf")
LEAST_FREE = 100 * 1024  # bytes of heap after boot


def expression(board):
    assert "42" in board.type("6*7\r")


def editing(board):
    assert "42" in board.type("6*8\x7f7\r")
    assert "42" in board.type("67\x1b[D*\r"), "cursor"
    assert "42" in board.type("\x1b[A\r"), "history"


def several_lines(board):
    board.type("def f(x):\r", "... ")
    board.type("    return x + 1\r", "... ")
    board.type("\r")
    assert "42" in board.type("f(41)\r")


def interrupt(board):
    board.type("while True: pass\r", "... ")
    board.write(b"\r")
    assert "KeyboardInterrupt" in board.type("\x03")
    board.write(b"import time; time.sleep(60)\r")
    board.until(b"\r\n", 5)
    assert "KeyboardInterrupt" in board.type("\x03")
    board.write(b"input()\r")
    board.until(b"\r\n", 5)
    assert "KeyboardInterrupt" in board.type("\x03")


def recursion(board):
    board.type("def g(n): return g(n + 1)\r", "... ")
    board.type("\r")
    assert "RecursionError: maximum recursion depth exceeded" in board.type("g(0)\r")
    assert "RecursionError" in board.type("eval('(' * 190 + '1' + ')' * 190)\r")


def memory(board):
    assert "MemoryError" in board.type("bytes(200000)\r")
    board.type("for i in range(50): a = [0] * 8000\r", "... ")
    board.type("\r", seconds=30)
    assert "8000" in board.type("len(a)\r")


def paste(board):
    board.type("\x05", "=== ")
    board.write(b"for i in range(2):\r    print(i + 40)\r")
    assert "40\n41\n" in board.type("\x04")


def restart(board):
    board.type("x = 5\r")
    shown = board.type("\x04", seconds=20)
    assert "Krait: soft reboot" in shown and "Krait 0.1" in shown, shown
    assert "NameError: name 'x' is not defined" in board.type("x\r")
    assert "soft reboot" in board.type("raise SystemExit\r", seconds=20)


def raw(board):
    board.enter_raw()
    assert board.run(b"print(1)\r\nprint(2)") == ("1\n2\n", "")
    out, error = board.run(b"print(1)\n1/0")
    assert out == "1\n" and "ZeroDivisionError" in error, (out, error)
    assert "SyntaxError" in board.run(b"a b")[1]
    board.write(b"print(3)\x04")
    assert board.until(b"\x04>", 10) == b"OK3\r\n\x04"
    board.write(b"while True: pass\x04")
    board.until(b"OK", 10)
    board.write(b"\x03")
    assert b"KeyboardInterrupt" in board.until(b"\x04>", 10)
    board.soft_reset()
    board.write(b"\x02")
    board.until(b">>> ", 10)


_HOOKED = """'Doc.'
from __future__ import annotations
import sys
x: int = 1
seen = []
def hook(frame, event, arg):
    if frame.f_code.co_name == "<module>" and event in ("call", "return"): seen.append(event)
sys.setprofile(hook)
MIDDLE
y: str = "a"
print(__doc__, __annotations__, f0(1, 2), f119(1, 2), x, seen)
sys.setprofile(None)
1 / 0
"""


def pieces(board):
    """A long program is compiled and run in pieces, which it cannot see; a wrong one does not start."""
    board.enter_raw()
    middle = "".join(f"def f{i}(a, b):\n    return a + b + {i}\n" for i in range(120))
    source = _HOOKED.replace("MIDDLE", middle)
    out, error = board.run(source.encode())
    assert out == "Doc. {'x': 'int', 'y': 'str'} 3 122 1 []\n", out
    assert f"line {source.count(chr(10))}, in <module>" in error, error
    out, error = board.run(f"print('it runs')\n{middle}a b\n".encode())
    assert out == "" and "line 242" in error and "SyntaxError" in error, (out, error)


def free_after_boot(board):
    board.enter_raw()
    board.soft_reset()
    free = int(board.run(b"import gc;gc.collect();print(gc.mem_free())")[0])
    print(f"heap free after boot: {free} bytes")
    assert free >= LEAST_FREE, free


def main() -> int:
    passed = failed = 0
    for test in (expression, editing, several_lines, interrupt, recursion, memory, paste, restart, raw, pieces, free_after_boot):
        with Firmware(IMAGE) as board:
            try:
                board.boot()
                test(board)
                passed += 1
            except (AssertionError, Silent) as e:
                failed += 1
                print(f"FAIL {test.__name__}: {e}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
