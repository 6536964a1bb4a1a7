# 100 connections of streams, 300 messages of 64 bytes over each, there and back.
import asyncio

MESSAGE = bytes(range(64))


async def serve(reader, writer):
    while data := await reader.read(64):
        writer.write(data)
        await writer.drain()
    writer.close()


async def client(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    right = 0
    for _ in range(300):
        writer.write(MESSAGE)
        right += await reader.readexactly(64) == MESSAGE
    writer.close()
    await writer.wait_closed()
    return right


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    print(sum(await asyncio.gather(*[client(port) for _ in range(100)])))
    server.close()
    await server.wait_closed()


asyncio.run(main())
