"""The client: connections that are kept, redirects, compressed bodies, deadlines; certificates are verified."""

from __future__ import annotations

import asyncio
import json as _json
import zlib
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlencode, urljoin, urlsplit, urlunsplit

from _http import make_head, read_response

from ._fields import Fields
from ._stream import Body, Broken, Late, Malformed, Stream

if TYPE_CHECKING:
    import ssl

_HEAD = 65536  # bytes of an answer's head
_SHORT = 65536  # bytes of a redirect's body that are worth reading
_PART = 1 << 20  # bytes that are decompressed at once
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_SAFE = frozenset(("GET", "HEAD", "OPTIONS", "PUT", "DELETE"))  # may be sent again (RFC 9110, 9.2.2)


class ClientError(Exception):
    """A request that got no answer, or one that is too large, too late, or makes no sense; or whose status is an error (raise_for_status)."""


def verified() -> ssl.SSLContext:
    """A context that verifies servers against the system's authorities."""
    import ssl

    return ssl.create_default_context()


class _Origin(NamedTuple):
    scheme: str
    host: str
    port: int


class Answer:
    """The answer to a request. url: where it came from, after redirects. Use it in `async with`, or read it to its end: then its connection is free."""

    def __init__(self, url: str, status: int, reason: str, fields: Fields, pieces: AsyncIterator[bytes],
                 free: Callable[[], None]) -> None:
        self.url, self.status, self.reason, self.fields = url, status, reason, fields
        self._pieces, self._end, self._bytes = pieces, free, None

    @property
    def ok(self) -> bool:
        """Whether the status is below 400."""
        return self.status < 400

    def raise_for_status(self) -> Answer:
        """ClientError: the status is an error."""
        if not self.ok:
            raise ClientError(f"{self.url}: {self.status} {self.reason}")
        return self

    def __aiter__(self) -> AsyncIterator[bytes]:
        """The body, decompressed, as it comes."""
        return self._pieces

    async def body(self) -> bytes:
        """The whole body."""
        if self._bytes is None:
            self._bytes = b"".join([piece async for piece in self._pieces])
        return self._bytes

    async def text(self) -> str:
        """The body as text, by the charset of its type; UTF-8 where that says none."""
        charset = self.fields.get("content-type", "").lower().partition("charset=")[2].partition(";")[0].strip(" \"'")
        return (await self.body()).decode(charset or "utf-8", "replace")

    async def json(self) -> object:
        """The body's JSON. ValueError: it is none."""
        return _json.loads(await self.body())

    async def close(self) -> None:
        """Be done with it; a body that was not read to its end costs the connection."""
        self._end()

    async def __aenter__(self) -> Answer:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.close()

    def __repr__(self) -> str:
        return f"<Answer {self.status} {self.reason} {self.url}>"


