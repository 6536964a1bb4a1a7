# needs: ssl
"""TLS of asyncio: streams, protocols, start_tls(), back-pressure, timeouts, errors."""
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "_certs"))
import asyncio
import socket
import ssl
from pair import client, path, server, text

trusting = client()


async def echo(reader, writer):
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except OSError as error:
        print("server:", text(error))
    writer.close()


async def fails(awaitable):
    try:
        reader, writer = await awaitable
        print("no error")
        writer.close()
    except Exception as error:
        print(text(error))


async def streams():
    async with await asyncio.start_server(echo, "127.0.0.1", 0, ssl=server()) as serving:
        port = serving.sockets[0].getsockname()[1]
        reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=trusting, server_hostname="localhost")
        tls = writer.get_extra_info("ssl_object")
        print(writer.get_extra_info("cipher"), writer.get_extra_info("peercert")["subject"][-1], tls.version(), writer.get_extra_info("compression"))
        print(writer.get_extra_info("sslcontext") is trusting, writer.get_extra_info("peername")[1] == port, writer.can_write_eof(), writer.is_closing())
        writer.writelines([b"he", bytearray(b"ll"), memoryview(b"o\n")])
        print(await reader.readline())
        big = bytes(range(256)) * 20000

        async def send():
            writer.write(big)
            await writer.drain()
        sending = asyncio.create_task(send())
        print(await reader.readexactly(len(big)) == big, await sending)
        writer.close()
        await writer.wait_closed()
        print(writer.is_closing(), await reader.read())
        for options in (dict(ssl=trusting), dict(ssl=True, server_hostname="localhost"), dict(ssl=trusting, server_hostname="a.invalid")):
            await fails(asyncio.open_connection("127.0.0.1", port, **options))
        await fails(asyncio.open_connection("127.0.0.1", port, ssl_handshake_timeout=1))
        await fails(asyncio.open_connection("127.0.0.1", port, ssl=trusting, server_hostname="localhost", ssl_handshake_timeout=-1))
        await fails(asyncio.open_connection("127.0.0.1", port, server_hostname="x"))
        await fails(asyncio.open_connection(ssl=True))
        await fails(asyncio.start_server(echo, "127.0.0.1", 0, ssl=True))


async def starttls():
    certificates = server()

    async def serve(reader, writer):
        print(await reader.readline())
        writer.write(b"go\n")
        await writer.drain()
        await writer.start_tls(certificates)
        data = await reader.readline()
        writer.write(data.upper())
        await writer.drain()
        writer.close()
    async with await asyncio.start_server(serve, "127.0.0.1", 0) as serving:
        port = serving.sockets[0].getsockname()[1]
        for host in ("localhost", "a.invalid"):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"STARTTLS\n")
            print(await reader.readline())
            try:
                await writer.start_tls(trusting, server_hostname=host)
                writer.write(b"secret\n")
                print(await reader.read(), writer.get_extra_info("cipher") is not None)
            except ssl.SSLError as error:
                print(text(error))
            writer.close()
            try:
                await writer.wait_closed()
            except OSError:
                pass
        await fails(asyncio.get_running_loop().start_tls(None, None, 3))
        await fails(asyncio.get_running_loop().start_tls(None, None, trusting))


class Tells(asyncio.Protocol):
    def __init__(self, log, ended):
        self.log, self.ended, self.size = log, ended, 0

    def connection_made(self, transport):
        self.transport = transport
        self.log.append("made " + transport.get_extra_info("ssl_object").version())

    def data_received(self, data):
        self.size += len(data)

    def pause_writing(self):
        self.log.append("pause")

    def resume_writing(self):
        self.log.append("resume")

    def eof_received(self):
        self.log.append("eof")

    def connection_lost(self, error):
        self.log.append(f"lost {error}, {self.size}")
        if not self.ended.done():
            self.ended.set_result(None)


async def protocols():
    loop = asyncio.get_running_loop()
    log, ended, others, over = [], loop.create_future(), [], loop.create_future()
    made = []
    serving = await loop.create_server(lambda: made.append(Tells(others, over)) or made[-1], "127.0.0.1", 0, ssl=server())
    transport, protocol = await loop.create_connection(lambda: Tells(log, ended), *serving.sockets[0].getsockname(), ssl=trusting, server_hostname="localhost")
    while not made or not others:
        await asyncio.sleep(0.01)
    other = made[0].transport
    other.pause_reading()
    print(other.is_reading(), transport.is_reading(), transport.get_write_buffer_size())
    transport.set_write_buffer_limits(high=100000, low=1000)
    print(transport.get_write_buffer_limits())
    transport.write(bytes(20000000))
    other.resume_reading()
    transport.close()
    print(transport.is_closing())
    await asyncio.gather(ended, over)
    print(log[0], log[-1], others)
    for call, given in (("write", "text"), ("write_eof", None)):
        try:
            getattr(transport, call)(*[given] if given else [])
        except Exception as error:
            print(type(error).__name__)
    serving.close()
    await serving.wait_closed()


async def ends():
    """A server that says nothing, one that goes away, and one that is no TLS."""
    async def silent(reader, writer):
        await reader.read()
        writer.close()

    async def away(reader, writer):
        writer.close()

    async def plain(reader, writer):
        writer.write(b"HTTP/1.0 400 Bad Request\r\n\r\n")
        await writer.drain()
        writer.close()
    for serve in (silent, away, plain):
        async with await asyncio.start_server(serve, "127.0.0.1", 0) as serving:
            where = serving.sockets[0].getsockname()
            try:
                await asyncio.open_connection(*where, ssl=trusting, server_hostname="localhost", ssl_handshake_timeout=0.3)
            except ssl.SSLError as error:
                print(serve.__name__, error.reason)
            except ConnectionAbortedError as error:
                print(serve.__name__, error)
            except ConnectionResetError as error:
                print(serve.__name__, "reset")
    ours, theirs = socket.socketpair()
    loop = asyncio.get_running_loop()
    log, ended = [], loop.create_future()
    accepting = asyncio.create_task(loop.connect_accepted_socket(lambda: Tells(log, ended), theirs, ssl=server()))
    reader, writer = await asyncio.open_connection(sock=ours, ssl=trusting, server_hostname="localhost")
    await accepting
    writer.write(b"accepted")
    writer.close()
    await writer.wait_closed()
    await ended
    print(log)


for part in (streams, starttls, protocols, ends):
    print("--", part.__name__)
    asyncio.run(part())
