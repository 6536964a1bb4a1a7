"""What the broker does for clients, packet by packet: QoS, retained messages, wills, sessions, subscriptions and the properties of MQTT 5."""
# SPDX-License-Identifier: MIT
import asyncio
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from _wire import DISCONNECT, PINGRESP, PUBCOMP, PUBLISH, PUBREC, PUBREL, UNSUBACK, Wire, with_broker

from mqtt.broker import Rule
from mqtt.broker._access import create_password_file
from mqtt.packet import Auth, Disconnect, PingReq, PubAck, Publish, PubRec, PubRel, Subscribe, Subscription, Unsubscribe, Will


class Messages(unittest.TestCase):
    @with_broker()
    async def test_qos_matrix(self, broker):
        for version in (4, 5):
            for wanted in (0, 1, 2):
                subscriber, publisher = await Wire.open(broker.port, version=version), await Wire.open(broker.port, version=9 - version)
                self.assertEqual(await subscriber.subscribe("m/+", qos=wanted), [wanted])
                for qos in (0, 1, 2):
                    self.assertEqual(await publisher.publish("m/x", b"%d" % qos, qos), 0)
                    got = await subscriber.message()
                    self.assertEqual((got.topic, bytes(got.payload), got.qos, got.retain, got.dup), ("m/x", b"%d" % qos, min(qos, wanted), False, False))
                await subscriber.close()
                await publisher.close()

    @with_broker()
    async def test_overlapping_subscriptions_give_one_message(self, broker):
        wire = await Wire.open(broker.port)
        await wire.subscribe("a/#", qos=1, identifier=7)
        await wire.subscribe("a/+", qos=2, identifier=9)
        await wire.publish("a/b", b"x", 0)
        got = await wire.message()
        self.assertEqual(sorted(got.properties["subscription_identifier"]), [7, 9])
        await wire.nothing()

    @with_broker()
    async def test_qos_2_is_delivered_once(self, broker):
        subscriber, publisher = await Wire.open(broker.port), await Wire.open(broker.port, "p", session_expiry_interval=60)
        await subscriber.subscribe("t", qos=2)
        publisher.send(Publish("t", b"once", 2, packet_id=5))
        await publisher.next(PUBREC)
        await publisher.cut()
        publisher = await Wire.open(broker.port, "p", clean=False, session_expiry_interval=60)
        self.assertTrue(publisher.connack.session_present)
        publisher.send(Publish("t", b"once", 2, dup=True, packet_id=5))
        self.assertEqual((await publisher.next(PUBREC)).reason, 0)
        publisher.send(PubRel(5))
        self.assertEqual((await publisher.next(PUBCOMP)).reason, 0)
        publisher.send(PubRel(5))
        self.assertEqual((await publisher.next(PUBCOMP)).reason, 0x92)
        self.assertEqual(bytes((await subscriber.message()).payload), b"once")
        await subscriber.nothing()

    @with_broker(max_inflight=3)
    async def test_windows_and_order(self, broker):
        slow, publisher = await Wire.open(broker.port, receive_maximum=2), await Wire.open(broker.port)
        await slow.subscribe("t", qos=1)
        for i in range(9):
            await publisher.publish("t", b"%d" % i, 1)
        first, second = await slow.next(PUBLISH), await slow.next(PUBLISH)
        await slow.nothing()
        slow.send(PubAck(first.packet_id))
        third = await slow.next(PUBLISH)
        await slow.nothing()
        for got in (second, third):
            slow.send(PubAck(got.packet_id))
        rest = [bytes((await slow.message()).payload) for _ in range(6)]
        self.assertEqual([bytes(p.payload) for p in (first, second, third)] + rest, [b"%d" % i for i in range(9)])

    @with_broker()
    async def test_unacknowledged_messages_come_again(self, broker):
        subscriber = await Wire.open(broker.port, "s", session_expiry_interval=60)
        await subscriber.subscribe("t", qos=2)
        publisher = await Wire.open(broker.port)
        for qos in (1, 2, 2):
            await publisher.publish("t", b"%d" % qos, qos)
        one, two, three = [await subscriber.next(PUBLISH) for _ in range(3)]
        subscriber.send(PubRec(three.packet_id))
        await subscriber.next(PUBREL)
        await subscriber.cut()
        await asyncio.sleep(0.1)
        await publisher.publish("t", b"later", 1)
        subscriber = await Wire.open(broker.port, "s", clean=False, session_expiry_interval=60)
        again = [await subscriber.next() for _ in range(4)]
        self.assertEqual([(p.kind, p.packet_id) for p in again[:3]], [(PUBLISH, one.packet_id), (PUBLISH, two.packet_id), (PUBREL, three.packet_id)])
        self.assertEqual((again[0].dup, again[1].dup, again[3].dup, bytes(again[3].payload)), (True, True, False, b"later"))

    @with_broker()
    async def test_refused_by_the_receiver(self, broker):
        wire = await Wire.open(broker.port)
        await wire.subscribe("t", qos=2)
        wire.send(Publish("t", b"x", 2, packet_id=1))
        await wire.find(PUBREC)
        got = await wire.find(PUBLISH)
        wire.send(PubRec(got.packet_id, 0x83))
        await wire.nothing()
        self.assertEqual(len(next(iter(broker.sessions.values())).outgoing), 0)
        wire.send(PubRec(777))
        self.assertEqual((await wire.next(PUBREL)).reason, 0x92)

    @with_broker()
    async def test_message_expiry_and_properties(self, broker):
        sleeper = await Wire.open(broker.port, "s", session_expiry_interval=60)
        await sleeper.subscribe("t/#", qos=1)
        await sleeper.close()
        publisher = await Wire.open(broker.port)
        self.assertEqual(await publisher.publish("t/short", b"x", 1, message_expiry_interval=1), 0)
        kept = {"payload_format_indicator": 1, "content_type": "text/plain", "response_topic": "r", "correlation_data": b"\0\1",
                "user_property": [("a", "1"), ("a", "2")]}
        await publisher.publish("t/long", b"y", 1, message_expiry_interval=100, **kept)
        await asyncio.sleep(1.1)
        sleeper = await Wire.open(broker.port, "s", clean=False)
        got = await sleeper.message()
        self.assertEqual(got.topic, "t/long")
        self.assertIn(got.properties.pop("message_expiry_interval"), (97, 98, 99))
        self.assertEqual(got.properties, kept)
        await sleeper.nothing()

    @with_broker(max_topic_alias=2)
    async def test_topic_aliases(self, broker):
        wire = await Wire.open(broker.port)
        self.assertEqual(wire.connack.properties["topic_alias_maximum"], 2)
        await wire.subscribe("#")
        for topic, alias in (("a", 1), ("", 1), ("b", 2), ("c", 1), ("", 1), ("", 2)):
            await wire.publish(topic, b"x", topic_alias=alias)
        self.assertEqual([(await wire.message()).topic for _ in range(6)], ["a", "a", "b", "c", "c", "b"])
        await wire.publish("d", b"x", topic_alias=3)
        self.assertEqual((await wire.next(DISCONNECT)).reason, 0x94)
        wire = await Wire.open(broker.port)
        await wire.publish("", b"x", topic_alias=1)
        self.assertEqual((await wire.next(DISCONNECT)).reason, 0x82)

    @with_broker()
    async def test_maximum_packet_size_of_a_client(self, broker):
        small, publisher = await Wire.open(broker.port, maximum_packet_size=100), await Wire.open(broker.port)
        await small.subscribe("t", qos=1)
        for size in (200, 10, 200, 20):
            await publisher.publish("t", b"x" * size, size // 100 % 2)
            await publisher.publish("t", b"x" * size, 1)
        self.assertEqual(sorted([len((await small.message()).payload) for _ in range(4)]), [10, 10, 20, 20])

    @with_broker(max_packet_size=1000, max_receive=2)
    async def test_limits_of_the_broker(self, broker):
        wire = await Wire.open(broker.port)
        self.assertEqual([wire.connack.properties[n] for n in ("maximum_packet_size", "receive_maximum")], [1000, 2])
        await wire.publish("t", b"x" * 2000)
        self.assertEqual((await wire.next(DISCONNECT)).reason, 0x95)
        wire = await Wire.open(broker.port)
        for i in (1, 2, 3):
            wire.send(Publish("t", b"", 2, packet_id=i))
        self.assertEqual([(await wire.next()).kind for _ in range(3)], [PUBREC, PUBREC, DISCONNECT])

    @with_broker()
    async def test_reasons(self, broker):
        wire = await Wire.open(broker.port)
        self.assertEqual(await wire.publish("nobody", b"", 1), 0x10)
        self.assertEqual(await wire.publish("nobody", b"", 2), 0x10)
        self.assertEqual(await wire.publish("$SYS/broker/version", b"", 1), 0x87)
        wire.send(Unsubscribe(9, ["never"]))
        self.assertEqual((await wire.next(UNSUBACK)).reasons, [0x11])
        wire.send(PingReq())
        await wire.next(PINGRESP)
        wire.send(Auth(0x18, {"authentication_method": "x"}))
        self.assertEqual((await wire.next(DISCONNECT)).reason, 0x82)


class Retained(unittest.TestCase):
    @with_broker()
    async def test_kept_replaced_and_cleared(self, broker):
        wire = await Wire.open(broker.port, version=4)
        for qos, payload in ((0, b"1"), (1, b"2"), (2, b"3")):
            await wire.publish("r/a", payload, qos, retain=True)
        await wire.publish("r/b", b"b", 0, retain=True)
        await wire.subscribe("r/#", qos=1)
        got = sorted([(p.topic, bytes(p.payload), p.qos, p.retain) for p in [await wire.message() for _ in range(2)]])
        self.assertEqual(got, [("r/a", b"3", 1, True), ("r/b", b"b", 0, True)])
        await wire.publish("r/a", b"live", 0, retain=True)
        got = await wire.message()
        self.assertEqual((bytes(got.payload), got.retain), (b"live", False))
        await wire.publish("r/a", b"", 1, retain=True)
        await wire.message()
        other = await Wire.open(broker.port)
        await other.subscribe("r/a")
        await other.nothing()
        self.assertEqual(broker.router.retained.count, 1)

    @with_broker()
    async def test_options_of_version_5(self, broker):
        wire = await Wire.open(broker.port)
        await wire.publish("r", b"old", 1, retain=True)
        for handling, expected in ((2, 0), (1, 0), (0, 1)):
            await wire.subscribe("r", qos=1, retain_handling=handling)
            self.assertEqual(broker.router.retained.count, 1)
            if expected:
                self.assertTrue((await wire.message()).retain)
        await wire.nothing()
        fresh = await Wire.open(broker.port)
        await fresh.subscribe("r", retain_handling=1, retain_as_published=True, identifier=3)
        got = await fresh.message()
        self.assertEqual((got.retain, got.properties["subscription_identifier"]), (True, [3]))
        await wire.publish("r", b"new", 0, retain=True)
        self.assertEqual([(await w.message()).retain for w in (wire, fresh)], [False, True])

    @with_broker()
    async def test_expiry(self, broker):
        wire = await Wire.open(broker.port)
        await wire.publish("r", b"x", 1, retain=True, message_expiry_interval=1)
        await asyncio.sleep(1.1)
        await wire.subscribe("r")
        await wire.nothing()
        self.assertEqual(broker.router.retained.count, 0)

    @with_broker(max_retained=2, max_retained_bytes=1000)
    async def test_caps(self, broker):
        wire = await Wire.open(broker.port)
        self.assertEqual([await wire.publish(t, b"x", 1, retain=True) for t in "abc"], [0x10, 0x10, 0x97])
        self.assertEqual(await wire.publish("a", b"y" * 2000, 1, retain=True), 0x97)
        self.assertEqual(await wire.publish("a", b"", 1, retain=True), 0x10)
        self.assertEqual(await wire.publish("c", b"x", 1, retain=True), 0x10)

    @with_broker(max_unsent_bytes=20000)
    async def test_many_to_a_slow_reader(self, broker):
        wire = await Wire.open(broker.port)
        for i in range(400):
            await wire.publish(f"many/{i}", b"x" * 3000, 1, retain=True)
        await wire.subscribe("many/#", qos=0)
        await asyncio.sleep(0.3)
        self.assertEqual(len({(await wire.message()).topic for _ in range(400)}), 400)


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
