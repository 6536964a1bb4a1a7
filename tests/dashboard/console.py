# The console: what is typed runs beside the node's loop, and nothing that is typed ends the node.
import asyncio
import logging
import os
import re
import sys
import tempfile
import time

import web
from _part import Page, served

logging.disable(logging.CRITICAL)
_drawing = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
ticks = 0


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
        got = ""
        async with asyncio.timeout(most):
            while mark not in _drawing.sub("", got):
                got += await self.socket.receive()
        return _drawing.sub("", got)

    async def run(self, text, most=20):
        """What it answers, without what it echoes."""
        await self.socket.send(text + "\rprint('--' + 'end--')\r")
        got = await self.until("--end--\r\n", most)
        lines = [line.rpartition("\r")[2] for line in got.replace("\r\n", "\n").split("\n")]
        return [line for line in lines if line.strip() and not line.startswith((">>> ", "... ", "--end--"))]

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


async def statements(shell):
    for text in ("1+1", "_ * 21", "x = 5; x", "None", "def f(n):\r    return n * 2\r", "f(x)", "for i in range(3): print(i)\r", "dash.title", "import asyncio, sys, time", "await asyncio.sleep(0.01, 'awaited')",
                 "y = await asyncio.sleep(0, 3); y + 1", "asyncio.get_event_loop()", "sys.stdout.isatty(), sys.stdin.isatty()", "print('to stderr', file=sys.stderr)", "repr(__name__)", "[a for a in (1, 2)"
                 "]", "'\\udc80ä€'", "print('\\udc80')", "class A:\r    pass\r\r", "A"):
        print(text.replace("\r", "|"), "->", await shell.run(text))


async def failures(shell):
    for text in ("1/0", "x +", "raise SystemExit(3)", "exit()", "quit()", "sys.exit('bye')", "raise KeyboardInterrupt", "raise BaseException('base')", "raise asyncio.CancelledError", "await nothing", "await asyncio.sleep(0, 1/0)",
                 "async def g(): raise SystemExit(4)\r", "await g()", "async def h(): raise KeyboardInterrupt\r", "await h()", "def r(): r()\r", "r()", "del sys.stdout", "sys.stdout = None", "dash.update({'no': 1})"):
        answer = await shell.run(text)
        if text in ("del sys.stdout", "sys.stdout = None"):
            print(text, answer[-1:])
            continue
        print(text.replace("\r", "|"), "->", answer[-1:])


async def interrupts(shell):
    for text in ("while True: pass\r", "time.sleep(1000)", "sum(range(10**13))", "await asyncio.sleep(1000)", "while True: print('z' * 1000)\r", "input('? ')", "await asyncio.Event().wait()",
                 "import threading; threading.Event().wait()", "[0] * 3 and time.sleep(999)"):
        print(text.strip(), "->", await shell.interrupted(text))
    print(await shell.run("6 * 7"))
    print("at the prompt", await shell.interrupted("half\x15"))
    await shell.socket.send(pasted("while True:\r  try:\r    time.sleep(0.01)\r  except KeyboardInterrupt:\r    print('no'); break"))
    await asyncio.sleep(0.5)
    await shell.socket.send("\x03")
    await shell.until("no\r\n")
    print("a handler of its own", await shell.run("'on'"))


async def holds_up(shell):
    """A statement that awaits and does not let the loop go on."""
    begin = time.monotonic()
    answer = await shell.run("await asyncio.sleep(0); exec('while True: pass')", 30)
    print("holds up the loop ->", answer[-1:], 3 < time.monotonic() - begin < 20)


async def outputs(shell):
    answer = await shell.run("'q' * 10_000_000")
    print("huge ->", len("".join(answer)) < 300_000, [line for line in answer if "left out" in line])
    print("typed ahead ->", await shell.run("z = input()\rhello\rz"))
    print("read ->", await shell.run("sys.stdin.readline()\rab\x7fc"))
    await shell.socket.send('\x00{"cols":120,"rows":40}')
    for text in ("\x00", "\x00{", '\x00{"cols":"x","rows":1}', '\x00{"cols":1e9,"rows":-1}', "\x00[]", b"\x00\xff\xfe", "\x00" + "[" * 5000):
        await shell.socket.send(text)
    print("after sizes that are none ->", await shell.run("1"))
    print("names", await shell.run("keep = 1"))
    await shell.socket.send("\x04")
    await shell.until("at the beginning")
    print("Ctrl-D ->", (await shell.run("keep"))[-1:], await shell.run("dash.title"))


async def several(page, shell):
    others = [Shell(await page.socket("/api/console")) for _ in range(3)]
    for other in others:
        await other.until(">>> ")
    try:
        fifth = await page.socket("/api/console")
        await fifth.receive()
    except web.Closed as error:
        print("the fifth", error.code)
    await asyncio.gather(*(other.run(f"name = {n}") for n, other in enumerate(others)))
    print([await other.run("name") for other in others], (await shell.run("name"))[-1:])
    await others[0].socket.send("while True: print('busy')\r\r")
    await others[1].socket.send(pasted("while True:\r  try: time.sleep(9)\r  except BaseException: pass"))
    print("others go on", await shell.run("'yes'"))
    for other in others:
        await other.socket.close()
    await asyncio.sleep(0.3)
    again = Shell(await page.socket("/api/console"))
    await again.until(">>> ")
    print("after they were closed", await again.run("'open'"))
    await again.socket.close()


async def scripts(page, shell, path):
    async def run(text):
        answer = await page.client.request("PUT", "/api/script/s.py", data=text.encode(), fields=page.fields)
        answer = await page.post("/api/script/s.py/run")
        return answer.status

    for text in ("print('hello', __name__)\nprint('part', end='')", "1/0", "import sys; sys.exit(3)", "x = (", "import asyncio\nprint(await asyncio.sleep(0.01, 'awaited'))", "print(input())", "print(dash.title)"):
        status = await run(text)
        got = await shell.until("s.py: has")
        print(repr(text), status, [line for line in got.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.startswith("s.py")][-3:-1] or got[-80:])
    print(await run("while True: pass"), await run("1"))
    print("stop", (await page.post("/api/script/s.py/stop")).status, "s.py: " in await shell.until("has failed"))
    print(await shell.run("'the prompt stands'"))
    await shell.socket.close()
    await asyncio.sleep(0.2)
    print(await run("for n in range(100000): print('unseen', n)"))
    await asyncio.sleep(1.5)
    late = Shell(await page.socket("/api/console"))
    got = await late.until(">>> ")
    print("what was said before", "unseen 99999" in got, len(got) < 20000)
    await late.socket.close()


async def main():
    global ticks
    before = sys.stdout, sys.stderr, sys.stdin, sys.displayhook
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "s.py")
        async with served(lambda dash: dash.script("s.py", path)) as (dash, server, tokens):
            ticking = asyncio.create_task(tick())
            page = await Page(server.url).login(tokens["operator"])
            shell = Shell(await page.socket("/api/console"))
            banner = await shell.until(">>> ")
            print(banner.splitlines()[:2])
            await statements(shell)
            await interrupts(shell)
            await outputs(shell)
            await shell.run("import asyncio, sys, time")
            await several(page, shell)
            await failures(shell)
            await holds_up(shell)
            await scripts(page, shell, path)
            before_end = ticks
            await asyncio.sleep(0.1)
            print("the node goes on", ticks > before_end)
            ticking.cancel()
    print("streams as before", before[0] is sys.stdout or sys.stdout, before[2:] == (sys.stdin, sys.displayhook))


asyncio.run(main())
