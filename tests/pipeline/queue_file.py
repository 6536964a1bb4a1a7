# pipeline.Queue: sequences, sinks that are behind, room, gaps, what is refused.
import os
import sqlite3
import subprocess
import sys

from pipeline import Gap, Queue, Record, clock_jump, decode


def rows(count, size=10):
    return [(1000 + i, 500 + i, '"' + "x" * size + '"') for i in range(count)]


def shape(items):
    return [f"{i.first}-{i.last}" if isinstance(i, Gap) else i.sequence for i in items]


def raises(kind, function, *args):
    try:
        function(*args)
    except kind as error:
        return str(error)
    raise AssertionError("nothing raised")


# Sequences go on after a restart, also of an empty queue; the stream is that of the file.
q = Queue("q.db", ["a", "b"], "dev")
assert q.commit(rows(3), {}) == 1 and q.commit(rows(2), {}) == 4
stream = q.stream
assert shape(q.take(0, 10)) == [1, 2, 3, 4, 5] and shape(q.take(2, 2)) == [3, 4]
first, = q.take(0, 1)
assert (first.key, first.value, first.time_ns, first.monotonic_ns) == (f"dev/{stream}/1", "xxxxxxxxxx", 1000, 500)
q.commit([], {"a": 5})
assert q.count() == 5  # b has nothing yet
q.commit([], {"b": 3})
assert q.count() == 2 and shape(q.take(q.done["b"], 10)) == [4, 5]
q.commit([], {"b": 5})
assert q.count() == 0
q.close()
q = Queue("q.db", ["a", "new"], "dev")
assert q.stream == stream and q.next_sequence == 6 and q.done == {"a": 5, "new": 5}
assert q.commit(rows(1), {}) == 6
q.close()
q = Queue("q.db", ["later"], "dev")  # gets what is there
assert shape(q.take(q.done["later"], 10)) == [6]
print("sequences")

# One process has the file.
code = "from pipeline import Queue\ntry: Queue('q.db', [], 'x')\nexcept Exception as e: print(type(e).__name__, e)"
q._db.execute("PRAGMA busy_timeout=0")
done = subprocess.run([sys.executable, "-c", "import sqlite3\nconnect = sqlite3.connect\nsqlite3.connect = lambda *a, **k: connect(*a, **k, timeout=0.05)\n" + code], capture_output=True, text=True)
print(done.stdout.strip(), done.stderr)
q.close()
sqlite3.connect("other.db").execute("CREATE TABLE t(a)")
print(raises(ValueError, Queue, "other.db", [], "x"))
with open("text.db", "w") as file:
    file.write("this is no database, whatever its name says" * 50)
print(raises(sqlite3.DatabaseError, Queue, "text.db", [], "x"))
print(raises(ValueError, Queue, "tiny.db", [], "x", 1000))

# Room: without dropping a commit is turned away, and taken when a sink has got more.
LIMIT = 256 * 1024
q = Queue("full.db", ["s"], "dev", LIMIT)
while q.commit(rows(50, 400), {}) is not None:
    pass
last = q.next_sequence - 1
assert q.full and q.used_bytes() <= LIMIT and q.count() == last > 250
assert q.commit(rows(50, 400), {}) is None and q.next_sequence == last + 1
assert q.commit(rows(1), {"s": 200}) == last + 1
assert not q.full

# ... with dropping, the oldest go, not those on their way; a gap is in their place.
while not q.dropped:
    q.commit(rows(50, 400), {}, [])
start = q.take(200, 1)[0]
assert isinstance(start, Gap) and start.first == 201 and q.dropped == start.count > 0
before = q.dropped
gap_end = start.last
busy = (gap_end + 1, gap_end + 20)
while q.dropped == before:
    q.commit(rows(50, 400), {}, [busy])
items = q.take(200, 1000)
assert shape(items)[:2] == [f"201-{gap_end}", gap_end + 1] and shape(items)[20] == gap_end + 20, shape(items)[:25]
second = items[21]
assert isinstance(second, Gap) and second.first == gap_end + 21
assert sum(i.count for i in items if isinstance(i, Gap)) == q.dropped
# A gap that was delivered in part is told from there on.
part = q.take(gap_end + 30, 1)[0]
assert (part.first, part.last) == (gap_end + 31, second.last)
# Everything is a reading or in a gap, in order, once.
covered = 200
for item in items:
    assert (item.first if isinstance(item, Gap) else item.sequence) == covered + 1
    covered = item.sequence
assert covered == q.next_sequence - 1
dropped = q.dropped
for i in range(300):
    q.commit(rows(50, 400), {}, [])
assert os.path.getsize("full.db") <= LIMIT and os.path.getsize("full.db-wal") < 3 << 20, os.path.getsize("full.db-wal")
assert len([i for i in q.take(0, 100) if isinstance(i, Gap)]) <= 2
q.commit([], {"s": q.next_sequence - 1})
assert q.take(q.done["s"], 10) == [] and q.count() == 0
dropped = q.dropped
q.close()
q = Queue("full.db", ["s"], "dev", LIMIT)
assert q.dropped == dropped
print("room")

# A commit that fails takes no sequence.
q._db.execute("CREATE TEMP TRIGGER no BEFORE INSERT ON main.reading BEGIN SELECT raise(ABORT, 'the disk says no'); END")
n = q.next_sequence
print(raises(sqlite3.IntegrityError, q.commit, rows(2), {}))
q._db.execute("DROP TRIGGER temp.no")
assert q.commit(rows(1), {}) == n
item, = q.take(n - 1, 5)
for i in range(1100):
    q.refuse("s", item, f"reason {i}")
put_aside = q.refused()
assert len(put_aside) == 1000 and put_aside[-1][:3] == ("s", n, "reason 1099") and decode(put_aside[-1][3])[0].key == item.key
q.close()
print("refused")

# Items as JSON.
record = Record('d"1', "ab", 7, 10, 20, "boot", '{"t":1.5}')
again, = decode(record.encode())
assert (again.key, again.value, again.boot, again.body) == ('d"1/ab/7', {"t": 1.5}, "boot", '{"t":1.5}')
gap = Gap("d", "ab", 3, 9)
assert [i.key for i in decode(f"[{gap.encode()},{record.encode()}]")] == ["d/ab/3-9", 'd"1/ab/7'] and gap.count == 7
for wrong in ("1", "[1]", "{}", '{"device":"d","stream":"s","gap":[5,4]}', '{"device":"d","stream":"s","sequence":true,"time_ns":1,"monotonic_ns":1,"boot":"b","value":1}'):
    raises(ValueError, decode, wrong)
print(raises(ValueError, decode, '{"device":"d"}'))
later = Record("d", "s", 8, 5_000_000_010, 1_000_000_020, "boot", "1")
assert clock_jump(record, later) == 4_000_000_000 and clock_jump(later, record) == -4_000_000_000
assert clock_jump(record, Record("d", "s", 8, 0, 0, "other", "1")) is None
print("records")
