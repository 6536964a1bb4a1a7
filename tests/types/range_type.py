# range_type.py - range: construction, indexing, slicing, membership, equality, big values, iteration.
# SPDX-License-Identifier: MIT
import sys


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


def error(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)


@section
def construct():
    print(range(3), range(1, 5), range(0, 10, 3), range(5, 0, -1), range(0), list(range(3)), list(range(2, 8, 2)), list(range(5, 0, -2)), list(range(0, -3)), range(True), range(-2, 2), range(10**20), range(0, 5, 1), repr(range(1, 2, 3)), str(range(4)), f"{range(2)}", list(range(-5, -1)))
    class I:
        def __index__(self): return 4
    print(range(I()), range(1, I(), I()), list(range(I())))
    for args in ((), (1, 2, 0), ("a",), (1.5,), (None,), (1, 2, 3, 4), (1, "b"), (1, 2, 1.0), ([],), (1, None), (0, 0, 0)): error(range, *args)
    error(lambda: range(stop=5))
    error(lambda: type("R", (range,), {}))


@section
def attributes():
    r = range(1, 10, 2)
    print(r.start, r.stop, r.step, len(r), r[0], r[-1], r[2], bool(r), bool(range(0)), r.count(3), r.count(4), r.index(5), r.count("a"), r.count(3.0), hash(r) == hash(range(1, 11, 2)), r == range(1, 11, 2), r == range(1, 10, 3), range(0) == range(5, 5), range(0, 3, 2) == range(0, 4, 2), r == [1, 3, 5, 7, 9], r != 5, {r: 1}[range(1, 10, 2)], range(3) is range(3), range(5, 0) == range(0), hash(range(0)) == hash(range(2, 2)), hash(range(1)) == hash(range(0, 1, 5)))
    for f in (lambda: r[5], lambda: r[-6], lambda: r["a"], lambda: r[1.0], lambda: r.index(4), lambda: r.index("a"), lambda: r.index(100), lambda: exec("r.start = 5", {"r": r}), lambda: exec("r[0] = 1", {"r": r}), lambda: r + r, lambda: r * 2, lambda: r < r, lambda: r.append(1), lambda: r.x, lambda: r.index(), lambda: r.index(1, 2)): error(f)


@section
def slicing():
    r = range(0, 20, 2)
    print(r[1:4], r[::-1], r[::3], r[-3:], r[:0], r[5:2], r[8:100], r[::-2], r[2:8:2][::-1], list(r[1:-1:3]), range(10)[::-1][2:5], range(10)[3:7][1:][0], range(5)[::100], range(5)[10:], range(3)[-100:100], range(0)[::-1], range(10)[True:3])
    error(lambda: r[::0])
    error(lambda: r["a":])


@section
def membership():
    r = range(0, 100, 7)
    print(14 in r, 15 in r, -7 in r, 98 in r, 105 in r, 14.0 in r, 14.5 in r, "14" in r, None in r, True in range(2), 10**30 in range(0, 10**31, 10), -3 in range(0, -10, -3), -4 in range(0, -10, -3), 2**64 in range(2**64 + 1), 1j in r, 5 not in range(5))
    class E:
        def __eq__(self, o): return o == 21
    class I(int): pass
    print(E() in r, I(21) in r, r.index(E()), r.count(E()), float("nan") in r)
    class Bad:
        def __eq__(self, o): raise ValueError("eq")
    error(lambda: Bad() in r)
    print(Bad() in range(0))


@section
def big_values():
    b = 2**70
    r = range(b, b + 10, 3)
    print(r, r[1] - b, len(r), list(x - b for x in r), b + 3 in r, r.index(b + 6), r[::-1][0] - b, range(-b, b, b), list(range(-b, b, b)) == [-b, 0], range(b)[-1] == b - 1, range(0, b, 2**69)[1] == 2**69, b // 2 in range(b), range(b).count(5), range(b).index(7), hash(range(b)) == hash(range(b)), range(b) == range(0, b), range(b, 0, -b)[0] == b)
    error(lambda: len(range(b)))
    error(lambda: len(range(2**63)))
    print(len(range(sys.maxsize)) == sys.maxsize, len(range(-(sys.maxsize // 2) - 1, sys.maxsize // 2)) == sys.maxsize, bool(range(b)), range(2**63 - 2, 2**63 + 2)[-1] - 2**63, [x - 2**63 for x in range(2**63 - 2, 2**63 + 2)], [x + 2**63 for x in range(-2**63 + 1, -2**63 - 3, -1)], list(range(2**31 - 2, 2**31 + 1)), list(range(2**47 - 1, 2**47 + 2)))


@section
def iteration():
    it = iter(range(5))
    print(next(it), it.__length_hint__(), list(it), list(it), next(it, "done"), iter(it) is it)
    print(list(reversed(range(5))), list(reversed(range(0, 10, 3))), list(reversed(range(0))), list(reversed(range(5, 0, -2))), sum(range(101)), max(range(5)), min(range(5, 0, -1)), sorted(range(3, 0, -1)), [*range(2)], tuple(range(2)), list(zip(range(2), "ab")), list(map(str, range(2))), dict.fromkeys(range(2)), set(range(1)), any(range(2)), all(range(2)), list(enumerate(range(3, 5))), 1 in iter(range(3)), *range(2))
    r = range(3)
    print([(a, b) for a in r for b in r if a < b], list(r), list(r), [x for x in r if x in r], type(iter(range(1))).__name__, type(iter(range(2**70))).__name__)
    a, *b, c = range(5)
    x, y = range(2)
    print(a, b, c, x, y)
    error(lambda: exec("a, b = range(3)"))
    total = 0
    for i in range(10, -10, -3): total = total * 3 + i
    print(total, i)
