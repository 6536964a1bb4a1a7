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
        items = pipeline.decode((await client.messages.get()).payload)
        while len(client.messages) and len(items) < 500:
            items += pipeline.decode(client.messages.get_nowait().payload)
        new = await asyncio.to_thread(target.add_records, items)
        counts[0] += len(items)
        counts[1] += new


async def main() -> None:
    counts = [0, 0]
    client = mqtt.Client("127.0.0.1", int(sys.argv[1]), client_id="soak-receiver", clean_start=False, session_expiry=3600, keep_alive=10,
                         reconnect_delay=(0.1, 1.0))
    with store.Store(sys.argv[2]) as target:
        async with client:
            await client.subscribe("soak/#", qos=1)
            print("ready", flush=True)
            taking = asyncio.create_task(take(client, target, counts))
            await asyncio.to_thread(sys.stdin.read)
            taking.cancel()
            print(*counts, flush=True)


asyncio.run(main())
