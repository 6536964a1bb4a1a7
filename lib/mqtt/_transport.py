"""Byte streams that MQTT runs over, all alike: TCP, TLS, Unix sockets, and each of them with WebSocket (section 6 of MQTT 5) on top.

What is written to a connection is collected, and goes out once per round of the loop. `write` never waits: who may write much asks `drain`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

import _websocket

if TYPE_CHECKING:
    import ssl

_AT_ONCE = 65536  # bytes: more than that is not kept for the end of the round
_PORTS = {"mqtt": 1883, "mqtts": 8883, "ws": 80, "wss": 443, "unix": 0}


class Address(NamedTuple):
    """Where a broker is. tls: None is without; path: that of the Unix socket, or of the WebSocket's request."""

    host: str
    port: int
    tls: ssl.SSLContext | None = None
    websocket: bool = False
    path: str = ""

    def __str__(self) -> str:
        if not self.host:
            return f"unix:{self.path}"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}{self.path}"


def parse_address(where: str, port: int | None = None, tls: bool | ssl.SSLContext = False) -> tuple[Address, str | None, str | None]:
    """The address that a host's name or a URL means, and user name and password that the URL has.

    URLs are mqtt://, mqtts://, ws://, wss:// (host, port and path) and unix:// (path). tls: True is what ssl.create_default_context() makes: the
    broker's certificate is verified against the system's authorities. ValueError says what is wrong.
    """
    if not isinstance(where, str):
        raise TypeError(f"host: str is expected, not {type(where).__name__}")
    if port is not None and (not isinstance(port, int) or isinstance(port, bool)):
        raise TypeError(f"port: an int is expected, not {type(port).__name__}")
    if port is not None and not 1 <= port <= 65535:
        raise ValueError(f"port: 1 to 65535 is expected, not {port}")
    if not isinstance(tls, bool) and not hasattr(tls, "wrap_bio"):
        raise TypeError(f"tls: True, False or an ssl.SSLContext is expected, not {tls!r}")
    if "://" not in where:
        where = f"mqtt://[{where}]" if where.count(":") > 1 and not where.startswith("[") else f"mqtt://{where}"
    url = urlsplit(where)
    if url.scheme not in _PORTS:
        raise ValueError(f"URL: mqtt, mqtts, ws, wss or unix is expected, not {url.scheme!r}")
    if url.scheme == "unix":
        if not url.path or url.netloc:
            raise ValueError(f"URL: unix:///path is expected, not {where!r}")
        return Address("", 0, None, False, unquote(url.path)), None, None
    if not url.hostname:
        raise ValueError(f"a host's name is expected, not {where.removeprefix('mqtt://')!r}")
    secure = bool(tls) or url.scheme in ("mqtts", "wss")
    context = (_default_context() if isinstance(tls, bool) else tls) if secure else None
    if port is None:
        port = url.port or (8883 if secure and url.scheme == "mqtt" else _PORTS[url.scheme])
    websocket = url.scheme in ("ws", "wss")
    path = (url.path or "/mqtt") + (f"?{url.query}" if url.query else "") if websocket else ""
    user, password = url.username and unquote(url.username), url.password and unquote(url.password)
    return Address(url.hostname, port, context, websocket, path), user, password


def _default_context() -> ssl.SSLContext:
    """What verifies against the system's authorities. OpenSSL is loaded here, not before."""
    import ssl

    return ssl.create_default_context()


