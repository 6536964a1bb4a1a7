# expr_async_gen.py - async generators and async comprehensions: asend, athrow, aclose, iteration, errors.
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


def run(coro, trace=None):
    """Drives a coroutine; everything that it awaits is recorded and answered with a counter."""
    n = 0
    try:
        value = coro.send(None)
        while True:
            n += 1
            if trace is not None: trace.append(value)
            value = coro.send(n)
    except StopIteration as e:
        return e.value


class Wait:
    def __init__(self, tag): self.tag = tag
    def __await__(self): return (yield self.tag)


@section
def iteration():
    async def agen(n):
        for i in range(n):
            got = await Wait(f"w{i}")
            yield i, got

    async def main():
        out = []
        async for x in agen(3): out.append(x)
        else: out.append("else")
        async for x in agen(5):
            if x[0] == 1: break
        else: out.append("never")
        return out, x
    trace = []
    print(run(main(), trace), trace)


@section
def comprehensions():
    async def agen(n):
        for i in range(n): yield i

    async def two(x): return x * 2

    async def main():
        a = [x async for x in agen(3)]
        b = {x async for x in agen(3) if x}
        c = {x: await two(x) async for x in agen(3)}
        d = [await two(x) for x in range(3)]
        e = [(x, y) async for x in agen(2) for y in "ab"]
        f = [(x, y) for x in "ab" async for y in agen(2)]
        g = [x async for x in (y async for y in agen(4) if y % 2)]
        h = [[z async for z in agen(x)] async for x in agen(3)]
        i = (await two(x) for x in [1, 2])
        j = [x async for x in i]
        k = [await f(1) for f in [two, two]]
        l = [x for x in range(3) if await two(x) > 1]
        gen = (x async for x in agen(2))
        return a, sorted(b), c, d, e, f, g, h, type(i).__name__, j, k, l, type(gen).__name__, [x async for x in gen], [x async for x in gen]
    for item in run(main()): print(item)


@section
def asend_athrow_aclose():
    async def agen(log):
        try:
            x = yield 1
            log.append(("got", x))
            try: y = yield 2
            except ValueError as e:
                log.append(("caught", str(e)))
                y = yield "after throw"
            log.append(("got", y))
            yield 3
        finally:
            await Wait("cleanup")
            log.append("finally")
    log = []

    async def main():
        g = agen(log)
        a = await g.asend(None)
        b = await g.asend("sent")
        c = await g.athrow(ValueError("thrown"))
        d = await g.__anext__()
        e = await g.aclose()
        f = await anext(g, "default")
        h = agen([])
        await h.aclose()
        try: await h.__anext__()
        except StopAsyncIteration: f += " closed unstarted"
        return a, b, c, d, e, f
    trace = []
    print(run(main(), trace), log, trace)


@section
def errors():
    async def agen():
        yield 1
        raise KeyError("inside")

    async def stop():
        yield 1
        raise StopAsyncIteration("sneaky")

    async def stop2():
        yield 1
        raise StopIteration("sneaky")

    async def ignores():
        try: yield 1
        except GeneratorExit: yield 2

    async def attempt(f):
        try: return await f()
        except Exception as e: return f"{type(e).__name__}: {e}"

    async def consume(g): return [x async for x in g]

    async def main():
        print(await attempt(lambda: consume(agen())))
        print(await attempt(lambda: consume(stop())))
        print(await attempt(lambda: consume(stop2())))
        print(await attempt(lambda: agen().asend(5)))
        g = ignores()
        await g.asend(None)
        print(await attempt(g.aclose))
        g = agen()
        await g.asend(None)
        print(await attempt(lambda: g.athrow(ValueError("t"))))
        print(await attempt(lambda: g.asend(None)), await attempt(lambda: g.athrow(ValueError("after end"))))
        aw = agen().asend(None)
        print(await attempt(lambda: aw))
        print(await attempt(lambda: aw))
    run(main())
    error(lambda: iter(agen()))
    error(lambda: next(agen()))
    error(lambda: [x for x in agen()])
    error(lambda: aiter([1]))
    error(lambda: anext(5))


@section
def anext_aiter():
    async def agen():
        yield 1

    async def main():
        g = agen()
        it = aiter(g)
        r = [it is g, await anext(it), await anext(it, "default")]
        try: await anext(it)
        except StopAsyncIteration as e: r.append(repr(e))
        return r
    print(run(main()))

    class Custom:
        def __init__(self): self.n = 0
        def __aiter__(self): return self
        def __anext__(self):
            self.n += 1
            return Wait(self.n) if self.n < 3 else self.end()
        async def end(self): raise StopAsyncIteration

    async def over(): return [x async for x in Custom()], await anext(Custom())
    print(run(over()))


@section
def attributes():
    async def agen(): yield 1
    g = agen()
    print(type(g).__name__, g.__name__, g.__qualname__, g.ag_running, g.ag_await, g.ag_frame is not None, hasattr(g, "__aiter__"), hasattr(g, "__iter__"), agen.__code__.co_name)
    async def main(): return [x async for x in g]
    print(run(main()), g.ag_frame)


@section
def return_and_syntax():
    async def early():
        yield 1
        return
        yield 2
    async def main(): return [x async for x in early()]
    print(run(main()))
    for source in ("async def f():\n  yield 1\n  return 2", "async def f(): yield from x", "def f(): async for x in y: pass", "def f(): async with x: pass", "def f(): await x", "def f(): [x async for x in y]", "async def f(): def g(): await x", "async def f(): lambda: await x", "async def f(): [await x for x in y]", "async def f():\n  def g(): [x async for x in y]", "await x", "async for x in y: pass", "async with x: pass", "async x = 1", "async", "async def", "class C:\n  await x", "async def f(): return (await x for x in y)", "def f(): return (await x for x in y)", "async lambda: 1", "await = 1", "async def f(a=await x): pass", "async def f():\n async def g(a=await x): pass", "async def f():\n  [z async for z in [y async for y in x]]", "async def f(): await", "async def f(): await await x", "async def f(): await -x", "async def f(): -await x", "async def f(): await x ** 2", "async def f(): f'{await x}'", "[x async for x in y]", "(x async for x in y)", "async def f(): return", "async def f():\n  x = yield\n  return None", "async for", "def await(): pass"):
        try:
            compile(source, "<t>", "exec")
            print(repr(source), "-> fine")
        except SyntaxError as e:
            print(repr(source), "->", e.msg, e.lineno, e.offset)
