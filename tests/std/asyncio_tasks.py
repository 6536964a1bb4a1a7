# asyncio_tasks.py - asyncio's futures and tasks: names, results, cancelling, waiting for several, timeouts, groups, eager tasks.
# SPDX-License-Identifier: MIT
import asyncio
import contextvars
import re
import sys


def text(value):
    return re.sub("0x[0-9a-f]+", "0x...", re.sub(r"[^ ]*/asyncio_tasks\.py:\d+", "FILE", str(value)))


def show(call, *args, **kwargs):
    try:
        result = repr(call(*args, **kwargs))
    except BaseException as e:
        result = f"{type(e).__name__}: {e}"
    print(text(result))


async def wait_show(awaitable):
    try:
        result = repr(await awaitable)
    except BaseException as e:
        result = f"{type(e).__name__}: {e}"
    print(text(result))


async def value(v, rounds=1):
    for _ in range(rounds):
        await asyncio.sleep(0)
    return v


async def fail(error, rounds=1):
    await value(None, rounds)
    raise error


async def forever():
    await asyncio.get_running_loop().create_future()


async def futures():
    loop = asyncio.get_running_loop()
    f = loop.create_future()
    show(f.result)
    show(f.exception)
    print(f, f.done(), f.cancelled(), f.get_loop() is loop, asyncio.isfuture(f), asyncio.isfuture(5))
    f.add_done_callback(print)
    print(text(f))
    print(f.remove_done_callback(print), f.remove_done_callback(print))
    f.add_done_callback(lambda f: print("callback", f.result()))
    f.set_result(10)
    print(await f, f)
    show(f.set_result, 1)
    show(f.set_exception, ValueError())
    print(f.cancel())
    f = loop.create_future()
    f.set_exception(ZeroDivisionError("z"))
    await wait_show(f)
    show(f.exception)
    print(f)
    f = loop.create_future()
    f.set_exception(StopIteration)
    show(f.exception)
    f = loop.create_future()
    print(f.cancel("why"), f.cancel(), f.cancelled(), f)
    show(f.result)
    show(f.exception)
    await wait_show(f)
    print(asyncio.isfuture(asyncio.Future), asyncio.Future[int].__args__)


async def basics():
    t = asyncio.create_task(value(3), name="three")
    print(t.get_name(), text(t), t in asyncio.all_tasks(), asyncio.current_task() in asyncio.all_tasks(), len(asyncio.all_tasks()))
    t.set_name(33)
    print(await t, t.get_name(), text(t), t.result(), t.done(), len(asyncio.all_tasks()))
    show(t.set_result, 1)
    show(t.set_exception, KeyError())
    show(asyncio.Task, 5)
    show(asyncio.ensure_future, 5)
    await wait_show(fail(KeyError("gone")))
    t = asyncio.create_task(fail(KeyError("gone")))
    await wait_show(t)
    print(text(t), repr(t.exception()))
    for bad in ("yield 5", "yield", "yield future"):
        scope = {}
        exec(f"import types\n@types.coroutine\ndef bad(future):\n    return ({bad})", scope)
        await wait_show(asyncio.create_task(call(scope["bad"])))

    async def itself():
        await asyncio.current_task()
    await wait_show(asyncio.create_task(itself()))


async def call(function):
    return await function(asyncio.get_running_loop().create_future())


async def cancelling():
    t = asyncio.create_task(forever())
    await asyncio.sleep(0)
    print(t.cancel("first"), t.cancelling(), t.cancel(), t.cancelling(), text(t))
    await wait_show(t)
    print(t.cancelled(), t.cancel(), text(t))
    show(t.exception)

    async def stubborn():
        try:
            await forever()
        except asyncio.CancelledError as e:
            print("caught", repr(e), asyncio.current_task().cancelling(), asyncio.current_task().uncancel())
        return "survived"
    t = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    t.cancel("m")
    print(await t)

    async def never():
        print("never")
    t = asyncio.create_task(never())
    t.cancel()
    await wait_show(t)
    inner = asyncio.create_task(value(1, 5))
    outer = asyncio.shield(inner)
    await asyncio.sleep(0)
    outer.cancel()
    await wait_show(outer)
    print(await inner, await asyncio.shield(inner))


async def several():
    print(await asyncio.gather(value(1, 3), value(2, 1), value(3, 2)), await asyncio.gather())
    f = value("same")
    print(await asyncio.gather(f, f))
    await wait_show(asyncio.gather(value(1, 5), fail(KeyError("a"))))
    print(await asyncio.gather(value(1), fail(KeyError("a")), return_exceptions=True))
    t = asyncio.gather(forever(), forever())
    await asyncio.sleep(0)
    print(t.cancel())
    await wait_show(t)
    tasks = [asyncio.create_task(c) for c in (value(1, 1), value(2, 9), fail(KeyError("b"), 4))]
    for how in (asyncio.FIRST_COMPLETED, asyncio.FIRST_EXCEPTION, asyncio.ALL_COMPLETED):
        done, pending = await asyncio.wait(tasks, return_when=how)
        print(how, len(done), len(pending))
    print(len((await asyncio.wait([asyncio.create_task(forever())], timeout=0.01))[1]))
    await wait_show(asyncio.wait([]))
    await wait_show(asyncio.wait(tasks[0]))
    await wait_show(asyncio.wait(tasks, return_when="x"))
    c = value(1)
    await wait_show(asyncio.wait([c]))
    c.close()
    print([await f for f in asyncio.as_completed([value(1, 5), value(2, 1), value(3, 3)])])
    order = []
    async for f in asyncio.as_completed([asyncio.create_task(value(i, 9 - 4 * i)) for i in range(3)]):
        order.append(f.result())
    print(order)
    for f in asyncio.as_completed([forever()], timeout=0.01):
        await wait_show(f)


