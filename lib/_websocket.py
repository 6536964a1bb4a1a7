"""WebSocket (RFC 6455), with compression (RFC 7692), without input and output: handshakes of both sides as bytes, frames, fragments, limits.

A side gives `Frames.receive` what its connection has brought, and gets events; what it sends it gets as bytes from `message`, `ping`, `pong`, `close`.
"""

from __future__ import annotations

import base64
import hashlib
import os
import zlib
from typing import NamedTuple

from _http import make_head, read_request, read_response
from _websocket_mask import mask

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
_CONTINUATION = 0
_PACKED = 0x40  # the bit RSV1
_WORTH = 128  # bytes of a message that is worth compressing
_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_HEAD_LIMIT = 16384  # bytes of a handshake


class WebSocketError(ValueError):
    """The other side has broken the protocol. code: the status code to close with (section 7.4.1)."""

    def __init__(self, text: str, code: int = 1002) -> None:
        super().__init__(text)
        self.code = code


class Event(NamedTuple):
    """What has come: kind is TEXT, BINARY, PING, PONG or CLOSE; code is that of CLOSE, 1005 if it has none. Data of TEXT is checked UTF-8."""

    kind: int
    data: bytes
    code: int = 0


# ---- Handshakes (section 4) ----------------------------------------------------------------------------------------------------------


class Head(NamedTuple):
    """A request or a response: its first line in three parts, its fields by name in lower case, and what came behind it."""

    start: tuple[str, str, str]
    fields: dict[str, str]
    rest: bytes

    def has(self, name: str, word: str) -> bool:
        """Whether the word is one of those in a field, which are separated by commas."""
        return word in [w.strip().lower() for w in self.fields.get(name, "").split(",")]


def parse_head(data: bytes) -> Head | None:
    """The head of an HTTP message, None if more has to come."""
    answer = data.startswith(b"HTTP/")
    try:
        found = (read_response if answer else read_request)(data, 0, _HEAD_LIMIT)
    except ValueError as error:
        raise WebSocketError(error.args[1]) from None
    if found is None:
        return None
    end, first, second, minor, fields, *_ = found
    version = f"HTTP/1.{minor}"
    joined = {name: value if isinstance(value, str) else ", ".join(value) for name, value in fields.items()}
    return Head((version, str(first), second) if answer else (first, second, version), joined, bytes(data[end:]))


def _accept(key: str) -> str:
    return base64.b64encode(hashlib.sha1(key.encode("latin-1") + _GUID).digest()).decode()


def new_key() -> str:
    """A client's nonce."""
    return base64.b64encode(os.urandom(16)).decode()


def request(host: str, path: str, key: str, protocols: tuple[str, ...] = (), fields: dict[str, str] | None = None, deflate: bool = False) -> bytes:
    """A client's handshake. host: with the port, where it is not the usual one; fields: further ones, Authorization for example.

    deflate: offer to compress messages."""
    all_fields = {"Host": host, "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Key": key, "Sec-WebSocket-Version": "13"}
    if protocols:
        all_fields["Sec-WebSocket-Protocol"] = ", ".join(protocols)
    if deflate:
        all_fields["Sec-WebSocket-Extensions"] = _DEFLATE
    return make_head(f"GET {path} HTTP/1.1", {**all_fields, **(fields or {})}.items())


def check_response(head: Head, key: str, protocols: tuple[str, ...] = (), deflate: bool = False) -> str | None:
    """What the server has chosen of the protocols. deflate: compression was offered. WebSocketError: it has not agreed."""
    if head.start[1] != "101":
        raise WebSocketError(f"the server does not speak WebSocket there: {' '.join(head.start[1:]).strip()}")
    if not head.has("upgrade", "websocket") or not head.has("connection", "upgrade"):
        raise WebSocketError("the server's answer does not upgrade to WebSocket")
    if head.fields.get("sec-websocket-accept") != _accept(key):
        raise WebSocketError("the server's answer is not one to this handshake (Sec-WebSocket-Accept)")
    if "sec-websocket-extensions" in head.fields and not (deflate and agreed_deflate(head)):
        raise WebSocketError("the server has chosen an extension that was not asked for")
    chosen = head.fields.get("sec-websocket-protocol")
    if chosen is not None and chosen not in protocols:
        raise WebSocketError(f"the server has chosen the protocol {chosen!r}, which was not asked for")
    return chosen


def check_request(head: Head) -> list[str]:
    """The protocols that a client offers. WebSocketError: its request is none for a WebSocket."""
    if head.start[0] != "GET" or not head.start[2].startswith("HTTP/1."):
        raise WebSocketError(f"no request for a WebSocket: {' '.join(head.start)[:60]!r}")
    if not head.has("upgrade", "websocket") or not head.has("connection", "upgrade"):
        raise WebSocketError("the request does not ask for WebSocket (Upgrade)")
    if head.fields.get("sec-websocket-version") != "13":
        raise WebSocketError("the request has no Sec-WebSocket-Version 13")
    try:
        nonce = base64.b64decode(head.fields.get("sec-websocket-key", ""), validate=True)
    except ValueError:
        nonce = b""
    if len(nonce) != 16:
        raise WebSocketError("the request has no valid Sec-WebSocket-Key")
    return [p.strip() for p in head.fields.get("sec-websocket-protocol", "").split(",") if p.strip()]


