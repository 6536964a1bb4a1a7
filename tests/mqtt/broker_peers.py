"""The broker with clients of others: our own, mosquitto's and npm's mqtt, over TCP, TLS with certificates, WebSocket and a Unix socket; and a bridge to mosquitto."""
# SPDX-License-Identifier: MIT
import asyncio
import json
import os
import shutil
import ssl
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from _broker import PROGRAM, Mosquitto, certificates
from _wires import with_broker

from mqtt import Client, MqttError, Will
from mqtt.broker import BridgeSettings, Broker, Listener

HERE = os.path.dirname(os.path.abspath(__file__))
NODE = shutil.which("node") if os.path.isdir(os.path.join(HERE, "../../build/peers/node_modules/mqtt")) else None
FOLDER = tempfile.mkdtemp(prefix="krait-broker-")


def setUpModule():
    certificates(FOLDER)
    for what, there in (("mosquitto-clients", shutil.which("mosquitto_sub")), ("mosquitto", PROGRAM), ("npm's mqtt", NODE)):
        if not there:
            print(f"SKIP broker_peers.py: {what} is not installed (make mqtt-peers installs it)", file=sys.stderr)


def tearDownModule():
    shutil.rmtree(FOLDER)


def file(name):
    return os.path.join(FOLDER, name)


async def start(*command):
    return await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT)


async def line(process):
    return (await asyncio.wait_for(process.stdout.readline(), 15)).decode().rstrip("\n")


async def take(client, n=1):
    async with asyncio.timeout(10):
        return [await client.messages.get() for _ in range(n)]


TLS = [Listener(port=0, certificate=file("server.pem"), key=file("server.key"), client_ca=file("ca.pem"), certificate_user=True)]


class OwnClient(unittest.TestCase):
    @with_broker()
    async def test_qos_matrix(self, broker):
        for version in (4, 5):
            async with Client("127.0.0.1", broker.port, version=version) as one, Client("127.0.0.1", broker.port, version=9 - version) as other:
                for wanted in (0, 1, 2):
                    await one.subscribe("q", qos=wanted)
                    for qos in (0, 1, 2):
                        await other.publish("q", f"{qos}", qos)
                        message, = await take(one)
                        self.assertEqual((bytes(message.payload), message.qos), (b"%d" % qos, min(qos, wanted)))

    @with_broker(port=0)
    async def test_restarts(self, broker):
        """The broker goes away and comes back, with its store: the client is back with its subscription, and what was published meanwhile comes."""
        with tempfile.TemporaryDirectory() as folder:
            async with Broker(port=0, store=folder) as first:
                port = first.port
                client = Client("127.0.0.1", port, client_id="c", clean_start=False, session_expiry=1000, reconnect_delay=(0.05, 0.2))
                await client.connect()
                await client.subscribe("t", qos=2)
            for n in range(3):
                async with Broker(port=port, store=folder) as again:
                    async with Client("127.0.0.1", port) as other:
                        await other.publish("t", f"{n}", 2)
                    self.assertEqual(bytes((await take(client))[0].payload), b"%d" % n)
                    self.assertEqual(again.router.subscriptions.count, 1)
            await client.disconnect(wait=False)

    @with_broker(listeners=[*TLS, Listener(port=0, websocket=True), Listener(path=file("socket")), Listener(port=0, websocket=True, certificate=file("server.pem"), key=file("server.key"))])
    async def test_transports(self, broker):
        context = ssl.create_default_context(cafile=file("ca.pem"))
        mutual = ssl.create_default_context(cafile=file("ca.pem"))
        mutual.load_cert_chain(file("client.pem"), file("client.key"))
        ports = [port for _, port in broker.addresses]
        for where, options in ((f"mqtts://localhost:{ports[0]}", {"tls": mutual}), (f"ws://127.0.0.1:{ports[1]}/mqtt", {}), (f"unix://{file('socket')}", {}),
                               (f"wss://localhost:{ports[2]}", {"tls": context})):
            async with Client(where, **options) as client:
                await client.subscribe("t", qos=2)
                await client.publish("t", b"x" * 100_000, 2)
                self.assertEqual(len((await take(client))[0].payload), 100_000, where)
        with self.assertRaises(MqttError):
            async with Client(f"mqtts://localhost:{ports[0]}", tls=context, timeout=5):
                pass
        self.assertFalse(os.path.exists("socket"))

    @with_broker(listeners=TLS)
    async def test_name_of_the_certificate(self, broker):
        context = ssl.create_default_context(cafile=file("ca.pem"))
        context.load_cert_chain(file("client.pem"), file("client.key"))
        async with Client("localhost", broker.port, tls=context, client_id="me"):
            self.assertEqual(broker.sessions["me"].user, "client")

    @with_broker()
    async def test_will(self, broker):
        async with Client("127.0.0.1", broker.port) as watcher:
            await watcher.subscribe("w", qos=1)
            dying = Client("127.0.0.1", broker.port, client_id="dying", will=Will("w", b"gone", 1), reconnect=False)
            await dying.connect()
            broker.sessions["dying"].connection.abort()
            self.assertEqual(bytes((await take(watcher))[0].payload), b"gone")


