"""sqlite3: transactions in a file. A commit that was acknowledged is there; one that failed is there as a whole or not at all."""

import sys

try:
    import sqlite3
except ImportError as error:
    print("SKIP:", error)
    sys.exit(1)

committed = 0


def main():
    global committed
    db = sqlite3.connect("database")
    try:
        db.execute("create table t (n integer, text)")
        for batch in range(3):
            with db:
                db.executemany("insert into t values (?, ?)", [(batch * 100 + i, "x" * 50) for i in range(100)])
            committed += 100
        print(db.execute("select count(*), sum(n) from t").fetchone())
    finally:
        db.close()


def check():
    db = sqlite3.connect("database")
    try:
        found = db.execute("select count(*) from t").fetchone()[0] if db.execute("select count(*) from sqlite_master").fetchone()[0] else 0
        if found < committed or found % 100:
            raise ValueError(f"LOST: {found} rows, {committed} were committed")
        if (state := db.execute("pragma integrity_check").fetchone()[0]) != "ok":
            raise ValueError(state)
    finally:
        db.close()
