"""paho_client.py PORT COUNT VERSION QOS - as krait_client.py, with paho-mqtt 1.6."""
# SPDX-License-Identifier: MIT
import sys
import threading
import time

import paho.mqtt.client as mqtt

PAYLOAD = b'{"temperature": 21.5, "humidity": 40, "t": 1700000000}'


def times():
    return time.perf_counter(), time.process_time()


def rates(count, began):
    return [count / (now - then) for now, then in zip(times(), began)]


def connected(port, version, **handlers):
    client = mqtt.Client(protocol=mqtt.MQTTv5 if version == 5 else mqtt.MQTTv311)
    for name, handler in handlers.items():
        setattr(client, name, handler)
    client.connect("127.0.0.1", port)
    client.loop_start()
    while not client.is_connected():
        time.sleep(0.01)
    return client


def ended(client):
    client.disconnect()
    client.loop_stop()


def publish(port, count, version, qos):
    client = connected(port, version)
    began = times()
    for _ in range(count):
        last = client.publish("bench/publish", PAYLOAD, qos)
    last.wait_for_publish()
    rate = rates(count, began)
    ended(client)
    return rate


def receive(port, count, version, qos):
    done, subscribed, left = threading.Event(), threading.Event(), [count]

    def on_message(client, data, message):
        left[0] -= 1
        if not left[0]:
            done.set()

    a = connected(port, version, on_message=on_message, on_subscribe=lambda *_: subscribed.set())
    a.subscribe("bench/receive", qos)
    subscribed.wait()
    b = connected(port, version)
    began = times()
    for _ in range(count):
        b.publish("bench/receive", PAYLOAD, qos)
    done.wait()
    rate = rates(count, began)
    ended(a), ended(b)
    return rate


port, count, version, qos = (int(a) for a in sys.argv[1:])
print(*publish(port, count, version, qos), *receive(port, count, version, qos))
