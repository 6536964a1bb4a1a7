"""What outlives the broker: sessions and messages over restarts and kills, acknowledgements that wait for the disk, a disk that is full."""
# SPDX-License-Identifier: MIT
import asyncio
import os
import sqlite3
import sys
import tempfile
import threading
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from _wires import PUBACK, PUBCOMP, PUBLISH, PUBREC, PUBREL, Process, Wire

from mqtt.broker import Broker, StoreError
from mqtt.packet import PubAck, PubComp, Publish, PubRec, PubRel, Subscribe, Subscription, Will

FOREVER = 0xFFFFFFFF


def run(test):
    """A test, as a coroutine function, that gets an empty folder."""
    def wrapped(self):
        async def whole(folder):
            try:
                await test(self, folder)
            finally:
                await Wire.cut_all()
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(whole(folder))
    return wrapped


class Restarts(unittest.TestCase):
    @run
    async def test_everything_is_back(self, folder):
        async with Broker(port=0, store=folder, sys_interval=0) as broker:
            wire = await Wire.open(broker.port, "s", session_expiry_interval=FOREVER)
            await wire.subscribe("t/#", qos=2, identifier=5)
            await wire.subscribe("$share/g/u", qos=1)
            publisher = await Wire.open(broker.port, "p", session_expiry_interval=60)
            await publisher.publish("t/1", b"one", 1, content_type="c")
            await publisher.publish("t/2", b"two", 2)
            await publisher.publish("t/3", b"three", 2)
            got = [await wire.next(PUBLISH) for _ in range(3)]
            wire.send(PubRec(got[2].packet_id))
            await wire.next(PUBREL)
            await wire.cut()
            await asyncio.sleep(0.1)
            await publisher.publish("t/4", b"four", 1, message_expiry_interval=1000)
            await publisher.publish("r", b"kept", 1, retain=True)
            await publisher.publish("gone", b"x", 1, retain=True)
            await publisher.publish("gone", b"", 1, retain=True)
            publisher.send(Publish("t/5", b"five", 2, packet_id=9))
            await publisher.next(PUBREC)
            await publisher.cut()
        async with Broker(port=0, store=folder, sys_interval=0) as broker:
            self.assertEqual((broker.router.retained.count, broker.router.subscriptions.count), (1, 2))
            publisher = await Wire.open(broker.port, "p", clean=False, session_expiry_interval=60)
            self.assertTrue(publisher.connack.session_present)
            publisher.send(Publish("t/5", b"five", 2, dup=True, packet_id=9))
            await publisher.next(PUBREC)
            publisher.send(PubRel(9))
            self.assertEqual((await publisher.next(PUBCOMP)).reason, 0)
            wire = await Wire.open(broker.port, "s", clean=False, session_expiry_interval=FOREVER)
            self.assertTrue(wire.connack.session_present)
            again = [await wire.next() for _ in range(5)]
            self.assertEqual([(p.kind, p.packet_id) for p in again[:3]], [(PUBLISH, got[0].packet_id), (PUBLISH, got[1].packet_id), (PUBREL, got[2].packet_id)])
            self.assertEqual(again[0].properties, {"content_type": "c", "subscription_identifier": [5]})
            self.assertEqual([bytes(p.payload) for p in again[3:]], [b"four", b"five"])
            self.assertIn(again[3].properties["message_expiry_interval"], range(990, 1001))
            await wire.nothing()
            await publisher.publish("u", b"shared", 1)
            self.assertEqual(bytes((await wire.message()).payload), b"shared")
            wire.send(PubAck(again[0].packet_id))
            wire.send(PubComp(again[2].packet_id))
            for packet in (again[1], again[4]):
                wire.send(PubRec(packet.packet_id))
                await wire.next(PUBREL)
                wire.send(PubComp(packet.packet_id))
            wire.send(PubAck(again[3].packet_id))
            await asyncio.sleep(0.1)
            await Wire.open(broker.port, "s")
            await Wire.open(broker.port, "p")
        with sqlite3.connect(os.path.join(folder, "broker.db")) as db:
            for table in ("session", "subscription", "message", "delivery", "incoming"):
                self.assertEqual(db.execute(f"SELECT count(*) FROM {table}").fetchone(), (0,), table)
            self.assertEqual(os.stat(os.path.join(folder, "broker.db")).st_mode & 0o777, 0o600)

    @run
    async def test_sessions_expire_while_the_broker_is_away(self, folder):
        async with Broker(port=0, store=folder, sys_interval=0) as broker:
            await (await Wire.open(broker.port, "short", session_expiry_interval=1)).close()
            await (await Wire.open(broker.port, "long", session_expiry_interval=100)).close()
        await asyncio.sleep(1.1)
        async with Broker(port=0, store=folder, sys_interval=0) as broker:
            self.assertFalse((await Wire.open(broker.port, "short", clean=False)).connack.session_present)
            self.assertTrue((await Wire.open(broker.port, "long", clean=False)).connack.session_present)

    @run
    async def test_errors(self, folder):
        async with Broker(port=0, store=folder, sys_interval=0):
            with self.assertRaisesRegex(StoreError, "broker.db cannot be opened: another program has it open"):
                async with Broker(port=0, store=folder, sys_interval=0):
                    pass
        with open(os.path.join(folder, "broker.db"), "wb") as file:
            file.write(b"not a database" * 1000)
        with self.assertRaisesRegex(StoreError, "not a database"):
            async with Broker(port=0, store=folder, sys_interval=0):
                pass
        with self.assertRaisesRegex(StoreError, "cannot be opened"):
            async with Broker(port=0, store="/proc/nothing"):
                pass


    @run
    async def test_wills(self, folder):
        """The wills of stored sessions outlive the broker, and are published if their clients do not come back; those of clients that took leave are not."""
        settings = {"port": 0, "store": folder, "sys_interval": 0, "will_grace": 0.5}
        async with Broker(**settings) as broker:
            watcher = await Wire.open(broker.port, "watcher", session_expiry_interval=FOREVER)
            await watcher.subscribe("will/#", qos=1)
            for name, version in (("lost", 5), ("back", 5), ("old", 4), ("leaves", 5), ("short", 5), ("gone", 5)):
                properties = {"session_expiry_interval": 0 if name == "short" else 600} if version == 5 else {}
                delay = {"will_delay_interval": 600 if name == "gone" else 1, "message_expiry_interval": 100} if version == 5 else {}
                wire = await Wire.open(broker.port, name, version, clean=version == 5, will=Will(f"will/{name}", b"x", 1, properties=delay), **properties)
                if name == "leaves":
                    await wire.close()
                elif name == "gone":
                    await wire.cut()
            await asyncio.sleep(0.1)
        async with Broker(**settings) as broker:
            back = await Wire.open(broker.port, "back", clean=False, session_expiry_interval=600)
            watcher = await Wire.open(broker.port, "watcher", clean=False, session_expiry_interval=FOREVER)
            got = [await watcher.message() for _ in range(2)]
            self.assertEqual({m.topic for m in got}, {"will/lost", "will/old"})
            self.assertIn(next(m for m in got if m.topic == "will/lost").properties["message_expiry_interval"], (99, 100))
            self.assertTrue(await watcher.nothing(1.2))
            self.assertGreater(broker.sessions["gone"].will_at, time.monotonic() + 500)
            await back.close()
        async with Broker(**settings) as broker:  # what was published is not published again
            self.assertEqual([s.client_id for s in broker.sessions.values() if s.will], ["gone"])


