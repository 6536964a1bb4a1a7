"""_week.py DAYS FOLDER [KEY=VALUE ...] - days of the greenhouse's life, under the virtual clock: memory of each, and the processor time of all.

What is resident is the mean of a day's last EVENING hours, since an instant says where between two collections it lies; what is alive is counted after a
collection.

Run with KRAIT_BOARD=sim KRAIT_CLOCK=virtual. Status 1: more than 60 s for a week, memory that grows after the second day, or looks at the sensors
that were left out.
"""
# SPDX-License-Identifier: MIT
import asyncio
import gc
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
EVENING = 6  # hours
PACE = (f"period={LOOK}", "mqtt.every=60", "store.every=300", "host.every=300", "display.every=300")
MOST_SECONDS, MOST_GROWTH_KB, MOST_ALIVE_KB = 60, 64, 16
WARM = 2  # days until SQLite's page cache, 512 kB of a store, is full


class Counted(Service):
    """A service that counts its signs of life: one after each look."""

    looks = 0

    def alive(self) -> None:
        self.looks += 1


def memory() -> int:
    """What is resident, in kB."""
    with open("/proc/self/status", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS:"))


def used() -> float:
    """Seconds of processor time."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


async def live(days: int, config) -> tuple[list[float], list[float], int]:
    """What was resident in the evening of each day and alive at its end, in kB, and how many looks there were."""
    resident, alive = [], []
    os.makedirs(config.folder, exist_ok=True)
    async with Counted() as service:
        async def count():
            for day in range(1, days + 1):
                await asyncio.sleep(86400 - EVENING * 3600)
                hours = []
                for _ in range(EVENING):
                    await asyncio.sleep(3600)
                    hours.append(memory())
                gc.collect()
                resident.append(sum(hours) / EVENING)
                alive.append(gc.mem_alloc() / 1024)
                print(f"day {day}: resident {resident[-1]:.0f} kB, {min(hours)} to {max(hours)}; alive {alive[-1]:.1f} kB; {used():.1f} s", flush=True)
            service.stopping.set()

        counting = asyncio.create_task(count())
        await main.Node(config).run(service)
        await counting
    return resident, alive, service.looks


def growth(days: list[float]) -> float:
    """How much more a later day takes than day WARM, at most."""
    return max(days) - days[min(WARM, len(days)) - 1]


def start() -> int:
    days, folder = int(sys.argv[1]), sys.argv[2]
    logging.basicConfig(level=logging.WARNING)
    config = load(os.path.join(EXAMPLE, "config.toml"), SETTINGS, [f"folder={folder}", "mqtt.port=0", "dashboard.port=0", *PACE, *sys.argv[3:]])
    sim.world(os.path.join(EXAMPLE, config.world))
    resident, alive, looks = asyncio.run(live(days, config))
    seconds, wanted = used() / days * 7, days * 86400 / config.period
    print(f"a week takes {seconds:.1f} s of processor time; after day {WARM} what is resident grew by {growth(resident):.0f} kB at most, "
          f"what is alive by {growth(alive):.1f} kB; {looks} of {wanted:.0f} looks")
    constant = growth(resident) <= MOST_GROWTH_KB and growth(alive) <= MOST_ALIVE_KB
    return int(seconds > MOST_SECONDS or not constant or not 0.999 * wanted <= looks <= 1.001 * wanted)


gc.threshold(1 << 20)
sys.exit(start())
