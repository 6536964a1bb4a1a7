# needs: ssl openssl
"""The dashboard over TLS, with a certificate that was just made; behind a proxy that has the TLS, under the address that it was told."""
import asyncio
import os
import ssl
import subprocess
import tempfile

import web
from _part import Page, raw, served


def certificate(folder):
    """The paths of a certificate for 127.0.0.1 and its key."""
    paths = os.path.join(folder, "node.pem"), os.path.join(folder, "node.key")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=node", "-addext", "subjectAltName=IP:127.0.0.1",
                    "-out", paths[0], "-keyout", paths[1]], check=True, capture_output=True)
    return paths


async def over_tls(tls):
    async with served(tls=tls) as (dash, server, tokens):
        dash.value("air")
        page = Page(server.url)
        page.client = web.Client(server.url, tls=ssl.create_default_context(cafile=tls[0]))
        print(server.url.replace(str(server.port), "PORT"), (await page.get("/")).status)
        answer = await page.post("/api/login", json={"token": tokens["operator"]})
        page.fields["cookie"], *more = answer.fields["set-cookie"].split("; ")
        print(answer.status, page.fields["cookie"].partition("=")[0] == f"krait_session_{server.port}", more)
        print("from the page without TLS", (await page.post("/api/login", json={"token": tokens["operator"]}, origin=f"http://127.0.0.1:{server.port}")).status)
        socket = await web.connect(server.url.replace("https", "wss") + "api/live", fields=page.fields, tls=ssl.create_default_context(cafile=tls[0]))
        print((await socket.receive())[:15])
        await socket.close()
        try:
            await Page(server.url).get("/")
        except web.ClientError as error:
            print("unknown to others:", "certificate verify failed" in str(error))
        print("without TLS:", await raw(server.port, b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"))


async def login(port, token, host, origin):
    """What a proxy gets that passes a login on: the head of the answer."""
    body = b'{"token": "%b"}' % token.encode()
    head = f"POST /api/login HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return (await raw(port, head.encode() + body)).partition(b"\r\n\r\n")[0].decode()


async def behind_proxy():
    async with served(address="https://Node.Example") as (dash, server, tokens):
        for host in ("node.example", "127.0.0.1", "other.example"):
            for origin in ("https://node.example", "http://node.example", "https://other.example", "https://node.example.other.example"):
                print(host, origin, (await login(server.port, tokens["operator"], host, origin)).split()[1])
        head = await login(server.port, tokens["operator"], "node.example", "https://node.example")
        cookie, *more = next(line for line in head.splitlines() if line.startswith("set-cookie: ")).removeprefix("set-cookie: ").split("; ")
        print(more)
        page = Page(server.url)
        page.fields |= {"cookie": cookie, "origin": "https://node.example"}
        socket = await page.socket("/api/live")
        print((await socket.receive())[:15])
        await socket.close()
        try:
            await page.socket("/api/console")
        except web.ClientError:
            print("no console, since others reach it")
    for wrong in ("node.example", "https://node.example/", "https://node.example/greenhouse", "ftp://node.example", "https://"):
        try:
            dash.serve(address=wrong)
        except ValueError as error:
            print(error)


async def two_nodes():
    """Two on one host: a browser has the cookies of both, and each finds its own."""
    async with served() as (_, first, tokens), served() as (_, second, others):
        one, two = await Page(first.url).login(tokens["viewer"]), await Page(second.url).login(others["operator"])
        one.fields["cookie"] = two.fields["cookie"] = f"{one.fields['cookie']}; {two.fields['cookie']}"
        for page in (one, two):
            print(await (await page.get("/api/session")).json())


with tempfile.TemporaryDirectory() as folder:
    asyncio.run(over_tls(certificate(folder)))
asyncio.run(behind_proxy())
asyncio.run(two_nodes())
