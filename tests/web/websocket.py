# WebSockets of the server and the client: messages, limits, closing, origins, peers that break the protocol.
import asyncio
import logging
import zlib

import web
from _raw import get, raw

logging.disable(logging.CRITICAL)
app = web.App()
ended = []


@app.websocket("/echo", protocols=("b", "a"))
async def echo(socket):
    async for message in socket:
        await socket.send(message)
    ended.append("echo")


@app.websocket("/room/{name}", message=100)
async def room(socket, name):
    await socket.send(f"{name} {socket.request.query.get('x')} {socket.protocol}")
    try:
        while True:
            await socket.send(await socket.receive())
    except web.Closed as closed:
        ended.append((closed.code, closed.reason))
        raise


@app.websocket("/bye")
async def bye(socket):
    await socket.close(4001, "enough")


@app.websocket("/fail")
async def fail(socket):
    raise ZeroDivisionError


@app.websocket("/open", origins=("https://friend.example",))
async def opened(socket):
    await socket.send("in")


@app.websocket("/quiet", ping_seconds=0.1)
async def quiet(socket):
    try:
        await socket.receive()
    except web.Closed as closed:
        ended.append(("quiet", closed.code))


@app.websocket("/flood")
async def flood(socket):
    for i in range(300):
        await socket.send(b"x" * 10000)


async def main():
    async with web.Server(app, port=0) as server:
        base = server.url.replace("http", "ws", 1).rstrip("/")
        async with await web.connect(base + "/echo", protocols=("a", "b")) as socket:
            print(socket.protocol)
            for message in ("text ä€", b"\x00\xff", "", b"", "x" * 200, b"y" * 100000):
                await socket.send(message)
                back = await socket.receive()
                print(type(back).__name__, len(back), back == message)
            try:
                await socket.send(5)
            except TypeError as error:
                print(error)
        async with await web.connect(base + "/room/k%C3%BCche?x=1") as socket:
            print(await socket.receive())
            await socket.send("x" * 101)
            try:
                await socket.receive()
            except web.Closed as closed:
                print(closed)
        for path in ("/bye", "/fail", "/none"):
            try:
                async with await web.connect(base + path) as socket:
                    await socket.receive()
            except (web.Closed, web.ClientError) as error:
                print(path, str(error).replace(base, ""))
        for path, origin in (("/open", "https://friend.example"), ("/open", "https://evil.example"), ("/echo", "https://evil.example"),
                             ("/echo", server.url.rstrip("/"))):
            try:
                async with await web.connect(base + path, fields={"Origin": origin}) as socket:
                    print(path, "open")
            except web.ClientError as error:
                print(path, str(error).replace(base, ""))
        async with await web.connect(base + "/quiet") as socket:  # answers pings: nothing happens
            await asyncio.sleep(0.35)
            print(socket.closed)
        upgrade = get("/quiet", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", close=False)
        print((await raw(server.port, upgrade)).split(b"\r\n")[0])  # answers none: given up
        print(ended)
        async with await web.connect(base + "/flood") as socket:
            print(sum([len(m) async for m in socket]))
        for fields in (("Upgrade: websocket", "Sec-WebSocket-Version: 13"), ("Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 8"), ()):
            print((await raw(server.port, get("/echo", *fields))).decode().replace("\r\n", "\n"))
        hostile = {"not masked": b"\x81\x01x", "opcode 3": b"\x83\x80aaaa", "fragmented ping": b"\x09\x80aaaa", "long ping": b"\x89\xfe\x00\x7eaaaa" + b"x" * 126,
                   "not UTF-8": b"\x81\x81\x00\x00\x00\x00\xff", "continuation": b"\x80\x80aaaa", "reserved": b"\xc1\x80aaaa", "huge": b"\x82\xff\x7f" + b"\xff" * 7 + b"aaaa",
                   "close": b"\x88\x82\x00\x00\x00\x00\x03\xe8", "close 999": b"\x88\x82\x00\x00\x00\x00\x03\xe7", "fragments": b"\x01\x81\0\0\0\0a\x80\x81\0\0\0\0b\x88\x80\0\0\0\0"}
        for name, frame in hostile.items():
            answer = await raw(server.port, upgrade.replace(b"/quiet", b"/echo"), frame)
            print(name, answer.partition(b"\r\n\r\n")[2])
        print("-- compression")
        key = "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="
        for offer in ("permessage-deflate", "x-other, permessage-deflate; client_max_window_bits; server_max_window_bits=10", "permessage-deflate; server_max_window_bits=8",
                      "permessage-deflate; mine", "permessage-deflate; server_max_window_bits=x, permessage-deflate"):
            asked = get("/echo", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13", key, f"Sec-WebSocket-Extensions: {offer}", close=False)
            answer = await raw(server.port, asked, b"\x88\x80\0\0\0\0")
            print([line for line in answer.split(b"\r\n") if line.startswith(b"sec-websocket-ext")])
        asked = asked.replace(b"=x", b"=12")
        packed = zlib.compressobj(wbits=-15)
        hello = packed.compress(b"Hello " * 100) + packed.flush(zlib.Z_SYNC_FLUSH)[:-4]
        bomb = zlib.compressobj(wbits=-15)
        large = bomb.compress(bytes(3 << 20)) + bomb.flush(zlib.Z_SYNC_FLUSH)[:-4]

        def frame(first, data):
            return bytes((first, 0xFE)) + len(data).to_bytes(2, "big") + b"\0\0\0\0" + data

        for frames in (frame(0xC1, hello), frame(0x41, hello[:5]) + frame(0x80, hello[5:]), frame(0x41, hello[:5]) + frame(0xC0, hello[5:]), frame(0xC1, b"\xff" * 20),
                       frame(0xC2, large), frame(0xC9, hello)):
            answer = (await raw(server.port, asked + frames, b"\x88\x80\0\0\0\0", pause=0.1)).partition(b"\r\n\r\n")[2]
            if answer[0] == 0xC1:
                message = zlib.decompressobj(-15).decompress(answer[2:2 + answer[1]] + b"\0\0\xff\xff")
                print("back", len(message), message == b"Hello " * 100)
            else:
                print(answer)
        for compress in (True, False):
            async with await web.connect(base + "/echo", compress=compress) as socket:
                for message in ("ä" * 5000, b"x" * 127, b"y" * 128, bytes(range(256)) * 10):
                    await socket.send(message)
                    assert await socket.receive() == message
    print(sorted(map(str, ended)))


asyncio.run(main())
