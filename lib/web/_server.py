"""The server: connections, their limits, and what is said on them (RFC 9110, RFC 9112)."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
from collections.abc import AsyncIterable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from _http import read_request

from ._app import App, error_response
from ._fields import Fields
from ._request import Request
from ._response import NO_BODY, Error, Response, Upgrade, head
from ._stream import Body, Broken, Late, Malformed, Stream, TooLarge

if TYPE_CHECKING:
    import ssl

log = logging.getLogger("web")
_TICK = 0.25  # seconds between looks at what has taken too long
_DRAIN = 65536  # bytes of a body that nobody read: more than that, and the connection is closed
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
_LOCAL_NAMES = frozenset(("localhost", "127.0.0.1", "[::1]"))


class Limits(NamedTuple):
    """How much and how long. Bytes: head, body (a handler that takes more has to be given more), message (of a WebSocket). Seconds: head_seconds,
    for the head of a request; idle_seconds, between requests; body_seconds, for the next piece of a body either way; stop_seconds, that running
    requests get when the server stops. connections: at once; for a further one that ends which waits for its
    request and has the least time left for it, and where all do something the further one gets 503."""

    head: int = 8192
    body: int = 1 << 20
    message: int = 1 << 20
    head_seconds: float = 10
    idle_seconds: float = 75
    body_seconds: float = 30
    stop_seconds: float = 1
    connections: int = 1000


class Server:
    """Serves an app: `async with web.Server(app, port=8080) as server: ...`, or start() and stop(). port 0: any that is free (see `port`).

    host: a name, an address, or several; this machine only by default. A context of module ssl makes it HTTPS. path: a Unix socket instead."""

    def __init__(self, app: App, host: str | Iterable[str] = "127.0.0.1", port: int = 8080, *, ssl: ssl.SSLContext | None = None,
                 path: str | None = None, limits: Limits = Limits()) -> None:
        self.app, self.limits = app, limits
        self._host, self._port, self._ssl, self._path = host if isinstance(host, str) else list(host), port, ssl, path
        self._server: asyncio.Server | None = None
        self.connections: set[Connection] = set()
        self.hosts: frozenset[str] | None = None
        self._watch: asyncio.Task[None] | None = None
        self._somebody = asyncio.Event()  # there are connections
        self.stopping = False

    async def start(self) -> Server:
        """Listen. OSError: the address is in use, or is not this machine's."""
        loop = asyncio.get_running_loop()
        await self.app.start()
        try:
            if self._path is not None:
                self._server = await loop.create_unix_server(lambda: Connection(self), self._path, ssl=self._ssl)
            else:
                self._server = await loop.create_server(lambda: Connection(self), self._host, self._port, ssl=self._ssl, reuse_address=True)
        except BaseException:
            await self.app.stop()
            raise
        self.hosts = self._allowed_hosts()
        self._watch = asyncio.create_task(self._expire())
        return self

    def _allowed_hosts(self) -> frozenset[str] | None:
        if self.app.hosts is not None:
            return None if "*" in self.app.hosts else self.app.hosts
        local = self._path is None and all(ipaddress.ip_address(s.getsockname()[0]).is_loopback for s in self._server.sockets)
        return _LOCAL_NAMES if local else None

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._server.sockets[0].getsockname()[1]

    @property
    def url(self) -> str:
        """The address of its first page."""
        if self._path is not None:
            return f"http+unix://{self._path}"
        host = self._server.sockets[0].getsockname()[0]
        return f"http{'s' if self._ssl else ''}://{f'[{host}]' if ':' in host else host}:{self.port}/"

    async def stop(self) -> None:
        """Listen no more, end what is idle, give running requests limits.stop_seconds, end the rest."""
        self.stopping = True
        self._server.close()
        for connection in list(self.connections):
            connection.stop()
        busy = [c.task for c in self.connections if c.task is not None]
        if busy:
            _, late = await asyncio.wait(busy, timeout=self.limits.stop_seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        for connection in list(self.connections):
            connection.abort()
        self._watch.cancel()
        await self.app.stop()

    async def __aenter__(self) -> Server:
        return await self.start()

    async def __aexit__(self, *error: object) -> None:
        await self.stop()

    def add(self, connection: Connection) -> None:
        """There is one more."""
        self.connections.add(connection)
        self._somebody.set()

    def make_room(self, newest: Connection) -> bool:
        """End the connection that has to send its request soonest; False: all of them do something. So those who send none keep nobody out."""
        waiting = [connection for connection in self.connections if connection.waits and connection is not newest]
        if waiting:
            min(waiting, key=lambda connection: connection.deadline).give_up()
        return bool(waiting)

    async def _expire(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            if not self.connections:
                self._somebody.clear()
                await self._somebody.wait()
            await asyncio.sleep(_TICK)
            now = loop.time()
            for connection in [c for c in self.connections if c.deadline < now]:
                connection.give_up()


class Connection(Stream):
    """One client."""

    def __init__(self, server: Server) -> None:
        super().__init__()
        self.server, self.app, self.limits = server, server.app, server.limits
        self.task: asyncio.Task[None] | None = None
        self.peer, self.secure = "", False
        self._idle = True  # between requests
        self._begun = False  # an answer goes out
        self._continue = False  # the client waits to be told that its body is wanted

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        peer = transport.get_extra_info("peername")
        self.peer = peer[0] if isinstance(peer, tuple) else ""
        self.secure = transport.get_extra_info("sslcontext") is not None
        self.deadline = self.loop.time() + self.limits.head_seconds
        self.server.add(self)
        self.task = self.loop.create_task(self._serve())

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        self.server.connections.discard(self)

    def stop(self) -> None:
        """The server stops: who waits for a request ends."""
        if self._idle:
            self.ended = True
            self._wake()

    @property
    def waits(self) -> bool:
        """Does it wait for a request?"""
        return self._idle and self.deadline < float("inf")

    def give_up(self) -> None:
        """It has taken too long."""
        self.deadline = float("inf")
        self.expire()

    async def _wait(self, waiter: asyncio.Future[None]) -> None:
        if not self._idle:
            self.deadline = self.loop.time() + self.limits.body_seconds
        try:
            await super()._wait(waiter)
        finally:
            if not self._idle:
                self.deadline = float("inf")

    def unwatched(self) -> None:
        """From here on, who uses it says how long it may take."""
        self._idle, self.deadline = True, float("inf")

    # ---- Requests ----

    async def _serve(self) -> None:
        try:
            if len(self.server.connections) > self.limits.connections and not self.server.make_room(self):
                self._refuse(Error(503, "there are too many connections"))
                return
            while (found := await self._read_head()) is not None and await self._answer(*found):
                pass
        except Late:
            if self.data or not self._idle:
                self._refuse(Error(408, "the request took too long"))
        except TooLarge:
            self._refuse(Error(413, f"a body has at most {self.limits.body} bytes"))
        except Malformed as error:
            self._refuse(Error(400, str(error)))
        except Error as error:
            self._refuse(error)
        except ConnectionError:
            pass
        except Exception:
            log.exception("a connection failed")
        finally:
            self.deadline = float("inf")
            self.close()

    def _refuse(self, error: Error) -> None:
        """The last answer of this connection, if none is on its way."""
        if not self._begun:
            response = error_response(error)
            self.write(head(response, [("content-length", str(len(response.body))), ("connection", "close")]) + response.body)

    async def _read_head(self) -> tuple | None:
        """The next request's, or None where there is none any more. Error: what has come is none."""
        try:
            while (found := read_request(self.data, 0, self.limits.head)) is None:
                fresh = not self.data
                if fresh and self.server.stopping or not await self.more():
                    return None
                if fresh:
                    self.deadline = self.loop.time() + self.limits.head_seconds
        except ValueError as error:
            raise Error(*error.args) from None
        return found

    async def _answer(self, end: int, method: str, target: str, minor: int, fields: dict, length: int, chunked: bool, close: bool) -> bool:
        """Answers a request; whether there may be a next one."""
        del self.data[:end]
        self._idle, self.deadline = False, float("inf")
        body = Body(self, 0 if length < 0 and not chunked else length, chunked, self.limits.body)
        request = Request(self.app, method, target, Fields(fields), body, self.peer, self.secure, self._begin_body)
        if self.server.hosts is not None and request.host and _without_port(request.host) not in self.server.hosts:
            raise Error(421, "this server is not called by that name")
        self._continue = bool(minor) and request.fields.get("expect", "").lower() == "100-continue"
        response = await self.app.handle(request)
        if isinstance(response, Upgrade):
            self._begun = True
            self.write(head(response, ()))
            await response.take(self)
            return False
        waits = self._continue and not body.done  # the client sends the body only if it is told to
        close = close or response.close or self.server.stopping or waits
        await self._send(response, method == "HEAD", close, minor)
        if close or not await self._finish_body(body):
            return False
        self._idle, self._begun, self.deadline = True, False, self.loop.time() + self.limits.idle_seconds
        return not self.closed

    def _begin_body(self) -> None:
        if self._continue:
            self._continue = False
            self.write(_CONTINUE)

    async def _finish_body(self, body: Body) -> bool:
        """Reads what the handler has left of a body. False: it is too much."""
        left = 0
        while not body.done and left <= _DRAIN:
            left += len(await body.read_some())
        return body.done

    # ---- Responses ----

    async def _send(self, response: Response, head_only: bool, close: bool, minor: int) -> None:
        whole = isinstance(response.body, bytes)
        chunked = not whole and minor > 0 and not any(name.lower() == "content-length" for name, _ in response.fields)
        more = [("connection", "close" if close else "keep-alive")] if close or not minor else []
        if whole and response.status not in NO_BODY:
            more.append(("content-length", str(len(response.body))))
        elif chunked:
            more.append(("transfer-encoding", "chunked"))
        try:
            start = head(response, more)
        except (TypeError, ValueError):
            log.exception("a response cannot be sent")
            return await self._send(error_response(Error(500)), head_only, close, minor)
        self._begun = True
        if not whole:
            return await self._send_stream(start, response.body, head_only, chunked)
        self.write(start if head_only or response.status in NO_BODY else start + response.body)
        if self._full:
            await self.drain()

    async def _send_stream(self, start: bytes, body: Iterable[bytes] | AsyncIterable[bytes], head_only: bool, chunked: bool) -> None:
        self.write(start)
        try:
            if not head_only:
                await self._send_pieces(body, chunked)
        finally:
            await _close_source(body)

    async def _send_pieces(self, body: Iterable[bytes] | AsyncIterable[bytes], chunked: bool) -> None:
        async for piece in _pieces(body):
            if isinstance(piece, str):
                piece = piece.encode()
            if piece:
                self.write(b"%x\r\n%b\r\n" % (len(piece), piece) if chunked else piece)
                await self.drain()
        if chunked:
            self.write(b"0\r\n\r\n")


def _without_port(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdigit() else host).lower()


async def _pieces(body: Iterable[bytes] | AsyncIterable[bytes]) -> AsyncIterable[bytes]:
    if hasattr(body, "__aiter__"):
        async for piece in body:
            yield piece
    else:
        for piece in body:
            yield piece


async def _close_source(body: object) -> None:
    if hasattr(body, "aclose"):
        await body.aclose()
    elif hasattr(body, "close"):
        body.close()
