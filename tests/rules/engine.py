# rules.Rules under the virtual clock: alarms and their states, what survives a restart, notification, schedules.
import asyncio
import logging
import os
import tempfile
import time

import rules
from rules import ACKNOWLEDGED, CLEARED, RAISED, Alarms, Daily, Drift, Every, Missing, Notifier, Rate, Rules, Threshold

logging.disable(logging.CRITICAL)
BEGIN = time.monotonic()


def now():
    return round(time.monotonic() - BEGIN)


class Told(Notifier):
    def __init__(self, name="told", most=100, period=60.0, fail=0):
        super().__init__(name, most, period)
        self.got, self.fail = [], fail

    async def send(self, changes):
        if self.fail:
            self.fail -= 1
            raise OSError("no server")
        self.got.append((now(), [f"{c.name} {c.state}" for c in changes]))


def short(alarms):
    return [(a.name, a.state) for a in alarms]


async def states():
    told = Told()
    async with Rules("a.db", [told]) as rules:
        rules.watch("boiler", Threshold(above=90, hysteresis=5), name="hot", text="{series} is at {value:.1f}")
        assert short(await rules.feed("boiler", 80)) == [] and short(await rules.feed("other", 1e9)) == []
        change, = await rules.feed("boiler", 91.26)
        assert (change.name, change.state, change.text) == ("hot", RAISED, "boiler is at 91.3") and abs(change.time - time.time()) < 1
        assert await rules.feed("boiler", 95) == []
        assert (await rules.acknowledge("hot", "ann")).state == ACKNOWLEDGED and await rules.acknowledge("hot", "bob") is None
        assert [(row[0], row[1], row[4], row[5]) for row in await rules.open_alarms()] == [("hot", ACKNOWLEDGED, True, 1)]
        assert short(await rules.feed("boiler", 84)) == [("hot", CLEARED)] and await rules.open_alarms() == []
        # Cleared before anybody saw it: it stays open until then.
        await rules.feed("boiler", 99)
        await rules.feed("boiler", 50)
        assert [(row[0], row[1], row[4], row[5]) for row in await rules.open_alarms()] == [("hot", CLEARED, False, 2)]
        change = await rules.acknowledge("hot", "ann")
        assert (change.state, change.by) == (CLEARED, "ann") and await rules.open_alarms() == []
        try:
            await rules.acknowledge("nothing")
        except KeyError as error:
            print(error)
        try:
            rules.watch("x", Missing(5), name="hot")
        except ValueError as error:
            print(error)
        await asyncio.sleep(1)
        assert [text for _, texts in told.got for text in texts] == ["hot raised", "hot acknowledged", "hot cleared", "hot raised", "hot cleared", "hot cleared"]
        assert [(c.id, c.state, c.by) for c in await rules.history(4)] == [(5, CLEARED, ""), (6, CLEARED, "ann")]
    print("states")


async def with_time_alone():
    async with Rules("b.db") as rules:
        rules.watch("t", Missing(30))
        rules.watch("t", Threshold(above=10, delay=5), name="long above")
        start = time.time()
        await asyncio.sleep(29)
        assert await rules.open_alarms() == []
        await asyncio.sleep(2)
        assert [row[0] for row in await rules.open_alarms()] == ["t missing"]
        assert short(await rules.feed("t", 20)) == [("t missing", CLEARED)]
        await asyncio.sleep(6)
        when = {a.name: round(a.time - start) for a in await rules.history()}
        assert when == {"t missing": 31, "long above": 36}, when
    print("time alone")


async def restarts():
    """Alarms and what detectors have learned go on; who was not told is told; nothing is raised twice."""
    broken = Told(fail=10 ** 9)
    values = [20.0 + i % 7 for i in range(24 * 20)]
    engine = Rules("c.db", [broken])
    engine.watch("t", Threshold(above=90), name="hot")
    engine.watch("d", Drift(), name="drift")
    engine.watch("m", Missing(10), name="silent")
    async with engine:
        await engine.feed("t", 99)
        for i, value in enumerate(values):
            await engine.feed("d", value, 3600.0 * i)
        await asyncio.sleep(20)
    told = Told()
    engine = Rules("c.db", [told, Told("new")])
    hot, drift, silent = Threshold(above=90), Drift(), Missing(10)
    engine.watch("t", hot, name="hot")
    engine.watch("d", drift, name="drift")
    engine.watch("m", silent, name="silent")
    async with engine:
        await asyncio.sleep(5)
        assert hot.holds and silent.holds and not drift.holds
        assert [texts for _, texts in told.got] == [["hot raised", "silent raised"]]
        assert await engine.feed("t", 99) == []
        for i in range(24):
            await engine.feed("d", 60.0, 3600.0 * (len(values) + i))
        await asyncio.sleep(5)
        assert drift.holds  # without what it had learned it would still be warming up
        assert short(await engine.feed("t", 20)) == [("hot", CLEARED)]
    assert [text for _, texts in engine._notifiers[1].got for text in texts] == ["drift raised"]  # a new one is told of what comes next
    print("restarts")


async def notifying():
    told = Told(most=2, period=60, fail=2)
    async with Rules("d.db", [told], retry=(1.0, 8.0)) as rules:
        rules.watch("t", Threshold(above=0), name="n")
        start = now()
        for i in range(20):
            await rules.feed("t", 1 if i % 2 == 0 else -1)
            await asyncio.sleep(3)
        await asyncio.sleep(200)
        times = [at - start for at, _ in told.got]
        assert sum(len(texts) for _, texts in told.got) == 20 and len(told.got) <= 5, told.got
        assert all(later - earlier >= 59 for earlier, later in zip(times, times[2:])), times
        assert [t for _, texts in told.got for t in texts] == ["n raised", "n cleared"] * 10
    print("notifying")


async def schedules():
    ticks = []

    async def work(moment):
        ticks.append(moment)
        await asyncio.sleep(1)
        if len(ticks) == 2:
            raise ValueError("once")

    async with Rules("e.db") as rules:
        rules.schedule(Every(600), work)
        rules.schedule(Daily("06:00", zone="UTC"), lambda moment: ticks.append(-moment))
        await asyncio.sleep(86400)
    sixes = [t for t in ticks if t < 0]
    tens = [t for t in ticks if t > 0]
    assert len(tens) == 144 and all(t % 600 == 0 for t in tens) and len(sixes) == 1 and -sixes[0] % 86400 == 6 * 3600
    print("schedules")


def file():
    rules._alarm._KEPT = 20
    alarms = Alarms("f.db")
    for i in range(50):
        alarms.note("a", i % 2 == 0, "text")
    assert [a.id for a in alarms.history()] == list(range(31, 51))
    alarms.close()
    print("history is bounded")


# In memory: the virtual clock goes on while a sync takes long.
place = tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
os.chdir(place.name)
for part in (states, with_time_alone, restarts, notifying, schedules):
    asyncio.run(part())
file()
os.chdir("/")
place.cleanup()
