# Ctrl-C, and several consoles at once.
import asyncio
import logging

import web
from _shell import Shell, pasted, typing

logging.disable(logging.CRITICAL)


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


async def main():
    async with typing() as (page, shell, path):
        await interrupts(shell)
        await several(page, shell)


asyncio.run(main())
