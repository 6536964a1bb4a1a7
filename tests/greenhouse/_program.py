"""The greenhouse as a process of its own, and those who look at it: over MQTT, and as a page of the dashboard."""
# SPDX-License-Identifier: MIT
import asyncio
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

import mqtt
import web

HERE = os.path.dirname(os.path.abspath(__file__))
EXAMPLE = os.path.join(HERE, "..", "..", "examples", "greenhouse")
PATIENCE = 20.0 * float(os.environ.get("KR_TEST_TIMEOUT", "1"))  # seconds


class Program:
    """The node as a process of its own. Its addresses are read from what it says."""

    def __init__(self, *changes, config="config.toml", board="sim", env=None, folder=None):
        self.folder = folder or tempfile.mkdtemp(prefix="greenhouse-")
        self.log = os.path.join(self.folder, "log")
        state = os.path.join(self.folder, "state")
        command = [sys.argv[1], "--board", board, os.path.join(EXAMPLE, "main.py"), os.path.join(EXAMPLE, config), f"folder={state}", "mqtt.port=0", "dashboard.port=0", *changes]
        self.started = time.monotonic()
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, env={**os.environ, **(env or {})})

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.process.kill()
        self.process.wait()
        if error[0]:
            print(self.said()[-2000:])

    def said(self):
        with open(self.log, encoding="utf-8") as file:
            return file.read()

    def wait_for(self, pattern):
        """The match of a pattern in what it says, as soon as it is there."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if found := re.search(pattern, self.said()):
                return found
            assert self.process.poll() is None, f"it ended with {self.process.poll()}: {self.said()[-1000:]}"
            time.sleep(0.05)
        raise AssertionError(f"it did not say {pattern!r}: {self.said()[-1000:]}")

    def broker(self):
        return "127.0.0.1", int(self.wait_for(r"MQTT: [\d.]+:(\d+)")[1])

    def stop(self):
        """Seconds from SIGTERM to the end."""
        start = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(PATIENCE) == 0, self.process.returncode
        return time.monotonic() - start

    def stored(self, name):
        with sqlite3.connect(os.path.join(self.folder, "state", "readings.db")) as db:
            rows = db.execute("SELECT sequence, value FROM point JOIN series ON series.id = point.series WHERE name = ? ORDER BY sequence", (name,)).fetchall()
        db.close()
        return rows


async def states(address, wanted, topic="greenhouse/state", say=(), patience=PATIENCE):
    """Messages from the node until one is as wanted. say: what is published when the first has come."""
    async with mqtt.Client(*address) as client, asyncio.timeout(patience):
        await client.subscribe(topic, qos=1)
        async for message in client.messages:
            for where, what in say:
                await client.publish(where, what, qos=1)
            say = ()
            if wanted(found := json.loads(message.payload)):
                return found


async def look(url, token, wanted, patience=PATIENCE):
    """The dashboard as a page sees it: its first values, and the answer to a switch."""
    origin = {"origin": url.rstrip("/")}
    async with web.Client(url) as client, asyncio.timeout(patience):
        answer = await client.post("/api/login", json={"token": token}, fields=origin)
        assert answer.status == 204, answer.status
        origin["cookie"] = answer.fields["set-cookie"].split(";")[0]
        async with await web.connect(url.replace("http:", "ws:") + "api/live", fields=origin) as socket:
            async for text in socket:
                message = json.loads(text)
                if message["type"] == "hello":
                    await socket.send(json.dumps({"type": "set", "id": 1, "name": "pump", "value": True}))
                if wanted(message):
                    return message
