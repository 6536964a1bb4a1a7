# pipeline.Pipeline: putting, sending, failing, being full, ending.
import asyncio
import logging
import os
import time

import pipeline
from pipeline import blocking

logging.disable(logging.CRITICAL)


class List(pipeline.Sink):
    """Keeps what it gets; fails as often as it is told."""

    def __init__(self, name="list", batch=10, fail=0, never=(), delay=0.0):
        super().__init__(name, batch)
        self.items, self.sizes, self.opened, self.closed = [], [], 0, 0
        self.fail, self.never, self.delay = fail, never, delay

    async def open(self):
        self.opened += 1

    async def send(self, items):
        if self.delay:
            await asyncio.sleep(self.delay)
        if self.fail:
            self.fail -= 1
            self.items += items[:len(items) // 2]  # some had gone through
            raise ConnectionError("the link is down")
        if any(i.sequence in self.never for i in items):
            raise pipeline.Refused("never")
        self.items += items
        self.sizes.append(len(items))

    async def close(self):
        self.closed += 1

    def sequences(self):
        return [i.sequence for i in self.items]


async def order():
    one, two = List("one"), List("two", batch=3)
    async with pipeline.Pipeline("a.db", [one, two], device="d") as p:
        got = await asyncio.gather(*(p.put({"n": n}) for n in range(100)))
        assert got == list(range(1, 101))
        assert await p.put_many([1, "two", None, True, [1.5]]) == range(101, 106) and await p.put_many([]) == range(106, 106)
        await p.flush(10)
        assert one.sequences() == two.sequences() == list(range(1, 106)) and max(one.sizes) == 10 and max(two.sizes) == 3
        assert [i.value for i in one.items[99:]] == [{"n": 99}, 1, "two", None, True, [1.5]]
        assert {i.boot for i in one.items} == {pipeline._record.boot_id()} and all(abs(i.time_ns - time.time_ns()) < 60e9 for i in one.items)
        stats = p.stats()
        assert stats["next_sequence"] == 106 and stats["sinks"]["one"] == {"behind": 0, "sent": 105, "failures": 0, "refused": 0, "last_error": None}, stats
    assert one.opened == one.closed == 1
    print("order")


async def grouping():
    """Puts that wait at the same time share a commit."""
    commits = 0
    commit = pipeline.Queue.commit

    def counted(self, rows, *args):
        nonlocal commits
        commits += bool(rows)
        return commit(self, rows, *args)

    pipeline.Queue.commit = counted
    try:
        async with pipeline.Pipeline("group.db", device="d") as p:
            await asyncio.gather(*(p.put(n) for n in range(3000)))
            assert commits <= 4, commits
            await asyncio.gather(*(p.put_many(range(2000)) for n in range(10)))
            assert commits <= 20 and p.stats()["next_sequence"] == 23001
    finally:
        pipeline.Queue.commit = commit
    print("grouping")


async def trouble():
    bad = List(fail=3)
    async with pipeline.Pipeline("b.db", [bad], device="d", retry=(0.001, 0.01)) as p:
        await asyncio.gather(*(p.put(n) for n in range(30)))
        await p.flush(10)
        assert sorted(set(bad.sequences())) == list(range(1, 31)) and bad.opened == 4 and bad.closed == 3
        assert bad.sequences()[-30:] == list(range(1, 31))  # after the failures, in order
        sink = p.stats()["sinks"]["list"]
        assert sink["failures"] == 3 and sink["last_error"] == "ConnectionError: the link is down"
    slow = List(delay=60)
    async with pipeline.Pipeline("slow.db", [slow], device="d", retry=(0.001, 0.001), timeout=0.02) as p:
        await p.put(1)
        try:
            await p.flush(0.3)
        except TimeoutError:
            print("flush gives up")
        assert p.stats()["sinks"]["list"]["failures"] >= 2
        slow.delay = 0
        await p.flush(10)
    picky = List(never={4, 17})
    async with pipeline.Pipeline("c.db", [picky], device="d") as p:
        await asyncio.gather(*(p.put(n) for n in range(30)))
        await p.flush(10)
        assert picky.sequences() == [n for n in range(1, 31) if n not in (4, 17)]
        assert [row[:3] for row in await p.refused()] == [("list", 4, "never"), ("list", 17, "never")]
        assert p.stats()["sinks"]["list"]["refused"] == 2
    print("trouble")


async def restart():
    """What was not sent is sent by the next run, also what was on its way."""
    dead = List(fail=10 ** 9)
    async with pipeline.Pipeline("d.db", [dead], device="d") as p:
        await p.put("before")
    live = List()
    async with pipeline.Pipeline("d.db", [live], device="d") as p:
        await p.put("after")
        await p.flush(10)
    assert [(i.sequence, i.value) for i in live.items] == [(1, "before"), (2, "after")]
    print("restart")


async def full():
    size = 256 * 1024
    stuck = List(fail=10 ** 9, batch=5)
    async with pipeline.Pipeline("e.db", [stuck], device="d", max_bytes=size, retry=(0.001, 0.002)) as p:
        for n in range(20):
            await p.put_many(["x" * 500] * 50)
        dropped = p.stats()["dropped"]
        assert dropped > 300 and os.path.getsize("e.db") <= size
        stuck.fail = 0
        stuck.items.clear()
        await p.flush(10)
    seen, gaps = set(), 0
    for item in stuck.items:
        if isinstance(item, pipeline.Gap):
            gaps += item.count
            seen.update(range(item.first, item.last + 1))
        else:
            assert item.sequence not in seen or stuck.items.count(item) == 1
            seen.add(item.sequence)
    assert seen == set(range(1, 1001)) and gaps == dropped, (len(seen), gaps, dropped)
    print("drop_oldest")

    stuck = List(fail=10 ** 9, batch=5)
    async with pipeline.Pipeline("f.db", [stuck], device="d", max_bytes=size, when_full="block", retry=(0.001, 0.002)) as p:
        work = asyncio.create_task(p.put_many(["x" * 500] * 50))
        count = 0
        while True:
            done, _ = await asyncio.wait([work], timeout=0.5)
            if not done:
                break
            count += 50
            work = asyncio.create_task(p.put_many(["x" * 500] * 50))
        assert p.stats()["disk_full"] and p.stats()["waiting_puts"] == 50 and p.stats()["dropped"] == 0
        stuck.fail = 0
        assert (await asyncio.wait_for(work, 10))[0] == count + 1
        await p.flush(10)
        assert sorted(set(stuck.sequences())) == list(range(1, count + 51))
    print("block")

    stuck = List(fail=10 ** 9)
    async with pipeline.Pipeline("g.db", [stuck], device="d", max_bytes=size, when_full="block", retry=(0.001, 0.002)) as p:
        waiting = [asyncio.create_task(p.put("x" * 5000)) for _ in range(100)]
        await asyncio.sleep(0.2)
    results = await asyncio.gather(*waiting, return_exceptions=True)
    print({str(r) for r in results if isinstance(r, Exception)})
    try:
        await p.put(1)
    except RuntimeError as error:
        print(error)


async def arguments():
    async with pipeline.Pipeline("h.db", device="d", max_bytes=256 * 1024) as p:
        for value in (float("nan"), {1, 2}, "x" * 40000):
            try:
                await p.put(value)
            except (TypeError, ValueError) as error:
                print(type(error).__name__, error)
        assert await p.put(1) == 1
        try:
            await p.put(1, time_ns=1.5)
        except TypeError as error:
            print(error)
        cancelled = asyncio.create_task(p.put(2))
        await asyncio.sleep(0)
        cancelled.cancel()
        assert await p.put(3) in (2, 3)
    for wrong in (dict(when_full="panic"), dict(retry=(5, 1)), dict(sinks=[List("same"), List("same")])):
        try:
            pipeline.Pipeline("i.db", **wrong)
        except ValueError as error:
            print(error)
    for wrong in (dict(sinks=["x"]), dict(retry=5), dict(timeout="x"), dict(device=5)):
        try:
            pipeline.Pipeline("i.db", **wrong)
        except TypeError as error:
            print(error)
    p = pipeline.Pipeline("i.db", device="d")
    for call in (p.put(1), p.flush(), p.refused()):
        try:
            await call
        except RuntimeError as error:
            print(error)
    async with p:
        for call in (p.put(1, time_ns=1 << 63), p.__aenter__()):
            try:
                await call
            except (ValueError, RuntimeError) as error:
                print(error)
    for make in (lambda: pipeline.MqttSink("broker"), lambda: pipeline.HttpSink("broker"), lambda: pipeline.StoreSink("x.db")):
        try:
            make()
        except (TypeError, ValueError) as error:
            print(error)


def without_asyncio():
    sink = List()
    with blocking.Pipeline("j.db", [sink], device="d") as p:
        assert p.put(1) == 1 and p.put_many([2, 3]) == range(2, 4)
        p.flush(10)
        assert p.stats()["sinks"]["list"]["sent"] == 3 and p.refused() == []
        try:
            p.put({1})
        except TypeError as error:
            print(error)
    assert sink.sequences() == [1, 2, 3] and sink.closed == 1
    with blocking.Pipeline("j.db", [sink], device="d") as p:
        assert p.put(4) == 4


asyncio.run(order())
asyncio.run(grouping())
asyncio.run(trouble())
asyncio.run(restart())
asyncio.run(full())
asyncio.run(arguments())
without_asyncio()
