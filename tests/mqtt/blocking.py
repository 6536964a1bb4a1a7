"""mqtt.blocking, umqtt.simple and umqtt.robust against mosquitto."""
# SPDX-License-Identifier: MIT
import os
import sys
import threading
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import _broker

import umqtt.robust
import umqtt.simple
from mqtt.blocking import Client, MqttError


class WithBroker(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.broker = _broker.Mosquitto()
        cls.broker.__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.broker.__exit__()


class Blocking(WithBroker):
    def client(self, **options):
        return Client("127.0.0.1", self.broker.port, **options)

    def test_exchange(self):
        with self.client() as a:
            for qos in (0, 1, 2):
                self.assertEqual(a.subscribe("b/#", qos=qos), qos)
                a.publish(f"b/{qos}", str(qos), qos=qos)
                message = a.messages.get(5)
                self.assertEqual((message.topic, message.payload, message.qos), (f"b/{qos}", b"%d" % qos, qos))
            with self.assertRaises(TimeoutError):
                a.messages.get(0.02)
            with self.assertRaisesRegex(ValueError, "wildcard"):
                a.publish("#", b"")
            a.unsubscribe("b/#")
            self.assertTrue(a.connected)
        self.assertFalse(a.connected)
        with self.assertRaisesRegex(MqttError, "not connected"):
            a.publish("x", b"")
        with self.assertRaisesRegex(MqttError, "refuses connections"):
            Client("127.0.0.1", _broker.free_port()).connect()

    def test_threads(self):
        """Four threads publish at once, one iterates."""
        got = []
        with self.client() as a:
            a.subscribe("t/#", qos=1)

            def take():
                for message in a.messages:
                    got.append(message.payload)
                    if len(got) == 200:
                        return

            def give(n):
                for i in range(50):
                    (a.publish if i % 2 else a.publish_nowait)(f"t/{n}", f"{n} {i}", qos=1)

            threads = [threading.Thread(target=take), *(threading.Thread(target=give, args=(n,)) for n in range(4))]
            for t in threads:
                t.start()
            for t in threads:
                t.join(20)
            self.assertFalse(any(t.is_alive() for t in threads))
        self.assertEqual(sorted(got), sorted(b"%d %d" % (n, i) for n in range(4) for i in range(50)))

    def test_end(self):
        """disconnect ends a thread that waits for messages."""
        a = self.client()
        a.connect()
        ended = []
        thread = threading.Thread(target=lambda: ended.append(list(a.messages)))
        thread.start()
        time.sleep(0.05)
        a.disconnect()
        thread.join(5)
        self.assertEqual(ended, [[]])

    def test_computing(self):
        """The connection lives while the program computes."""
        lost = []
        with self.client(keep_alive=1, on_connection=lambda up: up or lost.append(up)) as a:
            end = time.monotonic() + 2.2
            while time.monotonic() < end:
                sum(range(2000))
            self.assertEqual((a.connected, lost), (True, []))

    def test_requests(self):
        with self.client() as a, self.client() as b:
            b.subscribe("ask", qos=1)
            thread = threading.Thread(target=lambda: b.respond(b.messages.get(5), b"answer"))
            thread.start()
            self.assertEqual(a.request("ask", b"?").payload, b"answer")
            thread.join(5)


class Micro(WithBroker):
    def client(self, module=umqtt.simple, name=b"micro", **options):
        got = []
        client = module.MQTTClient(name, "127.0.0.1", self.broker.port, **options)
        client.timeout = 5
        client.set_callback(lambda topic, msg: got.append((topic, msg)))
        return client, got

    def wait(self, client, got, n):
        while len(got) < n:
            client.wait_msg()

    def test_simple(self):
        a, got = self.client()
        self.assertFalse(a.connect())
        for qos in (0, 1, 2):
            a.subscribe(b"m/#", qos)
            a.publish(b"m/x", b"%d" % qos, qos=qos)
            self.wait(a, got, qos + 1)
        self.assertEqual(got, [(b"m/x", b"0"), (b"m/x", b"1"), (b"m/x", b"2")])
        a.check_msg()
        a.ping()
        a.wait_msg()
        a.publish("m/kept", "r", True, 1)
        self.wait(a, got, 4)
        a.disconnect()
        with self.assertRaises(OSError):
            a.publish(b"m/x", b"")
        with self.assertRaises(OSError):
            a.wait_msg()

    def test_publishing_callback(self):
        """A callback that publishes with QoS 1, while its caller waits for an acknowledgement itself."""
        a, got = self.client()
        a.connect()
        a.subscribe("c/#", 1)

        def answer(topic, msg):
            got.append(msg)
            if len(got) < 6:
                a.publish("c/again", b"%d" % len(got), qos=1 + len(got) % 2)

        a.set_callback(answer)
        a.publish("c/first", b"0", qos=1)
        self.wait(a, got, 6)
        self.assertEqual(got, [b"%d" % i for i in range(6)])
        a.disconnect()

    def test_will_and_session(self):
        watcher, seen = self.client(name="watcher")
        watcher.connect()
        watcher.subscribe("w")
        a, got = self.client()
        a.set_last_will("w", b"gone", qos=1)
        a.connect(clean_session=False)
        a.subscribe("kept", 1)
        a.sock.close()
        self.wait(watcher, seen, 1)
        watcher.publish("kept", "while away", qos=1)
        self.assertTrue(a.connect(clean_session=False))
        self.wait(a, got, 1)
        self.assertEqual((seen, got), ([(b"w", b"gone")], [(b"kept", b"while away")]))
        a.disconnect()
        watcher.disconnect()

    def test_frozen_broker(self):
        a, got = self.client(keepalive=1)
        a.connect()
        with self.assertRaises(TimeoutError):
            end = time.monotonic() + 2.2
            while time.monotonic() < end:  # pings keep it alive
                a.check_msg()
                time.sleep(0.02)
            self.broker.freeze()
            began = time.monotonic()
            a.wait_msg()
        self.broker.process.send_signal(18)
        self.assertLess(time.monotonic() - began, 1.5)

    def test_robust(self):
        a, got = self.client(umqtt.robust)
        a.DELAY = 0.05
        a.connect()
        a.subscribe("r/#", 1)
        for i in range(3):
            self.broker.stop()
            self.broker.start()
            a.publish("r/1", b"%d" % i, qos=1)
            self.wait(a, got, i + 1)
        self.assertEqual([m for _, m in got], [b"0", b"1", b"2"])
        self.broker.stop()
        a.TRIES = 3
        began = time.monotonic()
        with self.assertRaises(OSError):
            a.publish("r/1", b"", qos=1)
        self.assertLess(time.monotonic() - began, 2)
        self.broker.start()

    def test_refusals(self):
        with self.assertRaisesRegex(ValueError, "ssl_params: there is no colour"):
            umqtt.simple.MQTTClient("a", "127.0.0.1", self.broker.port, ssl=True, ssl_params={"colour": 1}).connect()
        with self.assertRaisesRegex(ValueError, "wildcard"):
            self.client()[0].set_last_will("#", b"")
        with self.assertRaises(ConnectionRefusedError):
            umqtt.simple.MQTTClient("a", "127.0.0.1", _broker.free_port()).connect()


if __name__ == "__main__":
    unittest.main()
