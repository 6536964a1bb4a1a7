"""Alarms and what became of them, in a SQLite file: they are as they were after a restart.

States: raised -> acknowledged (somebody has seen it) -> cleared (the condition has ended), or raised -> cleared; an alarm that is raised again counts up.
"""

import sqlite3
import time
from typing import NamedTuple

from _transaction import Transaction

RAISED, ACKNOWLEDGED, CLEARED = "raised", "acknowledged", "cleared"
_FORMAT = 1
_KEPT = 10_000  # changes in the history
_RESERVE = 200_000  # bytes of the file, and of its journal, that wait for the day on which the disk is full: about 1000 changes
_SCHEMA = """
CREATE TABLE alarm(name TEXT PRIMARY KEY, state TEXT NOT NULL, text TEXT NOT NULL, since REAL NOT NULL, seen INTEGER NOT NULL, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE change(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, state TEXT NOT NULL, text TEXT NOT NULL, time REAL NOT NULL, by TEXT NOT NULL);
CREATE TABLE notifier(name TEXT PRIMARY KEY, told INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE detector(name TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID;
"""


class Alarm(NamedTuple):
    """An alarm, or a change of one. time: seconds since 1970 UTC. by: who acknowledged it, "" for the rules themselves."""

    id: int
    name: str
    state: str
    text: str
    time: float
    by: str = ""

    def as_dict(self) -> dict:
        """For JSON."""
        return self._asdict()


class Alarms:
    """The alarms in the file path. Calls come from one thread at a time; each change is on disk when the call returns."""

    def __init__(self, path: str) -> None:
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        try:
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "journal_size_limit=1000000", "wal_autocheckpoint=32", "cache_size=-256"):
                self._db.execute(f"PRAGMA {pragma}").fetchall()
            version, = self._db.execute("PRAGMA user_version").fetchone()
            if not version and not self._db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
                self._db.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version={_FORMAT}; COMMIT;")
            elif version != _FORMAT:
                raise ValueError(f"{path} does not hold alarms of this version: expected format {_FORMAT}, found {version}")
            self._reserve()
        except BaseException:
            self._db.close()
            raise

    def _reserve(self) -> None:
        """Have room for alarms where nothing else has: pages that are free in the file, and a journal that has grown already."""
        try:
            self._db.executescript(f"DROP TABLE IF EXISTS reserve; BEGIN; CREATE TABLE reserve(bytes); INSERT INTO reserve VALUES (zeroblob({_RESERVE})); COMMIT; DROP TABLE reserve;")
            self._db.execute("PRAGMA wal_checkpoint").fetchall()
        except sqlite3.OperationalError:  # there is no room any more
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def note(self, name: str, holds: bool, text: str, now: float | None = None) -> Alarm | None:
        """The condition of an alarm holds, or it has ended. The result is the change; None: it is known."""
        row = self._db.execute("SELECT state FROM alarm WHERE name = ?", (name,)).fetchone()
        active = row is not None and row[0] != CLEARED
        if active == holds:
            return None
        return self._change(name, RAISED if holds else CLEARED, text, now, "")

    def active(self) -> set[str]:
        """The names of the alarms whose condition held when that was last noted."""
        return {name for name, in self._db.execute("SELECT name FROM alarm WHERE state != 'cleared'")}

    def acknowledge(self, name: str, by: str = "", now: float | None = None) -> Alarm | None:
        """Somebody has seen it. The result is the change; None: it was acknowledged before. KeyError: there is no such alarm."""
        row = self._db.execute("SELECT state, text, seen FROM alarm WHERE name = ?", (name,)).fetchone()
        if row is None:
            raise KeyError(f"there is no alarm {name!r}")
        state, text, seen = row
        return None if seen else self._change(name, CLEARED if state == CLEARED else ACKNOWLEDGED, text, now, by, seen=True)

    def _change(self, name: str, state: str, text: str, now: float | None, by: str, seen: bool = False) -> Alarm:
        now = time.time() if now is None else now
        db = self._db
        with Transaction(db):
            number = db.execute("INSERT INTO change(name, state, text, time, by) VALUES (?, ?, ?, ?, ?)", (name, state, text, now, by)).lastrowid
            db.execute("DELETE FROM change WHERE id <= ?", (number - _KEPT,))
            db.execute("INSERT INTO alarm VALUES (?, ?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET state = excluded.state, text = excluded.text, since = excluded.since, "
                       "seen = CASE excluded.state WHEN 'raised' THEN 0 ELSE seen OR excluded.seen END, count = count + (excluded.state = 'raised')", (name, state, text, now, seen))
        return Alarm(number, name, state, text, now, by)

    def open(self) -> list[tuple[str, str, str, float, bool, int]]:
        """What asks for attention, oldest first: (name, state, text, since, was it seen, how often it was raised) of alarms that hold or were never acknowledged."""
        rows = self._db.execute("SELECT name, state, text, since, seen, count FROM alarm WHERE state != 'cleared' OR NOT seen ORDER BY since").fetchall()
        return [(name, state, text, since, bool(seen), count) for name, state, text, since, seen, count in rows]

    def history(self, after: int = 0, most: int = 1000) -> list[Alarm]:
        """Changes with an id above `after`, oldest first."""
        return [Alarm(*row) for row in self._db.execute("SELECT id, name, state, text, time, by FROM change WHERE id > ? ORDER BY id LIMIT ?", (after, most))]

    def told(self, notifier: str) -> int:
        """The id of the last change that a notifier has passed on. A new one begins with what comes next."""
        row = self._db.execute("SELECT told FROM notifier WHERE name = ?", (notifier,)).fetchone()
        if row is None:
            last, = self._db.execute("SELECT coalesce(max(id), 0) FROM change").fetchone()
            self.set_told(notifier, last)
            return last
        return row[0]

    def set_told(self, notifier: str, last: int) -> None:
        """A notifier has passed on all changes up to an id."""
        self._db.execute("INSERT INTO notifier VALUES (?, ?) ON CONFLICT DO UPDATE SET told = excluded.told", (notifier, last))

    def save_states(self, states: dict[str, str]) -> None:
        """Keep what detectors have learned: JSON by name."""
        with Transaction(self._db):
            self._db.executemany("INSERT INTO detector VALUES (?, ?) ON CONFLICT DO UPDATE SET state = excluded.state", list(states.items()))

    def states(self) -> dict[str, str]:
        """What save_states() kept."""
        return dict(self._db.execute("SELECT name, state FROM detector").fetchall())
