"""The queue on disk: a SQLite database in WAL mode, whose commits are synced where they hold new readings.

Tables: reading (what waits), sink (up to which sequence each has everything), gap (what was dropped), refused (what a sink will never take), boot, meta.
"""

import os
import sqlite3

from _transaction import Transaction

from ._record import Gap, Record, boot_id

_FORMAT = 1
_SCHEMA = """
CREATE TABLE meta(name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE boot(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE reading(sequence INTEGER PRIMARY KEY AUTOINCREMENT, time_ns INTEGER NOT NULL, monotonic_ns INTEGER NOT NULL, boot INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE sink(name TEXT PRIMARY KEY, done INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE gap(first INTEGER PRIMARY KEY, last INTEGER NOT NULL);
CREATE TABLE refused(id INTEGER PRIMARY KEY, sink TEXT NOT NULL, sequence INTEGER NOT NULL, reason TEXT NOT NULL, body TEXT NOT NULL);
"""
_SMALLEST = 128 * 1024
_REFUSED_KEPT = 1000
_DROPPED_AT_ONCE = 256
_ROW = 48  # bytes beside the body: key, times, b-tree


def size_of(rows: list[tuple[int, int, str]]) -> int:
    """About how many bytes of the database rows take (time_ns, monotonic_ns, body)."""
    return sum(len(body) for _, _, body in rows) + _ROW * len(rows)


