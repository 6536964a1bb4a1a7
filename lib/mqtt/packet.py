"""MQTT control packets as objects, their bytes, and topics, for MQTT 3.1.1 (version 4) and MQTT 5 (version 5), both OASIS standards.

Nothing here reads or writes: `Decoder` makes packets of the bytes that a connection has brought, `encode` makes bytes of a packet.

>>> from mqtt.packet import Decoder, Publish
>>> frame = Publish("room/temperature", b"21.5", qos=1, packet_id=7).encode(5)
>>> decoder = Decoder(version=5)
>>> decoder.feed(frame[:9]), decoder.feed(frame[9:])[0].topic
([], 'room/temperature')

Properties of MQTT 5 are dicts by their names in the standard, in snake_case: ``{"message_expiry_interval": 60, "user_property": [("a", "b")]}``.
"""

from _mqtt import (
    Auth,
    ConnAck,
    Connect,
    Decoder,
    Disconnect,
    Packet,
    PingReq,
    PingResp,
    ProtocolError,
    PubAck,
    PubComp,
    Publish,
    PubRec,
    PubRel,
    SubAck,
    Subscribe,
    Subscription,
    UnsubAck,
    Unsubscribe,
    Will,
    check_filter,
    check_topic,
    publish_frame,
    reason_text,
    topic_matches,
    with_packet_id,
)

__all__ = [
    "Auth", "ConnAck", "Connect", "Decoder", "Disconnect", "Packet", "PingReq", "PingResp", "ProtocolError", "PubAck", "PubComp", "PubRec", "PubRel",
    "Publish", "SubAck", "Subscribe", "Subscription", "UnsubAck", "Unsubscribe", "Will", "check_filter", "check_topic", "publish_frame",
    "reason_text", "topic_matches", "with_packet_id",
    "CONNECT", "CONNACK", "PUBLISH", "PUBACK", "PUBREC", "PUBREL", "PUBCOMP", "SUBSCRIBE", "SUBACK", "UNSUBSCRIBE", "UNSUBACK", "PINGREQ", "PINGRESP",
    "DISCONNECT", "AUTH",
]

# What `kind` of a packet is (section 2.1.2 of MQTT 5).
CONNECT, CONNACK, PUBLISH, PUBACK, PUBREC, PUBREL, PUBCOMP, SUBSCRIBE = range(1, 9)
SUBACK, UNSUBSCRIBE, UNSUBACK, PINGREQ, PINGRESP, DISCONNECT, AUTH = range(9, 16)
