"""WSGI applications (PEP 3333) behind web.Server: `web.Server(web.wsgi.app(flask_app))`. Each request runs in a thread."""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

from ._app import App
from ._request import Request
from ._response import Response

Application = Callable[[dict, Callable], Iterable[bytes]]


def app(application: Application, *, threads: int = 8, hosts: Iterable[str] | None = None) -> App:
    """An App that hands every request to a WSGI application; threads: requests that run at once."""
    made = App(hosts)
    made.mount("/", handler(application, threads=threads))
    return made


def handler(application: Application, *, threads: int = 8) -> Callable[[Request, str], object]:
    """A handler for App.mount."""
    pool = ThreadPoolExecutor(threads, "wsgi")

    async def handle(request: Request, rest: str) -> Response:
        body = await request.body()
        environ = environ_of(request, rest, body)
        loop = asyncio.get_running_loop()
        call = _Call()
        result = await loop.run_in_executor(pool, call.begin, application, environ)
        return Response(_pieces(loop, pool, call, result), call.status, fields=call.fields)

    return handle


def environ_of(request: Request, rest: str, body: bytes) -> dict[str, object]:
    """The variables of a request. rest: the path behind where the application is mounted."""
    name, _, port = request.host.rpartition(":")
    if not port.isdecimal():
        name, port = request.host, "443" if request.secure else "80"
    prefix = request.path.removesuffix(rest)
    environ: dict[str, object] = {
        "REQUEST_METHOD": request.method, "SCRIPT_NAME": _text(prefix), "PATH_INFO": _text(rest), "QUERY_STRING": request.target.partition("?")[2],
        "SERVER_NAME": name, "SERVER_PORT": port, "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": request.peer, "REQUEST_URI": request.target,
        "wsgi.version": (1, 0), "wsgi.url_scheme": "https" if request.secure else "http", "wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr,
        "wsgi.multithread": True, "wsgi.multiprocess": False, "wsgi.run_once": False, "wsgi.input_terminated": True,
    }
    for field, value in request.fields.items():
        key = field.upper().replace("-", "_")
        if "_" not in field:  # X_Forwarded_For is not to be taken for X-Forwarded-For
            environ[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"] = value
    if "transfer-encoding" in request.fields:
        environ["CONTENT_LENGTH"] = str(len(body))
    return environ


def _text(path: str) -> str:
    return path.encode().decode("latin-1")


class _Call:
    """One call of an application."""

    def __init__(self) -> None:
        self.status, self.fields = 0, []
        self.written: list[bytes] = []

    def begin(self, application: Application, environ: dict[str, object]) -> tuple[Iterable[bytes], object, list[bytes]]:
        """Its result, its iterator, and what came before the head had to be known."""
        result = application(environ, self.start)
        iterator = iter(result)
        first = []
        try:
            while not self.status or not any(first):
                first.append(next(iterator))
        except StopIteration:
            pass
        if not self.status:
            raise RuntimeError("the WSGI application has not called start_response")
        return result, iterator, [*self.written, *first]

    def start(self, status: str, fields: list[tuple[str, str]], error: tuple | None = None) -> Callable[[bytes], None]:
        """start_response."""
        if self.status and error is None:
            raise AssertionError("start_response was called twice")
        self.status = int(status[:3])
        self.fields = [(name, value) for name, value in fields if name.lower() not in ("connection", "transfer-encoding", "date")]
        return self.written.append


async def _pieces(loop: asyncio.AbstractEventLoop, pool: ThreadPoolExecutor, call: _Call,
                  begun: tuple[Iterable[bytes], object, list[bytes]]) -> AsyncIterator[bytes]:
    result, iterator, first = begun
    try:
        for piece in first:
            yield piece
        while (piece := await loop.run_in_executor(pool, next, iterator, None)) is not None:
            yield piece
    finally:
        if hasattr(result, "close"):
            await loop.run_in_executor(pool, result.close)
