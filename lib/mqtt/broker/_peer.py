"""One end of an MQTT connection in the broker: bytes in and out, and messages both ways with their acknowledgements.

A client that connects (_client.py) and a broker that a bridge connects to (_bridge.py) are both such ends: PUBLISH and what follows it is the same in either
direction (MQTT 5 section 4.3)."""

import logging
from functools import partial

from mqtt._error import disconnect_reason
from mqtt._transport import Connection
from mqtt.broker._message import Message
from mqtt.broker._routing import Refused
from mqtt.packet import Decoder, Disconnect, ProtocolError, PubAck, PubComp, PubRec, PubRel, reason_text

log = logging.getLogger("mqtt.broker")

# Reason codes (MQTT 5 section 2.4)
SUCCESS, NO_SUBSCRIBERS, NO_SUBSCRIPTION = 0x00, 0x10, 0x11
PROTOCOL_ERROR, BAD_CLIENT_ID, BAD_CREDENTIALS, NOT_AUTHORIZED = 0x82, 0x85, 0x86, 0x87
SHUTTING_DOWN, BAD_METHOD, KEEP_ALIVE_TIMEOUT, TAKEN_OVER = 0x8B, 0x8C, 0x8D, 0x8E
BAD_FILTER, BAD_TOPIC, UNKNOWN_IDENTIFIER, TOO_MANY, BAD_ALIAS, TOO_LARGE, QUOTA = 0x8F, 0x90, 0x92, 0x93, 0x94, 0x95, 0x97

_PUBACK = 0x40  # first byte of the frame
_UNLIMITED = 1 << 30
_RETAINED_AT_ONCE = 64  # retained messages that are sent before what else there is


