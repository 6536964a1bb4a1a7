# iterators.py - enumerate, zip, map, filter, reversed, iter with sentinel, and the iterators of containers.
# SPDX-License-Identifier: MIT


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
def enumerating():
    print(list(enumerate("ab")), list(enumerate("ab", 5)), list(enumerate([], 1)), list(enumerate("a", start=-1)), list(enumerate(iterable="xy", start=2**63 - 1)), next(enumerate("q")), list(enumerate(enumerate("a"))), dict(enumerate("ab")), type(enumerate([])).__name__, iter(e := enumerate("z")) is e, list(e), list(e), list(enumerate("ab", True)), list(enumerate("a", 2**100)))
    for f in (lambda: enumerate(), lambda: enumerate(5), lambda: enumerate("a", "b"), lambda: enumerate("a", 1.5), lambda: enumerate("a", None), lambda: enumerate("a", 1, 2), lambda: enumerate("a")[0], lambda: len(enumerate("a")), lambda: enumerate(foo=1)): error(f)
    class E(enumerate): pass
    print(list(E("a")), type(E("a")).__name__, enumerate[int])


@section
def zipping():
    print(list(zip()), list(zip("ab")), list(zip("ab", [1, 2])), list(zip("abc", [1])), list(zip([], "ab")), list(zip("ab", range(9), (x for x in "pq"))), dict(zip("ab", [1, 2])), list(zip(*[(1, 2), (3, 4)])), list(zip(*zip("ab", "cd"))), list(zip("ab", "cd", strict=True)), list(zip(strict=True)), next(zip("a", "b")), list(zip("a", strict=True)))
    for f in (lambda: zip(5), lambda: zip("a", 5), lambda: list(zip("ab", "a", strict=True)), lambda: list(zip("a", "ab", strict=True)), lambda: list(zip("a", "a", "", strict=True)), lambda: list(zip("", "", "a", strict=True)), lambda: list(zip("ab", "a", "ab", strict=True)), lambda: zip("a", foo=1), lambda: zip("a")[0]): error(f)
    it = iter([1, 2, 3, 4, 5])
    print(list(zip(it, it)), list(it))
    a, b = iter([1, 2, 3]), iter([1])
    print(list(zip(a, b)), list(a))
    a, b = iter([1, 2, 3]), iter([1])
    print(list(zip(b, a)), list(a))
    keep = [t for t in zip([1, 2], [3, 4])]
    print(keep, keep[0] is keep[1])


