import asyncio


async def produce(queue):
    for i in range(4):
        await queue.put(i)


async def main():
    queue = asyncio.Queue(2)
    task = asyncio.create_task(produce(queue))
    print([await queue.get() for _ in range(4)], task.done())


asyncio.run(main())
