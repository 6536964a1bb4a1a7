"""The firmware's library in QEMU: each program of tests/firmware/library prints what stands beside it, which CPython prints as well.

usage: krait tests/firmware/library.py [NAME ...]"""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from _qemu import Firmware
from language import IMAGE, difference


def main(names: list[str]) -> int:
    folder = os.path.join(HERE, "library")
    names = names or sorted(name[:-3] for name in os.listdir(folder) if name.endswith(".py"))
    failed = 0
    with Firmware(IMAGE) as board:
        board.boot()
        board.enter_raw()
        for name in names:
            with open(f"{folder}/{name}.py", "rb") as program, open(f"{folder}/{name}.out", encoding="utf-8") as expected:
                out, error = board.run(program.read())
                text = expected.read()
            if out != text or error:
                failed += 1
                print(f"FAIL {name}: {difference(text, out) if out != text else ''} {error}")
            board.soft_reset()
    print(f"{len(names) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
