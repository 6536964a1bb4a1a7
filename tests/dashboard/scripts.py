# Scripts that are edited and run in the page.
import asyncio
import logging

from _shell import Shell, typing

logging.disable(logging.CRITICAL)


async def scripts(page, shell, path):
    async def run(text):
        answer = await page.client.request("PUT", "/api/script/s.py", data=text.encode(), fields=page.fields)
        answer = await page.post("/api/script/s.py/run")
        return answer.status

    for text in ("print('hello', __name__)\nprint('part', end='')", "1/0", "import sys; sys.exit(3)", "x = (", "import asyncio\nprint(await asyncio.sleep(0.01, 'awaited'))", "print(input())", "print(dash.title)"):
        status = await run(text)
        got = await shell.until("s.py: has ")
        while not got.endswith("\n"):
            got += await shell.until("\n") if "\n" not in got.rpartition("s.py: has ")[2] else "\n"
        print(repr(text), status, [line.strip() for line in got.replace("\r\x1b", "\n").replace("\r", "\n").split("\n") if line.startswith("s.py")][-2:])
    print(await run("while True: pass"), await run("1"))
    print("stop", (await page.post("/api/script/s.py/stop")).status, "s.py: " in await shell.until("has failed"))
    print(await shell.run("'the prompt stands'"))
    await shell.socket.close()
    await asyncio.sleep(0.2)
    print(await run("for n in range(100000): print('unseen', n)"))
    while page.dash._site._consoles._scripts["s.py"].alive:
        await asyncio.sleep(0.05)
    late = Shell(await page.socket("/api/console"))
    got = await late.until(">>> ")
    print("what was said before", "unseen 99999" in got, len(got) < 20000)
    await late.socket.close()


async def main():
    async with typing() as (page, shell, path):
        await scripts(page, shell, path)


asyncio.run(main())
