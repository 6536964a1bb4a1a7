# Notifiers of rules: what goes out by MQTT, as a webhook and as mail. Homeassistant: what is announced, what is refused.
import asyncio
import http.server
import json
import socketserver
import threading

import homeassistant
from rules import Alarm, EmailNotifier, MqttNotifier, WebhookNotifier

CHANGES = [Alarm(1, "boiler/hot+1", "raised", "91 degrees", 1_767_225_600.0), Alarm(2, "boiler/hot+1", "acknowledged", "91 degrees", 1_767_225_700.0, "ann")]


class Client:
    def __init__(self):
        self.sent = []

    async def publish(self, topic, payload=b"", qos=0, retain=False, properties=None):
        self.sent.append((topic, payload, qos, retain))
        return 0


class Hook(http.server.BaseHTTPRequestHandler):
    got = []

    def do_POST(self):
        self.got.append((self.headers["X-Key"], json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
        self.send_response(500 if len(self.got) > 1 else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


class Mail(socketserver.StreamRequestHandler):
    lines = []

    def handle(self):
        say = lambda text: self.wfile.write(text.encode() + b"\r\n")
        say("220 here")
        data = False
        for raw in self.rfile:
            line = raw.decode().rstrip("\r\n")
            if data:
                data = line != "."
                self.lines.append(line) if data else say("250 taken")
                continue
            word = line.split()[0].upper()
            data = word == "DATA"
            say({"DATA": "354 go on", "QUIT": "221 bye"}.get(word, "250 well"))
            if word == "QUIT":
                return


def serve(kind, handler):
    server = kind(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, server.server_address[1]


async def notifiers():
    client = Client()
    await MqttNotifier(client).send(CHANGES)
    assert [(m[0], m[2], m[3]) for m in client.sent] == [("alarms/boiler-hot-1", 1, True)] * 2
    print(client.sent[1][1].decode())
    server, port = serve(http.server.ThreadingHTTPServer, Hook)
    hook = WebhookNotifier(f"http://127.0.0.1:{port}/", {"X-Key": "k"})
    await hook.send(CHANGES)
    assert Hook.got[0][0] == "k" and [c["state"] for c in Hook.got[0][1]["changes"]] == ["raised", "acknowledged"]
    try:
        await hook.send(CHANGES)
    except OSError as error:
        print(error)
    server.shutdown()
    server, port = serve(socketserver.ThreadingTCPServer, Mail)
    await EmailNotifier("127.0.0.1", "plant@example.org", ["ann@example.org", "bob@example.org"], port=port, security="none").send(CHANGES)
    server.shutdown()
    print("\n".join(Mail.lines))
    for wrong in (dict(security="maybe"), dict(security="none", user="u", password="p")):
        try:
            EmailNotifier("h", "a@b", ["c@d"], **wrong)
        except ValueError as error:
            print(error)


DEVICE = {"identifiers": "gh-7", "name": "Greenhouse", "connections": [["mac", "02:5b:26:a8:dc:12"]]}
ENTITIES = [
    {"component": "sensor", "id": "temperature", "device_class": "temperature", "unit_of_measurement": "°C", "state_class": "measurement", "state_topic": "gh-7/t"},
    {"component": "binary_sensor", "id": "door", "device_class": "door", "state_topic": "gh-7/door", "off_delay": 5},
    {"component": "switch", "id": "pump", "command_topic": "gh-7/pump/set", "state_topic": "gh-7/pump", "availability_topic": "other"},
    {"component": "number", "id": "target", "command_topic": "gh-7/target/set", "min": 5, "max": 30.5, "step": 0.5, "mode": "slider"},
    {"component": "button", "id": "restart", "command_topic": "gh-7/restart", "device_class": "restart", "qos": 1, "unique_id": "mine"},
]


async def discovery():
    client = Client()
    await homeassistant.announce(client, DEVICE, ENTITIES, availability="gh-7/status")
    assert all(qos == 1 and retain for _, _, qos, retain in client.sent) and client.sent[-1][:2] == ("gh-7/status", b"online")
    for topic, payload, _, _ in client.sent[:-1]:
        config = json.loads(payload)
        assert config.pop("device") == DEVICE
        print(topic, json.dumps(config, ensure_ascii=False))
    client.sent.clear()
    await homeassistant.forget(client, DEVICE, ENTITIES[:1])
    assert client.sent == [("homeassistant/sensor/gh-7/temperature/config", b"", 1, True)]
    sensor, number = ENTITIES[0], ENTITIES[3]
    for device, entity in (({"name": "x"}, sensor), ({"identifiers": "a b"}, sensor), ({"identifiers": "x", "colour": "red"}, sensor), ({"identifiers": "x", "name": 5}, sensor),
                           (DEVICE, {**sensor, "component": "fan"}), (DEVICE, {**sensor, "id": "a/b"}), (DEVICE, {**sensor, "unit": "°C"}), (DEVICE, {**sensor, "state_topic": "a/#"}),
                           (DEVICE, {**sensor, "state_class": "sum"}), (DEVICE, {**sensor, "expire_after": -1}), (DEVICE, {**sensor, "force_update": 1}), (DEVICE, {**sensor, "qos": 3}),
                           (DEVICE, {"component": "sensor", "id": "x"}), (DEVICE, {**number, "min": 50}), (DEVICE, {**number, "step": 0.0001}), (DEVICE, {**number, "max": float("nan")})):
        try:
            homeassistant.messages(device, [entity])
        except ValueError as error:
            print(error)
    try:
        homeassistant.messages(DEVICE, [sensor, sensor])
    except ValueError as error:
        print(error)


asyncio.run(notifiers())
asyncio.run(discovery())
