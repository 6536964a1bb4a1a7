# asyncio_loop.py - asyncio's loops: callbacks, timers, policies, runners, executors, errors, debug mode, signals, files, generators.
# SPDX-License-Identifier: MIT
import asyncio
import contextvars
import logging
import os
import re
import signal
import socket
import sys
import threading
import time

logging.basicConfig(stream=sys.stdout, format="%(name)s %(levelname)s %(message)s")


def text(value):
    value = re.sub(r"[^ ]*/asyncio_loop\.py:\d+", "FILE", str(value))
    return re.sub("0x[0-9a-f]+", "0x...", re.sub(r"when=[0-9.]+", "when=T", value))


def show(call, *args, **kwargs):
    try:
        result = repr(call(*args, **kwargs))
    except BaseException as e:
        result = f"{type(e).__name__}: {e}"
    print(text(result))


show(asyncio.get_running_loop)
loop = asyncio.new_event_loop()
print(isinstance(loop, asyncio.AbstractEventLoop), loop.is_running(), loop.is_closed(), loop.get_debug(), loop.time() <= time.monotonic())
order = []
loop.call_soon(order.append, "soon 1")
late = loop.call_later(0.2, order.append, "later")
loop.call_at(loop.time() + 0.01, order.append, "at")
cancelled = loop.call_soon(order.append, "never")
cancelled.cancel()
loop.call_soon(lambda: loop.call_soon(order.append, "from a callback"))
loop.call_soon(order.append, "soon 2")
print(text(cancelled), cancelled.cancelled(), text(late), late.when() > 0, late < loop.call_later(1, print), late == late)
loop.call_later(0.3, loop.stop)
loop.run_forever()
print(order)
show(loop.call_later, None, print)
show(loop.call_at, None, print)
show(loop.run_until_complete, 5)
v = contextvars.ContextVar("v", default="outer")
context = contextvars.copy_context()
context.run(v.set, "inner")
loop.call_soon(lambda: print(v.get()), context=context)
loop.call_soon(lambda: print(v.get()))


async def simple(value):
    await asyncio.sleep(0)
    return value
print(loop.run_until_complete(simple(4)))


async def stops():
    loop.stop()
    await asyncio.sleep(1)
show(loop.run_until_complete, loop.create_future() if loop.call_soon(loop.stop) else None)

# errors
loop.call_soon(lambda: 1 / 0)
logging.disable(logging.CRITICAL)
loop.run_until_complete(simple(0))
logging.disable(logging.NOTSET)
seen = []
loop.set_exception_handler(lambda loop, context: seen.append((context["message"], type(context["exception"]).__name__)))
loop.call_soon(int, "x")
loop.run_until_complete(simple(0))
print(text(seen), loop.get_exception_handler() is not None)
loop.set_exception_handler(None)
loop.call_exception_handler({"message": "something", "detail": 5})
show(loop.set_exception_handler, 5)


async def nested():
    show(asyncio.run, simple(1))
    show(loop.close)
    print(asyncio.get_running_loop() is loop, asyncio.get_event_loop() is loop, loop.is_running(), text(loop))
loop.run_until_complete(nested())

# threads
loop.call_soon_threadsafe(print, "threadsafe")
loop.run_until_complete(simple(0))


async def threads():
    print(await loop.run_in_executor(None, lambda: threading.current_thread().name.startswith("asyncio")))
    done = asyncio.Event()
    threading.Timer(0.01, loop.call_soon_threadsafe, (done.set,)).start()
    await done.wait()
    print(await loop.getaddrinfo("127.0.0.1", 80, type=socket.SOCK_STREAM))
    print(await loop.getnameinfo(("127.0.0.1", 80), socket.NI_NUMERICHOST | socket.NI_NUMERICSERV))
    ticks = []

    async def tick():
        while True:
            ticks.append(1)
            await asyncio.sleep(0.001)
    t = asyncio.create_task(tick())
    await asyncio.to_thread(time.sleep, 0.05)
    t.cancel()
    print(len(ticks) > 5)
loop.run_until_complete(threads())
show(loop.set_default_executor, 5)

# debug mode
loop.set_debug(True)
show(loop.call_soon, simple)
show(loop.call_soon, 5)
handle = loop.call_soon(print, "debug")
print("created at" in repr(handle))
wrong = []


def from_another_thread():
    try:
        loop.call_soon(print)
    except RuntimeError as e:
        wrong.append(e)


