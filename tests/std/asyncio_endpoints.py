# asyncio_endpoints.py - transports of sockets, pipes and terminals: states, buffers, ends, errors; datagrams; servers; watchers; races.
# SPDX-License-Identifier: MIT
import array
import asyncio
import errno
import logging
import os
import re
import signal
import socket
import sys
import warnings

logging.basicConfig(stream=sys.stdout, format="%(name)s %(levelname)s %(message)s")
warnings.simplefilter("ignore", DeprecationWarning)


def text(value):
    value = re.sub("0x[0-9a-f]+", "0x...", str(value))
    return re.sub(r"\b\d{5}\b", "PORT", re.sub(r"(fd|pid)=\d+", r"\1=N", value))


def show(call, *args, **kwargs):
    try:
        print(text(repr(call(*args, **kwargs))))
    except BaseException as e:
        print(text(f"{type(e).__name__}: {e}"))


async def wait_show(awaitable):
    try:
        print(text(repr(await awaitable)))
    except BaseException as e:
        print(text(f"{type(e).__name__}: {e}"))


class Log(asyncio.Protocol):
    """Notes what it is told; raises what it has for a method; keep: eof_received() returns true."""

    def __init__(self, keep=None, **raises):
        self.log, self.keep, self.raises = [], keep, raises
        self.lost = asyncio.get_running_loop().create_future()

    def note(self, name, *args):
        if name == "data" and self.log and self.log[-1][0] == "data":  # how it is cut is not told
            args = (self.log.pop()[1] + args[0],)
        self.log.append((name, *args))
        if name in self.raises:
            raise self.raises.pop(name)

    def connection_made(self, transport):
        self.transport = transport
        self.note("made")

    def data_received(self, data):
        self.note("data", data)

    def eof_received(self):
        self.note("eof")
        return self.keep

    def pause_writing(self):
        self.note("pause")

    def resume_writing(self):
        self.note("resume")

    def connection_lost(self, exc):
        self.note("lost", exc)
        self.lost.set_result(None)


async def turns(n=5):
    for _ in range(n):
        await asyncio.sleep(0.001)


async def pair(*protocols):
    loop = asyncio.get_running_loop()
    made = []
    for sock, protocol in zip(socket.socketpair(), protocols):
        made.append((await loop.create_connection(lambda: protocol, sock=sock))[0])
    return made


async def sockets():
    loop = asyncio.get_running_loop()
    a, b = Log(), Log()
    ta, tb = await pair(a, b)
    print(text(ta), ta.get_extra_info("sockname") == "", ta.get_extra_info("nothing"), type(ta.get_extra_info("socket")).__name__)
    for call in (loop.add_reader, loop.add_writer):
        try:
            call(ta.get_extra_info("socket").fileno(), print)
        except RuntimeError as e:
            print(text(e))
    # what is written: all kinds of bytes, and what is changed after it
    changing = bytearray(b"x" * 10)
    for data in (b"bytes", bytearray(b"bytearray"), memoryview(b"view"), array.array("I", [1, 2]), "text", 5, None, b"", changing):
        try:
            ta.write(memoryview(data) if isinstance(data, array.array) else data)
        except TypeError as e:
            print(e)
    changing[:] = b"y" * 20
    ta.writelines([b"one", bytearray(b"two"), memoryview(b"three")])
    ta.writelines([])
    await turns()
    print(b.log)
    # more than fits: the marks, and the order
    tb.pause_reading()
    ta.set_write_buffer_limits(high=1000, low=100)
    for n in range(4):
        ta.write(bytes([n]) * 1000000)
    print(ta.get_write_buffer_size() > 1000000, a.log, text(ta)[:60], tb.is_reading())
    ta.set_write_buffer_limits(low=10)
    print(ta.get_write_buffer_limits())
    tb.pause_reading()
    tb.resume_reading()
    tb.resume_reading()
    while len(b.log[-1][1]) < 4000000:
        await turns()
    print(a.log, ta.get_write_buffer_size(), b.log[-1][1][-4000000:] == b"".join(bytes([n]) * 1000000 for n in range(4)))
    # the end of one direction, then of the other
    b.keep = True
    ta.write(b"last")
    ta.write_eof()
    ta.write_eof()
    show(ta.write, b"more")
    show(ta.writelines, [b"more"])
    await turns()
    print(b.log[-2][1][-4:], b.log[-1], tb.is_closing(), ta.can_write_eof())
    tb.write(b"answer")
    tb.close()
    print(tb.is_closing(), tb.is_reading(), text(tb))
    tb.close()
    await a.lost
    print(a.log[-3:], b.log[-1:], text(ta), text(tb))
    for n in range(7):
        tb.write(b"lost" if n != 3 else b"")
    show(ta.get_protocol)
    ta.abort()
    ta.close()


