# asyncio_streams.py - asyncio's streams, transports and protocols over TCP, Unix sockets, datagrams, pipes; child processes.
# SPDX-License-Identifier: MIT
import asyncio
import os
import re
import socket
import sys


def text(value):
    return re.sub("0x[0-9a-f]+", "0x...", str(value))


async def wait_show(awaitable):
    try:
        result = repr(await awaitable)
    except BaseException as e:
        result = f"{type(e).__name__}: {e}"
    print(text(result))


def show(call, *args, **kwargs):
    try:
        result = repr(call(*args, **kwargs))
    except BaseException as e:
        result = f"{type(e).__name__}: {e}"
    print(text(result))


async def readers():
    loop = asyncio.get_running_loop()
    show(asyncio.StreamReader, 0)
    r = asyncio.StreamReader(limit=10)
    print(r, r.at_eof())
    r.feed_data(b"one\ntwo")
    print(r, await r.readline(), await r.read(2))
    r.feed_data(b"abcdefghijklmnop")
    await wait_show(r.readline())
    r.feed_data(b"a;b|c")
    print(await r.readuntil(b";"), await r.readuntil((b"|", b"||")))
    await wait_show(r.readuntil(b""))
    await wait_show(r.readuntil(()))
    await wait_show(r.readexactly(-1))
    print(await r.readexactly(0), await r.read(0), await r.readexactly(1))
    waiting = asyncio.create_task(r.readexactly(4))
    await asyncio.sleep(0)
    await wait_show(r.read(1))
    r.feed_data(b"12")
    r.feed_eof()
    await wait_show(waiting)
    print(await r.read(), await r.readline(), r.at_eof(), r)
    r = asyncio.StreamReader()
    r.feed_data(b"x\ny")
    r.feed_eof()
    print([line async for line in r])
    r = asyncio.StreamReader()
    waiting = asyncio.create_task(r.read())
    await asyncio.sleep(0)
    r.set_exception(KeyError("broken"))
    await wait_show(waiting)
    await wait_show(r.readline())
    print(repr(r.exception()))
    r = asyncio.StreamReader(limit=4)
    r.feed_data(b"123456789;")
    await wait_show(r.readuntil(b";"))
    r = asyncio.StreamReader(limit=4)
    r.feed_data(b"123456789")
    await wait_show(r.readuntil(b";"))


async def echo(reader, writer):
    while line := await reader.readline():
        writer.write(line.upper())
        await writer.drain()
    writer.close()


async def tcp():
    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    address = server.sockets[0].getsockname()
    print(server.is_serving(), len(server.sockets), type(server.sockets[0]).__name__)
    async with server:
        r, w = await asyncio.open_connection(*address)
        print(w.get_extra_info("peername") == address, w.get_extra_info("nothing", 5), w.can_write_eof(), w.is_closing())
        w.writelines([b"one\n", b"two\n"])
        print(await r.readline(), await r.readline())
        w.write(b"z" * 60000 + b"\n")
        await w.drain()
        print(len(await r.readline()))
        w.write_eof()
        print(await r.read(), r.at_eof())
        show(w.write, b"more")
        show(w.write, "text")
        w.close()
        await w.wait_closed()
        print(w.is_closing())

        async def client(n):
            r, w = await asyncio.open_connection(*address)
            w.write(b"client %d\n" % n)
            line = await r.readline()
            w.close()
            await w.wait_closed()
            return line
        print((await asyncio.gather(*[client(n) for n in range(20)]))[::7])
    print(server.is_serving(), server.sockets)
    closed = socket.socket()
    closed.bind(("127.0.0.1", 0))
    try:
        await asyncio.open_connection(*closed.getsockname())
    except ConnectionRefusedError as e:
        print(e.errno, re.sub(r"\d+\)", "PORT)", str(e)))
    closed.close()
    await wait_show(asyncio.open_connection("127.0.0.1", 1, sock=closed))
    await wait_show(asyncio.open_connection())
    await wait_show(asyncio.start_server(echo))
    await wait_show(server.serve_forever())


async def unix():
    server = await asyncio.start_unix_server(echo, "socket")
    r, w = await asyncio.open_unix_connection("socket")
    w.write(b"by name\n")
    print(await r.readline(), os.path.exists("socket"))
    w.close()
    await w.wait_closed()
    server.close()
    await server.wait_closed()
    print(os.path.exists("socket"))
    await wait_show(asyncio.open_unix_connection())
    try:
        await asyncio.open_unix_connection("socket")
    except FileNotFoundError as e:
        print(e)


class Log(asyncio.Protocol):
    def __init__(self, name, log):
        self.name, self.log, self.done = name, log, asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        self.transport = transport
        self.log.append((self.name, "made"))

    def data_received(self, data):
        self.log.append((self.name, data))

    def eof_received(self):
        self.log.append((self.name, "eof"))

    def connection_lost(self, exc):
        self.log.append((self.name, "lost", exc))
        self.done.set_result(None)


class Buffered(asyncio.BufferedProtocol):
    def __init__(self):
        self.buffer, self.got, self.done = bytearray(4), [], asyncio.get_running_loop().create_future()

    def get_buffer(self, sizehint):
        return self.buffer

    def buffer_updated(self, nbytes):
        self.got.append(bytes(self.buffer[:nbytes]))

    def connection_lost(self, exc):
        self.done.set_result(None)


