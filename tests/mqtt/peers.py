"""peers.py FOLDER - mqtt.Client with other clients, through mosquitto: mosquitto_pub and mosquitto_sub, paho-mqtt, and mqtt.js, which is in FOLDER/node_modules."""
# SPDX-License-Identifier: MIT
import asyncio
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import _broker

from mqtt import Client

FOLDER = sys.argv.pop(1) if len(sys.argv) > 1 else ""

ECHO_JS = """
const mqtt = require('mqtt');
const client = mqtt.connect('mqtt://127.0.0.1:' + process.argv[2], { protocolVersion: +process.argv[3] });
client.on('message', (topic, payload, packet) => client.publish('back/' + topic, payload, { qos: packet.qos, properties:
    +process.argv[3] == 5 && packet.properties ? { userProperties: packet.properties.userProperties, contentType: packet.properties.contentType } : undefined }));
client.on('connect', () => client.subscribe('there/#', { qos: 2 }, () => console.log('ready')));
"""
ECHO_PAHO = """
import sys, paho.mqtt.client as mqtt
five = sys.argv[2] == "5"
client = mqtt.Client(protocol=mqtt.MQTTv5 if five else mqtt.MQTTv311)
def on_message(client, data, m):
    client.publish("back/" + m.topic, m.payload, m.qos, properties=m.properties if five else None)
client.on_message = on_message
client.on_connect = lambda *_: client.subscribe("there/#", 2)
client.on_subscribe = lambda *_: print("ready", flush=True)
client.connect("127.0.0.1", int(sys.argv[1]))
client.loop_forever()
"""


class Peers(unittest.IsolatedAsyncioTestCase):
    def setUp(self):
        self.broker = _broker.Mosquitto()
        self.broker.__enter__()
        self.addCleanup(self.broker.__exit__)

    async def echo(self, version, *command, env=None):
        """Messages of every QoS and size go to the peer, which sends them back."""
        process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, env=env)
        try:
            self.assertEqual(await asyncio.wait_for(process.stdout.readline(), 20), b"ready\n")
            async with Client("127.0.0.1", self.broker.port, version=version) as a:
                await a.subscribe("back/#", qos=2)
                for qos in (0, 1, 2):
                    for size in (0, 1, 127, 128, 16383, 200000):
                        properties = {"user_property": [("a", "\u00e9")], "content_type": "x"} if version == 5 else None
                        await a.publish(f"there/{qos}/{size}", bytes(size), qos=qos, properties=properties)
                        message = await asyncio.wait_for(a.messages.get(), 10)
                        self.assertEqual((message.topic, len(message.payload), message.qos), (f"back/there/{qos}/{size}", size, qos))
                        self.assertEqual(message.properties, properties or {})
        finally:
            process.kill()
            await process.wait()

    async def test_mqtt_js(self):
        for version in (4, 5):
            env = {**os.environ, "NODE_PATH": os.path.join(FOLDER, "node_modules")}
            await self.echo(version, "node", "-e", ECHO_JS, "x", str(self.broker.port), str(version), env=env)

    async def test_paho(self):
        for version in (4, 5):
            await self.echo(version, "/usr/bin/python3", "-c", ECHO_PAHO, str(self.broker.port), str(version))

    async def test_mosquitto_commands(self):
        port = str(self.broker.port)
        for version in (4, 5):
            name = {4: "mqttv311", 5: "mqttv5"}[version]
            async with Client("127.0.0.1", self.broker.port, version=version) as a:
                await a.subscribe("from/pub", qos=2)
                for qos in (0, 1, 2):
                    pub = await asyncio.create_subprocess_exec("mosquitto_pub", "-V", name, "-p", port, "-t", "from/pub", "-m", f"m{qos}", "-q", str(qos))
                    self.assertEqual(await pub.wait(), 0)
                    message = await asyncio.wait_for(a.messages.get(), 10)
                    self.assertEqual((message.payload, message.qos), (b"m%d" % qos, qos))
                await a.publish("to/sub", "kept", qos=1, retain=True)
                sub = await asyncio.create_subprocess_exec("mosquitto_sub", "-V", name, "-p", port, "-t", "to/sub", "-q", "2", "-C", "1", "-W", "10",
                                                           stdout=asyncio.subprocess.PIPE)
                self.assertEqual((await sub.communicate())[0], b"kept\n")


if __name__ == "__main__":
    unittest.main()
