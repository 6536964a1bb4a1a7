# 200,000 items from one task to another through a queue that holds one.
import asyncio


async def producer(queue, count):
    for i in range(count):
        await queue.put(i)
    await queue.put(None)


async def consumer(queue):
    total = 0
    while (item := await queue.get()) is not None:
        total += item
    return total


async def main():
    queue = asyncio.Queue(1)
    print(await asyncio.gather(producer(queue, 200000), consumer(queue)))


asyncio.run(main())
