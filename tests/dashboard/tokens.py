# Tokens, their file, sessions, and how often one may try.
import asyncio
import contextlib
import io
import json
import logging
import os
import tempfile

from _part import Page, closed, served
from dashboard import Dashboard, _auth

logging.disable(logging.CRITICAL)


async def file_of_tokens():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "state", "dashboard.json")
        said = []
        for _ in range(2):
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                async with Dashboard("T", folder=os.path.dirname(path)).serve(port=0):
                    pass
            said.append(out.getvalue())
        tokens = [line.partition("#token=")[2] for line in said[0].splitlines()]
        print("tokens", [len(token) for token in tokens], "printed once", "token" not in said[1], "mode", oct(os.stat(path).st_mode & 0o777))
        text = open(path).read()
        print("the file has", sorted(json.loads(text)), "a token", any(token in text for token in tokens), "others", os.listdir(os.path.dirname(path)))
        for change in (lambda: os.chmod(path, 0o640), write(path, "{}"), write(path, "[1"), write(path, text.replace('"format": 1', '"format": 2')), link(path)):
            change()
            try:
                with contextlib.redirect_stdout(io.StringIO()):
                    async with Dashboard("T", folder=os.path.dirname(path)).serve(port=0):
                        print("it is served")
            except (OSError, ValueError) as error:
                print(type(error).__name__, str(error).replace(folder, "FOLDER")[:70])


def write(path, text):
    def make():
        os.chmod(path, 0o600)
        with open(path, "w") as file:
            file.write(text)

    return make


def link(path):
    def make():
        os.rename(path, path + ".there")
        os.symlink(path + ".there", path)

    return make


async def sessions():
    async with served() as (dash, server, tokens):
        page, other = Page(server.url), Page(server.url)
        for path in ("/api/history?names=x", "/api/export?name=x", "/api/script/x", "/api/nothing"):
            print(path, (await page.get(path)).status, end="; ")
        print()
        answer = await page.post("/api/login", json={"token": tokens["operator"]})
        print([part if "=" not in part or not part.startswith("krait") else "krait_session=" for part in answer.fields["set-cookie"].split("; ")], answer.fields["cache-control"])
        await page.login(tokens["operator"])
        await other.login(tokens["viewer"])
        live, kept = await page.socket("/api/live"), await other.socket("/api/live")
        console = await page.socket("/api/console")
        print("logout", (await page.post("/api/logout")).status, "closed with", await closed(live), await closed(console), "others", (await other.get("/api/history?names=x")).status)
        print("afterwards", (await page.get("/api/history?names=x")).status)
        _auth.SESSION_SECONDS = 0.3
        await page.login(tokens["operator"])
        live = await page.socket("/api/live")
        print("expired: closed with", await closed(live), "then", (await page.get("/api/history?names=x")).status)
        _auth.SESSION_SECONDS = 1000
        first = await Page(server.url).login(tokens["viewer"])
        for _ in range(64):
            await page.login(tokens["viewer"])
        print("the oldest of 65", (await first.get("/api/history?names=x")).status, "the newest", (await page.get("/api/history?names=x")).status)
        live = await page.socket("/api/live")
        held = [await page.socket("/api/live") for _ in range(15)]
        print("the 17th socket of a session", await closed(await page.socket("/api/live")))
        for socket in held:
            await socket.close()
    print("restart: closed", await closed(live) > 0)


async def tries():
    async with served() as (dash, server, tokens):
        page = Page(server.url)
        bad = [("{", 400), ("[]", 400), ('{"token": 5}', 400), ("", 400), ('{"token": "' + "x" * 2000 + '"}', 413)]
        for body, _ in bad:
            answer = await page.client.post("/api/login", data=body.encode(), fields=page.fields)
            print(answer.status, end=" ")
        print()
        for _ in range(7):
            answer = await page.post("/api/login", json={"token": "wrong"})
            print(answer.status, await answer.json(), answer.fields.get("retry-after"))
        answer = await page.post("/api/login", json={"token": tokens["operator"]})
        print("the right one has to wait", answer.status)
        for name in ("a" * 199, "a" * 300, "\udc80", "ä", ""):
            server_tries = dash._site.doorkeeper
            print(await server_tries.login(name, "192.0.2.1"), end=" ")
        print("another address", server_tries.wait("192.0.2.1") > 0, server_tries.wait("192.0.2.2"))
        for n in range(60):
            await server_tries.login("wrong", f"192.0.2.{n + 10}")
        print("all addresses wait", 0 < server_tries.wait("198.51.100.1") <= 30)


async def main():
    await file_of_tokens()
    await sessions()
    await tries()
    for host, tls in (("0.0.0.0", None), ("example.org", None)):
        try:
            Dashboard("T", folder="state").serve(host, 0, tls=tls)
        except ValueError as error:
            print(error)


asyncio.run(main())
