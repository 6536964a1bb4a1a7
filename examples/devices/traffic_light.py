# A traffic light with a button for walkers, as tasks.
import asyncio

from machine import Pin

red, amber, green = (Pin(n, Pin.OUT) for n in ("RED", "AMBER", "GREEN"))
walk = Pin("WALK", Pin.OUT)
asked = asyncio.Event()
Pin("BUTTON", Pin.IN, Pin.PULL_UP).irq(lambda pin: asked.set(), Pin.IRQ_FALLING)


def show(r, a, g, w=0):
    for pin, level in ((red, r), (amber, a), (green, g), (walk, w)):
        if pin() != level:
            pin(level)


async def light():
    while True:
        show(0, 0, 1)
        await asyncio.sleep(3)  # at least so long
        await asked.wait()
        show(0, 1, 0)
        await asyncio.sleep(1)
        show(1, 0, 0, 1)
        await asyncio.sleep(4)
        asked.clear()
        show(1, 1, 0)
        await asyncio.sleep(1)


async def main():
    try:
        await asyncio.wait_for(light(), 25)
    except TimeoutError:
        show(0, 0, 0)


asyncio.run(main())
