# dm_weakref.py - weak references: life and death seen through gc.collect(), callbacks, hashing, proxies, bound methods.
# SPDX-License-Identifier: MIT
import weakref

from _weak import Obj, collect, error, make_ref, section


@section
def alive():
    o = Obj("a")
    r = weakref.ref(o)
    print(r() is o, r().name, type(r).__name__, r == weakref.ref(o), hash(r) == hash(o), r.__callback__)
    collect()
    print(r() is o)
    print(weakref.getweakrefcount(o) >= 1, weakref.getweakrefs(o)[0] is r)
    error(lambda: r(1))
    error(lambda: weakref.ref())
    error(lambda: setattr(r, "x", 1))


@section
def dead():
    refs = [make_ref(str(i)) for i in range(30)]
    collect()
    print(sum(r() is None for r in refs) >= 24)

    def cycle():
        a, b = Obj("a"), Obj("b")
        a.other, b.other = b, a
        return weakref.ref(a), weakref.ref(b)
    pairs = [cycle() for _ in range(30)]
    collect()
    print(sum(a() is None and b() is None for a, b in pairs) >= 24)


@section
def callbacks():
    log = []

    def many():
        return [weakref.ref(Obj(str(i)), log.append) for i in range(30)]
    refs = many()
    collect()
    print(len(log) >= 24, all(r() is None for r in log), all(any(r is x for x in refs) for r in log))

    keep = Obj("kept")
    r = weakref.ref(keep, log.append)
    before = len(log)
    collect()
    print(all(x is not r for x in log[before:]), r.__callback__ == log.append)


@section
def unsupported():
    for x in (5, "s", (1,), None, [1], {}, 1.5, b"b", object(), range(3)):
        error(weakref.ref, x)

    class Slots:
        __slots__ = ("a",)

    class WithWeak:
        __slots__ = ("__weakref__",)

    class L(list): pass
    error(weakref.ref, Slots())
    w, x = WithWeak(), L()
    print(weakref.ref(w)() is w, weakref.ref(x)() is x, weakref.ref(len)() is len, weakref.ref(int)() is int)
    f, s = (lambda: 1), {1}
    print(weakref.ref(f)() is f, weakref.ref(s)() is s, weakref.ref(frozenset)() is frozenset)
    m = w
    error(lambda: weakref.ref(5, None))


@section
def comparison_and_hash():
    class Eq:
        def __init__(self, v): self.v = v
        def __eq__(self, o): return self.v == o.v
        def __hash__(self): return hash(self.v)
    a, b, c = Eq(1), Eq(1), Eq(2)
    ra, rb, rc = weakref.ref(a), weakref.ref(b), weakref.ref(c)
    print(ra == rb, ra == rc, ra != rb, hash(ra) == hash(rb), len({ra, rb, rc}), ra == 5)
    error(lambda: ra < rb)
    unhashable = type("U", (), {"__hash__": None})()
    error(lambda: hash(weakref.ref(unhashable)))


@section
def subclass():
    class Tagged(weakref.ref):
        def __init__(self, o, callback=None, tag=None):
            super().__init__(o, callback)
            self.tag = tag

        def __new__(cls, o, callback=None, tag=None):
            return super().__new__(cls, o, callback)

        def __call__(self):
            return (self.tag, super().__call__())
    o = Obj("o")
    t = Tagged(o, tag="T")
    print(t(), t.tag, isinstance(t, weakref.ref))


@section
def proxies():
    o = Obj("p")
    p = weakref.proxy(o)
    p.extra = 5
    print(p.name, o.extra, p.method(), isinstance(p, Obj), type(p) is Obj, str(p), p == o)
    x = type("L", (list,), {})([1, 2])
    q = weakref.proxy(x)
    print(len(q), q[0], [*q], q + [3], 1 in q)
    error(lambda: hash(p))
    f = weakref.proxy(lambda_holder := type("C", (), {"__call__": lambda self, a: a * 2})())
    print(f(4))


@section
def bound_methods():
    o = Obj("m")
    wm = weakref.WeakMethod(o.method)
    print(wm()(), wm == weakref.WeakMethod(o.method))