async def transports():
    loop, log = asyncio.get_running_loop(), []
    a, b = socket.socketpair()
    ta, pa = await loop.create_connection(lambda: Log("a", log), sock=a)
    tb, pb = await loop.create_connection(lambda: Log("b", log), sock=b)
    print(ta.get_protocol() is pa, ta.is_reading(), ta.get_write_buffer_limits(), ta.get_write_buffer_size(), ta.is_closing())
    ta.set_write_buffer_limits(high=100)
    print(ta.get_write_buffer_limits())
    show(ta.set_write_buffer_limits, high=1, low=2)
    ta.write(b"hello")
    await asyncio.sleep(0.01)
    tb.pause_reading()
    ta.write(b"while paused")
    await asyncio.sleep(0.01)
    print(log)
    tb.resume_reading()
    await asyncio.sleep(0.01)
    ta.write_eof()
    await pb.done
    await pa.done
    print(log[-5:], ta.is_closing(), text(ta)[:30])
    a, b = socket.socketpair()
    transport, protocol = await loop.create_connection(Buffered, sock=a)
    b.sendall(b"0123456789")
    b.close()
    await protocol.done
    print(protocol.got)
    r, w = os.pipe()
    log = []
    tr, pr = await loop.connect_read_pipe(lambda: Log("r", log), open(r, "rb", 0))
    tw, pw = await loop.connect_write_pipe(lambda: Log("w", log), open(w, "wb", 0))
    tw.write(b"through the pipe")
    tw.close()
    await pr.done
    await pw.done
    print(sorted(map(str, log)))


class Datagrams(asyncio.DatagramProtocol):
    def __init__(self, answers):
        self.answers, self.got = answers, asyncio.Queue()

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, addr):
        self.got.put_nowait(data)
        if self.answers:
            self.transport.sendto(data[::-1], addr)


async def datagrams():
    loop = asyncio.get_running_loop()
    ts, ps = await loop.create_datagram_endpoint(lambda: Datagrams(True), local_addr=("127.0.0.1", 0))
    address = ts.get_extra_info("sockname")
    tc, pc = await loop.create_datagram_endpoint(lambda: Datagrams(False), remote_addr=address)
    tc.sendto(b"ping")
    print(await ps.got.get(), await pc.got.get())
    show(tc.sendto, "text")
    tc.close()
    ts.abort()
    await asyncio.sleep(0)
    await wait_show(loop.create_datagram_endpoint(lambda: None))
    await wait_show(loop.create_datagram_endpoint(lambda: None, local_addr="x"))


async def processes():
    p = await asyncio.create_subprocess_exec("cat", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE)
    print(p.returncode, p.pid > 0, await p.communicate(b"input"), p.returncode)
    p = await asyncio.create_subprocess_shell("echo out; echo err >&2; exit 3", stdout=-1, stderr=-1)
    print(await p.communicate(), p.returncode, await p.wait())
    p = await asyncio.create_subprocess_shell("echo a; echo b >&2", stdout=-1, stderr=asyncio.subprocess.STDOUT)
    print(await p.stdout.read(), p.stderr, await p.wait())
    p = await asyncio.create_subprocess_exec("sleep", "100")
    p.terminate()
    print(await p.wait())
    p = await asyncio.create_subprocess_exec("sleep", "100")
    p.kill()
    print(await p.wait(), p.returncode)
    p = await asyncio.create_subprocess_exec("cat", stdin=-1, stdout=-1)
    p.stdin.write(b"one\n")
    await p.stdin.drain()
    print(await p.stdout.readline())
    p.stdin.close()
    await p.stdin.wait_closed()
    print(await p.stdout.read(), await p.wait())
    codes = await asyncio.gather(*[wait_code(n) for n in range(5)])
    print(codes)
    try:
        await asyncio.create_subprocess_exec("/nonexistent/program")
    except FileNotFoundError as e:
        print(e)
    await wait_show(asyncio.create_subprocess_exec("true", text=True))
    await wait_show(asyncio.create_subprocess_exec("true", shell=True))
    await wait_show(asyncio.create_subprocess_exec("true", bufsize=5))
    p = await asyncio.create_subprocess_exec("sleep", "100")
    try:
        await asyncio.wait_for(p.wait(), 0.02)
    except TimeoutError:
        print("it runs")
    p.kill()
    await p.wait()


async def wait_code(n):
    p = await asyncio.create_subprocess_shell(f"exit {n}")
    return await p.wait()


async def sending_files():
    loop = asyncio.get_running_loop()
    with open("file", "wb") as f:
        f.write(b"0123456789" * 5000)
    got = bytearray()

    async def take(reader, writer):
        got.extend(await reader.read())
        writer.close()
    server = await asyncio.start_server(take, "127.0.0.1", 0)
    for fallback in (False, True):
        r, w = await asyncio.open_connection(*server.sockets[0].getsockname())
        with open("file", "rb") as f:
            print(await loop.sendfile(w.transport, f, 10, 30000, fallback=fallback), f.tell())
        w.write_eof()
        await r.read()
        w.close()
        await w.wait_closed()
    server.close()
    await server.wait_closed()
    print(len(got), bytes(got[:30000]) == (b"0123456789" * 5000)[10:30010])


for part in (readers, tcp, unix, transports, datagrams, processes, sending_files):
    print("----", part.__name__)
    asyncio.run(part())
