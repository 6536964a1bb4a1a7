"""A client for tests of the broker: packets out and in, one by one, over asyncio's streams."""
# SPDX-License-Identifier: MIT
import asyncio
import logging
import os
import re
import subprocess
import sys

from mqtt.broker import Broker
from mqtt.packet import Connect, Decoder, Disconnect, PubAck, PubComp, Publish, PubRec, PubRel, Subscribe, Subscription

logging.getLogger("mqtt.broker").setLevel(logging.ERROR)

CONNACK, PUBLISH, PUBACK, PUBREC, PUBREL, PUBCOMP, SUBACK, UNSUBACK, PINGRESP, DISCONNECT = 2, 3, 4, 5, 6, 7, 9, 11, 13, 14
SECONDS = 10  # that an answer may take on a busy machine


class Wire:
    """A connection. Packets that come are kept until asked for."""

    opened = []

    def __init__(self, reader, writer, version=5):
        self.reader, self.writer, self.version = reader, writer, version
        self.decoder = Decoder(version)
        self.packets = []
        self.last_id = 0
        self.opened.append(self)

    @classmethod
    async def bare(cls, port, version=5, **options):
        return cls(*await asyncio.open_connection("127.0.0.1", port, **options), version)

    @classmethod
    async def open(cls, port, client_id="", version=5, clean=True, keep_alive=0, username=None, password=None, will=None, **properties):
        wire = await cls.bare(port, version)
        wire.send(Connect(client_id, version, clean, keep_alive, username, password, will, properties))
        wire.connack = await wire.next(CONNACK)
        return wire

    def send(self, packet):
        self.writer.write(packet.encode(self.version))

    async def next(self, kind=None, seconds=SECONDS):
        """The next packet; with kind: it has to be of that kind. None: the broker has closed."""
        async with asyncio.timeout(seconds):
            while not self.packets:
                if not await self._more():
                    return None
        packet = self.packets.pop(0)
        if kind is not None:
            assert packet.kind == kind, f"expected kind {kind}, got {packet}"
        return packet

    async def find(self, kind):
        """The first packet of a kind; others before it stay."""
        async with asyncio.timeout(SECONDS):
            while not any(p.kind == kind for p in self.packets):
                assert await self._more(), f"closed, and no packet of kind {kind}, but {self.packets}"
        return self.packets.pop([p.kind for p in self.packets].index(kind))

    async def _more(self):
        data = await self.reader.read(65536)
        self.packets += self.decoder.feed(data)
        return bool(data)

    async def nothing(self, seconds=0.2):
        """Whether nothing comes."""
        try:
            packet = await self.next(None, seconds)
        except TimeoutError:
            return True
        raise AssertionError(f"nothing was expected, got {packet}")

    async def subscribe(self, *filters, qos=0, **options):
        properties = {"subscription_identifier": [options.pop("identifier")]} if "identifier" in options else {}
        self.last_id += 1
        self.send(Subscribe(self.last_id, [Subscription(f, qos, **options) for f in filters], properties))
        return (await self.find(SUBACK)).reasons

    async def publish(self, topic, payload=b"", qos=0, retain=False, packet_id=None, **properties):
        """Publish and wait for the acknowledgement; returns its reason."""
        if qos and packet_id is None:
            self.last_id += 1
            packet_id = self.last_id
        self.send(Publish(topic, payload, qos, retain, False, packet_id, properties))
        if qos == 0:
            return 0
        answer = await self.find(PUBACK if qos == 1 else PUBREC)
        assert answer.packet_id == packet_id
        if qos == 2 and answer.reason < 0x80:
            self.send(PubRel(packet_id))
            await self.find(PUBCOMP)
        return answer.reason

    async def message(self):
        """The next message, acknowledged."""
        packet = await self.find(PUBLISH)
        if packet.qos == 1:
            self.send(PubAck(packet.packet_id))
        elif packet.qos == 2:
            self.send(PubRec(packet.packet_id))
            await self.find(PUBREL)
            self.send(PubComp(packet.packet_id))
        return packet

    async def close(self, reason=0, **properties):
        """Say good-bye."""
        self.send(Disconnect(reason, properties))
        await self.cut()

    async def cut(self):
        """Close without a word."""
        self.writer.close()
        try:
            await self.writer.wait_closed()
        except OSError:
            pass


    @classmethod
    async def cut_all(cls):
        """Close all that are open."""
        for wire in cls.opened:
            await wire.cut()
        cls.opened.clear()


class Process:
    """The broker as a process of its own."""

    def __init__(self, *arguments, port=0, env=None):
        self.child = subprocess.Popen([sys.executable, "-m", "mqtt.broker", "--port", str(port), *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                      text=True, env={**os.environ, **(env or {})})
        line = self.child.stdout.readline()
        found = re.search(r"port (\d+)", line)
        if not found:
            raise RuntimeError(f"the broker does not start: {line}{self.child.communicate()[1]}")
        self.port = int(found[1])

    def kill(self):
        self.child.kill()
        self.child.communicate()

    def stop(self):
        """SIGTERM; returns what it wrote to its standard error."""
        self.child.terminate()
        text = self.child.communicate(timeout=20)[1]
        assert self.child.returncode == 0, (self.child.returncode, text)
        return text


def with_broker(**settings):
    """A test, as a coroutine function, whose second argument is a broker with these settings."""
    def wrap(test):
        async def run(self):
            async with Broker(**{"port": 0, "sys_interval": 0, **settings}) as broker:
                try:
                    await test(self, broker)
                finally:
                    await Wire.cut_all()
        return lambda self: asyncio.run(run(self))
    return wrap
