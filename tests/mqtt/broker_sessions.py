"""What the broker keeps of clients, packet by packet: wills, sessions, subscriptions, rights."""
# SPDX-License-Identifier: MIT
import asyncio
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from _wires import DISCONNECT, PUBLISH, UNSUBACK, Wire, with_broker

from mqtt.broker import Rule
from mqtt.broker._access import create_password_file
from mqtt.packet import Disconnect, Subscribe, Subscription, Unsubscribe, Will


class Wills(unittest.TestCase):
    async def watcher(self, broker):
        wire = await Wire.open(broker.port)
        await wire.subscribe("will/#", qos=2)
        return wire

    @with_broker()
    async def test_cut_and_disconnect(self, broker):
        watcher = await self.watcher(broker)
        for version in (4, 5):
            client = await Wire.open(broker.port, version=version, will=Will("will/x", b"gone", 1, True))
            await client.cut()
            got = await watcher.message()
            self.assertEqual((got.topic, bytes(got.payload), got.qos), ("will/x", b"gone", 1))
            client = await Wire.open(broker.port, version=version, will=Will("will/x", b"gone", 2))
            await client.close()
        await watcher.nothing()
        self.assertEqual(bytes(broker.router.retained.get("will/x").payload), b"gone")
        client = await Wire.open(broker.port, will=Will("will/y", b"asked", properties={"content_type": "t", "user_property": [("a", "b")]}))
        await client.close(4)
        got = await watcher.message()
        self.assertEqual((bytes(got.payload), got.properties), (b"asked", {"content_type": "t", "user_property": [("a", "b")]}))

    @with_broker()
    async def test_delay(self, broker):
        watcher = await self.watcher(broker)
        will = Will("will/d", b"late", properties={"will_delay_interval": 1})
        client = await Wire.open(broker.port, "d", will=will, session_expiry_interval=60)
        await client.cut()
        client = await Wire.open(broker.port, "d", clean=False, will=will, session_expiry_interval=60)
        await watcher.nothing(1.3)
        await client.cut()
        self.assertEqual(bytes((await watcher.message()).payload), b"late")
        client = await Wire.open(broker.port, "e", will=Will("will/e", b"session", properties={"will_delay_interval": 100}))
        await client.cut()  # the session ends with the connection, and the will comes with that
        self.assertEqual((await watcher.message()).topic, "will/e")

    @with_broker(rules=[Rule("*", read=["#"], write=["ok"])])
    async def test_forbidden(self, broker):
        for topic, reason in (("no", 0x87), ("ok", 0)):
            wire = await Wire.open(broker.port, will=Will(topic, b""))
            self.assertEqual(wire.connack.reason, reason)


