"""_receive_mqtt.py PORT STORE - the receiver of the MQTT link: a client with a session that outlives connections; what comes goes into a store, and is
acknowledged then."""
# SPDX-License-Identifier: MIT
import asyncio
import sys

import mqtt
import pipeline
import store

target = store.Store(sys.argv[2])


async def main() -> None:
    client = mqtt.Client("127.0.0.1", int(sys.argv[1]), client_id="durability-receiver", clean_start=False, session_expiry=3600, start_offline=True, keep_alive=5,
                         reconnect_delay=(0.02, 0.2), manual_ack=True)
    async with client:
        await client.subscribe("durability/#", qos=1)
        print("ready", flush=True)
        while True:
            messages = [await client.messages.get()]
            while len(client.messages) and len(messages) < 500:
                messages.append(client.messages.get_nowait())
            await asyncio.to_thread(target.add_records, [item for message in messages for item in pipeline.decode(message.payload)])
            for message in messages:
                client.ack(message)


asyncio.run(main())
