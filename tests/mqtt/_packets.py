"""Packets for the tests of mqtt.packet: frames written by hand from the standards, and random packets."""
# SPDX-License-Identifier: MIT
from mqtt.packet import (Auth, ConnAck, Connect, Disconnect, PingReq, PingResp, PubAck, PubComp, Publish, PubRec, PubRel, SubAck, Subscribe,
                         Subscription, UnsubAck, Unsubscribe, Will)

# (version, packet, its frame in hexadecimal). Sections are those of MQTT 5; the examples of 3.1.1 are Figures 3.6, 3.11, 3.23, 3.28 of that standard.
VECTORS = [
    (4, Connect("", version=4), "10 0c 0004 4d515454 04 02 003c 0000"),
    (4, Connect("id", version=4, clean_start=False, keep_alive=10, username="u", password=b"pw", will=Will("w/t", b"bye", 1, True)),
     "10 1f 0004 4d515454 04 ec 000a 0002 6964 0003 772f74 0003 627965 0001 75 0002 7077"),
    (5, Connect("", keep_alive=10, properties={"session_expiry_interval": 10}), "10 12 0004 4d515454 05 02 000a 05 11 0000000a 0000"),
    (5, Connect("c", clean_start=False, keep_alive=0, password=b"\0", will=Will("t", b"", 2, False, {"will_delay_interval": 1})),
     "10 1c 0004 4d515454 05 54 0000 00 0001 63 05 18 00000001 0001 74 0000 0001 00"),
    (4, ConnAck(True), "20 02 01 00"),
    (4, ConnAck(False, 5), "20 02 00 05"),
    (5, ConnAck(False, 0x87, {"reason_string": "no"}), "20 08 00 87 05 1f 0002 6e6f"),
    (5, ConnAck(properties={"receive_maximum": 20, "topic_alias_maximum": 10, "maximum_qos": 1, "retain_available": 0}),
     "20 0d 00 00 0a 21 0014 22 000a 24 01 25 00"),
    (4, Publish("a/b", b"", 1, packet_id=10), "32 07 0003 612f62 000a"),
    (4, Publish("a/b", b"hi", 0, True), "31 07 0003 612f62 6869"),
    (5, Publish("a/b", b"hi", 2, True, True, 65535), "3d 0a 0003 612f62 ffff 00 6869"),
    (5, Publish("", b"x", properties={"topic_alias": 3}), "30 07 0000 03 23 0003 78"),
    (5, Publish("t", b"x", 1, packet_id=1, properties={
        "payload_format_indicator": 1, "message_expiry_interval": 256, "content_type": "a", "response_topic": "r", "correlation_data": b"\1\2",
        "subscription_identifier": [1, 128], "user_property": [("k", "v"), ("k", "\u00e9")]}),
     "32 2f 0001 74 0001 28 01 01 02 00000100 03 0001 61 08 0001 72 09 0002 0102 0b 01 0b 8001 26 0001 6b 0001 76 26 0001 6b 0002 c3a9 78"),
    (4, PubAck(10), "40 02 000a"),
    (4, PubRec(10), "50 02 000a"),
    (4, PubRel(10), "62 02 000a"),
    (4, PubComp(10), "70 02 000a"),
    (5, PubAck(10), "40 02 000a"),
    (5, PubAck(10, 0x10), "40 03 000a 10"),
    (5, PubRec(1, 0, {"reason_string": "r"}), "50 08 0001 00 04 1f 0001 72"),
    (5, PubRel(2, 0x92), "62 03 0002 92"),
    (5, PubComp(2, 0x92), "70 03 0002 92"),
    (4, Subscribe(10, [Subscription("a/b", 1), Subscription("c/d", 2)]), "82 0e 000a 0003 612f62 01 0003 632f64 02"),
    (5, Subscribe(10, [Subscription("a/b", 1, True, True, 2), Subscription("$share/g/c/#")], {"subscription_identifier": [268435455]}),
     "82 1d 000a 05 0b ffffff7f 0003 612f62 2d 000c 2473686172652f672f632f23 00"),
    (4, SubAck(10, [0, 2, 0x80]), "90 05 000a 00 02 80"),
    (5, SubAck(10, [1, 0x8F], {"user_property": [("", "")]}), "90 0a 000a 05 26 0000 0000 01 8f"),
    (4, Unsubscribe(10, ["a/b", "c/d"]), "a2 0c 000a 0003 612f62 0003 632f64"),
    (5, Unsubscribe(10, ["a/b"]), "a2 08 000a 00 0003 612f62"),
    (4, UnsubAck(10, []), "b0 02 000a"),
    (5, UnsubAck(10, [0, 0x11]), "b0 05 000a 00 00 11"),
    (4, PingReq(), "c0 00"),
    (5, PingResp(), "d0 00"),
    (4, Disconnect(), "e0 00"),
    (5, Disconnect(), "e0 00"),
    (5, Disconnect(4), "e0 01 04"),
    (5, Disconnect(0, {"session_expiry_interval": 0}), "e0 07 00 05 11 00000000"),
    (5, Auth(), "f0 00"),
    (5, Auth(0x18, {"authentication_method": "M", "authentication_data": b"\0\1"}), "f0 0b 18 09 15 0001 4d 16 0002 0001"),
]

# Properties and the packets that may have them, each with how to make a value.
_NUMBER = {"payload_format_indicator": (0, 1), "message_expiry_interval": (0, 2**32 - 1), "session_expiry_interval": (0, 2**32 - 1),
           "server_keep_alive": (0, 65535), "request_problem_information": (0, 1), "will_delay_interval": (0, 2**32 - 1),
           "request_response_information": (0, 1), "receive_maximum": (1, 65535), "topic_alias_maximum": (0, 65535), "topic_alias": (1, 65535),
           "maximum_qos": (0, 1), "retain_available": (0, 1), "maximum_packet_size": (1, 2**32 - 1), "wildcard_subscription_available": (0, 1),
           "subscription_identifier_available": (0, 1), "shared_subscription_available": (0, 1)}