class Sessions(unittest.TestCase):
    @with_broker()
    async def test_kept_or_not(self, broker):
        for version, kept, clean in ((4, {}, False), (5, {"session_expiry_interval": 60}, True)):
            wire = await Wire.open(broker.port, "s", version, clean, **kept)
            self.assertFalse(wire.connack.session_present)
            await wire.subscribe("t", qos=1)
            await wire.close()
            other = await Wire.open(broker.port)
            await other.publish("t", b"kept", 1)
            await other.publish("t", b"not kept", 0)
            wire = await Wire.open(broker.port, "s", version, False, **kept)
            self.assertTrue(wire.connack.session_present)
            self.assertEqual(bytes((await wire.message()).payload), b"kept")
            await wire.nothing()
            await wire.close()
            wire = await Wire.open(broker.port, "s", version, True)
            self.assertFalse(wire.connack.session_present)
            await wire.close()
            await asyncio.sleep(0.05)
            self.assertNotIn("s", broker.sessions)
            self.assertEqual(broker.router.subscriptions.count, 0)

    @with_broker(max_session_expiry=100, max_keep_alive=30)
    async def test_expiry(self, broker):
        wire = await Wire.open(broker.port, "s", session_expiry_interval=1000, keep_alive=60)
        self.assertEqual((wire.connack.properties["session_expiry_interval"], wire.connack.properties["server_keep_alive"]), (100, 30))
        await wire.close(session_expiry_interval=1)
        await asyncio.sleep(0.2)
        self.assertIn("s", broker.sessions)
        await asyncio.sleep(2.2)
        self.assertNotIn("s", broker.sessions)
        wire = await Wire.open(broker.port, "s")
        wire.send(Disconnect(0, {"session_expiry_interval": 5}))
        self.assertEqual((await wire.next(DISCONNECT)).reason, 0x82)

    @with_broker()
    async def test_takeover(self, broker):
        old = await Wire.open(broker.port, "same", session_expiry_interval=60, will=Will("w", b"taken over"))
        watcher = await Wire.open(broker.port)
        await watcher.subscribe("w")
        await old.subscribe("t", qos=1)
        new = await Wire.open(broker.port, "same", clean=False, session_expiry_interval=60)
        self.assertTrue(new.connack.session_present)
        self.assertEqual((await old.next(DISCONNECT)).reason, 0x8E)
        self.assertIsNone(await old.next())
        self.assertEqual(bytes((await watcher.message()).payload), b"taken over")
        await watcher.publish("t", b"x", 1)
        await new.message()
        third = await Wire.open(broker.port, "same")
        self.assertFalse(third.connack.session_present)
        self.assertEqual((await new.next(DISCONNECT)).reason, 0x8E)
        await watcher.publish("t", b"x", 1)
        await third.nothing()

    @with_broker()
    async def test_takeover_by_one_that_is_not_kept(self, broker):
        await Wire.open(broker.port, "same", session_expiry_interval=60)
        for _ in range(2):
            wire = await Wire.open(broker.port, "same", clean=False)
            self.assertTrue(wire.connack.session_present)
        await wire.subscribe("t")
        await wire.publish("t", b"x")
        self.assertEqual(bytes((await wire.message()).payload), b"x")
        await wire.close()
        await asyncio.sleep(0.1)
        self.assertEqual((broker.sessions, broker.router.subscriptions.count), ({}, 0))

    @with_broker(max_sessions=3)
    async def test_identifiers(self, broker):
        wire = await Wire.open(broker.port)
        given = wire.connack.properties["assigned_client_identifier"]
        self.assertIn(given, broker.sessions)
        self.assertEqual((await Wire.open(broker.port, "", 4, False)).connack.reason, 2)
        self.assertEqual((await Wire.open(broker.port, "", 4, True)).connack.reason, 0)
        self.assertEqual((await Wire.open(broker.port, "$bridge/x")).connack.reason, 0x87)
        self.assertEqual((await Wire.open(broker.port, "x" * 2000)).connack.reason, 0x85)
        self.assertEqual((await Wire.open(broker.port, "third")).connack.reason, 0)
        self.assertEqual((await Wire.open(broker.port, "fourth")).connack.reason, 0x97)

    @with_broker(max_queued_messages=3)
    async def test_full_queue_drops_the_new(self, broker):
        self.assertEqual(await self.fill(broker), [b"0", b"1", b"2"])
        self.assertEqual(broker.counters.dropped, 2)

    @with_broker(max_queued_messages=3, when_full="drop-old")
    async def test_full_queue_drops_the_old(self, broker):
        self.assertEqual(await self.fill(broker), [b"2", b"3", b"4"])

    @with_broker(max_queued_bytes=250, when_full="refuse")
    async def test_full_queue_refuses(self, broker):
        self.assertEqual(await self.fill(broker, [0, 0, 0, 0x97, 0x97]), [b"0", b"1", b"2"])

    async def fill(self, broker, reasons=[0] * 5):
        wire = await Wire.open(broker.port, "s", session_expiry_interval=60)
        await wire.subscribe("t", qos=1)
        await wire.close()
        publisher = await Wire.open(broker.port)
        self.assertEqual([await publisher.publish("t", b"%d" % i, 1) for i in range(5)], reasons)
        wire = await Wire.open(broker.port, "s", clean=False)
        got = [bytes((await wire.message()).payload) for _ in range(3)]
        await wire.nothing()
        return got


