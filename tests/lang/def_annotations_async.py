# def_annotations_async.py - annotations of functions, function docstrings, and async def as a statement.
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
def annotations():
    def f(a: int, b: "str" = "x", *args: list[int], c: 1 + 1 = 3, **kw: print) -> None: pass
    print(list(f.__annotations__), f.__annotations__["a"], f.__annotations__["b"], f.__annotations__["c"], f.__annotations__["return"], f.__annotations__["kw"] is print)
    def g(a, b): pass
    print(g.__annotations__, (lambda x: x).__annotations__)
    g.__annotations__["late"] = int
    print(g.__annotations__)
    log = []
    def n(x):
        log.append(x)
        return x
    def h(b: n("b"), a: n("a") = n("default"), *c: n("c"), d: n("d"), **e: n("e")) -> n("ret"): pass
    print(log)
    error(lambda: exec("def f(a: undefined): pass"))
    error(lambda: exec("def f() -> undefined: pass"))
    def star(*args: *tuple[int, ...]): pass
    print(star.__annotations__)
    def complexes(a: (lambda: 1), b: [1, 2], c: {"k": 1}, d: 1 if 1 else 2, e: (x := 5), f: not 1, g: -1, h: ..., i: None, j: "a" "b", k: f"{1}"): pass
    print({k: v for k, v in complexes.__annotations__.items() if k != "a"}, x)
    class C:
        def m(self: "C", o: "C") -> "C": return self
        T = int
        def u(self, v: T) -> list[T]: pass
    print(C.m.__annotations__, C.u.__annotations__)
    class P:
        def __f(self, __a: int): pass
    print(P._P__f.__annotations__)


@section
def future_annotations():
    ns = {}
    exec('''from __future__ import annotations
def f(a: int, b: undefined.name[1, 2], *c: "quoted", d: lambda x: x + 1 = 0, **e: [x for x in y]) -> -1 ** 2 or (a, b): pass
def g(a: x if y else z, b: {**a, 'k': v}, c: f"{x!r:>{w}}", d: not (a and b) or c, e: (yield_), f: a[1:2, ::3], g: ..., h: 'it"s', i: 1e400, j: b'x', k: {1, 2}, l: (1,), m: (), n: a.b.c(d, *e, f=g, **h), o: await_, p: x @ y, q: ~x, r: x < y != z, t: lambda *a, b=1, **c: (a, b), u: 0x10, v: 1_000, w: 1.50, x: 'a' 'b', y: -(-x), z: (x + y) * z): pass
x: never.evaluated = 1
class C:
    y: C
    def m(self: C) -> C: pass
''', ns)
    for fn in ("f", "g"):
        for k, v in ns[fn].__annotations__.items(): print(k, "=", v)
    print(ns["__annotations__"], ns["C"].__annotations__, ns["C"].m.__annotations__)


@section
def docstrings():
    def f():
        """doc"""
    def g(): "single line"; return 1
    def h():
        f"not {1}"
    def i():
        b"not"
    def j():
        1
        "late"
    def k():
        "joined " "doc"
    def l():
        """  indented
            more
        end"""
    def m(): pass
    def n():
        ("parenthesised")
    def o():
        "a" + "b"
    def p(): """tab	and \x41 1"""
    for fn in (f, g, h, i, j, k, l, m, n, o, p): print(repr(fn.__doc__))
    f.__doc__ = "new"
    g.__doc__ = 5
    del h.__doc__
    print(f.__doc__, g.__doc__, h.__doc__)
    class C:
        "class doc"
        def m(self): "method doc"
        @property
        def p(self): "property doc"
        @staticmethod
        def s(): "static doc"
        @classmethod
        def c(cls): "classmethod doc"
    print(C.__doc__, C.m.__doc__, C().m.__doc__, C.p.__doc__, C.s.__doc__, C.c.__doc__)
    error(lambda: setattr(C().m, "__doc__", "x"))
    async def a(): "async doc"
    print(a.__doc__)
    ns = {}
    exec("'module doc'\nx = 1", ns)
    print(ns["__doc__"])


def run(coro):
    try:
        while True: print("  awaits", coro.send(None))
    except StopIteration as e: return e.value


class Pause:
    def __await__(self): return (yield "pause")


@section
def async_functions():
    async def plain(a, /, b=2, *c, d=4, **e): return a, b, c, d, e
    c = plain(1, x=5)
    print(type(c).__name__, run(c), type(plain).__name__)
    async def awaiting():
        x = await plain(1)
        await Pause()
        y = [await plain(i) for i in range(2)]
        z = await plain(await plain(3))
        return x[0], y[1][0], z[0][0], (await plain(5))[0], -(await plain(6))[0], await plain(7) if 0 else "skip"
    print(run(awaiting()))
    async def flow():
        out = []
        for i in range(3):
            try:
                if i == 1: raise ValueError(i)
                out.append((await plain(i))[0])
            except ValueError as e: out.append(str(e) + (await plain("in except"))[0])
            else: await Pause()
            finally: out.append((await plain("fin"))[0])
        while len(out) < 8: out.append(len(out)) if (await plain(1))[0] else None
        return out
    print(run(flow()))
    async def closing():
        try: await Pause()
        finally: print("  closed")
    c = closing()
    c.send(None)
    c.close()
    async def outer():
        async def inner(): return "inner"
        lam = lambda: inner()
        return await inner(), await lam(), [await f() for f in (inner, lam)]
    print(run(outer()))
    class C:
        async def m(self): return type(self).__name__
        @staticmethod
        async def s(): return "static"
        @classmethod
        async def c(cls): return cls.__name__
        async def __aenter__(self): return "entered"
        async def __aexit__(self, *a): return a[0] is ValueError
    async def use():
        async with C() as v:
            print(" ", v)
            raise ValueError
        return await C().m(), await C.s(), await C.c()
    print(run(use()))
    async def never_awaited(): print("never")
    never_awaited().close()
    def deco(f):
        async def w(*a): return "wrapped " + await f(*a)
        return w
    @deco
    async def d(x): return x
    print(run(d("value")))


@section
def exceptions():
    async def fail(): raise KeyError("from coroutine")
    async def outer():
        try: await fail()
        except KeyError as e: return "caught", e.args
    print(run(outer()))
    c = fail()
    error(lambda: c.send(None))
    error(lambda: c.send(None))
    async def stop(): raise StopIteration("x")
    error(lambda: run(stop()))
    async def throw_target():
        try: await Pause()
        except ValueError as e: return f"got {e}"
    c = throw_target()
    c.send(None)
    try: c.throw(ValueError("thrown in"))
    except StopIteration as e: print(e.value)
    async def chain():
        try: await fail()
        except KeyError: raise ValueError("second")
    try: run(chain())
    except ValueError as e: print(repr(e.__context__))
