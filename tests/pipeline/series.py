# store.Store: kinds, roll-ups against sums made by hand, late data, duplicates, days of zones, queries, CSV, retention.
import io
import random
import sqlite3
import time
from datetime import datetime, timezone

from store import Bucket, Point, Store

SECOND, MINUTE, HOUR = 10 ** 9, 60 * 10 ** 9, 3600 * 10 ** 9


def at(text):
    return int(datetime.fromisoformat(text).replace(tzinfo=timezone.utc).timestamp()) * SECOND


def raises(kind, function, *args, **named):
    try:
        function(*args, **named)
    except kind as error:
        return f"{kind.__name__}: {error}"
    raise AssertionError("nothing raised")


T = at("2026-03-01 12:00")
s = Store("a.db")
# Values and kinds.
assert s.add("t", 20.5, T) and s.add("t", 21, T + 1) and not s.add("t", 99.0, T)
assert s.add("door", True, T) and s.add("mode", "auto", T) and s.add("now", 1)
assert list(s.points("t")) == [Point(T, 20.5), Point(T + 1, 21)]
assert list(s.points("door")) == [(T, True)] and type(s.latest("door").value) is bool and s.latest("mode") == (T, "auto")
assert abs(s.latest("now").time_ns - time.time_ns()) < 60 * SECOND
assert s.series() == {"t": "number", "door": "bool", "mode": "text", "now": "number"}
for wrong in (("t", True), ("t", "x"), ("door", 1), ("mode", 2), ("t", None), ("t", b"x"), ("new", [1])):
    print(raises(TypeError, s.add, *wrong, T + 5))
for wrong in (float("nan"), float("inf"), 1 << 70):
    print(raises(ValueError, s.add, "t", wrong, T + 5))
print(raises(TypeError, s.add, "t", 1.0, 1.5), raises(ValueError, s.add, "t", 1.0, 1 << 63), sep="\n")
print(raises(KeyError, lambda: list(s.points("none"))), raises(KeyError, lambda: list(s.buckets("t", "week"))))
# A batch is taken whole or not at all, series that it would have made included.
print(raises(TypeError, s.add_many, [("fresh", T, 1.0), ("t", T + 9, "x")]))
assert "fresh" not in s.series() and len(list(s.points("t"))) == 2
assert s.add_many([("fresh", T, "text now")]) == 1 and s.series()["fresh"] == "text"
assert list(s.buckets("mode", "day")) == [Bucket(at("2026-03-01 00:00"), 1, None, None, None, "auto")]
assert list(s.buckets("door", "hour")) == [Bucket(T, 1, 1, 1, 1.0, True)]
s.close()
print("values")

# Roll-ups are what sums by hand are, whatever the order in which points come, in batches with duplicates, and after a restart.
chance = random.Random(5)
points = {T + chance.randrange(3 * 24 * HOUR): round(chance.uniform(-10, 30), 2) for _ in range(4000)}
order = list(points.items())
chance.shuffle(order)
s = Store("b.db")
for start in range(0, len(order), 500):
    batch = order[start:start + 500]
    assert s.add_many([("t", t, v) for t, v in batch + batch[:7] + order[:3]]) == len(batch)
    if start == 2000:
        s.close()
        s = Store("b.db")


def by_hand(step):
    found = {}
    for t, v in sorted(points.items()):
        found.setdefault(t - t % step, []).append(v)
    return {start: (len(v), min(v), max(v), sum(v) / len(v), v[-1]) for start, v in found.items()}


for level, step in (("minute", MINUTE), ("hour", HOUR), ("day", 24 * HOUR)):
    hand = by_hand(step)
    got = list(s.buckets("t", level))
    assert [b.start_ns for b in got] == sorted(hand)
    for b in got:
        count, low, high, mean, last = hand[b.start_ns]
        assert (b.count, b.min, b.max, b.last) == (count, low, high, last) and abs(b.mean - mean) < 1e-9, (level, b, hand[b.start_ns])
assert list(s.points("t")) == sorted(points.items())
middle = T + 24 * HOUR
assert list(s.points("t", middle, middle + HOUR)) == [(t, v) for t, v in sorted(points.items()) if middle <= t < middle + HOUR]
print("roll-ups")

# The best of raw and roll-ups for a number of points.
day = (T, T + 24 * HOUR)
print([(s.best("t", *span, most)[0], len(s.best("t", *span, most)[1]) <= most) for span, most in
       (((T, T + HOUR), 500), (day, 5000), (day, 1300), (day, 100), (day, 24), ((T, T + 72 * HOUR), 10), ((T, T + 72 * HOUR), 2))])
level, buckets = s.best("t", T + 90 * MINUTE, T + 48 * HOUR, 100)
assert level == "hour" and buckets[0].start_ns == T + HOUR and buckets[-1].start_ns == T + 47 * HOUR
s.close()

# Keys: a reading is taken once, whatever comes between; ranges of sequences stay few.
s = Store("c.db")
reading = lambda n, source="d/1": (source, n, T + n * SECOND, {"t": float(n), "ok": True})
assert s.add_readings(map(reading, range(1, 1001))) == 1000 and s.add_readings(map(reading, range(500, 1500))) == 499
assert s.add_readings([reading(5, "d/2"), reading(5, "d/2"), reading(3000), reading(2999), reading(1500)]) == 4
db = sqlite3.connect("c.db")
assert db.execute("SELECT first, last FROM seen WHERE source = 1 ORDER BY first").fetchall() == [(1, 1500), (2999, 3000)]
mixed = list(range(1, 5000))
chance.shuffle(mixed)
for start in range(0, len(mixed), 333):
    s.add_readings(map(reading, mixed[start:start + 400]))
