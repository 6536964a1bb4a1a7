"""MQTT client for asyncio: MQTT 5 and 3.1.1, which connects again by itself.

    async with Client("broker.local") as client:
        await client.subscribe("room/+/temperature", qos=1)
        await client.publish("room/1/light", "on", qos=1)
        async for message in client.messages:
            print(message.topic, message.payload)

Sections named here are those of MQTT Version 5.0, OASIS Standard.
"""

from __future__ import annotations

import asyncio
import os
import random
import ssl
from collections import deque
from collections.abc import Callable, Iterable

from ._error import MqttError, explain, failed, refused
from ._inflight import Incoming, Outgoing
from ._link import Link
from ._messages import Messages
from ._transport import connect, parse_address
from .packet import (CONNACK, DISCONNECT, PINGRESP, PUBACK, PUBCOMP, PUBLISH, PUBREC, PUBREL, SUBACK, UNSUBACK, ConnAck, Connect, Disconnect, PubAck,
                     PubComp, Publish, PubRec, PubRel, SubAck, Subscribe, Subscription, UnsubAck, Unsubscribe, Will, publish_frame)

__all__ = ["Client", "MqttError", "Subscription", "Will"]

_TAKEN_OVER = 0x8E  # another client has come with our identifier: connecting again would throw that one out
_RESUBSCRIBE = 100  # filters in one packet


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


class _Lost(Exception):
    """The connection ended before the answer to a request came."""


def _finish(future: asyncio.Future, result: object) -> None:
    """The future's result, or exception, unless somebody has cancelled it."""
    if not future.done():
        if isinstance(result, BaseException):
            future.set_exception(result)
        else:
            future.set_result(result)


