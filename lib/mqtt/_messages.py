"""Messages that have come, until the program takes them."""

from __future__ import annotations

import asyncio
from collections import deque

from ._error import MqttError
from ._link import Link
from .packet import PubAck, Publish, PubRec


class Messages:
    """An asynchronous iterator over messages; when `limit` messages wait, no more are read.

    One with QoS 1 is acknowledged when it is taken, one with QoS 2 when it comes; is_manual: both by ack().
    """

    def __init__(self, limit: int, version: int, is_manual: bool = False) -> None:
        self.link: Link | None = None  # where acknowledgements go
        self.is_manual = is_manual
        self._unacknowledged: dict[int, list] = {}  # message and link by packet identifier
        self._limit = limit
        self._version = version
        self._queue: deque[tuple[Publish, Link | None]] = deque()
        self._takers: deque[asyncio.Future[None]] = deque()
        self._ended = False
        self._error: MqttError | None = None

    def __len__(self) -> int:
        """How many wait."""
        return len(self._queue)

    def __aiter__(self) -> Messages:
        return self

    async def __anext__(self) -> Publish:
        while not self._queue:
            if self._ended:
                if self._error is not None:
                    raise self._error
                raise StopAsyncIteration
            await self._wait()
        return self.get_nowait()

    async def get(self) -> Publish:
        """The next message. MqttError: there will be none, because the connection has ended for good."""
        try:
            return await self.__anext__()
        except StopAsyncIteration:
            raise MqttError("the client has disconnected") from None

    def get_nowait(self) -> Publish:
        """The next message; IndexError if none waits."""
        packet, link = self._queue.popleft()
        current = self.link
        if link is not None:
            self.confirm(packet, link)
        if current is not None and current.holding and len(self._queue) <= self._limit // 2:
            current.hold(False)
        return packet

    async def _wait(self) -> None:
        future = asyncio.get_running_loop().create_future()
        self._takers.append(future)
        try:
            await future
        except asyncio.CancelledError:
            if future in self._takers:
                self._takers.remove(future)
            elif self._queue:
                self._wake()  # it was for us
            raise

    def _wake(self) -> None:
        while self._takers:
            future = self._takers.popleft()
            if not future.done():
                future.set_result(None)
                return

    def put(self, packet: Publish) -> None:
        """A message has come over the current link."""
        if self.is_manual and packet.qos:
            self._unacknowledged[packet.packet_id] = [packet, self.link]
            self._queue.append((packet, None))
        else:
            self._queue.append((packet, self.link if packet.qos == 1 else None))
        if self._takers:
            self._wake()
        if len(self._queue) >= self._limit:
            self.hold_if_full()

    def confirm(self, packet: Publish, link: Link) -> None:
        """Sends the acknowledgement that lacks: PUBACK, or PUBREC where that was not sent when the message came."""
        if link is self.link and link.alive and (packet.qos == 1 or packet.qos and self.is_manual):
            kind = PubAck if packet.qos == 1 else PubRec
            link.write(kind(packet.packet_id).encode(self._version))

    def ack(self, packet: Publish) -> None:
        """Acknowledges a message; one that is acknowledged, has QoS 0, or whose session is over, is left alone."""
        if not self.is_manual:
            raise RuntimeError("ack() is for clients with manual_ack=True: this one acknowledges messages when they are taken")
        if not isinstance(packet, Publish):
            raise TypeError(f"ack: a message is expected, not {type(packet).__name__}")
        its = self._unacknowledged.get(packet.packet_id) if packet.qos else None
        if its is not None and its[0] is packet:
            del self._unacknowledged[packet.packet_id]
            self.confirm(*its)

    def expects(self, packet: Publish) -> bool:
        """Whether a message that comes again, over the current link, waits for ack()."""
        its = self._unacknowledged.get(packet.packet_id)
        if its is None or its[0].qos != packet.qos:
            return False
        its[1] = self.link
        return True

    def forget(self) -> None:
        """The session is over: what has come before cannot be acknowledged."""
        self._unacknowledged.clear()

    def hold_if_full(self) -> None:
        """Stops reading where too many messages wait."""
        if self.link is not None and not self.link.holding and len(self._queue) >= self._limit:
            self.link.hold(True)

    def begin(self) -> None:
        """The client connects."""
        self._ended, self._error = False, None

    def end(self, error: MqttError | None) -> None:
        """No more will come. What waits can still be taken."""
        self._ended, self._error = True, error
        takers, self._takers = self._takers, deque()
        for future in takers:
            if not future.done():
                future.set_result(None)
