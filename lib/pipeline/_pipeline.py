"""Pipeline: producers put, one task commits what they put in groups, and one task per sink sends it on."""

import asyncio
import json
import logging
import socket
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor

from _backoff import Backoff

from ._queue import Queue, size_of
from ._record import Gap, Record
from .sinks import Refused, Sink

_LONGEST_TIME = (1 << 63) - 1  # nanoseconds
_GROUP = 5000  # readings of one commit
_POLICIES = ("drop_oldest", "block")
_log = logging.getLogger("pipeline")


class _Outlet:
    """A sink, and how far it is."""

    def __init__(self, sink: Sink, done: int, delays: tuple[float, float]) -> None:
        self.sink = sink
        self.done = done
        self.busy: tuple[int, int] | None = None  # what is on its way: first and last sequence
        self.more = asyncio.Event()
        self.backoff = Backoff(*delays)
        self.sent = self.failures = self.refused = 0
        self.last_error: BaseException | None = None
        self.is_open = False


class Pipeline:
    """Store-and-forward: `async with Pipeline("queue.db", sinks=[...]) as p: await p.put(21.5)`.

    path: the queue's file. device: the name in the keys, the host's name unless given. max_bytes: largest size of the queue on disk.
    when_full: "drop_oldest" (readings that a sink has not got are dropped, and the sink gets a Gap in their place) or "block" (put waits for room).
    retry: first and longest delay in seconds between tries of a sink that fails. timeout: seconds that a sink may take for a batch.
    """

    def __init__(self, path: str, sinks: list[Sink] | tuple[Sink, ...] = (), *, device: str | None = None, max_bytes: int = 64 << 20,
                 when_full: str = "drop_oldest", retry: tuple[float, float] = (0.5, 60.0), timeout: float = 60.0) -> None:
        if when_full not in _POLICIES:
            raise ValueError(f"when_full must be one of {', '.join(_POLICIES)}, not {when_full!r}")
        if not isinstance(sinks, (list, tuple)) or not all(isinstance(sink, Sink) for sink in sinks):
            raise TypeError(f"sinks must be a list of Sink objects, not {sinks!r}")
        if not isinstance(retry, (list, tuple)) or len(retry) != 2:
            raise TypeError(f"retry must be the first and the longest delay in seconds, not {retry!r}")
        if type(max_bytes) is not int or not (device is None or isinstance(device, str)) or not isinstance(timeout, (int, float)):
            raise TypeError(f"max_bytes must be an int, device a str and timeout a number, not {max_bytes!r}, {device!r} and {timeout!r}")
        names = [sink.name for sink in sinks]
        if len(set(names)) < len(names):
            raise ValueError(f"sinks need names of their own, got {', '.join(names)}")
        Backoff(*retry)
        self.device = socket.gethostname() if device is None else device
        self._path = path
        self._sinks = list(sinks)
        self._max_bytes = max_bytes
        self._largest = max_bytes // 8  # of one commit, in bytes
        self._drops = when_full == "drop_oldest"
        self._retry = retry
        self._timeout = timeout
        self._puts: deque[tuple[list[tuple[int, int, str]], int, asyncio.Future]] = deque()
        self._waiting = 0  # readings in _puts
        self._done: dict[str, int] = {}  # what sinks have got and the queue does not know yet
        self._closing = True  # until it is entered

    async def __aenter__(self) -> "Pipeline":
        if not self._closing:
            raise RuntimeError("the pipeline is open already")
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="pipeline")
        try:
            self._queue: Queue = await self._call(Queue, self._path, [sink.name for sink in self._sinks], self.device, self._max_bytes)
        except BaseException:
            self._pool.shutdown(wait=False)
            raise
        self._outlets = [_Outlet(sink, self._queue.done[sink.name], self._retry) for sink in self._sinks]
        self._closing = False
        self._work = asyncio.Event()
        self._moved = asyncio.Condition()  # something was committed
        self._committer = asyncio.create_task(self._commit_forever())
        self._feeders = [asyncio.create_task(self._feed(outlet)) for outlet in self._outlets]
        return self

    async def __aexit__(self, kind, error, trace) -> None:
        """Commit what was put, stop sending, close the file. What was not sent is sent after the next start."""
        self._closing = True
        await _stop(self._feeders)
        self._work.set()
        await self._committer
        for outlet in self._outlets:
            if outlet.is_open:
                await self._close_sink(outlet)
        await self._call(self._queue.close)
        self._pool.shutdown(wait=False)

    def _check_open(self, name: str) -> None:
        if self._closing:
            raise RuntimeError(f"the pipeline is not open: {name}() belongs inside its `async with`")

    def _call(self, function, *args) -> asyncio.Future:
        return asyncio.get_running_loop().run_in_executor(self._pool, function, *args)

    async def put(self, value, time_ns: int | None = None) -> int:
        """Add a reading, anything that JSON can say; return its sequence as soon as it is on disk.

        time_ns: when it was measured, nanoseconds since 1970 UTC; now unless given. Many puts at once share one sync.
        TypeError: JSON cannot say it. ValueError: it is NaN, infinite or too large. sqlite3.OperationalError, OSError: the disk failed; it was not added.
        """
        return (await self.put_many([value], time_ns))[0]

    async def put_many(self, values, time_ns: int | None = None) -> range:
        """Add readings, all or none; return their sequences as soon as they are on disk. Otherwise as put()."""
        if time_ns is not None and type(time_ns) is not int:
            raise TypeError(f"time_ns is nanoseconds since 1970 as an int, not {time_ns!r}")
        if time_ns is not None and not -_LONGEST_TIME <= time_ns <= _LONGEST_TIME:
            raise ValueError(f"time_ns is nanoseconds since 1970 in 64 bits, not {time_ns}")
        now, monotonic = time.time_ns() if time_ns is None else time_ns, time.monotonic_ns()
        rows = [(now, monotonic, json.dumps(value, allow_nan=False, separators=(",", ":"))) for value in values]
        size = size_of(rows)
        if size > self._largest:
            raise ValueError(f"readings that take {size} bytes cannot be put at once: the limit is {self._largest}, an eighth of the queue")
        while self._waiting >= _GROUP and not self._closing:
            async with self._moved:
                await self._moved.wait()
        self._check_open("put")
        future = asyncio.get_running_loop().create_future()
        self._puts.append((rows, size, future))
        self._waiting += len(rows)
        self._work.set()
        first = await future
        return range(first, first + len(rows))

    async def flush(self, timeout: float | None = None) -> None:
        """Wait until every sink has everything that is in the queue now. TimeoutError: not within timeout seconds."""
        self._check_open("flush")
        last = self._queue.next_sequence - 1
        async with asyncio.timeout(timeout):
            async with self._moved:
                await self._moved.wait_for(lambda: all(done >= last for done in self._queue.done.values()))

    def stats(self) -> dict:
        """Counts since the start (dropped: since the queue was made): next_sequence, dropped, waiting_puts, disk_full, and by sink: behind, sent, failures, refused, last_error."""
        if not hasattr(self, "_queue"):
            self._check_open("stats")
        queue = self._queue
        sinks = {o.sink.name: {"behind": queue.next_sequence - 1 - o.done, "sent": o.sent, "failures": o.failures, "refused": o.refused,
                               "last_error": None if o.last_error is None else f"{type(o.last_error).__name__}: {o.last_error}"} for o in self._outlets}
        return {"next_sequence": queue.next_sequence, "dropped": queue.dropped, "waiting_puts": self._waiting, "disk_full": queue.full, "sinks": sinks}

    async def refused(self) -> list[tuple[str, int, str, str]]:
        """What sinks will never take, the last 1000: (sink, sequence, reason, the reading as JSON)."""
        self._check_open("refused")
        return await self._call(self._queue.refused)

    async def _commit_forever(self) -> None:
        while True:
            await self._work.wait()
            self._work.clear()
            while self._puts or self._done:
                if not await self._commit_group():
                    break
            if self._closing:
                break
        for _, _, future in self._puts:
            if not future.done():
                future.set_exception(RuntimeError("the pipeline was closed while its queue was full"))
        await self._tell_moved()

    async def _tell_moved(self) -> None:
        async with self._moved:
            self._moved.notify_all()

    def _next_group(self) -> tuple[list, list]:
        """What is to be committed together: puts, and their rows."""
        group, rows, size = [], [], 0
        while self._puts and (not rows or size + self._puts[0][1] <= self._largest and len(rows) + len(self._puts[0][0]) <= _GROUP):
            put = self._puts.popleft()
            self._waiting -= len(put[0])
            if not put[2].cancelled():
                group.append(put)
                rows += put[0]
                size += put[1]
        return group, rows

    async def _commit_group(self) -> bool:
        """One commit; False: there is no room until a sink has got more, or the disk failed."""
        group, rows = self._next_group()
        done, self._done = self._done, {}
        busy = [o.busy for o in self._outlets if o.busy] if self._drops else None
        try:
            first = await self._call(self._queue.commit, rows, done, busy)
        except Exception as error:
            self._done = {**done, **self._done}
            for _, _, future in group:
                if not future.done():
                    future.set_exception(error)
            await self._tell_moved()
            if not group:
                _log.warning("the queue cannot note what was sent: %s", error)
            return bool(group)
        if first is None:
            self._puts.extendleft(reversed(group))
            self._waiting += len(rows)
        else:
            self._settle(group, first)
        await self._tell_moved()
        return first is not None or bool(done)

    def _settle(self, group: list, first: int) -> None:
        for added, _, future in group:
            if not future.done():
                future.set_result(first)
            first += len(added)
        if group:
            for outlet in self._outlets:
                outlet.more.set()

    async def _feed(self, outlet: _Outlet) -> None:
        while True:
            outlet.more.clear()
            # Known to be on its way before it is taken, so that it is not dropped in between.
            outlet.busy = (outlet.done + 1, outlet.done + outlet.sink.batch)
            items = await self._call(self._queue.take, outlet.done, outlet.sink.batch)
            if not items:
                outlet.busy = None
                await outlet.more.wait()
                continue
            outlet.busy = (items[0].sequence, items[-1].sequence)
            await self._deliver(outlet, items)
            outlet.done = self._done[outlet.sink.name] = items[-1].sequence
            outlet.busy = None
            outlet.sent += len(items)
            self._work.set()

    async def _deliver(self, outlet: _Outlet, items: list[Record | Gap]) -> None:
        """Send until the sink has it. What it refuses for good is put aside, alone."""
        while True:
            try:
                async with asyncio.timeout(self._timeout):
                    if not outlet.is_open:
                        await outlet.sink.open()
                        outlet.is_open = True
                    await outlet.sink.send(items)
                self._recovered(outlet)
                return
            except Refused as error:
                if len(items) > 1:
                    for item in items:
                        await self._deliver(outlet, [item])
                else:
                    outlet.refused += 1
                    outlet.last_error = error
                    _log.warning("%s refuses reading %d: %s", outlet.sink.name, items[0].sequence, error)
                    await self._call(self._queue.refuse, outlet.sink.name, items[0], str(error))
                return
            except Exception as error:
                await self._failed(outlet, error)

    async def _failed(self, outlet: _Outlet, error: Exception) -> None:
        outlet.failures += 1
        outlet.last_error = error
        if not outlet.backoff.tries:
            _log.warning("%s failed, and is tried again: %s: %s", outlet.sink.name, type(error).__name__, error)
        if outlet.is_open:
            await self._close_sink(outlet)
        await asyncio.sleep(outlet.backoff.next())

    def _recovered(self, outlet: _Outlet) -> None:
        if outlet.backoff.tries:
            _log.info("%s is back after %d tries", outlet.sink.name, outlet.backoff.tries)
            outlet.backoff.reset()

    async def _close_sink(self, outlet: _Outlet) -> None:
        outlet.is_open = False
        try:
            async with asyncio.timeout(self._timeout):
                await outlet.sink.close()
        except Exception as error:
            _log.warning("%s could not be closed: %s: %s", outlet.sink.name, type(error).__name__, error)


async def _stop(tasks: list[asyncio.Task]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
