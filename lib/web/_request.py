"""What a handler is asked."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from ._fields import Fields, Values
from ._response import Error

if TYPE_CHECKING:
    from ._app import App
    from ._stream import Body


class Request:
    """A request. path: decoded, without the query; params: what the route's braces have matched; peer: the client's address; secure: over TLS."""

    __slots__ = ("method", "target", "path", "fields", "params", "peer", "secure", "app", "state", "_query_text", "_query", "_body", "_bytes", "_begin")

    def __init__(self, app: App, method: str, target: str, fields: Fields, body: Body, peer: str, secure: bool, begin: object) -> None:
        self.app, self.method, self.target, self.fields, self.peer, self.secure = app, method, target, fields, peer, secure
        path, _, self._query_text = target.partition("?")
        if not path.startswith("/"):
            path = _path_of(method, path)
        self.path = _decode(path) if "%" in path else path
        self.params: dict[str, object] = {}
        self.state: dict[str, object] = {}  # for middleware
        self._query: Values | None = None
        self._body, self._bytes, self._begin = body, None, begin

    @property
    def query(self) -> Values:
        """The parameters behind the question mark."""
        if self._query is None:
            self._query = _values(self._query_text)
        return self._query

    @property
    def host(self) -> str:
        """As the client calls this server: name or address, with the port where it is not the usual one."""
        return self.fields.get("host", "")

    @property
    def type(self) -> str:
        """The body's type, in lower case, without parameters."""
        return self.fields.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def cookies(self) -> dict[str, str]:
        """Cookies that came; what is no cookie is left out."""
        from http.cookies import CookieError, SimpleCookie

        try:
            return {name: cookie.value for name, cookie in SimpleCookie(self.fields.get("cookie", "")).items()}
        except CookieError:
            return {}

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """The body, piece by piece, however large it is allowed to be."""
        self._begin()
        while piece := await self._body.read_some():
            yield piece

    async def body(self) -> bytes:
        """The whole body."""
        if self._bytes is None:
            self._begin()
            self._bytes = await self._body.read()
        return self._bytes

    async def text(self) -> str:
        """The body as UTF-8. Error 400: it is not."""
        try:
            return (await self.body()).decode()
        except UnicodeDecodeError:
            raise Error(400, "the body is not UTF-8") from None

    async def json(self) -> object:
        """The body's JSON. Error 400: it is none."""
        try:
            return json.loads(await self.body())
        except (ValueError, RecursionError) as error:
            raise Error(400, f"the body is not JSON: {error}") from None

    async def form(self) -> Values:
        """The fields of a form, urlencoded or multipart; files are in `files` of what is returned. Error 400, 415."""
        from . import _form

        if self.type == "application/x-www-form-urlencoded":
            return _values(await self.text())
        if self.type == "multipart/form-data":
            return _form.parse(self.fields["content-type"], await self.body())
        raise Error(415, f"a form is application/x-www-form-urlencoded or multipart/form-data, not {self.type or 'without a type'}")

    def __repr__(self) -> str:
        return f"<Request {self.method} {self.target}>"


def _values(text: str) -> Values:
    try:
        return Values.parse(text)
    except ValueError as error:
        raise Error(400, str(error)) from None


def _decode(path: str) -> str:
    try:
        return unquote(path, errors="strict")
    except UnicodeDecodeError:
        raise Error(400, "the path is not UTF-8") from None


def _path_of(method: str, target: str) -> str:
    """Of the other forms of targets (RFC 9112, 3.2): a whole URL, or * of OPTIONS."""
    if target == "*" and method == "OPTIONS":
        return target
    parts = urlsplit(target)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise Error(400, "a target is a path that begins with /")
    return parts.path or "/"
