# One million timers, a thousand at a time, set and cancelled.
import asyncio


def alarm():
    print("too late")


async def main():
    loop, count = asyncio.get_running_loop(), 0
    for _ in range(1000):
        timers = [loop.call_later(60 + i * 0.001, alarm) for i in range(1000)]
        for timer in timers:
            timer.cancel()
        count += sum(timer.cancelled() for timer in timers)
        await asyncio.sleep(0)
    print(count)


asyncio.run(main())
