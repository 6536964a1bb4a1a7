"""run.py - how fast module machine is on the simulated board, in real time: `make bench-machine` prints it, and writes docs/bench-machine.md.

Pin writes per second without a trace; an I2C read of six bytes from a model in Python; from an edge to its handler while the program allocates.
"""
# SPDX-License-Identifier: MIT
import sys
import time

import sim
from machine import I2C, Pin

board = sim.board()
rows = []


def best(function, times=5):
    result = None
    for _ in range(times):
        start = time.perf_counter()
        function()
        took = time.perf_counter() - start
        result = took if result is None or took < result else result
    return result


def writes(write, count=1_000_000):
    for _ in range(count // 2):
        write(1)
        write(0)


pin = Pin(2, Pin.OUT)
rows.append(("pin.value(x), million a second", f"{1 / best(lambda: writes(pin.value)):.1f}"))
rows.append(("pin(x), million a second", f"{1 / best(lambda: writes(pin)):.1f}"))


class Six(sim.RegisterDevice):
    pass


board.i2c(0).attach(Six(0x40))
i2c = I2C(0)


def reads():
    for _ in range(20_000):
        i2c.readfrom_mem(0x40, 1, 6)


rows.append(("I2C read of six bytes, us", f"{best(reads) / 20_000 * 1e6:.2f}"))

late, due = [], []
watched = Pin(3, Pin.IN)
irq = watched.irq(lambda pin: late.append(time.monotonic_ns() - due[-1]), Pin.IRQ_RISING)


def pulse(left, at):
    due.append(at)  # the edge was due then, whenever this is called
    board.drive(3, 1)
    board.drive(3, 0)
    if left:
        sim.at_ns(at + 1_000_000, pulse, left - 1, at + 1_000_000)


start = time.monotonic_ns() + 1_000_000
sim.at_ns(start, pulse, 4999, start)
keep = []
while len(late) + irq.lost < 5000:
    keep.append([{"a": i, "b": [i] * 3} for i in range(20)])
    if len(keep) > 5000:
        keep = []
late.sort()
rows.append(("edge due to handler, while the program allocates: median, us", f"{late[len(late) // 2] / 1000:.0f}"))
rows.append(("the same: 99 of 100 within, us", f"{late[len(late) * 99 // 100] / 1000:.0f}"))
rows.append(("the same: longest, us", f"{late[-1] / 1000:.0f}"))
table = "\n".join(f"| {name} | {value} |" for name, value in rows)
print(table)
if len(sys.argv) > 1:
    with open(sys.argv[1], "w") as page:
        page.write(f"# Speed of module machine\n\nOn the simulated board, in real time, as `make bench-machine` measures it.\n\n| | |\n| --- | ---: |\n{table}\n")
