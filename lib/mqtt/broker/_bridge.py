"""A bridge: topics that go to and come from another broker.

It is a session of this broker, named $bridge/NAME, whose connection leads to the other one, where it is a client. So what is on its way there waits in that
session, in the store, while the other broker is away; and what comes from there is acknowledged when it is stored here.

Nothing goes round in circles: the bridge's subscriptions are no_local at both ends, and with MQTT 5 a message carries, as user properties, the brokers that
it has passed."""

import asyncio
import contextlib
import random
from typing import TYPE_CHECKING

from mqtt._transport import Address, connect
from mqtt.broker._access import Rights
from mqtt.broker._message import Message
from mqtt.broker._peer import Peer, log
from mqtt.broker._session import Session, Subscribed
from mqtt.broker._settings import MAX_SESSION_EXPIRY, BridgeSettings, SettingsError
from mqtt.packet import Connect, Decoder, PingReq, Subscribe, Subscription, reason_text

if TYPE_CHECKING:
    import ssl

BRIDGES = "$bridge/"  # before their names: sessions that are no client's
PATH_PROPERTY = "krait-bridge"  # user property: the name of a broker that the message has passed
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 60.0  # seconds between attempts to connect
_ANSWER_TIME = 15.0  # seconds for the other broker to answer CONNECT


class BridgePeer(Peer):
    """The connection to the other broker."""

    what = "bridge"

    def __init__(self, bridge: "Bridge"):
        super().__init__(bridge.broker)
        self.bridge = bridge
        self.version = bridge.settings.version
        self.decoder = Decoder(version=self.version, limit=self.settings.max_packet_size)
        self._handlers_later = self._handlers
        self._handlers = {2: self._on_connack}
        self.ended = asyncio.Event()

    def handlers(self) -> dict:
        """Those of a connection that stands."""
        return {**super().handlers(), 9: self._on_suback, 13: lambda packet: None, 14: self._on_disconnect}

    def opened(self) -> None:
        """The bytes flow: introduce ourselves."""
        settings = self.bridge.settings
        properties = {"session_expiry_interval": MAX_SESSION_EXPIRY, "receive_maximum": self.settings.max_receive} if self.version == 5 else {}
        self.send(Connect(settings.client_id or f"krait-bridge-{settings.name}", self.version, False, settings.keep_alive, settings.user or None,
                          self.bridge.password, None, properties).encode(self.version))

    def _on_connack(self, packet) -> None:
        if packet.reason:
            self.bridge.failed(f"refused: {reason_text(packet.reason, packet.kind)}")
            self.close()
            return
        settings, session = self.bridge.settings, self.bridge.session
        self._handlers = self._handlers_later
        quota = 65535
        if self.version == 5:
            quota = packet.properties.get("receive_maximum", quota)
            self.peer_max_packet = packet.properties.get("maximum_packet_size", self.peer_max_packet)
        self.session, session.connection = session, self
        self.router.connections_changed()
        if not packet.session_present:  # the other broker knows no identifiers of earlier messages
            session.incoming.clear()
        if settings.into:
            filters = [Subscription(settings.remote_prefix + topic, settings.qos, self.version == 5, True) for topic in settings.into]
            self.send(Subscribe(1, filters).encode(self.version))
        self.bridge.stands()
        session.resume(quota)

    def _on_suback(self, packet) -> None:
        for topic, reason in zip(self.bridge.settings.into, packet.reasons):
            if reason >= 0x80:
                log.error("bridge %s: %s refused: %s", self.name, topic, reason_text(reason, packet.kind))

    def _on_disconnect(self, packet) -> None:
        self.bridge.failed(f"disconnected: {reason_text(packet.reason, packet.kind)}")
        self.close()

    def lost(self, error) -> None:
        """The connection is gone; the session waits for the next one."""
        session = self.bridge.session
        if session.connection is self:
            session.connection = None
            self.router.connections_changed()
        self.out.clear()
        self.ended.set()

    def publish(self, topic: str, packet) -> list:
        """A message from the other broker, under its name here; one that was here already is dropped."""
        bridge, settings = self.bridge, self.bridge.settings
        properties = dict(packet.properties)
        passed = [value for name, value in properties.get("user_property", ()) if name == PATH_PROPERTY]
        if bridge.identity in passed or not topic.startswith(settings.remote_prefix):
            return []
        local = settings.local_prefix + topic[len(settings.remote_prefix):]
        if local.startswith("$"):
            return []
        return self.router.publish(Message(local, packet.payload, packet.qos, packet.retain, properties, self.session))

    def frame_of(self, message: Message, qos: int, retain: bool, identifiers: tuple[int, ...]) -> bytes:
        """A message under its name there and, for MQTT 5, with the name of this broker."""
        settings = self.bridge.settings
        topic = message.topic.removeprefix(settings.local_prefix)
        properties = dict(message.properties)
        if self.version == 5:
            properties["user_property"] = [*properties.get("user_property", ()), (PATH_PROPERTY, self.bridge.identity)]
        sent = Message(settings.remote_prefix + topic, message.payload, message.qos, message.retain, properties)
        sent.expires = message.expires
        return sent.frame(self.version, qos, retain)

    def ping(self, now: float) -> None:
        """Called often: keep the connection alive, or give it up."""
        period = self.bridge.settings.keep_alive
        if now - self.last_received > 1.5 * period:
            self.bridge.failed(f"nothing came in 1.5 times {period} s")
            self.abort()
        elif now - self.last_sent > period / 2 or now - self.last_received > period / 2:
            self.send(PingReq().encode(self.version))


