"""Messages that have come, until the program takes them."""

from __future__ import annotations

import asyncio
from collections import deque

from ._error import MqttError
from ._link import Link
from .packet import PubAck, Publish


class Messages:
    """An asynchronous iterator over messages. One with QoS 1 is acknowledged when it is taken; when `limit` messages wait, no more are read."""

    def __init__(self, limit: int, version: int) -> None:
        self.link: Link | None = None  # where acknowledgements go
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
        if link is not None and link is current and link.alive:
            link.write(PubAck(packet.packet_id).encode(self._version))
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
        self._queue.append((packet, self.link if packet.qos == 1 else None))
        if self._takers:
            self._wake()
        if len(self._queue) >= self._limit:
            self.hold_if_full()

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
