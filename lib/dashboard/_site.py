"""The site: which requests there are, who may make them, and what is checked before anything else."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING

import web

from ._auth import SESSION_SECONDS, Doorkeeper, Session
from ._history import History
from ._live import Live
from ._page import FILES

if TYPE_CHECKING:
    from . import Dashboard
    from ._console import Consoles

_MESSAGE = 4096  # bytes of a page's message
_TOKEN = 1024  # bytes of the body that has a token
_POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
           "worker-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'")
_FIELDS = [("content-security-policy", _POLICY), ("x-content-type-options", "nosniff"), ("referrer-policy", "no-referrer"), ("x-frame-options", "DENY"),
           ("cross-origin-opener-policy", "same-origin"), ("cross-origin-resource-policy", "same-origin")]
_SAFE = ("GET", "HEAD", "OPTIONS")


class Site:
    """What a dashboard's server answers."""

    def __init__(self, dashboard: Dashboard, live: Live, history: History) -> None:
        self._dashboard, self._live, self._history = dashboard, live, history
        self.doorkeeper: Doorkeeper | None = None
        self.console_on = False
        self._consoles: Consoles | None = None
        self.cookie = "krait_session"
        self._hosts: frozenset[str] = frozenset()
        self._address = ""
        self.app = web.App(hosts=["*"])  # _check_host knows more
        self.app.around(self._around)
        for path in FILES:
            self.app.get(path)(_page_file)
        for method, path, handler in (
            ("POST", "/api/login", self._login), ("POST", "/api/logout", self._logout), ("GET", "/api/history", self._answer_history), ("GET", "/api/export", self._export),
            ("GET", "/api/script/{name}", self._read_script), ("PUT", "/api/script/{name}", self._write_script),
            ("POST", "/api/script/{name}/run", self._run_script), ("POST", "/api/script/{name}/stop", self._stop_script),
        ):
            self.app.route(path, (method,))(handler)
        self.app.get("/api/session")(_who)
        # Of pages, _check_origin knows more as well.
        self.app.websocket("/api/live", message=_MESSAGE, compress=False, origins=["*"])(self._serve_live)
        self.app.websocket("/api/console", message=_MESSAGE * 16, compress=False, origins=["*"])(self._serve_console)

    def open(self, doorkeeper: Doorkeeper, console: bool, hosts: Iterable[str], address: str) -> None:
        """Begin to answer. hosts: names under which the server may be called, beside the usual ones; address: a further origin of its own pages, or ""."""
        self.doorkeeper, self._address = doorkeeper, address
        own = socket.gethostname().lower()
        self._hosts = frozenset((*(host.lower() for host in hosts), "localhost", own, own.partition(".")[0] + ".local"))
        self.console_on = console

    def close(self) -> None:
        """End all sessions, and what runs for them."""
        if self.doorkeeper is not None:
            self.doorkeeper.end()
        if self._consoles is not None:
            self._consoles.close()
        self.doorkeeper = self._consoles = None

    # ---- Before anything else ----

    async def _around(self, request: web.Request, following: Callable[[web.Request], Awaitable[web.Response]]) -> web.Response:
        try:
            if self.doorkeeper is None:
                raise web.Error(503, "the dashboard is not open")
            self._check_host(request.host)
            self._check_origin(request)
            if request.path.startswith("/api/") and request.path != "/api/login":
                request.state["session"] = self._session(request)
            if request.path == "/api/console":
                self._operator(request)  # before it is upgraded
            response = await following(request)
        except web.Error as error:
            if error.status == 404 and request.path.startswith("/api/"):
                error.text = error.text or "there is nothing here"
            response = web.json({"error": error.text} | getattr(error, "more", {}), error.status)
            response.fields += error.fields
        if response.status != 101:
            response.fields += _FIELDS
            if request.path.startswith("/api/"):
                response.field("cache-control", "no-store")
        return response

    def _check_host(self, host: str) -> None:
        """A name that another site has made to lead here (DNS rebinding) is not one of ours; addresses cannot be made to."""
        name, colon, port = host.rpartition(":")
        name = (name if colon and port.isdecimal() else host).lower()
        try:
            ipaddress.ip_address(name[1:-1] if name.startswith("[") and name.endswith("]") else name)
        except ValueError:
            if name not in self._hosts:
                raise web.Error(421, "this server is not called by that name") from None

    def _check_origin(self, request: web.Request) -> None:
        """Pages of other sites may ask for nothing here, and nothing is changed for those who do not say where they come from (browsers always do)."""
        origin = request.fields.get("origin")
        if origin is None:
            allowed = request.method in _SAFE and (request.fields.get("sec-fetch-site", "none") in ("same-origin", "none") or not request.path.startswith("/api/"))
        elif self._address and request.host.lower() == self._address.partition("//")[2]:
            allowed = origin == self._address
        else:
            allowed = origin in (f"http{'s' if request.secure else ''}://{request.host}", self._address or None)
        if not allowed:
            raise web.Error(403, "this is not for pages of other sites")

    def _session(self, request: web.Request) -> Session:
        session = self.doorkeeper.find(request.cookies.get(self.cookie, ""))
        if session is None:
            raise web.Error(401, "log in first")
        return session

    def _operator(self, request: web.Request) -> Consoles:
        """Where operators run things. Error 403."""
        if not request.state["session"].operator:
            raise web.Error(403, "this takes the operator's token")
        if not self.console_on:
            raise web.Error(403, "the console is off")
        if self._consoles is None:
            from ._console import Consoles  # of some size, which a node does without until somebody types

            self._consoles = Consoles(self._dashboard.names)
        return self._consoles

    # ---- Sessions ----

    async def _login(self, request: web.Request) -> web.Response:
        if (wait := self.doorkeeper.wait(request.peer)):
            raise _Wait(429, "too many wrong tokens", wait)
        if len(body := await request.body()) > _TOKEN:
            raise web.Error(413, f"a token takes less than {_TOKEN} bytes")
        asked = await request.json() if body else None
        if not isinstance(asked, dict) or not isinstance(asked.get("token"), str):
            raise web.Error(400, 'expected {"token": "..."}')
        found = await self.doorkeeper.login(asked["token"], request.peer)
        if found is None:
            raise _Wait(401, "the token is wrong", self.doorkeeper.wait(request.peer))
        return web.Response(status=204).cookie(self.cookie, found[0], seconds=SESSION_SECONDS, secure=self._is_secure(request), same_site="Strict")

    def _logout(self, request: web.Request) -> web.Response:
        self.doorkeeper.logout(request.cookies.get(self.cookie, ""))
        return web.Response(status=204).cookie(self.cookie, "", seconds=0, secure=self._is_secure(request), same_site="Strict")

    def _is_secure(self, request: web.Request) -> bool:
        """Does it come over TLS, here or to the proxy?"""
        return request.secure or self._address.startswith("https:") and request.fields.get("origin") == self._address

    # ---- History ----

    async def _answer_history(self, request: web.Request) -> web.Response:
        return web.json(await self._history.answer(request.query))

    async def _export(self, request: web.Request) -> web.Response:
        return await self._history.export(request.query)

    # ---- Scripts ----

    def _script(self, name: str) -> str:
        path = self._dashboard.scripts.get(name)
        if path is None:
            raise web.Error(404, "there is no such script")
        return path

    def _read_script(self, request: web.Request, name: str) -> web.Response:
        return web.text(self._operator(request).read(self._script(name)))

    async def _write_script(self, request: web.Request, name: str) -> None:
        console = self._operator(request)
        console.write(self._script(name), await request.text())

    def _run_script(self, request: web.Request, name: str) -> None:
        self._operator(request).run(name, self._script(name))

    def _stop_script(self, request: web.Request, name: str) -> None:
        console = self._operator(request)
        self._script(name)
        console.stop(name)

    # ---- WebSockets ----

    async def _serve_live(self, socket: web.WebSocket) -> None:
        await _held(socket, lambda session: self._live.serve(socket, session))

    async def _serve_console(self, socket: web.WebSocket) -> None:
        await _held(socket, lambda session: self._operator(socket.request).serve(socket))