@section
def mapping():
    print(list(map(str, [1, 2])), list(map(lambda a, b: a + b, [1, 2], [3, 4, 5])), list(map(max, "ab", "ba", "cc")), list(map(None or int, "12")), next(map(len, ["abc"])), list(map(lambda: 1, *[])) if 0 else "skip", list(map(lambda *a: a, [1], [2], [3])), type(map(int, [])).__name__, list(map(str.upper, "ab")), list(map([10, 20].__getitem__, [1, 0])), list(map(int, "101", [2, 2, 2])) if 0 else list(map(lambda s, b: int(s, b), ["11", "ff"], [2, 16])))
    for f in (lambda: map(), lambda: map(str), lambda: map(str, 5), lambda: list(map(5, [1])), lambda: list(map(None, [1])), lambda: list(map(len, [1])), lambda: list(map(lambda a: a, [1], [2])), lambda: map(str, [1])[0], lambda: map(str, [1], foo=1), lambda: list(map(lambda x: 1 / x, [1, 0]))): error(f)
    m = map(lambda x: 10 // x, [1, 0, 5])
    print(next(m))
    error(lambda: next(m))
    print(list(m))
    def stop(x):
        if x == 2: raise StopIteration
        return x
    print(list(map(stop, [1, 2, 3])))


@section
def filtering():
    print(list(filter(None, [0, 1, "", "a", [], None])), list(filter(lambda x: x % 2, range(6))), list(filter(str.isalpha, "a1b2")), list(filter(bool, [])), next(filter(None, [0, 5])), type(filter(None, [])).__name__, list(filter(lambda x: [], [1])), list(filter({1, 2}.__contains__, [1, 2, 3])), "".join(filter("aeiou".__contains__, "education")))
    for f in (lambda: filter(), lambda: filter(None), lambda: filter(None, 5), lambda: list(filter(5, [1])), lambda: list(filter(lambda: 1, [1])), lambda: filter(None, [], []), lambda: list(filter(lambda x: 1 / x, [0])), lambda: filter(function=None, iterable=[])): error(f)


@section
def reversing():
    print(list(reversed([1, 2])), list(reversed("ab")), list(reversed((1,))), list(reversed(range(3))), list(reversed({"a": 1})), list(reversed(b"ab")), list(reversed([])), "".join(reversed("añb")), type(reversed([])).__name__, type(reversed("")).__name__, list(reversed(bytearray(b"xy"))), list(reversed(memoryview(b"xy"))))
    class S:
        def __len__(self): return 3
        def __getitem__(self, i): return i * i
    class R:
        def __reversed__(self): return iter("rev")
    print(list(reversed(S())), list(reversed(R())))
    class NoLen:
        def __getitem__(self, i): return i
    class Blocked(list): __reversed__ = None
    for f in (lambda: reversed(), lambda: reversed(5), lambda: reversed({1}), lambda: reversed(iter([])), lambda: reversed(NoLen()), lambda: reversed(Blocked()), lambda: reversed(x for x in []), lambda: reversed(None), lambda: reversed([1], 2), lambda: reversed(zip())): error(f)
    x = [1, 2, 3]
    r = reversed(x)
    x.append(4)
    print(next(r), r.__length_hint__(), list(r), list(r))
    x = [1, 2, 3]
    r = reversed(x)
    next(r)
    x.clear()
    print(list(r))


@section
def iter_function():
    print(list(iter([1])), list(iter("ab")), next(iter((1, 2))), iter(i := iter([])) is i, list(iter({"a": 1})), list(iter(range(2))))
    items = iter("abcXdef")
    print(list(iter(lambda: next(items), "X")), list(items))
    class Eq:
        def __eq__(self, o): return o == 3
    n = iter(range(10))
    print(list(iter(n.__next__, Eq())), list(iter(lambda: 5, 5)), type(iter(int, 1)).__name__)
    it = iter(n.__next__, None)
    print(list(it), next(it, "done"))
    for f in (lambda: iter(), lambda: iter(5), lambda: iter(5, 1), lambda: iter([], 1), lambda: iter(None), lambda: iter([1], 2, 3), lambda: next(), lambda: next([]), lambda: next(5), lambda: next(iter([])), lambda: next(iter([]), 1, 2), lambda: list(iter(lambda: 1 / 0, 1))): error(f)
    print(next(iter([]), None), next(iter([1]), 2), next(iter([]), iter))
    class It:
        def __iter__(self): return iter("from It")
    print("".join(It()), [*It()][:2])


@section
def container_iterators():
    for c in ([1, 2], (1, 2), "ab", "é日", b"ab", bytearray(b"ab"), range(2), {1: 2}, {1: 2}.items(), {1: 2}.values(), {1}, frozenset([1]), memoryview(b"a"), zip("a"), map(str, [1]), enumerate("a"), filter(None, [1]), reversed([1]), (x for x in [1])):
        it = iter(c)
        first = next(it)
        rest = list(it)
        print(type(c).__name__, first, rest, next(it, "end"), iter(it) is it, hasattr(it, "__next__"))
    l = [1, 2]
    it = iter(l)
    print(it.__length_hint__(), next(it), it.__length_hint__())
    l.extend([3, 4])
    print(list(it), it.__length_hint__())
    for f in (lambda: iter([])[0], lambda: len(iter([])), lambda: iter([]).x, lambda: iter([]) + iter([]), lambda: iter([]) < iter([]), lambda: type(iter([]))(), lambda: setattr(iter([]), "x", 1)): error(f)
    it = iter([1, 2, 3])
    it2 = it
    print(next(it), next(it2), next(it), it == it2, it == iter([1]), hash(it) == hash(it2))
