"""Bytes in both directions over a transport of asyncio, with bounded buffers and deadlines; and the bodies of messages that come that way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from _http import Chunks

_HIGH = 65536  # bytes that have come and that nobody has taken: then reading pauses


class Late(Exception):
    """The other side took too long."""


class Broken(ConnectionError):
    """The connection has ended in the middle of a message."""


class Stream(asyncio.Protocol):
    """One connection. What comes is in `data`; `more` waits for more of it. One task reads, and one writes.

    deadline: by the loop's clock; who watches it calls `expire`."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.transport: asyncio.Transport | None = None
        self.data = bytearray()
        self.ended = self.closed = False  # the other side sends no more; the connection is gone
        self.deadline = float("inf")
        self._late = False
        self._reader: asyncio.Future[None] | None = None
        self._writer: asyncio.Future[None] | None = None
        self._paused = self._full = False  # reading; writing

    # ---- The transport's calls ----

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.data += data
        if len(self.data) > _HIGH and not self._paused:
            self._paused = True
            self.transport.pause_reading()
        self._wake()

    def eof_received(self) -> bool:
        self.ended = True
        self._wake()
        return True  # an answer may still go out

    def connection_lost(self, error: Exception | None) -> None:
        self.ended = self.closed = True
        self._full = False
        self._wake()

    def pause_writing(self) -> None:
        self._full = True

    def resume_writing(self) -> None:
        self._full = False
        self._wake()

    def _wake(self) -> None:
        for waiter in (self._reader, self._writer):
            if waiter is not None and not waiter.done():
                waiter.set_result(None)

    async def _wait(self, waiter: asyncio.Future[None]) -> None:
        if not self._late:
            await waiter
        if self._late:
            raise Late

    # ---- Reading ----

    def expire(self) -> None:
        """The deadline has passed: whoever waits gets Late, and so does whoever will."""
        self._late = True
        self._wake()

    async def more(self) -> bool:
        """Wait until data has grown; False: it will not."""
        size = len(self.data)
        while len(self.data) <= size:
            if self.ended:
                return False
            if self._paused:
                self._paused = False
                self.transport.resume_reading()
            self._reader = self.loop.create_future()
            await self._wait(self._reader)
        return True

    def take(self, most: int) -> bytes:
        """At most so many bytes of what has come."""
        part = bytes(self.data[:most])
        del self.data[:most]
        return part

    # ---- Writing ----

    def write(self, data: bytes) -> None:
        """Have data sent; ask drain where there is much."""
        if not self.closed:
            self.transport.write(data)

    async def drain(self) -> None:
        """Wait until the other side has taken most of what was written. Broken: it has gone."""
        while self._full and not self.closed:
            self._writer = self.loop.create_future()
            await self._wait(self._writer)
        if self.closed:
            raise Broken("the connection was closed by the other side")

    def close(self) -> None:
        """End the connection once all is sent."""
        if self.transport is not None:
            self.transport.close()

    def abort(self) -> None:
        """End the connection now."""
        if self.transport is not None:
            self.transport.abort()


class TooLarge(Exception):
    """A body is larger than it may be."""


class Malformed(Exception):
    """A body is not in chunks as it should be."""


class Body:
    """The body of a message: pieces, as they come. length: bytes, -1: to the connection's end; chunked: in chunks; limit: bytes, at most."""

    def __init__(self, stream: Stream, length: int, chunked: bool, limit: float) -> None:
        self._stream, self._left, self._limit = stream, length, limit
        self._chunks = Chunks() if chunked else None
        self._taken = 0
        self.done = length == 0 and not chunked
        if length > limit:
            raise TooLarge

    async def read_some(self) -> bytes:
        """The next piece; b"" at the end. Broken, Late, TooLarge, Malformed."""
        while not self.done:
            stream = self._stream
            if not stream.data and not await stream.more():
                if self._left >= 0 or self._chunks:
                    raise Broken("the connection was closed in the middle of a body")
                self.done = True
                return b""
            piece = self._from_chunks(stream) if self._chunks else self._from_length(stream)
            self._taken += len(piece)
            if self._taken > self._limit:
                raise TooLarge
            if piece:
                return piece
        return b""

    def _from_chunks(self, stream: Stream) -> bytes:
        try:
            piece, end = self._chunks.feed(stream.data)
        except ValueError as error:
            raise Malformed(error.args[1]) from None
        del stream.data[:end]
        self.done = self._chunks.done
        return piece

    def _from_length(self, stream: Stream) -> bytes:
        if self._left < 0:
            return stream.take(len(stream.data))
        piece = stream.take(self._left)
        self._left -= len(piece)
        self.done = not self._left
        return piece

    async def read(self) -> bytes:
        """All that is left."""
        first = await self.read_some()
        if self.done:
            return first
        parts = [first]
        while piece := await self.read_some():
            parts.append(piece)
        return b"".join(parts)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while piece := await self.read_some():
            yield piece