def response(head: Head, protocol: str | None = None, deflate: Deflate | None = None) -> bytes:
    """A server's answer to a request that check_request has seen. deflate: what choose_deflate has given."""
    fields = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Accept": _accept(head.fields["sec-websocket-key"])}
    if protocol is not None:
        fields["Sec-WebSocket-Protocol"] = protocol
    if deflate is not None:
        fields["Sec-WebSocket-Extensions"] = _DEFLATE + (f"; server_max_window_bits={deflate.bits}" if deflate.bits < 15 else "")
    return make_head("HTTP/1.1 101 Switching Protocols", fields.items())


def refusal(status: str, text: str) -> bytes:
    """An answer that says why there is no WebSocket: refusal("400 Bad Request", "...")."""
    body = text.encode() + b"\n"
    fields = {"Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(body)), "Connection": "close"}
    return make_head(f"HTTP/1.1 {status}", fields.items()) + body


# ---- Compression (RFC 7692) ----------------------------------------------------------------------------------------------------------

_DEFLATE = "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
_TAIL = b"\0\0\xff\xff"


class Deflate:
    """Compresses each message by itself, so that an idle connection holds no tables. bits: the window is 2**bits bytes."""

    def __init__(self, bits: int = 15) -> None:
        self.bits = bits

    def pack(self, data: bytes) -> bytes:
        """What is sent for a message."""
        c = zlib.compressobj(6, zlib.DEFLATED, -self.bits, 8 if self.bits > 10 else 4)
        return (c.compress(data) + c.flush(zlib.Z_SYNC_FLUSH))[:-4]

    def unpack(self, data: bytes, limit: int) -> bytes:
        """The message that was sent as data. WebSocketError: it is none, or larger than limit bytes."""
        d = zlib.decompressobj(-15)
        try:
            message = d.decompress(data + _TAIL, limit + 1)
        except zlib.error:
            raise WebSocketError("a message is not compressed as it should be", 1007) from None
        if len(message) > limit:
            raise WebSocketError(f"a message is larger than the limit of {limit} bytes", 1009)
        return message


def _extensions(head: Head) -> list[tuple[str, dict[str, str]]]:
    """Names and parameters."""
    found = []
    for text in head.fields.get("sec-websocket-extensions", "").split(","):
        name, *rest = [part.strip() for part in text.split(";")]
        found.append((name.lower(), {k.strip().lower(): v.strip(' "') for k, _, v in (part.partition("=") for part in rest)}))
    return found


def choose_deflate(head: Head) -> Deflate | None:
    """What a server does about a client's offers: the first one that it can take."""
    for name, parameters in _extensions(head):
        bits = parameters.get("server_max_window_bits", "15")
        known = parameters.keys() <= {"server_no_context_takeover", "client_no_context_takeover", "client_max_window_bits", "server_max_window_bits"}
        if name == "permessage-deflate" and known and bits.isdecimal() and 9 <= int(bits) <= 15:
            return Deflate(int(bits))
    return None


def agreed_deflate(head: Head) -> Deflate | None:
    """What a server's answer says to the offer of `request`; None: nothing, or something else."""
    extensions = _extensions(head)
    if len(extensions) != 1 or extensions[0][0] != "permessage-deflate" or "server_no_context_takeover" not in extensions[0][1]:
        return None
    bits = extensions[0][1].get("client_max_window_bits", "15")
    return Deflate(int(bits)) if bits.isdecimal() and 9 <= int(bits) <= 15 else None


# ---- Frames (section 5) --------------------------------------------------------------------------------------------------------------


class Frames:
    """One side of an open connection. client: frames that are sent are masked, those that come must not be; limit: bytes of a message that may come;
    deflate: how messages are compressed, None: not at all."""

    def __init__(self, client: bool, limit: int = 1 << 28, deflate: Deflate | None = None) -> None:
        self.limit = limit
        self._deflate = deflate
        self._client = client
        self._data = bytearray()  # what has come
        self._at = 0  # of it has been taken; the rest is a frame that is not complete
        self._kind = 0  # of the message whose fragments come
        self._packed = False  # and whether it is compressed
        self._parts: list[bytes] = []
        self._size = 0

    def message(self, data: bytes, kind: int = BINARY) -> bytes:
        """A whole message as one frame; of TEXT the data are its UTF-8."""
        if self._deflate is not None and len(data) >= _WORTH:
            return self._frame(_PACKED | kind, self._deflate.pack(data))
        return self._frame(kind, data)

    def ping(self, data: bytes = b"") -> bytes:
        """A ping, with 125 bytes at most."""
        return self._control(PING, data)

    def pong(self, data: bytes = b"") -> bytes:
        """The answer to a ping, with its data."""
        return self._control(PONG, data)

    def close(self, code: int = 1000, reason: str = "") -> bytes:
        """The last frame; the reason is cut to the 123 bytes that it may have. Code 1005: without one."""
        if code == 1005:
            return self._control(CLOSE, b"")
        return self._control(CLOSE, code.to_bytes(2, "big") + reason.encode()[:123].decode("utf-8", "ignore").encode())

    def _control(self, kind: int, data: bytes) -> bytes:
        if len(data) > 125:
            raise ValueError(f"a control frame has 125 bytes at most, not {len(data)}")
        return self._frame(kind, data)

    def _frame(self, kind: int, data: bytes) -> bytes:
        size = len(data)
        masked = 0x80 if self._client else 0
        if size < 126:
            head = bytes((0x80 | kind, masked | size))
        elif size < 65536:
            head = bytes((0x80 | kind, masked | 126)) + size.to_bytes(2, "big")
        else:
            head = bytes((0x80 | kind, masked | 127)) + size.to_bytes(8, "big")
        if not self._client:
            return head + data
        key = os.urandom(4)
        return head + key + mask(data, key)

    def receive(self, data: bytes) -> list[Event]:
        """What is complete with the data that has come. After WebSocketError, the connection is to be closed with its code."""
        self._data += data
        events: list[Event] = []
        while (frame := self._next()) is not None:
            event = self._take(*frame)
            if event is not None:
                events.append(event)
        del self._data[:self._at]
        self._at = 0
        return events

    def _next(self) -> tuple[int, int, bytes] | None:
        """The first byte's FIN, the opcode and the content of the next frame."""
        data, at = self._data, self._at
        if len(data) < at + 2:
            return None
        first, second = data[at], data[at + 1]
        self._check(first, second)
        size, start = second & 0x7F, at + 2
        if size > 125:
            start += 2 if size == 126 else 8
            if len(data) < start:
                return None
            size = int.from_bytes(data[at + 2:start], "big")
        if size + self._size > self.limit:
            raise WebSocketError(f"a message is larger than the limit of {self.limit} bytes", 1009)
        key_at, start = start, start + (0 if self._client else 4)
        if len(data) < start + size:
            return None
        self._at = start + size
        content = data[start:self._at]
        return first & 0xC0, first & 0x0F, bytes(content) if self._client else mask(content, data[key_at:start])

    def _check(self, first: int, second: int) -> None:
        packed = first & _PACKED and self._deflate is not None and first & 0x0F in (TEXT, BINARY)
        if first & 0x70 and not (packed and first & 0x70 == _PACKED):
            raise WebSocketError("a frame uses an extension that was not agreed on")
        if (second >= 0x80) == self._client:
            raise WebSocketError("frames of a server must not be masked" if self._client else "frames of a client must be masked")
        if first & 0x08 and (second & 0x7F > 125 or not first & 0x80):
            raise WebSocketError("a control frame is longer than 125 bytes, or a fragment")

    def _take(self, bits: int, kind: int, data: bytes) -> Event | None:
        if kind in (PING, PONG):
            return Event(kind, data)
        if kind == CLOSE:
            return _close_event(data)
        if kind not in (_CONTINUATION, TEXT, BINARY):
            raise WebSocketError(f"a frame has the opcode {kind}, which there is not")
        if (kind == _CONTINUATION) != bool(self._kind):
            raise WebSocketError("a fragment belongs to no message" if kind == _CONTINUATION else "a message begins inside another one")
        if kind != _CONTINUATION:
            self._kind, self._packed = kind, bool(bits & _PACKED)
        if data:  # empty fragments are no reason to grow
            self._parts.append(data)
            self._size += len(data)
        if not bits & 0x80:
            return None
        whole = b"".join(self._parts)
        event = Event(self._kind, self._deflate.unpack(whole, self.limit) if self._packed else whole)
        self._kind, self._parts, self._size = 0, [], 0
        if event.kind == TEXT:
            _check_text(event.data)
        return event


def _check_text(data: bytes) -> None:
    try:
        data.decode()
    except UnicodeDecodeError:
        raise WebSocketError("a text is not UTF-8", 1007) from None


def _close_event(data: bytes) -> Event:
    if not data:
        return Event(CLOSE, b"", 1005)
    code = int.from_bytes(data[:2], "big")
    if len(data) == 1 or not (1000 <= code <= 1014 and code not in (1004, 1005, 1006) or 3000 <= code <= 4999):
        raise WebSocketError("a close frame has no valid status code")
    _check_text(data[2:])
    return Event(CLOSE, data[2:], code)
