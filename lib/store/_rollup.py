"""Sums of points by minute, hour and day, kept in the same transaction as the points: those that come late change their bucket as any other."""

import sqlite3

from ._day import Days

MINUTE, HOUR, DAY = 0, 1, 2
_MINUTE_NS, _HOUR_NS = 60_000_000_000, 3_600_000_000_000

# The later of two points is the last one; of equal times, the one that came later.
_MERGE = """
INSERT INTO rollup(series, level, start, count, low, high, sum, last, last_ns) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET count = count + excluded.count, low = min(low, excluded.low), high = max(high, excluded.high), sum = sum + excluded.sum,
    last = CASE WHEN excluded.last_ns >= last_ns THEN excluded.last ELSE last END, last_ns = max(last_ns, excluded.last_ns)
"""


def _by_minute(points: list[tuple], texts: set[int]) -> dict[tuple[int, int], list]:
    """(series, minute): [count, low, high, sum, last, last_ns]. points: (series, time_ns, ..., value). texts: series whose values are texts."""
    found: dict[tuple[int, int], list] = {}
    for series, time_ns, *_, value in points:
        key = (series, time_ns - time_ns % _MINUTE_NS)
        number = None if series in texts else value
        sums = found.get(key)
        if sums is None:
            found[key] = [1, number, number, number, value, time_ns]
            continue
        sums[0] += 1
        if number is not None:
            if number < sums[1]:
                sums[1] = number
            if number > sums[2]:
                sums[2] = number
            sums[3] += number
        if time_ns >= sums[5]:
            sums[4] = value
            sums[5] = time_ns
    return found


def _gather(minutes: dict[tuple[int, int], list], start_of) -> dict[tuple[int, int], list]:
    """The same by larger spans. start_of(time_ns): where the span begins."""
    found: dict[tuple[int, int], list] = {}
    for (series, minute), (count, low, high, total, last, last_ns) in minutes.items():
        sums = found.setdefault((series, start_of(minute)), [0, low, high, None if total is None else 0, last, last_ns])
        sums[0] += count
        if total is not None:
            sums[1] = min(sums[1], low)
            sums[2] = max(sums[2], high)
            sums[3] += total
        if last_ns >= sums[5]:
            sums[4:] = last, last_ns
    return found


def add(db: sqlite3.Connection, points: list[tuple], texts: set[int], days: Days) -> None:
    """Count new points in their buckets. Days are made of minutes: a zone's midnight may be within an hour of UTC."""
    minutes = _by_minute(points, texts)
    levels = (minutes, _gather(minutes, lambda t: t - t % _HOUR_NS), _gather(minutes, days.start))
    db.executemany(_MERGE, [(series, level, start, *sums) for level, found in enumerate(levels) for (series, start), sums in found.items()])