@unittest.skipUnless(shutil.which("mosquitto_sub"), "mosquitto-clients")
class MosquittoClients(unittest.TestCase):
    async def run_pub(self, broker, *arguments):
        process = await start("mosquitto_pub", "-p", str(broker.port), *arguments)
        return (await asyncio.wait_for(process.communicate(), 15))[0].decode()

    async def subscriber(self, broker, *arguments, count=1):
        process = await start("mosquitto_sub", "-p", str(broker.port), "-W", "15", "-F", "%t %p %q %r", "-C", str(count), *arguments)
        wanted = broker.router.subscriptions.count + 1
        async with asyncio.timeout(10):
            while broker.router.subscriptions.count < wanted:
                await asyncio.sleep(0.01)
        return process

    @with_broker()
    async def test_qos_matrix(self, broker):
        for version in ("311", "5"):
            readers = [await self.subscriber(broker, "-V", version, "-t", "m/+", "-q", str(q), count=3) for q in (0, 1, 2)]
            for qos in "012":
                self.assertEqual(await self.run_pub(broker, "-V", version, "-t", f"m/{qos}", "-m", f"payload {qos}", "-q", qos), "")
            for granted, reader in enumerate(readers):
                text = (await reader.communicate())[0].decode()
                self.assertEqual(text, "".join(f"m/{q} payload {q} {min(q, granted)} 0\n" for q in range(3)))

    @with_broker()
    async def test_properties_retained_will_shared(self, broker):
        await self.run_pub(broker, "-V", "5", "-t", "r", "-m", "kept", "-q", "1", "-r", "-D", "publish", "user-property", "a", "b", "-D", "publish", "content-type", "text/x",
                           "-D", "publish", "response-topic", "answer", "-D", "publish", "correlation-data", "c1", "-D", "publish", "message-expiry-interval", "100")
        reader = await start("mosquitto_sub", "-p", str(broker.port), "-V", "5", "-t", "r", "-q", "1", "-C", "1", "-W", "10", "-F", "%p %r %P %C %R %D")
        self.assertEqual((await reader.communicate())[0].decode(), "kept 1 a:b text/x answer c1\n")
        reader = await self.subscriber(broker, "-t", "w")
        dying = await self.subscriber(broker, "-t", "x", "--will-topic", "w", "--will-payload", "gone", "--will-qos", "1")
        dying.kill()
        self.assertEqual((await reader.communicate())[0].decode(), "w gone 0 0\n")
        members = [await self.subscriber(broker, "-V", "5", "-t", "$share/g/s", "-q", "1", count=2) for _ in range(2)]
        for i in range(4):
            await self.run_pub(broker, "-t", "s", "-m", str(i), "-q", "1")
        got = "".join([(await m.communicate())[0].decode() for m in members])
        self.assertEqual(sorted(got.splitlines()), [f"s {i} 1 0" for i in range(4)])

    @with_broker(listeners=TLS)
    async def test_tls(self, broker):
        files = ("--cafile", file("ca.pem"), "--cert", file("client.pem"), "--key", file("client.key"))
        reader = await self.subscriber(broker, "-h", "localhost", *files, "-t", "t", "-q", "2")
        await self.run_pub(broker, "-h", "localhost", *files, "-t", "t", "-m", "over TLS", "-q", "2")
        self.assertEqual((await reader.communicate())[0].decode(), "t over TLS 2 0\n")
        self.assertIn("rror", await self.run_pub(broker, "-h", "localhost", *files[:2], "-t", "t", "-m", "no certificate", "-q", "1"))

    @unittest.skipUnless(PROGRAM, "mosquitto")
    def test_bridge(self):
        asyncio.run(self.bridge())

    async def bridge(self):
        with Mosquitto() as far, tempfile.TemporaryDirectory() as folder:
            settings = {"store": folder, "sys_interval": 0,
                        "bridges": [BridgeSettings("up", "127.0.0.1", far.port, out=["data/#"], into=["command/#"], remote_prefix="site/", qos=2)]}
            async with Broker(port=0, **settings) as near, Client("127.0.0.1", near.port) as here, Client("127.0.0.1", far.port) as there:
                await here.subscribe("#", qos=2)
                await there.subscribe("#", qos=2)
                async with asyncio.timeout(10):
                    while near.bridges[0].state != "connected":
                        await asyncio.sleep(0.05)
                await asyncio.sleep(0.2)
                await here.publish("data/1", b"up", 2)
                await there.publish("site/command/1", b"down", 1)
                self.assertEqual(sorted([m.topic for m in await take(here, 2)]), ["command/1", "data/1"])
                self.assertEqual(sorted([m.topic for m in await take(there, 2)]), ["site/command/1", "site/data/1"])
                far.stop()
                for i in range(20):
                    await here.publish("data/later", b"%d" % i, 1)
            far.start()
            async with Client("127.0.0.1", far.port) as there:
                await there.subscribe("site/data/later", qos=1)
                async with Broker(port=0, **settings):  # it was restarted too: what waits is in the store
                    self.assertEqual([int(bytes(m.payload)) for m in await take(there, 20)], list(range(20)))