async def timeouts():
    await wait_show(asyncio.wait_for(value(5), 10))
    await wait_show(asyncio.wait_for(value(5), None))
    await wait_show(asyncio.wait_for(forever(), 0.01))
    await wait_show(asyncio.wait_for(value(5), 0))
    await wait_show(asyncio.wait_for(fail(KeyError("k")), 10))
    try:
        async with asyncio.timeout(0.01) as limit:
            print(limit.expired(), limit.when() > 0)
            await forever()
    except TimeoutError as e:
        print(repr(e), repr(e.__cause__), limit.expired(), text(limit))
    async with asyncio.timeout(None) as limit:
        print(limit, limit.when())
        limit.reschedule(asyncio.get_running_loop().time() + 100)
        await asyncio.sleep(0)
    print(limit.expired(), limit)
    show(limit.reschedule, 5)
    show(asyncio.timeout(1).reschedule, 5)
    print(asyncio.timeout(1))
    await wait_show(limit.__aenter__())
    try:
        async with asyncio.timeout_at(0):
            await forever()
    except TimeoutError:
        print("timeout_at")
    try:
        async with asyncio.timeout(10):
            async with asyncio.timeout(0.01):
                await forever()
    except TimeoutError:
        print("the inner one")
    print(asyncio.current_task().cancelling())
    await wait_show(asyncio.sleep(0.001, "slept"))
    await wait_show(asyncio.sleep(-1, "at once"))
    await wait_show(asyncio.sleep(float("nan")))


async def groups():
    async with asyncio.TaskGroup() as group:
        a, b = group.create_task(value(1), name="A"), group.create_task(value(2))
        print(group, a.get_name())
    print(a.result(), b.result(), group)
    c = value(1)
    show(group.create_task, c)
    show(asyncio.TaskGroup().create_task, value(1))
    await wait_show(group.__aenter__())
    try:
        async with asyncio.TaskGroup() as group:
            t = group.create_task(forever())
            group.create_task(fail(KeyError("x")))
            group.create_task(fail(ValueError("y")))
            await forever()
    except* KeyError as e:
        print(repr(e), t.cancelled())
    except* ValueError as e:
        print(repr(e))
    try:
        async with asyncio.TaskGroup() as group:
            t = group.create_task(forever())
            raise RuntimeError("body")
    except ExceptionGroup as e:
        print(repr(e), repr(e.__context__), repr(e.__cause__), t.cancelled())
    t = asyncio.create_task(in_group())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    t.cancel("outside")
    await wait_show(t)

    async def late():
        await asyncio.sleep(0)
        inner.create_task(value(0))
    async with asyncio.TaskGroup() as inner:
        inner.create_task(late())
    print(asyncio.current_task().cancelling())


async def in_group():
    async with asyncio.TaskGroup() as group:
        group.create_task(forever())


async def contexts_and_eager():
    v = contextvars.ContextVar("v", default=0)

    async def child(n):
        v.set(n)
        await asyncio.sleep(0)
        return v.get()
    v.set(1)
    print(await asyncio.gather(child(5), child(6)), v.get())
    context = contextvars.copy_context()
    t = asyncio.create_task(child(7), context=context)
    print(await t, context[v], t.get_context() is context, v.get())
    loop = asyncio.get_running_loop()
    loop.set_task_factory(asyncio.eager_task_factory)

    async def at_once():
        print("eager", asyncio.current_task().get_name())
        return 8
    t = loop.create_task(at_once(), name="e")
    print(t.done(), t.result(), asyncio.current_task().get_name() != "e")
    t = loop.create_task(value(9))
    print(t.done(), await t)
    async with asyncio.TaskGroup() as group:
        t = group.create_task(at_once(), name="f")
        print(t.done())
    loop.set_task_factory(None)
    show(loop.set_task_factory, 5)
    await wait_show(asyncio.to_thread(lambda: v.get() + 1))

    def other_thread():
        return asyncio.run_coroutine_threadsafe(value("threadsafe"), loop).result(5)
    print(await asyncio.to_thread(other_thread))
    show(asyncio.run_coroutine_threadsafe, 5, loop)


async def errors_in_cleanup():
    async def child():
        try:
            await asyncio.sleep(10)
        finally:
            1 / 0
    try:
        async with asyncio.timeout(0.01):
            async with asyncio.TaskGroup() as group:
                group.create_task(child())
                try:
                    raise ValueError
                finally:
                    await asyncio.sleep(10)
    except BaseException as e:
        while e:
            print(repr(e), "cause", repr(e.__cause__))
            e = e.__context__


for part in (futures, basics, cancelling, several, timeouts, groups, contexts_and_eager, errors_in_cleanup):
    print("----", part.__name__)
    asyncio.run(part())
show(asyncio.create_task, 5)
show(asyncio.current_task)
show(asyncio.run, 5)
print(asyncio.iscoroutinefunction(value), asyncio.iscoroutinefunction(show), asyncio.iscoroutine(5))