class Commits(unittest.TestCase):
    @run
    async def test_acknowledgements_wait(self, folder):
        async with Broker(port=0, store=folder, sys_interval=0) as broker:
            sleeper = await Wire.open(broker.port, "s", session_expiry_interval=FOREVER)
            await sleeper.subscribe("t", qos=2)
            await sleeper.close()
            wire, free = await Wire.open(broker.port, "p", session_expiry_interval=60), await Wire.open(broker.port)
            gate, write = threading.Event(), broker.store._write
            broker.store._write = lambda gathered: (gate.wait(10), write(gathered))[1]
            wire.send(Publish("t", b"1", 1, packet_id=1))
            wire.send(Publish("t", b"2", 2, packet_id=2))
            wire.send(Publish("nobody", b"3", 1, packet_id=3))
            wire.send(Subscribe(4, [Subscription("x")]))
            await wire.nothing()
            self.assertEqual(await free.publish("nobody", b"", 1), 0x10)  # has nothing to wait for
            gate.set()
            self.assertEqual([(await wire.next()).packet_id for _ in range(4)], [1, 2, 3, 4])
            commits = broker.store.commits
            for i in range(50):
                wire.send(Publish("t", b"x", 1, packet_id=10 + i))
            for i in range(50):
                self.assertEqual((await wire.next(PUBACK)).packet_id, 10 + i)
            self.assertLess(broker.store.commits - commits, 25)

    @run
    async def test_full_disk(self, folder):
        async with Broker(port=0, store=folder, sys_interval=0) as broker:
            sleeper = await Wire.open(broker.port, "s", session_expiry_interval=FOREVER)
            await sleeper.subscribe("t", qos=2)
            await sleeper.close()
            new, old, listener = await Wire.open(broker.port, "n"), await Wire.open(broker.port, "o", version=4), await Wire.open(broker.port)
            await listener.subscribe("#", qos=0)
            self.assertEqual(await new.publish("t", b"before", 1), 0)
            await listener.message()
            write = broker.store._write

            def full(gathered):
                raise sqlite3.OperationalError("database or disk is full")
            broker.store._write = full
            self.assertEqual([await new.publish("t", b"x", qos) for qos in (1, 2, 1)], [0x97] * 3)
            old.send(Publish("t", b"x", 1, packet_id=1))
            self.assertIsNone(await old.next())
            self.assertEqual(await new.publish("other", b"alive", 1), 0)
            while bytes((await listener.message()).payload) != b"alive":
                pass
            self.assertEqual(len(broker.sessions["s"].queue), 1)
            broker.store._write = write
            await asyncio.sleep(1.2)
            for qos in (1, 2):
                self.assertEqual(await new.publish("t", b"after", qos), 0)
            sleeper = await Wire.open(broker.port, "s", clean=False)
            self.assertEqual([bytes((await sleeper.message()).payload) for _ in range(3)], [b"before", b"after", b"after"])
            await sleeper.nothing()

    @run
    async def test_cap_of_the_store(self, folder):
        async with Broker(port=0, store=folder, max_store_bytes=1 << 20, sys_interval=0) as broker:
            sleeper = await Wire.open(broker.port, "s", session_expiry_interval=FOREVER)
            await sleeper.subscribe("t", qos=1)
            await sleeper.close()
            wire = await Wire.open(broker.port)
            accepted = 0
            while await wire.publish("t", b"x" * 50000, 1) == 0:
                accepted += 1
            self.assertIn(accepted, range(10, 25))
            self.assertEqual(await wire.publish("t", b"", 0), 0)
            sleeper = await Wire.open(broker.port, "s", clean=False, session_expiry_interval=60)
            for _ in range(accepted):
                await sleeper.message()
            await asyncio.sleep(0.2)
            self.assertEqual(await wire.publish("t", b"x" * 50000, 1), 0)
            self.assertLess(os.path.getsize(os.path.join(folder, "broker.db")), (1 << 20) + 4096)


