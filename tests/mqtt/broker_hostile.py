"""Clients that mean harm, or are broken: the broker refuses them, stays bounded, and serves the others."""
# SPDX-License-Identifier: MIT
import asyncio
import os
import random
import socket
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from _wires import CONNACK, DISCONNECT, PUBACK, Wire, with_broker

from mqtt import Client, MqttError
from mqtt.broker import Listener
from mqtt.packet import Connect, PingReq, Publish, Subscribe, Subscription, Will

HELLO = Connect("", 5).encode(5)


async def raw(port, *pieces):
    """Send bytes; returns all that comes until the broker closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for piece in pieces:
            writer.write(piece)
        return await asyncio.wait_for(reader.read(), 10)
    except ConnectionError:
        return b""
    finally:
        writer.close()


class Hostile(unittest.TestCase):
    async def alive(self, broker):
        """Others are served as ever."""
        wire = await Wire.open(broker.port)
        await wire.subscribe("alive", qos=1)
        await wire.publish("alive", b"yes", 1)
        self.assertEqual(bytes((await wire.message()).payload), b"yes")
        await wire.close()

    @with_broker()
    async def test_malformed(self, broker):
        for data in (b"\0" * 10, b"GET / HTTP/1.1\r\nHost: x\r\n" + b"x" * 100, b"\xff" * 100, b"\x10\xff\xff\xff\xff\x7f", b"\x10\x00", PingReq().encode(5),
                     Publish("t", b"x").encode(5), HELLO[:8] + b"\x63" + HELLO[9:], HELLO + HELLO, HELLO + b"\x82\x02\0\1", HELLO + b"\x30\x03\0\1#",
                     HELLO + b"\x32\x04\0\1a\0", HELLO + b"\xf0\x01\x18", HELLO + b"\x20\x03\0\0\0", HELLO + b"\x62\x02\0\0", HELLO + b"\x36\x05\0\1a\0\1"):
            with self.subTest(data=data):
                await raw(broker.port, data)
        answer = await raw(broker.port, Connect("x", 4).encode(4)[:8] + b"\x09" + Connect("x", 4).encode(4)[9:])
        self.assertEqual(answer, b"\x20\x02\0\1")  # no such version, in the form of 3.1.1
        self.assertEqual(len(broker.sessions), 0)
        await self.alive(broker)

    @with_broker(connect_timeout=0.5)
    async def test_mutations(self, broker):
        r = random.Random(3)
        frames = [Subscribe(1, [Subscription("a/#", 2)]), Publish("a/b", b"x" * 50, 2, packet_id=3, properties={"topic_alias": 1}), Publish("a", b"", 0, True)]
        stream = HELLO + b"".join(f.encode(5) for f in frames) + PingReq().encode(5)

        async def one():
            data = bytearray(stream)
            for _ in range(r.randrange(1, 4)):
                data[r.randrange(len(data))] = r.randrange(256)
            reader, writer = await asyncio.open_connection("127.0.0.1", broker.port)
            try:
                writer.write(bytes(data[:r.randrange(1, len(data) + 1)]))
                await asyncio.sleep(0.02)
            finally:
                writer.close()
        for _ in range(30):
            await asyncio.gather(*(one() for _ in range(10)))
        await self.alive(broker)

    @with_broker(connect_timeout=0.3, max_pending_connects=20)
    async def test_without_connect(self, broker):
        idle = [await Wire.bare(broker.port) for _ in range(19)]
        await asyncio.sleep(0.05)
        await self.alive(broker)
        idle.append(await Wire.bare(broker.port))
        self.assertEqual(await raw(broker.port, HELLO), b"")  # one more is closed unread
        for wire in idle:
            wire.writer.write(HELLO[:5])
        for wire in idle:
            self.assertIsNone(await wire.next())
        await asyncio.sleep(0.05)
        self.assertEqual((len(broker.clients), broker.connecting), (0, 0))
        await self.alive(broker)

    @with_broker(max_connections=5)
    async def test_too_many(self, broker):
        held = [await Wire.open(broker.port) for _ in range(5)]
        self.assertEqual(await raw(broker.port, HELLO), b"")
        await held.pop().close()
        await asyncio.sleep(0.05)
        await self.alive(broker)

    @with_broker()
    async def test_keep_alive(self, broker):
        quiet, lively = await Wire.open(broker.port, keep_alive=1), await Wire.open(broker.port, keep_alive=1)
        began = asyncio.get_running_loop().time()
        closed = asyncio.ensure_future(quiet.next())
        while not closed.done():
            lively.send(PingReq())
            await asyncio.sleep(0.2)
        took = asyncio.get_running_loop().time() - began
        self.assertEqual(closed.result().reason, 0x8D)
        self.assertTrue(1.4 < took < 6, took)
        await lively.publish("x", b"", 1)

    @with_broker(max_unsent_bytes=100_000, max_queued_messages=50)
    async def test_slow_readers(self, broker):
        slow = socket.create_connection(("127.0.0.1", broker.port))
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        slow.sendall(HELLO + Subscribe(1, [Subscription("flood", 1)]).encode(5))
        wire = await Wire.open(broker.port)
        await wire.subscribe("flood", qos=0)
        await asyncio.sleep(0.1)
        for i in range(300):
            self.assertEqual(await wire.publish("flood", b"x" * 30000, i % 2), 0)
            await wire.message()
        client = next(c for c in broker.clients if c.is_blocked)
        self.assertLess(client.waiting, 5_000_000)
        self.assertLessEqual(len(client.session.queue), 50)
        self.assertGreater(broker.counters.dropped, 100)
        slow.close()
        await self.alive(broker)

    @with_broker(max_unsent_bytes=50_000)
    async def test_asking_without_reading(self, broker):
        """Answers do not pile up for a client that only sends."""
        greedy = socket.create_connection(("127.0.0.1", broker.port))
        greedy.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        greedy.setblocking(False)
        data = HELLO + Subscribe(1, [Subscription(f"a/{i}") for i in range(200)]).encode(5) * 2000
        loop, sent = asyncio.get_running_loop(), 0
        while sent < len(data):
            try:
                await asyncio.wait_for(loop.sock_sendall(greedy, data[sent:sent + 65536]), 1)
                sent += 65536
            except TimeoutError:
                break
            client = next(iter(broker.clients), None)
            self.assertLess(client.waiting if client else 0, 2_000_000)
        greedy.close()
        await self.alive(broker)

    @with_broker(max_subscriptions=20_000)
    async def test_ten_thousand_subscriptions(self, broker):
        wire, publisher = await Wire.open(broker.port), await Wire.open(broker.port)
        for start in range(0, 10_000, 500):
            await wire.subscribe(*(f"many/{i}/+/#" for i in range(start, start + 500)))
        await wire.subscribe("one")
        loop = asyncio.get_running_loop()
        began = loop.time()
        for i in range(300):
            await publisher.publish("one", b"%d" % i, 1)
        self.assertLess(loop.time() - began, 5)
        self.assertEqual([int(bytes((await wire.message()).payload)) for _ in range(300)], list(range(300)))
        await publisher.publish("many/9999/x/y/z", b"", 1)
        self.assertEqual((await wire.message()).topic, "many/9999/x/y/z")
        await wire.cut()
        await asyncio.sleep(0.5)
        self.assertEqual((broker.router.subscriptions.count, broker.router.subscriptions._root.is_bare()), (0, True))

    @with_broker()
    async def test_wildcard_bombs(self, broker):
        """All ways to write ten levels with + or x match the same topic, in one message; then with 100 levels each."""
        wire, publisher = await Wire.open(broker.port), await Wire.open(broker.port)
        bombs = ["/".join("+" if n >> i & 1 else "x" for i in range(10)) for n in range(1024)]
        self.assertEqual(set(await wire.subscribe(*bombs)), {0})
        deep = "/".join("x" * 100)
        self.assertEqual(await wire.subscribe(*("/".join(["x"] * n + ["+"] * (100 - n)) for n in range(100)), "/".join("+" * 100) + "/#"), [0] * 101)
        loop = asyncio.get_running_loop()
        began = loop.time()
        for topic in ("/".join("x" * 10), deep):
            await publisher.publish(topic, b"", 1)
            self.assertEqual((await wire.message()).topic, topic)
        for i in range(200):  # topics that no plan is kept for
            await publisher.publish(f"x/x/x/x/x/x/x/x/x/x{i}", b"", 1)
        self.assertLess(loop.time() - began, 10)
        await self.alive(broker)

    @with_broker(max_packet_size=1000)
    async def test_oversized(self, broker):
        for version, reason in ((5, 0x95), (4, 5)):
            wire = await Wire.bare(broker.port, version)
            data = Connect("x" * 50_000, version).encode(version)
            for part in (data[:4], data[4:20], data[20:]):  # refused as soon as its version is known, and answered also while the rest comes
                wire.writer.write(part)
                await asyncio.sleep(0.05)
            self.assertEqual((await wire.next(CONNACK)).reason, reason)
            self.assertIsNone(await wire.next())
        wire = await Wire.open(broker.port)
        wire.writer.write(b"\x30\xff\xff\xff\x7f")  # only the head of 256 MB: refused at once
        self.assertEqual((await wire.next(DISCONNECT)).reason, 0x95)
        old = await Wire.open(broker.port, version=4)
        old.writer.write(b"\x30\xff\xff\xff\x7f")
        self.assertIsNone(await old.next())
        await self.alive(broker)

    @with_broker(max_connect_size=1000, listeners=[Listener(port=0), Listener(port=0, websocket=True)])
    async def test_oversized_connect(self, broker):
        """Before it is known who a client is, it gets less memory than afterwards."""
        self.assertEqual((await Wire.open(broker.port, will=Will("t", bytes(1000)))).connack.reason, 0x95)
        wire = await Wire.bare(broker.port)
        wire.send(Connect("", 5))
        wire.send(Publish("t", bytes(2000), 1, packet_id=1))  # not CONNECT, so not too large
        self.assertEqual((await wire.next(CONNACK)).reason, 0)
        self.assertEqual((await wire.find(PUBACK)).packet_id, 1)
        web = f"ws://127.0.0.1:{broker.addresses[1][1]}/mqtt"
        async with Client(web) as client:
            self.assertEqual(await client.publish("t", bytes(2000), 1), 16)
        with self.assertRaises(MqttError):
            async with Client(web, will=Will("t", bytes(1000))):
                pass
        await self.alive(broker)

    @with_broker(max_receive=10)
    async def test_identifiers_that_mean_nothing(self, broker):
        wire = await Wire.open(broker.port)
        for kind in (b"\x40", b"\x70"):
            wire.writer.write(kind + b"\x02\x12\x34")
        await wire.publish("still", b"", 1)
        await self.alive(broker)

    @with_broker()
    async def test_clients_that_fight_for_an_identifier(self, broker):
        async def fight():
            for _ in range(20):
                wire = await Wire.open(broker.port, "same", clean=False, session_expiry_interval=100)
                wire.send(Publish("x", b"x"))
        await asyncio.gather(*(fight() for _ in range(5)))
        await asyncio.sleep(0.2)
        self.assertEqual((len(broker.sessions), len(broker.clients)), (1, 1))
        await self.alive(broker)


if __name__ == "__main__":
    unittest.main()
