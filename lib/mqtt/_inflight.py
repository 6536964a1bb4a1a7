"""QoS 1 and 2 of one session: what has been sent and is not acknowledged, and what has been received and is not released (section 4.3 of MQTT 5).

Client and broker use both halves. Nothing here reads or writes: the caller sends what it is told to, and keeps `Sent.item`, which is its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


class Sent:
    """A message on its way, or the identifier of another packet that waits for an answer (qos 0)."""

    __slots__ = ("packet_id", "qos", "released", "item")

    def __init__(self, packet_id: int, qos: int, released: bool, item: Any) -> None:
        self.packet_id = packet_id
        self.qos = qos
        self.released = released  # QoS 2: PUBREC has come, PUBCOMP has not
        self.item = item

    def __repr__(self) -> str:
        return f"Sent({self.packet_id}, {self.qos}, {self.released}, {self.item!r})"


class Outgoing:
    """The sender's half, in the order of sending. quota: how many messages the other side takes at once (its receive maximum)."""

    def __init__(self, quota: int = 65535) -> None:
        self.quota = quota
        self.messages = 0  # of those that count against the quota
        self._sent: dict[int, Sent] = {}
        self._last = 0

    def __len__(self) -> int:
        return len(self._sent)

    def __iter__(self) -> Iterator[Sent]:
        """What is on its way, oldest first: what is sent again, as PUBLISH with dup or (released) as PUBREL, when a session goes on."""
        return iter(list(self._sent.values()))

    @property
    def full(self) -> bool:
        """Whether the next message has to wait for an acknowledgement."""
        return self.messages >= self.quota or len(self._sent) >= 65535

    def add(self, item: Any, qos: int = 0) -> int:
        """The packet identifier, 1 to 65535, under which the item is sent; qos 0: for SUBSCRIBE or UNSUBSCRIBE. RuntimeError: none is free."""
        sent = self._sent
        if len(sent) >= 65535:
            raise RuntimeError("all 65535 packet identifiers are in use")
        packet_id = self._last % 65535 + 1
        while packet_id in sent:
            packet_id = packet_id % 65535 + 1
        self._last = packet_id
        self.restore(Sent(packet_id, qos, False, item))
        return packet_id

    def restore(self, sent: Sent) -> None:
        """Goes on with what an earlier run has sent."""
        self._sent[sent.packet_id] = sent
        if sent.qos:
            self.messages += 1

    def get(self, packet_id: int) -> Sent | None:
        """What was sent under an identifier, None if nothing."""
        return self._sent.get(packet_id)

    def done(self, packet_id: int, qos: int) -> Any | None:
        """The item that is finished: PUBACK (qos 1), PUBCOMP or a PUBREC that says no (2), SUBACK or UNSUBACK (0) has come. None: there is none such."""
        sent = self._sent.get(packet_id)
        if sent is None or sent.qos != qos:
            return None
        del self._sent[packet_id]
        if qos:
            self.messages -= 1
        return sent.item

    def received(self, packet_id: int) -> bool:
        """PUBREC has come: PUBREL is to be sent, also for a second one. False: there is no such message, which PUBREL says with reason 0x92."""
        sent = self._sent.get(packet_id)
        if sent is None or sent.qos != 2:
            return False
        sent.released = True
        return True

    def clear(self) -> list[Sent]:
        """Forgets everything, as at the end of a session, and returns what was on its way, oldest first."""
        sent, self._sent, self.messages = list(self._sent.values()), {}, 0
        return sent


class Incoming:
    """The receiver's half: identifiers of messages with QoS 2 that have come and are not released yet. limit: our receive maximum."""

    def __init__(self, limit: int = 65535) -> None:
        self.limit = limit
        self.ids: set[int] = set()

    @property
    def full(self) -> bool:
        """Whether one more message breaks our receive maximum (reason code 0x93)."""
        return len(self.ids) >= self.limit

    def add(self, packet_id: int) -> bool:
        """PUBLISH with QoS 2 has come: PUBREC is to be sent. True if the message is new, False if it has been delivered."""
        if packet_id in self.ids:
            return False
        self.ids.add(packet_id)
        return True

    def release(self, packet_id: int) -> bool:
        """PUBREL has come: PUBCOMP is to be sent, with reason 0x92 (packet identifier not found) where this is False."""
        if packet_id not in self.ids:
            return False
        self.ids.discard(packet_id)
        return True

    def clear(self) -> None:
        """The session has ended."""
        self.ids.clear()
