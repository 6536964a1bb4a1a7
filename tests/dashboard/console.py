# The console: what is typed runs beside the node's loop, and nothing that is typed ends the node.
import asyncio
import logging
import sys

from _shell import typing
from dashboard import _execute

logging.disable(logging.CRITICAL)


async def statements(shell):
    for text in ("1+1", "_ * 21", "x = 5; x", "None", "def f(n):\r    return n * 2\r", "f(x)", "for i in range(3): print(i)\r", "dash.title", "import asyncio, sys, time", "await asyncio.sleep(0.01, 'awaited')",
                 "y = await asyncio.sleep(0, 3); y + 1", "sys.stdout.isatty(), sys.stdin.isatty()", "print('to stderr', file=sys.stderr)", "repr(__name__)", "[a for a in (1, 2)"
                 "]", "'\\udc80ä€'", "print('\\udc80')", "class A:\r    pass\r\r", "A"):
        print(text.replace("\r", "|"), "->", await shell.run(text))


async def failures(shell):
    for text in ("1/0", "x +", "raise SystemExit(3)", "exit()", "quit()", "sys.exit('bye')", "raise KeyboardInterrupt", "raise BaseException('base')", "raise asyncio.CancelledError", "await nothing", "await asyncio.sleep(0, 1/0)",
                 "async def g(): raise SystemExit(4)\r", "await g()", "async def h(): raise KeyboardInterrupt\r", "await h()", "def r(): r()\r", "r()", "dash.update({'no': 1})"):
        answer = await shell.run(text)
        print(text.replace("\r", "|"), "->", answer[-1:])


async def holds_up(shell):
    """A statement that awaits and does not let the loop go on."""
    _execute._STUCK = 1.0
    answer = await shell.run("await asyncio.sleep(0); exec('while True: pass')", 30)
    print("holds up the loop ->", answer[-1:])


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


async def main():
    before = sys.stdout, sys.stderr, sys.stdin, sys.displayhook
    async with typing() as (page, shell, path):
        await statements(shell)
        await failures(shell)
        await holds_up(shell)
        await outputs(shell)
    print("streams as before", before == (sys.stdout, sys.stderr, sys.stdin, sys.displayhook))


asyncio.run(main())
