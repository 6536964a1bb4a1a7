"""WebSocket (RFC 6455): connections of servers and clients."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import _websocket
from _websocket import BINARY, CLOSE, PING, TEXT, Frames, WebSocketError

from ._request import Request
from ._response import Error, Upgrade
from ._stream import Broken, Late, Stream

if TYPE_CHECKING:
    import ssl

_QUEUE = 64  # messages that have come and that nobody has received: then no more is read


class Closed(ConnectionError):
    """The connection has ended. code and reason: as the other side has said, 1006 if it has gone without a word."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(f"the WebSocket is closed: {code} {reason}".rstrip())
        self.code, self.reason = code, reason


class WebSocket:
    """An open WebSocket: send(), receive(), `async for message in socket`, close(). Text is str, binary messages are bytes.

    request: what it began with (None at a client); protocol: the subprotocol that was agreed on. Where nothing comes for ping_seconds a ping goes
    out; if nothing comes for as long again, the connection is given up."""

    def __init__(self, stream: Stream, frames: Frames, request: Request | None, protocol: str | None, ping_seconds: float) -> None:
        self.request, self.protocol = request, protocol
        self._stream, self._frames, self._ping_seconds = stream, frames, ping_seconds
        self._queue: asyncio.Queue[str | bytes] = asyncio.Queue(_QUEUE)
        self._closing = False  # a close frame has gone out
        self._closed: Closed | None = None
        self._reader = asyncio.create_task(self._read())

    @property
    def closed(self) -> bool:
        """Whether it has ended."""
        return self._closed is not None

    async def send(self, message: str | bytes) -> None:
        """Send a message; waits where the other side does not take what was sent. Closed."""
        if isinstance(message, str):
            frame = self._frames.message(message.encode(), TEXT)
        elif isinstance(message, (bytes, bytearray, memoryview)):
            frame = self._frames.message(bytes(message), BINARY)
        else:
            raise TypeError(f"a message is str or bytes, not {type(message).__name__}")
        if self._closed is not None or self._closing:
            raise self._closed or Closed(1000, "")
        self._stream.write(frame)
        try:
            await self._stream.drain()
        except (ConnectionError, Late):
            raise self._closed or Closed(1006, "") from None

    async def receive(self) -> str | bytes:
        """The next message. Closed: there is none any more."""
        if self._queue.empty() and self._closed is None:
            get = asyncio.ensure_future(self._queue.get())
            try:
                await asyncio.wait((get, self._reader), return_when=asyncio.FIRST_COMPLETED)
                if get.done():
                    return get.result()
            finally:
                get.cancel()
        if self._queue.empty():
            raise self._closed or Closed(1006, "")
        return self._queue.get_nowait()

    async def __aiter__(self) -> AsyncIterator[str | bytes]:
        """Messages, until it is closed."""
        while True:
            try:
                message = await self.receive()
            except Closed:
                return
            yield message

    async def close(self, code: int = 1000, reason: str = "") -> None:
        """Close it, and wait a second for the other side to do the same."""
        if self._closed is None and not self._closing:
            self._closing = True
            self._stream.write(self._frames.close(code, reason))
        await asyncio.wait((self._reader,), timeout=1)
        self._reader.cancel()
        self._stream.close()

    async def __aenter__(self) -> WebSocket:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.close()

    # ---- Reading ----

    async def _read(self) -> None:
        code, reason = 1006, ""
        try:
            while True:
                await self._take()
                await self._more()
        except _Ended as end:
            code, reason = end.args
        except WebSocketError as error:
            code, reason = error.code, str(error)
            self._answer_close(code, reason)
        except (ConnectionError, Late):
            pass
        finally:
            self._closed = Closed(code, reason)
            self._stream.close()

    async def _more(self) -> None:
        """Wait for data, with a ping where none come. Broken: the other side has gone."""
        for last in (False, True):
            try:
                async with asyncio.timeout(self._ping_seconds):
                    if not await self._stream.more():
                        raise Broken
                return
            except TimeoutError:
                if last:
                    self._stream.abort()
                    raise Broken from None
                self._stream.write(self._frames.ping())

    async def _take(self) -> None:
        for event in self._frames.receive(self._stream.take(len(self._stream.data))):
            if event.kind == TEXT:
                await self._queue.put(event.data.decode())
            elif event.kind == BINARY:
                await self._queue.put(event.data)
            elif event.kind == PING:
                self._stream.write(self._frames.pong(event.data))
            elif event.kind == CLOSE:
                self._answer_close(1000 if event.code == 1005 else event.code, "")
                raise _Ended(event.code, event.data.decode())

    def _answer_close(self, code: int, reason: str) -> None:
        if not self._closing:
            self._closing = True
            self._stream.write(self._frames.close(code, reason))