class Connection(asyncio.Protocol):
    """One connection. Subclasses say what `opened`, `received` and `lost` do."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._layer: _WebSocketLayer | None = None
        self._pending: list[bytes] = []  # written in this round
        self._pending_size = 0
        self._paused = False  # the other side does not take what is written
        self._drained: list[asyncio.Future[None]] = []
        self.last_received = self.last_sent = self._loop.time()  # seconds, by the loop's clock

    # ---- For subclasses ----

    def opened(self) -> None:
        """The connection is there; `write` may be called."""

    def received(self, data: bytes) -> None:
        """Data has come."""

    def lost(self, error: Exception | None) -> None:
        """The connection has ended; error: why, None if a side has closed it."""

    # ---- For users ----

    @property
    def peer(self) -> str:
        """Where the other side is, for messages: 192.168.1.5:53124."""
        name = self._transport.get_extra_info("peername") if self._transport is not None else None
        return f"{name[0]}:{name[1]}" if isinstance(name, tuple) else "local"

    def info(self, name: str) -> object:
        """What asyncio's transport knows, "ssl_object" for example; None if it does not."""
        return self._transport.get_extra_info(name) if self._transport is not None else None

    @property
    def waiting(self) -> int:
        """Bytes that have been written and that the system has not taken yet."""
        return self._pending_size + (self._transport.get_write_buffer_size() if self._transport is not None else 0)

    @property
    def congested(self) -> bool:
        """Whether the other side takes less than is written."""
        return self._paused

    def write(self, data: bytes) -> None:
        """Sends the data at the end of this round of the loop. After the end of the connection nothing happens."""
        if not self._pending:
            self._loop.call_soon(self.flush)
        self._pending.append(data)
        self._pending_size += len(data)
        if self._pending_size > _AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Gives what has been written to the system now."""
        if not self._pending or self._transport is None:
            return
        data = self._pending[0] if len(self._pending) == 1 else b"".join(self._pending)
        self._pending, self._pending_size = [], 0
        self.last_sent = self._loop.time()
        self._transport.write(data if self._layer is None else self._layer.frames.message(data))

    async def drain(self) -> None:
        """Waits until the other side has taken most of what was written, or the connection has ended."""
        if self._paused:
            future = self._loop.create_future()
            self._drained.append(future)
            await future

    def allow(self, limit: int) -> None:
        """Messages of WebSocket that come from now on may have so many bytes."""
        if self._layer is not None:
            self._layer.frames.limit = limit

    def finish(self) -> None:
        """Sends what was written, and its end; what still comes is read and dropped until the other side closes, so that it sees what was sent."""
        if self._layer is not None or self._transport is None or not self._transport.can_write_eof():
            self.close()
            return
        self.flush()
        self._transport.write_eof()
        self.resume_reading()

    def pause_reading(self) -> None:
        """Takes nothing from the other side, which its system then tells it."""
        if self._transport is not None and self._transport.is_reading():
            self._transport.pause_reading()

    def resume_reading(self) -> None:
        """The end of pause_reading."""
        if self._transport is not None and not self._transport.is_closing() and not self._transport.is_reading():
            self._transport.resume_reading()

    def close(self) -> None:
        """Sends what was written, and closes."""
        if self._transport is not None and not self._transport.is_closing():
            self.flush()
            if self._layer is not None:
                self._transport.write(self._layer.frames.close())
            self._transport.close()

    def abort(self) -> None:
        """Closes at once; what was written may not arrive."""
        self._pending, self._pending_size = [], 0
        if self._transport is not None:
            self._transport.abort()

    # ---- For asyncio ----

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]
        if self._layer is None:
            self.opened()
        else:
            self._layer.start(transport)  # type: ignore[arg-type]

    def data_received(self, data: bytes) -> None:
        self.last_received = self._loop.time()
        if self._layer is None:
            self.received(data)
        else:
            self._layer.received(data)

    def connection_lost(self, error: Exception | None) -> None:
        self._pending, self._pending_size = [], 0
        self.resume_writing()
        if self._layer is not None:
            self._layer.lost(error)
        self.lost(error)
        self._transport = None

    def pause_writing(self) -> None:
        self._paused = True

    def resume_writing(self) -> None:
        self._paused = False
        waiting, self._drained = self._drained, []
        for future in waiting:
            if not future.done():
                future.set_result(None)


class _WebSocketLayer:
    """WebSocket between a transport and a connection. Clients: `agreed` is done when the server has agreed."""

    def __init__(self, connection: Connection, host: str | None, path: str, limit: int) -> None:
        self.frames = _websocket.Frames(client=host is not None, limit=limit)
        self.agreed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._connection = connection
        self._host, self._path = host, path
        self._key = _websocket.new_key()
        self._head = b""
        self._open = False

    def start(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        if self._host is not None:
            transport.write(_websocket.request(self._host, self._path, self._key, ("mqtt",)))

    def received(self, data: bytes) -> None:
        try:
            if not self._open:
                data = self._shake(data)
            for event in self.frames.receive(data) if self._open else ():
                self._take(event)
        except _websocket.WebSocketError as e:
            self._fail(e)

    def _shake(self, data: bytes) -> bytes:
        """The handshake: what came behind it."""
        self._head += data
        head = _websocket.parse_head(self._head)
        if head is None:
            return b""
        if self._host is not None:
            if _websocket.check_response(head, self._key, ("mqtt",)) is None:
                raise _websocket.WebSocketError("the server has not chosen the protocol mqtt")
        else:
            if "mqtt" not in _websocket.check_request(head):
                raise _websocket.WebSocketError("the request does not offer the protocol mqtt (Sec-WebSocket-Protocol)")
            if self._path and head.start[1].partition("?")[0] != self._path:
                raise _websocket.WebSocketError(f"there is nothing at {head.start[1]!r}")
            self._transport.write(_websocket.response(head, "mqtt"))
        self._open = True
        self._head = b""
        if not self.agreed.done():
            self.agreed.set_result(None)
        self._connection.opened()
        return head.rest

    def _take(self, event: _websocket.Event) -> None:
        if event.kind == _websocket.BINARY:
            self._connection.received(event.data)
        elif event.kind == _websocket.PING:
            self._transport.write(self.frames.pong(event.data))
        elif event.kind == _websocket.CLOSE:
            self._connection.close()
        elif event.kind == _websocket.TEXT:
            raise _websocket.WebSocketError("a text came: MQTT is binary", 1003)

    def _fail(self, error: _websocket.WebSocketError) -> None:
        if self._open:
            self._transport.write(self.frames.close(error.code, str(error)))
        elif self._host is None:
            self._transport.write(_websocket.refusal("400 Bad Request", str(error)))
        self.lost(error)
        self._transport.close()

    def lost(self, error: Exception | None) -> None:
        if not self.agreed.done():
            self.agreed.set_exception(error or ConnectionResetError("the connection ended during the handshake of WebSocket"))
            self.agreed.exception()  # it is no news where nobody waits for it


async def connect(make: Callable[[], Connection], address: Address, limit: int = 1 << 28) -> Connection:
    """A connection to a broker, which make() gives. OSError, ssl.SSLError or WebSocketError: there is none."""
    loop = asyncio.get_running_loop()
    connection = make()
    layer = None
    if address.websocket:
        usual = address.port == (443 if address.tls else 80)
        host = f"[{address.host}]" if ":" in address.host else address.host
        layer = connection._layer = _WebSocketLayer(connection, host if usual else f"{host}:{address.port}", address.path, limit)
    if not address.host:
        await loop.create_unix_connection(lambda: connection, address.path)
    else:
        await loop.create_connection(lambda: connection, address.host, address.port, ssl=address.tls)
    if layer is not None:
        try:
            await layer.agreed
        except BaseException:
            connection.abort()
            raise
    return connection


async def serve(make: Callable[[], Connection], address: Address, *, limit: int = 1 << 28, backlog: int = 1024,
                handshake_timeout: float | None = None) -> asyncio.Server:
    """Accepts connections, each of which make() gives an object for. address.path of a WebSocket: "" takes any; limit: bytes of its first
    messages; handshake_timeout: of TLS, in seconds."""
    loop = asyncio.get_running_loop()
    options = {"ssl": address.tls, "backlog": backlog, "ssl_handshake_timeout": handshake_timeout if address.tls else None}

    def accepted() -> Connection:
        connection = make()
        if address.websocket:
            connection._layer = _WebSocketLayer(connection, None, address.path, limit)
        return connection

    if not address.host and address.path and not address.websocket:
        return await loop.create_unix_server(accepted, address.path, **options)
    return await loop.create_server(accepted, address.host or None, address.port, **options)
