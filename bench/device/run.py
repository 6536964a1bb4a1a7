"""Executed instructions of device_bench.py on the firmware in QEMU (-icount shift=0), beside MicroPython's, the collector's, and the memory that
compiling takes, as docs/bench-device.md.

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


def run(image: str, program: str, **names: str) -> list[list[str]]:
    """The words of each line that a program of this folder shows on a board of its own; names in it are replaced."""
    with open(os.path.join(HERE, program), encoding="utf-8") as file:
        source = file.read()
    for name, text in names.items():
        source = source.replace(name, text)
    with Firmware(image, counted=True) as board:
        board.boot()
        board.enter_raw(60)
        out, error = board.run(source.encode(), 300)
    if error:
        raise SystemExit(error)
    return [line.split() for line in out.splitlines()]


def measure(image: str) -> dict[str, int]:
    """Name of each program -> executed instructions."""
    return {name: int(count) for name, count, _ in run(image, "device_bench.py")}


def collector(image: str) -> str:
    """The paragraph on the collector."""
    found = {words[0]: words[1:] for words in run(image, "collect_bench.py")}
    alive, whole = int(found["alive"][0]), int(found["alive"][2])
    return (f"## The collector\n\n`bench/device/collect_bench.py`, {alive:,} bytes of a heap of {whole:,} alive in small objects ({alive / whole:.0%}): "
            f"`gc.collect()` takes {int(found['whole'][0]):,} instructions (goal: at most 250,000), and the longest of 5,000 allocations, with the step of "
            f"the collector that may be part of it, {int(found['step'][0]):,} (goal: at most 35,000).\n")


def compiler(image: str) -> str:
    """The paragraph on the compiler."""
    rows = []
    for name, what, goal in ("functions", "40 functions", 48), ("methods", "a class with 30 methods", 56), ("lines", "a function of 300 lines", 64):
        [[_, size, lines, peak]] = run(image, "compile_bench.py", MAKE=name)
        rows.append(f"| {what} | {int(size):,} | {lines} | {peak} KB | {goal} KB |\n")
    return ("## The compiler\n\n`bench/device/compile_bench.py`: the free heap that `compile()` takes at most, the text itself not counted.\n\n"
            "| text | bytes | lines | heap | goal |\n| --- | --- | --- | --- | --- |\n" + "".join(rows))


def page(counts: dict[str, int]) -> str:
    """The table, and the geometric mean."""
    ratios = {name: counts[name] / theirs for name, theirs in MICROPYTHON.items()}
    rows = [f"| {WORK[name]} | {counts[name]:,} | {theirs:,} | {ratios[name]:.2f} |" for name, theirs in MICROPYTHON.items()]
    mean = math.prod(ratios.values()) ** (1 / len(ratios))
    return (f"{HEAD}{chr(10).join(rows)}\n\nGeometric mean of the ratios: {mean:.2f} (goal: at most 0.65, none above 1.0). An empty call, with measuring it: "
            f"{counts['empty']:,}.\n")


if __name__ == "__main__":
    text = "\n".join((page(measure(sys.argv[1])), collector(sys.argv[1]), compiler(sys.argv[1])))
    print(text)
    if len(sys.argv) > 2:
        with open(sys.argv[2], "w", encoding="utf-8") as file:
            file.write(text)
