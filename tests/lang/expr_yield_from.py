# expr_yield_from.py - yield from: delegation of values, send, throw, close; results; plain iterators; errors.
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
def delegation():
    def inner():
        x = yield "i1"
        print("  inner got", x)
        y = yield "i2"
        print("  inner got", y)
        return "inner result"

    def outer():
        r = yield from inner()
        print("  result", r)
        z = yield "o1"
        return r, z
    g = outer()
    print(next(g), g.send(1), g.send(2))
    try: g.send(3)
    except StopIteration as e: print(e.value)


@section
def throw_into_subgenerator():
    def inner():
        while True:
            try: yield "waiting"
            except ValueError as e: print("  inner caught", e)
            except KeyError as e: return "inner returned on " + str(e)

    def outer():
        try:
            r = yield from inner()
            yield r
        except TypeError as e:
            yield "outer caught " + str(e)
    g = outer()
    next(g)
    print(g.throw(ValueError("v")), g.throw(KeyError("k")))
    g = outer()
    next(g)
    print(g.throw(TypeError("t")), next(g, "end"))


@section
def close_propagates():
    log = []

    def inner(name):
        try: yield name
        finally: log.append("closed " + name)

    def outer():
        try: yield from inner("a")
        finally: log.append("closed outer")
    g = outer()
    next(g)
    g.close()
    print(log)

    def bad_inner():
        try: yield
        except GeneratorExit: raise KeyError("while closing")

    def bad_outer():
        try: yield from bad_inner()
        except KeyError as e: log.append(repr(e))
    g = bad_outer()
    next(g)
    g.close()
    print(log[-1])

    def stubborn():
        try: yield 1
        except GeneratorExit: yield 2

    def around(): yield from stubborn()
    g = around()
    next(g)
    error(g.close)


@section
def plain_iterators():
    def g():
        a = yield from [1, 2]
        b = yield from "xy"
        c = yield from range(2)
        d = yield from {"k": 1}
        e = yield from ()
        return a, b, c, d, e
    it = g()
    out = []
    try:
        while True: out.append(next(it))
    except StopIteration as e: print(out, e.value)
    it = g()
    next(it)
    error(lambda: it.send("lists have no send"))
    it = g()
    next(it)
    error(lambda: it.throw(ValueError("lists have no throw")))
    it = g()
    next(it)
    it.close()
    print(next(it, "closed"))

    class Custom:
        def __init__(self): self.log = []
        def __iter__(self): return self
        def __next__(self):
            self.log.append("next")
            if len(self.log) > 4: raise StopIteration("custom value")
            return len(self.log)
        def send(self, v):
            self.log.append(("send", v))
            return "sent"
        def throw(self, *a):
            self.log.append(("throw", len(a), a[0] if isinstance(a[0], type) else type(a[0])))
            return "thrown"
        def close(self): self.log.append("close")

    def over(c): return (yield from c)
    c = Custom()
    it = over(c)
    print(next(it), it.send(5), it.throw(KeyError("k")), it.close(), c.log)
    c = Custom()
    it = over(c)
    try:
        while True: next(it)
    except StopIteration as e: print(e.value)


@section
def errors():
    def g(x): yield from x
    for x in (5, None, object(), print):
        error(lambda: next(g(x)))
    async def coro(): pass
    c = coro()
    error(lambda: next(g(c)))
    c.close()
    def self_ref():
        yield from me
    me = self_ref()
    error(lambda: next(me))
    def raising():
        yield 1
        raise ValueError("inner raised")
    it = g(raising())
    next(it)
    error(lambda: next(it))
    print(next(it, "both ended"))
    class NoAttr:
        def __iter__(self): return self
        def __next__(self): return 1
        def __getattr__(self, n): raise RuntimeError("getattr " + n)
    it = g(NoAttr())
    next(it)
    error(lambda: it.send(1))
    it = g(NoAttr())
    next(it)
    error(lambda: it.throw(ValueError("x")))


@section
def nesting_depth():
    def chain(n):
        if n: r = yield from chain(n - 1)
        else:
            got = yield "bottom"
            r = ["bottom got", got]
        return [*r, n]
    g = chain(6)
    print(next(g))
    try: g.send("hello")
    except StopIteration as e: print(e.value)
    g = chain(6)
    next(g)
    error(lambda: g.throw(ValueError("through all levels")))


@section
def flatten():
    def flatten(x):
        for item in x:
            if isinstance(item, list): yield from flatten(item)
            else: yield item
    print(list(flatten([1, [2, [3, []], 4], [[5]]])))
    def total():
        s = 0
        while (v := (yield s)) is not None: s += v
        return s
    def report(out):
        while True: out.append((yield from total()))
    out = []
    r = report(out)
    next(r)
    for v in (1, 2, None, 10, 20, None): r.send(v)
    print(out)


@section
def state():
    def inner(): yield 1
    def outer():
        yield 0
        yield from it
        yield 2
    it = inner()
    g = outer()
    print(g.gi_yieldfrom, next(g), g.gi_yieldfrom, next(g), g.gi_yieldfrom is it, next(g), g.gi_yieldfrom)
    shared = iter(range(4))
    def take(n):
        for _ in range(n): yield next(shared)
    def both():
        yield from take(2)
        yield "mid"
        yield from shared
    print(list(both()))
    def lst(): return [(yield from "ab"), (yield from "cd")], (yield from ()) or "none"
    g = lst()
    out = []
    try:
        while True: out.append(next(g))
    except StopIteration as e: print(out, e.value)
