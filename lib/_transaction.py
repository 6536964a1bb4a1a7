"""A transaction of SQLite as a block."""

import sqlite3


class Transaction:
    """BEGIN IMMEDIATE; COMMIT at the end of the block, ROLLBACK if it raises. failed: called after a ROLLBACK, whatever it was for.

    The connection must not begin transactions itself (isolation_level=None).
    """

    def __init__(self, db: sqlite3.Connection, failed=None) -> None:
        self._db = db
        self._failed = failed

    def __enter__(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind, error, trace) -> None:
        try:
            if not kind:
                self._db.execute("COMMIT")
                return
        finally:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
                if self._failed:
                    self._failed()