async def ends():
    # close() sends what is left, abort() does not
    for method in ("close", "abort"):
        a, b = Log(), Log()
        ta, tb = await pair(a, b)
        tb.pause_reading()
        ta.write(b"z" * 3000000)
        getattr(ta, method)()
        await turns()
        print(method, a.log, text(ta)[:45])
        tb.resume_reading()
        await a.lost
        await b.lost
        print(sum(len(entry[1]) for entry in b.log if entry[0] == "data") == 3000000, b.log[-2:], a.log[-1:])
    # the other side vanishes while there is much to send
    a, b = Log(), Log()
    ta, tb = await pair(a, b)
    tb.pause_reading()
    ta.write(b"z" * 3000000)
    tb.abort()
    await a.lost
    print(type(a.log[-1][1]).__name__, a.log[:-1])
    # close() in connection_made(), data that is there already
    a = Log()
    a.connection_made = lambda transport: (a.note("made"), transport.close())
    b = Log()
    ta, tb = await pair(a, b)
    await b.lost
    print(a.log, b.log)


async def failures():
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: print(
        "HANDLER", context["message"].partition(" in callback")[0], repr(context["exception"]), sorted(set(context) - {"message", "exception"})))
    for where in ("data", "eof", "lost"):
        a, b = Log(), Log(**{where: ValueError(where)})
        ta, tb = await pair(a, b)
        ta.write(b"data")
        await turns()
        ta.close()
        await turns(20)
        print(where, b.log, a.log)
    for where in ("pause", "resume"):
        a, b = Log(**{where: ValueError(where)}), Log()
        ta, tb = await pair(a, b)
        tb.pause_reading()
        ta.write(b"w" * 3000000)
        tb.resume_reading()
        while ta.get_write_buffer_size():
            await turns()
        print(where, a.log)
        ta.close()
        tb.close()
        await a.lost

    class Buffered(asyncio.BufferedProtocol):
        def __init__(self, size, fails=None):
            self.size, self.fails, self.log = size, fails, []

        def get_buffer(self, hint):
            if self.fails == "get":
                raise ValueError("get")
            self.buffer = bytearray(self.size)
            return self.buffer

        def buffer_updated(self, n):
            self.log.append(bytes(self.buffer[:n]))
            if self.fails == "updated":
                raise ValueError("updated")

        def eof_received(self):
            self.log.append("eof")
            if self.fails == "eof":
                raise ValueError("eof")

        def connection_lost(self, exc):
            self.log.append(exc)
    for size, fails in ((3, None), (0, None), (3, "get"), (3, "updated"), (3, "eof")):
        a, b = Log(), Buffered(size, fails)
        ta, tb = await pair(a, b)
        ta.write(b"12345")
        ta.write_eof()
        await turns(20)
        print(size, fails, b.log, a.log)
        ta.close()
    # another protocol takes over
    a, b = Log(), Log()
    ta, tb = await pair(a, b)
    other = Buffered(10)
    tb.set_protocol(other)
    print(tb.get_protocol() is other)
    ta.write(b"to the other")
    ta.close()
    await turns(20)
    print(b.log, other.log)