class Subscriptions(unittest.TestCase):
    @with_broker()
    async def test_no_local(self, broker):
        wire, other = await Wire.open(broker.port), await Wire.open(broker.port)
        await wire.subscribe("t", qos=1, no_local=True)
        for qos in (0, 1):
            await wire.publish("t", b"mine", qos)
        for qos in (0, 1):
            await other.publish("t", b"theirs", qos)
        self.assertEqual([bytes((await wire.message()).payload) for _ in range(2)], [b"theirs"] * 2)
        wire.writer.write(Subscribe(9, [Subscription("$share/g/t")]).encode(5)[:-1] + b"\x04")  # with no_local
        self.assertEqual((await wire.next(DISCONNECT)).reason, 0x82)

    @with_broker()
    async def test_shared(self, broker):
        members = [await Wire.open(broker.port, f"m{i}", session_expiry_interval=60) for i in range(3)]
        for wire in members:
            await wire.subscribe("$share/g/s/#", qos=1)
        publisher, outside = await Wire.open(broker.port), await Wire.open(broker.port, version=4)
        await outside.subscribe("s/x", qos=0)
        for i in range(9):
            await publisher.publish("s/x", b"%d" % i, 1)
        self.assertEqual([bytes((await outside.message()).payload) for _ in range(9)], [b"%d" % i for i in range(9)])
        got = [[bytes((await wire.message()).payload) for _ in range(3)] for wire in members]
        self.assertEqual(sorted(sum(got, [])), [b"%d" % i for i in range(9)])
        await members[0].close()
        await asyncio.sleep(0.1)  # those who are there go before one who is not
        for i in range(4):
            await publisher.publish("s/x", b"%d" % i, 1)
        for wire in members[1:]:
            self.assertEqual(len([await wire.message() for _ in range(2)]), 2)
        first = await publisher.publish("s/x", b"late", 1)
        holder = None
        for wire in members[1:]:
            try:
                packet = await wire.next(PUBLISH, 0.3)
                holder = wire
            except TimeoutError:
                rest = wire
        await holder.close(session_expiry_interval=0)  # not acknowledged, and the session ends: another gets it
        self.assertEqual((bytes(packet.payload), bytes((await rest.message()).payload)), (b"late", b"late"))

    @with_broker(max_subscriptions=3, max_topic_levels=5)
    async def test_caps(self, broker):
        wire = await Wire.open(broker.port)
        self.assertEqual(await wire.subscribe("a", "b", "a/b/c/d/e/f", "c", "d", "a"), [0, 0, 0x8F, 0, 0x97, 0])
        self.assertEqual(await wire.publish("a/b/c/d/e/f", b"", 1), 0x90)
        old = await Wire.open(broker.port, version=4)
        self.assertEqual(await old.subscribe("a", "b", "c", "d", qos=1), [1, 1, 1, 0x80])
        wire.writer.write(Subscribe(1, [Subscription("$share-g")]).encode(5).replace(b"share-", b"share/"))
        self.assertEqual((await wire.next(DISCONNECT)).reason, 0x81)

    @with_broker()
    async def test_unsubscribe(self, broker):
        wire = await Wire.open(broker.port)
        await wire.subscribe("a", "b/#", "$share/g/c")
        wire.send(Unsubscribe(2, ["a", "$share/g/c", "b"]))
        self.assertEqual((await wire.next(UNSUBACK)).reasons, [0, 0, 0x11])
        for topic in ("a", "c", "b/x"):
            await wire.publish(topic)
        self.assertEqual((await wire.message()).topic, "b/x")
        await wire.nothing()

    @with_broker(sys_interval=0.1)
    async def test_figures(self, broker):
        wire = await Wire.open(broker.port)
        await wire.subscribe("#")
        await wire.nothing(0.3)
        await wire.subscribe("$SYS/broker/clients/connected")
        self.assertEqual(bytes((await wire.message()).payload), b"1")
        second = await Wire.open(broker.port)
        self.assertEqual(bytes((await wire.message()).payload), b"2")


class Access(unittest.TestCase):
    def setUp(self):
        create_password_file("users").set("ann", "secret")
        create_password_file("users").set("bob", "hidden")

    @with_broker(passwords="users", rules=[Rule("ann", ["a/#"], ["a/%u/#"], ["a/private"]), Rule("bob", ["#"], ["#"])])
    async def test_users(self, broker):
        for version, wrong, nobody in ((4, 4, 5), (5, 0x86, 0x87)):
            for user, password, reason in (("ann", b"secret", 0), ("ann", b"hidden", wrong), ("eve", b"x", wrong), ("ann", None, wrong), (None, None, nobody)):
                wire = await Wire.open(broker.port, version=version, username=user, password=password)
                self.assertEqual(wire.connack.reason, reason, (version, user, password))
        ann = await Wire.open(broker.port, "ann's", username="ann", password=b"secret", session_expiry_interval=60)
        bob = await Wire.open(broker.port, username="bob", password=b"hidden")
        self.assertEqual(await ann.subscribe("#", "b/#", "a/private", "a/+", qos=1), [1, 0x87, 0x87, 1])
        self.assertEqual([await ann.publish(t, b"", 1) for t in ("a/ann/x", "a/bob/x", "b")], [0, 0x87, 0x87])
        await ann.message()
        for topic in ("b", "a/private", "a/x"):
            await bob.publish(topic, b"x", 1, retain=True)
        self.assertEqual((await ann.message()).topic, "a/x")
        await ann.subscribe("#")
        self.assertEqual((await ann.message()).topic, "a/x")
        await ann.nothing()
        thief = await Wire.open(broker.port, "ann's", username="bob", password=b"hidden")
        self.assertEqual(thief.connack.reason, 0x87)
        old = await Wire.open(broker.port, version=4, username="ann", password=b"secret")
        self.assertEqual(await old.publish("b", b"dropped", 1), 0)
        self.assertEqual(await old.subscribe("b/#"), [0x80])

    @with_broker()
    async def test_methods(self, broker):
        wire = await Wire.open(broker.port, authentication_method="SCRAM-SHA-1")
        self.assertEqual(wire.connack.reason, 0x8C)


if __name__ == "__main__":
    unittest.main()
