"""The broker as a process that is killed or told to stop, and started again at once: its clients, our own and npm's mqtt, have their subscriptions back
within 5 s; one that hangs is noticed within 1.5 keep-alives."""
# SPDX-License-Identifier: MIT
import asyncio
import json
import os
import shutil
import signal
import sys
import tempfile
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from _wires import Process

from mqtt import Client

HERE = os.path.dirname(os.path.abspath(__file__))
NODE = shutil.which("node") if os.path.isdir(os.path.join(HERE, "../../build/peers/node_modules/mqtt")) else None
RESTARTS = int(os.environ.get("KR_MQTT_RESTARTS", "4"))
FILTERS = [f"filter/{n}" for n in range(20)]


class Peer:
    """npm's mqtt, with what it has got last."""

    def __init__(self):
        self.got, self.lost = "", 0.0

    async def start(self, port, **options):
        command = (NODE, os.path.join(HERE, "_peer.js"), f"mqtt://127.0.0.1:{port}", "5", json.dumps({"quiet": True, "reconnectPeriod": 50, "filters": FILTERS, **options}))
        self.process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
        await asyncio.wait_for(self.process.stdout.readline(), 15)
        self.reading = asyncio.create_task(self._read())

    async def _read(self):
        while line := (await self.process.stdout.readline()).decode():
            if line.startswith("lost"):
                self.lost = time.monotonic()
            else:
                self.got = line.split()[1]

    async def end(self):
        self.reading.cancel()
        self.process.kill()
        await self.process.wait()


class Own:
    """Our client, with what it has got last."""

    def __init__(self):
        self.got, self.lost = "", 0.0

    async def start(self, port, **options):
        self.client = Client("127.0.0.1", port, reconnect_delay=(0.05, 0.2), on_connection=self._changed, **options)
        await self.client.connect()
        await self.client.subscribe(FILTERS, qos=1)
        self.reading = asyncio.create_task(self._read())

    def _changed(self, up):
        if not up:
            self.lost = time.monotonic()

    async def _read(self):
        async for message in self.client.messages:
            self.got = message.payload.decode()

    async def end(self):
        self.reading.cancel()
        await self.client.disconnect(wait=False)


class Restarts(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.folder = tempfile.mkdtemp()
        self.broker = Process("--store", self.folder)
        self.addCleanup(shutil.rmtree, self.folder)
        self.addAsyncCleanup(self.end)
        self.clients = []

    async def end(self):
        for client in self.clients:
            await client.end()
        self.broker.kill()

    async def start(self, client, **options):
        await client.start(self.broker.port, **options)
        self.clients.append(client)

    async def test_subscriptions(self):
        for options in ({}, {"session_expiry": 600, "clean_start": False, "client_id": "kept"}, {"version": 4}):
            await self.start(Own(), **options)
        if NODE:
            await self.start(Peer())
            await self.start(Peer(), clean=False, clientId="npm", properties={"sessionExpiryInterval": 600})
        else:
            print("SKIP broker_restarts.py: npm's mqtt is not installed (make mqtt-peers installs it)", file=sys.stderr)
        longest = 0.0
        for n in range(RESTARTS):
            if n % 2:
                await asyncio.to_thread(self.broker.stop)
            else:
                self.broker.kill()
            self.broker = await asyncio.to_thread(lambda: Process("--store", self.folder, port=self.broker.port))
            began = time.monotonic()
            async with Client("127.0.0.1", self.broker.port) as publisher:
                for topic in (FILTERS[n % 20], FILTERS[-1 - n % 20]):
                    word = f"{n}:{topic}"
                    while any(client.got != word for client in self.clients):
                        self.assertLess(time.monotonic() - began, 5, [client.got for client in self.clients])
                        await publisher.publish(topic, word, qos=1)
                        await asyncio.sleep(0.05)
            longest = max(longest, time.monotonic() - began)
        print(f"{RESTARTS} restarts with {len(self.clients)} clients: all subscriptions back after {longest:.2f} s at most", file=sys.stderr)

    async def test_frozen(self):
        await self.start(Own(), keep_alive=2, timeout=0.5)
        if NODE:
            await self.start(Peer(), keepalive=2)
        await asyncio.sleep(2.5)
        self.broker.child.send_signal(signal.SIGSTOP)
        began = time.monotonic()
        try:
            own = self.clients[0]
            async with asyncio.timeout(5):
                while not own.lost:
                    await asyncio.sleep(0.01)
            self.assertLessEqual(own.lost - began, 1.5 * 2)
        finally:
            self.broker.child.send_signal(signal.SIGCONT)
        await asyncio.wait_for(own.client.wait_connected(), 10)


if __name__ == "__main__":
    unittest.main()
