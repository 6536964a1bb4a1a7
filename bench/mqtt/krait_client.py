"""krait_client.py PORT COUNT VERSION QOS - messages per second that mqtt.Client publishes, and that it receives."""
# SPDX-License-Identifier: MIT
import asyncio
import sys
import time

from mqtt import Client

PAYLOAD = b'{"temperature": 21.5, "humidity": 40, "t": 1700000000}'


async def publish(port, count, version, qos):
    async with Client("127.0.0.1", port, version=version, queue_limit=2 * count) as client:
        began = time.perf_counter()
        last = None
        for _ in range(count):
            last = client.publish_nowait("bench/publish", PAYLOAD, qos)
        await last
        return count / (time.perf_counter() - began)


async def receive(port, count, version, qos):
    async with Client("127.0.0.1", port, version=version) as a, Client("127.0.0.1", port, version=version, queue_limit=2 * count) as b:
        await a.subscribe("bench/receive", qos=qos)
        began = time.perf_counter()
        for _ in range(count):
            b.publish_nowait("bench/receive", PAYLOAD, qos)
        async for _ in a.messages:
            count -= 1
            if not count:
                break
        return int(sys.argv[2]) / (time.perf_counter() - began)


async def main(port, count, version, qos):
    print(f"{await publish(port, count, version, qos):.0f} {await receive(port, count, version, qos):.0f}")


asyncio.run(main(*(int(a) for a in sys.argv[1:])))
