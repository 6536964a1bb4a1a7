"""What the broker sends a client: each message once per session, under its topic, to `messages` (section 4.3)."""

from __future__ import annotations

from collections.abc import Callable

from ._error import MqttError
from ._inflight import Incoming
from ._link import Link
from ._messages import Messages
from .packet import PubComp, Publish, PubRec, PubRel


class Receiver:
    """limit: our receive maximum. aliases: how many topics the broker may name by number. takes: whether a message is for somebody else than `messages`."""

    def __init__(self, messages: Messages, version: int, limit: int, aliases: int, takes: Callable[[Publish], bool]) -> None:
        self.incoming = Incoming(limit)
        self._messages = messages
        self._alias_limit = aliases if version == 5 else 0
        self._aliases: dict[int, str] = {}
        self._takes = takes
        self._link: Link | None = None

    def connected(self, link: Link, session_present: bool) -> None:
        """There is a connection."""
        self._link = self._messages.link = link
        self._aliases = {}
        if not session_present:
            self.incoming.clear()
            self._messages.forget()

    def on_publish(self, packet: Publish) -> None:
        if self._alias_limit and not self._resolve_alias(packet):
            return
        if packet.qos == 2:
            if not self._is_new(packet):
                return
        elif packet.dup and self._messages.expects(packet):
            return
        if self._takes(packet):
            self._messages.confirm(packet, self._link)
        else:
            self._messages.put(packet)

    def _is_new(self, packet: Publish) -> bool:
        """Whether a message with QoS 2 has not come before; PUBREC, where it is time for it."""
        incoming, known = self.incoming, packet.packet_id in self.incoming.ids
        if incoming.full and not known:
            self._link.refuse(MqttError("the broker has broken the protocol: it has sent more than the receive maximum", 0x93))
            return False
        incoming.add(packet.packet_id)
        if not (self._messages.expects(packet) if known else self._messages.is_manual):
            self._link.send(PubRec(packet.packet_id))
        return not known

    def _resolve_alias(self, packet: Publish) -> bool:
        """Puts in the topic that an alias stands for. False: the broker has broken the protocol."""
        if packet.topic and not self._aliases and "topic_alias" not in packet.properties:
            return True
        alias = packet.properties.get("topic_alias")
        if alias is None:
            return True
        if alias > self._alias_limit or not packet.topic and alias not in self._aliases:
            self._link.refuse(MqttError(f"the broker has broken the protocol: topic alias {alias} is not known", 0x94))
            return False
        if packet.topic:
            self._aliases[alias] = packet.topic
        else:
            packet.topic = self._aliases[alias]
        return True

    def on_pubrel(self, packet: PubRel) -> None:
        known = self.incoming.release(packet.packet_id)
        self._link.send(PubComp(packet.packet_id, 0 if known else 0x92))
