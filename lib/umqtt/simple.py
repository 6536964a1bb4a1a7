"""MicroPython's umqtt.simple: an MQTT 3.1.1 client that waits, with names and arguments as in micropython-lib.

What is different from there: the broker's certificate is verified (ssl=True); QoS 2 works; a message that comes while another one is acknowledged
reaches the callback, and no packet is dropped; waiting for an answer ends after `timeout` seconds with OSError (ETIMEDOUT); with a keepalive,
waiting sends the pings, and finds a dead broker. One thread at a time uses a client.
"""

from __future__ import annotations

import errno
import select
import socket
import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from mqtt._inflight import Incoming, Outgoing
from mqtt.packet import (CONNACK, PINGRESP, PUBACK, PUBCOMP, PUBLISH, PUBREC, PUBREL, SUBACK, Connect, Decoder, Disconnect, Packet, PingReq, ProtocolError,
                         PubAck, PubComp, Publish, PubRec, PubRel, Subscribe, Subscription, Will, publish_frame)

if TYPE_CHECKING:
    from ssl import SSLContext

__all__ = ["MQTTClient", "MQTTException"]

_VERSION = 4


class MQTTException(Exception):
    """The broker has said no: the argument is its return code, or a text where it has broken the protocol."""


def _text(v: bytes | str) -> str:
    return v if isinstance(v, str) else bytes(v).decode()


def _context(params: dict[str, Any]) -> SSLContext:
    """TLS as ssl_params say: cafile, capath or cadata of authorities, cert and key (files) of the client."""
    unknown = set(params) - {"server_hostname", "cafile", "capath", "cadata", "cert", "key"}
    if unknown:
        raise ValueError(f"ssl_params: there is no {', '.join(sorted(unknown))}; server_hostname, cafile, capath, cadata, cert and key are known")
    import ssl  # OpenSSL is loaded where TLS is used

    context = ssl.create_default_context(cafile=params.get("cafile"), capath=params.get("capath"), cadata=params.get("cadata"))
    if "cert" in params:
        context.load_cert_chain(params["cert"], params.get("key"))
    return context


