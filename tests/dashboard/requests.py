# What is asked for, by whom, under which name: hosts, origins, policies, history, scripts' texts.
import asyncio
import logging
import os
import tempfile

import web
from _part import Page, raw, served
from dashboard import Dashboard
from store import Store

logging.disable(logging.CRITICAL)


async def first_line(port, method, path, *fields, body=b""):
    """The status of a request with these fields alone."""
    lines = [f"{method} {path} HTTP/1.1", *fields, f"Content-Length: {len(body)}", "Connection: close", "", ""]
    return (await raw(port, "\r\n".join(lines).encode() + body)).split(b" ")[1].decode()


async def names_and_origins():
    async with served(hosts=["greenhouse.lan"]) as (dash, server, tokens):
        port = server.port
        body = b'{"token": "%b"}' % tokens["operator"].encode()
        for host in (f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}", "LOCALHOST", "greenhouse.lan", f"attacker.example:{port}", "127.0.0.1.attacker.example", "localhost.attacker.example", "[::1", ""):
            print(f"Host {host.replace(str(port), 'PORT')!r}:", await first_line(port, "GET", "/", f"Host: {host}"), await first_line(port, "POST", "/api/login", f"Host: {host}", f"Origin: http://{host}", body=body))
        print("no Host", (await raw(port, b"GET / HTTP/1.0\r\n\r\n")).split(b" ")[1], (await raw(port, b"GET / HTTP/1.1\r\n\r\n")).split(b" ")[1])
        host, own = f"Host: 127.0.0.1:{port}", f"http://127.0.0.1:{port}"
        for origin in (own, own.replace("http", "https"), "http://localhost", "null", "http://attacker.example", f"{own}.attacker.example", f"{own}/", ""):
            print(f"Origin {origin.replace(str(port), 'PORT')!r}:", await first_line(port, "POST", "/api/login", host, f"Origin: {origin}", body=body), await first_line(port, "GET", "/api/history", host, f"Origin: {origin}"))
        print("no Origin", await first_line(port, "POST", "/api/login", host, body=body), await first_line(port, "GET", "/api/history", host),
              "cross-site", await first_line(port, "GET", "/api/history", host, "Sec-Fetch-Site: cross-site"), await first_line(port, "GET", "/", host, "Sec-Fetch-Site: cross-site"))
        page = await Page(server.url).login(tokens["operator"])
        for path in ("/api/live", "/api/console"):
            for fields in ({"origin": "http://attacker.example"}, {"host": "attacker.example"}, {"host": "attacker.example", "origin": "http://attacker.example"}, {"cookie": "krait_session=no"}, {"cookie": ""}, {"origin": "null"}):
                try:
                    await (await page.socket(path, **fields)).close()
                    print("it is open", path, fields)
                except web.ClientError as error:
                    print(path, fields, "refused")
        answer = await page.get("/")
        for name in ("content-security-policy", "x-content-type-options", "referrer-policy", "x-frame-options", "cross-origin-opener-policy"):
            print(name, answer.fields[name][:40], "frame-ancestors 'none'" in answer.fields[name])
        print("etag", (await page.get("/", **{"if-none-match": answer.fields["etag"]})).status, "plain", (await raw(port, f"GET / HTTP/1.1\r\n{host}\r\nConnection: close\r\n\r\n".encode())).split(b"\r\n\r\n")[1][:9])
        for method, path in (("POST", "/"), ("GET", "/api/login"), ("DELETE", "/api/script/x"), ("GET", "/nothing"), ("GET", "/api/nothing"), ("OPTIONS", "/api/login")):
            print(method, path, (await page.client.request(method, path, fields=page.fields)).status, end="; ")
        print()


def with_store(store):
    def prepare(dash):
        dash._site._history._store = store
        for name in ("air", "soil", "door", "mode", "empty"):
            dash.value(name)

    return prepare


async def history():
    with tempfile.TemporaryDirectory() as folder, Store(os.path.join(folder, "s.db")) as store:
        store.add_many([("air", t * 10**9, t / 10) for t in range(1000, 1100)] + [("soil", t * 10**9, 50) for t in range(1000, 1100, 30)])
        store.add_many([("door", 1005 * 10**9, True), ("mode", 1005 * 10**9, "eco"), ("air", 10**6 * 10**9, 7.5)])
        async with served(with_store(store)) as (dash, server, tokens):
            page = await Page(server.url).login(tokens["viewer"])
            for query in ("names=air&from=1000&to=1005", "names=air,soil&from=1000&to=1100&points=10", "names=door,mode,empty&from=1000&to=1010", "names=air&from=0&to=4000000&points=20",
                          "names=air,air&from=1001&to=1003.5&points=3"):
                print(query, await (await page.get("/api/history?" + query)).text())
            for query in ("", "names=", "names=secret", "names=air&from=x", "names=air&from=nan", "names=air&from=5&to=4", "names=air&points=1", "names=air&points=1e9", "names=air&to=1e300", "names=air&from=-5&to=1e9",
                          "names=" + ",".join(["air"] * 33), "names=air&from=" + "9" * 500):
                answer = await page.get("/api/history?" + query)
                print(query[:40], answer.status, (await answer.json())["error"][:90])
            answer = await page.get("/api/export?name=air&from=1000&to=1002")
            print(answer.status, answer.fields["content-disposition"], await answer.text())
            print([(await page.get("/api/export?name=" + name)).status for name in ("empty", "secret", "air,soil", "")])
            text = await (await page.get("/api/export?name=air&from=0&to=2000000")).text()
            print("rows", len(text.splitlines()))


async def scripts():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "rules.py")
        with open(path, "w") as file:
            file.write("x = 1\n")
        os.chmod(path, 0o640)
        async with served(lambda dash: dash.script("rules.py", path)) as (dash, server, tokens):
            operator, viewer = await Page(server.url).login(tokens["operator"]), await Page(server.url).login(tokens["viewer"])
            print(await (await operator.get("/api/script/rules.py")).text(), end="")

            async def put(page, name, data):
                return (await page.client.request("PUT", f"/api/script/{name}", data=data, fields=page.fields)).status

            print("put", await put(operator, "rules.py", "print('ä')\n".encode()), open(path).read(), oct(os.stat(path).st_mode & 0o777), os.listdir(folder))
            print("others", [await put(operator, name, b"x") for name in ("nothing.py", "..%2frules.py", "%2e%2e", "dashboard.json")], "a viewer", await put(viewer, "rules.py", b"x"))
            print("not UTF-8", await put(operator, "rules.py", b"\xff"), "large", await put(operator, "rules.py", b"x" * 300000), await put(operator, "rules.py", b"x" * 600000), open(path).read() == "print('ä')\n")
            for way in ("", "/run", "/stop"):
                print(way, (await viewer.client.request("POST" if way else "GET", "/api/script/rules.py" + way, fields=viewer.fields)).status, end="; ")
            print()
        async with served(lambda dash: dash.script("rules.py", path), console=False) as (dash, server, tokens):
            page = await Page(server.url).login(tokens["operator"])
            print("without a console", (await page.get("/api/script/rules.py")).status, (await page.post("/api/script/rules.py/run")).status, await put(page, "rules.py", b"x"))
    for name in ("../x", ".x", "a/b", "", "x" * 65):
        try:
            Dashboard("T").script(name, "x")
        except ValueError as error:
            print(str(error)[:80])


async def main():
    await names_and_origins()
    await history()
    await scripts()


asyncio.run(main())
