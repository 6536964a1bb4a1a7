# Files that do not block: while a timer runs, or the board's devices have something to do, they answer at once. asyncio wakes its loop through such a pipe.
import asyncio
import os
import time

from machine import Timer

Timer(period=3_600_000, callback=print)
end, other = os.pipe()
os.set_blocking(end, False)
start = time.monotonic()
for read in (lambda: os.read(end, 10), lambda: open(end, "rb", buffering=0, closefd=False).read(10)):
    try:
        print(read())
    except BlockingIOError as error:
        print(type(error).__name__)


async def main():
    return await asyncio.to_thread(lambda: "from a thread")


print(asyncio.run(main()))
print(time.monotonic() - start < 60)
