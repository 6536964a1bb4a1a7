# asyncio_locks.py - asyncio's locks, events, conditions, semaphores, barriers and queues.
# SPDX-License-Identifier: MIT
import asyncio
import re


def text(value):
    return re.sub("0x[0-9a-f]+", "0x...", str(value))


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


async def rounds(n=3):
    for _ in range(n):
        await asyncio.sleep(0)


async def locks():
    lock = asyncio.Lock()
    print(text(lock), lock.locked())
    show(lock.release)
    log = []

    async def user(n):
        async with lock:
            log.append(n)
            await asyncio.sleep(0)
    async with lock:
        tasks = [asyncio.create_task(user(n)) for n in range(4)]
        await rounds()
        print(text(lock), log)
        tasks[1].cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    print(log, text(lock), await lock.acquire())
    lock.release()


async def events():
    event = asyncio.Event()
    print(text(event), event.is_set())
    tasks = [asyncio.create_task(event.wait()) for _ in range(3)]
    await rounds()
    print(text(event))
    event.set()
    event.set()
    print(await asyncio.gather(*tasks), text(event), await event.wait())
    event.clear()
    print(event.is_set())


async def conditions():
    condition = asyncio.Condition()
    print(text(condition))
    show(condition.notify)
    await wait_show(condition.wait())
    items, log = [], []

    async def consumer(n):
        async with condition:
            await condition.wait_for(lambda: items)
            log.append((n, items.pop()))
    tasks = [asyncio.create_task(consumer(n)) for n in range(3)]
    await rounds()
    print(text(condition))
    for notify in (condition.notify, condition.notify_all):
        async with condition:
            items.append("x")
            notify()
        await rounds(6)
        print(log, text(condition))
    async with condition:
        items.append("z")
        condition.notify(5)
    await asyncio.gather(*tasks)
    print(log, condition.locked())
    show(asyncio.Condition, 5)


async def semaphores():
    show(asyncio.Semaphore, -1)
    sem = asyncio.Semaphore(2)
    print(text(sem), await sem.acquire(), text(sem), await sem.acquire(), text(sem), sem.locked())
    order = []

    async def user(n):
        async with sem:
            order.append(n)
            await asyncio.sleep(0)
    tasks = [asyncio.create_task(user(n)) for n in range(5)]
    await rounds()
    print(text(sem), order)
    tasks[0].cancel()
    sem.release()
    sem.release()
    await asyncio.gather(*tasks, return_exceptions=True)
    print(order, text(sem))
    bounded = asyncio.BoundedSemaphore(1)
    async with bounded:
        print(text(bounded))
    show(bounded.release)


async def barriers():
    show(asyncio.Barrier, 0)
    barrier = asyncio.Barrier(3)
    print(text(barrier), barrier.parties, barrier.n_waiting, barrier.broken)
    tasks = [asyncio.create_task(barrier.wait()) for _ in range(2)]
    await rounds()
    print(text(barrier), barrier.n_waiting)
    async with barrier as position:
        print("position", position)
    print(sorted(await asyncio.gather(*tasks)), text(barrier))
    tasks = [asyncio.create_task(barrier.wait()) for _ in range(2)]
    await rounds()
    await barrier.reset()
    print(await asyncio.gather(*tasks, return_exceptions=True), barrier.broken)
    t = asyncio.create_task(barrier.wait())
    await rounds()
    await barrier.abort()
    await wait_show(t)
    print(text(barrier), barrier.broken)
    await wait_show(barrier.wait())
    await barrier.reset()
    print(barrier.broken)


async def queues():
    q = asyncio.Queue(2)
    print(q, q.empty(), q.full(), q.maxsize, q.qsize())
    show(q.get_nowait)
    q.put_nowait(1)
    await q.put(2)
    print(q, q.full())
    show(q.put_nowait, 3)
    putter = asyncio.create_task(q.put(3))
    await rounds()
    print(q, text(repr(q)))
    print(await q.get(), await q.get(), await q.get(), q)
    getters = [asyncio.create_task(q.get()) for _ in range(2)]
    await rounds()
    print(q)
    getters[0].cancel()
    await q.put("for the second")
    print(await getters[1])
    joiner = asyncio.create_task(q.join())
    for _ in range(4):
        await rounds()
        print(joiner.done(), end=" ")
        q.task_done()
    await joiner
    show(q.task_done)
    for kind in (asyncio.PriorityQueue, asyncio.LifoQueue):
        q = kind()
        for item in (3, 1, 2):
            q.put_nowait(item)
        print(kind.__name__, [q.get_nowait() for _ in range(3)])
    q = asyncio.Queue()
    q.put_nowait(1)
    q.shutdown()
    print(q, await q.get())
    await wait_show(q.get())
    await wait_show(q.put(1))
    show(q.get_nowait)
    q = asyncio.Queue(1)
    q.put_nowait(1)
    t = asyncio.create_task(q.put(2))
    await rounds()
    q.shutdown(immediate=True)
    await wait_show(t)
    await wait_show(q.get())
    print(asyncio.Queue[int].__args__)


async def other_loop(lock):
    async def holder():
        async with lock:
            await rounds()
    t = asyncio.create_task(holder())
    await asyncio.sleep(0)
    await wait_show(lock.acquire())
    t.cancel()


for part in (locks, events, conditions, semaphores, barriers, queues):
    print("----", part.__name__)
    asyncio.run(part())
lock = asyncio.Lock()
asyncio.run(other_loop(lock))


async def third_loop(lock):
    await wait_show(lock.acquire())
asyncio.run(third_loop(lock))
