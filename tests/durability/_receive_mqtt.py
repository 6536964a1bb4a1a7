"""_receive_mqtt.py PORT STORE - the receiver of the MQTT link: a client with a session that outlives connections; what comes goes into a store."""
# SPDX-License-Identifier: MIT
import asyncio
import sys

import mqtt
import pipeline
import store

target = store.Store(sys.argv[2])


async def main() -> None:
    client = mqtt.Client("127.0.0.1", int(sys.argv[1]), client_id="durability-receiver", clean_start=False, session_expiry=3600, keep_alive=5,
                         reconnect_delay=(0.02, 0.2))
    async with client:
        await client.subscribe("durability/#", qos=1)
        print("ready", flush=True)
        while True:
            items = pipeline.decode((await client.messages.get()).payload)
            while len(client.messages) and len(items) < 500:
                items += pipeline.decode(client.messages.get_nowait().payload)
            await asyncio.to_thread(target.add_records, items)


asyncio.run(main())
