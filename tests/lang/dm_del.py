# dm_del.py - finalisers: __del__ through gc.collect(), cycles, resurrection, generators, errors inside.
# SPDX-License-Identifier: MIT
import gc
import sys


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


def churn():
    return [(lambda *a: a)(i, i, i, i, i, i) for i in range(20)]


def collect():
    # Several rounds: finalisers run at polls after a collection, and may free more.
    for _ in range(3):
        churn()
        gc.collect()


@section
def plain():
    log = []

    class D:
        def __init__(self, n): self.n = n
        def __del__(self): log.append(self.n)

    def make():
        for i in range(20):
            D(i)
    make()
    collect()
    print(len(log) >= 18, len(log) == len(set(log)), set(log) <= set(range(20)))


@section
def cycles():
    log = []

    class D:
        def __init__(self, n):
            self.n = n
            self.me = self

        def __del__(self):
            # The object is still whole while its finaliser runs.
            log.append((self.n, self.me is self))

    def make():
        for i in range(20):
            a, b = D(i), D(i + 100)
            a.other, b.other = b, a
    make()
    collect()
    print(len(log) >= 36, all(ok for _, ok in log), len({n for n, _ in log}) == len(log))


@section
def once_only():
    saved = []
    log = []

    class Phoenix:
        def __init__(self, n): self.n = n

        def __del__(self):
            log.append(self.n)
            saved.append(self)

    def make():
        for i in range(10):
            Phoenix(i)
    make()
    collect()
    first = len(log)
    print(first >= 8, len(saved) == first, all(isinstance(p, Phoenix) for p in saved), sorted(p.n for p in saved) == sorted(log))
    saved.clear()
    collect()
    print(len(set(log)) == len(log))


@section
def errors_are_reported_not_raised():
    seen = []
    old = sys.unraisablehook
    sys.unraisablehook = lambda args: seen.append((args.exc_type.__name__, str(args.exc_value)))

    class Bad:
        def __del__(self): raise ValueError("in del")

    def make():
        for _ in range(10):
            Bad()
    try:
        make()
        collect()
    finally:
        sys.unraisablehook = old
    print(len(seen) >= 8, set(seen))


@section
def generator_finally():
    log = []

    def gen(n):
        try:
            yield n
        finally:
            log.append(n)

    def make():
        for i in range(20):
            next(gen(i))
    make()
    collect()
    print(len(log) >= 18, set(log) <= set(range(20)))


@section
def explicit_call_and_lookup():
    log = []

    class D:
        def __del__(self): log.append("type")
    d = D()
    d.__del__()
    d.__del__ = lambda: log.append("instance")
    print(log)
    del d
    collect()
    print("instance" in log)

    class Late: pass

    def make():
        for _ in range(10):
            Late()
    Late.__del__ = lambda self: log.append("late")
    make()
    collect()
    print(log.count("late") >= 8)


@section
def del_statement_does_not_call():
    log = []

    class D:
        def __del__(self): log.append(1)
    a = b = D()
    del a
    collect()
    print(log, type(b).__name__)


@section
def order_of_references():
    # A finaliser can use everything that the object refers to.
    log = []

    class Inner:
        value = "inner"

    class Outer:
        def __init__(self): self.inner = Inner()
        def __del__(self): log.append(self.inner.value)

    def make():
        for _ in range(10):
            Outer()
    make()
    collect()
    print(set(log), len(log) >= 8)


@section
def gc_interface():
    print(gc.isenabled())
    gc.disable()
    print(gc.isenabled())
    gc.enable()
    print(gc.isenabled(), type(gc.collect()).__name__, isinstance(gc.get_threshold(), tuple))


@section
def subclass_and_super():
    log = []

    class A:
        def __del__(self): log.append("A")

    class B(A):
        def __del__(self):
            log.append("B")
            super().__del__()

    def make():
        for _ in range(10):
            B()
    make()
    collect()
    print(log.count("A") == log.count("B"), log.count("A") >= 8, log[:2])
