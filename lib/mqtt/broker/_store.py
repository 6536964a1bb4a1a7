"""The database of sessions, subscriptions, wills, messages and retained messages: SQLite with a write-ahead log, synced at each commit.

The loop never waits for the disk. What changes is gathered; a thread of the store's own commits it while the next changes gather, for all connections
together. after_commit() tells when what was put is safe; only then an acknowledgement may go out. Changes are kept as the last state of each row, so
what came and went within a batch costs nothing."""

import asyncio
import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor

_VERSION = 1  # PRAGMA user_version of databases that this code reads
_RETRY = 1.0  # seconds between attempts while the disk is full
_NEARLY = 0.95  # of max_bytes: from here on new messages are refused, so that there is room for what ends

# name -> (columns of the key, other columns)
TABLES = {
    "session": (("key",), ("client_id", "user", "expiry", "ends")),
    "subscription": (("session", "filter"), ("qos", "no_local", "as_published", "handling", "identifier")),
    "message": (("key",), ("frame", "ends")),
    "delivery": (("key",), ("session", "message", "qos", "retain", "identifiers", "packet_id", "is_released")),
    "incoming": (("session", "packet_id"), ()),
    "retained": (("topic",), ("frame", "ends")),
    "will": (("session",), ("frame", "delay", "due")),
}


class StoreError(OSError):
    """The store cannot be opened: the text says which file and why."""