async def pipes():
    loop = asyncio.get_running_loop()

    async def ends(reader, writer):
        r, w = os.pipe()
        tr, _ = await loop.connect_read_pipe(lambda: reader, open(r, "rb", 0))
        tw, _ = await loop.connect_write_pipe(lambda: writer, open(w, "wb", 0))
        return tr, tw
    r, w = Log(), Log()
    tr, tw = await ends(r, w)
    print(text(tr), text(tw), tw.can_write_eof(), tr.is_reading(), type(tr.get_extra_info("pipe")).__name__)
    tr.pause_reading()
    print(text(tr), tr.is_reading())
    tw.write(b"q" * 300000)
    tw.writelines([b"a", b"b"])
    print(tw.get_write_buffer_size() > 200000, w.log, text(tw)[:45])
    tr.resume_reading()
    tw.write_eof()
    print(tw.is_closing())
    await r.lost
    await w.lost
    print(sum(len(entry[1]) for entry in r.log if entry[0] == "data"), r.log[-2:], w.log, text(tr), text(tw))
    for _ in range(7):
        tw.write(b"lost")
    # nobody reads any more
    for written in (b"", b"p" * 300000):
        r, w = Log(), Log()
        tr, tw = await ends(r, w)
        tr.pause_reading()
        tw.write(written)
        tr.close()
        await w.lost
        print([entry if entry[0] != "lost" else type(entry[1]).__name__ for entry in w.log], r.log)
    # eof_received() cannot keep a pipe open; an abort
    r, w = Log(keep=True), Log()
    tr, tw = await ends(r, w)
    tw.abort()
    await r.lost
    print(r.log, w.log)
    with open("plain", "w+b") as plain:
        await wait_show(loop.connect_read_pipe(lambda: Log(), plain))
        await wait_show(loop.connect_write_pipe(lambda: Log(), plain))
    os.unlink("plain")
    # a terminal
    master, slave = os.openpty()
    r, w = Log(), Log()
    tr, _ = await loop.connect_read_pipe(lambda: r, open(master, "rb", 0))
    tw, _ = await loop.connect_write_pipe(lambda: w, open(slave, "wb", 0))
    tw.write(b"line\n")
    await turns()
    print(r.log, w.log)
    tw.close()
    await r.lost
    print([entry if entry[0] != "lost" else getattr(entry[1], "errno", None) == errno.EIO for entry in r.log], w.log)


class Datagrams(asyncio.DatagramProtocol):
    def __init__(self):
        self.log = []

    def connection_made(self, transport):
        self.log.append("made")

    def datagram_received(self, data, addr):
        self.log.append(data)

    def error_received(self, exc):
        self.log.append(type(exc).__name__)

    def connection_lost(self, exc):
        self.log.append(("lost", exc))


async def datagrams():
    loop = asyncio.get_running_loop()
    ts, s = await loop.create_datagram_endpoint(Datagrams, local_addr=("127.0.0.1", 0))
    address = ts.get_extra_info("sockname")
    tc, c = await loop.create_datagram_endpoint(Datagrams, remote_addr=address)
    print(tc.get_extra_info("peername") == address, ts.get_extra_info("peername"), tc.is_closing())
    print(text(ts), text(tc))
    for data in (b"bytes", bytearray(b"array"), memoryview(b"view"), b""):
        tc.sendto(data)
    show(tc.sendto, b"elsewhere", ("127.0.0.1", 1))
    tc.sendto(b"same", address)
    ts.sendto(b"back", tc.get_extra_info("sockname"))
    await turns()
    print(s.log, c.log)
    ts.close()
    ts.close()
    await turns()
    print(s.log[-1:], ts.is_closing())
    tc.sendto(b"nobody")
    await turns()
    tc.sendto(b"nobody")
    await turns()
    print(c.log[2:])
    tc.abort()
    await turns()
    for _ in range(8):
        tc.sendto(b"lost")
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    await wait_show(loop.create_datagram_endpoint(Datagrams, sock=sock, local_addr=("127.0.0.1", 0), reuse_port=True))
    sock.close()
    stream = socket.socket()
    await wait_show(loop.create_datagram_endpoint(Datagrams, sock=stream))
    stream.close()
    tu, u = await loop.create_datagram_endpoint(Datagrams, local_addr="datagrams", family=socket.AF_UNIX)
    tv, v = await loop.create_datagram_endpoint(Datagrams, remote_addr="datagrams", family=socket.AF_UNIX)
    tv.sendto(b"by path")
    await turns()
    print(u.log)
    tu.close()
    tv.close()
    os.unlink("datagrams")
    await wait_show(loop.create_datagram_endpoint(Datagrams, local_addr=("x", 1), family=socket.AF_UNIX))


