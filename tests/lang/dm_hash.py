# dm_hash.py - __hash__: defaults, removal by __eq__, None, range of results, use in dict and set.
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


class K:
    def __init__(self, v, h=7):
        self.v = v
        self.h = h

    def __eq__(self, other):
        return isinstance(other, K) and self.v == other.v

    def __hash__(self):
        return self.h

    def __repr__(self):
        return f"K({self.v})"


@section
def collisions():
    d = {K(i): i for i in range(20)}
    print(len(d), d[K(13)], K(20) in d, list(d)[:3])
    del d[K(3)]
    d[K(5)] = "five"
    d[K(3)] = "again"
    print(list(d)[-2:], d[K(5)], len(d))
    s = {K(1), K(2), K(1)}
    print(len(s), K(2) in s, K(3) in s)


@section
def removed_by_eq():
    class A:
        def __eq__(self, other):
            return True
    print(A.__hash__)
    error(lambda: hash(A()))
    error(lambda: {A(): 1})
    error(lambda: {A()})

    class B(A):
        pass
    error(lambda: hash(B()))

    class C(A):
        __hash__ = object.__hash__
    c = C()
    print(hash(c) == hash(c), len({c: 1}))

    class D(A):
        def __hash__(self):
            return 1
    print(hash(D()), {D(): "x"}[D()])

    class E:
        __hash__ = None
    error(lambda: hash(E()))
    print(E() == 1)


@section
def unhashable():
    for x in ([], {}, set(), bytearray(), slice(1) if 0 else [1], (1, []), ((), ({},))):
        error(lambda: hash(x))
    error(lambda: {[]: 1})
    error(lambda: {1: 1}[[]])
    error(lambda: [] in {1: 1})
    error(lambda: {}.get({}))
    error(lambda: set([[]]))


@section
def results():
    class H:
        def __init__(self, r):
            self.r = r

        def __hash__(self):
            return self.r
    print(hash(H(5)), hash(H(-1)), hash(H(-2)), hash(H(True)), hash(H(0)))
    print(hash(H(2 ** 70)) == hash(2 ** 70), hash(H(-2 ** 70)) == hash(-2 ** 70))
    error(lambda: hash(H("x")))
    error(lambda: hash(H(1.5)))
    error(lambda: hash(H(None)))
    error(lambda: {H([]): 1})

    class Raises:
        def __hash__(self):
            raise KeyError("no hash")
    error(lambda: hash(Raises()))
    error(lambda: {Raises()})


@section
def equal_values_equal_hashes():
    groups = [(1, 1.0, True, 1 + 0j), (0, 0.0, -0.0, False, 0j), (2 ** 70, float(2 ** 70)), (-3, -3.0), (10 ** 15, 1e15), ((1, 2), (1.0, 2.0))]
    for g in groups:
        print(len({hash(x) for x in g}), len({x: 1 for x in g}), [g[0] == x for x in g])
    print(hash(1), hash(0), hash(-1), hash(-2), hash(2 ** 61 - 1) if 0 else "", hash(True), hash(0.0))
    print(hash("abc") == hash("a" + "bc"), hash(b"abc") == hash(bytes([97, 98, 99])), hash(()) == hash(tuple([])))
    print(hash(frozenset([1, 2])) == hash(frozenset([2, 1])), hash(range(0)) == hash(range(5, 5)), hash(None) == hash(None))
    print(hash((1, 2)) == hash((2, 1)), hash(0.5) == hash(0.25), hash(float("inf")) == hash(float("inf")))


@section
def type_level():
    class M(type):
        def __hash__(cls):
            return 42

    class A(metaclass=M):
        pass
    print(hash(A), {A: 1}[A], hash(A()) == 42)
    a = A()
    a.__hash__ = lambda: 1
    print(hash(a) == 1 and "instance" or "type")
    print(hash(int) == hash(int), len({int, str, int}), {print: 1, len: 2}[len])


@section
def methods_hash():
    class A:
        def f(self):
            pass
    a, b = A(), A()
    print(a.f == a.f, a.f == b.f, hash(a.f) == hash(a.f), {a.f: 1}[a.f], len({a.f, a.f, b.f}), [].append == [].append)
