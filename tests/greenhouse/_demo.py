"""_demo.py LOG GROUP - a running `make demo`, whose output is in LOG and which leads the process group GROUP: the time from the program's start to its first values in a page,
and from Ctrl-C to the end of all of it. Status 1: more than 5 s, or more than 1 s.
"""
# SPDX-License-Identifier: MIT
import asyncio
import os
import re
import signal
import sys
import time

from _program import look

MOST_START, MOST_END = 5.0, 1.0  # seconds


def members(group: int) -> dict[int, list[str]]:
    """The processes of a group that have not ended: fields 3 and later of proc_pid_stat(5), by number."""
    found = {}
    for pid in filter(str.isdecimal, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
                fields = file.read().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            found[int(pid)] = fields
    return found


def age(group: int) -> float:
    """Seconds since the program was started, the last of the group to be."""
    started = max(int(fields[19]) for fields in members(group).values()) / os.sysconf("SC_CLK_TCK")
    return time.clock_gettime(time.CLOCK_BOOTTIME) - started


def end(group: int) -> float:
    """Seconds that it takes to end after Ctrl-C."""
    start = time.monotonic()
    os.killpg(group, signal.SIGINT)
    while members(group) and time.monotonic() - start < 20:
        time.sleep(0.01)
    return time.monotonic() - start


def main(log: str, group: int) -> int:
    with open(log, encoding="utf-8") as file:
        url, token = re.search(r"operator: (\S+)#token=(\S+)", file.read()).groups()
    values = asyncio.run(look(url, token, lambda message: message["type"] == "values"))["v"]
    started = age(group)
    ended = end(group)
    print(f"{len(values)} values {started:.1f} s after the program's start (air {values['air']:.1f} °C); the end {ended:.2f} s after Ctrl-C")
    return int(started > MOST_START or ended > MOST_END)


sys.exit(main(sys.argv[1], int(sys.argv[2])))
