import asyncio


async def main():
    event, lock = asyncio.Event(), asyncio.Lock()
    asyncio.get_running_loop().call_later(0.02, event.set)
    print(await event.wait(), lock.locked())
    async with lock:
        print(lock.locked())


asyncio.run(main())
