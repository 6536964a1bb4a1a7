# needs: sqlite3
# sqlite3: files, the sqlite3 command both ways, WAL, locks, threads, cursors that are garbage, signals.
import gc, os, shutil, signal, sqlite3, subprocess, sys, threading, time, warnings
warnings.simplefilter("ignore")

def tool(*args):
    if not shutil.which("sqlite3"):  # what it would say
        c = sqlite3.connect(args[0])
        rows = c.execute(args[1]).fetchall()
        c.commit(); c.close()
        return "".join("|".join("" if v is None else v.decode() if isinstance(v, bytes) else str(v) for v in row) + "\n" for row in rows)
    return subprocess.run(["sqlite3", *args], capture_output=True, text=True, check=True).stdout

c = sqlite3.connect("a.db")
c.execute("create table t(a integer, b text, c real, d blob)")
with c: c.executemany("insert into t values(?,?,?,?)", [(1, "ä€", 1.5, b"xyz"), (-2**63, "", 0.1, None), (2**63 - 1, "it's", -1e300, b"")])
print(tool("a.db", "select a, b, c, d from t order by a"), end="")
tool("a.db", "insert into t values(7, 'from the tool', 2.25, 'txt') returning a")
print(c.execute("select * from t where a = 7").fetchall())
print(c.execute("pragma integrity_check").fetchall(), os.path.exists("a.db-journal"))

print(c.execute("pragma journal_mode=wal").fetchall())
other = sqlite3.connect("a.db", timeout=0.2)
c.execute("insert into t(a) values(100)")
print(other.execute("select count(*) from t").fetchall(), os.path.exists("a.db-wal"))
c.commit()
print(other.execute("select count(*) from t").fetchall())
c.execute("begin immediate")
start = time.monotonic()
try: other.execute("insert into t(a) values(101)")
except sqlite3.OperationalError as e: print(e, e.sqlite_errorname, 0.15 < time.monotonic() - start < 5)
c.rollback()
other.close(); c.close()
print(os.path.exists("a.db-wal"))

# One waits until another commits.
c = sqlite3.connect("b.db", check_same_thread=False)
c.execute("create table t(a)"); c.commit()
def work(n):
    own = sqlite3.connect("b.db", timeout=30)
    for i in range(20):
        with own: own.execute("insert into t values(?)", (n,))
    own.close()
threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
for th in threads: th.start()
for th in threads: th.join()
print(c.execute("select a, count(*) from t group by a").fetchall())

# One connection, several threads, functions of Python in between.
seen, turn = [], threading.Lock()
c.create_function("twice", 1, lambda x: x * 2)
def ask(n):
    for i in range(50):
        with turn: seen.append(c.execute("select twice(a), ? from t limit 3", (n,)).fetchall()[0][1])
    with turn, c: c.executemany("insert into t values(?)", ((n * 100 + i,) for i in range(50)))
threads = [threading.Thread(target=ask, args=(n,)) for n in range(5, 9)]
for th in threads: th.start()
for th in threads: th.join()
print(sorted((n, seen.count(n)) for n in set(seen)), c.execute("select count(*) from t").fetchall())
def elsewhere():
    try: strict.execute("select 1")
    except sqlite3.ProgrammingError as e: print(str(e)[:71])
strict = sqlite3.connect(":memory:")
th = threading.Thread(target=elsewhere); th.start(); th.join()

# interrupt() from another thread
def stop():
    time.sleep(0.1); c.interrupt()
th = threading.Thread(target=stop); th.start()
try: c.execute("with recursive n(i) as (select 1 union all select i+1 from n) select max(i) from n").fetchall()
except sqlite3.OperationalError as e: print(e, e.sqlite_errorname)
th.join()

# A cursor that nobody has any more does not hold a lock.
def leave():
    c.execute("select * from t").fetchone()
def deep(n): # deep in the C stack, so that no later frame finds the cursor in what is left there
    return sorted([0], key=lambda _: deep(n - 1)) if n else leave()
deep(5)
apart = [c.cursor() for _ in range(4)] # under UBSan a pointer to the next cursor is left with its last byte cleared, which is an address in the one before
c.execute("create table u(a)"); c.execute("drop table t"); c.commit()
print(c.execute("select name from sqlite_master").fetchall())
c.close()

# URIs
c = sqlite3.connect("file:b.db?mode=ro", uri=True)
try: c.execute("create table x(a)")
except sqlite3.OperationalError as e: print(e, e.sqlite_errorname)
c.close()
one, two = (sqlite3.connect("file:shared?mode=memory&cache=shared", uri=True) for _ in range(2))
one.execute("create table s(a)"); one.commit()
print(two.execute("select name from sqlite_master").fetchall())
try: sqlite3.connect("file:nosuch.db?mode=rw", uri=True)
except sqlite3.OperationalError as e: print(e, e.sqlite_errorname)
print(sorted(os.listdir(".")))
code = "import sqlite3; c = sqlite3.connect('c.db'); c.execute('create table t(a)'); del c; import gc; gc.collect()"
print("unclosed database in <sqlite3.Connection object at" in subprocess.run([sys.executable, "-W", "always", "-c", code], capture_output=True, text=True).stderr)

# A row that nobody fetches does not hold up the commits after it.
c = sqlite3.connect("wal.db", isolation_level=None)
c.execute("pragma journal_mode=wal")
c.execute("create table t(a)")
print(os.path.getsize("wal.db-wal") > 0)
c.close()
