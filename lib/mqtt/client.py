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
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from _backoff import Backoff

from ._auth import Authentication
from ._error import MqttError, explain, failed, refused
from ._link import Link
from ._messages import Messages
from ._receiver import Receiver
from ._sender import Sender, finish
from ._transport import connect, parse_address
from .packet import (AUTH, CONNACK, DISCONNECT, PINGRESP, PUBACK, PUBCOMP, PUBLISH, PUBREC, PUBREL, SUBACK, UNSUBACK, ConnAck, Connect, Disconnect, Publish,
                     SubAck, Subscribe, Subscription, UnsubAck, Unsubscribe, Will)

if TYPE_CHECKING:
    import ssl

__all__ = ["Client", "MqttError", "Subscription", "Will"]

_TAKEN_OVER = 0x8E  # another client has come with our identifier: connecting again would throw that one out
_RESUBSCRIBE = 100  # filters in one packet
_ATTEMPTS = 5  # at a question to the broker
_IN_FLIGHT, _IN_FLIGHT_4 = 1000, 20  # messages on their way; in version 4 what mosquitto takes as it comes


class _Lost(Exception):
    """The connection ended before the answer to a request came."""


def _check_options(counts: dict[str, object], timeout: object, reconnect_delay: object, properties: object, on_connection: object) -> None:
    """TypeError, ValueError: an argument of Client that no packet would find fault with."""
    for name, count in counts.items():
        if not isinstance(count, int):
            raise TypeError(f"{name}: an int is expected, not {type(count).__name__}")
        if count < 1:
            raise ValueError(f"{name}: at least 1 is expected, not {count}")
    if not isinstance(timeout, (int, float)):
        raise TypeError(f"timeout: seconds are expected, not {type(timeout).__name__}")
    if not timeout > 0:
        raise ValueError(f"timeout: more than 0 seconds are expected, not {timeout}")
    if not isinstance(reconnect_delay, (tuple, list)) or len(reconnect_delay) != 2:
        raise TypeError(f"reconnect_delay: the first and the longest delay in seconds are expected, not {reconnect_delay!r}")
    if not isinstance(properties, dict):
        raise TypeError(f"properties: a dict is expected, not {type(properties).__name__}")
    if on_connection is not None and not callable(on_connection):
        raise TypeError(f"on_connection: a function is expected, not {type(on_connection).__name__}")


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
    start_offline: connect() returns also where there is no connection yet, and the client goes on trying; last_error says why there is none.
    offline: "wait": what is published without a connection waits for one; "raise": MqttError.
    queue_limit: messages that wait to be sent, and that wait to be taken from `messages`; more are not read from the broker.
    in_flight: messages with QoS 1 or 2 that may be on their way, 1000 by default if the broker takes so many. In version 4 brokers do not say how many
    they take, and some end the connection: 20 by default. receive_maximum: the same for those of the broker.
    topic_alias_maximum: topics that the broker may name by number.
    properties: further ones for CONNECT.
    on_connection: called with True when there is a connection (session_present says whether the session went on), with False when it is lost.
    manual_ack: messages with QoS 1 and 2 are acknowledged by ack(message), and not when they are taken from `messages`.
    authentication: a method of extended authentication (version 5), and what answers the broker: called with None for the first data of each exchange
    (None: there is none), then with the data of each of the broker's packets; what it raises ends the connection.
    """

    def __init__(
        self, host: str = "localhost", port: int | None = None, *, client_id: str | None = None, version: int = 5, username: str | None = None,
        password: str | bytes | None = None, clean_start: bool = True, session_expiry: int = 0, keep_alive: int = 60, will: Will | None = None,
        tls: bool | ssl.SSLContext = False, timeout: float = 10.0, reconnect: bool = True, reconnect_delay: tuple[float, float] = (0.5, 60.0),
        offline: str = "wait", queue_limit: int = 1000, in_flight: int | None = None, receive_maximum: int = 1000, topic_alias_maximum: int = 16,
        properties: dict[str, object] | None = None, on_connection: Callable[[bool], None] | None = None, start_offline: bool = False,
        manual_ack: bool = False, authentication: tuple[str, Callable[[bytes | None], bytes | None]] | None = None,
    ) -> None:
        if version not in (4, 5):
            raise ValueError(f"version: 5 or 4 (MQTT 3.1.1) is expected, not {version!r}")
        if offline not in ("wait", "raise"):
            raise ValueError(f"offline: 'wait' or 'raise' is expected, not {offline!r}")
        if version == 4 and (properties or session_expiry or authentication):
            raise ValueError("properties, session_expiry and authentication: MQTT 3.1.1 has none")
        in_flight = (_IN_FLIGHT if version == 5 else _IN_FLIGHT_4) if in_flight is None else in_flight
        _check_options({"queue_limit": queue_limit, "in_flight": in_flight}, timeout, reconnect_delay, {} if properties is None else properties, on_connection)
        self._address, user, secret = parse_address(host, port, tls)
        self.client_id = f"krait-{os.urandom(6).hex()}" if client_id is None else client_id
        self.version = version
        self.session_present = False
        self.last_error: MqttError | None = None
        self.server: dict[str, object] = {}  # properties of the broker's CONNACK
        self.messages = Messages(queue_limit, version, manual_ack)
        self._credentials = (user if username is None else username, secret if password is None else password)
        self._clean_start = clean_start
        self._session_expiry = session_expiry or (properties or {}).get("session_expiry_interval", 0)
        self._authentication = None if authentication is None else Authentication(authentication)
        self._keep_alive = keep_alive
        self._will = will
        self._timeout = timeout
        self._reconnect = reconnect
        self._backoff = Backoff(*reconnect_delay)
        self._offline = offline
        self._properties = properties or {}
        self._limits = (receive_maximum, topic_alias_maximum)
        self._on_connection = on_connection
        self._connect_packet()  # says now what is wrong with the arguments
        self._start_offline = start_offline
        self._link: Link | None = None
        self._opening: Link | None = None  # the last one that was begun
        self._runner: asyncio.Task[MqttError] | None = None
        self._failure: MqttError | None = MqttError("the client is not connected: call connect() first, or use async with")
        self._up: asyncio.Event | None = None
        self._was_connected = False  # since connect()
        self._sender = Sender(version, queue_limit, in_flight)
        self._receiver = Receiver(self.messages, version, receive_maximum, topic_alias_maximum, self._answers)
        self._subscriptions: dict[str, tuple[Subscription, dict]] = {}
        self._requests: dict[bytes, asyncio.Future[Publish]] = {}
        self._response_topic = ""
        self._handlers = self._handler_table()
        self.messages.end(self._failure)

    def _handler_table(self) -> list[Callable | None]:
        table: list[Callable | None] = [None] * 16
        table[CONNACK] = self._greet
        table[PUBLISH] = self._receiver.on_publish
        table[PUBACK] = self._sender.on_puback
        table[PUBREC] = self._sender.on_pubrec
        table[PUBREL] = self._receiver.on_pubrel
        table[PUBCOMP] = self._sender.on_pubcomp
        table[SUBACK] = table[UNSUBACK] = self._on_answer
        table[PINGRESP] = lambda packet: None
        table[DISCONNECT] = self._on_disconnect if self.version == 5 else None
        if self._authentication is not None:
            table[AUTH] = lambda packet: self._authentication.on_auth(self._opening, packet)
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
        """Connects, once; later losses are mended without a word. MqttError says why there is no connection, but with start_offline."""
        if self._runner is not None and not self._runner.done():
            raise RuntimeError("the client is connected, or connects")
        self._up = asyncio.Event()
        self._was_connected = False
        self._backoff.reset()
        self._failure = None
        self.messages.begin()
        try:
            await self._open()
        except BaseException as e:
            if not (self._start_offline and isinstance(e, MqttError)):
                self._failure = e if isinstance(e, MqttError) else MqttError("the client is not connected")
                raise
        self._runner = asyncio.create_task(self._connect_again())
        self._runner.add_done_callback(self._runner_ended)

    async def wait_connected(self) -> None:
        """Waits until there is a connection. MqttError: there will be none."""
        while self._link is None:
            if self._failure is not None:
                raise self._failure
            await self._up.wait()

    async def disconnect(self, reason: int = 0, wait: bool = True) -> None:
        """Ends the connection, and with it the client. reason: 4 makes the broker publish the will. wait: for what is on its way, as long as timeout."""
        if reason and self.version == 4:
            raise ValueError("reason: MQTT 3.1.1 has none")
        packet = Disconnect(reason)
        packet.encode(self.version)  # says now what is wrong with it
        if wait and self._link is not None:
            unsent = self._sender.unfinished()
            if unsent:
                await asyncio.wait(unsent, timeout=self._timeout)
        link, self._link = self._link, None
        self._sender.link = None
        if link is not None:
            link.send(packet)
            link.flush()
            link.fail(MqttError("the client has disconnected"))
        if self._runner is not None and not self._runner.done():
            self._failure = self._failure or MqttError("the client has disconnected")
            self._runner.cancel()
            await asyncio.wait([self._runner])
        self._give_up(MqttError("the client has disconnected"), quiet=True)

    async def reauthenticate(self) -> None:
        """Goes through the authentication once more, on the connection that there is. MqttError: the broker has refused it, which ends the connection."""
        if self._authentication is None:
            raise RuntimeError("reauthenticate() is for clients with an authentication")
        await self.wait_connected()
        await self._authentication.again(self._link, self._timeout)

    def _connect_packet(self, clean_start: bool = True, more: dict[str, object] | None = None) -> Connect:
        user, password = self._credentials
        properties = {**self._properties, **(more or {})}
        if self.version == 5:
            receive_maximum, aliases = self._limits
            properties.setdefault("receive_maximum", receive_maximum)
            properties.setdefault("topic_alias_maximum", aliases)
            if self._session_expiry:
                properties.setdefault("session_expiry_interval", self._session_expiry)
        packet = Connect(self.client_id, self.version, clean_start, self._keep_alive, user, password, self._will, properties)
        packet.encode(self.version)
        return packet

    async def _open(self) -> None:
        """One attempt. The first connection asks for a session as the program has said, later ones for that of the first."""
        clean_start = not self._session_expiry if self.version == 5 and self._was_connected else self._clean_start
        link = None
        try:
            async with asyncio.timeout(self._timeout):
                link = await connect(self._new_link, self._address)
                link.send(self._connect_packet(clean_start, self._authentication and self._authentication.begin()))
                await link.greeted
        except (OSError, ValueError, MqttError) as e:
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

    def _new_link(self) -> Link:
        self._opening = Link(self._address, self.version, self._handlers, self._on_end, self._sender.on_read, self._sender.pump)
        return self._opening

    def _runner_ended(self, runner: asyncio.Task[MqttError]) -> None:
        """No more connections are made: everybody who waits is told why."""
        if not runner.cancelled():
            error = runner.exception()
            self._give_up(runner.result() if error is None else explain(error, self._address))
        elif self._failure is None:  # it was not disconnect()
            self._give_up(MqttError("the client's event loop has ended: connect() makes a new connection"))

    async def _connect_again(self) -> MqttError:
        """Waits for the end of each connection, and makes the next. Delays grow until a connection has been of use."""
        while True:
            error = self.last_error = await self._opening.ended if self._was_connected else self.last_error
            if not self._reconnect or error.reason == _TAKEN_OVER:
                return error
            if self._opening.worked:
                self._backoff.reset()
            while True:
                await asyncio.sleep(self._backoff.next())
                try:
                    await self._open()
                    break
                except MqttError:
                    continue

    def _greet(self, packet: ConnAck) -> None:
        """CONNACK: there is a connection, or none."""
        link, properties = self._opening, packet.properties
        if packet.reason:
            link.fail(refused(packet.reason, properties, self.version))
            return
        if self._authentication is not None:
            try:
                self._authentication.answer(packet)
            except MqttError as e:
                link.fail(e)
                return
        self.server = properties
        self.client_id = properties.get("assigned_client_identifier", self.client_id)
        self.session_present = packet.session_present
        self._link = link
        self._was_connected = True
        link.keep_alive(properties.get("server_keep_alive", self._keep_alive))
        self._receiver.connected(link, packet.session_present)
        self._sender.connected(link, properties, packet.session_present)
        if not packet.session_present:
            self._subscribe_again()
        link.greeted.set_result(packet)
        self._up.set()
        self._sender.pump()
        self.messages.hold_if_full()
        self._report(True)

    def _report(self, connected: bool) -> None:
        if self._on_connection is not None:
            asyncio.get_running_loop().call_soon(self._on_connection, connected)

    def _subscribe_again(self) -> None:
        """The broker has no session of ours: subscriptions are made again."""
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
        self._link = self._sender.link = None
        self._up.clear()
        for sent in self._sender.outgoing:
            if not sent.qos:
                self._sender.outgoing.done(sent.packet_id, 0)
                finish(sent.item, _Lost())
        self._report(False)

    def _give_up(self, error: MqttError, quiet: bool = False) -> None:
        """There will be no further connection: everybody who waits is told. quiet: who iterates over messages just ends."""
        self._failure = error
        link = self._link
        if link is not None:
            link.fail(error)
            link.abort()
        self._sender.give_up(error)
        for future in self._requests.values():
            finish(future, error)
        if self._up is not None:
            self._up.set()
        self.messages.end(None if quiet else error)

    # ---- Publishing ------------------------------------------------------------------------------------------------------------------

    async def publish(self, topic: str, payload: bytes | str = b"", qos: int = 0, retain: bool = False, properties: dict[str, object] | None = None) -> int:
        """Publishes a message; with QoS 1 and 2 it has arrived at the broker when this returns.

        Returns the reason code: 0, or 16 if nobody has subscribed (version 5). MqttError: the broker has refused it, or there is no connection and
        offline is "raise". ValueError, TypeError: it cannot be sent.
        """
        await self._sender.wait_room()
        try:
            result = await self.publish_nowait(topic, payload, qos, retain, properties)
        except asyncio.CancelledError:
            self._sender.forget_cancelled()
            raise
        if self._link is not None and self._link.congested:
            await self._link.drain()
        return result

    def publish_nowait(
        self, topic: str, payload: bytes | str = b"", qos: int = 0, retain: bool = False, properties: dict[str, object] | None = None,
    ) -> asyncio.Future[int]:
        """As publish, without waiting: the future is done when publish would return. MqttError: queue_limit messages wait already."""
        link = self._link
        if link is None:
            if self._failure is not None:
                raise self._failure
            if self._offline == "raise":
                raise MqttError(f"there is no connection to {self._address}: {self.last_error or 'it was lost'}")
        if properties and (self.version == 4 or "topic_alias" in properties):
            raise ValueError("properties: MQTT 3.1.1 has none" if self.version == 4 else "topic_alias: the client gives it itself")
        return self._sender.publish(topic, payload, qos, retain, properties)

    # ---- Receiving -------------------------------------------------------------------------------------------------------------------

    def ack(self, message: Publish) -> None:
        """Acknowledges a message, where manual_ack is set: before that the broker has it, and sends it again to the session's next connection."""
        self.messages.ack(message)

    def _on_disconnect(self, packet: Disconnect) -> None:
        self._link.fail(failed(f"the connection to {self._address}", packet.reason, DISCONNECT, packet.properties))

    # ---- Subscribing -----------------------------------------------------------------------------------------------------------------

    def _ask(self, make: Callable[[int], Subscribe | Unsubscribe], future: asyncio.Future) -> None:
        packet_id = self._sender.outgoing.add(future)
        try:
            self._link.send(make(packet_id))
        except BaseException:
            self._sender.outgoing.done(packet_id, 0)
            raise

    def _on_answer(self, packet: SubAck | UnsubAck) -> None:
        future = self._sender.outgoing.done(packet.packet_id, 0)
        if future is not None:
            finish(future, packet)

    async def _answer(self, make: Callable[[int], Subscribe | Unsubscribe]) -> SubAck | UnsubAck:
        """The answer to a packet, which is sent again where the connection is lost before it comes, but not for ever: it may be why."""
        for _ in range(_ATTEMPTS):
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
            except TimeoutError as e:
                raise explain(e, self._address) from None
        raise self.last_error or MqttError(f"the connection to {self._address} was lost")

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

    async def request(
        self, topic: str, payload: bytes | str = b"", qos: int = 1, timeout: float | None = None, properties: dict[str, object] | None = None,
    ) -> Publish:
        """Publishes a message that asks for an answer, and returns the answer (version 5). MqttError: none came within timeout seconds."""
        if self.version == 4:
            raise ValueError("request: MQTT 3.1.1 has no response topics")
        if not self._response_topic:
            await self.wait_connected()
            topic_of_answers = f"{self.server.get('response_information', 'response')}/{self.client_id}"
            await self.subscribe(topic_of_answers, qos=1)
            self._response_topic = topic_of_answers
        key = os.urandom(8)
        future = self._requests[key] = asyncio.get_running_loop().create_future()
        seconds = self._timeout if timeout is None else timeout
        try:
            async with asyncio.timeout(seconds):
                await self.publish(topic, payload, qos, properties={**(properties or {}), "response_topic": self._response_topic, "correlation_data": key})
                return await future
        except TimeoutError:
            raise MqttError(f"no answer to the request to {topic!r} came within {seconds} s") from None
        finally:
            del self._requests[key]

    def _answers(self, packet: Publish) -> bool:
        """Whether it is the answer to a request."""
        if not self._requests or packet.topic != self._response_topic:
            return False
        future = self._requests.get(packet.properties.get("correlation_data", b""))
        if future is None:
            return False
        finish(future, packet)
        return True

    async def respond(self, message: Publish, payload: bytes | str = b"", qos: int = 1) -> int:
        """Answers a message that asks for it, as publish. ValueError: it does not ask."""
        topic = message.properties.get("response_topic")
        if topic is None:
            raise ValueError(f"the message to {message.topic!r} asks for no answer: it has no response_topic")
        properties = {"correlation_data": message.properties["correlation_data"]} if "correlation_data" in message.properties else None
        return await self.publish(topic, payload, qos, properties=properties)
