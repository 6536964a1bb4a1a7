"""A client's connection: who it is, its session, its subscriptions, its end (MQTT 5 chapter 3; what is other in 3.1.1 is said)."""

import asyncio
import secrets
import time
from functools import partial

from mqtt.broker._access import Rights
from mqtt.broker._peer import (BAD_CLIENT_ID, BAD_CREDENTIALS, BAD_FILTER, BAD_METHOD, BAD_TOPIC, KEEP_ALIVE_TIMEOUT, NO_SUBSCRIPTION, NOT_AUTHORIZED,
                               PROTOCOL_ERROR, QUOTA, SHUTTING_DOWN, SUCCESS, TAKEN_OVER, TOO_LARGE, Peer, log)
from mqtt.broker._session import Subscribed
from mqtt.broker._settings import MAX_SESSION_EXPIRY
from mqtt.broker._tree import split_share
from mqtt.packet import ConnAck, Decoder, PingResp, SubAck, UnsubAck

_WILL_WITH_DISCONNECT = 0x04
_PINGRESP = PingResp().encode(5)
_UNAVAILABLE = 0x88
_CONNACK_REASONS = {*range(0x80, 0x8B), BAD_METHOD, BAD_TOPIC, TOO_LARGE, QUOTA, *range(0x99, 0xA0)} - {0x9E}  # MQTT 5 section 3.2.2.2
_OLD_REASONS = {0x84: 1, BAD_CLIENT_ID: 2, _UNAVAILABLE: 3, BAD_CREDENTIALS: 4, NOT_AUTHORIZED: 5, BAD_METHOD: 5, QUOTA: 3}  # CONNACK of 3.1.1, section 3.2.2.3
_TIME_TO_ENTER = 60  # seconds for the store to commit a new session
_LONGEST_ID = 1024  # characters of a client identifier


