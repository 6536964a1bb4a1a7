"""A lookup that no server answers: other threads run, signals end it, asyncio goes on; descriptors are given back."""
# CPython waits in the C library, which none of this ends: the output is Krait's.

import asyncio
import gc
import os
import signal
import socket
import subprocess
import sys
import threading
import time

os.environ["KRAIT_RESOLV_CONF"], os.environ["KRAIT_HOSTS"] = os.path.abspath("resolv.conf"), "/nowhere"
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 0))
with open("resolv.conf", "w") as file:
    file.write(f"nameserver 127.0.0.1:{server.getsockname()[1]}\noptions timeout:30 attempts:5\n")


def descriptors():
    gc.collect()
    return len(os.listdir("/proc/self/fd"))


def look(host="silent.test"):
    try:
        return socket.getaddrinfo(host, 80)
    except OSError as error:
        return type(error).__name__, *error.args


class Enough(Exception):
    pass


def stop(number, frame):
    raise Enough


before = descriptors()
print("-- localhost is never asked for")
for host in ("localhost", "LOCALHOST", "a.localhost", "localhost."):
    print(host, sorted({row[4][0] for row in socket.getaddrinfo(host, 80)}), socket.gethostbyname(host))

print("-- a signal ends it")
signal.signal(signal.SIGALRM, stop)
for function, args in ((socket.getaddrinfo, ("silent.test", 80)), (socket.gethostbyname, ("silent.test",)), (socket.getnameinfo, (("192.0.2.1", 80), 0)),
                       (socket.gethostbyaddr, ("192.0.2.1",)), (socket.create_connection, (("silent.test", 80),)), (socket.socket().connect, (("silent.test", 80),))):
    began = time.monotonic()
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    try:
        print(function(*args))
    except Enough:
        print(function.__name__, "ended", time.monotonic() - began < 5)
del function, args
print("-- a deadline ends it")
began = time.monotonic()
child = subprocess.run([sys.executable, "--deadline", "0.2", "-c", "import socket; socket.getaddrinfo('silent.test', 80)"], capture_output=True, text=True)
print(child.stderr.splitlines()[-1], time.monotonic() - began < 10)
print("-- one that returns does not")
seen = []
signal.signal(signal.SIGALRM, lambda number, frame: seen.append(number))
signal.setitimer(signal.ITIMER_REAL, 0.03)
pairs = []


def answer():
    """That there is no such name, after a while."""
    for _ in range(2):
        pairs.append(server.recvfrom(1000))
    time.sleep(0.1)
    for data, who in pairs:
        server.sendto(data[:2] + b"\x81\x83" + data[4:], who)


def drain():
    server.setblocking(False)
    try:
        while server.recv(1000):
            pass
    except BlockingIOError:
        server.setblocking(True)


drain()
answerer = threading.Thread(target=answer)
answerer.start()
print(look(), seen == [signal.SIGALRM])
answerer.join()

print("-- threads run meanwhile")
drain()
pairs.clear()
counted = 0
found = []
waiter = threading.Thread(target=lambda: found.append(look()))
waiter.start()
while not pairs:  # this thread takes the questions that the other one has sent
    for _ in range(2):
        pairs.append(server.recvfrom(1000))
for data, who in pairs:
    server.sendto(data[:2] + b"\x81\x83" + data[4:], who)
waiter.join()
print(found)


async def main():
    loop = asyncio.get_running_loop()
    drain()
    pairs.clear()
    task = asyncio.create_task(loop.getaddrinfo("silent.test", 80))
    ticks = 0
    while not pairs:
        await asyncio.sleep(0.001)
        ticks += 1
        server.setblocking(False)
        try:
            for _ in range(2 - len(pairs)):
                pairs.append(server.recvfrom(1000))
        except BlockingIOError:
            pass
        server.setblocking(True)
    while len(pairs) < 2:
        pairs.append(server.recvfrom(1000))
    for data, who in pairs:
        server.sendto(data[:2] + b"\x81\x83" + data[4:], who)
    try:
        await task
    except socket.gaierror as error:
        print(error, ticks > 0)


print("-- asyncio")
asyncio.run(main())
print(descriptors() == before)
server.close()
