# The client, with a server of our own: bodies, redirects, compression, connections that are kept, deadlines.
import asyncio
import gzip
import logging
import zlib

import web

logging.disable(logging.CRITICAL)
app = web.App()
peers = []


@app.around
async def count(request, following):
    peers.append(request)
    return await following(request)


@app.get("/json")
def json(request):
    return {"q": request.query.pairs, "accept": request.fields.get("accept-encoding"), "x": request.fields.get("x")}


@app.route("/echo", ("POST", "PUT", "PATCH", "DELETE"))
async def echo(request):
    return {"method": request.method, "type": request.type, "body": (await request.body()).decode()}


@app.get("/packed/{how}")
def packed(request, how):
    data = b"text " * 2000
    raw = zlib.compressobj(wbits=-15)
    bodies = {"gzip": gzip.compress(data), "deflate": zlib.compress(data), "raw": raw.compress(data) + raw.flush(), "cut": gzip.compress(data)[:-9], "bad": b"no gzip",
              "br": data}
    return web.Response(bodies[how], fields=[("content-encoding", {"raw": "deflate", "cut": "gzip", "bad": "gzip"}.get(how, how))])


@app.get("/bomb")
def bomb(request):
    return web.Response(gzip.compress(bytes(20_000_000)), fields=[("content-encoding", "gzip")])


@app.get("/to/{status:int}")
def to(request, status):
    return web.redirect("/json?from=" + str(status), status)


@app.post("/to/{status:int}")
async def to_post(request, status):
    return web.redirect("/echo" if status > 303 else "/json", status)


@app.get("/round")
def around(request):
    return web.redirect("/round", 302)


@app.get("/slow")
async def slow(request):
    await asyncio.sleep(5)


@app.get("/drip")
async def drip(request):
    async def pieces():
        yield b"one "
        await asyncio.sleep(5)
    return web.Response(pieces())


@app.get("/lines")
async def lines(request):
    async def pieces():
        for i in range(5):
            yield b"x" * 10000
    return web.Response(pieces())


@app.get("/page")
def page(request):
    return web.Response("\u00e4\u20ac".encode("utf-16-le"), type='text/plain; charset="utf-16-le"')


@app.get("/down")
def down(request):
    return web.Response("no", 503)


async def main():
    async with web.Server(app, port=0, limits=web.Limits(stop_seconds=0.1)) as server, web.Client(server.url, fields={"X": "1"}, timeout=1, limit=1 << 20) as client:
        async def attempt(method, url, **options):
            try:
                async with await client.request(method, url, **options) as answer:
                    text = await answer.text()
                    print(method, url, answer.status, answer.url.removeprefix(server.url), text if len(text) < 200 else len(text))
            except web.ClientError as error:
                print(method, url, "->", str(error).replace(server.url, "/"))

        await attempt("GET", "/json")
        await attempt("GET", "json", params={"a": 1, "b": ["x", "ä&"]})
        await attempt("GET", "/json", fields={"X": "2", "accept-encoding": "identity"})
        await attempt("POST", "/echo", json={"a": [1, None]})
        await attempt("PUT", "/echo", form={"a": "1 2", "b": "&"})
        await attempt("PATCH", "/echo", data="text", fields={"content-type": "text/plain"})
        await attempt("DELETE", "/echo")
        await attempt("HEAD", "/json")
        for how in ("gzip", "deflate", "raw", "cut", "bad", "br"):
            await attempt("GET", f"/packed/{how}")
        await attempt("GET", "/bomb")
        for status in (301, 302, 303, 307, 308):
            await attempt("GET", f"/to/{status}")
            await attempt("POST", f"/to/{status}", data="kept?")
        await attempt("GET", "/round")
        await attempt("GET", "/slow")
        await attempt("GET", "/drip")
        await attempt("GET", "/lines")
        await attempt("GET", "/page")
        await attempt("GET", "/none")
        await attempt("GET", "/a b/ä")
        await attempt("GET", "ftp://localhost/")
        await attempt("GET", "http://localhost:99999/")
        await attempt("GET", "/json", fields={"a": "b\r\nc: d"})
        try:
            (await client.get("/down")).raise_for_status()
        except web.ClientError as error:
            print(str(error).replace(server.url, "/"))

        before = len(server.connections)
        for _ in range(20):
            assert (await (await client.get("/json")).json())["x"] == "1"
        print("one connection:", len(server.connections) - before <= 1)
        answers = await asyncio.gather(*[client.get("/lines") for _ in range(5)])
        print([len(await a.body()) for a in answers])
        for connection in list(server.connections):  # the server ends what is idle: the client asks again
            connection.abort()
        await asyncio.sleep(0.05)
        print((await client.get("/json")).status)
        gone = server.url
    client = web.Client(timeout=1)
    try:
        await client.get(gone)
    except web.ClientError as error:
        print("Connect call failed" in str(error))

    async def rude(reader, writer):
        head = await reader.readuntil(b"\r\n\r\n")
        writer.write({b"/1": b"nonsense\r\n\r\n", b"/2": b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", b"/3": b"HTTP/1.1 200 OK\r\n\r\nto the end",
                      b"/4": b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 200 OK\nA: b\n\nold", b"/5": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                      b"/6": b""}[head.split()[1]])
        writer.close()

    async with await asyncio.start_server(rude, "127.0.0.1", 0) as other:
        base = f"http://127.0.0.1:{other.sockets[0].getsockname()[1]}"
        for path in ("/1", "/2", "/3", "/4", "/5", "/6"):
            try:
                answer = await client.get(base + path)
                print(path, answer.status, await answer.body())
            except web.ClientError as error:
                print(path, "->", str(error).replace(base, ""))


asyncio.run(main())
