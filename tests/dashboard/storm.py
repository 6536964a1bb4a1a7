# A thousand requests that are never finished, five hundred attempts at files and at other requests, damaged frames: the node goes on.
import asyncio
import logging
import random
import resource
import socket
import time

from _part import Page, served, until

logging.disable(logging.CRITICAL)
HALF = 1000
PARTS = ("..", "%2e%2e", "..%2f", "%2e%2e%2f", "..%5c", "....//", "%c0%ae%c0%ae", "..;", ".%00.", "%252e%252e", "..%00", "/", "//", "\\..\\", "assets/..", "%uff0e%uff0e", "api/script", "api/script/..%2f")
TARGETS = ("etc/passwd", "dashboard.json", "state/dashboard.json", "proc/self/environ", "%64ashboard.json", "x.py", "windows/win.ini")
HEADS = (
    "POST /api/login HTTP/1.1\r\nHost: {h}\r\nOrigin: {o}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /secret HTTP/1.1\r\nHost: {h}\r\n\r\n",
    "POST /api/login HTTP/1.1\r\nHost: {h}\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
    "POST /api/login HTTP/1.1\r\nHost: {h}\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "POST /api/login HTTP/1.1\r\nHost: {h}\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
    "POST /api/login HTTP/1.1\r\nHost: {h}\r\nTransfer-Encoding:\x0bchunked\r\n\r\n0\r\n\r\n",
    "GET / HTTP/1.1\nHost: {h}\n\n", "GET / HTTP/1.1\r\nHost: {h}\r\nHost: attacker.example\r\n\r\n", "GET / HTTP/1.1\r\nHost: {h}\r\n X: folded\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: {h}\r\nX\x00: 1\r\n\r\n", "GET http://attacker.example/ HTTP/1.1\r\nHost: attacker.example\r\n\r\n", "GET / HTTP/9.9\r\nHost: {h}\r\n\r\n", "\x16\x03\x01\x02\x00\x01\x00",
    "POST /api/login HTTP/1.1\r\nHost: {h}\r\nOrigin: {o}\r\nContent-Length: -1\r\n\r\n", "POST /api/login HTTP/1.1\r\nHost: {h}\r\nOrigin: {o}\r\nContent-Length: 99999999999999999999\r\n\r\n",
    "POST /api/login HTTP/1.1\r\nHost: {h}\r\nOrigin: {o}\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nx", "GET /api/live HTTP/1.1\r\nHost: {h}\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n",
    "CONNECT attacker.example:80 HTTP/1.1\r\nHost: {h}\r\n\r\n", "TRACE / HTTP/1.1\r\nHost: {h}\r\nCookie: krait_session=x\r\n\r\n",
)


async def answers(port, data):
    """The statuses of what comes until the server closes, and all of it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(data.encode("latin-1"))
        if writer.can_write_eof():
            writer.write_eof()
        got = await asyncio.wait_for(reader.read(), 20)
    except ConnectionError:
        got = b""
    finally:
        writer.close()
    return [line.split(b" ")[1] for line in got.split(b"\r\n") if line.startswith(b"HTTP/1.")], got


async def half_open(port):
    """Connections that send the beginning of a request."""
    sockets = []
    for number in range(HALF):
        one = socket.socket()
        one.setblocking(False)
        one.connect_ex(("127.0.0.1", port))
        sockets.append(one)
        if number % 50 == 49:
            await asyncio.sleep(0)
    await asyncio.sleep(0.3)
    for number, one in enumerate(sockets):
        try:
            one.send((b"", b"G", b"GET / HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ", b"POST /api/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{")[number % 5])
        except OSError:
            pass
    await asyncio.sleep(0.3)
    return sockets


async def attempts(port):
    rand, host = random.Random(8), f"127.0.0.1:{port}"
    seen = {}
    for number in range(500):
        if number % 5:
            path = "/" + "/".join(rand.choice(PARTS) for _ in range(rand.randint(1, 6))) + "/" + rand.choice(TARGETS)
            head = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        else:
            head = HEADS[number // 5 % len(HEADS)].format(h=host, o=f"http://{host}")
        statuses, got = await answers(port, head)
        for word in (b"root:", b'"salt"', b"PATH=", b"secret"):
            if word in got.replace(b"/secret", b""):
                print("it says", word, "to", repr(head[:80]))
        for status in statuses:
            seen[status.decode()] = seen.get(status.decode(), 0) + 1
    print("attempts are answered with", sorted(seen))


async def frames(page):
    """Frames of a WebSocket that are none."""
    rand = random.Random(9)
    for number in range(60):
        live = await page.socket("/api/live")
        live._stream.write(rand.randbytes(rand.randint(1, 300)) if number % 2 else bytes((0x81, 0xFF)) + b"\x7f" * 8 + rand.randbytes(20))
        await asyncio.sleep(0.005)
        live._stream.abort()


async def main():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4096), hard))
    async with served(lambda dash: (dash.value("air"), dash.script("x.py", "x.py"))) as (dash, server, tokens):
        page = await Page(server.url).login(tokens["operator"])
        live = await page.socket("/api/live")
        await until(live, "hello")
        sockets = await half_open(server.port)
        print("connections are bounded", len(server.connections) <= 201)
        print("somebody new, meanwhile", (await Page(server.url).get("/")).status)
        dash.update({"air": 1})
        print("who is there hears", (await until(live, "values"))["v"])
        dash.update({"air": 2})
        for one in sockets:
            one.close()
        await asyncio.sleep(0.5)
        print("somebody new, afterwards", (await Page(server.url).get("/")).status)
        await attempts(server.port)
        await frames(page)
        await asyncio.sleep(0.5)
        begin = time.monotonic()
        print("the node goes on", (await page.get("/api/history?names=air")).status, (await until(live, "values"))["v"], time.monotonic() - begin < 5)
        print("open in the end", len(server.connections) < 10, len(dash._live._viewers))


asyncio.run(main())
