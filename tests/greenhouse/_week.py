"""_week.py DAYS FOLDER [KEY=VALUE ...] - days of the greenhouse's life, under the virtual clock: memory at the end of each, and the processor time of all.

Run with KRAIT_BOARD=sim KRAIT_CLOCK=virtual. Status 1: more than 60 s for a week, memory that grows after the second day, or looks at the sensors that were left out.
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
import sim
from node import Service, load
from settings import SETTINGS

LOOK = 20  # seconds between two looks at the sensors
PACE = (f"period={LOOK}", "mqtt.every=60", "store.every=300", "host.every=300", "display.every=300")
MOST_SECONDS, MOST_GROWTH_KB = 60, 64
WARM = 2  # days until SQLite's page cache, 512 kB of a store, is full


class Counted(Service):
    """A service that counts its signs of life: one after each look."""

    looks = 0

    def alive(self) -> None:
        self.looks += 1


def memory() -> dict[str, int]:
    """VmRSS and VmHWM in kB."""
    with open("/proc/self/status", encoding="ascii") as file:
        return {name: int(rest.split()[0]) for name, _, rest in (line.partition(":") for line in file) if name in ("VmRSS", "VmHWM")}


def used() -> float:
    """Seconds of processor time."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


async def live(days: int, config) -> tuple[list[int], int]:
    """What was resident at the end of each day, in kB, and how many looks there were."""
    found = []
    os.makedirs(config.folder, exist_ok=True)
    async with Counted() as service:
        async def count():
            for day in range(1, days + 1):
                await asyncio.sleep(86400)
                found.append(memory()["VmRSS"])
                print(f"day {day}: {memory()}, {used():.1f} s", flush=True)
            service.stopping.set()

        counting = asyncio.create_task(count())
        await main.Node(config).run(service)
        await counting
    return found, service.looks


def start() -> int:
    days, folder = int(sys.argv[1]), sys.argv[2]
    logging.basicConfig(level=logging.WARNING)
    config = load(os.path.join(EXAMPLE, "config.toml"), SETTINGS, [f"folder={folder}", "mqtt.port=0", "dashboard.port=0", *PACE, *sys.argv[3:]])
    sim.world(os.path.join(EXAMPLE, config.world))
    found, looks = asyncio.run(live(days, config))
    seconds, growth, wanted = used() / days * 7, max(found) - found[min(WARM, days) - 1], days * 86400 / config.period
    print(f"a week takes {seconds:.1f} s of processor time; after day {WARM} memory grew by {growth} kB; {looks} of {wanted:.0f} looks")
    return int(seconds > MOST_SECONDS or growth > MOST_GROWTH_KB or not 0.999 * wanted <= looks <= 1.001 * wanted)


import gc
gc.threshold(1 << 20)
sys.exit(start())