class Kills(unittest.TestCase):
    ROUNDS = 4

    @run
    async def test_what_was_acknowledged_is_there(self, folder):
        acknowledged, got = set(), []
        broker = Process("--store", folder)
        wire = await Wire.open(broker.port, "s", session_expiry_interval=FOREVER)
        await wire.subscribe("t", qos=1)
        for part in range(self.ROUNDS):
            publisher = await Wire.open(broker.port)
            for i in range(60):
                publisher.send(Publish("t", b"%d" % (part * 100 + i), 1, packet_id=i + 1))
            for _ in range(part * 15 + 5):
                acknowledged.add(part * 100 + (await publisher.next(PUBACK)).packet_id - 1)
            broker.kill()
            while (packet := await publisher.next()) is not None:
                acknowledged.add(part * 100 + packet.packet_id - 1)
            broker = Process("--store", folder)
            wire = await Wire.open(broker.port, "s", clean=False, session_expiry_interval=FOREVER)
            self.assertTrue(wire.connack.session_present)
            try:
                while True:
                    packet = await wire.next(PUBLISH, 0.5)
                    got.append(int(bytes(packet.payload)))
                    wire.send(PubAck(packet.packet_id))
            except TimeoutError:
                pass
        broker.stop()
        self.assertEqual(acknowledged - set(got), set())

    @run
    async def test_qos_2_comes_exactly_once(self, folder):
        """Both clients keep what the standard says they have to keep; the broker is killed again and again while messages are on their way."""
        count, got = 120, []
        waiting = {i + 1: None for i in range(count)}  # packet identifier -> None, or True when PUBREC has come
        held = set()  # the receiver's identifiers that are not released
        broker = Process("--store", folder)
        wire = await Wire.open(broker.port, "s", session_expiry_interval=FOREVER)
        await wire.subscribe("t", qos=2)
        for part in range(self.ROUNDS + 1):
            sender = await Wire.open(broker.port, "p", clean=False, session_expiry_interval=FOREVER)
            receiver = await Wire.open(broker.port, "s", clean=False, session_expiry_interval=FOREVER)
            for packet_id, released in tuple(waiting.items())[:90]:
                sender.send(PubRel(packet_id) if released else Publish("t", b"%d" % packet_id, 2, dup=part > 0, packet_id=packet_id))
            goal = count if part == self.ROUNDS else (part + 1) * count // (self.ROUNDS + 3)
            await asyncio.wait_for(asyncio.gather(self.send_all(sender, waiting, got, goal), self.receive_all(receiver, held, got, goal)), 15)
            if part < self.ROUNDS:
                broker.kill()
                broker = Process("--store", folder)
        broker.stop()
        self.assertEqual(sorted(got), list(range(1, count + 1)))

    async def send_all(self, wire, waiting, got, goal):
        sent = set(tuple(waiting)[:90])
        while waiting and len(got) < goal:
            try:
                packet = await wire.next(None, 0.2)
            except TimeoutError:
                continue
            if packet.kind == PUBREC:
                waiting[packet.packet_id] = True
                wire.send(PubRel(packet.packet_id))
            else:
                self.assertEqual(packet.kind, PUBCOMP)
                waiting.pop(packet.packet_id, None)
                for packet_id in waiting.keys() - sent:
                    sent.add(packet_id)
                    wire.send(Publish("t", b"%d" % packet_id, 2, packet_id=packet_id))
                    break

    async def receive_all(self, wire, held, got, goal):
        while len(got) < goal:
            packet = await wire.next(None)
            if packet.kind == PUBLISH:
                if packet.packet_id not in held:
                    held.add(packet.packet_id)
                    got.append(int(bytes(packet.payload)))
                wire.send(PubRec(packet.packet_id))
            else:
                self.assertEqual(packet.kind, PUBREL)
                held.discard(packet.packet_id)
                wire.send(PubComp(packet.packet_id))


if __name__ == "__main__":
    unittest.main()
