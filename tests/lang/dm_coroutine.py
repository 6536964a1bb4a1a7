# dm_coroutine.py - coroutine protocol: __await__, __aiter__, __anext__, __aenter__, __aexit__ driven by hand.
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


def run(coro, *sends):
    """Drives a coroutine with the given values; prints what it awaits, returns its result."""
    sends = list(sends)
    try:
        got = coro.send(None)
        while True:
            print("   awaits", got)
            got = coro.send(sends.pop(0) if sends else None)
    except StopIteration as e:
        return e.value


class Wait:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        got = yield self.value
        return got


@section
def await_protocol():
    async def f():
        a = await Wait("first")
        b = await Wait("second")
        return a, b
    print(run(f(), 1, 2))

    class IterAwait:
        def __await__(self):
            return iter([10, 20])

    async def g():
        return await IterAwait()
    print(run(g()))

    class Empty:
        def __await__(self):
            return iter(())

    async def h():
        return await Empty()
    print(run(h()))

    async def nested():
        return [await f2() for f2 in (f, g)] if 0 else (await f(), await f())
    print(run(nested(), 1, 2, 3, 4))


@section
def await_errors():
    class NotIter:
        def __await__(self):
            return 5

    class Coro:
        def __await__(self):
            return other()

    class ListAwait:
        def __await__(self):
            return [1]

    async def other(): pass

    def plain_gen():
        yield 1
    pending = []

    async def await_it(x):
        return await x
    for x in (NotIter(), Coro(), ListAwait(), 5, None, plain_gen(), [1], lambda: 1):
        c = await_it(x)
        try:
            c.send(None)
        except TypeError as e:
            print(e)
    c = other()
    run(c)
    try:
        c.send(None)
    except RuntimeError as e:
        print(e)
    c = other()
    try:
        c.send(1)
    except TypeError as e:
        print(e)
    c.close()
    try:
        c.send(None)
    except RuntimeError as e:
        print(e)

    async def raises_stop():
        raise StopIteration(5)
    try:
        run(raises_stop())
    except RuntimeError as e:
        print(e, repr(e.__cause__))


@section
def methods():
    async def f():
        try:
            await Wait("w")
        except ValueError as e:
            return "caught " + str(e)
        finally:
            print("   finally")
    c = f()
    print(type(c).__name__, c.cr_running, c.cr_await, c.__name__, c.__qualname__, hasattr(c, "__iter__"), hasattr(c, "__next__"))
    c.send(None)
    print(c.cr_await is not None)
    try:
        c.throw(ValueError("thrown"))
    except StopIteration as e:
        print(e.value)
    c = f()
    c.send(None)
    print(c.close(), c.cr_frame)
    error(iter, c)
    error(next, c)
    error(lambda: [*c])
    w = f().__await__()
    print(type(w).__name__, w.send(None))
    w.close()
    c = f()
    error(c.throw, KeyError("before start"))
    c = f()
    c.close()


@section
def generator_based():
    @types.coroutine
    def old(n):
        got = yield n
        return got * 2

    async def f():
        return await old(5)
    print(run(f(), 21))
    error(types.coroutine, 5)


class AIter:
    def __init__(self, n):
        self.n = n
        self.i = 0

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.i >= self.n:
            raise StopAsyncIteration
        self.i += 1
        await Wait(("tick", self.i))
        return self.i


@section
def async_for():
    async def f():
        out = []
        async for x in AIter(3):
            if x == 2:
                continue
            out.append(x)
        else:
            out.append("else")
        async for x in AIter(5):
            if x == 2:
                break
        else:
            out.append("never")
        return out, x
    print(run(f()))

    async def unpack():
        result = []
        async for a, [b, *c] in Pairs():
            result.append((a, b, c))
        return result

    class Pairs:
        def __aiter__(self):
            self.items = iter([(1, "xyz"), (2, "pq")])
            return self

        async def __anext__(self):
            for x in self.items:
                return x
            raise StopAsyncIteration
    print(run(unpack()))

    class NoAnext:
        def __aiter__(self): return 5

    class BadAnext:
        def __aiter__(self): return self
        def __anext__(self): return 5

    class Raising:
        def __aiter__(self): return self
        async def __anext__(self): raise ValueError("anext")

    async def over(x):
        async for _ in x:
            pass
    for x in (NoAnext(), BadAnext(), Raising(), 5, [1]):
        error(lambda: run(over(x)))


class ACM:
    def __init__(self, name, suppress=False):
        self.name, self.suppress = name, suppress

    async def __aenter__(self):
        await Wait("enter " + self.name)
        return self.name

    async def __aexit__(self, kind, value, tb):
        await Wait(f"exit {self.name} {kind and kind.__name__}")
        return self.suppress


@section
def async_with():
    async def f():
        async with ACM("a") as a, ACM("b", True) as b:
            print("   body", a, b)
            raise ValueError
        async with (ACM("p"), ACM("q") as q):
            return q
    print(run(f()))

    class Sync:
        def __enter__(self): pass
        def __exit__(self, *a): pass

    class NotAwaitable:
        def __aenter__(self): return 5
        async def __aexit__(self, *a): pass

    class ExitNotAwaitable:
        async def __aenter__(self): pass
        def __aexit__(self, *a): return 5

    async def use(x):
        async with x:
            print("   inside")
    for x in (Sync(), 5, NotAwaitable(), ExitNotAwaitable(), None):
        error(lambda: run(use(x)))