async def connecting():
    loop = asyncio.get_running_loop()
    unused = [socket.socket() for _ in range(2)]
    for sock in unused:
        sock.bind(("127.0.0.1", 0))
    port = unused[0].getsockname()[1]

    async def resolve(host, port, **hints):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", sock.getsockname()) for sock in unused]
    await wait_show(loop.create_connection(Log, "127.0.0.1", port))
    loop.getaddrinfo = resolve
    await wait_show(loop.create_connection(Log, "name", port))
    await wait_show(loop.create_connection(Log, "name", port, all_errors=True))
    await wait_show(loop.create_connection(Log, "name", port, happy_eyeballs_delay=0.01))
    server = await loop.create_server(Log, "127.0.0.1", 0, backlog=1)
    unused.append(server.sockets[0])
    for options in ({}, {"happy_eyeballs_delay": 0.01}, {"interleave": 1}, {"local_addr": ("127.0.0.1", 0)}):
        if options.get("local_addr"):
            del loop.getaddrinfo
            t, _ = await loop.create_connection(Log, *server.sockets[0].getsockname(), **options)
        else:
            t, _ = await loop.create_connection(Log, "name", 1, **options)
        print(options, t.get_extra_info("peername") == server.sockets[0].getsockname())
        t.close()
    await wait_show(loop.create_connection(Log, "127.0.0.1", port, local_addr=("127.0.0.1", port)))
    await wait_show(loop.create_connection(Log, "127.0.0.1", port, local_addr=("::1", 0)))
    await wait_show(loop.create_connection(Log, "127.0.0.1", port, server_hostname="x"))
    await wait_show(loop.create_connection(Log, "127.0.0.1", port, ssl_handshake_timeout=1))
    d = socket.socket(type=socket.SOCK_DGRAM)
    await wait_show(loop.create_connection(Log, sock=d))
    await wait_show(loop.connect_accepted_socket(Log, d))
    await wait_show(loop.create_server(Log, sock=d))
    await wait_show(loop.create_unix_connection(Log, sock=d))
    await wait_show(loop.create_unix_server(Log, sock=d))
    d.close()
    await wait_show(loop.create_unix_connection(Log, "path", sock=unused[0]))
    await wait_show(loop.create_unix_server(Log, "path", sock=unused[0]))
    await wait_show(loop.create_unix_server(Log))
    await wait_show(loop.create_server(Log, "127.0.0.1", port))
    await wait_show(loop.create_server(Log, "127.0.0.1", 0, ssl=True))
    await wait_show(loop.create_unix_server(Log, "nowhere/at/all"))
    # a server's life
    print(server.is_serving(), server.get_loop() is loop, text(server))
    forever = asyncio.create_task(server.serve_forever())
    await turns(1)
    await wait_show(server.serve_forever())
    t, _ = await loop.create_connection(Log, *server.sockets[0].getsockname())
    await turns()
    server.close()
    closed = asyncio.create_task(server.wait_closed())
    await turns()
    print(server.is_serving(), server.sockets, forever.cancelled() or forever.done(), closed.done(), text(server))
    server.close_clients()
    await closed
    await wait_show(forever)
    await wait_show(server.start_serving())
    later = await loop.create_server(Log, "127.0.0.1", 0, start_serving=False)
    print(later.is_serving())
    await later.start_serving()
    print(later.is_serving())
    async with later:
        t, p = await loop.create_connection(Log, *later.sockets[0].getsockname())
        await turns()
        later.abort_clients()
        await p.lost
        print(p.log[0], type(p.log[-1][1]).__name__)
    # Unix: the path goes with the server, if it is still that server's
    for keep in (False, True):
        s = await loop.create_unix_server(Log, "path", cleanup_socket=not keep)
        s.close()
        print(os.path.exists("path"))
    s = await loop.create_unix_server(Log, "path")  # over the one that was left
    os.unlink("path")
    open("path", "w").close()
    s.close()
    print(os.path.exists("path"))
    await wait_show(loop.create_unix_server(Log, "path"))
    os.unlink("path")
    for sock in unused[:2]:
        sock.close()