class Bridge:
    """What connects to the other broker, again and again."""

    def __init__(self, broker, settings: BridgeSettings):
        self.broker, self.settings, self.name = broker, settings, settings.name
        self.identity = broker.identity
        self.state = "connecting"
        self.password = _password(settings)
        self._context = _context(settings)
        self.session = self._make_session()
        self._wait = _FIRST_WAIT
        self._task = asyncio.ensure_future(self._run())

    def _make_session(self) -> Session:
        """The session, with the subscriptions that the settings say now."""
        broker, settings = self.broker, self.settings
        session, _ = broker.open_session(BRIDGES + settings.name, None, False)
        session.rights = Rights([], None, "")
        session.expiry, session.ends = MAX_SESSION_EXPIRY, None
        if broker.store:
            session.keep(broker.store)
        wanted = {settings.local_prefix + topic for topic in settings.out}
        for filter in session.subscriptions.keys() - wanted:
            broker.unsubscribe(session, filter)
        for filter in wanted:
            broker.subscribe(Subscribed(session, filter, None, filter, settings.qos, True, True, 2, None))
        return session

    def stop(self) -> None:
        """Close the connection, and make no other."""
        self._task.cancel()
        if self.session.connection is not None:
            self.session.connection.close()

    def failed(self, why: str) -> None:
        """Note why there is no connection."""
        self.state = why
        log.warning("bridge %s: %s", self.name, why)

    def stands(self) -> None:
        """The other broker has let us in."""
        self.state = "connected"
        self._wait = _FIRST_WAIT
        log.info("bridge %s: connected to %s", self.name, self.settings.host)

    async def _run(self) -> None:
        settings = self.settings
        address = Address(settings.host, settings.port or (8883 if settings.tls else 1883), self._context)
        while True:
            try:
                async with asyncio.timeout(_ANSWER_TIME):
                    peer = await connect(lambda: BridgePeer(self), address, limit=self.broker.settings.max_packet_size)
                    while peer.session is None and not peer.ended.is_set():
                        await asyncio.sleep(0.05)
                await self._watch(peer)
                if self.state == "connected":
                    self.failed("connection lost")
            except (OSError, ValueError) as error:
                self.failed(str(error) or "no answer")
            await asyncio.sleep(self._wait * random.uniform(0.5, 1))
            self._wait = min(2 * self._wait, _LONGEST_WAIT)

    async def _watch(self, peer: BridgePeer) -> None:
        try:
            while not peer.ended.is_set():
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(min(1.0, self.settings.keep_alive / 4)):
                        await peer.ended.wait()
                        return
                peer.ping(self.broker.loop.time())
        finally:
            peer.close()


def _password(settings: BridgeSettings) -> bytes | None:
    if settings.password_file:
        try:
            with open(settings.password_file, encoding="utf-8") as file:
                return file.readline().rstrip("\r\n").encode()
        except OSError as error:
            raise SettingsError(f"bridge {settings.name!r}: password_file: {error}") from None
    return settings.password.encode() if settings.password else None


def _context(settings: BridgeSettings) -> "ssl.SSLContext | None":
    if not settings.tls:
        return None
    import ssl  # a large library

    try:
        context = ssl.create_default_context(cafile=settings.ca or None)
        if settings.certificate:
            context.load_cert_chain(settings.certificate, settings.key or None)
    except OSError as error:
        raise SettingsError(f"bridge {settings.name!r}: certificates cannot be loaded: {error}") from None
    return context