class Store:
    """Rows by table and key. put(), delete() and after_commit() are for the loop's thread."""

    def __init__(self, folder: str, max_bytes: int = 0):
        self.path = os.path.join(folder, "broker.db")
        self.max_bytes = max_bytes
        self.changes = 0  # puts and deletes so far
        self.bytes = 0  # that the database has in use
        self.commits = 0
        self.error: Exception | None = None  # of the last commit, while it has not succeeded again
        self._gathered: dict[str, dict] = {name: {} for name in TABLES}
        self._fresh: set = set()  # rows that no commit has seen
        self._has_changes = False
        self._callbacks: list = []  # of what is gathered
        self._running_callbacks: list = []
        self._running = None  # future of the commit
        self._scheduled = None
        self._next_key = 1
        self._thread = ThreadPoolExecutor(1, "mqtt-store")
        self._loop = None
        self._db = None

    @property
    def is_full(self) -> bool:
        """Whether nothing new can be kept now."""
        return self.error is not None or bool(self.max_bytes) and self.bytes > self.max_bytes * _NEARLY

    async def open(self) -> dict[str, list[tuple]]:
        """Open or make the database; returns all rows by table, each in the order of their keys. StoreError."""
        self._loop = asyncio.get_running_loop()
        try:
            rows = await self._loop.run_in_executor(self._thread, self._open)
        except (sqlite3.Error, OSError) as error:
            self._thread.shutdown()
            text = "another program has it open" if "locked" in str(error) else str(error)
            raise StoreError(f"the store {self.path} cannot be opened: {text}") from error
        for name in ("session", "message", "delivery"):
            self._next_key = max(self._next_key, 1 + max((row[0] for row in rows[name]), default=0))
        return rows

    def new_key(self) -> int:
        """A number that no row has had."""
        key = self._next_key
        self._next_key = key + 1
        return key

    def put(self, table: str, key, row: tuple, is_new: bool = False) -> None:
        """Set a row; is_new: there was none of this key, ever."""
        if is_new:
            self._fresh.add((table, key))
        self._gathered[table][key] = row
        self._changed()

    def delete(self, table: str, key) -> None:
        """Take a row out."""
        if (table, key) in self._fresh:
            self._fresh.discard((table, key))
            del self._gathered[table][key]
        else:
            self._gathered[table][key] = None
            self._changed()

    def _changed(self) -> None:
        self.changes += 1
        self._has_changes = True
        self._schedule()

    def after_commit(self, callback) -> None:
        """Call callback(True) once all that was put so far is on the disk, callback(False) where that failed; in the order of the calls."""
        if self._has_changes or self._callbacks:
            self._callbacks.append(callback)
        elif self._running is not None:
            self._running_callbacks.append(callback)
        else:
            callback(self.error is None)

    def _schedule(self) -> None:
        if self._scheduled is None and self._running is None:
            self._scheduled = self._loop.call_later(_RETRY, self._begin) if self.error else self._loop.call_soon(self._begin)

    def _begin(self) -> None:
        self._scheduled = None
        self._has_changes = False
        gathered, self._gathered = self._gathered, {name: {} for name in TABLES}
        fresh, self._fresh = self._fresh, set()
        self._running_callbacks, self._callbacks = self._callbacks, []
        self._running = self._loop.run_in_executor(self._thread, self._write, gathered)
        self._running.add_done_callback(lambda future: self._done(future, gathered, fresh))

    def _done(self, future: asyncio.Future, gathered: dict, fresh: set) -> None:
        self._running = None
        self.error = future.exception()
        if self.error is None:
            self.bytes = future.result()
            self.commits += 1
        else:
            self._take_back(gathered, fresh)
        callbacks, self._running_callbacks = self._running_callbacks, []
        for callback in callbacks:
            callback(self.error is None)
        if self._has_changes:
            self._schedule()

    def _take_back(self, gathered: dict, fresh: set) -> None:
        """What could not be written is written with the next batch, where that does not know better."""
        self._has_changes = True
        for name, rows in gathered.items():
            later = self._gathered[name]
            for key, row in rows.items():
                is_fresh = (name, key) in fresh
                if key not in later:
                    later[key] = row
                    if is_fresh:
                        self._fresh.add((name, key))
                elif is_fresh:
                    if later[key] is None:
                        del later[key]
                    else:
                        self._fresh.add((name, key))

    async def close(self) -> None:
        """Write what is left, and close. sqlite3.Error where that could not be written."""
        while self._running is not None:
            await asyncio.wait([self._running])
            await asyncio.sleep(0)  # _done() runs
            if self.error:
                break
        if self._scheduled is not None:
            self._scheduled.cancel()
        try:
            if self._has_changes:
                self._begin()
                await asyncio.wait([self._running])
                await asyncio.sleep(0)
            if self.error:
                raise self.error
        finally:
            if self._scheduled is not None:
                self._scheduled.cancel()
            await self._loop.run_in_executor(self._thread, self._db.close)
            self._thread.shutdown()

    # In the store's thread.

    def _open(self) -> dict[str, list[tuple]]:
        folder = os.path.dirname(self.path)
        os.makedirs(folder, 0o700, exist_ok=True)
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))  # messages are nobody else's
        descriptor = os.open(folder, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
        db = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False, timeout=1.0)
        try:
            self._prepare(db)
            rows = {name: db.execute(f"SELECT {', '.join(keys + others)} FROM {name} ORDER BY {', '.join(keys)}").fetchall()
                    for name, (keys, others) in TABLES.items()}
        except BaseException:
            db.close()
            raise
        self._db = db
        self.bytes = self._bytes_used()
        return rows

    def _prepare(self, db: sqlite3.Connection) -> None:
        for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = FULL", "journal_size_limit = 4194304"):
            db.execute(f"PRAGMA {pragma}").fetchall()
        version, = db.execute("PRAGMA user_version").fetchone()
        if version not in (0, _VERSION):
            raise sqlite3.DatabaseError(f"its form is version {version}, this program knows {_VERSION}")
        db.execute("BEGIN IMMEDIATE")
        for name, (keys, others) in TABLES.items():
            kind = " INTEGER" if keys == ("key",) else ""
            columns = ", ".join([keys[0] + kind, *keys[1:], *others])
            db.execute(f"CREATE TABLE IF NOT EXISTS {name} ({columns}, PRIMARY KEY ({', '.join(keys)})){'' if kind else ' WITHOUT ROWID'}")
        db.execute(f"PRAGMA user_version = {_VERSION}")
        db.execute("COMMIT")
        if self.max_bytes:
            size, = db.execute("PRAGMA page_size").fetchone()
            db.execute(f"PRAGMA max_page_count = {max(16, self.max_bytes // size)}").fetchall()

    def _write(self, gathered: dict[str, dict]) -> int:
        """Commit a batch; returns the bytes in use."""
        db = self._db
        db.execute("BEGIN IMMEDIATE")
        try:
            for name, rows in gathered.items():
                if rows:
                    self._write_table(name, rows)
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise
        return self._bytes_used()

    def _write_table(self, name: str, rows: dict) -> None:
        keys, others = TABLES[name]
        gone = [as_tuple(key) for key, row in rows.items() if row is None]
        there = [as_tuple(key) + row for key, row in rows.items() if row is not None]
        if gone:
            self._db.executemany(f"DELETE FROM {name} WHERE {' AND '.join(f'{key} = ?' for key in keys)}", gone)
        if there:
            marks = ", ".join("?" * (len(keys) + len(others)))
            self._db.executemany(f"INSERT OR REPLACE INTO {name} ({', '.join(keys + others)}) VALUES ({marks})", there)

    def _bytes_used(self) -> int:
        pages, free, size = (self._db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size"))
        return (pages - free) * size


def as_tuple(key) -> tuple:
    """A key as the values of its columns."""
    return key if isinstance(key, tuple) else (key,)
