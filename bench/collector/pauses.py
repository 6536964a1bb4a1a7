# pauses.py - how long the collector stops a program: a case (first argument) over 64 MB of live objects, then a million allocations more.
#
# gc.pause_stats times all that the collector does inside allocations and returns: slices of marking, the start of a cycle (roots, C stack),
# frames of a deep stack, finalizers and weak references at the end of a cycle, sweeping, giving memory back, and full collections.
import gc
import sys
import time
import weakref

LIVE = 64 << 20


class Reading:
    def __init__(self, place, value):
        self.place = place
        self.value = value


class Closing:
    def __del__(self):
        pass


def small_objects():
    keep = []
    before = gc.mem_alloc()
    while gc.mem_alloc() - before < LIVE:
        keep.append([Reading(i, [i, i + 0.5]) for i in range(1000)])
    return keep


def suspended(n):
    yield n
    yield n + 1


def started(n):
    g = suspended(n)
    next(g)
    return g


def work():  # a million allocations, and on until two cycles have passed
    ring = [None] * 10007
    start = gc.pause_stats()["collections"]
    done = False
    while not done:
        for i in range(500000):
            ring[i * 7919 % 10007] = (i, [i])
        cycles = gc.pause_stats()["collections"] - start
        done = cycles >= 2
    return cycles


def deep(n):
    if n:
        return deep(n - 1)
    return measured()


def deep_c(n):  # through a function in C: the C stack grows too
    return max([n], key=lambda m: deep_c(m - 1) and 1) if n else measured_once()


RESULT = []


def measured_once():
    RESULT.append(measured())
    return 1


def measured():
    gc.collect()
    gc.pause_stats(True)
    cycles = work()
    return {**gc.pause_stats(), "cycles": cycles}


def with_extra(extra):
    s = measured()
    assert len(extra)
    return s


def growth():  # the longest append and the longest store while tables grow to a million: part of the program, not of the collector
    longest = {"append": 0, "store": 0}
    items, d = [], {}
    for name, step in ("append", items.append), ("store", lambda i: d.__setitem__(i, i)):
        for i in range(1000000):
            start = time.perf_counter()
            step(i)
            longest[name] = max(longest[name], time.perf_counter() - start)
    print("growth     longest append %.0f us, longest dict store %.0f us" % (longest["append"] * 1e6, longest["store"] * 1e6))


CASES = {
    "small": measured,
    "list": lambda: with_extra([[i] for i in range(1000000)]),
    "flat": lambda: with_extra(list(range(4000000))),
    "dict": lambda: with_extra({i: str(i) for i in range(1000000)}),
    "set": lambda: with_extra({str(i) for i in range(1000000)}),
    "generators": lambda: with_extra([started(i) for i in range(100000)]),
    "deep": lambda: deep(50000),
    "deep C": lambda: deep_c(5500) and RESULT[0],
    "weak": lambda: with_extra(weak_references(100000)),
    "del": lambda: with_extra([Closing() for _ in range(100000)]),
    "names": lambda: with_extra([sys.intern("name%d" % i) for i in range(100000)]),
    "dropped": lambda: dropped(100000),
}


def weak_references(n):
    keep = [Reading(i, i) for i in range(n)]
    return [weakref.ref(r) for r in keep], keep


def dropped(n):  # things with finalizers and weak references that die in the measured time
    gc.collect()
    keep = [Closing() for _ in range(n)], [started(i) for i in range(n)], weak_references(n)
    keep = None
    gc.pause_stats(True)
    cycles = work()
    return {**gc.pause_stats(), "cycles": cycles}


def main():
    sys.setrecursionlimit(100000)
    live = small_objects()
    if sys.argv[1] == "growth":
        return growth()
    s = CASES[sys.argv[1]]()
    ok = all(s[k] <= most for k, most in (("p999_ns", 500e3), ("cpu_p999_ns", 500e3), ("max_ns", 2e6), ("cpu_max_ns", 2e6)))
    print("%-10s %4d cycles %6d pauses  clock: p99.9 %6.0f us, longest %6.0f us   processor: p99.9 %6.0f us, longest %6.0f us%s" % (
        sys.argv[1], s["cycles"], s["pauses"], s["p999_ns"] / 1e3, s["max_ns"] / 1e3, s["cpu_p999_ns"] / 1e3, s["cpu_max_ns"] / 1e3, "" if ok else "  OVER"))
    return live


main()
