"""A message on its way through the broker, and one delivery of it to one session."""

import time

from mqtt.packet import Decoder, publish_frame

# Properties of a PUBLISH that go on to those who get it, unaltered (MQTT 5 section 3.3.2.3).
_FORWARDED = ("payload_format_indicator", "content_type", "response_topic", "correlation_data", "user_property")
_OVERHEAD = 64  # bytes that a level of a topic, or a property, takes beside its text


def topic_size(topic: str) -> int:
    """About how many bytes a topic or filter takes in a tree, for the caps."""
    return len(topic) + _OVERHEAD * (topic.count("/") + 1)


class Message:
    """What was published. Frames are encoded once for all who get the same one."""

    __slots__ = ("topic", "payload", "qos", "retain", "properties", "expires", "origin", "key", "references", "size", "_frames")

    def __init__(self, topic: str, payload: bytes, qos: int = 0, retain: bool = False, properties: dict | None = None, origin=None):
        self.topic, self.payload, self.qos, self.retain = topic, payload, qos, retain
        self.origin = origin  # the session that published it
        self.expires = None  # time.monotonic() after which nobody is to get it any more
        if properties:
            interval = properties.get("message_expiry_interval")
            if interval is not None:
                self.expires = time.monotonic() + interval
            properties = {name: properties[name] for name in _FORWARDED if name in properties}
        self.properties = properties or {}
        self.key = None  # in the store
        self.references = 0  # stored deliveries
        self.size = topic_size(topic) + len(payload) + (_properties_size(self.properties) if self.properties else 0)
        self._frames = {}

    def is_expired(self) -> bool:
        """Whether its time is over."""
        return self.expires is not None and time.monotonic() >= self.expires

    def frame(self, version: int, qos: int, retain: bool, identifiers: tuple[int, ...] = ()) -> bytes:
        """The PUBLISH, with packet identifier 1 if qos is not 0 (with_packet_id() sets another)."""
        where = (version, qos, retain, identifiers)
        frame = self._frames.get(where)
        if frame is None:
            properties = self._properties_now(identifiers) if version == 5 else {}
            frame = publish_frame(self.topic, self.payload, qos, retain, False, 1 if qos else None, properties, version)
            if self.expires is None:  # otherwise the remaining time is in it
                self._frames[where] = frame
        return frame

    def _properties_now(self, identifiers: tuple[int, ...]) -> dict:
        if not identifiers and self.expires is None:
            return self.properties
        properties = dict(self.properties)
        if self.expires is not None:
            properties["message_expiry_interval"] = max(0, round(self.expires - time.monotonic()))
        if identifiers:
            properties["subscription_identifier"] = list(identifiers)
        return properties

    def to_row(self) -> tuple:
        """(frame, wall time of its end or None), for the store."""
        ends = None if self.expires is None else time.time() + self.expires - time.monotonic()
        return publish_frame(self.topic, self.payload, self.qos, self.retain, False, 1 if self.qos else None, self.properties, 5), ends

    @classmethod
    def from_row(cls, frame: bytes, ends: float | None) -> "Message":
        """The message of to_row()."""
        packet = Decoder(version=5).feed(frame)[0]
        message = cls(packet.topic, packet.payload, packet.qos, packet.retain, packet.properties)
        if ends is not None:
            message.expires = time.monotonic() + ends - time.time()
        return message


def _properties_size(properties: dict) -> int:
    pairs = properties.get("user_property", ())
    texts = [value for name, value in properties.items() if name != "user_property" and not isinstance(value, int)]
    return sum(len(name) + len(value) + _OVERHEAD for name, value in pairs) + sum(len(text) + _OVERHEAD for text in texts)


class Delivery:
    """One message for one session, QoS 1 or 2."""

    __slots__ = ("message", "qos", "retain", "identifiers", "packet_id", "is_released", "key", "share", "was_sent", "is_committed")

    def __init__(self, message: Message, qos: int, retain: bool, identifiers: tuple[int, ...] = (), share=None):
        self.message, self.qos, self.retain, self.identifiers = message, qos, retain, identifiers
        self.share = share  # of which shared subscription it is
        self.packet_id = None
        self.is_released = False  # QoS 2: PUBREC has come, PUBREL is what is sent again
        self.key = None  # in the store
        self.was_sent = False
        self.is_committed = True  # False while the store has not got it yet; such a one of QoS 2 is not sent
