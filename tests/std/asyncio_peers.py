"""asyncio and the other side: resets, half-closed connections, slow readers and bounded buffers, names that are not there."""

import asyncio
import os
import resource
import socket
import struct


def reset(writer):
    sock = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def told(awaitable):
    try:
        return await awaitable
    except (OSError, EOFError) as error:
        return f"{type(error).__name__}: {error}"


async def serving(handle, **options):
    server = await asyncio.start_server(handle, "127.0.0.1", 0, **options)
    return server, server.sockets[0].getsockname()


async def resets():
    print("-- resets")
    seen = asyncio.Queue()

    async def handle(reader, writer):
        seen.put_nowait(await told(reader.readline()))
        seen.put_nowait(await told(reader.readline()))
        writer.write(b"x" * 10)
        seen.put_nowait(await told(writer.drain()))
        writer.close()
        seen.put_nowait(await told(writer.wait_closed()))

    server, address = await serving(handle)
    async with server:
        _, writer = await asyncio.open_connection(*address)
        writer.write(b"last words\n")
        await writer.drain()
        print(await seen.get())
        reset(writer)
        for _ in range(3):
            print(await seen.get())
        reader, writer = await asyncio.open_connection(*address)  # the server lives on
        writer.write(b"one\ntwo\n")
        print(await seen.get(), await seen.get(), await reader.read())
        writer.close()
        await writer.wait_closed()
        print(await seen.get(), await seen.get())


async def halves():
    print("-- half closed")

    async def handle(reader, writer):
        data = await reader.read()
        writer.write(b"all: " + data)
        writer.write_eof()
        await writer.drain()
        writer.close()

    server, address = await serving(handle)
    async with server:
        reader, writer = await asyncio.open_connection(*address)
        writer.write(b"request")
        print(writer.can_write_eof())
        writer.write_eof()
        print(await reader.read(), reader.at_eof())
        writer.close()
        await writer.wait_closed()


class Writer(asyncio.Protocol):
    """Sends while it may, and tells when it may not."""

    def __init__(self, told):
        self.told, self.may, self.sent, self.largest = told, True, 0, 0

    def connection_made(self, transport):
        self.transport = transport
        self.low, self.high = transport.get_write_buffer_limits()
        self.go_on()

    def go_on(self):
        while self.may and self.sent < 50_000_000:
            self.transport.write(bytes(65536))
            self.sent += 65536
            self.largest = max(self.largest, self.transport.get_write_buffer_size())
        if self.sent >= 50_000_000:
            self.transport.close()

    def pause_writing(self):
        self.may = False
        self.told.put_nowait("paused")

    def resume_writing(self):
        self.may = True
        self.go_on()


async def slow():
    print("-- a client that does not read")
    loop, events, protocols = asyncio.get_running_loop(), asyncio.Queue(), []

    def make():
        protocols.append(Writer(events))
        return protocols[-1]

    server = await loop.create_server(make, "127.0.0.1", 0)
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname(), limit=1000)
        print(await events.get())
        await asyncio.sleep(0.05)
        protocol = protocols[0]
        sent = protocol.sent
        await asyncio.sleep(0.05)
        print(protocol.sent == sent, sent < 50_000_000, protocol.largest <= protocol.high + 65536)
        total = 0
        while data := await reader.read(100000):
            total += len(data)
        print(total == protocol.sent, protocol.largest <= protocol.high + 65536)
        writer.close()
        await writer.wait_closed()


async def bounded():
    print("-- memory of servers with such clients")
    waiting, finished = asyncio.Event(), []

    async def feed(reader, writer):  # one that never reads, to a server that does nothing but write
        try:
            for _ in range(3000):
                writer.write(bytes(65536))
                await writer.drain()
        except ConnectionError:
            finished.append("writer")

    async def ignore(reader, writer):  # one that sends, to a server that never reads
        await waiting.wait()
        writer.transport.abort()

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    server, address = await serving(feed)
    async with server:
        clients = []
        for _ in range(20):
            client = socket.create_connection(address)
            client.setblocking(False)
            clients.append(client)
        await asyncio.sleep(0.3)
        for client in clients:
            reset_socket(client)
        while len(finished) < 20:
            await asyncio.sleep(0.01)
    print(len(finished))
    server, address = await serving(ignore)
    async with server:
        client = socket.create_connection(address)
        client.setblocking(False)
        sent, idle = 0, 0
        while idle < 20 and sent < 300_000_000:
            try:
                sent += client.send(bytes(65536))
                idle = 0
            except BlockingIOError:
                idle += 1
                await asyncio.sleep(0.01)
        print(sent < 50_000_000)
        waiting.set()
        client.close()
        await asyncio.sleep(0.05)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024)  # KB


def reset_socket(sock):
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sock.close()


async def nobody():
    print("-- nobody")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = listener.getsockname()
    print(await told(asyncio.open_connection(*address)) == f"ConnectionRefusedError: [Errno 111] Connect call failed {address}")
    print(await told(asyncio.open_unix_connection("nothing-here")))
    try:
        await asyncio.open_connection("no..such", 80)
    except UnicodeError as error:
        print(type(error).__name__)
    try:
        await asyncio.open_connection("-", 80)
    except socket.gaierror as error:
        print(error)
    server, address = await serving(lambda reader, writer: writer.close())
    async with server:
        reader, writer = await asyncio.open_connection(*address)
        print(await reader.read(), await told(reader.readexactly(5)))
        writer.close()
        await writer.wait_closed()


async def main():
    await resets()
    await halves()
    await slow()
    await bounded()
    await nobody()


asyncio.run(main())