class Client(Peer):
    """A client. It is `connecting` until its CONNACK goes out; what it sends meanwhile is kept."""

    def __init__(self, broker, listener):
        super().__init__(broker)
        self._listener = listener
        self._handlers_later = self._handlers
        self._handlers = {1: self._on_connect}
        self.decoder = Decoder(None, self.settings.max_packet_size, min(self.settings.max_packet_size, self.settings.max_connect_size))
        self.since = self.last_received
        self.keep_alive = 0  # seconds; 0: none
        self._connect = None  # the CONNECT packet
        self._held = None  # packets that came while it was looked at
        self._checking: asyncio.Task | None = None

    def handlers(self) -> dict:
        """Those of a client that is connected."""
        return {**super().handlers(), 8: self._on_subscribe, 10: self._on_unsubscribe, 12: self._on_pingreq, 14: self._on_disconnect}

    # Connecting

    def connection_made(self, transport) -> None:
        """The transport is there; one too many is closed."""
        settings, broker = self.settings, self.broker
        broker.clients.add(self)
        broker.connecting += 1
        if (settings.max_connections and len(broker.clients) > settings.max_connections
                or settings.max_pending_connects and broker.connecting > settings.max_pending_connects):
            self.counters.refused += 1
            self.is_closing = True
            transport.abort()
        super().connection_made(transport)

    def _take(self, packets: list) -> None:
        if self.session is None and self._held is None:  # CONNECT, and what was sent without waiting for its answer
            super()._take(packets[:1])
            packets = packets[1:]
        if self._held is not None:
            self._held.extend(packets)
        else:
            super()._take(packets)

    def _on_connect(self, packet) -> None:
        self._connect = packet
        self.version = self.decoder.version
        self._handlers = {}
        self._held = []
        self.allow(self.settings.max_packet_size)
        self.pause_reading()
        self._checking = asyncio.ensure_future(self._check())

    def refuse(self, reason: int, text: str) -> None:
        """Answer CONNECT with a reason and close."""
        log.info("client %s: refused: %s", self.name, text)
        self.counters.refused += 1
        if reason not in _CONNACK_REASONS:
            reason = _UNAVAILABLE if reason == SHUTTING_DOWN else PROTOCOL_ERROR
        if self.version == 5:
            self.send(ConnAck(False, reason, {"reason_string": text}).encode(5))
        else:
            self.send(ConnAck(False, _OLD_REASONS.get(reason, 5)).encode(4))
        self.close_for(reason)

    def fail(self, reason: int, text: str) -> None:
        """Close because of an error; one in CONNECT is answered with CONNACK."""
        if self.session is None and self.decoder.version:
            self.version = self.decoder.version
            self.refuse(reason, text)
        elif self.session is None and reason == 0x84:  # a version that does not exist: in the form of the oldest (3.1.1 section 3.1.2.2)
            self.version = 4
            self.refuse(reason, text)
        else:
            super().fail(reason, text)

    async def _check(self) -> None:
        """Who it is, and whether it may come in."""
        packet = self._connect
        try:
            user, problem = await self._who(packet)
        except (ValueError, OSError) as error:
            log.error("passwords cannot be checked: %s", error)
            user, problem = None, (0x80, "passwords cannot be checked")
        if self.is_closing:
            return
        client_id = packet.client_id
        if not problem:
            problem = self._id_problem(packet, user)
        if problem:
            self.refuse(*problem)
            return
        assigned = ""
        if not client_id:
            assigned = client_id = f"krait-{secrets.token_hex(8)}"
        rights = Rights(self.settings.rules, user, client_id)
        problem = self._will_problem(packet, rights)
        if problem:
            self.refuse(*problem)
            return
        self._open_session(packet, client_id, user, rights, assigned)

    async def _who(self, packet) -> tuple[str | None, tuple[int, str] | None]:
        """The user's name, and why not."""
        if self.version == 5 and "authentication_method" in packet.properties:
            return None, (BAD_METHOD, "no authentication methods here")
        listener, passwords = self._listener, self.broker.passwords
        if listener.certificate_user:
            certificate = self.info("peercert") or {}
            names = [value for part in certificate.get("subject", ()) for name, value in part if name == "commonName"]
            return (names[0], None) if names else (None, (NOT_AUTHORIZED, "the certificate has no common name"))
        if packet.username is not None and passwords:
            password = packet.password or b""
            if await self.broker.verify(packet.username, password):
                return packet.username, None
            return None, (BAD_CREDENTIALS, "user name or password is wrong")
        if not listener.may_be_anonymous(bool(passwords)):
            return None, (NOT_AUTHORIZED, "a user name and a password are needed" if passwords else "the broker has no file of passwords")
        return None, None

    def _id_problem(self, packet, user: str | None) -> tuple[int, str] | None:
        client_id = packet.client_id
        if not client_id and self.version == 4 and not packet.clean_start:
            return BAD_CLIENT_ID, "a client without identifier has to ask for a clean session"
        if len(client_id) > _LONGEST_ID:
            return BAD_CLIENT_ID, f"a client identifier has at most {_LONGEST_ID} characters"
        held = self.broker.sessions.get(client_id)
        if held and held.user != user or client_id.startswith("$"):
            return NOT_AUTHORIZED, "the client identifier belongs to somebody else"
        most = self.settings.max_sessions
        if not held and most and len(self.broker.sessions) >= most:
            return QUOTA, f"the broker has {most} sessions, and takes no more"
        return None

    def _will_problem(self, packet, rights: Rights) -> tuple[int, str] | None:
        if packet.will is None:
            return None
        topic = packet.will.topic
        if not rights.may_write(topic) or topic.startswith("$"):
            return NOT_AUTHORIZED, f"the will's topic {topic[:100]} is not for this client"
        if topic.count("/") >= self.settings.max_topic_levels:
            return BAD_TOPIC, f"the will's topic has more than {self.settings.max_topic_levels} levels"
        return None

    def _open_session(self, packet, client_id: str, user: str | None, rights: Rights, assigned: str) -> None:
        broker = self.broker
        changes = broker.store.changes if broker.store else 0
        session, is_present = broker.open_session(client_id, user, packet.clean_start)
        session.rights = rights
        asked = packet.properties.get("session_expiry_interval", 0) if self.version == 5 else 0 if packet.clean_start else MAX_SESSION_EXPIRY
        session.expiry = min(asked, self.settings.max_session_expiry)
        session.ends = None
        if session.expiry and broker.store:
            session.keep(broker.store)
        session.save()
        if session.connection is None and packet.will:
            session.set_will(packet.will)
        if session.connection is None:  # until CONNACK is out, as if the client were away: it may never get there
            session.ends = time.time() + max(session.expiry, _TIME_TO_ENTER)
        answer = self._answer_properties(packet, session, asked, assigned) if self.version == 5 else {}
        frame = ConnAck(is_present, SUCCESS, answer).encode(self.version)
        self.acknowledge(frame, changes, then=partial(self._enter, session), failed=partial(self.refuse, QUOTA, "the store cannot be written to"))

    def _answer_properties(self, packet, session, asked: int, assigned: str) -> dict:
        settings = self.settings
        answer = {"receive_maximum": settings.max_receive, "maximum_packet_size": settings.max_packet_size, "topic_alias_maximum": settings.max_topic_alias}
        if assigned:
            answer["assigned_client_identifier"] = assigned
        if session.expiry != asked:
            answer["session_expiry_interval"] = session.expiry
        if self._allowed_keep_alive(packet) != packet.keep_alive:
            answer["server_keep_alive"] = self._allowed_keep_alive(packet)
        self.peer_max_packet = packet.properties.get("maximum_packet_size", self.peer_max_packet)
        return answer

    def _allowed_keep_alive(self, packet) -> int:
        most = self.settings.max_keep_alive
        return most if most and self.version == 5 and (packet.keep_alive > most or not packet.keep_alive) else packet.keep_alive

    def _enter(self, session) -> None:
        """CONNACK is out: the session is this connection's."""
        packet, broker = self._connect, self.broker
        if broker.sessions.get(session.client_id) is not session:  # somebody else was faster
            self.close()
            return
        if session.connection is not None:
            session.connection.be_taken_over()
        self.session = session
        session.connection = self
        session.ends = None
        session.set_will(packet.will)
        broker.connecting -= 1
        self.keep_alive = self._allowed_keep_alive(packet)
        self._handlers = self._handlers_later
        broker.router.connections_changed()
        self.counters.connected += 1
        log.info("client %s: connected, version %s", self.name, "5" if self.version == 5 else "3.1.1")
        self._connect = self._checking = None
        held, self._held = self._held, None
        if not (self.is_blocked or self._is_held):
            self.resume_reading()
        session.resume(packet.properties.get("receive_maximum", 65535) if self.version == 5 else 65535)
        self._take(held)

    # The end

    def be_taken_over(self) -> None:
        """Another connection has come with the same client identifier (section 3.1.4). What becomes of the session is its business."""
        self.fail(TAKEN_OVER, "the client has connected anew")
        self._let_go()

    def lost(self, error) -> None:
        """The connection is gone."""
        broker = self.broker
        broker.clients.discard(self)
        if self._checking is not None:
            self._checking.cancel()
        if self._handlers is not self._handlers_later:
            broker.connecting -= 1
        self.out.clear()
        self._retained.clear()
        self._leave()

    def _leave(self) -> None:
        """The session goes on alone, or ends."""
        session = self.session
        if session is None or session.connection is not self:
            return
        self._let_go()
        if not session.expiry:
            self.broker.end_session(session)
        else:
            session.ends = None if session.is_forever else time.time() + session.expiry
            session.save()

    def _let_go(self) -> None:
        """The session is not this connection's any more; the will is due."""
        session, broker = self.session, self.broker
        session.connection = None
        broker.router.connections_changed()
        log.info("client %s: gone", self.name)
        if session.will and not broker.is_stopping:
            if session.will_delay:
                session.delay_will(session.will_delay)
            else:
                broker.publish_will(session, session.take_will())

    def sweep(self, now: float) -> None:
        """Once a second, at loop.time() now: what has taken too long?"""
        if self.is_closing:
            if now - self.closing_since > 5:
                self.abort()
        elif self.session is None:
            if now - self.since > self.settings.connect_timeout:
                log.info("client %s: no CONNECT in %g s", self.name, self.settings.connect_timeout)
                self.counters.refused += 1
                self.close()
        elif self.keep_alive and now - self.last_received > 1.5 * self.keep_alive:
            self.fail(KEEP_ALIVE_TIMEOUT, f"nothing came in 1.5 times {self.keep_alive} s")

    def _on_disconnect(self, packet) -> None:
        if self.version == 5:
            if packet.reason != _WILL_WITH_DISCONNECT:
                self.session.take_will()
            expiry = packet.properties.get("session_expiry_interval")
            if expiry is not None:
                if expiry and not self.session.expiry:
                    self.fail(PROTOCOL_ERROR, "a session that was to end with its connection cannot be kept now")
                    return
                self.session.expiry = min(expiry, self.settings.max_session_expiry)
        else:
            self.session.take_will()
        self.flush()
        self.end()  # it is the client's turn to close (section 3.14.4); if we did, it might see an error of its transport
        self._leave()

    # Messages, subscriptions

    def _on_pingreq(self, packet) -> None:
        self.send(_PINGRESP)

    def refusal(self, topic: str, packet) -> int:
        """Whether the client may write there. A client of MQTT 3.1.1 cannot be told; its message is dropped."""
        if topic.startswith("$") or not self.session.rights.may_write(topic):
            log.warning("client %s: may not publish to %r", self.name, topic[:200])
            self.counters.denied += 1
            return NOT_AUTHORIZED
        if topic.count("/") >= self.settings.max_topic_levels:
            self.counters.denied += 1
            return BAD_TOPIC
        return SUCCESS

    def _on_subscribe(self, packet) -> None:
        changes = self.broker.store.changes if self.broker.store else 0
        identifiers = packet.properties.get("subscription_identifier") if self.version == 5 else None
        identifier = identifiers[0] if isinstance(identifiers, list) else identifiers
        reasons, fresh = [], []
        for wanted in packet.filters:
            group, pattern = split_share(wanted.filter)
            reason = self._may_subscribe(wanted.filter, pattern)
            reasons.append(reason or wanted.qos)
            if not reason:
                subscribed = Subscribed(self.session, wanted.filter, group, pattern, wanted.qos, wanted.no_local, wanted.retain_as_published,
                                        wanted.retain_handling, identifier)
                is_new = self.broker.subscribe(subscribed)
                if group is None and (wanted.retain_handling == 0 or wanted.retain_handling == 1 and is_new):
                    fresh.append(subscribed)
        if self.version == 4:
            reasons = [min(reason, 0x80) for reason in reasons]
        self.acknowledge(SubAck(packet.packet_id, reasons).encode(self.version), changes, then=partial(self._send_all_retained, fresh))

    def _send_all_retained(self, fresh: list[Subscribed]) -> None:
        for subscribed in fresh:
            self.send_retained(subscribed)

    def _may_subscribe(self, filter: str, pattern: str) -> int:
        session = self.session
        if not session.rights.may_subscribe(pattern):
            self.counters.denied += 1
            log.warning("client %s: may not subscribe to %r", self.name, filter[:200])
            return NOT_AUTHORIZED
        if pattern.count("/") >= self.settings.max_topic_levels:
            return BAD_FILTER
        if filter not in session.subscriptions and not session.has_room_for_filter(filter):
            return QUOTA
        return SUCCESS

    def _on_unsubscribe(self, packet) -> None:
        changes = self.broker.store.changes if self.broker.store else 0
        reasons = [SUCCESS if self.broker.unsubscribe(self.session, filter) else NO_SUBSCRIPTION for filter in packet.filters]
        self.acknowledge(UnsubAck(packet.packet_id, reasons).encode(self.version), changes)
