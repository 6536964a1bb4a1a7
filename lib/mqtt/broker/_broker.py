"""The broker: listeners, sessions, time."""

import asyncio
import secrets
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from mqtt._transport import Address, serve
from mqtt.broker._access import PasswordFile, Rights
from mqtt.broker._bridge import BRIDGES, Bridge
from mqtt.broker._client import Client
from mqtt.broker._message import Delivery, Message
from mqtt.broker._peer import SHUTTING_DOWN, log
from mqtt.broker._routing import Outbox, Refused, Router
from mqtt.broker._session import Session, Subscribed
from mqtt.broker._settings import Listener, Settings, SettingsError
from mqtt.broker._status import Counters, status
from mqtt.broker._store import Store
from mqtt.broker._tree import split_share
from mqtt.packet import Will

_STOP_TIME = 0.3  # seconds for connections to take what is left when the broker stops


class Broker:
    """An MQTT broker for 3.1.1 and 5 in this event loop: ``async with Broker(port=0) as broker: broker.port``.

    host and port make one listener; listeners=[Listener(...)] several. All fields of Settings are arguments. SettingsError where one is wrong."""

    def __init__(self, host: str = "127.0.0.1", port: int = 1883, *, listeners: list[Listener] | None = None, **settings):
        self.settings = Settings(listeners=[Listener(host, port)] if listeners is None else listeners, **settings).check()
        self.counters = Counters()
        self.version = f"krait {sys.version.split()[0]}"
        self.identity = secrets.token_hex(6)  # for bridges
        self.sessions: dict[str, Session] = {}
        self.clients: set[Client] = set()
        self.connecting = 0  # of the clients, those that are not let in yet
        self.bridges: list[Bridge] = []
        self.store: Store | None = None
        self.passwords: PasswordFile | None = None
        self.is_stopping = False
        self.loop = self.router = self.outbox = None
        self._servers: list[asyncio.Server] = []
        self._verifier = self._sweeper = self._teller = None

    # Life

    async def __aenter__(self) -> "Broker":
        await self.start()
        return self

    async def __aexit__(self, *exception) -> None:
        await self.stop()

    async def start(self) -> None:
        """Open the store, listen, connect bridges. OSError, SettingsError; then nothing is left open."""
        self.loop = asyncio.get_running_loop()
        self.outbox = Outbox(self.loop)
        self.router = Router(self.settings, self.counters, self.outbox)
        self.is_stopping = False
        try:
            if self.settings.passwords:
                try:
                    self.passwords = PasswordFile(self.settings.passwords)
                except ValueError as error:
                    raise SettingsError(str(error)) from None
            if self.settings.store:
                store = Store(self.settings.store, self.settings.max_store_bytes)
                rows = await store.open()
                self.store = self.router.store = store
                self._restore(rows)
            for listener in self.settings.listeners:
                self._servers.append(await self._listen(listener))
            for client_id in {name for name in self.sessions if name.startswith(BRIDGES)} - {BRIDGES + bridge.name for bridge in self.settings.bridges}:
                self.end_session(self.sessions[client_id])
            self.bridges = [Bridge(self, bridge) for bridge in self.settings.bridges]
        except BaseException:
            await self.stop()
            raise
        self._sweeper = self.loop.call_later(1, self._sweep)
        if self.settings.sys_interval:
            self._tell()

    async def stop(self) -> None:
        """Close all connections and the store. Clients of MQTT 5 are told; wills of stored sessions are for the next start."""
        self.is_stopping = True
        for timer in (self._sweeper, self._teller):
            if timer is not None:
                timer.cancel()
        for server in self._servers:
            server.close()
        for bridge in self.bridges:
            bridge.stop()
        for client in tuple(self.clients):
            client.fail(SHUTTING_DOWN, "the broker stops")
        self.outbox.flush()
        deadline = self.loop.time() + _STOP_TIME
        while self.clients and self.loop.time() < deadline:
            await asyncio.sleep(0.01)
        for client in tuple(self.clients):
            client.abort()
        await asyncio.sleep(0)
        self._servers.clear()
        self.sessions.clear()
        if self._verifier:
            self._verifier.shutdown(wait=False)
            self._verifier = None
        store, self.store = self.store, None
        if store:
            await store.close()

    @property
    def port(self) -> int:
        """The port of the first listener that has one."""
        return self.addresses[0][1]

    @property
    def addresses(self) -> list[tuple[str, int]]:
        """(host, port) of each TCP listener."""
        return [server.sockets[0].getsockname()[:2] for server in self._servers if server.sockets and not isinstance(server.sockets[0].getsockname(), str)]

    async def _listen(self, listener: Listener) -> asyncio.Server:
        address = Address("" if listener.path else listener.host, listener.port, listener.make_context(), listener.websocket, listener.path)
        try:
            return await serve(lambda: Client(self, listener), address, limit=self.settings.max_connect_size, handshake_timeout=self.settings.connect_timeout)
        except OSError as error:
            raise OSError(error.errno, f"listener {listener.describe()}: {error.strerror or error}") from None

    async def verify(self, user: str, password: bytes) -> bool:
        """Whether the password is right; hashing takes its time in a thread."""
        if self._verifier is None:
            self._verifier = ThreadPoolExecutor(1, "mqtt-passwords")

        def check() -> bool:
            self.passwords.refresh()
            return self.passwords.verify(user, password)
        return await self.loop.run_in_executor(self._verifier, check)

    def _restore(self, rows: dict[str, list[tuple]]) -> None:
        """Sessions, messages and retained messages as the store has them."""
        by_key = {}
        for key, client_id, user, expiry, ends in rows["session"]:
            session = by_key[key] = self.sessions[client_id] = Session(client_id, self.settings, self.counters, user)
            session.store, session.key, session.expiry = self.store, key, expiry
            session.ends = None if session.is_forever else time.time() + expiry if ends is None else ends
            session.rights = Rights(self.settings.rules, user, client_id)
        for key, filter, qos, no_local, as_published, handling, identifier in rows["subscription"]:
            group, pattern = split_share(filter)
            self.subscribe(Subscribed(by_key[key], filter, group, pattern, qos, bool(no_local), bool(as_published), handling, identifier), is_stored=True)
        messages = {}
        for key, frame, ends in rows["message"]:
            messages[key] = Message.from_row(frame, ends)
            messages[key].key = key
        for key, session_key, message_key, qos, retain, identifiers, packet_id, is_released in rows["delivery"]:
            message = messages[message_key]
            message.references += 1
            delivery = Delivery(message, qos, bool(retain), tuple(map(int, identifiers.split())))
            delivery.key, delivery.packet_id, delivery.is_released = key, packet_id, bool(is_released)
            by_key[session_key].restore(delivery)
        for session_key, packet_id in rows["incoming"]:
            by_key[session_key].incoming.ids.add(packet_id)
        for session_key, frame, delay, due in rows["will"]:
            by_key[session_key].restore_will(frame, delay, due, self.settings.will_grace)
        for _, frame, ends in rows["retained"]:
            message = Message.from_row(frame, ends)
            if not message.is_expired():
                self.router.retain(message, is_kept=False)

    # Sessions

    def open_session(self, client_id: str, user: str | None, is_clean: bool) -> tuple[Session, bool]:
        """The session of a client that connects, and whether it is an old one."""
        session = self.sessions.get(client_id)
        if session and session.ends is not None and session.ends <= time.time() and session.connection is None:
            is_clean = True
        if session and not is_clean:
            return session, True
        if session:
            if session.connection:
                session.connection.be_taken_over()
            self.end_session(session)
        session = self.sessions[client_id] = Session(client_id, self.settings, self.counters, user)
        return session, False

    def end_session(self, session: Session) -> None:
        """The session is over, with all that is in it."""
        if self.sessions.get(session.client_id) is not session:
            return
        del self.sessions[session.client_id]
        for subscribed in session.subscriptions.values():
            self.router.subscriptions.remove(subscribed.pattern, subscribed.group, session)
        will = session.take_will()
        undelivered = session.end()
        session.subscriptions.clear()
        if will and not self.is_stopping:
            self.publish_will(session, will)
        self.router.give_again(undelivered)

    def subscribe(self, subscribed: Subscribed, is_stored: bool = False) -> bool:
        """Add a subscription to its session; True if it had none of this filter."""
        session = subscribed.session
        session.add_subscription(subscribed)
        if not is_stored:
            session.save_subscription(subscribed)
        return self.router.subscriptions.add(subscribed.pattern, subscribed.group, session, subscribed)

    def unsubscribe(self, session: Session, filter: str) -> bool:
        """Take a subscription out; False if there was none."""
        subscribed = session.drop_subscription(filter)
        return subscribed is not None and self.router.subscriptions.remove(subscribed.pattern, subscribed.group, session)

    def publish_will(self, session: Session, will: Will) -> None:
        """Publish a message in a client's name."""
        try:
            self.router.publish(Message(will.topic, will.payload, will.qos, will.retain, will.properties, session))
        except Refused as refused:
            self.counters.dropped += 1
            log.warning("will to %r dropped: %s", will.topic, refused)

    # Time

    def _sweep(self) -> None:
        self._sweeper = self.loop.call_later(1, self._sweep)
        now = self.loop.time()
        for client in tuple(self.clients):
            client.sweep(now)
        wall, monotonic = time.time(), time.monotonic()
        for session in tuple(self.sessions.values()):
            if session.connection is not None:
                continue
            if session.will_at is not None and session.will_at <= monotonic:
                self.publish_will(session, session.take_will())
            if session.ends is not None and session.ends <= wall:
                self.end_session(session)

    def _tell(self) -> None:
        """Publish what has changed in $SYS."""
        self._teller = self.loop.call_later(self.settings.sys_interval, self._tell)
        for name, value in status(self).items():
            topic, payload = f"$SYS/broker/{name}", str(value).encode()
            old = self.router.retained.get(topic)
            if old is None or old.payload != payload:
                self.router.retain(Message(topic, payload, 0, True), is_kept=False)
                self.router.publish(Message(topic, payload))
