"""mqtt.Client against mosquitto: every QoS, wills, retained messages, properties, sessions, TLS, WebSocket, restarts, a frozen broker."""
# SPDX-License-Identifier: MIT
import asyncio
import contextlib
import os
import ssl
import sys
import time
import unittest
import unittest.mock

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import _broker
from _lives import Quiet

from mqtt import Client, MqttError, Subscription, Will
from mqtt._sender import Sender
from mqtt.packet import Auth, ConnAck, Connect, Decoder, Disconnect, PingResp, PubAck, PubComp, Publish, PubRec, PubRel, SubAck

RESTARTS = int(os.environ.get("KR_MQTT_RESTARTS", "10"))


class _Nowhere(Quiet):
    """A transport that keeps nothing."""

    def write(self, data):
        pass

    def abort(self):
        self.closed = True

    close = abort


class WithBroker(unittest.IsolatedAsyncioTestCase):
    BROKER = {}

    @classmethod
    def setUpClass(cls):
        cls.broker = _broker.Mosquitto(**cls.BROKER)
        cls.broker.__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.broker.__exit__()

    def client(self, **options):
        return Client("127.0.0.1", self.broker.port, **options)

    async def take(self, client, n=1, seconds=5):
        async with asyncio.timeout(seconds):
            return [await client.messages.get() for _ in range(n)]


