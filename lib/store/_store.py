"""Store: points go in, in transactions that are synced; queries, retention and export.

Tables (docs/pipeline.md describes them for other programs): series, point, rollup, source, seen, meta.
"""

import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from _transaction import Transaction

from . import _rollup
from ._day import Days
from ._query import Bucket, write_csv
from ._seen import Seen

_FORMAT = 1
_SCHEMA = """
CREATE TABLE meta(name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE series(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, kind TEXT NOT NULL);
CREATE TABLE point(series INTEGER, time_ns INTEGER, source INTEGER, sequence INTEGER, value NOT NULL, PRIMARY KEY(series, time_ns, source, sequence)) WITHOUT ROWID;
CREATE TABLE rollup(series INTEGER, level INTEGER, start INTEGER, count INTEGER NOT NULL, low, high, sum, last, last_ns INTEGER NOT NULL, PRIMARY KEY(series, level, start)) WITHOUT ROWID;
CREATE TABLE source(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE seen(source INTEGER, first INTEGER, last INTEGER NOT NULL, PRIMARY KEY(source, first)) WITHOUT ROWID;
"""
_KINDS = {int: "number", float: "number", bool: "bool", str: "text"}
_DAY_NS = 86_400_000_000_000
_FIRST_NS, _LAST_NS = -(1 << 62), (1 << 62)
_PAGE = 5000
_FINE_NS = 20_000_000_000  # of a chart's steps: below, points are read
_WIDER_NS = {"minute": 3_600_000_000_000, "hour": _DAY_NS}  # steps from which the next level does
LEVELS = {"minute": _rollup.MINUTE, "hour": _rollup.HOUR, "day": _rollup.DAY}


class Point(NamedTuple):
    """A value at a time."""

    time_ns: int
    value: float | str | bool