class MQTTClient:
    """A client of the broker `server`. keepalive: seconds, 0: none. ssl: True, or an SSLContext. timeout: seconds that an answer may take."""

    timeout = 10.0

    def __init__(
        self, client_id: bytes | str, server: str, port: int = 0, user: bytes | str | None = None, password: bytes | str | None = None, keepalive: int = 0,
        ssl: bool | SSLContext | None = None, ssl_params: dict[str, Any] | None = None,
    ) -> None:
        self.client_id = client_id
        self.server = server
        self.port = port or (8883 if ssl else 1883)
        self.user = user
        self.pswd = password
        self.keepalive = keepalive
        self.ssl = ssl
        self.ssl_params = ssl_params or {}
        self.sock: socket.socket | None = None
        self.cb: Callable[[bytes, bytes], None] | None = None
        self._will: Will | None = None
        self._packets: deque[Packet] = deque()
        self._outgoing = Outgoing()
        self._incoming = Incoming()
        self._heard = self._said = 0.0  # when something came, and was sent, on the monotonic clock
        self._pinged = False

    def set_callback(self, f: Callable[[bytes, bytes], None]) -> None:
        """What is called with topic and message, both bytes, by wait_msg, check_msg, and where an acknowledgement is waited for."""
        self.cb = f

    def set_last_will(self, topic: bytes | str, msg: bytes | str, retain: bool = False, qos: int = 0) -> None:
        """What the broker publishes when this client is lost; before connect. ValueError: it cannot be published."""
        will = Will(_text(topic), msg, qos, retain)
        Connect("", _VERSION, will=will).encode(_VERSION)
        self._will = will

    # ---- Connection ----

    def connect(self, clean_session: bool = True, timeout: float | None = None) -> bool:
        """Connects; True: the broker goes on with the session of an earlier connection. MQTTException(code), OSError: there is no connection."""
        self._close()
        if timeout is not None:
            self.timeout = timeout
        user = None if self.user is None else _text(self.user)
        packet = Connect(_text(self.client_id), _VERSION, clean_session, self.keepalive, user, self.pswd, self._will).encode(_VERSION)
        sock = socket.create_connection((self.server, self.port), self.timeout)
        try:
            if self.ssl:
                context = _context(self.ssl_params) if isinstance(self.ssl, bool) else self.ssl
                sock = context.wrap_socket(sock, server_hostname=self.ssl_params.get("server_hostname", self.server))
            sock.settimeout(self.timeout)
            self.sock, self._decoder = sock, Decoder(_VERSION)
            self._heard, self._pinged = time.monotonic(), False
            self._packets.clear()
            self._write(packet)
            self._next(time.monotonic() + self.timeout)
            answer = self._packets.popleft()
            if answer.kind != CONNACK:
                raise MQTTException(f"the broker answers with {type(answer).__name__}: CONNACK is expected")
            if answer.reason:
                raise MQTTException(answer.reason)
        except BaseException:
            sock.close()
            self.sock = None
            raise
        if not answer.session_present:
            self._incoming.clear()
        return answer.session_present

    def disconnect(self) -> None:
        """Ends the connection."""
        if self.sock is not None:
            try:
                self._write(Disconnect().encode(_VERSION))
            finally:
                self._close()

    def _close(self) -> None:
        if self.sock is not None:
            self.sock.close()
            self.sock = None

    def ping(self) -> None:
        """Sends a PINGREQ. With a keepalive, waiting does so by itself."""
        self._write(PingReq().encode(_VERSION))
        self._pinged = True

    # ---- Bytes ----

    def _write(self, data: bytes) -> None:
        if self.sock is None:
            raise OSError(errno.ENOTCONN, "the client is not connected")
        self.sock.settimeout(self.timeout)
        self.sock.sendall(data)
        self._said = time.monotonic()

    def _read(self, until: float | None) -> bool:
        """Reads what is there; False: nothing came until then (None: whenever)."""
        if self.sock is None:
            raise OSError(errno.ENOTCONN, "the client is not connected")
        while not self._packets:
            seconds = self._next_look(until)
            if not self._readable(seconds):
                self._keep_alive()
                if until is not None and time.monotonic() >= until:
                    return False
                continue
            data = self.sock.recv(4096)
            if not data:
                raise OSError(errno.ECONNRESET, "the broker has closed the connection")
            self._heard, self._pinged = time.monotonic(), False
            try:
                self._packets.extend(self._decoder.feed(data))
            except ProtocolError as e:
                raise MQTTException(str(e)) from e
        return True

    def _readable(self, seconds: float | None) -> bool:
        if self.ssl and self.sock.pending():
            return True
        return bool(select.select([self.sock], [], [], seconds)[0])

    def _next_look(self, until: float | None) -> float | None:
        """Seconds until something has to be done without anything having come."""
        due = [] if until is None else [until]
        if self.keepalive:
            due.append(self._heard + 1.4 * self.keepalive)
            if not self._pinged:
                due.append(min(self._heard, self._said) + 0.75 * self.keepalive)
        return max(0.0, min(due) - time.monotonic()) if due else None

    def _keep_alive(self) -> None:
        """Asks a silent broker for a sign of life; OSError (ETIMEDOUT): it has given none."""
        now = time.monotonic()
        if not self.keepalive:
            return
        if now - self._heard >= 1.4 * self.keepalive:
            self._close()
            raise OSError(errno.ETIMEDOUT, f"the broker is silent for {now - self._heard:.1f} s")
        if not self._pinged and now - min(self._heard, self._said) >= 0.75 * self.keepalive:
            self.ping()

    # ---- Packets ----

    def _next(self, until: float) -> None:
        """Waits for a packet. OSError (ETIMEDOUT): none came until then."""
        if not self._read(until):
            raise OSError(errno.ETIMEDOUT, f"the broker has not answered within {self.timeout} s")

    def _acknowledge(self, packet_id: int, qos: int) -> None:
        """Handles packets until the one under that identifier is acknowledged. If that fails the identifier is free: the caller may try again."""
        until = time.monotonic() + self.timeout
        try:
            while self._outgoing.get(packet_id) is not None:
                self._next(until)
                self._handle(self._packets.popleft())
        finally:
            self._outgoing.done(packet_id, qos)

    def _handle(self, packet: Packet) -> None:
        kind = packet.kind
        if kind == PUBLISH:
            self._take(packet)
        elif kind == PUBREL:
            self._incoming.release(packet.packet_id)
            self._write(PubComp(packet.packet_id).encode(_VERSION))
        elif kind == PUBREC:
            self._write(PubRel(packet.packet_id).encode(_VERSION))
        elif kind in (PUBACK, PUBCOMP):
            self._outgoing.done(packet.packet_id, 1 if kind == PUBACK else 2)
        elif kind == SUBACK:
            answers = self._outgoing.done(packet.packet_id, 0)
            if answers is not None:
                answers += packet.reasons
        elif kind != PINGRESP:
            raise MQTTException(f"the broker has sent {type(packet).__name__}, which is not for clients")

    def _take(self, packet: Publish) -> None:
        new = packet.qos < 2 or self._incoming.add(packet.packet_id)
        if new:
            if self.cb is None:
                raise RuntimeError("a message came, and there is no callback: call set_callback before subscribe")
            self.cb(packet.topic.encode(), packet.payload)
        if packet.qos:
            self._write((PubAck if packet.qos == 1 else PubRec)(packet.packet_id).encode(_VERSION))

    def publish(self, topic: bytes | str, msg: bytes | str, retain: bool = False, qos: int = 0) -> None:
        """Publishes a message; with QoS 1 and 2 it has arrived at the broker when this returns. ValueError: it cannot be published."""
        if not qos:
            self._write(publish_frame(_text(topic), msg, 0, retain, version=_VERSION))
            return
        packet_id = self._outgoing.add(topic, qos)
        try:
            self._write(publish_frame(_text(topic), msg, qos, retain, False, packet_id, version=_VERSION))
        except BaseException:
            self._outgoing.done(packet_id, qos)
            raise
        self._acknowledge(packet_id, qos)

    def subscribe(self, topic: bytes | str, qos: int = 0) -> None:
        """Subscribes to a topic filter. MQTTException(128): the broker has refused it."""
        answers: list[int] = []
        packet_id = self._outgoing.add(answers)
        try:
            self._write(Subscribe(packet_id, [Subscription(_text(topic), qos)]).encode(_VERSION))
        except BaseException:
            self._outgoing.done(packet_id, 0)
            raise
        self._acknowledge(packet_id, 0)
        if answers[0] == 0x80:
            raise MQTTException(0x80)

    def wait_msg(self) -> None:
        """Waits for one packet of the broker, and handles it: a message goes to the callback. OSError: the connection is lost."""
        self._read(None)
        self._handle(self._packets.popleft())

    def check_msg(self) -> None:
        """As wait_msg where a packet is there; otherwise returns at once."""
        if self._read(time.monotonic()):
            self._handle(self._packets.popleft())
