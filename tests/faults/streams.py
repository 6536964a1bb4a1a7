"""asyncio: streams, a server, datagrams, signals, executor; Unix sockets."""

import asyncio
import os
import signal


async def handle(reader, writer):
    try:
        while line := await reader.readline():
            writer.write(line.upper())
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()
        try:
            await writer.wait_closed()
        except OSError:
            pass


async def talk(reader, writer):
    try:
        for i in range(3):
            writer.write(b"line %d\n" % i)
            await writer.drain()
            print(await reader.readline())
        writer.write(b"x" * 50000 + b"\n")
        print(len(await reader.readexactly(50001)))
        writer.write_eof()
        print(await reader.read())
    finally:
        writer.close()
        try:
            await writer.wait_closed()
        except OSError:
            pass


class Echo(asyncio.DatagramProtocol):
    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, address):
        self.transport.sendto(data[::-1], address)


class Ask(asyncio.DatagramProtocol):
    def __init__(self):
        self.answer = asyncio.get_running_loop().create_future()

    def datagram_received(self, data, address):
        if not self.answer.done():
            self.answer.set_result(data)

    def error_received(self, error):
        if not self.answer.done():
            self.answer.set_exception(error)


async def datagrams():
    loop = asyncio.get_running_loop()
    server, _ = await loop.create_datagram_endpoint(Echo, ("127.0.0.1", 0))
    try:
        client, ask = await loop.create_datagram_endpoint(Ask, remote_addr=server.get_extra_info("sockname"))
        try:
            client.sendto(b"datagram")
            print(await asyncio.wait_for(ask.answer, 3))
        finally:
            client.close()
    finally:
        server.close()
        await asyncio.sleep(0)


async def go():
    loop = asyncio.get_running_loop()
    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    async with server:
        async with asyncio.timeout(8):
            await talk(*await asyncio.open_connection(*server.sockets[0].getsockname()))
    server = await asyncio.start_unix_server(handle, "socket")
    async with server:
        async with asyncio.timeout(8):
            await talk(*await asyncio.open_unix_connection("socket"))
    await datagrams()
    came = asyncio.Event()
    loop.add_signal_handler(signal.SIGUSR1, came.set)
    os.kill(os.getpid(), signal.SIGUSR1)
    await asyncio.wait_for(came.wait(), 3)
    loop.remove_signal_handler(signal.SIGUSR1)
    print(await asyncio.to_thread(os.path.basename, "/a/b"))


def main():
    asyncio.run(go())