class Client:
    """A client of one broker.

    host: a name, an address, or a URL: mqtt://, mqtts://, ws://, wss:// (with port and path), unix:///path.
    version: 5, or 4 for MQTT 3.1.1. client_id: by default one is made up. password: str or bytes.
    clean_start: False goes on with the session that an earlier run has left at the broker. session_expiry: seconds that the broker keeps the session
    without a connection (version 5); in version 4 clean_start=False keeps it.
    keep_alive: seconds; a broker that is silent for 1.4 times as long is taken for dead. 0: never.
    tls: True verifies the broker's certificate against the system's authorities; or an ssl.SSLContext, with a client's certificate for example.
    timeout: seconds that connecting, and an answer of the broker, may take.
    reconnect: whether a lost connection is made again, after reconnect_delay (seconds, the first and the longest), which doubles and varies.
    offline: "wait": what is published without a connection waits for one; "raise": MqttError.
    queue_limit: messages that wait to be sent, and that wait to be taken from `messages`; more are not read from the broker.
    in_flight: messages with QoS 1 or 2 that may be on their way, if the broker takes so many; receive_maximum: the same for those of the broker.
    topic_alias_maximum: topics that the broker may name by number.
    properties: further ones for CONNECT.
    on_connection: called with True when there is a connection (session_present says whether the session went on), with False when it is lost.
    """

    def __init__(
        self, host: str = "localhost", port: int | None = None, *, client_id: str | None = None, version: int = 5, username: str | None = None,
        password: str | bytes | None = None, clean_start: bool = True, session_expiry: int = 0, keep_alive: int = 60, will: Will | None = None,
        tls: bool | ssl.SSLContext = False, timeout: float = 10.0, reconnect: bool = True, reconnect_delay: tuple[float, float] = (0.5, 60.0),
        offline: str = "wait", queue_limit: int = 1000, in_flight: int = 1000, receive_maximum: int = 1000, topic_alias_maximum: int = 16,
        properties: dict[str, object] | None = None, on_connection: Callable[[bool], None] | None = None,
    ) -> None:
        if version not in (4, 5):
            raise ValueError(f"version: 5 or 4 (MQTT 3.1.1) is expected, not {version!r}")
        if offline not in ("wait", "raise"):
            raise ValueError(f"offline: 'wait' or 'raise' is expected, not {offline!r}")
        if version == 4 and (properties or session_expiry):
            raise ValueError("properties and session_expiry: MQTT 3.1.1 has none")
        self._address, user, secret = parse_address(host, port, tls)
        self.client_id = f"krait-{os.urandom(6).hex()}" if client_id is None else client_id
        self.version = version
        self.session_present = False
        self.last_error: MqttError | None = None
        self.server: dict[str, object] = {}  # properties of the broker's CONNACK
        self.messages = Messages(queue_limit, version)
        self._credentials = (user if username is None else username, secret if password is None else password)
        self._clean_start = clean_start
        self._session_expiry = session_expiry
        self._keep_alive = keep_alive
        self._will = will
        self._timeout = timeout
        self._reconnect = reconnect
        self._delays = reconnect_delay
        self._offline = offline
        self._queue_limit = queue_limit
        self._in_flight = in_flight
        self._properties = properties or {}
        self._limits = (receive_maximum, topic_alias_maximum)
        self._on_connection = on_connection
        self._connect_packet()  # says now what is wrong with the arguments
        self._link: Link | None = None
        self._opening: Link | None = None  # the last one that was begun
        self._runner: asyncio.Task[None] | None = None
        self._failure: MqttError | None = MqttError("the client is not connected: call connect() first, or use async with")
        self._up: asyncio.Event | None = None
        self._outgoing = Outgoing(in_flight)
        self._incoming = Incoming(receive_maximum)
        self._waiting: deque[_Message] = deque()  # to be sent
        self._room: deque[asyncio.Future[None]] = deque()  # publishers that wait for it to be shorter
        self._subscriptions: dict[str, tuple[Subscription, dict]] = {}
        self._aliases_in: dict[int, str] = {}
        self._aliases_out: dict[str, int] = {}
        self._alias_limit = 0
        self._packet_limit = 0
        self._requests: dict[bytes, asyncio.Future[Publish]] = {}
        self._response_topic = ""
        self._handlers = self._handler_table()

    def _handler_table(self) -> list[Callable | None]:
        table: list[Callable | None] = [None] * 16
        table[CONNACK] = self._greet
        table[PUBLISH] = self._on_publish
        table[PUBACK] = self._on_puback
        table[PUBREC] = self._on_pubrec
        table[PUBREL] = self._on_pubrel
        table[PUBCOMP] = self._on_pubcomp
        table[SUBACK] = table[UNSUBACK] = self._on_answer
        table[PINGRESP] = lambda packet: None
        table[DISCONNECT] = self._on_disconnect if self.version == 5 else None
        return table

    # ---- Connecting ------------------------------------------------------------------------------------------------------------------

    async def __aenter__(self) -> Client:
        await self.connect()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        await self.disconnect(wait=kind is None)

    @property
    def connected(self) -> bool:
        """Whether there is a connection now."""
        return self._link is not None

    async def connect(self) -> None:
        """Connects, once; later losses are mended without a word. MqttError says why there is no connection."""
        if self._runner is not None and not self._runner.done():
            raise RuntimeError("the client is connected, or connects")
        self._up = asyncio.Event()
        self._failure = None
        self.messages.begin()
        try:
            await self._open(self._clean_start)
        except BaseException as e:
            self._failure = e if isinstance(e, MqttError) else MqttError("the client is not connected")
            raise
        self._runner = asyncio.create_task(self._stay_connected())

    async def wait_connected(self) -> None:
        """Waits until there is a connection. MqttError: there will be none."""
        while self._link is None:
            if self._failure is not None:
                raise self._failure
            await self._up.wait()

    async def disconnect(self, reason: int = 0, wait: bool = True) -> None:
        """Ends the connection, and with it the client. reason: 4 makes the broker publish the will. wait: for what is on its way, as long as timeout."""
        if wait and self._link is not None:
            unsent = [m.future for m in (*self._waiting, *(s.item for s in self._outgoing if s.qos)) if not m.future.done()]
            if unsent:
                await asyncio.wait(unsent, timeout=self._timeout)
        link, self._link = self._link, None
        if link is not None:
            link.send(Disconnect(reason))
            link.flush()
            link.fail(MqttError("the client has disconnected"))
        if self._runner is not None:
            self._runner.cancel()
            await asyncio.wait([self._runner])
        self._give_up(MqttError("the client has disconnected"), quiet=True)

    def _connect_packet(self, clean_start: bool = True) -> Connect:
        user, password = self._credentials
        properties = dict(self._properties)
        if self.version == 5:
            receive_maximum, aliases = self._limits
            properties.setdefault("receive_maximum", receive_maximum)
            properties.setdefault("topic_alias_maximum", aliases)
            if self._session_expiry:
                properties.setdefault("session_expiry_interval", self._session_expiry)
        packet = Connect(self.client_id, self.version, clean_start, self._keep_alive, user, password, self._will, properties)
        packet.encode(self.version)
        return packet

    async def _open(self, clean_start: bool) -> None:
        """One attempt."""
        link = None
        try:
            async with asyncio.timeout(self._timeout):
                link = await connect(lambda: Link(self._address, self.version, self._handlers, self._on_end), self._address)
                self._opening = link
                link.send(self._connect_packet(clean_start))
                await link.greeted
        except (OSError, ValueError, asyncio.TimeoutError, MqttError) as e:
            error = self.last_error = explain(e, self._address)
            if link is not None:
                link.fail(error)
                link.abort()
            if error is e:
                raise
            raise error from e
        except asyncio.CancelledError:
            if link is not None:
                link.abort()
            raise

    async def _stay_connected(self) -> None:
        """Waits for the end of each connection, and makes the next. Delays grow until a connection has been of use."""
        first, longest = self._delays
        delay = first
        while True:
            error = self.last_error = await self._opening.ended
            if not self._reconnect or error.reason == _TAKEN_OVER:
                self._give_up(error)
                return
            if self._opening.worked:
                delay = first
            while True:
                await asyncio.sleep(delay * random.uniform(0.5, 1.0))
                delay = min(delay * 2, longest)
                try:
                    await self._open(self._clean_start if self.version == 4 else not self._session_expiry)
                    break
                except MqttError:
                    continue

    def _greet(self, packet: ConnAck) -> None:
        """CONNACK: there is a connection, or none."""
        link, properties = self._opening, packet.properties
        if packet.reason:
            link.fail(refused(packet.reason, properties, self.version))
            return
        self.server = properties
        self.client_id = properties.get("assigned_client_identifier", self.client_id)
        self.session_present = packet.session_present
        self._alias_limit = properties.get("topic_alias_maximum", 0)
        self._packet_limit = properties.get("maximum_packet_size", 0)
        self._outgoing.quota = min(self._in_flight, properties.get("receive_maximum", 65535))
        self._aliases_in, self._aliases_out = {}, {}
        self._link = link
        self.messages.link = link
        link.keep_alive(properties.get("server_keep_alive", self._keep_alive))
        if packet.session_present:
            self._go_on()
        else:
            self._start_anew()
        link.greeted.set_result(packet)
        self._up.set()
        self._pump()
        self.messages.hold_if_full()
        if self._on_connection is not None:
            self._on_connection(True)

    def _go_on(self) -> None:
        """The broker has our session: what was not acknowledged is sent again, in order (section 4.4)."""
        for sent in self._outgoing:
            if sent.released:
                self._link.send(PubRel(sent.packet_id))
            elif sent.qos:
                self._link.write(self._frame(sent.item, sent.packet_id, True))

    def _start_anew(self) -> None:
        """The broker has no session of ours: subscriptions are made again, messages are sent anew, but for those that have arrived for sure."""
        self._incoming.clear()
        again = []
        for sent in self._outgoing.clear():
            if sent.released:
                _finish(sent.item.future, 0)
            elif sent.qos:
                again.append(sent.item)
        self._waiting.extendleft(reversed(again))
        groups: dict[str, tuple[dict, list[Subscription]]] = {}
        for subscription, properties in self._subscriptions.values():
            groups.setdefault(repr(properties), (properties, []))[1].append(subscription)
        for properties, subscriptions in groups.values():
            for i in range(0, len(subscriptions), _RESUBSCRIBE):
                future = asyncio.get_running_loop().create_future()
                future.add_done_callback(lambda f: f.exception())  # a refusal is the broker's word; the next connection asks again
                self._ask(lambda n, some=subscriptions[i:i + _RESUBSCRIBE], p=properties: Subscribe(n, some, p), future)

    def _on_end(self, link: Link) -> None:
        """The link has ended, whoever has ended it."""
        if self._link is not link:
            return
        self._link = None
        self._up.clear()
        for sent in self._outgoing:
            if not sent.qos:
                self._outgoing.done(sent.packet_id, 0)
                _finish(sent.item, _Lost())
        if self._on_connection is not None:
            self._on_connection(False)

    def _give_up(self, error: MqttError, quiet: bool = False) -> None:
        """There will be no further connection: everybody who waits is told. quiet: who iterates over messages just ends."""
        self._failure = error
        for message in (*self._waiting, *(sent.item for sent in self._outgoing if sent.qos)):
            if not message.future.done():
                message.future.set_exception(error)
                message.future.exception()
        self._waiting.clear()
        self._outgoing.clear()
        for future in (*self._room, *self._requests.values()):
            _finish(future, error)
        self._room.clear()
        if self._up is not None:
            self._up.set()
        self.messages.end(None if quiet else error)

    # ---- Publishing ------------------------------------------------------------------------------------------------------------------

    async def publish(self, topic: str, payload: bytes | str = b"", qos: int = 0, retain: bool = False, properties: dict[str, object] | None = None) -> int:
        """Publishes a message; with QoS 1 and 2 it has arrived at the broker when this returns.

        Returns the reason code: 0, or 16 if nobody has subscribed (version 5). MqttError: the broker has refused it, or there is no connection and
        offline is "raise". ValueError, TypeError: it cannot be sent.
        """
        while len(self._waiting) >= self._queue_limit:
            future = asyncio.get_running_loop().create_future()
            self._room.append(future)
            await future
        result = await self.publish_nowait(topic, payload, qos, retain, properties)
        if self._link is not None and self._link.congested:
            await self._link.drain()
        return result

    def publish_nowait(self, topic: str, payload: bytes | str = b"", qos: int = 0, retain: bool = False, properties: dict[str, object] | None = None) -> asyncio.Future[int]:
        """As publish, without waiting: the future is done when publish would return. MqttError: queue_limit messages wait already."""
        link = self._link
        if link is None:
            if self._failure is not None:
                raise self._failure
            if self._offline == "raise":
                raise MqttError(f"there is no connection to {self._address}: {self.last_error or 'it was lost'}")
        if properties and self.version == 4:
            raise ValueError("properties: MQTT 3.1.1 has none")
        message = _Message(topic, payload, qos, retain, properties, asyncio.get_running_loop().create_future())
        if link is not None and not self._waiting and (qos == 0 or not self._outgoing.full):
            self._send(message)
            return message.future
        publish_frame(topic, payload, qos, retain, False, 1, properties, self.version)  # says now what is wrong with it
        if len(self._waiting) >= self._queue_limit:
            raise MqttError(f"{self._queue_limit} messages wait to be sent: no more are taken", 0x97)
        self._waiting.append(message)
        return message.future

    def _send(self, message: _Message) -> None:
        qos = message.qos
        if qos == 0:
            self._link.write(self._frame(message, None, False))
            _finish(message.future, 0)
            return
        packet_id = self._outgoing.add(message, qos)
        try:
            self._link.write(self._frame(message, packet_id, False))
        except BaseException:
            self._outgoing.done(packet_id, qos)
            raise

    def _frame(self, message: _Message, packet_id: int | None, dup: bool) -> bytes:
        topic, properties = message.topic, message.properties
        if self._alias_limit and (alias := self._alias(topic)):
            properties = {**(properties or {}), "topic_alias": abs(alias)}
            topic = "" if alias > 0 else topic
        frame = publish_frame(topic, message.payload, message.qos, message.retain, dup, packet_id, properties, self.version)
        if self._packet_limit and len(frame) > self._packet_limit:
            raise MqttError(f"a message to {message.topic!r} takes {len(frame)} bytes; the broker takes {self._packet_limit} at most", 0x95)
        return frame

    def _alias(self, topic: str) -> int:
        """The number that stands for a topic; negative: the broker is yet to be told; 0: there is none (section 3.3.2.3.4)."""
        aliases = self._aliases_out
        number = aliases.get(topic)
        if number is None:
            if len(aliases) >= self._alias_limit or not topic:
                return 0
            number = aliases[topic] = len(aliases) + 1
            return -number
        return number

    def _pump(self) -> None:
        """Sends what waits, as far as it may be sent now."""
        waiting = self._waiting
        while waiting and self._link is not None and (waiting[0].qos == 0 or not self._outgoing.full):
            message = waiting.popleft()
            if message.future.cancelled():
                continue
            try:
                self._send(message)
            except (MqttError, ValueError, TypeError) as e:
                _finish(message.future, e)
        while self._room and len(waiting) < self._queue_limit:
            room = min(len(self._room), self._queue_limit - len(waiting))
            for _ in range(room):
                _finish(self._room.popleft(), None)
            break

    def _on_puback(self, packet: PubAck) -> None:
        message = self._outgoing.done(packet.packet_id, 1)
        if message is not None:
            self._acknowledged(message, packet)

    def _on_pubrec(self, packet: PubRec) -> None:
        if packet.reason >= 0x80:
            message = self._outgoing.done(packet.packet_id, 2)
            if message is not None:
                self._acknowledged(message, packet)
            return
        known = self._outgoing.received(packet.packet_id)
        self._link.send(PubRel(packet.packet_id, 0 if known else 0x92))

    def _on_pubcomp(self, packet: PubComp) -> None:
        message = self._outgoing.done(packet.packet_id, 2)
        if message is not None:
            self._acknowledged(message, packet)

    def _acknowledged(self, message: _Message, packet: PubAck | PubRec | PubComp) -> None:
        reason = packet.reason
        if reason < 0x80:
            if not message.future.done():
                message.future.set_result(reason)
        elif packet.kind == PUBCOMP:  # it has arrived; the broker only does not know it any more
            _finish(message.future, 0)
        else:
            _finish(message.future, failed(f"publishing to {message.topic!r}", reason, packet.kind, packet.properties))
        if self._waiting or self._room:
            self._pump()

    # ---- Receiving -------------------------------------------------------------------------------------------------------------------

    def _on_publish(self, packet: Publish) -> None:
        link = self._link
        if self._limits[1] and self.version == 5 and not self._resolve_alias(packet):
            return
        if packet.qos == 2:
            if self._incoming.full and packet.packet_id not in self._incoming.ids:
                link.refuse(MqttError(f"{self._address} has broken the protocol: it has sent more than the receive maximum", 0x93))
                return
            link.send(PubRec(packet.packet_id))
            if not self._incoming.add(packet.packet_id):
                return
        if self._requests and self._answers(packet):
            if packet.qos == 1:
                link.send(PubAck(packet.packet_id))
            return
        self.messages.put(packet)

    def _resolve_alias(self, packet: Publish) -> bool:
        """Puts in the topic that an alias stands for. False: the broker has broken the protocol."""
        if packet.topic and not self._aliases_in and "topic_alias" not in packet.properties:
            return True
        alias = packet.properties.get("topic_alias")
        if alias is None:
            return True
        if alias > self._limits[1] or not packet.topic and alias not in self._aliases_in:
            self._link.refuse(MqttError(f"{self._address} has broken the protocol: topic alias {alias} is not known", 0x94))
            return False
        if packet.topic:
            self._aliases_in[alias] = packet.topic
        else:
            packet.topic = self._aliases_in[alias]
        return True

    def _on_pubrel(self, packet: PubRel) -> None:
        known = self._incoming.release(packet.packet_id)
        self._link.send(PubComp(packet.packet_id, 0 if known else 0x92))

    def _on_disconnect(self, packet: Disconnect) -> None:
        self._link.fail(failed(f"the connection to {self._address}", packet.reason, DISCONNECT, packet.properties))

    # ---- Subscribing -----------------------------------------------------------------------------------------------------------------

    def _ask(self, make: Callable[[int], Subscribe | Unsubscribe], future: asyncio.Future) -> None:
        packet_id = self._outgoing.add(future)
        try:
            self._link.send(make(packet_id))
        except BaseException:
            self._outgoing.done(packet_id, 0)
            raise

    def _on_answer(self, packet: SubAck | UnsubAck) -> None:
        future = self._outgoing.done(packet.packet_id, 0)
        if future is not None:
            _finish(future, packet)

    async def _answer(self, make: Callable[[int], Subscribe | Unsubscribe]) -> SubAck | UnsubAck:
        """The answer to a packet, which is sent again where the connection is lost before it comes."""
        while True:
            if self._link is None and self._offline == "raise" and self._failure is None:
                raise MqttError(f"there is no connection to {self._address}: {self.last_error or 'it was lost'}")
            await self.wait_connected()
            future = asyncio.get_running_loop().create_future()
            self._ask(make, future)
            try:
                async with asyncio.timeout(self._timeout):
                    return await future
            except _Lost:
                continue
            except asyncio.TimeoutError as e:
                raise explain(e, self._address) from None

    async def subscribe(
        self, filters: str | Subscription | Iterable[str | Subscription], qos: int = 0, *, no_local: bool = False, retain_as_published: bool = False,
        retain_handling: int = 0, properties: dict[str, object] | None = None,
    ) -> int | list[int]:
        """Subscribes to one topic filter, or several; messages come to `messages`. Subscriptions outlive the connection.

        Options that are not in a Subscription are those of the arguments. Returns the QoS that is granted, or a list for several filters. MqttError:
        the broker has refused one.
        """
        one = isinstance(filters, (str, Subscription))
        subscriptions = [f if isinstance(f, Subscription) else Subscription(f, qos, no_local, retain_as_published, retain_handling)
                         for f in ([filters] if one else filters)]
        its = self._checked(properties)
        if isinstance(its.get("subscription_identifier"), int):
            its = {**its, "subscription_identifier": [its["subscription_identifier"]]}
        answer = await self._answer(lambda packet_id: Subscribe(packet_id, subscriptions, its))
        if len(answer.reasons) != len(subscriptions):
            raise MqttError(f"{self._address} has broken the protocol: {len(answer.reasons)} answers to {len(subscriptions)} filters", 0x82)
        for subscription, reason in zip(subscriptions, answer.reasons):
            if reason < 0x80:
                self._subscriptions[subscription.filter] = (subscription, its)
        for subscription, reason in zip(subscriptions, answer.reasons):
            if reason >= 0x80:
                raise failed(f"subscribing to {subscription.filter!r}", reason, SUBACK, answer.properties)
        return answer.reasons[0] if one else answer.reasons

    async def unsubscribe(self, filters: str | Iterable[str], properties: dict[str, object] | None = None) -> None:
        """Ends subscriptions. MqttError: the broker has refused it."""
        names = [filters] if isinstance(filters, str) else list(filters)
        its = self._checked(properties)
        for name in names:
            self._subscriptions.pop(name, None)
        answer = await self._answer(lambda packet_id: Unsubscribe(packet_id, names, its))
        for name, reason in zip(names, answer.reasons):
            if reason >= 0x80:
                raise failed(f"unsubscribing from {name!r}", reason, UNSUBACK, answer.properties)

    def _checked(self, properties: dict[str, object] | None) -> dict[str, object]:
        if properties and self.version == 4:
            raise ValueError("properties: MQTT 3.1.1 has none")
        return properties or {}

    # ---- Request and response (section 4.10) -------------------------------------------------------------------------------------------

    async def request(self, topic: str, payload: bytes | str = b"", qos: int = 1, timeout: float | None = None, properties: dict[str, object] | None = None) -> Publish:
        """Publishes a message that asks for an answer, and returns the answer (version 5). MqttError: none came within timeout seconds."""
        if self.version == 4:
            raise ValueError("request: MQTT 3.1.1 has no response topics")
        if not self._response_topic:
            await self.wait_connected()
            self._response_topic = f"{self.server.get('response_information', 'response')}/{self.client_id}"
            await self.subscribe(self._response_topic, qos=1)
        key = os.urandom(8)
        future = self._requests[key] = asyncio.get_running_loop().create_future()
        seconds = self._timeout if timeout is None else timeout
        try:
            async with asyncio.timeout(seconds):
                await self.publish(topic, payload, qos, properties={**(properties or {}), "response_topic": self._response_topic, "correlation_data": key})
                return await future
        except asyncio.TimeoutError:
            raise MqttError(f"no answer to the request to {topic!r} came within {seconds} s") from None
        finally:
            del self._requests[key]

    def _answers(self, packet: Publish) -> bool:
        """Whether it is the answer to a request."""
        if packet.topic != self._response_topic:
            return False
        future = self._requests.get(packet.properties.get("correlation_data", b""))
        if future is None:
            return False
        _finish(future, packet)
        return True

    async def respond(self, message: Publish, payload: bytes | str = b"", qos: int = 1) -> int:
        """Answers a message that asks for it, as publish. ValueError: it does not ask."""
        topic = message.properties.get("response_topic")
        if topic is None:
            raise ValueError(f"the message to {message.topic!r} asks for no answer: it has no response_topic")
        properties = {"correlation_data": message.properties["correlation_data"]} if "correlation_data" in message.properties else None
        return await self.publish(topic, payload, qos, properties=properties)
