"""What loops watch: files, by epoll and by selectors of the program's own; what wakes them; transports that are asked late, or not at all."""
import asyncio
import gc
import os
import selectors
import socket
import sys
import threading
import warnings


def loops():
    """A loop of each kind."""
    yield "its own", asyncio.SelectorEventLoop()
    for kind in (selectors.SelectSelector, selectors.PollSelector, selectors.EpollSelector):
        yield kind.__name__, asyncio.SelectorEventLoop(kind())


def show(call, *args):
    try:
        print(repr(call(*args)))
    except Exception as error:
        print(type(error).__name__, error)


def watching(loop):
    log = []
    r, w = os.pipe()

    def readable(what):
        log.append((what, os.read(r, 10)))
        loop.stop()
    loop.add_reader(r, readable, "first")
    loop.add_reader(r, readable, "second")  # in its place
    os.write(w, b"one")
    loop.run_forever()
    key = loop._selector.get_key(r)
    print(log, key.fd == r, key.events, [handle is not None for handle in key.data], r in loop._selector.get_map())
    loop.add_writer(w, lambda: (log.append("room"), loop.remove_writer(w), loop.stop()))
    loop.run_forever()
    print(log[1:], loop.remove_writer(w), loop.remove_reader(r), loop.remove_reader(r), r in loop._selector.get_map())
    try:
        loop._selector.get_key(r)
    except KeyError as error:
        print("KeyError", str(error).replace(str(r), "R"))
    a, b = socket.socketpair()
    a.setblocking(False)
    both = []
    loop.add_reader(a, lambda: (both.append(a.recv(10)), loop.remove_reader(a)))
    loop.add_writer(a.fileno(), lambda: (both.append("room"), loop.remove_writer(a)))
    b.send(b"x")
    loop.call_later(0.05, loop.stop)
    loop.run_forever()
    print(sorted(map(str, both)), a.fileno() in loop._selector.get_map())
    b.close()
    ends = []
    loop.add_reader(a, lambda: (ends.append(a.recv(10)), loop.stop()))
    loop.run_forever()
    print(ends, loop.remove_reader(a))
    a.close()
    os.close(r)
    os.close(w)
    for bad in (-1, "file", None, 10**6):
        if bad == 10**6 and not isinstance(loop._selector, selectors.EpollSelector):
            continue  # they take it
        try:
            loop.add_reader(bad, print)
            print("no error")
        except (ValueError, OSError) as error:
            print(type(error).__name__)
    print(loop.remove_reader(r), loop.remove_writer(10**5))


def cancelled(loop):
    """A handle that was cancelled is watched for no more."""
    r, w = os.pipe()
    handle = loop._add_reader(r, print, "not called")
    os.write(w, b"x")
    handle.cancel()
    loop.call_later(0.02, loop.stop)
    loop.run_forever()
    print(r in loop._selector.get_map(), handle)
    os.close(r)
    os.close(w)


def many(loop):
    pairs = [os.pipe() for _ in range(150)]
    got = []
    for i, (r, w) in enumerate(pairs):
        loop.add_reader(r, lambda i=i, r=r: (got.append(i), os.read(r, 1)))
    for r, w in pairs:
        os.write(w, b"x")
    while len(got) < len(pairs):
        loop.call_soon(loop.stop)
        loop.run_forever()
    print(len(loop._selector.get_map()), sorted(got) == list(range(150)))
    for r, w in pairs:
        loop.remove_reader(r)
        os.close(r)
        os.close(w)
    print(len(loop._selector.get_map()))


def woken(loop):
    log = []
    thread = threading.Timer(0.05, lambda: loop.call_soon_threadsafe(lambda: (log.append("woken"), loop.stop())))
    thread.start()
    loop.run_forever()
    thread.join()
    for _ in range(100000):  # more than its pipe takes
        loop._write_to_self()
    loop.call_later(0.01, loop.stop)
    loop.run_forever()
    print(log, loop._internal_fds)


for name, loop in loops():
    print("--", name)
    for part in (watching, cancelled, many, woken):
        part(loop)
    loop.close()
    print(loop._selector, loop._ssock, loop._csock, loop._internal_fds)
    show(loop.add_reader, 0, print)
    print(loop._remove_reader(0))


print("-- transports")


class Told(asyncio.Protocol):
    def __init__(self):
        self.made, self.lost, self.data = asyncio.Future(), asyncio.Future(), b""

    def connection_made(self, transport):
        self.transport = transport
        self.made.set_result(transport)

    def data_received(self, data):
        self.data += data

    def connection_lost(self, error):
        self.at_end = self.transport.get_extra_info("sockname")
        self.lost.set_result(error)


