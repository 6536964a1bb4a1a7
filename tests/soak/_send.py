"""_send.py PORT QUEUE RATE COUNT - puts RATE readings per second into a pipeline with an MqttSink, COUNT in all, and ends when all are delivered."""
# SPDX-License-Identifier: MIT
import asyncio
import sys
import time

import mqtt
import pipeline

PORT, QUEUE, RATE, COUNT = int(sys.argv[1]), sys.argv[2], float(sys.argv[3]), int(sys.argv[4])
_TICK = 0.05  # seconds


async def main() -> None:
    client = mqtt.Client("127.0.0.1", PORT, client_id="soak-sender", start_offline=True, keep_alive=10, reconnect_delay=(0.1, 1.0))
    async with client, pipeline.Pipeline(QUEUE, [pipeline.MqttSink(client, "soak/{device}", name="link")], device="sender", retry=(0.1, 1.0)) as p:
        begin, n = time.monotonic(), 0
        while n < COUNT:
            due = min(COUNT, int((time.monotonic() - begin + _TICK) * RATE))
            await asyncio.gather(*(p.put({"n": i}) for i in range(n + 1, due + 1)))
            n = due
            await asyncio.sleep(_TICK)
        await p.flush()
        print("done", p.stats()["sinks"]["link"]["failures"], flush=True)
        await asyncio.to_thread(sys.stdin.read)


asyncio.run(main())