async def low_level():
    loop = asyncio.get_running_loop()
    a, b = socket.socketpair()
    a.setblocking(False)
    b.setblocking(False)
    waiting = asyncio.create_task(loop.sock_recv(a, 10))
    await turns(1)
    waiting.cancel()
    await wait_show(waiting)
    print(loop.remove_reader(a))
    handle = []
    loop.add_reader(a, lambda: handle.append(a.recv(10)))
    loop.add_reader(a.fileno(), lambda: handle.append((2, a.recv(10))))
    b.send(b"once")
    await turns()
    print(handle, loop.remove_reader(a), loop.remove_writer(a))
    show(loop.add_reader, -1, print)
    show(loop.add_reader, object(), print)
    await loop.sock_sendall(b, memoryview(b"abcdef"))
    await loop.sock_sendall(b, b"")
    print(await loop.sock_recv(a, 100))
    b.close()
    print(await loop.sock_recv(a, 100))
    a.close()
    await wait_show(loop.sock_recv(a, 1))
    blocking = socket.socket()
    loop.set_debug(True)
    await wait_show(loop.sock_recv(blocking, 1))
    loop.set_debug(False)
    blocking.setblocking(False)
    dead = socket.socket()
    dead.bind(("127.0.0.1", 0))
    await wait_show(loop.sock_connect(blocking, dead.getsockname()))
    blocking.close()
    with open(__file__, "rb") as f, open(__file__) as t:
        for args in ((t,), (f, -1), (f, 0, 0), (f, 0, "x"), (f, "x")):
            await wait_show(loop.sock_sendfile(dead, *args))
        d = socket.socket(type=socket.SOCK_DGRAM)
        await wait_show(loop.sock_sendfile(d, f))
        d.close()
        import io
        a, b = socket.socketpair()
        a.setblocking(False)
        await wait_show(loop.sock_sendfile(a, io.BytesIO(b"0123456789"), 2, 5, fallback=False))
        print(await loop.sock_sendfile(a, io.BytesIO(b"0123456789"), 2, 5), b.recv(100))
        transport, _ = await loop.create_connection(Log, sock=a)
        print(await loop.sendfile(transport, io.BytesIO(b"0123456789")), b.recv(100), transport.is_reading())
        transport.close()
        await wait_show(loop.sendfile(transport, f))
        b.close()
    dead.close()
    # signals: several, in the order of their numbers' coming
    got = []
    for sig in (signal.SIGUSR1, signal.SIGUSR2):
        loop.add_signal_handler(sig, got.append, sig.name)
    loop.add_signal_handler(signal.SIGUSR1, got.append, "again")
    os.kill(os.getpid(), signal.SIGUSR1)
    os.kill(os.getpid(), signal.SIGUSR2)
    await turns()
    print(got, signal.getsignal(signal.SIGUSR1) is signal.SIG_DFL)


class Child(asyncio.SubprocessProtocol):
    def __init__(self):
        self.log = []
        self.over = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        self.log.append("made")

    def pipe_data_received(self, fd, data):
        self.log.append((fd, data))

    def pipe_connection_lost(self, fd, exc):
        self.log.append((fd, "lost", exc))

    def process_exited(self):
        self.log.append("exited")

    def connection_lost(self, exc):
        self.log.append(("lost", exc))
        self.over.set_result(None)


async def processes():
    loop = asyncio.get_running_loop()
    t, p = await loop.subprocess_shell(Child, "read x; echo $x; exit 7", stderr=None)
    print(p.log, t.get_pid() > 0, t.get_returncode(), [t.get_pipe_transport(n) is not None for n in range(4)], text(t))
    t.get_pipe_transport(0).write(b"through\n")
    await p.over
    print(sorted(map(str, p.log)), p.log[-1], t.get_returncode(), t.is_closing())
    show(t.kill)
    t.close()
    print(text(t)[:60])
    t, p = await loop.subprocess_exec(Child, "sleep", "100")
    t.close()
    await p.over
    print(p.log[-1], t.get_returncode())
    await wait_show(loop.subprocess_shell(Child, 5))
    await wait_show(loop.subprocess_exec(Child, "true", universal_newlines=True))
    await wait_show(loop.subprocess_exec(Child, "true", encoding="utf-8"))
    await wait_show(loop.subprocess_exec(Child, "true", errors="strict"))
    # what the child leaves running does not keep wait() waiting
    p = await asyncio.create_subprocess_shell("sleep 0.2 & exit 3", stdout=asyncio.subprocess.PIPE)
    print(await p.wait(), await p.communicate())
    # a child that does not read
    p = await asyncio.create_subprocess_exec("true", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE)
    print(await p.communicate(b"z" * 1000000), p.returncode)
    loop.set_debug(True)
    print([code for code in await asyncio.gather(*[(await asyncio.create_subprocess_shell(f"exit {n}")).wait() for n in range(3)])])
    loop.set_debug(False)


def watchers():
    for name in ("ThreadedChildWatcher", "PidfdChildWatcher", "SafeChildWatcher", "FastChildWatcher", "MultiLoopChildWatcher"):
        async def main():
            watcher = getattr(asyncio, name)()
            watcher.attach_loop(asyncio.get_running_loop())
            asyncio.set_child_watcher(watcher)
            codes = [(await asyncio.create_subprocess_shell(f"exit {n}")) for n in range(3)]
            codes = [await p.wait() for p in codes]
            p = await asyncio.create_subprocess_exec("sleep", "100")
            p.kill()
            print(name, codes, await p.wait(), watcher.is_active(), isinstance(watcher, asyncio.AbstractChildWatcher))
            watcher.close()
            asyncio.set_child_watcher(None)
        asyncio.run(main())
    show(asyncio.AbstractChildWatcher().is_active)


for part in (sockets, ends, failures, pipes, datagrams, connecting, low_level, processes):
    print("----", part.__name__)
    asyncio.run(part())
print("---- watchers")
watchers()
