# _thread._interrupt: KeyboardInterrupt in another thread, whatever it does.
import _thread
import queue
import socket
import threading
import time

said = queue.SimpleQueue()
ends = socket.socketpair()


def spin():
    while True:
        pass


def caught():
    try:
        spin()
    finally:
        said.put("finally")


WORK = {"spins": spin, "sleeps": lambda: time.sleep(1000), "waits for a queue": lambda: queue.SimpleQueue().get(), "waits for a lock": lambda: [lock.acquire() for lock in [threading.Lock()] for _ in range(2)],
        "waits for an event": lambda: threading.Event().wait(), "sums": lambda: sum(range(10**13)), "reads a socket": lambda: ends[0].recv(1), "has finally": caught}


def run(work):
    said.put("begins")
    try:
        work()
        said.put("has ended")
    except KeyboardInterrupt:
        said.put("KeyboardInterrupt")
    said.put("and goes on")


for name, work in WORK.items():
    thread = threading.Thread(target=run, args=(work,), daemon=True)
    thread.start()
    heard = [said.get(timeout=10)]
    time.sleep(0.1)
    there = _thread._interrupt(thread.ident)
    while heard[-1] != "and goes on":
        heard.append(said.get(timeout=10))
    thread.join(10)
    print(name, there, heard, thread.is_alive())
print("a thread that is none", _thread._interrupt(12345), _thread._interrupt(0))
try:
    _thread._interrupt(threading.get_ident())
    while True:
        pass
except KeyboardInterrupt:
    print("this thread")