class Client:
    """Requests, over connections that are kept: `async with web.Client() as client: answer = await client.get(url)`.

    base: what URLs are relative to. timeout: seconds for a request, from its beginning to the answer's head, and for each next piece of its body.
    limit: bytes of a body, decompressed. tls: a context of module ssl; None verifies against the system's authorities."""

    def __init__(self, base: str = "", *, fields: Mapping[str, str] | None = None, timeout: float = 30, redirects: int = 10, limit: float = 64 << 20,
                 tls: ssl.SSLContext | None = None, kept: int = 8, kept_seconds: float = 60) -> None:
        self.base, self.fields, self.timeout, self.redirects, self.limit = base, dict(fields or {}), timeout, redirects, limit
        self._tls, self._kept, self._kept_seconds = tls, kept, kept_seconds
        self._idle: dict[_Origin, list[tuple[float, Stream]]] = {}

    async def __aenter__(self) -> Client:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.close()

    async def close(self) -> None:
        """End the connections that are kept."""
        for kept in self._idle.values():
            for _, stream in kept:
                stream.close()
        self._idle.clear()

    async def get(self, url: str, **options: object) -> Answer:
        """GET; options: see request."""
        return await self.request("GET", url, **options)

    async def head(self, url: str, **options: object) -> Answer:
        """HEAD."""
        return await self.request("HEAD", url, **options)

    async def post(self, url: str, **options: object) -> Answer:
        """POST."""
        return await self.request("POST", url, **options)

    async def put(self, url: str, **options: object) -> Answer:
        """PUT."""
        return await self.request("PUT", url, **options)

    async def patch(self, url: str, **options: object) -> Answer:
        """PATCH."""
        return await self.request("PATCH", url, **options)

    async def delete(self, url: str, **options: object) -> Answer:
        """DELETE."""
        return await self.request("DELETE", url, **options)

    async def request(self, method: str, url: str, *, params: Mapping[str, object] | None = None, json: object = None, form: Mapping[str, object] | None = None,
                      data: bytes | str = b"", fields: Mapping[str, str] | None = None, timeout: float | None = None) -> Answer:
        """The answer to a request, redirects followed. params go to the URL; json, form or data is the body. ClientError."""
        url = urljoin(self.base, url)
        if params:
            url += ("&" if "?" in url else "?") + urlencode(params, doseq=True)
        sent = {"accept-encoding": "gzip, deflate", **{n.lower(): v for n, v in (*self.fields.items(), *(fields or {}).items())}}
        body = data.encode() if isinstance(data, str) else bytes(data)
        if json is not None:
            body, sent["content-type"] = _json.dumps(json, separators=(",", ":")).encode(), sent.get("content-type", "application/json")
        elif form is not None:
            body, sent["content-type"] = urlencode(form, doseq=True).encode(), "application/x-www-form-urlencoded"
        seconds = self.timeout if timeout is None else timeout
        for _ in range(self.redirects + 1):
            try:
                async with asyncio.timeout(seconds):
                    answer = await self._once(method, url, sent, body, seconds)
            except TimeoutError:
                raise ClientError(f"{url}: no answer within {seconds:g} s") from None
            to = answer.fields.get("location")
            if answer.status not in _REDIRECTS or to is None:
                return answer
            await _leave(answer)
            following = urljoin(url, to)
            if _origin(following) != _origin(url):
                for name in ("authorization", "cookie"):
                    sent.pop(name, None)
            if answer.status == 303 and method != "HEAD" or answer.status in (301, 302) and method == "POST":
                method, body = "GET", b""
                sent.pop("content-type", None)
            url = following
        raise ClientError(f"{url}: more than {self.redirects} redirects")

    # ---- One request ----

    async def _once(self, method: str, url: str, fields: Mapping[str, str], body: bytes, seconds: float) -> Answer:
        origin = _origin(url)
        parts = urlsplit(url)
        target = urlunsplit(("", "", quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._"), quote(parts.query, safe="/%:@!$&'()*+,;=~-._?"), ""))
        host = f"[{origin.host}]" if ":" in origin.host else origin.host
        if origin.port != (443 if origin.scheme == "https" else 80):
            host += f":{origin.port}"
        lines = [("host", host), *fields.items()]
        if body or method in ("POST", "PUT", "PATCH"):
            lines.append(("content-length", str(len(body))))
        try:
            message = make_head(f"{method} {target} HTTP/1.1", lines) + body
        except ValueError as error:
            raise ClientError(f"{url}: {error}") from None
        while True:
            stream, fresh = await self._connect(origin, url)
            try:
                return await self._exchange(stream, origin, method, url, message, seconds)
            except (ConnectionError, Late) as error:  # a connection that was kept may have ended meanwhile
                stream.abort()
                if fresh or method not in _SAFE or not isinstance(error, ConnectionError):
                    raise ClientError(f"{url}: {error or 'the connection was closed'}") from None
            except BaseException:
                stream.abort()
                raise

    async def _connect(self, origin: _Origin, url: str) -> tuple[Stream, bool]:
        loop = asyncio.get_running_loop()
        kept = self._idle.get(origin, [])
        while kept:
            since, stream = kept.pop()
            if not stream.ended and not stream.data and loop.time() - since < self._kept_seconds:
                return stream, False
            stream.abort()
        tls = (self._tls or verified()) if origin.scheme == "https" else None
        self._tls = tls or self._tls
        try:
            _, stream = await loop.create_connection(Stream, origin.host, origin.port, ssl=tls)
        except OSError as error:
            raise ClientError(f"{url}: {error}") from None
        return stream, True

    async def _exchange(self, stream: Stream, origin: _Origin, method: str, url: str, message: bytes, seconds: float) -> Answer:
        stream.write(message)
        try:
            while True:
                while (found := read_response(stream.data, 0, _HEAD)) is None:
                    if not await stream.more():
                        raise Broken("the connection was closed before the answer")
                end, status, reason, _, fields, length, chunked, close = found
                del stream.data[:end]
                if status >= 200 or status == 101:
                    break
            fields = Fields(fields)
            if method == "HEAD" or status in (204, 304):
                length, chunked = 0, False
            body = Body(stream, length, chunked, float("inf"))
        except ValueError as error:
            raise ClientError(f"{url}: the answer is not HTTP: {error.args[-1]}") from None
        keep = not close and (length >= 0 or chunked)
        freed = False

        def free() -> None:
            nonlocal freed
            if not freed:
                freed = True
                self._free(origin, stream, body, keep)

        return Answer(url, status, reason, fields, self._pieces(body, fields, url, seconds, free), free)

    def _free(self, origin: _Origin, stream: Stream, body: Body, keep: bool) -> None:
        kept = self._idle.setdefault(origin, [])
        if keep and body.done and not stream.data and not stream.ended and len(kept) < self._kept:
            kept.append((stream.loop.time(), stream))
        else:
            stream.close()

    async def _pieces(self, body: Body, fields: Fields, url: str, seconds: float, free: Callable[[], None]) -> AsyncIterator[bytes]:
        total = 0
        try:
            unpack = _unpacker(fields)
            while True:
                async with asyncio.timeout(seconds):
                    piece = await body.read_some()
                for plain in unpack(piece):
                    total += len(plain)
                    if total > self.limit:
                        raise ClientError(f"{url}: the body has more than {self.limit} bytes")
                    yield plain
                if not piece:
                    return
        except TimeoutError:
            raise ClientError(f"{url}: nothing came for {seconds:g} s") from None
        except (ConnectionError, Malformed, zlib.error, ValueError) as error:
            raise ClientError(f"{url}: {error}") from None
        finally:
            free()


async def _leave(answer: Answer) -> None:
    """Be done with a redirect: what is short is read, so that its connection can be used again."""
    if answer.fields.get("content-length", "").isdecimal() and int(answer.fields["content-length"]) <= _SHORT:
        await answer.body()
    await answer.close()


def _origin(url: str) -> _Origin:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ClientError(f"a URL begins with http:// or https:// and a host's name: {url!r}")
    try:
        return _Origin(parts.scheme, parts.hostname, parts.port or (443 if parts.scheme == "https" else 80))
    except ValueError as error:
        raise ClientError(f"{url!r}: {error}") from None


def _unpacker(fields: Fields) -> Callable[[bytes], Iterator[bytes]]:
    """What gives the body's bytes for those that come; b"" is their end."""
    codings = [c for c in fields.words("content-encoding") if c != "identity"]
    if not codings:
        return lambda piece: iter((piece,) if piece else ())
    if len(codings) > 1 or codings[0] not in ("gzip", "x-gzip", "deflate"):
        raise ValueError(f"the body's coding is {', '.join(codings)}; gzip or deflate was asked for")
    return _Inflate(codings[0]).feed


class _Inflate:
    def __init__(self, coding: str) -> None:
        # Of deflate, zlib's format is meant; but some servers send what is inside of it.
        self._unpack = None if coding == "deflate" else zlib.decompressobj(31)

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """Parts of a megabyte at most. ValueError, zlib.error: the data are not as they should be."""
        if self._unpack is None:
            if not piece:
                return
            self._unpack = zlib.decompressobj(15 if piece[0] & 0x0F == 8 else -15)
        if not piece and not self._unpack.eof:
            raise ValueError("the compressed body is cut short")
        while piece and not self._unpack.eof:
            plain = self._unpack.decompress(piece, _PART)
            piece = self._unpack.unconsumed_tail
            if plain:
                yield plain
