# Under the virtual clock time passes only where a program waits, or looks at the clock.
import asyncio
import datetime
import os
import queue
import socket
import sqlite3
import threading
import time

from machine import Timer

print(datetime.datetime.now(datetime.timezone.utc))
time.sleep(3600)
print(datetime.datetime.now(datetime.timezone.utc), time.monotonic())


async def ticker(count, pause, out):
    for _ in range(count):
        await asyncio.sleep(pause)
        out.append((round(asyncio.get_running_loop().time(), 3), pause))


async def main():
    out = []
    await asyncio.gather(ticker(3, 10, out), ticker(4, 7, out))
    print(out)
    try:
        await asyncio.wait_for(asyncio.Event().wait(), 100)
    except TimeoutError:
        print("timeout", round(time.monotonic(), 2))


asyncio.run(main())
log = []


def worker(name, pause):
    for _ in range(3):
        time.sleep(pause)
        log.append((round(time.monotonic(), 1), name))


threads = [threading.Thread(target=worker, args=(name, pause)) for name, pause in (("a", 5), ("b", 8))]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(log)
q = queue.Queue()
threading.Thread(target=lambda: (time.sleep(50), q.put(1))).start()
print(q.get(timeout=60), round(time.monotonic()))
try:
    q.get(timeout=60)
except queue.Empty:
    print("empty", round(time.monotonic()))
a, b = socket.socketpair()
a.settimeout(5)
try:
    a.recv(1)
except TimeoutError:
    print("nothing", round(time.monotonic()))
threading.Thread(target=lambda: (time.sleep(3), b.send(b"x"))).start()
print(a.recv(1), round(time.monotonic()))
a.settimeout(None)
threading.Thread(target=lambda: (time.sleep(300), b.send(b"y"))).start()
print(a.recv(1), round(time.monotonic()))
end = time.monotonic() + 0.01
looks = 0
while time.monotonic() < end:
    looks += 1
print("looks", 9990 < looks <= 10000)
lock = threading.Lock()
lock.acquire()
print(lock.acquire(timeout=10), round(time.monotonic()))

print("a handler that waits longer than what it interrupts")
started = time.monotonic()
Timer(period=1000, mode=Timer.ONE_SHOT, callback=lambda timer: (time.sleep(5), seen.append(time.monotonic() - started)))
seen = []
time.sleep(2)
print([round(moment, 3) for moment in seen], round(time.monotonic() - started, 3))
waiting = threading.Thread(target=lambda: (time.sleep(3), seen.append(time.monotonic() - started)))
Timer(period=1000, mode=Timer.ONE_SHOT, callback=lambda timer: (waiting.start(), time.sleep(5), seen.append(time.monotonic() - started)))
seen.clear()
started = time.monotonic()
time.sleep(2)
waiting.join()
print([round(moment, 3) for moment in seen], round(time.monotonic() - started, 3))

print("time does not pass while one thread works and the others wait")
started = time.monotonic()
alarm = Timer(period=1_000_000, mode=Timer.ONE_SHOT, callback=lambda timer: None)
jobs, void, database = queue.SimpleQueue(), os.open(os.devnull, os.O_WRONLY), sqlite3.connect(":memory:", isolation_level=None)
waiting = [threading.Thread(target=jobs.get) for _ in range(2)]
for thread in waiting:
    thread.start()
for _ in range(20):
    sum(range(300_000))
    os.write(void, b"x")
    database.execute("WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t LIMIT 30000) SELECT sum(n) FROM t").fetchall()
print(round(time.monotonic() - started, 1))
for _ in waiting:
    jobs.put(None)
alarm.deinit()