class Exchange(WithBroker):
    async def test_every_qos(self):
        for version in (4, 5):
            async with self.client(version=version) as a, self.client(version=version) as b:
                for sub in (0, 1, 2):
                    for pub in (0, 1, 2):
                        topic = f"matrix/{version}/{sub}/{pub}"
                        self.assertEqual(await a.subscribe(topic, qos=sub), sub)
                        for i in range(3):
                            await b.publish(topic, f"{i}", qos=pub)
                        got = await self.take(a, 3)
                        self.assertEqual([(m.topic, m.payload, m.qos) for m in got], [(topic, b"%d" % i, min(sub, pub)) for i in range(3)])
                async with asyncio.timeout(5):
                    while a._receiver.incoming.ids:  # the last PUBREL
                        await asyncio.sleep(0.01)
                self.assertEqual((len(a._sender.outgoing), len(b._sender.outgoing), len(a.messages)), (0, 0, 0))

    async def test_many(self):
        for version in (4, 5):
            async with self.client(version=version) as a, self.client(version=version) as b:
                await a.subscribe("many/#", qos=2)
                for qos in (1, 2):
                    results = [b.publish_nowait(f"many/{i % 7}", str(i), qos=qos) for i in range(900)]
                    self.assertEqual([m.payload for m in await self.take(a, 900, 20)], [b"%d" % i for i in range(900)])
                    self.assertEqual(set(await asyncio.gather(*results)), {0})
                self.assertIsNone(b.last_error)

    async def test_queue_of_publishers(self):
        async with self.client(queue_limit=5, in_flight=2) as a:
            with self.assertRaisesRegex(MqttError, "5 messages wait to be sent"):
                for i in range(20):
                    a.publish_nowait("q", b"", qos=1)
            self.assertTrue(all(r in (0, 16) for r in await asyncio.gather(*(a.publish("q", b"", qos=1 + i % 2) for i in range(50)))))

    async def test_back_pressure(self):
        async with self.client(queue_limit=10) as a, self.client() as b:
            await a.subscribe("press", qos=0)
            for i in range(3000):
                await b.publish("press", bytes(1000))
            await asyncio.sleep(0.2)
            self.assertLess(len(a.messages), 1000)
            self.assertEqual(len(await self.take(a, 3000)), 3000)

    async def test_wills(self):
        for version in (4, 5):
            async with self.client(version=version) as watcher:
                await watcher.subscribe("will", qos=1)
                lost = self.client(version=version, will=Will("will", b"gone", 1), reconnect=False)
                await lost.connect()
                lost._link.abort()
                self.assertEqual([(m.payload, m.qos) for m in await self.take(watcher)], [(b"gone", 1)])
                async with self.client(version=version, will=Will("will", b"no")):
                    pass
                if version == 5:
                    said = self.client(will=Will("will", b"said", properties={"user_property": [("k", "v")]}))
                    await said.connect()
                    await said.disconnect(reason=4)
                    message, = await self.take(watcher)
                    self.assertEqual((message.payload, message.properties), (b"said", {"user_property": [("k", "v")]}))
                await watcher.publish("will", b"last", qos=1)
                self.assertEqual((await self.take(watcher))[0].payload, b"last")

    async def test_retained(self):
        async with self.client() as a:
            await a.publish("kept", b"1", qos=1, retain=True)
            await a.subscribe("kept", qos=1)
            message, = await self.take(a)
            self.assertEqual((message.payload, message.retain), (b"1", True))
            await a.publish("kept", b"2", qos=1, retain=True)
            self.assertEqual([(m.payload, m.retain) for m in await self.take(a)], [(b"2", False)])
            await a.unsubscribe("kept")
            await a.subscribe(Subscription("kept", 1, retain_handling=2))
            await a.publish("kept", b"", qos=1, retain=True)
            self.assertEqual([m.payload for m in await self.take(a)], [b""])

    async def test_properties(self):
        sent = {"payload_format_indicator": 1, "message_expiry_interval": 600, "content_type": "text/plain", "response_topic": "r/t",
                "correlation_data": b"\0\1", "user_property": [("a", "1"), ("a", "2")]}
        async with self.client() as a:
            await a.subscribe("properties", qos=1, properties={"subscription_identifier": 7})
            await a.publish("properties", "x", qos=1, properties=sent)
            message, = await self.take(a)
            self.assertEqual(message.properties, {**sent, "subscription_identifier": [7]})
            await a.subscribe("own", qos=1, no_local=True)
            await a.publish("own", b"not for me", qos=1)
            await a.publish("properties", b"end", qos=1)
            self.assertEqual((await self.take(a))[0].payload, b"end")
            self.assertEqual(await a.publish("nobody/has/subscribed", b"", qos=1), 16)

    async def test_topic_aliases(self):
        async with self.client(topic_alias_maximum=5) as a:
            self.assertEqual(a.server["topic_alias_maximum"], 10)  # mosquitto's
            await a.subscribe("alias/#", qos=0)
            with self.assertRaises(TypeError):
                await a.publish("alias/1", 5)  # it leaves no alias behind that the broker does not know
            for i in range(30):
                await a.publish(f"alias/{i % 12}", str(i))
            self.assertEqual([m.topic for m in await self.take(a, 30)], [f"alias/{i % 12}" for i in range(30)])
            self.assertEqual(len(a._sender._aliases), 10)

    async def test_shared(self):
        async with self.client() as a, self.client() as b, self.client() as c:
            for client in (a, b):
                await client.subscribe("$share/group/jobs/#", qos=1)
            for i in range(20):
                await c.publish(f"jobs/{i}", str(i), qos=1)
            await asyncio.sleep(0.2)
            got = [await self.take(x, len(x.messages)) for x in (a, b)]
            self.assertEqual(sorted(int(m.payload) for some in got for m in some), list(range(20)))
            self.assertTrue(got[0] and got[1])

    async def test_requests(self):
        async with self.client() as a, self.client() as b:
            await b.subscribe("double", qos=1)

            async def serve():
                async for message in b.messages:
                    await b.respond(message, str(int(message.payload) * 2))

            task = asyncio.create_task(serve())
            answers = await asyncio.gather(*(a.request("double", str(i)) for i in range(5)))
            self.assertEqual([m.payload for m in answers], [b"0", b"2", b"4", b"6", b"8"])
            with self.assertRaisesRegex(MqttError, "no answer to the request to 'nobody'"):
                await a.request("nobody", b"", timeout=0.05)
            with self.assertRaisesRegex(ValueError, "asks for no answer"):
                await a.respond(Publish("x", b""))
            task.cancel()

    async def test_session(self):
        """Messages that come while a client is away, and those that it has not sent."""
        for options in ({"session_expiry": 60}, {"version": 4, "clean_start": False}):
            first = self.client(client_id="sleeper", **options)
            await first.connect()
            await first.subscribe("while/away", qos=1)
            await first.disconnect()
            async with self.client() as b:
                await b.publish("while/away", b"1", qos=1)
                await b.publish("while/away", b"2", qos=2)
            options["clean_start"] = False
            async with self.client(client_id="sleeper", **options) as again:
                self.assertTrue(again.session_present)
                self.assertEqual([m.payload for m in await self.take(again, 2)], [b"1", b"2"])
            async with self.client(client_id="sleeper", version=options.get("version", 5)) as clean:
                self.assertFalse(clean.session_present)

    async def test_wrong_use(self):
        a = self.client(version=4)
        with self.assertRaisesRegex(MqttError, "not connected"):
            await a.publish("a", b"")
        async with a:
            with self.assertRaisesRegex(ValueError, "MQTT 3.1.1 has none"):
                await a.publish("a", b"", properties={"content_type": "x"})
            for qos in (0, 1):
                with self.assertRaisesRegex(ValueError, "topic has a wildcard"):
                    await a.publish("a/#", b"", qos=qos)
            with self.assertRaisesRegex(ValueError, "whole level"):
                await a.subscribe("a#")
            self.assertEqual((len(a._sender.outgoing), a.connected), (0, True))
            with self.assertRaisesRegex(RuntimeError, "is connected"):
                await a.connect()
        with self.assertRaisesRegex(MqttError, "disconnected"):
            await a.publish("a", b"")
        async with a:  # once more
            await a.subscribe("again", qos=1)
            await a.publish("again", b"1", qos=1)
            self.assertEqual((await self.take(a))[0].payload, b"1")
            with self.assertRaisesRegex(ValueError, "at least one character"):
                await a.publish("", b"")
            await a.disconnect(wait=False)
        for name, wrong, error in (("version", 3, ValueError), ("offline", "x", ValueError), ("keep_alive", -1, ValueError), ("properties", {"x": 1}, ValueError),
                                   ("properties", [1], TypeError), ("port", 0, ValueError), ("port", "1883", TypeError), ("timeout", 0, ValueError),
                                   ("timeout", "1", TypeError), ("reconnect_delay", 5, TypeError), ("reconnect_delay", (5, 1), ValueError), ("queue_limit", 0, ValueError),
                                   ("in_flight", 1.5, TypeError), ("tls", "ca.pem", TypeError), ("authentication", ("M",), TypeError), ("on_connection", 5, TypeError)):
            with self.subTest(name=name, wrong=wrong), self.assertRaises(error):
                Client("h", **{name: wrong})
        with self.assertRaises(ValueError):
            Client("h", version=4, session_expiry=1)
        for wrong in ("http://h", "unix://h/p", "mqtt://"):
            with self.assertRaises(ValueError):
                Client(wrong)

    def test_loops(self):
        """A client outlives its event loop: it says so, and connects in another one."""
        client = self.client()
        with self.assertRaisesRegex(MqttError, "not connected"):
            asyncio.run(client.messages.get())
        asyncio.run(client.connect())
        with self.assertRaisesRegex(MqttError, "event loop has ended"):
            asyncio.run(client.publish("a", b""))

        async def again():
            async with client:
                return await client.publish("a", b"", qos=1)

        self.assertIn(asyncio.run(again()), (0, 16))


