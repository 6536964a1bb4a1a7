"""What a handler answers with."""

from __future__ import annotations

import json as _json
import time
from collections.abc import AsyncIterable, Awaitable, Callable, Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

from _http import make_head

if TYPE_CHECKING:
    from ._stream import Stream

_REASON = {status.value: status.phrase for status in HTTPStatus}
NO_BODY = frozenset((204, 304))


class Error(Exception):
    """Ends a request with a status and a text: `raise web.Error(404, "there is no such sensor")`."""

    def __init__(self, status: int, text: str = "", fields: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__(status, text)
        self.status, self.text, self.fields = status, text or _REASON.get(status, ""), list(fields)


class Response:
    """A status, fields, and a body: bytes, str, or an (asynchronous) iterable of them, which is sent as it comes, in chunks."""

    __slots__ = ("status", "fields", "body", "close")

    def __init__(self, body: bytes | str | Iterable[bytes] | AsyncIterable[bytes] = b"", status: int = 200, type: str | None = None,
                 fields: Iterable[tuple[str, str]] = ()) -> None:
        if not 200 <= status <= 599:
            raise ValueError(f"a status is 200 to 599, not {status!r}")
        self.status, self.fields = status, list(fields)
        if type is not None:
            self.fields.append(("content-type", type))
        self.body = body.encode() if isinstance(body, str) else body
        self.close = False  # the connection, afterwards

    def field(self, name: str, value: str) -> Response:
        """Add a field; returns the response."""
        self.fields.append((name, value))
        return self

    def cookie(self, name: str, value: str, *, seconds: int | None = None, path: str = "/", secure: bool = False, http_only: bool = True,
               same_site: str = "Lax") -> Response:
        """Set a cookie (RFC 6265): seconds until it ends (None: with the browser's session; 0: at once). Out of scripts' reach by default."""
        for text, allowed in ((name, "!#$%&'*+-.^_`|~"), (value, "!#$%&'()*+-./:<=>?@[]^_`{|}~")):
            if any(not (c.isalnum() and c.isascii() or c in allowed) for c in text) or not name:
                raise ValueError(f"a cookie's name and value have no such characters: {text!r}")
        parts = [f"{name}={value}", f"Path={path}", f"SameSite={same_site}"]
        if seconds is not None:
            parts.append(f"Max-Age={seconds}")
        parts += ["Secure"] * secure + ["HttpOnly"] * http_only
        return self.field("set-cookie", "; ".join(parts))

    def __repr__(self) -> str:
        return f"<Response {self.status} {_REASON.get(self.status, '')}>"


class Upgrade(Response):
    """Another protocol from here on: `take` gets the connection, and has it until it returns."""

    __slots__ = ("take",)

    def __init__(self, fields: Iterable[tuple[str, str]], take: Callable[[Stream], Awaitable[None]]) -> None:
        super().__init__(fields=fields)
        self.status, self.take = 101, take


def text(body: str, status: int = 200) -> Response:
    """Plain text."""
    return Response(body, status, "text/plain; charset=utf-8")


def html(body: str, status: int = 200) -> Response:
    """A page."""
    return Response(body, status, "text/html; charset=utf-8")


def json(value: object, status: int = 200) -> Response:
    """A value as JSON. TypeError: it has none; ValueError: NaN and infinities have none either."""
    return Response(_json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False), status, "application/json")


def redirect(to: str, status: int = 303) -> Response:
    """Elsewhere: 303, "see other", turns a form's POST into a GET; 307 and 308 keep the method."""
    return Response(b"", status, None, [("location", to)])


def of(result: object) -> Response:
    """A response of what a handler returned: None is 204, str is a page, bytes are bytes, dict and list are JSON."""
    if isinstance(result, Response):
        return result
    if isinstance(result, (dict, list)):
        return json(result)
    if isinstance(result, str):
        return html(result)
    if isinstance(result, bytes):
        return Response(result, type="application/octet-stream")
    if result is None:
        return Response(status=204)
    raise TypeError(f"a handler returns a Response, dict, list, str, bytes or None, not {type(result).__name__}")


_date = (0, "")


def date() -> str:
    """Now, as Date has it (RFC 9110, 5.6.7)."""
    global _date
    now = int(time.time())
    if now != _date[0]:
        _date = (now, http_date(now))
    return _date[1]


def http_date(seconds: float) -> str:
    """Of seconds since 1970."""
    t = time.gmtime(seconds)
    return (f"{('Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun')[t.tm_wday]}, {t.tm_mday:02} "
            f"{('Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec')[t.tm_mon - 1]} {t.tm_year} "
            f"{t.tm_hour:02}:{t.tm_min:02}:{t.tm_sec:02} GMT")


def head(response: Response, more: Iterable[tuple[str, str]]) -> bytes:
    """The head of a response, with further fields."""
    return make_head(f"HTTP/1.1 {response.status} {_REASON.get(response.status, '')}", [("date", date()), *response.fields, *more])
