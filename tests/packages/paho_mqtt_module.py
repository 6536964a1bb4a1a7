# paho-mqtt against mosquitto over TLS: loop_start, QoS 0 to 2, retained messages, a last will, a broker that restarts, an authority that is unknown.
import os
import queue
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time

import paho.mqtt.client as mqtt
import paho.mqtt.publish as publish

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import _tls

work = tempfile.mkdtemp(prefix="paho")
_tls.make(work)
with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]
with open(os.path.join(work, "broker.conf"), "w") as file:
    file.write(f"""user root
listener {port} 127.0.0.1
allow_anonymous true
certfile {work}/server.pem
keyfile {work}/server.key
cafile {work}/ca.pem
""")


def start_broker():
    broker = subprocess.Popen(["/usr/sbin/mosquitto", "-c", os.path.join(work, "broker.conf")], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL)
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return broker
        except OSError:
            time.sleep(0.05)
    sys.exit("the broker does not start")


def stop_broker(broker):
    broker.send_signal(signal.SIGTERM)
    broker.wait()


class Client:
    """A client whose callbacks put what they are told into a queue."""

    def __init__(self, name, protocol=mqtt.MQTTv311, ca="ca.pem", **options):
        self.told = queue.Queue()
        self.client = client = mqtt.Client(name, protocol=protocol, **options)
        client.tls_set(os.path.join(work, ca))
        client.reconnect_delay_set(1, 1)
        client.on_connect = lambda client, data, flags, code, *more: self.told.put(("connected", int(getattr(code, "value", code))))
        client.on_disconnect = lambda client, data, code, *more: self.told.put(("disconnected", code != 0))
        client.on_message = lambda client, data, m: self.told.put(("message", m.topic, m.payload, m.qos, bool(m.retain)))
        client.on_subscribe = lambda client, data, number, granted, *more: self.told.put(("subscribed", [int(getattr(g, "value", g)) for g in granted]))
        client.on_publish = lambda client, data, number: self.told.put(("published",))

    def next(self, kind=None):
        while True:
            what = self.told.get(timeout=20)
            if kind in (None, what[0]):
                return what

    def start(self):
        self.client.connect("localhost", port, keepalive=30)
        self.client.loop_start()
        return self.next("connected")

    def stop(self):
        self.client.disconnect()
        self.client.loop_stop()


broker = start_broker()
try:
    for protocol in (mqtt.MQTTv31, mqtt.MQTTv311, mqtt.MQTTv5):
        listener, speaker = Client(f"listener{protocol}", protocol), Client(f"speaker{protocol}", protocol)
        print("protocol", int(protocol), listener.start(), speaker.start())
        listener.client.subscribe([("a/#", 2), ("b/+/c", 1)])
        print(listener.next("subscribed"))
        for qos in (0, 1, 2):
            info = speaker.client.publish(f"a/{qos}", f"grüße {qos}", qos)
            info.wait_for_publish(20)
            print(info.is_published(), listener.next("message"), speaker.next("published"))
        big = bytes(range(256)) * 4096
        speaker.client.publish("a/big", big, 1)
        kind, topic, payload, qos, retain = listener.next("message")
        print(topic, len(payload), payload == big, qos)
        speaker.client.publish("b/x/c", b"two levels", 2)
        print(listener.next("message"))
        speaker.client.publish("kept", b"for later", 1, retain=True).wait_for_publish(20)
        listener.client.subscribe("kept", 1)
        print(listener.next("message"))
        speaker.client.publish("kept", None, 1, retain=True).wait_for_publish(20)
        listener.stop()
        speaker.stop()
        print(listener.next("disconnected"), speaker.next("disconnected"))

    print("-- many")
    listener, speaker = Client("many"), Client("source")
    print(listener.start(), speaker.start())
    listener.client.subscribe("many/#", 2)
    listener.next("subscribed")
    sent = [speaker.client.publish(f"many/{n}", str(n), n % 3) for n in range(60)]
    for info in sent:
        info.wait_for_publish(20)
    got = [listener.next("message") for _ in range(60)]
    print(sorted(int(m[2]) for m in got) == list(range(60)), sorted({m[3] for m in got}))

    print("-- last will")
    dying = Client("dying")
    dying.client.will_set("many/will", b"gone", 1)
    print(dying.start())
    dying.client._sock.shutdown(socket.SHUT_RDWR)  # without a word
    print(listener.next("message"))
    dying.client.disconnect()
    dying.client.loop_stop()

    print("-- restart")
    stop_broker(broker)
    print(listener.next("disconnected"), speaker.next("disconnected"))
    late = speaker.client.publish("many/late", b"while it was down", 1)
    print(late.rc == mqtt.MQTT_ERR_NO_CONN)
    while not speaker.told.empty():
        speaker.told.get()
    broker = start_broker()
    print(listener.next("connected"))
    listener.client.subscribe("many/#", 1)
    print(listener.next("subscribed"), speaker.next("connected"))
    print(speaker.next("published"))
    speaker.client.publish("many/again", b"after", 1)
    while (found := listener.next("message"))[1] != "many/again": # whether the late one comes depends on who connects first
        pass
    print(found)
    listener.stop()
    speaker.stop()

    print("-- authorities")
    stranger = Client("stranger", ca="stranger.pem")
    try:
        stranger.start()
    except ssl.SSLCertVerificationError as error:
        print(type(error).__name__, error.verify_message)
    insecure = Client("insecure", ca="stranger.pem")
    insecure.client.tls_insecure_set(True)
    insecure.client._ssl_context.verify_mode = ssl.CERT_NONE
    print(insecure.start(), insecure.client._sock.version())
    insecure.stop()

    print("-- publish.multiple")
    listener = Client("last")
    listener.start()
    listener.client.subscribe("once/#")
    listener.next("subscribed")
    publish.multiple([("once/1", "x", 0, False), {"topic": "once/2", "payload": "y", "qos": 2}], "localhost", port,
                     tls={"ca_certs": os.path.join(work, "ca.pem")})
    print(sorted(listener.next("message")[1:3] for _ in range(2)))
    listener.stop()
finally:
    stop_broker(broker)
    subprocess.run(["rm", "-rf", work])
