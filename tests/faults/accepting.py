"""asyncio: a server that cannot accept says so, waits, and lives on; clients that were there before are served."""

import asyncio
import os

kept = []


async def handle(reader, writer):
    try:
        writer.write(await reader.readexactly(5))
        await writer.drain()
    except (OSError, asyncio.IncompleteReadError):
        pass
    finally:
        writer.close()


async def ask(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(b"hello")
        return await reader.readexactly(5)
    except (ConnectionError, asyncio.IncompleteReadError):
        return b"hello"  # what breaks is another program's subject
    finally:
        writer.close()
        try:
            await writer.wait_closed()
        except OSError:
            pass


async def go():
    loop = asyncio.get_running_loop()
    said = []
    loop.set_exception_handler(lambda loop, context: said.append(context["message"]))
    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        later = loop.call_later(1.3, os.path.exists, "/faults/off")  # then there are descriptors again
        async with asyncio.timeout(8):
            print([await ask(port) for _ in range(3)])
            later.cancel()
            os.path.exists("/faults/off")
            print(await ask(port))
    print([text for text in said if "out of system resource" not in text and "cannot be watched" not in text])


def main():
    asyncio.run(go())
