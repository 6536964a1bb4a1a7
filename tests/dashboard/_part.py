"""What the tests of the dashboard share: one that runs, and somebody who looks at it."""

import asyncio
import contextlib
import io
import json
import tempfile

import web
from dashboard import Dashboard


class Page:
    """A page of a browser, with or without a session."""

    def __init__(self, url: str) -> None:
        self.url, self.origin = url, url.rstrip("/")
        self.fields = {"origin": self.origin}
        self.client = web.Client(url)

    async def login(self, token: str) -> "Page":
        """Log in; AssertionError: that was refused."""
        answer = await self.post("/api/login", json={"token": token})
        assert answer.status == 204, answer.status
        self.fields["cookie"] = answer.fields["set-cookie"].split(";")[0]
        return self

    async def get(self, path: str, **fields: str) -> web.Answer:
        return await self.client.get(path, fields=self.fields | fields)

    async def post(self, path: str, json: object = None, **fields: str) -> web.Answer:
        return await self.client.post(path, json=json, fields=self.fields | fields)

    async def socket(self, path: str, **fields: str) -> web.WebSocket:
        return await web.connect(self.origin.replace("http", "ws") + path, fields=self.fields | fields)


@contextlib.asynccontextmanager
async def served(prepare=None, **options):
    """A dashboard in a new folder: (dash, server, tokens by role)."""
    with tempfile.TemporaryDirectory() as folder:
        dash = Dashboard("Test", folder=folder)
        if prepare:
            prepare(dash)
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            serving = dash.serve(port=0, **options)
            server = await serving.__aenter__()
        words = [line.split() for line in said.getvalue().splitlines()]
        tokens = {line[3].rstrip(":"): line[4].partition("#token=")[2] for line in words}
        try:
            yield dash, server, tokens
        finally:
            await serving.__aexit__(None, None, None)


async def until(socket, kind: str, check=lambda message: True, most: float = 10) -> dict:
    """The next message of a kind that passes a check."""
    async with asyncio.timeout(most):
        while True:
            message = json.loads(await socket.receive())
            if message["type"] == kind and check(message):
                return message


async def closed(socket, most: float = 10) -> int:
    """The code with which it is closed."""
    try:
        async with asyncio.timeout(most):
            while True:
                await socket.receive()
    except web.Closed as end:
        return end.code


async def raw(port: int, data: bytes, most: float = 10) -> bytes:
    """All that is answered to these bytes, until the server closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(data)
        return await asyncio.wait_for(reader.read(), most)
    finally:
        writer.close()
