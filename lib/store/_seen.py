"""Which readings of a source are in a store: their sequences as a few ranges, since nearly all come in order."""

import sqlite3
from bisect import bisect_right


class Seen:
    """The ranges of all sources. What a failed transaction changed is forgotten with forget() and read anew."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._ids: dict[str, int] = {}
        self._ranges: dict[int, list[list[int]]] = {}  # source: [first, last], sorted, never touching
        self._changed: set[int] = set()

    def source(self, name: str) -> int:
        """The number of a source, a new one if it was never seen."""
        number = self._ids.get(name)
        if number is None:
            self._db.execute("INSERT OR IGNORE INTO source(name) VALUES (?)", (name,))
            number, = self._db.execute("SELECT id FROM source WHERE name = ?", (name,)).fetchone()
            self._ids[name] = number
            self._ranges[number] = [list(row) for row in self._db.execute("SELECT first, last FROM seen WHERE source = ? ORDER BY first", (number,)).fetchall()]
        return number

    def add(self, source: int, first: int, last: int) -> bool:
        """Note sequences first to last. False: all of them were noted before."""
        ranges = self._ranges[source]
        at = bisect_right(ranges, first, key=lambda one: one[0]) - 1
        if at >= 0 and last <= ranges[at][1]:
            return False
        self._changed.add(source)
        if at >= 0 and first <= ranges[at][1] + 1:
            ranges[at][1] = last
        else:
            at += 1
            ranges.insert(at, [first, last])
        while at + 1 < len(ranges) and ranges[at + 1][0] <= last + 1:
            ranges[at][1] = max(last, ranges.pop(at + 1)[1])
        return True

    def save(self) -> None:
        """Write what changed, as part of the transaction."""
        for source in self._changed:
            rows = [(source, first, last) for first, last in self._ranges[source]]
            self._db.execute("DELETE FROM seen WHERE source = ?", (source,))
            self._db.executemany("INSERT INTO seen VALUES (?, ?, ?)", rows)
        self._changed.clear()

    def forget(self) -> None:
        """The transaction failed: nothing of it counts."""
        self._ids.clear()
        self._ranges.clear()
        self._changed.clear()
