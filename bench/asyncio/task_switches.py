# One million switches between a hundred tasks.
import asyncio


async def worker(rounds):
    for _ in range(rounds):
        await asyncio.sleep(0)
    return rounds


async def main():
    print(sum(await asyncio.gather(*[worker(10000) for _ in range(100)])))


asyncio.run(main())