@unittest.skipUnless(NODE, "npm's mqtt")
class Npm(unittest.TestCase):
    async def exchange(self, broker, url, version, **options):
        """Both ways with every QoS."""
        async with Client("unix://" + file("npm")) as own:
            await own.subscribe("own/#", qos=2)
            peer = await start(NODE, os.path.join(HERE, "_peer.js"), url, str(version), json.dumps(options))
            self.assertEqual(await line(peer), "ready 2")
            got = await take(own, 3)
            self.assertEqual([(m.topic, bytes(m.payload), m.qos) for m in got], [(f"own/{q}", b"%d" % q, q) for q in range(3)])
            self.assertEqual([m.properties.get("user_property") for m in got], [[("from", "npm")] if version == 5 else None] * 3)
            self.assertEqual(await line(peer), "published")
            for qos in (0, 1, 2):
                await own.publish("peer/x", f"{qos}", qos, properties={"user_property": [("k", "v")]})
                self.assertEqual(await line(peer), f"peer/x {qos} {qos} false" + (' {"k":"v"}' if version == 5 else ""))
            await own.publish("peer/x", "end", 1)
            text = (await asyncio.wait_for(peer.communicate(), 10))[0].decode()
            self.assertEqual((peer.returncode, text.count("\n")), (0, 1), text)
            await own.publish("own/2", b"", 1, retain=True)

    @with_broker(listeners=[Listener(port=0), Listener(port=0, websocket=True), *TLS, Listener(path=file("npm"))])
    async def test_transports(self, broker):
        tcp, websocket, tls = (port for _, port in broker.addresses)
        await self.exchange(broker, f"mqtt://127.0.0.1:{tcp}", 4)
        await self.exchange(broker, f"mqtt://127.0.0.1:{tcp}", 5)
        await self.exchange(broker, f"ws://127.0.0.1:{websocket}/mqtt", 5)
        await self.exchange(broker, f"mqtts://localhost:{tls}", 4, ca=file("ca.pem"), cert=file("client.pem"), key=file("client.key"))

    async def peer(self, broker, filters, version=5, *before, **options):
        """A peer that is ready, and has got these lines meanwhile."""
        peer = await start(NODE, os.path.join(HERE, "_peer.js"), f"mqtt://127.0.0.1:{broker.port}", str(version),
                           json.dumps({"filters": filters, "quiet": True, **options}))
        lines = [await line(peer) for _ in range(1 + len(before))]
        self.assertEqual({text.partition(" ")[0] if text.startswith("ready") else text for text in lines}, {"ready", *before})
        return peer

    async def matrix(self, broker, version):
        filters = [f"peer/sub/{qos}" for qos in range(3)]
        peer = await self.peer(broker, {f: {"qos": n} for n, f in enumerate(filters)}, version)
        async with Client("127.0.0.1", broker.port) as own:
            for granted, topic in enumerate(filters):
                for qos in range(3):
                    await own.publish(topic, f"{qos}", qos)
                    self.assertEqual(await line(peer), f"{topic} {qos} {min(qos, granted)} false")
            await own.publish(filters[0], "end")
        await peer.wait()

    @with_broker()
    async def test_qos_matrix(self, broker):
        for version in (4, 5):
            await self.matrix(broker, version)

    @with_broker()
    async def test_retained_will_shared(self, broker):
        async with Client("127.0.0.1", broker.port) as own:
            await own.publish("peer/kept", "k", 1, retain=True, properties={"user_property": [("a", "b")]})
            await own.subscribe("will/#", qos=2)
            for version in (4, 5):
                more = {"properties": {"willDelayInterval": 0, "contentType": "c"}} if version == 5 else {}
                kept = "peer/kept k 1 true" + (' {"a":"b"}' if version == 5 else "")
                peer = await self.peer(broker, "peer/#", version, kept, will={"topic": "will/npm", "payload": "gone", "qos": 2, "retain": False, **more})
                peer.kill()
                await peer.wait()
                will, = await take(own)
                self.assertEqual((will.topic, bytes(will.payload), will.qos, will.properties.get("content_type")), ("will/npm", b"gone", 2, "c" if version == 5 else None))
            members = [await self.peer(broker, "$share/g/job/#") for _ in range(2)]
            for n in range(10):
                await own.publish("job/x", f"{n}", 1)
            got = [{(await line(peer)).split()[1] for _ in range(5)} for peer in members]
            self.assertEqual((got[0] | got[1], got[0] & got[1]), ({str(n) for n in range(10)}, set()))
            for peer in members:
                peer.kill()
                await peer.wait()


if __name__ == "__main__":
    unittest.main()
