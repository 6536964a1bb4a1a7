"""What a client publishes: messages that wait, and those on their way (section 4.3), over whatever connection there is."""

from __future__ import annotations

import asyncio
from collections import deque

from ._error import MqttError, failed
from ._inflight import Outgoing, Sent
from ._link import Link
from .packet import PUBCOMP, PubAck, PubComp, PubRec, PubRel, publish_frame

_MANY = 500  # messages on their way: enough that a broker is busy for as long as we rest
_REST = 0.001  # seconds


def finish(future: asyncio.Future, result: object) -> None:
    """The future's result, or exception, unless somebody has cancelled it."""
    if not future.done():
        if isinstance(result, BaseException):
            future.set_exception(result)
        else:
            future.set_result(result)


class _Message:
    """What publish was given, until it is acknowledged."""

    __slots__ = ("topic", "payload", "qos", "retain", "properties", "future")

    def __init__(self, topic: str, payload: bytes | str, qos: int, retain: bool, properties: dict | None, future: asyncio.Future[int]) -> None:
        self.topic = topic
        self.payload = payload
        self.qos = qos
        self.retain = retain
        self.properties = properties
        self.future = future


class Sender:
    """queue_limit: messages that wait to be sent. `outgoing` is also where identifiers of SUBSCRIBE and UNSUBSCRIBE come from."""

    def __init__(self, version: int, queue_limit: int, in_flight: int) -> None:
        self.link: Link | None = None
        self.outgoing = Outgoing(in_flight)
        self.waiting: deque[_Message] = deque()
        self._version = version
        self._queue_limit = queue_limit
        self._in_flight = in_flight
        self._room: deque[asyncio.Future[None]] = deque()  # publishers that wait for `waiting` to be shorter
        self._again: deque[Sent] = deque()  # of what is on its way, what is still to be sent on this connection
        self._aliases: dict[str, int] = {}  # of topics, on this connection
        self._alias_limit = 0
        self._packet_limit = 0

    # ---- The connection ----

    def connected(self, link: Link, server: dict[str, object], session_present: bool) -> None:
        """There is a connection to a broker with these properties. What was on its way is sent again, or waits first in line."""
        self.link = link
        self._alias_limit = server.get("topic_alias_maximum", 0)
        self._packet_limit = server.get("maximum_packet_size", 0)
        self.outgoing.quota = min(self._in_flight, server.get("receive_maximum", 65535))
        self._aliases = {}
        self._again.clear()
        if session_present:
            self._go_on()
        else:
            self._start_anew()

    def _go_on(self) -> None:
        """The broker has our session: what was not acknowledged is sent again, in order (section 4.4), as many at a time as this broker takes."""
        self._again = deque(sent for sent in self.outgoing if sent.qos)
        self._send_again()

    def _send_again(self) -> None:
        while self._again and self.outgoing.messages - len(self._again) < self.outgoing.quota:
            sent = self._again.popleft()
            if self.outgoing.get(sent.packet_id) is not sent:
                continue
            if sent.released:
                self.link.send(PubRel(sent.packet_id))
            else:
                try:
                    self.link.write(self._frame(sent.item, sent.packet_id, True))
                except MqttError as e:  # this broker takes less than the last one
                    finish(self.outgoing.done(sent.packet_id, sent.qos).future, e)

    def _start_anew(self) -> None:
        """The broker has no session of ours: messages are sent anew, but for those that have arrived for sure."""
        again = []
        for sent in self.outgoing.clear():
            if sent.released:
                finish(sent.item.future, 0)
            elif sent.qos:
                again.append(sent.item)
        self.waiting.extendleft(reversed(again))

    def unfinished(self) -> list[asyncio.Future[int]]:
        """The futures of what waits and of what is on its way."""
        return [m.future for m in (*self.waiting, *(s.item for s in self.outgoing if s.qos)) if not m.future.done()]

    def give_up(self, error: MqttError) -> None:
        """There will be no further connection."""
        for future in self.unfinished():
            future.set_exception(error)
            future.exception()  # it is no news where nobody waits for it
        self.waiting.clear()
        self.outgoing.clear()
        self._again.clear()
        for future in self._room:
            finish(future, error)
        self._room.clear()

    # ---- Publishing ----

    async def wait_room(self) -> None:
        """Waits until another message may wait."""
        while len(self.waiting) >= self._queue_limit:
            future = asyncio.get_running_loop().create_future()
            self._room.append(future)
            try:
                await future
            except asyncio.CancelledError:
                if future in self._room:
                    self._room.remove(future)
                else:
                    self._let_in()  # it was our turn
                raise

    def publish(self, topic: str, payload: bytes | str, qos: int, retain: bool, properties: dict[str, object] | None) -> asyncio.Future[int]:
        """Sends a message, or lets it wait. MqttError: too many wait. ValueError, TypeError: it cannot be sent."""
        if not topic:
            raise ValueError("topic: at least one character is expected")
        message = _Message(topic, payload, qos, retain, properties, asyncio.get_running_loop().create_future())
        if not self.waiting and self._may_send(qos):
            self._send(message)
            return message.future
        publish_frame(topic, payload, qos, retain, False, 1, properties, self._version)  # says now what is wrong with it
        if len(self.waiting) >= self._queue_limit:
            raise MqttError(f"{self._queue_limit} messages wait to be sent: no more are taken", 0x97)
        self.waiting.append(message)
        return message.future

    def forget_cancelled(self) -> None:
        """Takes out what waits and nobody wants to be sent any more."""
        self.waiting = deque(m for m in self.waiting if not m.future.cancelled())
        self._let_in()

    def _may_send(self, qos: int) -> bool:
        """Whether the other side takes a message now."""
        link = self.link
        return link is not None and not (self.outgoing.full or self._again if qos else link.congested)

    def _send(self, message: _Message) -> None:
        qos = message.qos
        if qos == 0:
            self.link.write(self._frame(message, None, False))
            finish(message.future, 0)
            return
        packet_id = self.outgoing.add(message, qos)
        try:
            self.link.write(self._frame(message, packet_id, False))
        except BaseException:
            self.outgoing.done(packet_id, qos)
            raise

    def _frame(self, message: _Message, packet_id: int | None, dup: bool) -> bytes:
        topic, properties, new = message.topic, message.properties, 0
        if self._alias_limit:  # section 3.3.2.3.4
            known = self._aliases.get(topic, 0)
            if not known and len(self._aliases) < self._alias_limit:
                new = len(self._aliases) + 1
            if known or new:
                properties = {**(properties or {}), "topic_alias": known or new}
                topic = "" if known else topic
        frame = publish_frame(topic, message.payload, message.qos, message.retain, dup, packet_id, properties, self._version)
        if self._packet_limit and len(frame) > self._packet_limit:
            raise MqttError(f"a message to {message.topic!r} takes {len(frame)} bytes; the broker takes {self._packet_limit} at most", 0x95)
        if new:
            self._aliases[topic] = new
        return frame

    def pump(self) -> None:
        """Sends what waits, as far as it may be sent now."""
        if self.link is not None:
            self._send_again()
        waiting = self.waiting
        while waiting and self._may_send(waiting[0].qos):
            message = waiting.popleft()
            if message.future.cancelled():
                continue
            try:
                self._send(message)
            except (MqttError, ValueError, TypeError) as e:
                finish(message.future, e)
        self._let_in()

    def on_read(self, packets: int) -> None:
        """So many packets came at once. Where acknowledgements come by few while many are awaited, each few would cost both sides a round of their loops."""
        if not (self.waiting or self._room or self._again):
            return
        self.pump()
        link, many = self.link, self.outgoing.messages
        if link is not None:
            link.flush()
            if self.waiting and many >= _MANY and packets < many // 8:
                link.rest(_REST)

    def _let_in(self) -> None:
        for _ in range(min(len(self._room), self._queue_limit - len(self.waiting))):
            finish(self._room.popleft(), None)

    # ---- Acknowledgements ----

    def on_puback(self, packet: PubAck) -> None:
        message = self.outgoing.done(packet.packet_id, 1)
        if message is not None:
            self._acknowledged(message, packet)

    def on_pubrec(self, packet: PubRec) -> None:
        if packet.reason >= 0x80:
            message = self.outgoing.done(packet.packet_id, 2)
            if message is not None:
                self._acknowledged(message, packet)
            return
        known = self.outgoing.received(packet.packet_id)
        if self.link is not None:  # else PUBREL goes out on the next connection
            self.link.send(PubRel(packet.packet_id, 0 if known else 0x92))

    def on_pubcomp(self, packet: PubComp) -> None:
        message = self.outgoing.done(packet.packet_id, 2)
        if message is not None:
            self._acknowledged(message, packet)

    def _acknowledged(self, message: _Message, packet: PubAck | PubRec | PubComp) -> None:
        reason = packet.reason
        if reason < 0x80:
            if not message.future.done():
                message.future.set_result(reason)
        elif packet.kind == PUBCOMP:  # it has arrived; the broker only does not know it any more
            finish(message.future, 0)
        else:
            finish(message.future, failed(f"publishing to {message.topic!r}", reason, packet.kind, packet.properties))