_MESSAGE = "payload_format_indicator message_expiry_interval content_type response_topic correlation_data user_property".split()
_ANSWER = ["reason_string", "user_property"]
PROPERTIES = {
    "will": [*_MESSAGE, "will_delay_interval"],
    Publish: [*_MESSAGE, "topic_alias", "subscription_identifier"],
    Connect: "session_expiry_interval authentication_method authentication_data request_problem_information request_response_information "
             "receive_maximum topic_alias_maximum user_property maximum_packet_size".split(),
    ConnAck: "session_expiry_interval assigned_client_identifier server_keep_alive authentication_method authentication_data response_information "
             "server_reference reason_string receive_maximum topic_alias_maximum maximum_qos retain_available user_property maximum_packet_size "
             "wildcard_subscription_available subscription_identifier_available shared_subscription_available".split(),
    Subscribe: ["subscription_identifier", "user_property"],
    Unsubscribe: ["user_property"],
    Disconnect: ["session_expiry_interval", "server_reference", *_ANSWER],
    Auth: ["authentication_method", "authentication_data", *_ANSWER],
    **dict.fromkeys((PubAck, PubRec, PubRel, PubComp, SubAck, UnsubAck), _ANSWER),
}
_LETTERS = "abcXYZ019 -_.$\u00e9\u20ac\U0001f600"


def text(r, least=0):
    return "".join(r.choice(_LETTERS) for _ in range(r.choice((least, 1, 2, 5, 30))))


def topic(r):
    return "/".join(text(r, 1) for _ in range(r.randrange(1, 4)))


def filter_of(r):
    name = "/".join(r.choice(("+", text(r, 1), text(r, 1))) for _ in range(r.randrange(1, 4)))
    return r.choice((name, name, name + "/#", "#", "$share/g/" + name))


def _value(r, name, kind):
    if name in _NUMBER:
        return r.choice((*_NUMBER[name], r.randint(*_NUMBER[name])))
    if name == "user_property":
        return [(text(r), text(r)) for _ in range(r.randrange(1, 4))]
    if name == "subscription_identifier":
        return [r.choice((1, 127, 128, 16384, 268435455)) for _ in range(r.randrange(1, 4) if kind is Publish else 1)]
    if name in ("correlation_data", "authentication_data"):
        return r.randbytes(r.choice((0, 1, 20)))
    return topic(r) if name == "response_topic" else text(r)


def properties(r, kind, version):
    if version < 5 or r.random() < .4:
        return {}
    names = r.sample(PROPERTIES[kind], r.randrange(len(PROPERTIES[kind]) + 1))
    return {name: _value(r, name, kind) for name in names}


_REASONS = {PubAck: (0, 0x10, 0x97), PubRec: (0, 0x80), PubRel: (0, 0x92), PubComp: (0, 0x92), SubAck: (0, 1, 2, 0x80, 0x9E), UnsubAck: (0, 0x11)}


def random_packet(r, version):
    """Any packet that version 4 or 5 can send, by the random.Random r."""
    kind = r.choice((Connect, ConnAck, Publish, Publish, PubAck, PubRec, PubRel, PubComp, Subscribe, SubAck, Unsubscribe, UnsubAck, PingReq, PingResp,
                     Disconnect, Auth if version == 5 else PingReq))
    if kind in (PingReq, PingResp):
        return kind()
    its = properties(r, kind, version)
    number = r.choice((1, 255, 256, 65535))
    if kind is Connect:
        user = r.choice((None, text(r)))
        will = Will(topic(r), r.randbytes(5), r.randrange(3), r.random() < .5, properties(r, "will", version)) if r.random() < .5 else None
        password = r.randbytes(4) if (version == 5 or user is not None) and r.random() < .5 else None
        return Connect(text(r), version, r.random() < .5, r.choice((0, 60, 65535)), user, password, will, its)
    if kind is ConnAck:
        reason = r.choice((0, 0x87, 0x9F) if version == 5 else (0, 1, 5))
        return ConnAck(not reason and r.random() < .5, reason, its)
    if kind is Publish:
        qos = r.randrange(3)
        name = "" if "topic_alias" in its and r.random() < .5 else topic(r)
        payload = r.randbytes(r.choice((0, 1, 20, 128, 20000)))
        return Publish(name, payload, qos, r.random() < .5, qos > 0 and r.random() < .5, number if qos else None, its)
    if kind in (PubAck, PubRec, PubRel, PubComp):
        return kind(number, r.choice(_REASONS[kind]) if version == 5 else 0, its)
    if kind is Subscribe:
        return Subscribe(number, [_subscription(r, version) for _ in range(r.randrange(1, 4))], its)
    if kind is Unsubscribe:
        return Unsubscribe(number, [filter_of(r) for _ in range(r.randrange(1, 4))], its)
    if kind in (SubAck, UnsubAck):
        codes = _REASONS[kind] if version == 5 else (0, 1, 2, 0x80)
        return kind(number, [] if kind is UnsubAck and version == 4 else [r.choice(codes) for _ in range(r.randrange(1, 4))], its)
    if kind is Auth:
        return Auth(r.choice((0, 0x18, 0x19)), its)
    return Disconnect(r.choice((0, 4, 0x8E)) if version == 5 else 0, its)


def _subscription(r, version):
    name = filter_of(r)
    if version == 4:
        return Subscription(name, r.randrange(3))
    return Subscription(name, r.randrange(3), not name.startswith("$share/") and r.random() < .5, r.random() < .5, r.randrange(3))