class Losses(WithBroker):
    async def test_restarts(self):
        """Subscriptions are back within 5 s of each restart, and nothing that was published with QoS 1 is lost."""
        self.broker.stop()
        self.broker.start()
        async with self.client(session_expiry=600) as a, self.client(version=4) as b:
            for client in (a, b):
                await client.subscribe([f"filter/{i}" for i in range(20)], qos=1)
            for n in range(RESTARTS):
                self.broker.stop()
                late = asyncio.create_task(a.publish("filter/3", f"late {n}", qos=1))
                await asyncio.sleep(0.01)
                self.broker.start()
                began = time.monotonic()
                await asyncio.gather(a.wait_connected(), b.wait_connected(), late)
                await a.subscribe("ready"), await b.subscribe("ready")  # behind the subscriptions that were made again
                await a.publish(f"filter/{n % 20}", f"{n}", qos=1)
                for client in (a, b):
                    while (await self.take(client))[0].payload != f"{n}".encode():
                        pass
                self.assertLess(time.monotonic() - began, 5)

    async def test_frozen_broker(self):
        """A broker that hangs is noticed within 1.5 keep-alives, and the client comes back when it goes on."""
        lost = asyncio.Event()
        keep_alive = 1
        async with self.client(keep_alive=keep_alive, timeout=0.5, on_connection=lambda up: up or lost.set()) as a:
            await asyncio.sleep(keep_alive * 2.2)
            self.assertTrue(a.connected)
            self.broker.freeze()
            began = time.monotonic()
            await asyncio.wait_for(lost.wait(), 5)
            self.assertLessEqual(time.monotonic() - began, 1.5 * keep_alive)
            await asyncio.sleep(0.02)
            self.assertIn("is silent", str(a.last_error))
            self.broker.process.send_signal(18)
            await asyncio.wait_for(a.wait_connected(), 5)

    async def test_offline(self):
        options = {"offline": "raise", "reconnect_delay": (0.2, 0.2)}
        async with self.client(**options) as a, self.client(reconnect_delay=(0.1, 0.1)) as b:
            self.broker.stop()
            await asyncio.sleep(0.05)
            with self.assertRaisesRegex(MqttError, "there is no connection to 127.0.0.1"):
                await a.publish("x", b"", qos=1)
            waiting = [asyncio.create_task(b.publish("x", b"", qos=qos)) for qos in (0, 1, 2)]
            await asyncio.sleep(0.05)
            self.assertFalse(any(t.done() for t in waiting))
            self.broker.start()
            await asyncio.wait_for(asyncio.gather(*waiting), 5)
            await asyncio.wait_for(a.wait_connected(), 5)
            await a.publish("x", b"", qos=1)

    async def test_no_broker(self):
        port = _broker.free_port()
        with self.assertRaisesRegex(MqttError, f"127.0.0.1:{port} refuses connections"):
            await Client("127.0.0.1", port).connect()
        with self.assertRaisesRegex(MqttError, "lost|known"):
            await Client("no-such-host.invalid", timeout=5).connect()

        async def silent(reader, writer):
            await reader.read()
            writer.close()

        server = await asyncio.start_server(silent, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        with self.assertRaisesRegex(MqttError, "does not answer"):
            await Client("127.0.0.1", port, timeout=0.1).connect()
        server.close()

    async def test_no_mqtt(self):
        async def http(reader, writer):
            writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            await writer.drain()
            writer.close()

        server = await asyncio.start_server(http, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        with self.assertRaisesRegex(MqttError, "before it said a word of MQTT"):
            await Client("127.0.0.1", port, timeout=5).connect()
        with self.assertRaisesRegex(MqttError, "does not speak WebSocket there: 400"):
            await Client(f"ws://127.0.0.1:{port}/mqtt", timeout=5).connect()
        server.close()


class Brokers(unittest.IsolatedAsyncioTestCase):
    """Against brokers that do as the test says."""

    def answering(self, *answers):
        """What answers the packets that come, one by one; a connection that comes later than those in the list is closed."""
        self.came = []
        left = list(answers)

        async def serve(reader, writer):
            decoder = Decoder()
            script = list(left.pop(0)) if left else []
            with contextlib.suppress(OSError):
                while script and (data := await reader.read(65536)):
                    for packet in decoder.feed(data):
                        self.came.append(packet)
                        for answer in script.pop(0) if script else ():
                            writer.write(answer if isinstance(answer, bytes) else answer.encode(5))
            writer.close()

        return serve

    async def broker(self, *answers):
        """The port where they are given."""
        server = await asyncio.start_server(self.answering(*answers), "127.0.0.1", 0)
        self.addCleanup(server.close)
        return server.sockets[0].getsockname()[1]

    async def test_taken_over(self):
        port = await self.broker([[ConnAck(), Disconnect(0x8E)]])
        async with Client("127.0.0.1", port) as a:
            with self.assertRaisesRegex(MqttError, "session taken over") as caught:
                await a.messages.get()
            self.assertEqual(caught.exception.reason, 0x8E)
            with self.assertRaisesRegex(MqttError, "session taken over"):
                await a.publish("x", b"", qos=1)

    async def test_resumption(self):
        """What was not acknowledged is sent again under the same identifiers; what has arrived for sure is released, not sent."""
        port = await self.broker([[ConnAck()], [], [PubRec(2)], [], []], [[ConnAck(True)], [PubAck(1)], [PubComp(2)], [PubAck(3)]])
        async with Client("127.0.0.1", port, session_expiry=9, reconnect_delay=(0.01, 0.01)) as a:
            one, two = a.publish_nowait("a", b"1", qos=1), a.publish_nowait("b", b"2", qos=2)
            await asyncio.sleep(0.02)
            three = a.publish_nowait("c", b"3", qos=1)
            self.assertEqual(await asyncio.wait_for(asyncio.gather(one, two, three), 5), [0, 0, 0])
            kinds = [(type(p).__name__, getattr(p, "packet_id", None), getattr(p, "dup", None)) for p in self.came]
            again = kinds.index(("Connect", None, None), 1)
            self.assertEqual(kinds[again + 1:again + 4], [("Publish", 1, True), ("PubRel", 2, None), ("Publish", 3, True)])

    async def test_session_lost(self):
        """Without the session, messages are sent anew, and subscriptions made again."""
        port = await self.broker([[ConnAck()], [SubAck(1, [1])], []], [[ConnAck()], [], []])
        async with Client("127.0.0.1", port, session_expiry=9, reconnect_delay=(0.01, 0.01)) as a:
            self.assertEqual(await a.subscribe("f", qos=1), 1)
            a.publish_nowait("a", b"1", qos=1).add_done_callback(lambda f: f.exception())
            async with asyncio.timeout(5):
                while len(self.came) < 6:
                    await asyncio.sleep(0.01)
            self.assertEqual([type(p).__name__ for p in self.came[3:6]], ["Connect", "Subscribe", "Publish"])
            self.assertEqual((self.came[4].filters, self.came[5].dup), ([Subscription("f", 1)], False))
            await a.disconnect(wait=False)

    async def test_duplicates(self):
        """A message with QoS 2 that comes twice is delivered once."""
        twice = Publish("t", b"x", 2, packet_id=5)
        again = Publish("t", b"x", 2, dup=True, packet_id=5)
        port = await self.broker([[ConnAck(), twice, again, PubRel(5), PubRel(5), Publish("t", b"end")], [], [], [], []])
        async with Client("127.0.0.1", port, reconnect=False) as a:
            self.assertEqual([(await a.messages.get()).payload for _ in range(2)], [b"x", b"end"])
            await asyncio.sleep(0.02)
            self.assertEqual(self.came[1:5], [PubRec(5), PubRec(5), PubComp(5), PubComp(5, 0x92)])

    async def test_manual_acknowledgement(self):
        """A message is the broker's until ack(); one that comes again meanwhile is not a new one, but is acknowledged where it came last."""
        def packets(dup):
            return [Publish("t", b"one", 1, dup=dup, packet_id=1), Publish("t", b"two", 2, dup=dup, packet_id=2), Publish("t", b"three", 1, dup=dup, packet_id=3)]

        port = await self.broker([[ConnAck(), *packets(False)], []], [[ConnAck(True), *packets(True)], [], [PubRel(2)], []])
        lost = asyncio.Event()
        async with Client("127.0.0.1", port, manual_ack=True, session_expiry=9, reconnect_delay=(0.01, 0.01), on_connection=lambda up: up or lost.set()) as a:
            one, two, three = [await a.messages.get() for _ in range(3)]
            a.ack(one)
            await asyncio.wait_for(lost.wait(), 5)
            await a.wait_connected()
            await asyncio.sleep(0.05)
            self.assertEqual([m.payload for m in (await a.messages.get(),)], [b"one"])  # its acknowledgement may not have arrived
            self.assertEqual((len(a.messages), self.came[1]), (0, PubAck(1)))
            a.ack(three)
            await asyncio.sleep(0.02)
            a.ack(two), a.ack(two)
            async with asyncio.timeout(5):
                while len(self.came) < 6:
                    await asyncio.sleep(0.01)
            self.assertEqual(self.came[3:], [PubAck(3), PubRec(2), PubComp(2)])
        with self.assertRaisesRegex(RuntimeError, "manual_ack=True"):
            Client("127.0.0.1").ack(one)

    async def test_authentication(self):
        """Steps by a callback, at the beginning and on a connection that there is; it can refuse the broker."""
        def step(reason, data):
            return Auth(reason, {"authentication_method": "M", "authentication_data": data})

        def answer(data):
            asked.append(data)
            if data == b"bad":
                raise ValueError("that is not the broker")
            return b"first" if data is None else b"to " + data

        asked = []
        done = ConnAck(properties={"authentication_method": "M", "authentication_data": b"last"})
        port = await self.broker([[step(0x18, b"challenge")], [done], [step(0x18, b"again")], [step(0, b"end")], []])
        async with Client("127.0.0.1", port, authentication=("M", answer)) as a:
            await a.reauthenticate()
            self.assertEqual(asked, [None, b"challenge", b"last", None, b"again", b"end"])
            self.assertEqual([p.properties["authentication_data"] for p in self.came], [b"first", b"to challenge", b"first", b"to again"])
            self.assertEqual(self.came[1:4], [step(0x18, b"to challenge"), step(0x19, b"first"), step(0x18, b"to again")])
        cases = [([[step(0x18, b"bad")], []], "that is not the broker"), ([[Auth(0x18, {"authentication_method": "N"})], []], "goes on with the method 'N'"),
                 ([[step(0x19, b"")], []], "out of turn"), ([[step(0x18, b"x")], [ConnAck(False, 0x87)]], "not authorized"),
                 ([[ConnAck(properties={"authentication_method": "M", "authentication_data": b"bad"})]], "that is not the broker")]
        for answers, words in cases:
            port = await self.broker(answers)
            with self.subTest(words=words), self.assertRaisesRegex(MqttError, words):
                await Client("127.0.0.1", port, authentication=("M", answer)).connect()

    async def test_cancelled_publishers(self):
        """Whoever gives up publishing while there is no connection leaves nothing behind."""
        port = await self.broker([[ConnAck()]])
        async with Client("127.0.0.1", port, queue_limit=3, reconnect_delay=(9, 9)) as a:
            async with asyncio.timeout(5):
                while a.connected:
                    await asyncio.sleep(0.01)
            tasks = [asyncio.create_task(a.publish("t", str(i), qos=i % 2)) for i in range(10)]
            await asyncio.sleep(0.01)
            self.assertEqual((len(a._sender.waiting), len(a._sender._room)), (3, 7))
            for task in tasks[:3] + tasks[5:9]:
                task.cancel()
            await asyncio.sleep(0.01)
            self.assertEqual((sorted(m.payload for m in a._sender.waiting), len(a._sender._room)), (["3", "4", "9"], 0))
            await a.disconnect(wait=False)
            self.assertEqual({type(r) for r in await asyncio.gather(*tasks, return_exceptions=True)}, {asyncio.CancelledError, MqttError})

    async def test_start_offline(self):
        """A program may start before its broker: what it publishes waits, and the first connection still asks for the session of an earlier run."""
        port = _broker.free_port()
        with self.assertRaises(MqttError):
            await Client("127.0.0.1", port).connect()
        options = {"client_id": "early", "clean_start": False, "session_expiry": 9, "reconnect_delay": (0.01, 0.02)}
        async with Client("127.0.0.1", port, start_offline=True, **options) as a:
            self.assertIn("refuses connections", str(a.last_error))
            waiting = asyncio.create_task(a.publish("t", b"x", qos=1))
            await asyncio.sleep(0.1)
            self.assertEqual((a.connected, waiting.done()), (False, False))
            serving = await asyncio.start_server(self.answering([[ConnAck()], [PubAck(1)]]), "127.0.0.1", port)
            self.addCleanup(serving.close)
            self.assertEqual(await asyncio.wait_for(waiting, 5), 0)
            self.assertFalse(self.came[0].clean_start)
            await a.disconnect()
        async with Client("127.0.0.1", _broker.free_port(), start_offline=True, reconnect=False) as a:
            with self.assertRaisesRegex(MqttError, "refuses connections"):
                await a.publish("t", b"x", qos=1)

    async def test_breaches(self):
        aliased = Publish("", b"", properties={"topic_alias": 3})
        busy = ConnAck(False, 0x89, {"reason_string": "later"})
        cases = [([ConnAck(), ConnAck()], "out of turn"), ([PingResp()], "out of turn"), ([ConnAck(), Connect("x")], "out of turn"),
                 ([b"\x20\x02\x00\x01"], "reason code 0x1"), ([ConnAck(), aliased], "topic alias 3"), ([ConnAck(), b"\x00\x00"], "type 0"), ([ConnAck(), b"\x10\x0d\0\4MQTX\5\2\0\0\0\0\0"], "not MQTT"),
                 ([busy], r"server busy \(later\)"),
                 ([ConnAck(), *(Publish("a", b"", 2, packet_id=i) for i in (1, 2, 3))], "receive maximum")]
        for answers, words in cases:
            port = await self.broker([answers, [], []])
            with self.subTest(words=words), self.assertRaisesRegex(MqttError, words):
                async with Client("127.0.0.1", port, reconnect=False, timeout=5, receive_maximum=2) as a:
                    async for message in a.messages:
                        pass

    async def test_answers_too_late(self):
        client, links, broken = Client(start_offline=True, timeout=5), [], []

        async def connect(make, address):
            links.append(make())
            links[0].connection_made(_Nowhere())
            return links[0]

        asyncio.get_running_loop().set_exception_handler(lambda loop, context: broken.append(context))
        with unittest.mock.patch("mqtt.client.connect", connect):
            opening = asyncio.create_task(client._open())
            while not links:
                await asyncio.sleep(0)
            await asyncio.sleep(0)
            opening.cancel()  # what it waits for is cancelled at once, the task itself hears of it in the next round
            links[0].data_received(Publish("a", b"", 2, packet_id=1).encode(5))
            links[0].data_received(ConnAck().encode(5) + Publish("a", b"", 2, packet_id=1).encode(5))
            links[0].resume_writing()
            with self.assertRaises(asyncio.CancelledError):
                await opening
        self.assertEqual((client.connected, broken, len(client.messages)), (False, [], 0))

    async def test_flow_control(self):
        """No more than the broker's receive maximum are on their way, nor larger packets than it takes."""
        limits = ConnAck(properties={"receive_maximum": 2, "maximum_packet_size": 50})
        port = await self.broker([[limits], [], [PubAck(1)], [PubAck(2)], [PubAck(3)], []])
        async with Client("127.0.0.1", port, reconnect=False) as a:
            three = [a.publish_nowait("a", str(i), qos=1) for i in range(3)]
            self.assertEqual((len(a._sender.outgoing), len(a._sender.waiting)), (2, 1))
            with self.assertRaisesRegex(MqttError, "takes 106 bytes; the broker takes 50 at most") as caught:
                await a.publish("a", bytes(100))
            self.assertEqual((caught.exception.reason, (await three[0])), (0x95, 0))
            self.assertEqual(len(a._sender.waiting), 0)
            await a.disconnect(wait=False)

    async def test_rest(self):
        """Acknowledgements that come one by one are read together while a thousand are awaited and more is to be sent, in less than half as many reads."""
        acknowledged, reads = [0], []

        async def serve(reader, writer):
            decoder = Decoder()
            while data := await reader.read(65536):
                for packet in decoder.feed(data):
                    if isinstance(packet, Publish):
                        acknowledged[0] += 1
                    writer.write((PubAck(packet.packet_id) if isinstance(packet, Publish) else ConnAck()).encode(5))
                    await asyncio.sleep(0)
            writer.close()

        def on_read(sender, packets, plain=Sender.on_read):
            reads.append(packets)
            plain(sender, packets)

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        self.addCleanup(server.close)
        with unittest.mock.patch.object(Sender, "on_read", on_read):
            async with Client("127.0.0.1", server.sockets[0].getsockname()[1], reconnect=False, queue_limit=5000) as a:
                results = [a.publish_nowait("a", b"", qos=1) for _ in range(3000)]
                await results[1999]
                self.assertLess(len(reads), 1000)
                self.assertEqual((set(await asyncio.gather(*results)), acknowledged, len(a._sender.outgoing)), ({0}, [3000], 0))
                a._link.rest(0.001)
                a._link.hold(True)  # as when nobody takes messages
                await asyncio.sleep(0.02)
                self.assertFalse(a._link._transport.is_reading())
                a._link.hold(False)
                a._link.rest(0.001)
                self.assertFalse(a._link._transport.is_reading())
                await asyncio.sleep(0.02)
                self.assertTrue(a._link._transport.is_reading())


def _password(folder):
    import subprocess
    with open(os.path.join(folder, "users"), "w") as f:
        f.write("ann:secret\n")
    subprocess.run(["mosquitto_passwd", "-U", os.path.join(folder, "users")], check=True)
    with open(os.path.join(folder, "acl"), "w") as f:
        f.write("user ann\ntopic read open/#\ntopic write open/#\n")


class Passwords(WithBroker):
    BROKER = {"lines": "password_file {folder}/users\nacl_file {folder}/acl", "anonymous": False, "setup": _password}

    async def test_passwords(self):
        async with self.client(username="ann", password="secret") as a:
            with self.assertRaisesRegex(MqttError, "publishing to 'closed' failed: not authorized") as caught:
                await a.publish("closed", b"", qos=1)
            self.assertEqual(caught.exception.reason, 0x87)
        async with Client(f"mqtt://ann:secret@127.0.0.1:{self.broker.port}", version=4):
            pass
        for version, words in ((4, "refused the connection: not authorized"), (5, "refused the connection: not authorized")):
            with self.assertRaisesRegex(MqttError, words):
                await self.client(version=version, username="ann", password="wrong").connect()
            with self.assertRaisesRegex(MqttError, words):
                await self.client(version=version).connect()


class Ways(WithBroker):
    """TLS, WebSocket, both."""

    BROKER = {"listeners": ("tls", "both", "ws"), "setup": _broker.certificates, "lines": """
listener {tls} 127.0.0.1
cafile {folder}/ca.pem
certfile {folder}/server.pem
keyfile {folder}/server.key
require_certificate true
listener {ws} 127.0.0.1
protocol websockets
listener {both} 127.0.0.1
protocol websockets
certfile {folder}/server.pem
keyfile {folder}/server.key
"""}

    def context(self, ca="ca", client=True):
        context = ssl.create_default_context(cafile=os.path.join(self.broker.folder, f"{ca}.pem"))
        if client:
            context.load_cert_chain(os.path.join(self.broker.folder, "client.pem"), os.path.join(self.broker.folder, "client.key"))
        return context

    async def exchange(self, client):
        async with client as a:
            await a.subscribe("way", qos=2)
            for size in (0, 1, 200, 70000):
                await a.publish("way", bytes(size), qos=2)
                self.assertEqual(len((await self.take(a))[0].payload), size)

    async def test_tls(self):
        port = self.broker.ports["tls"]
        await self.exchange(Client("127.0.0.1", port, tls=self.context()))
        await self.exchange(Client(f"mqtts://localhost:{port}", tls=self.context(), version=4))
        with self.assertRaisesRegex(MqttError, "the certificate of localhost:.* was refused: .*self-signed|unable to get"):
            await Client("localhost", port, tls=self.context("other_ca")).connect()
        with self.assertRaisesRegex(MqttError, "the certificate of localhost:.* was refused"):
            await Client("localhost", port, tls=True).connect()
        with self.assertRaisesRegex(MqttError, "TLS with|was lost"):
            await Client("localhost", port, tls=self.context(client=False)).connect()

    async def test_websocket(self):
        await self.exchange(Client(f"ws://127.0.0.1:{self.broker.ports['ws']}/mqtt"))
        await self.exchange(Client(f"wss://localhost:{self.broker.ports['both']}/mqtt", tls=self.context(client=False)))


if __name__ == "__main__":
    unittest.main()