class Queue:
    """The readings that wait, at path. One process has it at a time; calls come from one thread at a time.

    sinks: names of those that get everything. max_bytes: largest size of the database; its journal (path-wal) adds up to about 1 MB.
    sqlite3.OperationalError: another process has it, or the disk is full. ValueError: the file is something else.
    """

    def __init__(self, path: str, sinks: list[str], device: str, max_bytes: int = 64 << 20) -> None:
        if max_bytes < _SMALLEST:
            raise ValueError(f"a queue needs at least {_SMALLEST} bytes of disk, not {max_bytes}")
        self.device = device
        self.max_bytes = max_bytes
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        try:
            self._open(path, sinks)
        except BaseException as error:
            self._db.close()
            if getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
                raise sqlite3.OperationalError(f"{path} is in use: one process at a time has a queue") from None
            raise

    def _open(self, path: str, sinks: list[str]) -> None:
        db = self._db
        for pragma in ("locking_mode=EXCLUSIVE", "journal_mode=WAL", "synchronous=FULL", "wal_autocheckpoint=200", "journal_size_limit=1000000", "cache_size=-512"):
            db.execute(f"PRAGMA {pragma}")
        with Transaction(db):
            version, = db.execute("PRAGMA user_version").fetchone()
            if not version and not db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
                self._create()
            elif version != _FORMAT or not db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'reading'").fetchone():
                raise ValueError(f"{path} is a database of something else, or a queue of another version: expected a queue of format {_FORMAT}, found format {version}")
            self._add_sinks(sinks)
            db.execute("DELETE FROM boot WHERE id NOT IN (SELECT boot FROM reading)")
            db.execute("INSERT OR IGNORE INTO boot(name) VALUES (?)", (boot_id(),))
        self.stream: str = self._meta("stream")
        self.dropped: int = self._meta("dropped")  # readings that some sink never got
        self._page, = db.execute("PRAGMA page_size").fetchone()
        self._boots: dict[int, str] = dict(db.execute("SELECT id, name FROM boot"))
        self._boot = next(number for number, name in self._boots.items() if name == boot_id())
        self._next = 1 + (db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'reading'").fetchone() or (0,))[0]
        self._limit = self.max_bytes - 16 * self._page  # what one commit may need beyond
        self.full = False

    def _create(self) -> None:
        for statement in _SCHEMA.strip().split("\n"):
            self._db.execute(statement)
        self._db.executemany("INSERT INTO meta VALUES (?, ?)", [("stream", os.urandom(4).hex()), ("dropped", 0)])
        self._db.execute(f"PRAGMA user_version={_FORMAT}")

    def _add_sinks(self, sinks: list[str]) -> None:
        first, = self._db.execute("SELECT coalesce((SELECT min(sequence) FROM reading), (SELECT max(seq) + 1 FROM sqlite_sequence), 1)").fetchone()
        self._db.executemany("INSERT OR IGNORE INTO sink VALUES (?, ?)", [(name, first - 1) for name in sinks])
        self.done: dict[str, int] = {}  # by sink: it has everything up to there
        for name, done in self._db.execute("SELECT name, done FROM sink").fetchall():
            if name in sinks:
                self.done[name] = done
            else:
                self._db.execute("DELETE FROM sink WHERE name = ?", (name,))

    def _meta(self, name: str):
        return self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()[0]

    def close(self) -> None:
        """Close the file; what waits stays in it."""
        self._db.close()

    @property
    def next_sequence(self) -> int:
        """The sequence that the next reading will have."""
        return self._next

    def used_bytes(self) -> int:
        """Bytes of the database that hold something."""
        pages, = self._db.execute("PRAGMA page_count").fetchone()
        free, = self._db.execute("PRAGMA freelist_count").fetchone()
        return (pages - free) * self._page

    def commit(self, rows: list[tuple[int, int, str]], done: dict[str, int], busy: list[tuple[int, int]] | None = None) -> int | None:
        """Add rows (time_ns, monotonic_ns, body), and note what sinks have. The result is the sequence of the first row.

        busy: None: nothing is dropped, and None is the result where there is no room. Otherwise the oldest readings are dropped for room,
        except these (first, last), which are on their way.
        """
        # What a sink has may be forgotten in a power cut: it is sent again, and refused as a duplicate. New readings may not.
        self._db.execute("PRAGMA synchronous=" + ("FULL" if rows else "NORMAL"))
        first = self._next
        dropped = self.dropped
        with Transaction(self._db):
            if done:
                self._advance(done)
            room = self._limit - size_of(rows)
            self.full = bool(rows) and self.used_bytes() > room
            if self.full and busy is not None:
                self.full = False
                dropped = self._drop(room, len(rows), busy)
            if self.full:
                rows = []
            self._db.executemany("INSERT INTO reading VALUES (?, ?, ?, ?, ?)", [(first + i, t, m, self._boot, body) for i, (t, m, body) in enumerate(rows)])
        self.dropped = dropped
        self.done.update(done)
        if self.full:
            return None
        self._next += len(rows)
        return first

    def _advance(self, done: dict[str, int]) -> None:
        self._db.executemany("UPDATE sink SET done = ? WHERE name = ?", [(last, name) for name, last in done.items()])
        slowest = min({**self.done, **done}.values())
        self._db.execute("DELETE FROM reading WHERE sequence <= ?", (slowest,))
        self._db.execute("DELETE FROM gap WHERE last <= ?", (slowest,))

    def _drop(self, room: int, rows: int, busy: list[tuple[int, int]]) -> int:
        """Drop the oldest readings until no more than `room` bytes are used. The result is the new count of what was dropped."""
        dropped = self.dropped
        while self.used_bytes() > room:
            span = self._oldest(max(rows, _DROPPED_AT_ONCE), busy)
            if span is None:
                break
            dropped += self._db.execute("DELETE FROM reading WHERE sequence BETWEEN ? AND ?", span).rowcount
            before = self._db.execute("SELECT first FROM gap WHERE last = ?", (span[0] - 1,)).fetchone()
            if before:
                self._db.execute("UPDATE gap SET last = ? WHERE first = ?", (span[1], before[0]))
            else:
                self._db.execute("INSERT INTO gap VALUES (?, ?)", span)
        self._db.execute("UPDATE meta SET value = ? WHERE name = 'dropped'", (dropped,))
        return dropped

    def _oldest(self, count: int, busy: list[tuple[int, int]]) -> tuple[int, int] | None:
        """The oldest readings that may be dropped: first and last, without those on their way."""
        start = 0
        end = self._next - 1
        for first, last in sorted(busy):
            oldest, = self._db.execute("SELECT min(sequence) FROM reading WHERE sequence >= ?", (start,)).fetchone()
            if oldest is None or oldest < first:
                end = first - 1
                break
            start = max(start, last + 1)
        found = self._db.execute("SELECT min(sequence), max(sequence) FROM (SELECT sequence FROM reading WHERE sequence BETWEEN ? AND ? ORDER BY sequence LIMIT ?)",
                                 (start, end, count)).fetchone()
        return found if found[0] is not None else None

    def take(self, after: int, limit: int) -> list[Record | Gap]:
        """The next readings and gaps after a sequence, in order, at most limit."""
        rows = self._db.execute("SELECT sequence, time_ns, monotonic_ns, boot, body FROM reading WHERE sequence > ? ORDER BY sequence LIMIT ?", (after, limit)).fetchall()
        items: list[Record | Gap] = [Record(self.device, self.stream, n, t, m, self._boots[boot], body) for n, t, m, boot, body in rows]
        gaps = self._db.execute("SELECT first, last FROM gap WHERE last > ? ORDER BY first LIMIT ?", (after, limit)).fetchall()
        if gaps:
            items += [Gap(self.device, self.stream, max(first, after + 1), last) for first, last in gaps]
            items.sort(key=lambda item: item.sequence)
        return items[:limit]

    def refuse(self, sink: str, item: Record | Gap, reason: str) -> None:
        """Put aside what a sink will never take; the last 1000 are kept."""
        with Transaction(self._db):
            row = self._db.execute("INSERT INTO refused(sink, sequence, reason, body) VALUES (?, ?, ?, ?)", (sink, item.sequence, reason[:500], item.encode())).lastrowid
            self._db.execute("DELETE FROM refused WHERE id <= ?", (row - _REFUSED_KEPT,))

    def refused(self) -> list[tuple[str, int, str, str]]:
        """What was put aside: (sink, sequence, reason, the item as JSON), oldest first."""
        return self._db.execute("SELECT sink, sequence, reason, body FROM refused ORDER BY id").fetchall()

    def count(self) -> int:
        """How many readings wait for some sink."""
        return self._db.execute("SELECT count(*) FROM reading").fetchone()[0]