class Peer(Connection):
    """A connection. Until `session` is set, nothing but the first packet is taken."""

    what = "client"  # for the log

    def __init__(self, broker):
        super().__init__()
        self.broker = broker
        self.router, self.counters, self.settings = broker.router, broker.counters, broker.settings
        self.decoder: Decoder | None = None
        self.version = 5
        self.session = None
        self.out: list[bytes] = []  # frames of this round
        self.is_blocked = False  # the other end does not take what is sent
        self.is_closing = False
        self.closing_since = 0.0  # loop.time()
        self.peer_max_packet = _UNLIMITED
        self._aliases: dict[int, str] = {}  # topics by alias, from the peer
        self._waiting = 0  # acknowledgements that wait for a commit
        self._waiting_pubacks = 0  # of these
        self._is_held = False  # nothing is read until fewer wait
        self._retained: list = []  # iterators of (message, subscription) that are yet to be sent
        self._handlers = self.handlers()

    def handlers(self) -> dict:
        """What to do with each kind of packet; others are an error."""
        return {3: self._on_publish, 4: self._on_puback, 5: self._on_pubrec, 6: self._on_pubrel, 7: self._on_pubcomp}

    # Bytes

    def connection_made(self, transport) -> None:
        """The transport is there."""
        high = self.settings.max_unsent_bytes or _UNLIMITED
        transport.set_write_buffer_limits(high=high, low=high // 4)
        super().connection_made(transport)

    def connection_lost(self, error) -> None:
        """The connection is gone."""
        self.is_closing = True
        super().connection_lost(error)

    def received(self, data: bytes) -> None:
        """Take what came."""
        self.counters.bytes_received += len(data)
        if self.is_closing:
            return
        try:
            packets = self.decoder.feed(data)
        except ProtocolError as error:
            self.counters.refused += 1
            self.fail(error.reason, str(error))
            return
        self.counters.received += len(packets)
        self._take(packets)

    def _take(self, packets: list) -> None:
        handlers = self._handlers
        for packet in packets:
            if self.is_closing:
                return
            handler = handlers.get(packet.kind)
            if handler is None:
                self.fail(PROTOCOL_ERROR, f"{type(packet).__name__} is not for a {self.what} to send")
                return
            handler(packet)

    def frame_of(self, message: Message, qos: int, retain: bool, identifiers: tuple[int, ...]) -> bytes:
        """The PUBLISH of a message for this peer, with packet identifier 1 if qos is not 0."""
        return message.frame(self.version, qos, retain, identifiers if self.version == 5 else ())

    def send(self, frame: bytes) -> None:
        """Send a frame with the others of this round."""
        if not self.out:
            self.broker.outbox.add(self)
        self.out.append(frame)

    def flush(self) -> None:
        """Hand all frames over to the transport."""
        out, self.out = self.out, []
        if not out or self.is_closing:
            return
        data = out[0] if len(out) == 1 else b"".join(out)
        self.counters.sent += len(out)
        self.counters.bytes_sent += len(data)
        self.write(data)
        super().flush()
        if self._retained and not self.is_blocked:
            self.feed_retained()

    def pause_writing(self) -> None:
        """The other end does not read: nothing more is read from it either, so that answers do not pile up."""
        super().pause_writing()
        self.is_blocked = True
        self.pause_reading()

    def resume_writing(self) -> None:
        """It reads again."""
        super().resume_writing()
        self.is_blocked = False
        if self.is_closing:
            return
        if not self._is_held:
            self.resume_reading()
        self.feed_retained()
        if self.session:
            self.session.pump()

    def close(self) -> None:
        """Send what waits, then close. The sweep aborts a connection that does not get there."""
        super().close()
        self.end()

    def end(self) -> None:
        """Take nothing more from the other end, and send it nothing more."""
        if not self.is_closing:
            self.is_closing = True
            self.closing_since = self.broker.loop.time()

    def fail(self, reason: int, text: str) -> None:
        """Close because of an error; MQTT 5 says why."""
        log.info("%s %s: closed: %s", self.what, self.name, text)
        if self.version == 5 and self.session and not self.is_closing:
            self.send(Disconnect(disconnect_reason(reason), {"reason_string": text[:200]} if self.peer_max_packet > 1000 else {}).encode(5))
        self.close_for(reason)

    def close_for(self, reason: int) -> None:
        """Close after what was said. Who sends too much is still sending: closing at once would reset the connection, and the word would be lost."""
        if reason != TOO_LARGE or self.is_closing:
            self.close()
            return
        self.flush()
        self.finish()
        self.end()

    @property
    def name(self) -> str:
        """For the log."""
        return repr(self.session.client_id) if self.session else self.peer

    # Acknowledgements

    def acknowledge(self, frame: bytes, changes: int, failed=None, then=None) -> None:
        """Send an acknowledgement when all is on the disk that the store was given since its count of changes was `changes`, in the order of the calls.

        failed() is called instead where it cannot be written; then() after it was sent."""
        store = self.broker.store
        if not store or not self._waiting and store.changes == changes:
            self.send(frame)
            if then:
                then()
            return
        self._waiting += 1
        self._waiting_pubacks += frame[0] == _PUBACK
        if self._waiting >= self.settings.max_receive and not self._is_held:
            self._is_held = True
            self.pause_reading()
        store.after_commit(partial(self._committed, frame, failed, then))

    def _committed(self, frame: bytes, failed, then, is_safe: bool) -> None:
        self._waiting -= 1
        self._waiting_pubacks -= frame[0] == _PUBACK
        if not is_safe:
            if failed:
                failed()
            elif not self.is_closing:
                self.fail(QUOTA, "the store cannot be written to")
        elif not self.is_closing:
            self.send(frame)
            if then:
                then()
        if self._is_held and self._waiting * 2 <= self.settings.max_receive:
            self._is_held = False
            if not (self.is_closing or self.is_blocked):
                self.resume_reading()

    # Messages from the peer

    def _on_publish(self, packet) -> None:
        self.counters.publish_received += 1
        topic = self._topic_of(packet)
        if topic is None:
            return
        session, qos, packet_id = self.session, packet.qos, packet.packet_id
        changes = self.broker.store.changes if self.broker.store else 0
        if qos == 2 and packet_id in session.incoming.ids:  # it is here already: only the acknowledgement was lost
            self.acknowledge(PubRec(packet_id).encode(self.version), changes - 1 if session.store else changes)
            return
        if qos and self.version == 5 and self._waiting_pubacks + len(session.incoming.ids) >= self.settings.max_receive:
            self.fail(TOO_MANY, f"more than {self.settings.max_receive} messages without acknowledgement")
            return
        reason = self.refusal(topic, packet)
        deliveries = []
        if not reason:
            try:
                deliveries = self.publish(topic, packet)
            except Refused as refused:
                self.counters.dropped += 1
                log.warning("%s %s: message to %r refused: %s", self.what, self.name, topic, refused)
                reason = QUOTA
        if qos:
            self._answer(packet, reason, deliveries, changes)

    def publish(self, topic: str, packet) -> list:
        """Give the message to the router; Refused."""
        return self.router.publish(Message(topic, packet.payload, packet.qos, packet.retain, packet.properties, self.session))

    def refusal(self, topic: str, packet) -> int:
        """The reason why the message is not taken, or 0."""
        return SUCCESS

    def _topic_of(self, packet) -> str | None:
        """The topic, by its alias if it has one (section 3.3.2.3.4); None after an error."""
        topic = packet.topic
        alias = packet.properties.get("topic_alias") if self.version == 5 and packet.properties else None
        if alias is not None:
            if not 1 <= alias <= self.settings.max_topic_alias:
                self.fail(BAD_ALIAS, f"topic alias is 1 to {self.settings.max_topic_alias}, not {alias}")
                return None
            if topic:
                self._aliases[alias] = topic
            topic = topic or self._aliases.get(alias)
        if not topic:
            self.fail(PROTOCOL_ERROR, f"topic alias {alias} has no topic yet" if alias else "a topic is expected")
            return None
        return topic

    def _answer(self, packet, reason: int, deliveries: list, changes: int) -> None:
        """PUBACK or PUBREC; of MQTT 3.1.1, where these have no reasons, what must come again closes the connection."""
        if reason == QUOTA and self.version == 4:
            self.fail(reason, "the broker has no room for the message")
            return
        version, qos, packet_id = self.version, packet.qos, packet.packet_id
        kind = PubAck if qos == 1 else PubRec
        if qos == 2 and not reason:
            self.session.add_incoming(packet_id)
        if not reason and version == 5 and not self.router.plan(packet.topic).has_any and packet.topic:
            reason = NO_SUBSCRIBERS
        frame = kind(packet_id, reason if version == 5 else SUCCESS).encode(version)
        self.acknowledge(frame, changes, partial(self._take_back, kind, packet_id, deliveries, self.session))

    def _take_back(self, kind, packet_id: int, deliveries: list, session) -> None:
        """A message could not be stored: who has not got it will not, and its publisher keeps it."""
        self.counters.dropped += 1
        for receiver, delivery in deliveries:
            receiver.take_back(delivery)
        if kind is PubRec:
            session.release_incoming(packet_id)
        if self.is_closing:
            return
        if self.version == 4:
            self.fail(QUOTA, "the store cannot be written to")
        else:
            self.send(kind(packet_id, QUOTA).encode(5))

    def _on_pubrel(self, packet) -> None:
        changes = self.broker.store.changes if self.broker.store else 0
        known = self.session.release_incoming(packet.packet_id)
        frame = PubComp(packet.packet_id, SUCCESS if known or self.version == 4 else UNKNOWN_IDENTIFIER).encode(self.version)
        self.acknowledge(frame, changes)

    # Messages to the peer

    def _on_puback(self, packet) -> None:
        self._end_of(packet, 1)

    def _on_pubcomp(self, packet) -> None:
        self._end_of(packet, 2)

    def _end_of(self, packet, qos: int) -> None:
        if not self.session.acknowledge(packet.packet_id, qos):
            log.debug("%s %s: %s of unknown identifier %d", self.what, self.name, type(packet).__name__, packet.packet_id)

    def _on_pubrec(self, packet) -> None:
        changes = self.broker.store.changes if self.broker.store else 0
        packet_id = packet.packet_id
        if packet.reason >= 0x80:
            log.info("%s %s: does not take a message: %s", self.what, self.name, reason_text(packet.reason, packet.kind))
            self.session.acknowledge(packet_id, 2)
            return
        known = self.session.received(packet_id)
        frame = PubRel(packet_id, SUCCESS if known or self.version == 4 else UNKNOWN_IDENTIFIER).encode(self.version)
        self.acknowledge(frame, changes)

    # Retained messages

    def send_retained(self, subscribed) -> None:
        """Send what is retained for a new subscription, as fast as the client takes it."""
        found = self.router.retained_for(subscribed)
        if found:
            self._retained.append((found, subscribed))
            self.feed_retained()

    def feed_retained(self) -> None:
        """Send the next of them; flush() goes on."""
        sent = 0
        while self._retained and not self.is_blocked and (sent < _RETAINED_AT_ONCE or not self.out):  # without anything to send flush() would not come
            found, subscribed = self._retained[0]
            self.router.give_retained(found.popleft(), subscribed)
            sent += 1
            if not found:
                del self._retained[0]
