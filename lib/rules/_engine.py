"""Rules: values go in, detectors look at them, alarms change, notifiers are told, scheduled work is done. Nothing here holds up the loop: the disk has a thread of its own."""

import asyncio
import json
import logging
import math
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor

from _backoff import Backoff

from ._alarm import Alarm, Alarms
from ._detect import Detector
from ._notify import Notifier
from ._schedule import Schedule

_LOOK = 60.0  # seconds: the longest sleep of a schedule, so that a clock which was set is noticed
_AT_ONCE = 100  # changes in one message
_log = logging.getLogger("rules")


class _Watch:
    """A detector, and the alarm that it makes."""

    def __init__(self, name: str, series: str, detector: Detector, text: str) -> None:
        self.name = name
        self.series = series
        self.detector = detector
        self.text = text
        self.value = math.nan
        self.noted: bool | None = None  # what the alarms' file knows

    def say(self) -> str:
        return self.text.format(name=self.name, series=self.series, value=self.value, detector=self.detector)


class Rules:
    """`async with Rules("alarms.db", notifiers=[...]) as rules`. path: the file of the alarms, and of what detectors have learned.

    retry: first and longest delay in seconds between tries of a notifier. save_every: seconds between saves of what detectors have learned.
    """

    def __init__(self, path: str, notifiers: list[Notifier] | tuple[Notifier, ...] = (), retry: tuple[float, float] = (1.0, 300.0), save_every: float = 600.0) -> None:
        if not all(isinstance(notifier, Notifier) for notifier in notifiers):
            raise TypeError(f"notifiers must be Notifier objects, not {notifiers!r}")
        names = [notifier.name for notifier in notifiers]
        if len(set(names)) < len(names):
            raise ValueError(f"notifiers need names of their own, got {', '.join(names)}")
        Backoff(*retry)
        self._path = path
        self._notifiers = list(notifiers)
        self._retry = retry
        self._save_every = save_every
        self._watches: dict[str, _Watch] = {}
        self._by_series: dict[str, list[_Watch]] = {}
        self._schedules: list[tuple[Schedule, object]] = []
        self._tasks: list[asyncio.Task] = []
        self._alarms: Alarms | None = None

    async def __aenter__(self) -> "Rules":
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="rules")
        self._start = time.time() - time.monotonic()  # detectors see a clock that is never set
        try:
            self._alarms = await self._call(Alarms, self._path)
            self._states = await self._call(self._alarms.states)
            self._active = await self._call(self._alarms.active)
        except BaseException:
            self._pool.shutdown(wait=False)
            raise
        for watch in self._watches.values():
            self._restore(watch)
        self._news = [asyncio.Event() for _ in self._notifiers]
        self._sooner = asyncio.Event()
        self._turn = asyncio.Lock()
        told = [await self._call(self._alarms.told, notifier.name) for notifier in self._notifiers]
        self._tasks = [asyncio.create_task(self._tell(*one)) for one in zip(self._notifiers, self._news, told)]
        self._tasks += [asyncio.create_task(self._look_after()), asyncio.create_task(self._save_now_and_then())]
        self._tasks += [asyncio.create_task(self._follow(*one)) for one in self._schedules]
        return self

    async def __aexit__(self, kind, error, trace) -> None:
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        try:
            await self.save()
        finally:
            await self._call(self._alarms.close)
            self._alarms = None
            self._pool.shutdown(wait=False)

    def _call(self, function, *args) -> asyncio.Future:
        return asyncio.get_running_loop().run_in_executor(self._pool, function, *args)

    def _now(self) -> float:
        return self._start + time.monotonic()

    # ---- What to do ----

    def watch(self, series: str, detector: Detector, name: str | None = None, text: str = "{series} is {value}") -> None:
        """Raise an alarm while a detector's condition holds. name: of the alarm, unique. text: what it says, of {name}, {series}, {value}, {detector}."""
        name = name or f"{series} {type(detector).__name__.lower()}"
        if name in self._watches:
            raise ValueError(f"there is an alarm {name!r} already")
        watch = _Watch(name, series, detector, text)
        watch.say()
        self._watches[name] = watch
        self._by_series.setdefault(series, []).append(watch)
        if self._alarms:
            self._restore(watch)
            self._sooner.set()

    def _restore(self, watch: _Watch) -> None:
        if watch.name in self._states:
            watch.detector.restore(json.loads(self._states[watch.name]))
        watch.detector.holds = watch.name in self._active  # this was synced with each change

    def schedule(self, schedule: Schedule, function) -> None:
        """Call function(moment), which may be a coroutine function, at the moments of a schedule; seconds since 1970 UTC. Those missed in a pause are not made up for."""
        self._schedules.append((schedule, function))
        if self._tasks:
            self._tasks.append(asyncio.create_task(self._follow(schedule, function)))

    async def feed(self, series: str, value: float, time: float | None = None) -> list[Alarm]:
        """Show a value to the detectors of its series; return the alarms that changed, which are on disk then.

        time: seconds since 1970 UTC, if the value is not of this moment; the values of a series come in the order of their times.
        """
        now = self._now() if time is None else time
        changed = []
        for watch in self._by_series.get(series, ()):
            watch.value = value
            before = watch.detector.due()
            watch.detector.update(value, now)
            if watch.detector.due() != before:
                self._sooner.set()
            change = await self._set(watch)
            if change:
                changed.append(change)
        return changed

    async def _set(self, watch: _Watch) -> Alarm | None:
        holds = watch.detector.holds
        if holds == watch.noted:
            return None
        async with self._turn:
            change = await self._call(self._alarms.note, watch.name, holds, watch.say())
        watch.noted = holds
        self._announce(change)
        return change

    async def acknowledge(self, name: str, by: str = "") -> Alarm | None:
        """Somebody has seen an alarm. KeyError: there is no such alarm."""
        change = await self._call(self._alarms.acknowledge, name, by)
        self._announce(change)
        return change

    async def open_alarms(self) -> list[tuple[str, str, str, float, bool, int]]:
        """What asks for attention; see Alarms.open."""
        return await self._call(self._alarms.open)

    async def history(self, after: int = 0, most: int = 1000) -> list[Alarm]:
        """Changes of alarms, oldest first; see Alarms.history."""
        return await self._call(self._alarms.history, after, most)

    async def save(self) -> None:
        """Write down what the detectors have learned."""
        await self._call(self._alarms.save_states, {name: json.dumps(watch.detector.state()) for name, watch in self._watches.items()})

    def _announce(self, change: Alarm | None) -> None:
        if change:
            for news in self._news:
                news.set()

    # ---- What goes on meanwhile ----

    async def _look_after(self) -> None:
        """Conditions that change with time alone."""
        while True:
            self._sooner.clear()
            now = self._now()
            for watch in list(self._watches.values()):
                watch.detector.check(now)
                try:
                    await self._set(watch)
                except Exception as error:
                    _log.warning("alarm %s cannot be noted: %s", watch.name, error)
            dues = [due for watch in self._watches.values() if (due := watch.detector.due()) is not None]
            try:
                async with asyncio.timeout(max(0.0, min(dues) - self._now()) + 0.001 if dues else None):
                    await self._sooner.wait()
            except TimeoutError:
                pass

    async def _save_now_and_then(self) -> None:
        while True:
            await asyncio.sleep(self._save_every)
            try:
                await self.save()
            except Exception as error:
                _log.warning("what detectors have learned cannot be saved: %s", error)

    async def _follow(self, schedule: Schedule, function) -> None:
        moment = schedule.next(time.time())
        while True:
            wait = moment - time.time()
            if wait > 0:
                await asyncio.sleep(min(wait, _LOOK))
                moment = min(moment, schedule.next(time.time())) if moment > time.time() else moment
                continue
            try:
                result = function(moment)
                if hasattr(result, "__await__"):
                    await result
            except Exception:
                _log.exception("scheduled work failed")
            moment = schedule.next(max(moment, time.time()))

    async def _tell(self, notifier: Notifier, news: asyncio.Event, told: int) -> None:
        backoff = Backoff(*self._retry)
        sent: deque[float] = deque(maxlen=notifier.most)
        while True:
            news.clear()
            if len(sent) == notifier.most and (wait := sent[0] + notifier.period - time.monotonic()) > 0:
                await asyncio.sleep(wait)
            changes = await self._call(self._alarms.history, told, _AT_ONCE)
            if not changes:
                await news.wait()
                continue
            try:
                await notifier.send(changes)
            except Exception as error:
                if not backoff.tries:
                    _log.warning("notifier %s failed, and is tried again: %s: %s", notifier.name, type(error).__name__, error)
                await asyncio.sleep(backoff.next())
                continue
            backoff.reset()
            sent.append(time.monotonic())
            told = changes[-1].id
            await self._call(self._alarms.set_told, notifier.name, told)
