"""What the broker does with messages, packet by packet: QoS, windows, retained messages, properties of MQTT 5."""
# SPDX-License-Identifier: MIT
import asyncio
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from _wires import DISCONNECT, PINGRESP, PUBCOMP, PUBLISH, PUBREC, PUBREL, UNSUBACK, Wire, with_broker

from mqtt.packet import Auth, PingReq, PubAck, Publish, PubRec, PubRel, Unsubscribe


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


if __name__ == "__main__":
    unittest.main()
