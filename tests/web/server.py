# The server, spoken to in bytes: routes, bodies, connections that go on, limits, errors.
import asyncio
import logging
import os
import tempfile

import web
from _raw import get, raw

logging.disable(logging.CRITICAL)
app = web.App()


@app.get("/")
async def index(request):
    return "<h1>Hello</h1>"


@app.get("/plain")
def plain(request):
    return web.text("ä€")


@app.get("/sensors/{name}/{count:int}")
def sensor(request, name, count):
    return {"name": name, "count": count, "x": request.query.get_all("x"), "agent": request.fields.get("User-Agent")}


@app.get("/files/{rest:path}")
def rest(request, rest):
    return [rest, request.path]


@app.route("/any", ("GET", "PUT", "DELETE"))
def any_method(request):
    return request.method


@app.post("/echo")
async def echo(request):
    return await request.body()


@app.post("/ignore")
async def ignore(request):
    return "ok"


@app.post("/json")
async def json(request):
    return {"got": await request.json()}


@app.post("/form")
async def form(request):
    values = await request.form()
    files = {name: (f.name, f.type, len(f.data)) for name, f in getattr(values, "files", {}).items()}
    return {"pairs": values.pairs, "files": files}


@app.get("/stream")
async def stream(request):
    async def pieces():
        for i in range(3):
            yield f"piece {i}\n"
            await asyncio.sleep(0)
    return web.Response(pieces(), type="text/plain")


@app.get("/events")
async def events(request):
    async def source():
        yield {"t": 1}
        yield "two\nlines"
        yield web.event("named", name="alarm", id="7")
    return web.events(source())


@app.get("/cookie")
def cookie(request):
    return web.text(str(sorted(request.cookies.items()))).cookie("a", "1", seconds=5, secure=True)


@app.get("/fail")
def fail(request):
    raise ZeroDivisionError("secret")


@app.get("/wrong")
def wrong(request):
    return 3.5


@app.get("/teapot")
def teapot(request):
    raise web.Error(418, "short and stout", [("x-pot", "yes")])


@app.get("/inject")
def inject(request):
    return web.redirect("/x\r\nset-cookie: a=b")


@app.get("/go")
def go(request):
    return web.redirect("/plain")


@app.around
async def stamp(request, following):
    response = await following(request)
    if isinstance(response, web.Response) and "x-stamp" in request.fields:
        response.field("x-stamped", request.fields["x-stamp"])
    return response


