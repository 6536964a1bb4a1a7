"""Executed instructions of device_bench.py on the firmware in QEMU (-icount shift=0), beside MicroPython's, as docs/bench-device.md.

usage: krait bench/device/run.py IMAGE [OUT]"""

import math
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../../tests/firmware"))
from _qemu import Firmware

# MicroPython 1.29.0-preview, its QEMU port for NETDUINO2 (Cortex-M3), equal programs and the same method; floats there have 32 bits
MICROPYTHON = {"fib20": 14_022_370, "sieve10000": 12_245_058, "float10000": 18_558_302, "text2000": 13_053_734, "garbage5000": 23_156_819}
WORK = {"fib20": "fib(20), 21,891 calls", "sieve10000": "sieve of 10,000 in a bytearray", "float10000": "float loop, 10,000 rounds",
        "text2000": "`%` formatting and dict, 2,000 rounds", "garbage5000": "lists, tuples and strings as garbage, 5,000 rounds"}
HEAD = """# Instructions on the STM32F405

`make bench-device` runs `bench/device/device_bench.py` on the firmware in QEMU (`-icount shift=0`, where TIM2 counts executed instructions) and writes
this page. MicroPython 1.29.0-preview is its own QEMU port for NETDUINO2 (Cortex-M3) with equal programs and the same method; its floats have 32 bits, Krait's 64.

| program | Krait | MicroPython | ratio |
| --- | --- | --- | --- |
"""


def measure(image: str) -> dict[str, int]:
    """Name of each program -> executed instructions."""
    with open(os.path.join(HERE, "device_bench.py"), "rb") as file:
        source = file.read()
    with Firmware(image, counted=True) as board:
        board.boot()
        board.enter_raw(60)
        out, error = board.run(source, 300)
    if error:
        raise SystemExit(error)
    return {name: int(count) for name, count, _ in (line.split() for line in out.splitlines())}


def page(counts: dict[str, int]) -> str:
    """The table, and the geometric mean."""
    ratios = {name: counts[name] / theirs for name, theirs in MICROPYTHON.items()}
    rows = [f"| {WORK[name]} | {counts[name]:,} | {theirs:,} | {ratios[name]:.2f} |" for name, theirs in MICROPYTHON.items()]
    mean = math.prod(ratios.values()) ** (1 / len(ratios))
    return (f"{HEAD}{chr(10).join(rows)}\n\nGeometric mean of the ratios: {mean:.2f} (goal: at most 0.65, none above 1.0). An empty call, with measuring it: "
            f"{counts['empty']:,}.\n")


if __name__ == "__main__":
    text = page(measure(sys.argv[1]))
    print(text)
    if len(sys.argv) > 2:
        with open(sys.argv[2], "w", encoding="utf-8") as file:
            file.write(text)
