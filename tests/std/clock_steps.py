"""The clock of the wall is set: whatever waits, waits as long as it was told. Under Krait the clock of the VM is set, under CPython what programs see of it."""

import asyncio
import datetime
import queue
import select
import socket
import subprocess
import sys
import threading
import time

if sys.implementation.name == "krait":
    import machine

    def step(seconds):
        now = datetime.datetime.fromtimestamp(time.time() + seconds, datetime.timezone.utc)
        machine.RTC().datetime((now.year, now.month, now.day, now.isoweekday(), now.hour, now.minute, now.second, now.microsecond))
else:
    real, shift = time.time, 0

    def step(seconds):
        global shift
        shift += seconds

    time.time = lambda: real() + shift

YEAR = 365 * 86400


def timed(name, least, function):
    """Call function while a thread sets the clock back and forth."""
    stop = threading.Event()

    def turn():
        while not stop.is_set():
            for seconds in (YEAR, -2 * YEAR, YEAR):
                step(seconds)
                time.sleep(0.002)
    thread = threading.Thread(target=turn)
    thread.start()
    began = time.monotonic()
    try:
        result = function()
    except Exception as error:
        result = type(error).__name__
    took = time.monotonic() - began
    stop.set()
    thread.join()
    print(name, result, least * 0.99 <= took < least + 5)


one, two = socket.socketpair()
before = time.time()
step(YEAR)
print(abs(time.time() - before - YEAR) < 60)
step(-YEAR)
timed("sleep", 0.06, lambda: time.sleep(0.06))
timed("event", 0.06, lambda: threading.Event().wait(0.06))
timed("lock", 0.06, lambda: (lock := threading.Lock()).acquire() and lock.acquire(timeout=0.06))
timed("condition", 0.06, lambda: (c := threading.Condition()).acquire() and c.wait(0.06))
timed("queue", 0.06, lambda: queue.Queue().get(timeout=0.06))
timed("select", 0.06, lambda: select.select([one], [], [], 0.06))
timed("poll", 0.06, lambda: select.poll().poll(60))
one.settimeout(0.06)
timed("socket", 0.06, lambda: one.recv(1))
timed("subprocess", 0.06, lambda: subprocess.run(["sleep", "9"], timeout=0.06))


async def timers():
    order = []
    loop = asyncio.get_running_loop()
    for delay in (0.03, 0.01, 0.05, 0.02):
        loop.call_later(delay, order.append, delay)
    step(YEAR)
    await asyncio.sleep(0.02)
    step(-2 * YEAR)
    try:
        async with asyncio.timeout(0.04):
            await asyncio.Event().wait()
    except TimeoutError:
        order.append("timeout")
    step(YEAR)
    return order


timed("asyncio", 0.06, lambda: asyncio.run(timers()))
one.close()
two.close()
