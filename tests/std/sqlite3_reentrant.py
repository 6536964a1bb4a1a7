# needs: sqlite3
# sqlite3: callbacks that pull away what they stand on, where CPython 3.13 crashes or never ends; KeyboardInterrupt in SQL. Expected: Krait's.
import gc, os, signal, sqlite3, subprocess, sys, threading, time
def t(label, f):
    try: print(label, "->", repr(f()))
    except BaseException as e: print(label, "!", type(e).__name__, e, getattr(e, "sqlite_errorname", None))
def new(n=3):
    c = sqlite3.connect(":memory:")
    c.execute("create table t(a)"); c.executemany("insert into t values(?)", ((i,) for i in range(n))); c.commit()
    return c
def close_in(setup, sql="select f(a) from t"):
    c = new()
    setup(c)
    t("closed", lambda: c.execute(sql).fetchall())
    t("then", lambda: c.execute("select 1"))
close_in(lambda c: c.create_function("f", 1, lambda x: c.close()))
class Agg:
    def step(self, x): Agg.c.close()
    def finalize(self): Agg.c.close(); return 1
def aggregate(c): Agg.c = c; c.create_aggregate("f", 1, Agg)
close_in(aggregate)
close_in(lambda c: c.create_collation("k", lambda a, b: c.close() or 0), "select cast(a as text) x from t order by x collate k")
close_in(lambda c: c.set_progress_handler(lambda: c.close(), 1), "select a from t")
close_in(lambda c: c.set_authorizer(lambda *a: c.close() or 0), "select a from t")
close_in(lambda c: c.set_trace_callback(lambda s: c.close()), "select a from t")
close_in(lambda c: setattr(c, "row_factory", lambda cursor, row: c.close()), "select a from t")
close_in(lambda c: setattr(c, "text_factory", lambda b: c.close()), "select 'a', 'b' from t")
c = new()
def params():
    yield (1,)
    c.close()
    yield (2,)
t("executemany", lambda: c.executemany("insert into t values(?)", params()))
c = new()
class Closing:
    def __conform__(self, p): c.close(); return 1
t("conform", lambda: c.execute("select ?, ?", (Closing(), 2)))
c, other = new(500), sqlite3.connect(":memory:")
c.execute("create table big as select randomblob(3000) from t, t limit 300")
c.commit()
t("backup", lambda: c.backup(other, pages=1, progress=lambda *a: other.close()))
t("source", lambda: c.execute("select count(*) from big").fetchall())
c.create_function("rec", 1, lambda x: c.execute("select rec(?)", (x + 1,)).fetchone()[0] if x < 30 else x)
t("recursion", lambda: c.execute("select rec(1)").fetchall())
c.create_function("new", 0, lambda: c.create_function("new", 0, None))
t("replaces itself", lambda: c.execute("select new()").fetchall())
c.set_authorizer(lambda *a: c.set_authorizer(None) or 0)
t("authorizer", lambda: c.execute("select 1, 2").fetchall())
cursor = c.cursor()
c.create_function("again", 0, lambda: cursor.execute("select 2").fetchall() and 1)
t("cursor", lambda: cursor.execute("select again()").fetchall())
c.__init__(":memory:"); t("init", lambda: cursor.execute("select 5").fetchall())
t("del autocommit", lambda: delattr(c, "autocommit"))
def garbage():
    for i in range(40):
        d = new(); e = d.cursor(); d.create_function("f", 1, lambda x, d=d: x); d.create_aggregate("g", 1, Agg)
        e.execute("select f(a) from t"); next(e)
        b = sqlite3.connect(":memory:"); b.execute("create table t(a)"); b.execute("insert into t values(x'0102')"); d.blob = None if not hasattr(d, "__dict__") else b.blobopen("t", "a", 1)
try: garbage()
except AttributeError: pass
gc.collect()
def half(finalize):
    d = new(); d.create_aggregate("f", 1, type("A", (), {"step": lambda s, x: None, "finalize": finalize}))
    e = d.execute("select a, (select f(b.a + t.a) from t b) from t"); next(e); return e
kept = half(lambda s: 5); gc.collect(); t("kept", kept.fetchall); del kept; gc.collect()
t("error in finalize", lambda: half(lambda s: 1 / 0))

# One connection in several threads, without a lock: each has its own rows.
c = sqlite3.connect(":memory:", check_same_thread=False)
c.execute("create table t(a)"); c.executemany("insert into t values(?)", ((i,) for i in range(30))); c.commit()
c.create_function("same", 1, lambda x: x)
seen = []
def ask(n):
    for i in range(100): seen.append(c.execute("select ?, same(a), same(?) from t limit 4", (n, n)).fetchall() == [(n, i, n) for i in range(4)])
    with c: c.executemany("insert into t values(same(?))", ((n,) for i in range(100)))
threads = [threading.Thread(target=ask, args=(n,)) for n in range(6)]
for th in threads: th.start()
for th in threads: th.join()
print(len(seen), all(seen), c.execute("select count(*) from t").fetchall())

# Extensions are off until they are asked for, also where SQLite was built otherwise.
c = new()
t("extension", lambda: c.execute("select load_extension('/nosuch')").fetchall())
t("extension", lambda: c.load_extension("/nosuch"))
c.enable_load_extension(True)
try:
    c.load_extension("/nosuch", entrypoint="x")
except sqlite3.OperationalError as error:  # the loader's words, which a program that is one static file has none of
    print("extension", str(error).startswith(("/nosuch.so: cannot open", "this program is one static file")))

# KeyboardInterrupt and limits are not swallowed.
c = new()
def stop(): raise KeyboardInterrupt
c.create_function("stop", 0, stop)
t("raised in a function", lambda: c.execute("select stop()").fetchall())
timer = threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT))
for sql in ("with recursive n(i) as (select 1 union all select i+1 from n) select max(i) from n",):
    timer.start(); start = time.monotonic()
    t("Ctrl-C", lambda: c.execute(sql).fetchall()); print(time.monotonic() - start < 5)
    timer.join()
a, b = sqlite3.connect("l.db"), sqlite3.connect("l.db", timeout=60)
a.execute("create table t(a)"); a.execute("begin exclusive")
signal.signal(signal.SIGALRM, lambda *a: 1 / 0); signal.setitimer(signal.ITIMER_REAL, 0.2); start = time.monotonic()
t("waiting", lambda: b.execute("insert into t values(1)")); print(time.monotonic() - start < 5)
t("after", lambda: c.execute("select sum(a) from t").fetchall())
endless = "with recursive n(i) as (select 1 union all select i+1 from n) "
for options, sql in (["--deadline", "0.3"], endless + "select max(i) from n"), (["--steps", "300000"], endless + "select max(i) from n"), \
        (["--heap", "20M"], "create table t as " + endless + "select i, randomblob(500) from n"), \
        (["--deadline", "0.3"], "select f(i) from (" + endless + "select i from n)"), \
        (["--deadline", "0.3"], "select i from (" + endless + "select i from n)"):
    code = f"import sqlite3; c = sqlite3.connect(':memory:'); c.create_function('f', 1, lambda x: [y for y in range(100)] and 1); c.execute({sql!r}).fetchall()"
    for text in code, f"import threading, time; t = threading.Thread(target=time.sleep, args=(0.5,), daemon=True); t.start(); {code}":
        print(options, subprocess.run([sys.executable, *options, "-c", text], capture_output=True, text=True, timeout=20).stderr.splitlines()[-1])
