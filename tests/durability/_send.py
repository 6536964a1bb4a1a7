"""_send.py LINK PORT QUEUE COUNT - puts readings until COUNT have been put, and ends when all are delivered.

Prints `next N` at the start (the sequence that comes next, by the queue), `put N` when everything up to N is on disk, and `done`.
"""
# SPDX-License-Identifier: MIT
import asyncio
import contextlib
import os
import sys

import pipeline

LINK, PORT, QUEUE, COUNT = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
_AT_ONCE = 50

if os.environ.get("DURABILITY_PLANT") == "sync":
    import _transaction

    enter = _transaction.Transaction.__enter__

    def careless(self) -> None:
        self._db.execute("PRAGMA synchronous=OFF")
        enter(self)

    _transaction.Transaction.__enter__ = careless


@contextlib.asynccontextmanager
async def open_sink():
    if LINK == "http":
        yield pipeline.HttpSink(f"http://127.0.0.1:{PORT}/", name="link", batch=40)
        return
    import mqtt

    async with mqtt.Client("127.0.0.1", PORT, client_id="durability-sender", start_offline=True, keep_alive=5, reconnect_delay=(0.02, 0.2)) as client:
        yield pipeline.MqttSink(client, "durability/{device}", name="link", batch=100)


async def main() -> None:
    async with open_sink() as sink, pipeline.Pipeline(QUEUE, [sink], device="sender", retry=(0.02, 0.2)) as p:
        n = p.stats()["next_sequence"]
        print("next", n, flush=True)
        while n <= COUNT:
            last = min(COUNT, n + _AT_ONCE - 1)
            await asyncio.gather(*(p.put({"n": i}) for i in range(n, last + 1)))
            print("put", last, flush=True)
            n = last + 1
            while p.stats()["sinks"]["link"]["behind"] > 20 * _AT_ONCE:
                await asyncio.sleep(0.002)
        await p.flush()
        print("done", flush=True)


asyncio.run(main())