async def check():
    t = threading.Thread(target=from_another_thread)
    t.start()
    t.join()
    f = loop.create_future()
    print(wrong, "created at" in repr(f))
loop.run_until_complete(check())
loop.slow_callback_duration = 0.01
logging.disable(logging.CRITICAL)
loop.call_soon(time.sleep, 0.02)
loop.run_until_complete(simple(0))
loop.set_debug(False)

# signals
loop.add_signal_handler(signal.SIGUSR1, print, "signal", 1)
loop.call_soon(os.kill, os.getpid(), signal.SIGUSR1)
loop.call_later(0.02, loop.stop)
loop.run_forever()
print(loop.remove_signal_handler(signal.SIGUSR1), loop.remove_signal_handler(signal.SIGUSR1))
show(loop.add_signal_handler, signal.SIGKILL, print)
show(loop.add_signal_handler, "x", print)
show(loop.add_signal_handler, 500, print)
show(loop.add_signal_handler, signal.SIGUSR1, simple)

# files
a, b = socket.socketpair()
a.setblocking(False)
b.setblocking(False)


async def files():
    got = loop.create_future()
    loop.add_reader(a, lambda: got.done() or got.set_result(a.recv(10)))
    ready = loop.create_future()
    loop.add_writer(b.fileno(), lambda: ready.done() or ready.set_result(True))
    print(await ready, loop.remove_writer(b), loop.remove_writer(b))
    b.send(b"bytes")
    print(await got, loop.remove_reader(a), loop.remove_reader(a))
    receiving = asyncio.create_task(loop.sock_recv(a, 100))
    await asyncio.sleep(0)
    await loop.sock_sendall(b, b"x" * 50)
    print(await receiving == b"x" * 50)
    big = asyncio.create_task(loop.sock_sendall(b, b"y" * 3000000))
    total, buffer = 0, bytearray(100000)
    while total < 3000000:
        total += await loop.sock_recv_into(a, buffer)
    await big
    print(total)
    server = socket.create_server(("127.0.0.1", 0))
    server.setblocking(False)
    client = socket.socket()
    client.setblocking(False)
    accepting = asyncio.create_task(loop.sock_accept(server))
    await loop.sock_connect(client, server.getsockname())
    peer, address = await accepting
    print(address == client.getsockname(), peer.gettimeout())
    for s in (server, client, peer):
        s.close()
loop.run_until_complete(files())
show(loop.add_reader, "x", print)
a.close()
b.close()


# asynchronous generators
async def generator(log):
    try:
        while True:
            yield 1
    finally:
        await asyncio.sleep(0)
        log.append("closed")


async def generators(log):
    g = generator(log)
    print(await g.__anext__())
    keep.append(g)
keep, log = [], []
loop.run_until_complete(generators(log))
print(log)
loop.run_until_complete(loop.shutdown_asyncgens())
print(log)
loop.run_until_complete(loop.shutdown_default_executor())
loop.close()
loop.close()
print(loop.is_closed(), text(loop))
show(loop.call_soon, print)
show(loop.run_forever)

# policies and runners
policy = asyncio.get_event_loop_policy()
print(type(policy) is asyncio.DefaultEventLoopPolicy, isinstance(policy, asyncio.AbstractEventLoopPolicy))
show(asyncio.set_event_loop, 5)
show(asyncio.set_event_loop_policy, 5)
asyncio.set_event_loop(None)
show(asyncio.get_event_loop)
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
print(asyncio.get_event_loop() is loop)
asyncio.set_event_loop(None)
loop.close()
with asyncio.Runner() as runner:
    async def set_v():
        v.set("kept")

    async def get_v():
        return v.get()
    runner.run(set_v())
    print(runner.run(get_v()), v.get(), runner.get_loop().is_running())
    show(runner.run, 5)
show(runner.run, 5)
show(runner.get_loop)
print(asyncio.run(simple("run"), debug=True), asyncio.run(simple("factory"), loop_factory=asyncio.SelectorEventLoop))


async def left_over():
    async def background():
        try:
            await asyncio.sleep(100)
        except asyncio.CancelledError:
            print("background cancelled")
            raise
    keep.append(asyncio.create_task(background()))
    await asyncio.sleep(0)
asyncio.run(left_over())


async def interrupted():
    asyncio.get_running_loop().call_soon(os.kill, os.getpid(), signal.SIGINT)
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("cancelled by the interrupt")
        raise
try:
    asyncio.run(interrupted())
except KeyboardInterrupt:
    print("KeyboardInterrupt")
