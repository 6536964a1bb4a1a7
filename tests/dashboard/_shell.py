"""Somebody who types at the console of a node that has work of its own."""

import asyncio
import contextlib
import os
import re
import tempfile
import time

from _part import Page, served

_drawing = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
ticks = 0  # of the node's own work


def pasted(text):
    """As terminals send it; lines that are typed are indented by the prompt."""
    return f"\x1b[200~{text}\x1b[201~\r\r"


async def tick():
    """The node's own work, which goes on."""
    global ticks
    while True:
        ticks += 1
        await asyncio.sleep(0.01)


class Shell:
    """A console that is typed at."""

    def __init__(self, socket):
        self.socket = socket

    async def until(self, mark, most=20):
        """What comes until mark, without drawing; a sequence or the mark may be cut between two messages."""
        got, rest = [], ""
        async with asyncio.timeout(most):
            while mark not in rest:
                got.append(rest[:-200])
                rest = _drawing.sub("", rest[-200:] + await self.socket.receive())
        return "".join(got) + rest

    async def run(self, text, most=20):
        """What it answers, without what it echoes."""
        await self.socket.send(text + "\rprint('--' + 'end--')\r")
        got = await self.until("--end--\r\n", most)
        lines = [line.rpartition("\r")[2] for line in got.replace("\r\n", "\n").split("\n")]
        return [line for line in lines if line.strip() and not line.startswith((">>> ", "...   ", "--end--"))]

    async def interrupted(self, text):
        """What it says to Ctrl-C, in how many seconds, and whether the node went on before."""
        await self.socket.send(text + "\r")
        await asyncio.sleep(0.3)
        before = ticks
        await asyncio.sleep(0.3)
        went_on = ticks > before + 5
        begin = time.monotonic()
        await self.socket.send("\x03")
        got = await self.until("KeyboardInterrupt\r\n")
        return "KeyboardInterrupt" in got, time.monotonic() - begin < 5, went_on, len(got) < 20_000_000


@contextlib.asynccontextmanager
async def typing():
    """A console of a dashboard with the script s.py: (page, shell, path of the script)."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "s.py")
        async with served(lambda dash: dash.script("s.py", path)) as (dash, server, tokens):
            ticking = asyncio.create_task(tick())
            page = await Page(server.url).login(tokens["operator"])
            page.dash = dash
            shell = Shell(await page.socket("/api/console"))
            banner = await shell.until(">>> ")
            print(banner.splitlines()[:2])
            await shell.run("import asyncio, sys, time")
            yield page, shell, path
            before = ticks
            await asyncio.sleep(0.1)
            print("the node goes on", ticks > before)
            ticking.cancel()
