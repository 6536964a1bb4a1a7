import asyncio


async def count(name, step):
    for i in range(3):
        await asyncio.sleep(step)
        print(name, i)
    return name


async def main():
    task = asyncio.create_task(count("a", 0.06))
    await count("b", 0.25)
    print(await task)
    print(await asyncio.gather(count("c", 0.04), count("d", 0.2)))
    try:
        await asyncio.wait_for(count("e", 0.1), 0.15)
    except TimeoutError:
        print("late")


asyncio.run(main())
