"""A server whose connections wait for the end of what is sent: server.py [CERTIFICATE]. Prints its port; with a line on standard input how many there are."""

import asyncio
import resource
import ssl
import sys

connected = 0


async def handle(reader, writer):
    global connected
    connected += 1
    await reader.read()
    connected -= 1
    writer.close()


def answer():
    if not sys.stdin.readline():
        sys.exit()
    print(connected, flush=True)


async def main():
    context = None
    if len(sys.argv) > 1:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[1])
    server = await asyncio.start_server(handle, "127.0.0.1", 0, ssl=context, backlog=1000)
    asyncio.get_running_loop().add_reader(0, answer)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
asyncio.run(main())
