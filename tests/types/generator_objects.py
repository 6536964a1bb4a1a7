# generator_objects.py - generator, coroutine and async generator objects: attributes, states, types, repr.
# SPDX-License-Identifier: MIT
import types


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


def gen(a):
    b = yield a
    yield b


async def coro(): return 1


async def agen(): yield 1


@section
def generator_attributes():
    g = gen(1)
    print(type(g) is types.GeneratorType, g.__name__, g.__qualname__, g.gi_running, g.gi_yieldfrom, g.gi_code is gen.__code__, g.gi_frame.f_locals, g.gi_suspended, repr(g).startswith("<generator object gen at "))
    print(next(g), g.gi_suspended, g.gi_frame.f_locals, g.send("sent"), g.gi_frame.f_locals, next(g, "end"), g.gi_frame, g.gi_suspended, g.gi_code.co_name)
    g.__name__, g.__qualname__ = "renamed", "Q.renamed"
    print(g.__name__, repr(g).split(" at ")[0])
    for f in (lambda: setattr(g, "__name__", 5), lambda: setattr(g, "gi_frame", None), lambda: setattr(g, "gi_running", True), lambda: setattr(g, "x", 1), lambda: g.nope, lambda: types.GeneratorType(), lambda: type("G", (types.GeneratorType,), {}), lambda: len(g), lambda: g[0], lambda: g + g, lambda: g(), lambda: g.throw(), lambda: g.send(), lambda: g.send(1, 2), lambda: g.close(1), lambda: gen(), lambda: next(g), lambda: setattr(g, "__qualname__", None)): error(f)
    x = (i for i in "ab")
    print(x.__name__, x.__qualname__, x.gi_code.co_name, iter(x) is x, x == x, hash(x) == hash(x), bool(x), "b" in x, list(x), sorted(n for n in dir(x) if n not in dir(object)))


@section
def running_flag():
    def g():
        yield me.gi_running, me.gi_suspended, me.gi_frame is not None
    me = g()
    print(next(me), me.gi_running)


@section
def exhaustion():
    for finish in (lambda g: list(g), lambda g: g.close(), lambda g: [next(g, None) for _ in range(5)]):
        g = gen(1)
        finish(g)
        print(next(g, "done"), list(g), g.close(), g.gi_frame)
    def raising():
        yield 1
        raise KeyError("k")
    g = raising()
    next(g)
    error(lambda: next(g))
    print(next(g, "done"))
    g = raising()
    error(lambda: g.throw(ValueError("at start")))
    print(next(g, "done"))


@section
def coroutine_attributes():
    c = coro()
    print(type(c) is types.CoroutineType, c.__name__, c.__qualname__, c.cr_running, c.cr_await, c.cr_frame is not None, c.cr_code is coro.__code__, c.cr_origin, c.cr_suspended, repr(c).startswith("<coroutine object coro at "))
    try: c.send(None)
    except StopIteration as e: print(e.value, c.cr_frame)
    for f in (lambda: iter(c), lambda: next(c), lambda: setattr(c, "x", 1), lambda: c.nope, lambda: types.CoroutineType(), lambda: list(c), lambda: len(c), lambda: c.send(None), lambda: c.throw(ValueError("after")), lambda: c()): error(f)
    print(c.close(), sorted(n for n in dir(c) if n not in dir(object)))
    w = (d := coro()).__await__()
    print(type(w).__name__, iter(w) is w, hasattr(w, "send"), hasattr(w, "throw"), hasattr(w, "close"))
    try: next(w)
    except StopIteration as e: print(e.value)
    d = coro()
    d.close()
    error(lambda: d.send(None))
    class Awaitable:
        def __await__(self):
            yield "step"
            return "value"
    async def outer(): return await Awaitable()
    o = outer()
    print(o.send(None), o.cr_await is not None, type(o.cr_await).__name__)
    try: o.send(None)
    except StopIteration as e: print(e.value, o.cr_await)


@section
def async_generator_attributes():
    a = agen()
    print(type(a) is types.AsyncGeneratorType, a.__name__, a.ag_running, a.ag_await, a.ag_frame is not None, a.ag_code is agen.__code__, a.ag_suspended, repr(a).startswith("<async_generator object agen at "), a.__aiter__() is a)
    n = a.__anext__()
    print(type(n).__name__, hasattr(n, "__await__"), hasattr(n, "send"), iter(n) is n)
    try: n.send(None)
    except StopIteration as e: print("yielded", e.value)
    error(lambda: n.send(None))
    s = a.asend(None)
    try: s.send(None)
    except StopAsyncIteration as e: print("ended", e.args)
    c = a.aclose()
    print(type(c).__name__)
    try: c.send(None)
    except StopIteration as e: print("closed", e.value)
    for f in (lambda: iter(a), lambda: next(a), lambda: setattr(a, "x", 1), lambda: a.nope, lambda: types.AsyncGeneratorType(), lambda: a(), lambda: len(a)): error(f)
    b = agen()
    t = b.athrow(ValueError("thrown"))
    error(lambda: t.send(None))
    print(sorted(n for n in dir(a) if n not in dir(object)))


@section
def types_coroutine():
    @types.coroutine
    def old():
        r = yield "from old"
        return r
    async def user(): return await old()
    u = user()
    print(u.send(None), type(old()).__name__)
    try: u.send("answer")
    except StopIteration as e: print(e.value)
    @types.coroutine
    def returns_coro(): return coro()
    async def user2(): return await returns_coro()
    try: user2().send(None)
    except StopIteration as e: print(e.value)


@section
def kinds():
    import collections.abc as abc
    g, c, a = gen(1), coro(), agen()
    for name in ("Iterator", "Generator", "Awaitable", "Coroutine", "AsyncIterator", "AsyncGenerator", "Iterable", "Hashable", "Callable"): print(name, [isinstance(o, getattr(abc, name)) for o in (g, c, a, (x for x in ()), iter([]), coro, 5)])
    c.close()
