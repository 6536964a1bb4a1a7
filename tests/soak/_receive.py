"""_receive.py PORT STORE - a subscriber with a session that outlives connections; what comes goes into a store, which refuses what it has.

Prints `ready`, and at the end of its standard input how many readings came and how many of them were new.
"""
# SPDX-License-Identifier: MIT
import asyncio
import sys

import mqtt
import pipeline
import store


async def take(client: mqtt.Client, target: store.Store, counts: list[int]) -> None:
    while True:
        messages = [await client.messages.get()]
        while len(client.messages) and len(messages) < 500:
            messages.append(client.messages.get_nowait())
        items = [item for message in messages for item in pipeline.decode(message.payload)]
        new = await asyncio.to_thread(target.add_records, items)
        for message in messages:
            client.ack(message)
        counts[0] += len(items)
        counts[1] += new


async def main() -> None:
    counts = [0, 0]
    client = mqtt.Client("127.0.0.1", int(sys.argv[1]), client_id="soak-receiver", clean_start=False, session_expiry=3600, keep_alive=10,
                         reconnect_delay=(0.1, 1.0), manual_ack=True)
    with store.Store(sys.argv[2]) as target:
        async with client:
            await client.subscribe("soak/#", qos=1)
            print("ready", flush=True)
            taking = asyncio.create_task(take(client, target, counts))
            await asyncio.to_thread(sys.stdin.read)
            taking.cancel()
            print(*counts, flush=True)


asyncio.run(main())