async def transports():
    loop = asyncio.get_running_loop()
    served = []
    server = await loop.create_server(lambda: served.append(Told()) or served[-1], "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    transport, protocol = await loop.create_connection(Told, "127.0.0.1", port)
    other = await served_made(served)
    print(transport.get_extra_info("nothing"), transport.get_extra_info("nothing", 5), transport.get_extra_info("sslcontext"))
    print(transport.get_extra_info("peername") == ("127.0.0.1", port), type(transport.get_extra_info("socket")).__name__)
    print(transport.get_extra_info("socket") is transport.get_extra_info("socket"), transport.get_write_buffer_size(), transport.get_write_buffer_limits())
    mine = transport.get_extra_info("sockname")
    transport.close()
    await protocol.lost
    print(await served[0].lost, served[0].at_end == ("127.0.0.1", port))
    # asked only now, when the socket is closed
    print(other.get_extra_info("peername") == mine, other.get_extra_info("sockname") == ("127.0.0.1", port), other.is_closing())
    print(other.get_extra_info("socket").fileno(), repr(other).split()[:2])
    r, w = socket.socketpair()
    transport, protocol = await loop.create_connection(Told, sock=r)
    for method in (loop.add_reader, loop.add_writer):
        try:
            method(r, print)
        except RuntimeError as error:
            print(str(error).split(" is used by")[1][:30])
    transport.pause_reading()
    try:
        loop.remove_reader(r)
    except RuntimeError:
        print("still the transport's")
    print(transport.is_reading(), loop._selector.get_map().get(r))
    w.send(b"data")
    transport.resume_reading()
    transport.write(b"")
    transport.writelines([])
    while protocol.data != b"data":
        await asyncio.sleep(0)
    big = bytes(10 ** 6)
    transport.write(big)
    transport.writelines([big, memoryview(big)])
    print(transport.get_write_buffer_size() > 2 * 10 ** 6, "polling" in repr(transport).split("write=")[1])
    got = 0
    w.setblocking(False)
    while got < 3 * 10 ** 6:
        got += len(await loop.sock_recv(w, 10 ** 6))
    print(got, transport.get_write_buffer_size(), "idle" in repr(transport).split("write=")[1])
    transport.abort()
    print(await protocol.lost, transport.is_closing())
    transport.write(b"nobody gets it")
    w.close()
    server.close()
    await server.wait_closed()


async def served_made(served):
    while not served:
        await asyncio.sleep(0)
    return await served[0].made


asyncio.run(transports())


print("-- readers")


async def readers():
    r = asyncio.StreamReader()
    waiting = asyncio.create_task(r.read())
    await asyncio.sleep(0)
    waiting.cancel()
    try:
        await waiting
    except asyncio.CancelledError:
        print("cancelled", r)
    waiting = asyncio.create_task(r.read())
    await asyncio.sleep(0)
    try:
        await r.readline()
    except RuntimeError as error:
        print(error)
    for piece in (b"a", bytearray(b"bc"), b"", b"def"):
        r.feed_data(piece)
        await asyncio.sleep(0)
    r.feed_eof()
    print(await waiting, r.at_eof(), await r.read(), await r.read(5))
    r = asyncio.StreamReader()
    r.feed_data(b"whole")
    print(await r.read(100), r._buffer == b"")
    for piece in (b"one\n", b"two", b"\nthree"):
        r.feed_data(piece)
    print(await r.readline(), await r.read(2), await r.readexactly(4), bytes(r._buffer))
    kept = bytearray(b" and more")
    r.feed_data(kept)
    kept[:] = b"changed"
    r.feed_eof()
    print(await r.read())
    r = asyncio.StreamReader()
    waiting = r.read()
    waiting.send(None)
    waiting.close()  # somebody else's way to end it
    r.feed_data(b"there")
    print(await r.read(10), r)


asyncio.run(readers())


print("-- ends of streams")


async def streams():
    ended = asyncio.Queue()

    async def handle(reader, writer):
        try:
            await ended.put(await reader.readline())
            if writer.get_extra_info("peername"):
                writer.write(b"bye\n")
                await writer.drain()
            raise KeyError("broken") if (await reader.readline()) == b"fail\n" else asyncio.CancelledError
        finally:
            await ended.put(writer.is_closing())
    errors = []
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: errors.append((context["message"], context["exception"], type(context["transport"]).__name__)))
    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    for word in (b"fail\n", b"stop\n"):
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        waiting = asyncio.create_task(writer.wait_closed())
        writer.write(b"hello\n")
        print(await ended.get(), await reader.readline())
        writer.write(word)
        print(await ended.get(), await reader.read())
        writer.close()
        await waiting
        await writer.wait_closed()  # also when it is over
        print(errors, writer._protocol._transport)
    server.close()
    await server.wait_closed()

    async def forgets(reader, writer):
        await reader.readline()
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            del writer
            gc.collect()
        await ended.put(len(caught) > 0)
    server = await asyncio.start_server(forgets, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    writer.write(b"\n")
    print(await ended.get(), await reader.read())
    writer.close()
    await writer.wait_closed()
    server.close()


asyncio.run(streams())