assert db.execute("SELECT first, last FROM seen WHERE source = 1").fetchall() == [(1, 4999)]
assert len(list(s.points("t"))) == 5000 and next(s.buckets("t", "day")).count == 5000
# Two readings at one time, as after a clock that was set back, are two.
assert s.add_readings([("d/1", 6000, T, {"t": -1.0}), ("d/1", 6001, T, {"t": -2.0})]) == 2
assert [p.value for p in s.points("t", T, T + 1)] == [-1.0, -2.0]
# What failed was not seen.
print(raises(TypeError, s.add_readings, [reading(7000), ("d/1", 7001, T, {"t": "text"})]))
assert s.add_readings([reading(7000)]) == 1
s.close()
print("keys")

# Days of a zone, with 23 and 25 hours, and one that begins at one o'clock; whole quarters of hours.
for zone, first, hours in (("Europe/Berlin", "2026-03-27 23:00", [24, 23, 24]), ("Europe/Berlin", "2026-10-23 22:00", [24, 25, 24]),
                           ("Asia/Kathmandu", "2026-03-01 18:15", [24, 24]), ("America/Sao_Paulo", "2018-11-03 03:00", [24, 23]), ("UTC", "2026-03-01 00:00", [24])):
    s = Store(f"{zone.replace('/', '-')}-{first[:10]}.db", zone)
    start = at(first)
    end = start + sum(hours) * HOUR
    s.add_many([("t", t, 1) for t in range(start, end, 15 * MINUTE)])
    assert [b.count for b in s.buckets("t", "day")] == [4 * n for n in hours], (zone, [b.count for b in s.buckets("t", "day")])
    assert next(s.buckets("t", "day")).start_ns == start
    s.close()
print(raises(ValueError, Store, "UTC-2026-03-01.db", "Asia/Tokyo"), raises(ValueError, Store, "z.db", "Mars/Base"), sep="\n")
assert Store("Asia-Kathmandu-2026-03-01.db").zone == "Asia/Kathmandu"
print("days")

# CSV.
s = Store("d.db")
s.add_many([("t", T, 20.5), ("t", T + 250_000_000, 21), ("t", T + MINUTE, -1e-9), ("t", -1, 0.5), ("t", at("1903-12-31 00:00"), 1), ("t", at("2000-02-29 23:59"), 2), ("m", T, 'a "b", c\nd')])
for series, level in (("t", None), ("t", "minute"), ("m", None), ("m", "day")):
    text = io.StringIO(newline="")
    print(s.export_csv(text, series, level=level))
    print(text.getvalue().replace("\r\n", "|\n"), end="")
for t in range(-10 ** 9, 4 * 10 ** 9, 123456789):
    text = io.StringIO(newline="")
    s2 = datetime.fromtimestamp(t, timezone.utc).isoformat().replace("+00:00", "Z")
    from store._query import iso
    assert iso(t * SECOND) == s2, (iso(t * SECOND), s2)
s.close()

# Retention: raw points go, their sums stay; what comes too late without a key is not counted twice.
s = Store("e.db", keep={"raw": 2, "minute": 5, "hour": 9})
s.add_many([("t", T + n * HOUR, n) for n in range(24 * 20)])
s.add_readings([("d/1", 1, T, {"k": 1.0})])
now = T + 20 * 24 * HOUR
removed = s.expire(now)
assert len(list(s.points("t"))) == 48 and len(list(s.buckets("t", "minute"))) == 24 * 5 and len(list(s.buckets("t", "hour"))) == 24 * 9 and len(list(s.buckets("t", "day"))) == 21
assert removed == (480 - 48) + (480 - 120) + (480 - 216) + 3, removed
assert s.expire(now) == 0 and s.add("t", 5, T) is False
assert s.add_readings([("d/1", 1, T, {"k": 1.0}), ("d/1", 2, T + 1, {"k": 3.0})]) == 1
assert next(s.buckets("k", "day"))[1:5] == (2, 1.0, 3.0, 2.0)
print([s.best("t", T + start * 24 * HOUR, now, 10 ** 6)[0] for start in (19, 16, 12, 0)])
# What charts show: means of steps, of points where they are fine and still there, otherwise of the level that such steps need and that is.
print([len(s.means("t", T + start * 24 * HOUR, now, step)) for start, step in ((19, 10 * SECOND), (12, 10 * SECOND), (19, 600 * SECOND), (16, 600 * SECOND), (12, 600 * SECOND), (0, 600 * SECOND), (0, 7 * 24 * HOUR))])
print(s.means("t", now - 3 * HOUR + 1, now, 2 * HOUR), s.means("t", now, now + HOUR, SECOND), s.means("t", now - 24 * HOUR, now, 24 * HOUR))
s.add("words", "x", now)
print(raises(TypeError, s.means, "words", T, now, SECOND), raises(KeyError, s.means, "nothing", T, now, SECOND))
for wrong in ({"raw": 0}, {"week": 5}):
    print(raises(ValueError, Store, "f.db", keep=wrong))
s.close()
sqlite3.connect("g.db").execute("CREATE TABLE t(a)")
print(raises(ValueError, Store, "g.db"))