class Store:
    """The series in the file path. Any thread may call; one at a time is inside.

    zone: the time zone whose days the roll-up by day counts; a file keeps the one that it was made with. keep: for how many days "raw", "minute", "hour"
    and "day" are kept by expire(), for ever unless given. ValueError: another zone, or the file is something else.
    """

    def __init__(self, path: str, zone: str | None = None, keep: dict[str, float] | None = None) -> None:
        for name, days in (keep or {}).items():
            if name != "raw" and name not in LEVELS:
                raise ValueError(f"keep knows raw, minute, hour and day, not {name!r}")
            if not isinstance(days, (int, float)):
                raise TypeError(f"keep[{name!r}] must be a number of days, not {days!r}")
            if not days > 0:
                raise ValueError(f"keep[{name!r}] must be above 0 days, not {days}")
        self.keep = dict(keep or {})
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        try:
            self._open(path, zone)
        except BaseException:
            self._db.close()
            raise

    def _open(self, path: str, zone: str | None) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "journal_size_limit=4000000", "cache_size=-512"):
            self._db.execute(f"PRAGMA {pragma}").fetchall()
        with self._lock, self._transaction():
            version, = self._db.execute("PRAGMA user_version").fetchone()
            if not version and not self._db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
                Days(zone or "UTC")
                for statement in _SCHEMA.strip().split("\n"):
                    self._db.execute(statement)
                self._db.executemany("INSERT INTO meta VALUES (?, ?)", [("zone", zone or "UTC"), ("raw_from", _FIRST_NS)])
                self._db.execute(f"PRAGMA user_version={_FORMAT}")
            elif version != _FORMAT:
                raise ValueError(f"{path} is not a store of this version: expected format {_FORMAT}, found {version}")
        meta = dict(self._db.execute("SELECT name, value FROM meta").fetchall())
        self.zone: str = meta["zone"]
        if zone and zone != self.zone:
            raise ValueError(f"{path} counts the days of {self.zone}, not of {zone}: days that are counted cannot be moved")
        self._raw_from: int = meta["raw_from"]  # points before were removed
        self._days = Days(self.zone)
        self._seen = Seen(self._db)
        self._load_series()

    def _load_series(self) -> None:
        rows = self._db.execute("SELECT id, name, kind FROM series").fetchall()
        self._series: dict[str, tuple[int, str]] = {name: (number, kind) for number, name, kind in rows}
        self._texts = {number for number, _, kind in rows if kind == "text"}

    def _transaction(self) -> Transaction:
        return Transaction(self._db, self._forget)

    def _forget(self) -> None:
        """A transaction failed: what is remembered of the file is read anew."""
        if hasattr(self, "_seen"):
            self._seen.forget()
            self._load_series()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, kind, error, trace) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    # ---- In ----

    def add(self, series: str, value: float | str | bool, time_ns: int | None = None) -> bool:
        """Add a value, now unless time_ns is given; True when it is on disk, False if the series has one at that very time. See add_many()."""
        return self.add_many([(series, time.time_ns() if time_ns is None else time_ns, value)]) == 1

    def add_many(self, rows: Iterable[tuple[str, int, float | str | bool]]) -> int:
        """Add rows (series, time_ns, value) in one transaction, in any order; return how many were new, when they are on disk.

        New are those whose series has no value of this way at that time; those older than what expire() has removed are not taken.
        TypeError: a value is not of its series' kind (number, bool, text: the first value decides). ValueError: it is not finite.
        """
        with self._lock, self._transaction():
            points = [(*self._check(name, time_ns, value), 0, 0, value) for name, time_ns, value in rows]
            points = [point for point in points if point[1] >= self._raw_from]
            return self._insert(points)

    def add_readings(self, readings: Iterable[tuple[str, int, int, dict[str, float | str | bool]]]) -> int:
        """Add readings (source, sequence, time_ns, {series: value}) in one transaction; return how many were new.

        A sequence of a source is taken once, whatever it holds. Otherwise as add_many().
        """
        with self._lock, self._transaction():
            return self._add_readings(readings, ())

    def add_records(self, items: Iterable, with_device: bool = True) -> int:
        """Add pipeline.Record objects; return how many were new. pipeline.Gap objects mark their sequences as seen.

        A record's value may be a number, bool or text (series "DEVICE/value") or a dict of these, in one another (series "DEVICE/NAME/NAME"); null values are left out.
        with_device=False leaves the device out of the names, for a store that has readings of one device alone.
        """
        records, gaps = [], []
        for item in items:
            if hasattr(item, "count"):
                gaps.append((item.source, item.first, item.last))
            else:
                records.append((item.source, item.sequence, item.time_ns, _flat(f"{item.device}/" if with_device else "", item.value)))
        with self._lock, self._transaction():
            return self._add_readings(records, gaps)

    def _add_readings(self, readings: Iterable, gaps: Iterable[tuple[str, int, int]]) -> int:
        points, count = [], 0
        for source, sequence, time_ns, values in readings:
            number = self._seen.source(source)
            if self._seen.add(number, sequence, sequence):
                count += 1
                points += [(*self._check(name, time_ns, value), number, sequence, value) for name, value in values.items()]
        for source, first, last in gaps:
            self._seen.add(self._seen.source(source), first, last)
        self._seen.save()
        self._insert(points)
        return count

    def _check(self, name: str, time_ns: int, value: float | str | bool) -> tuple[int, int]:
        """The series' number and the time; the series is made if it is new."""
        kind = _KINDS.get(type(value))
        if kind is None:
            raise TypeError(f"series {name}: a value is a number, bool or text, not {type(value).__name__}")
        if type(value) is float and value - value != 0.0:
            raise ValueError(f"series {name}: a value must be finite, not {value}")
        if type(value) is int and not -1 << 63 <= value < 1 << 63:
            raise ValueError(f"series {name}: a whole number must fit in 64 bits, not {value}")
        if type(time_ns) is not int or not _FIRST_NS < time_ns < _LAST_NS:
            raise (ValueError if type(time_ns) is int else TypeError)(f"series {name}: a time is nanoseconds since 1970 as an int, not {time_ns!r}")
        series = self._series.get(name)
        if series is None:
            if not isinstance(name, str) or not name:
                raise TypeError(f"a series' name is a text of at least one character, not {name!r}")
            number = self._db.execute("INSERT INTO series(name, kind) VALUES (?, ?)", (name, kind)).lastrowid
            self._series[name] = series = (number, kind)
            if kind == "text":
                self._texts.add(number)
        if series[1] != kind:
            raise TypeError(f"series {name} holds values of kind {series[1]}, not {kind}")
        return series[0], time_ns

    def _insert(self, points: list[tuple]) -> int:
        """Insert points (series, time_ns, source, sequence, value) and count those that were new in their buckets."""
        db = self._db
        before = db.total_changes
        db.execute("SAVEPOINT points")
        db.executemany("INSERT OR IGNORE INTO point VALUES (?, ?, ?, ?, ?)", points)
        if db.total_changes - before < len(points):  # some were there: which?
            db.execute("ROLLBACK TO points")
            points = [point for point in points if db.execute("INSERT OR IGNORE INTO point VALUES (?, ?, ?, ?, ?)", point).rowcount]
        db.execute("RELEASE points")
        _rollup.add(db, points, self._texts, self._days)
        return len(points)

    # ---- Out ----

    def series(self) -> dict[str, str]:
        """The kind ("number", "bool", "text") of each series, by name."""
        with self._lock:
            return {name: kind for name, (_, kind) in sorted(self._series.items())}

    def _find(self, name: str) -> tuple[int, type | None]:
        """A series' number, and what its values were before SQLite had them. KeyError: there is none of that name."""
        with self._lock:
            if name not in self._series:
                raise KeyError(f"there is no series {name!r}")
            number, kind = self._series[name]
            return number, bool if kind == "bool" else None

    def points(self, series: str, start_ns: int = _FIRST_NS, stop_ns: int = _LAST_NS) -> Iterator[Point]:
        """The points from start_ns until before stop_ns, by time. KeyError: there is no such series."""
        number, convert = self._find(series)
        key = (start_ns, -1, -1)
        while True:
            with self._lock:
                rows = self._db.execute("SELECT time_ns, source, sequence, value FROM point WHERE series = ? AND (time_ns, source, sequence) > (?, ?, ?) AND time_ns < ? "
                                        "ORDER BY time_ns, source, sequence LIMIT ?", (number, *key, stop_ns, _PAGE)).fetchall()
            for time_ns, _, _, value in rows:
                yield Point(time_ns, convert(value) if convert else value)
            if len(rows) < _PAGE:
                return
            key = rows[-1][:3]

    def buckets(self, series: str, level: str, start_ns: int = _FIRST_NS, stop_ns: int = _LAST_NS) -> Iterator[Bucket]:
        """The buckets of a level ("minute", "hour", "day") that begin from start_ns until before stop_ns. KeyError: there is no such series or level."""
        number, convert = self._find(series)
        if level not in LEVELS:
            raise KeyError(f"there is no level {level!r}: expected minute, hour or day")
        after = start_ns - 1
        while True:
            with self._lock:
                rows = self._db.execute("SELECT start, count, low, high, sum, last FROM rollup WHERE series = ? AND level = ? AND start > ? AND start < ? "
                                        "ORDER BY start LIMIT ?", (number, LEVELS[level], after, stop_ns, _PAGE)).fetchall()
            for start, count, low, high, total, last in rows:
                yield Bucket(start, count, low, high, None if total is None else total / count, convert(last) if convert else last)
            if len(rows) < _PAGE:
                return
            after = rows[-1][0]

    def best(self, series: str, start_ns: int, stop_ns: int, most: int = 500) -> tuple[str, list[Point] | list[Bucket]]:
        """What shows a span with at most so many points: ("raw", points) if they are few enough and still there, else (level, buckets) of the finest level that is.

        Days are taken even if they are more. A bucket that began before start_ns and goes on into the span is part of it.
        """
        number, _ = self._find(series)
        if start_ns >= self._raw_from:
            with self._lock:
                count, = self._db.execute("SELECT count(*) FROM (SELECT 1 FROM point WHERE series = ? AND time_ns >= ? AND time_ns < ? LIMIT ?)",
                                          (number, start_ns, stop_ns, most + 1)).fetchone()
            if count <= most:
                return "raw", list(self.points(series, start_ns, stop_ns))
        for name, level in LEVELS.items():
            with self._lock:
                begin, = self._db.execute("SELECT max(start) FROM rollup WHERE series = ? AND level = ? AND start <= ?", (number, level, start_ns)).fetchone()
                begin = start_ns if begin is None or begin + self._length(name, begin) <= start_ns else begin
                oldest, = self._db.execute("SELECT value FROM meta WHERE name = ?", (f"{name}_from",)).fetchone() or (_FIRST_NS,)
                count, = self._db.execute("SELECT count(*) FROM (SELECT 1 FROM rollup WHERE series = ? AND level = ? AND start >= ? AND start < ? LIMIT ?)",
                                          (number, level, begin, stop_ns, most + 1)).fetchone()
            if name == "day" or count <= most and begin >= oldest:
                return name, list(self.buckets(series, name, begin, stop_ns))
        raise AssertionError("a store has days")

    def means(self, series: str, start_ns: int, stop_ns: int, step_ns: int) -> list[tuple[int, float]]:
        """What a chart shows of a span: (start_ns, mean) of each step in which something is; steps begin at multiples of step_ns.

        Steps below 20 s are taken from points, others from minutes, hours or days; where expire() has removed those, from the next level, which has fewer.
        KeyError: there is no such series; TypeError: it holds texts.
        """
        number, _ = self._find(series)
        if number in self._texts:
            raise TypeError(f"series {series} holds texts, which have no mean")
        begin = start_ns - start_ns % step_ns
        span = (begin, step_ns, number, begin, stop_ns)
        with self._lock:
            if step_ns < _FINE_NS and begin >= self._raw_from:
                query = "SELECT (time_ns - ?) / ?, avg(value) FROM point WHERE series = ? AND time_ns >= ? AND time_ns < ? GROUP BY 1"
                rows = self._db.execute(query, span).fetchall()
            else:
                query = "SELECT (start - ?) / ?, total(sum) / sum(count) FROM rollup WHERE series = ? AND start >= ? AND start < ? AND level = ? GROUP BY 1"
                rows = self._db.execute(query, (*span, self._level_for(begin, step_ns))).fetchall()
        return [(begin + step * step_ns, mean) for step, mean in rows]

    def _level_for(self, start_ns: int, step_ns: int) -> int:
        """The coarsest level that such steps need, or the first above it of which there is all since start_ns."""
        kept = dict(self._db.execute("SELECT name, value FROM meta WHERE name LIKE '%_from'").fetchall())
        return next(level for name, level in LEVELS.items() if name == "day" or step_ns < _WIDER_NS[name] and kept.get(f"{name}_from", _FIRST_NS) <= start_ns)

    def _length(self, level: str, start_ns: int) -> int:
        if level != "day":
            return 60_000_000_000 if level == "minute" else 3_600_000_000_000
        return self._days.start(start_ns + _DAY_NS + _DAY_NS // 4) - start_ns

    def latest(self, series: str) -> Point | None:
        """The point with the latest time. KeyError: there is no such series."""
        number, convert = self._find(series)
        with self._lock:
            row = self._db.execute("SELECT last_ns, last FROM rollup WHERE series = ? AND level = ? ORDER BY start DESC LIMIT 1", (number, _rollup.DAY)).fetchone()
        return row and Point(row[0], convert(row[1]) if convert else row[1])

    def export_csv(self, file, series: str, start_ns: int = _FIRST_NS, stop_ns: int = _LAST_NS, level: str | None = None) -> int:
        """Write points, or buckets of a level, as CSV (RFC 4180) with times as ISO 8601 in UTC to a text file opened with newline=""; return how many rows."""
        if level is None:
            return write_csv(file, ["time", "value"], self.points(series, start_ns, stop_ns))
        return write_csv(file, ["start", "count", "min", "max", "mean", "last"], self.buckets(series, level, start_ns, stop_ns))

    # ---- Retention ----

    def expire(self, now_ns: int | None = None) -> int:
        """Remove what is older than `keep` says; return how many points and buckets. Roll-ups of points that are removed stay."""
        now = time.time_ns() if now_ns is None else now_ns
        removed = 0
        with self._lock, self._transaction():
            for name, days in self.keep.items():
                before = now - int(days * _DAY_NS)
                self._db.execute("INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = max(value, excluded.value)", (f"{name}_from", before))
                for number, _ in self._series.values():
                    if name == "raw":
                        removed += self._db.execute("DELETE FROM point WHERE series = ? AND time_ns < ?", (number, before)).rowcount
                    else:
                        removed += self._db.execute("DELETE FROM rollup WHERE series = ? AND level = ? AND start < ?", (number, LEVELS[name], before)).rowcount
            self._raw_from, = self._db.execute("SELECT value FROM meta WHERE name = 'raw_from'").fetchone()
        return removed


def _flat(prefix: str, value) -> dict[str, float | str | bool]:
    if type(value) is not dict:
        return {f"{prefix}value": value}
    found: dict[str, float | str | bool] = {}
    for name, inner in value.items():
        if type(inner) is dict:
            found.update(_flat(f"{prefix}{name}/", inner))
        elif inner is not None:
            found[f"{prefix}{name}"] = inner
    return found