class _Wait(web.Error):
    """A try to log in that failed: wait says for how many seconds further ones will."""

    def __init__(self, status: int, text: str, wait: int) -> None:
        super().__init__(status, text, [("retry-after", str(wait))] if wait else ())
        self.more = {"wait": wait}


def _who(request: web.Request) -> dict[str, str]:
    """What GET /api/session says: who is logged in."""
    return {"role": request.state["session"].role}


def _page_file(request: web.Request) -> web.Response:
    """A file of the page, as it was packed; 304 where the browser has it."""
    kind, tag, packed = FILES[request.path]
    fields = [("etag", f'"{tag}"'), ("vary", "accept-encoding"), ("cache-control", "no-cache")]
    if f'"{tag}"' in request.fields.get("if-none-match", ""):
        return web.Response(b"", 304, fields=fields)
    if "gzip" in request.fields.words("accept-encoding"):
        return web.Response(packed, 200, kind, [*fields, ("content-encoding", "gzip")])
    import gzip

    return web.Response(gzip.decompress(packed), 200, kind, fields)


async def _held(socket: web.WebSocket, serve: Callable[[Session], Awaitable[None]]) -> None:
    """Serve a WebSocket until it is closed, or its session ends."""
    session: Session = socket.request.state["session"]
    serving = asyncio.ensure_future(serve(session))
    if not session.hold(serving.cancel):
        serving.cancel()
    try:
        await asyncio.wait((serving,))
        if serving.cancelled():
            await socket.close(1008, "the session has ended")
        elif serving.exception() is not None and not isinstance(serving.exception(), web.Closed):
            raise serving.exception()
    finally:
        session.release(serving.cancel)
        serving.cancel()
