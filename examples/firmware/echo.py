# Sends back what comes over a serial line, line by line, while a second task counts the time.
import asyncio

from machine import UART


async def echo(reader, writer):
    while True:
        line = await reader.readline()
        writer.write(b"echo " + line)
        await writer.drain()


async def tick():
    seconds = 0
    while True:
        await asyncio.sleep(1)
        seconds += 1
        print("up", seconds)


async def main():
    reader, writer = await asyncio.open_uart(UART(2, 115200))
    print("ready")
    await asyncio.gather(echo(reader, writer), tick())


asyncio.run(main())
