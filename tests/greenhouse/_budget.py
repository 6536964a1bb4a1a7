"""_budget.py KRAIT [SECONDS] - the node with sensors at 10 Hz, MQTT with one who listens, SQLite, and a dashboard at which one looks: its memory, and its share of one core.

Status 1: more than 20 MB resident, or more than 4 % of a core.
"""
# SPDX-License-Identifier: MIT
import asyncio
import os
import sys
import time

from _program import Program, look, states

MOST_KB, MOST_SHARE = 20 * 1024, 0.04


def used(pid: int) -> float:
    """Seconds of processor time."""
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak(pid: int) -> int:
    """The most that was ever resident, in kB."""
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmHWM"))


async def measure(node, seconds: float) -> tuple[float, int]:
    url, token = node.wait_for(r"operator: (\S+)#token=(\S+)").groups()
    viewer = asyncio.create_task(look(url, token, lambda message: False, 1e9))
    listener = asyncio.create_task(states(node.broker(), lambda state: False, patience=1e9))
    await asyncio.sleep(5)
    before, start = used(node.process.pid), time.monotonic()
    await asyncio.sleep(seconds)
    share = (used(node.process.pid) - before) / (time.monotonic() - start)
    assert not viewer.done() and not listener.done(), "nobody looks any more"
    return share, peak(node.process.pid)


with Program("period=0.1", "mqtt.every=0.1", "store.every=1") as program:
    share, memory = asyncio.run(measure(program, float(sys.argv[2]) if len(sys.argv) > 2 else 20))
print(f"10 Hz, MQTT, SQLite, dashboard with one viewer: {memory / 1024:.1f} MB resident at most, {share:.1%} of a core")
sys.exit(int(memory > MOST_KB or share > MOST_SHARE))
