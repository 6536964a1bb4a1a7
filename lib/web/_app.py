"""An application: routes, what is around them, and what begins and ends with it."""

from __future__ import annotations

import logging
import os
from collections.abc import Awaitable, Callable, Iterable

from ._request import Request
from ._response import Error, Response, of, text
from ._route import Handler, Routes
from ._stream import Late, Malformed, TooLarge

log = logging.getLogger("web")
Next = Callable[[Request], Awaitable[Response]]
Around = Callable[[Request, Next], Awaitable[object]]


class App:
    """Routes and their handlers. hosts: names under which the server may be called (without port); None: any, but for a server that only this
    machine reaches, where it is localhost, 127.0.0.1 and [::1] (another site's name could be made to lead here: DNS rebinding). "*": any."""

    def __init__(self, hosts: Iterable[str] | None = None) -> None:
        self.hosts = None if hosts is None else frozenset(host.lower() for host in hosts)
        self.state: dict[str, object] = {}
        self._routes = Routes()
        self._prefixes: list[tuple[str, Handler]] = []
        self._around: list[Around] = []
        self._starts: list[Callable[[], object]] = []
        self._stops: list[Callable[[], object]] = []
        self._handle: Next | None = None

    # ---- What the program says ----

    def route(self, path: str, methods: Iterable[str] = ("GET",)) -> Callable[[Handler], Handler]:
        """The decorated function, asynchronous or not, handles path: it is called with the request, and with what the path's braces match."""

        def add(handler: Handler) -> Handler:
            self._routes.add(path, tuple(methods), handler)
            return handler

        return add

    def get(self, path: str) -> Callable[[Handler], Handler]:
        """Handles GET, and HEAD."""
        return self.route(path, ("GET",))

    def post(self, path: str) -> Callable[[Handler], Handler]:
        """Handles POST."""
        return self.route(path, ("POST",))

    def put(self, path: str) -> Callable[[Handler], Handler]:
        """Handles PUT."""
        return self.route(path, ("PUT",))

    def patch(self, path: str) -> Callable[[Handler], Handler]:
        """Handles PATCH."""
        return self.route(path, ("PATCH",))

    def delete(self, path: str) -> Callable[[Handler], Handler]:
        """Handles DELETE."""
        return self.route(path, ("DELETE",))

    def websocket(self, path: str, **options: object) -> Callable[[Handler], Handler]:
        """The decorated function is called with a WebSocket once one is open at path; options: see web.WebSocket.accept."""
        from ._socket import upgrade

        def add(handler: Handler) -> Handler:
            self._routes.add(path, ("GET",), upgrade(handler, **options))
            return handler

        return add

    def static(self, prefix: str, folder: str | os.PathLike[str]) -> None:
        """Files of a folder below prefix. Files and folders whose names begin with a dot are not shown, nor what is outside of the folder."""
        from ._static import folder_handler

        self.mount(prefix, folder_handler(os.fspath(folder)))

    def mount(self, prefix: str, handler: Handler) -> None:
        """All below prefix, "/" or such as "/files", that no route handles; handler is called with the request and the rest of the path."""
        if not prefix.startswith("/") or (prefix.endswith("/") and prefix != "/"):
            raise ValueError(f'a prefix is "/", or begins with / and does not end with it: {prefix!r}')
        self._prefixes.append((prefix.rstrip("/"), handler))
        self._prefixes.sort(key=lambda entry: -len(entry[0]))

    def around(self, function: Around) -> Around:
        """The decorated function is called with each request and with the next function, whose response it returns, or another one. The first is outermost."""
        self._around.append(function)
        self._handle = None
        return function

    def on_start(self, function: Callable[[], object]) -> Callable[[], object]:
        """Called, and awaited, before a server takes connections."""
        self._starts.append(function)
        return function

    def on_stop(self, function: Callable[[], object]) -> Callable[[], object]:
        """Called, and awaited, when a server has ended; the last one first."""
        self._stops.append(function)
        return function

    # ---- What servers ask ----

    async def start(self) -> None:
        """What on_start has."""
        for function in self._starts:
            await _finish(function())

    async def stop(self) -> None:
        """What on_stop has; one that fails is logged, and does not keep the others from being called."""
        for function in reversed(self._stops):
            try:
                await _finish(function())
            except Exception:
                log.exception("%r failed at the end", function)

    async def handle(self, request: Request) -> Response:
        """The response to a request, whatever happens in its handler."""
        if self._handle is None:
            self._handle = self._chain()
        try:
            return await self._handle(request)
        except Error as error:
            return error_response(error)
        except (ConnectionError, Late, Malformed, TooLarge):
            raise  # of the request's body: the server knows what to say
        except Exception:
            log.exception("%s %s failed", request.method, request.target)
            return error_response(Error(500))

    def _chain(self) -> Next:
        handle: Next = self._call
        for function in reversed(self._around):
            handle = _step(function, handle)
        return handle

    async def _call(self, request: Request) -> Response:
        handler, arguments = self._find(request)
        result = handler(request, *arguments[0], **arguments[1])
        return of(await result if isinstance(result, Awaitable) else result)

    def _find(self, request: Request) -> tuple[Handler, tuple[tuple[object, ...], dict[str, object]]]:
        found = self._routes.find(request.path)
        if found is None:
            for prefix, handler in self._prefixes:
                if request.path == prefix or request.path.startswith(prefix + "/"):
                    return handler, ((request.path[len(prefix):],), {})
            raise Error(404, "there is nothing here")
        handlers, request.params = found
        handler = handlers.get(request.method) or (handlers.get("GET") if request.method == "HEAD" else None)
        if handler is not None:
            return handler, ((), request.params)
        allowed = ", ".join(sorted({*handlers, "OPTIONS", *(("HEAD",) if "GET" in handlers else ())}))
        if request.method == "OPTIONS":
            return lambda request, **_: Response(status=204, fields=[("allow", allowed)]), ((), {})
        raise Error(405, f"{request.method} is not for this path, {allowed} are", [("allow", allowed)])


def _step(function: Around, following: Next) -> Next:
    async def handle(request: Request) -> Response:
        return of(await function(request, following))

    return handle


async def _finish(result: object) -> None:
    if isinstance(result, Awaitable):
        await result


def error_response(error: Error) -> Response:
    """What a client gets to see of an error."""
    response = text(f"{error.text}\n", error.status)
    response.fields += error.fields
    return response
