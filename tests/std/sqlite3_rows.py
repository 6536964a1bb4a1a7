# needs: sqlite3
# sqlite3: rows, factories, adapters and converters, dates, dumps, transactions in each mode, the command line.
import contextlib, datetime, io, os, sqlite3, sys, warnings, re
from sqlite3.__main__ import main

def t(label, f):
    try: print(label, "->", re.sub(" at 0x[0-9a-f]+", "", repr(f())))
    except BaseException as e: print(label, "!", type(e).__name__, e, getattr(e, "sqlite_errorname", None))

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    c = sqlite3.connect(":memory:", detect_types=sqlite3.PARSE_DECLTYPES | sqlite3.PARSE_COLNAMES)
    c.execute("create table d(a date, b timestamp, c text)")
    c.execute("insert into d values(?,?,?)", (datetime.date(2024, 2, 29), datetime.datetime(2024, 2, 29, 12, 30, 1, 5), "x"))
    c.execute("insert into d values('2023-01-02','2023-01-02 03:04:05','y')")
    print(c.execute("select a, b, c, a as 'e [timestamp]', c as 'q [nosuch]' from d where c='x' or 1").description)
    t("dates", lambda: c.execute("select a, b, c from d").fetchall())
    t("named", lambda: c.execute("select b as 'b [timestamp]', a as [a [date]]] from d").fetchall())
    t("bad date", lambda: c.execute("select c as 'c [date]' from d").fetchall())
    print([(str(w.message), w.category.__name__, os.path.basename(w.filename)) for w in caught])

class Point:
    def __init__(self, x, y): self.x, self.y = x, y
    def __conform__(self, protocol):
        if protocol is sqlite3.PrepareProtocol: return f"{self.x};{self.y}"
class Other: pass
sqlite3.register_adapter(Other, lambda o: 7)
sqlite3.register_converter("point", lambda b: tuple(map(float, b.split(b";"))))
c.execute("create table p(p point, q POINT(3), r)")
c.execute("insert into p values(?,?,?)", (Point(1, 2), Point(3, 4), Other()))
print(c.execute("select p, q, r, r as 'r [POINT]' from p where r=7").fetchall())
class Bad:
    def __conform__(self, protocol): 1 / 0
t("conform", lambda: c.execute("select ?", (Bad(),)))
sqlite3.register_adapter(int, lambda i: "int%d" % i)
print(c.execute("select ?", (5,)).fetchall())
del sqlite3.adapters[int, sqlite3.PrepareProtocol]

c = sqlite3.connect(":memory:")
c.row_factory = sqlite3.Row
row = c.execute("select 1 as a, 'two' as B, 3.5 as c, null as d, x'00ff' as e").fetchone()
print(tuple(row), row.keys(), len(row), row["A"], row["b"], row[-1], row[1:3], list(row), dict(row)["c"], type(row))
for key in "z", 9, -9, 1.5, None: t(f"row {key}", lambda: row[key])
print(row == c.execute("select 1 as a, 'two' as B, 3.5 as c, null as d, x'00ff' as e").fetchone(), hash(row) == hash(row), row != 5)
t("order", lambda: row < row)
print([r["a"] for r in c.execute("select 1 as a union select 2 order by 1")])
c.row_factory = lambda cursor, row: {d[0]: v for d, v in zip(cursor.description, row)}
print(c.execute("select 1 as a, 2 as b").fetchall())
c.row_factory = None
for factory in bytes, bytearray, str, lambda b: b.decode().upper(), None:
    c.text_factory = factory
    t("text", lambda: c.execute("select 'ä' || 'b', 5, null").fetchall())
c.text_factory = str
t("utf-8", lambda: c.execute("select cast(x'ff41' as text) as col").fetchall())
cursor = c.cursor()
cursor.execute("create table n(i)")
cursor.executemany("insert into n values(?)", ((i,) for i in range(10)))
print(cursor.rowcount, cursor.lastrowid, c.total_changes, c.in_transaction)
cursor.execute("select i from n order by i")
print(cursor.fetchone(), cursor.fetchmany(), cursor.fetchmany(3), next(cursor), cursor.fetchall(), cursor.fetchone(), cursor.fetchmany(2), cursor.fetchall())
cursor.arraysize = 4
print(len(cursor.execute("select i from n").fetchmany()), cursor.fetchmany(size=0), len(cursor.fetchmany(-1)))

for autocommit in True, False, sqlite3.LEGACY_TRANSACTION_CONTROL:
    for level in "", None, "IMMEDIATE":
        c = sqlite3.connect(":memory:", autocommit=autocommit, isolation_level=level)
        log = []
        c.set_trace_callback(log.append)
        states = [c.in_transaction]
        c.execute("create table t(a)")
        c.execute("insert into t values(1)"); states.append(c.in_transaction)
        c.commit(); states.append(c.in_transaction)
        c.execute("insert into t values(2)")
        c.rollback(); states.append(c.in_transaction)
        try:
            with c: c.execute("insert into t values(3)"); 1 / 0
        except ZeroDivisionError: pass
        with c: c.execute("insert into t values(4)")
        c.executescript("insert into t values(5); select * from t")
        states.append([a for a, in c.execute("select a from t")])
        print(autocommit, level, states, log)
        c.close()
c = sqlite3.connect(":memory:", autocommit=False)
c.autocommit = True; print(c.in_transaction, c.autocommit); c.autocommit = False; print(c.in_transaction); c.autocommit = -1; print(c.in_transaction, c.autocommit)

c = sqlite3.connect(":memory:")
c.executescript("""create table "a ""b"(x integer primary key autoincrement, y text, "z z" blob); insert into "a ""b" values(1, 'it''s', x'01'), (2, null, 2.5);
create index i on "a ""b"(y); create view v as select 1; create trigger g after insert on "a ""b" begin select 1; end; create table e(a);
create virtual table f using fts4(t);""")
print("\n".join(c.iterdump()))
print(list(c.iterdump(filter="e%")))
c.execute("drop table f")
copy = sqlite3.connect(":memory:")
copy.executescript("\n".join(c.iterdump()))
print(list(copy.iterdump()) == list(c.iterdump()))
for args in ([":memory:", "select 1, 'a'"], [":memory:", "sel"], ["-v"]):
    try: main(args)
    except SystemExit as e: print(e.code)
sys.stdin = io.StringIO("select 1,\n2;\n.help\n.version\nnope;\n.quit\n")
try: main([])
except SystemExit as e: print(e.code)
print(sqlite3.apilevel, sqlite3.paramstyle, sqlite3.threadsafety, sqlite3.sqlite_version_info > (3, 7), sqlite3.Date, sqlite3.Binary)
for name in "version", "version_info", "nosuch": t(name, lambda: getattr(sqlite3, name))
print(sorted(n for n in dir(sqlite3) if n.isupper() and not n.startswith("SQLITE_")), sum(n.startswith("SQLITE_") for n in dir(sqlite3)))
