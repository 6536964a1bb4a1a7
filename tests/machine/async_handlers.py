# Handlers of pins and timers wake tasks that wait, at once.
import asyncio
import time

import sim
from machine import Pin, Timer

board = sim.board()
pressed = asyncio.Event()
pin = Pin(17, Pin.IN, Pin.PULL_UP)
pin.irq(lambda pin: pressed.set(), Pin.IRQ_FALLING)


async def wait_for_button():
    for _ in range(3):
        await pressed.wait()
        pressed.clear()
        print("pressed at", round(time.monotonic() - start, 2))


async def ticks():
    for _ in range(2):
        await asyncio.sleep(4)
        print("tick at", round(time.monotonic() - start, 2))


async def main():
    queue = asyncio.Queue()
    timer = Timer(period=1500, callback=lambda timer: queue.put_nowait("timer"))
    for at in (1.0, 2.5, 7.25):
        board.after(at, board.drive, 17, 0)
        board.after(at + 0.1, board.drive, 17, 1)
    await asyncio.gather(wait_for_button(), ticks())
    timer.deinit()
    print(queue.qsize())
    timer.init(period=10, mode=Timer.ONE_SHOT, callback=lambda timer: queue.put_nowait("once"))
    while queue.qsize() > 1:
        queue.get_nowait()
    print([await queue.get() for _ in range(2)], round(time.monotonic() - start, 2))


start = time.monotonic()
asyncio.run(main())