async def main():
    folder = tempfile.mkdtemp()
    with open(os.path.join(folder, "a.txt"), "w") as f:
        f.write("0123456789")
    with open(os.path.join(folder, ".secret"), "w") as f:
        f.write("no")
    os.mkdir(os.path.join(folder, "sub"))
    with open(os.path.join(folder, "sub", "index.html"), "w") as f:
        f.write("<p>sub")
    os.symlink("/etc/hostname", os.path.join(folder, "out"))
    for name, seconds in (("a.txt", 1000000000), ("sub/index.html", 1000000001)):
        os.utime(os.path.join(folder, name), (seconds, seconds))
    app.static("/static", folder)
    limits = web.Limits(head_seconds=0.5, idle_seconds=0.5, body_seconds=0.5, body=1000)
    async with web.Server(app, port=0, limits=limits) as server:
        async def show(*pieces, **options):
            print((await raw(server.port, *pieces, **options)).decode("utf-8", "replace").replace("\r\n", "\n").strip() or "(closed)")
            print("--")

        print("== routes")
        for path in ("/", "/plain", "/sensors/t%C3%A4st/12?x=1&x=2%20", "/sensors/a/b", "/files/a/b.c", "/nothing", "/teapot", "/fail", "/wrong", "/inject",
                     "/go", "/stream", "/events", "/cookie", "/%ff", "http://localhost/any", "*"):
            await show(get(path, "Cookie: s=1; t=2"))
        await show(get("/any", method="DELETE"))
        await show(get("/any", method="POST"))
        await show(get("/any", method="OPTIONS"))
        await show(get("/", method="HEAD"))
        await show(get("/stream", method="HEAD"))
        await show(get("/plain", "X-Stamp: here"))
        await show(get("/plain", host="evil.example"))
        await show(get("/plain", host="127.0.0.1:80"))

        print("== bodies")
        await show(get("/echo", "Content-Length: 5", method="POST", body=b"hello"))
        await show(get("/echo", "Content-Length: 5", method="POST"), b"he", b"llo", pause=0.05)
        await show(get("/echo", "Transfer-Encoding: chunked", method="POST", body=b"3\r\nabc\r\n2;x=1\r\nde\r\n0\r\nT: 1\r\n\r\n"))
        await show(get("/echo", "Transfer-Encoding: chunked", method="POST", body=b"x\r\nabc\r\n"))
        await show(get("/echo", "Content-Length: 1001", method="POST", body=b"x" * 1001))
        await show(get("/echo", "Transfer-Encoding: chunked", method="POST", body=b"3e9\r\n" + b"x" * 1001 + b"\r\n0\r\n\r\n"))
        await show(get("/echo", "Content-Length: 5", "Expect: 100-continue", method="POST"), b"hello", pause=0.1)
        await show(get("/teapot", "Content-Length: 5", "Expect: 100-continue", close=False), pause=0.1)
        await show(get("/echo", "Content-Length: 5", method="POST", body=b"he"), half=True)
        await show(get("/json", "Content-Length: 7", method="POST", body=b'{"a":1}'))
        await show(get("/json", "Content-Length: 7", method="POST", body=b'{"a":1]'))
        await show(get("/form", "Content-Type: application/x-www-form-urlencoded", "Content-Length: 12", method="POST", body=b"a=1&b=%C3%A4"))
        multipart = (b'--B\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--B\r\nContent-Disposition: form-data; name="f"; filename="x.bin"\r\n'
                     b"Content-Type: image/png\r\n\r\n\x00\x01\r\n\x02\r\n--B--\r\n")
        for body in (multipart, multipart[:-8]):
            await show(get("/form", "Content-Type: multipart/form-data; boundary=B", f"Content-Length: {len(body)}", method="POST", body=body))
        await show(get("/form", "Content-Type: text/csv", "Content-Length: 1", method="POST", body=b"x"))

        print("== connections that go on")
        await show(get("/any", close=False) + get("/any", close=False, method="PUT") + get("/plain"))
        await show(get("/ignore", "Content-Length: 3", method="POST", close=False, body=b"abc") + get("/plain"))
        await show(b"GET /any HTTP/1.0\r\n\r\n")
        await show(b"GET /any HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /any HTTP/1.0\r\n\r\n")
        await show(b"GET /stream HTTP/1.0\r\n\r\n")
        await show(b"\r\n\r\n" + get("/any"))

        print("== what is refused")
        for bad in (b"GET / HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\nHost: a\n\n", b"nonsense\r\n\r\n", b"GET / HTTP/3.0\r\nHost: a\r\n\r\n",
                    b"GET / HTTP/1.1\r\nHost: a\r\nA : b\r\n\r\n", b"GET /" + b"a" * 9000, b"GET / HTTP/1.1\r\nHost: a\r\nA: " + b"b" * 9000,
                    b"GET / HTTP/1.1\r\nHost: a\r\n" + b"A: b\r\n" * 200 + b"\r\n",
                    b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"):
            await show(bad)

        print("== what takes too long")
        await show(b"GET / HT")
        await show(b"")
        await show(get("/echo", "Content-Length: 5", method="POST"), b"he")

        print("== files")
        for path, *fields in (("/static/a.txt",), ("/static/a.txt", "Range: bytes=2-4"), ("/static/a.txt", "Range: bytes=-3"), ("/static/a.txt", "Range: bytes=20-"),
                              ("/static/a.txt", "Range: bytes=0-1,3-4"), ("/static/a.txt", "If-Modified-Since: Sun, 09 Sep 2001 01:46:40 GMT"),
                              ("/static/a.txt", 'If-None-Match: W/"x", "de0b6b3a7640000-a"'), ("/static/sub",), ("/static/sub/",), ("/static/.secret",),
                              ("/static/../server.py",), ("/static/%2e%2e/x",), ("/static/out",), ("/static/none",), ("/static/a.txt%00",)):
            await show(get(path, *fields))
        await show(get("/static/a.txt", method="POST", body=b""))
    print("stopped")


asyncio.run(main())