class _Ended(Exception):
    """A close frame has come: code, reason."""


# ---- Servers ---------------------------------------------------------------------------------------------------------------------------


def upgrade(handler: Callable[..., Awaitable[None]], *, protocols: Iterable[str] = (), origins: Iterable[str] | None = None, message: int | None = None,
            ping_seconds: float = 20, compress: bool = True) -> Callable[..., Upgrade]:
    """A handler of requests that makes a WebSocket of each, and calls handler with it; when that returns, it is closed.

    origins: the sites whose pages may open one, such as "https://example.org"; None: this server's own pages only, "*": any. (Browsers do not keep
    other sites from trying, and send this server's cookies along.) protocols: those that are spoken, the best first. message: bytes of one, at most;
    None is what the server's limits say. compress: where the client wants it (not for messages that hold a secret beside what others have a hand in)."""
    spoken, allowed = tuple(protocols), None if origins is None else frozenset(origins)

    def answer(request: Request, **params: object) -> Upgrade:
        asked = _websocket.Head((request.method, request.target, "HTTP/1.1"), dict(request.fields), b"")
        try:
            offered = _websocket.check_request(asked)
        except WebSocketError as error:
            raise Error(426 if "upgrade" not in request.fields else 400, str(error), [("upgrade", "websocket"), ("connection", "upgrade")]) from None
        _check_origin(request, allowed)
        protocol = next((p for p in spoken if p in offered), None)
        deflate = _websocket.choose_deflate(asked) if compress else None
        accepted = _websocket.parse_head(_websocket.response(asked, protocol, deflate))

        async def take(stream: Stream) -> None:
            frames = Frames(False, message if message is not None else stream.limits.message, deflate)
            stream.unwatched()
            async with WebSocket(stream, frames, request, protocol, ping_seconds) as socket:
                try:
                    await handler(socket, **params)
                except Closed:
                    pass
                except Exception:
                    await socket.close(1011, "the server has failed")
                    raise

        return Upgrade(accepted.fields.items(), take)

    return answer


def _check_origin(request: Request, allowed: frozenset[str] | None) -> None:
    origin = request.fields.get("origin")
    if origin is None or (allowed is not None and ("*" in allowed or origin in allowed)):
        return
    if allowed is None and origin == f"http{'s' if request.secure else ''}://{request.host}":
        return
    raise Error(403, f"pages of {origin} may not open this WebSocket")


# ---- Clients ---------------------------------------------------------------------------------------------------------------------------


async def connect(url: str, *, protocols: Iterable[str] = (), fields: dict[str, str] | None = None, tls: ssl.SSLContext | None = None,
                  timeout: float = 30, message: int = 1 << 20, ping_seconds: float = 20, compress: bool = True) -> WebSocket:
    """Open a WebSocket: ws:// or wss://. tls: None verifies the server against the system's authorities. message: bytes of one that may come.

    ClientError: it cannot be opened, or not within timeout seconds."""
    from ._client import ClientError, verified

    parts = urlsplit(url)
    if parts.scheme not in ("ws", "wss") or not parts.hostname:
        raise ClientError(f"a WebSocket's URL begins with ws:// or wss:// and a host's name: {url!r}")
    secure = parts.scheme == "wss"
    port = parts.port or (443 if secure else 80)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    key, offered = _websocket.new_key(), tuple(protocols)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    asked = _websocket.request(host if port == (443 if secure else 80) else f"{host}:{port}", path, key, offered, fields, compress)
    context = (tls or verified()) if secure else None
    stream: Stream | None = None
    try:
        async with asyncio.timeout(timeout):
            _, stream = await asyncio.get_running_loop().create_connection(Stream, parts.hostname, port, ssl=context)
            stream.write(asked)
            while (answer := _websocket.parse_head(bytes(stream.data))) is None:
                if not await stream.more():
                    raise ClientError(f"{url}: the connection was closed before the answer")
        protocol = _websocket.check_response(answer, key, offered, compress)
    except (OSError, WebSocketError, TimeoutError, ClientError) as error:
        if stream is not None:
            stream.abort()
        if isinstance(error, ClientError):
            raise
        raise ClientError(f"{url}: {error or f'no answer within {timeout:g} s'}") from None
    stream.data[:] = answer.rest
    return WebSocket(stream, Frames(True, message, _websocket.agreed_deflate(answer) if compress else None), None, protocol, ping_seconds)
