"""krait_client.py PORT COUNT VERSION QOS - messages that mqtt.Client publishes, then publishes and receives: per second, and per second of processor time."""
# SPDX-License-Identifier: MIT
import asyncio
import sys
import time

from mqtt import Client

PAYLOAD = b'{"temperature": 21.5, "humidity": 40, "t": 1700000000}'

IN_FLIGHT = {1: 1000, 2: 20}  # by QoS; mosquitto ends connections of version 4 with more of QoS 2


def times():
    return time.perf_counter(), time.process_time()


def rates(count, began):
    return [count / (now - then) for now, then in zip(times(), began)]


async def publish(port, count, version, qos):
    async with Client("127.0.0.1", port, version=version, queue_limit=2 * count, in_flight=IN_FLIGHT[qos]) as client:
        began = times()
        last = None
        for _ in range(count):
            last = client.publish_nowait("bench/publish", PAYLOAD, qos)
        await last
        return rates(count, began)


async def receive(port, count, version, qos):
    async with Client("127.0.0.1", port, version=version) as a, Client("127.0.0.1", port, version=version, queue_limit=2 * count, in_flight=IN_FLIGHT[qos]) as b:
        await a.subscribe("bench/receive", qos=qos)
        left, began = count, times()
        for _ in range(count):
            b.publish_nowait("bench/receive", PAYLOAD, qos)
        async for _ in a.messages:
            left -= 1
            if not left:
                break
        return rates(count, began)


async def main(port, count, version, qos):
    print(*await publish(port, count, version, qos), *await receive(port, count, version, qos))


if __name__ == "__main__":
    asyncio.run(main(*(int(a) for a in sys.argv[1:])))
