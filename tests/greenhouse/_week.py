"""_week.py DAYS FOLDER [KEY=VALUE ...] - days of the greenhouse's life, under the virtual clock: memory at the end of each, and the processor time of all.

Run with KRAIT_BOARD=sim KRAIT_CLOCK=virtual. Status 1: more than 60 s for a week, or memory that grows.
"""
# SPDX-License-Identifier: MIT
import asyncio
import logging
import os
import resource
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
EXAMPLE = os.path.join(HERE, "..", "..", "examples", "greenhouse")
sys.path.insert(0, EXAMPLE)
import main
from node import Service, load
from settings import SETTINGS


def memory() -> dict[str, int]:
    """VmRSS and VmHWM in kB."""
    with open("/proc/self/status", encoding="ascii") as file:
        return {name: int(rest.split()[0]) for name, _, rest in (line.partition(":") for line in file) if name in ("VmRSS", "VmHWM")}


def used() -> float:
    """Seconds of processor time."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


async def live(days: int, config) -> list[int]:
    found = []
    os.makedirs(config.folder, exist_ok=True)
    async with Service() as service:
        async def count():
            for day in range(1, days + 1):
                await asyncio.sleep(86400)
                found.append(memory()["VmRSS"])
                print(f"day {day}: {memory()}, {used():.1f} s", flush=True)
            service.stopping.set()

        counting = asyncio.create_task(count())
        await main.Node(config).run(service)
        await counting
    return found


def start() -> int:
    days, folder = int(sys.argv[1]), sys.argv[2]
    logging.basicConfig(level=logging.WARNING)
    config = load(os.path.join(EXAMPLE, "config.toml"), SETTINGS, [f"folder={folder}", "mqtt.port=0", "dashboard.port=0", *sys.argv[3:]])
    main.describe(os.path.join(EXAMPLE, config.world))
    found = asyncio.run(live(days, config))
    seconds, growth = used() / days * 7, found[-1] - found[min(1, days - 1)]
    print(f"a week takes {seconds:.1f} s of processor time; from the second day to the last, memory grew by {growth} kB")
    return int(seconds > 60 or growth > 1024)


import gc
gc.threshold(1 << 20)
sys.exit(start())
