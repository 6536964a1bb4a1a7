"""History: what charts ask for, and CSV; from a store, in a thread, since disks are slow."""

from __future__ import annotations

import asyncio
import io
import math
import time
from collections.abc import AsyncIterator, Iterator
from itertools import islice
from typing import TYPE_CHECKING

import web

if TYPE_CHECKING:
    from store import Store

_SECOND = 1_000_000_000
_POINTS = 2000  # of a chart, at most
_SERIES = 32  # of one question
_ROWS = 1000  # of CSV in one piece
_STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400)  # seconds


class History:
    """Answers of one store. names: the series that may be asked for."""

    def __init__(self, store: Store | None, names: object) -> None:
        self._store, self._names = store, names
        self._turn = asyncio.Semaphore(2)  # questions at once

    async def answer(self, query: web.Values) -> dict[str, object]:
        """What GET /api/history says. Error 400, 404."""
        names = self._asked(query.get("names", ""))
        start, stop = span(query)
        points = _number(query, "points", 600)
        if not 2 <= points <= _POINTS:
            raise web.Error(400, f"points is 2 to {_POINTS}, not {points:g}")
        step = step_for(stop - start, points)
        async with self._turn:
            series = await asyncio.to_thread(self._means, names, start, stop, step)
        times = sorted(set().union(*series.values()))
        return {"t": [t / _SECOND for t in times], "step": step, "series": {name: [found.get(t) for t in times] for name, found in series.items()}}

    def _asked(self, text: str) -> list[str]:
        names = text.split(",")
        if len(names) > _SERIES:
            raise web.Error(400, f"at most {_SERIES} names at once, not {len(names)}")
        for name in names:
            if name not in self._names:
                raise web.Error(404, f"there is no value {name!r}")
        return list(dict.fromkeys(names))

    def _means(self, names: list[str], start: float, stop: float, step: float) -> dict[str, dict[int, float]]:
        return {name: self._of(name, int(start * _SECOND), int(stop * _SECOND), int(step * _SECOND)) for name in names}

    def _of(self, name: str, start_ns: int, stop_ns: int, step_ns: int) -> dict[int, float]:
        if self._store is None:
            return {}
        try:
            return dict(self._store.means(name, start_ns, stop_ns, step_ns))
        except (KeyError, TypeError):  # nothing has been stored yet; texts
            return {}

    async def export(self, query: web.Values) -> web.Response:
        """What GET /api/export says: the points of a series as CSV, as they are read. Error 400, 404."""
        name, = self._asked(query.get("name", ""))[:1]
        start, stop = span(query)
        if self._store is None or name not in self._store.series():
            raise web.Error(404, f"nothing is stored of {name!r} yet")
        points = self._store.points(name, int(start * _SECOND), int(stop * _SECOND))
        file = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "_" for c in name)
        return web.Response(_csv(points), 200, "text/csv; charset=utf-8", [("content-disposition", f'attachment; filename="{file}.csv"')])


async def _csv(points: Iterator[tuple]) -> AsyncIterator[bytes]:
    from store._query import write_csv

    def piece(header: list[str]) -> tuple[bytes, int]:
        out = io.StringIO(newline="")
        count = write_csv(out, header, islice(points, _ROWS))
        return out.getvalue().encode(), count

    data, count = await asyncio.to_thread(piece, ["time", "value"])
    yield data
    while count == _ROWS:
        data, count = await asyncio.to_thread(piece, [])
        yield data


def span(query: web.Values) -> tuple[float, float]:
    """from and to, in seconds since 1970; the last hour unless they say something else. Error 400."""
    stop = _number(query, "to", time.time())
    start = _number(query, "from", stop - 3600)
    if not 0 <= start < stop <= 1 << 32:
        raise web.Error(400, f"from and to are seconds since 1970, from before to: {start:g}, {stop:g}")
    return start, stop


def _number(query: web.Values, name: str, default: float) -> float:
    text = query.get(name)
    if text is None:
        return default
    try:
        value = float(text) if len(text) <= 32 else math.nan
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise web.Error(400, f"{name} is a number, not {text[:32]!r}")
    return value


def step_for(seconds: float, points: float) -> float:
    """A step of a round length that gives at most so many points of a span."""
    least = seconds / points
    return next((step for step in _STEPS if step >= least), math.ceil(least / 86400) * 86400)
