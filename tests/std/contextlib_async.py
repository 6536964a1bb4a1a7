# contextlib: the asynchronous half, driven by hand.
from contextlib import *


def run(coroutine):
    try:
        while True:
            coroutine.send(None)
    except StopIteration as e:
        return e.value


def refused(coroutine):
    try:
        print("NOT REFUSED", run(coroutine))
    except BaseException as e:
        print(type(e).__name__, e, "| context", repr(e.__context__), "| cause", repr(e.__cause__))


@asynccontextmanager
async def block(name, catch=()):
    print("enter", name)
    try:
        yield name
    except catch as e:
        print("caught", repr(e))
    finally:
        print("leave", name)


@asynccontextmanager
async def none():
    return
    yield


@asynccontextmanager
async def two():
    yield 1
    yield 2


@asynccontextmanager
async def swallow():
    try:
        yield
    except Exception:
        pass
    yield


async def use(cm, exc=None):
    async with cm as got:
        if exc:
            raise exc
    return got


print(run(use(block("a"))), run(use(block("b", ValueError), ValueError(1))), run(use(nullcontext(4))))
for cm, exc in ((none(), None), (two(), None), (swallow(), ValueError("x")), (block("c"), KeyError("k")), (block("d"), StopAsyncIteration("s")),
                (block("e"), StopIteration("s")), (block("f"), RuntimeError("r"))):
    refused(use(cm, exc))


@block("deco")
async def decorated(x):
    return x * 2


print(run(decorated(3)), run(decorated(4)))


async def generate():
    try:
        yield 1
        yield 2
    finally:
        print("generator closed")


async def first():
    async with aclosing(generate()) as g:
        async for each in g:
            return each


print(run(first()))


async def done(*exc):
    print("async exit", exc[:1])


async def stacked():
    async with AsyncExitStack() as stack:
        print(await stack.enter_async_context(block("s")))
        stack.callback(print, "sync callback")
        stack.push_async_callback(done, "async callback")
        stack.push_async_exit(done)
        stack.push(lambda *exc: True)
        raise ValueError
    return "end"


print(run(stacked()))


async def wrong():
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(5)


refused(wrong())


async def failing():
    async with AsyncExitStack() as stack:
        async def bad():
            1 / 0
        stack.push_async_callback(bad)
        stack.callback(lambda: {}["x"])
        raise ValueError("first")


refused(failing())


async def moved():
    stack = AsyncExitStack()
    await stack.enter_async_context(block("kept"))
    other = stack.pop_all()
    await stack.aclose()
    print("now")
    await other.aclose()


run(moved())
