# calendar, zoneinfo, sched, graphlib: their whole interfaces.
import calendar
import datetime
import graphlib
import io
import pickle
import sched
import struct
import zoneinfo


def attempt(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


# calendar
for first in (0, 6):
    c = calendar.Calendar(first)
    print(list(c.iterweekdays()), list(c.itermonthdays(2024, 2)), list(c.itermonthdays2(2024, 2))[:3], list(c.itermonthdays3(2023, 12))[-3:])
    print(list(c.itermonthdays4(2024, 1))[:2], next(c.itermonthdates(2024, 2)), c.monthdayscalendar(2024, 6)[0], len(c.yeardatescalendar(2024)))
    print(calendar.TextCalendar(first).formatmonth(2024, 2), end="")
print(calendar.TextCalendar().formatyear(2023, 2, 1, 4, 4))
print(calendar.HTMLCalendar().formatmonth(2024, 2))
print(len(calendar.HTMLCalendar().formatyearpage(2024)), calendar.HTMLCalendar().formatyear(2024)[:200])
print(calendar.monthrange(2024, 2), calendar.weekday(2024, 5, 6), calendar.isleap(1900), calendar.leapdays(1999, 2030), calendar.timegm((2024, 5, 6, 7, 8, 9)))
print(calendar.day_name[0], calendar.month_abbr[1:3], len(calendar.month_name), list(calendar.day_abbr), calendar.JANUARY, calendar.Day(3))
attempt(calendar.monthrange, 2024, 13)
attempt(calendar.setfirstweekday, 7)
attempt(calendar.weekday, 12024, 1, 1)
calendar.setfirstweekday(calendar.SUNDAY)
print(calendar.firstweekday(), calendar.weekheader(3), calendar.month(2024, 9))
calendar.setfirstweekday(0)

# zoneinfo, from a file made here: a change in 1970 and in 1971, then rules
def tzif(times, numbers, types, rules):
    names = b"\0".join(name for _, _, name in types) + b"\0"
    at, places = 0, []
    for _, _, name in types:
        places.append(at)
        at += len(name) + 1
    def part(size, letter, version):
        head = b"TZif" + version + bytes(15) + struct.pack(">6l", 0, 0, 0, len(times), len(types), len(names))
        body = struct.pack(f">{len(times)}{letter}", *times) + bytes(numbers)
        return head + body + b"".join(struct.pack(">lbb", o, d, p) for (o, d, _), p in zip(types, places)) + names
    return part(4, "l", b"2") + part(8, "q", b"2") + b"\n" + rules + b"\n"

data = tzif([10000000, 26000000, 41000000], [1, 0, 1], [(3600, 0, b"AST"), (7200, 1, b"ADT")], b"AST-1ADT,M3.5.0,M10.5.0/3")
z = zoneinfo.ZoneInfo.from_file(io.BytesIO(data), key="Here/There")
for at in (0, 9999999, 10000000, 25999999, 26000000, 26003599, 26003600, 41000000, 1700000000, 1711846799, 1711846800, 1729990799, 1729990800, 1729994400):
    x = datetime.datetime.fromtimestamp(at, z)
    print(x, x.fold, x.tzname(), x.dst(), x.timestamp() == at)
for text in ("2024-03-31 02:30", "2024-10-27 02:30", "2024-07-01 00:00", "1970-04-26 18:30"):
    x = datetime.datetime.fromisoformat(text).replace(tzinfo=z)
    print(x.utcoffset(), x.replace(fold=1).utcoffset(), x.replace(fold=1).astimezone(datetime.UTC))
print(z, repr(z), z.key, datetime.time(3, tzinfo=z).utcoffset())
attempt(pickle.dumps, z)
for bad in (b"", b"TZix" + bytes(40), data.replace(b"AST-1ADT,M3.5.0,M10.5.0/3", b"AST-1ADT,M3.9.0,M10.5.0/3")):
    try:
        zoneinfo.ZoneInfo.from_file(io.BytesIO(bad))
        print("taken")
    except Exception as error:
        print(type(error).__name__)
for key in ("/etc/passwd", "../x", "a/../b", "No/Such"):
    attempt(zoneinfo.ZoneInfo, key)
attempt(zoneinfo.reset_tzpath, "/usr")
attempt(zoneinfo.reset_tzpath, ["a"])
zoneinfo.reset_tzpath(["/nowhere"])
print(zoneinfo.TZPATH, zoneinfo.ZoneInfoNotFoundError.__mro__[1])
attempt(z.fromutc, 3)
attempt(z.fromutc, datetime.datetime(2024, 1, 1))

# sched
clock = [0]
def wait(n):
    clock[0] += n
s = sched.scheduler(lambda: clock[0], wait)
done = []
s.enter(5, 2, done.append, ("five",))
s.enter(5, 1, done.append, ("five, first",))
e = s.enterabs(3, 1, done.append, ("never",))
s.enterabs(4, 1, lambda **kw: done.append(kw), kwargs={"a": 1})
print(len(s.queue), s.empty(), e.time, e.priority, e.argument)
s.cancel(e)
attempt(s.cancel, e)
print(s.run(blocking=False), done)
s.run()
print(done, clock, s.empty())

# graphlib
print(list(graphlib.TopologicalSorter({"D": ["B", "C"], "C": ["A"], "B": ["A"]}).static_order()))
t = graphlib.TopologicalSorter({1: [2], 2: [3]})
attempt(t.get_ready)
t.prepare()
attempt(t.add, 4)
attempt(t.prepare)
print(t.get_ready(), t.get_ready(), t.is_active(), bool(t))
attempt(t.done, 1)
attempt(t.done, 9)
t.done(3)
attempt(t.done, 3)
print(t.get_ready())
attempt(lambda: list(graphlib.TopologicalSorter({1: [2], 2: [3], 3: [1]}).static_order()))
