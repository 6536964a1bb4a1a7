"""HTTP/1.1 and WebSocket: a server with routes, and a client.

    import web

    app = web.App()

    @app.get("/sensors/{name}")
    async def sensor(request, name):
        return {"sensor": name, "value": 21.5}

    web.run(app, port=8080)

Everything has a limit (web.Limits). Only this machine reaches a server, unless it is told another host.
"""

from typing import TYPE_CHECKING

from ._app import App
from ._events import event, events
from ._fields import Fields, Values
from ._form import File, Form
from ._request import Request
from ._response import Error, Response, html, json, redirect, text
from ._run import run
from ._server import Limits, Server
from ._socket import Closed, WebSocket, connect
from ._static import file

if TYPE_CHECKING:
    from . import wsgi
    from ._client import Answer, Client, ClientError

_LATER = {"Answer": "._client", "Client": "._client", "ClientError": "._client"}  # modules of some size, which a server does without


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name == "wsgi":
        return import_module(".wsgi", __name__)
    if name in _LATER:
        return getattr(import_module(_LATER[name], __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "Answer", "App", "Client", "ClientError", "Closed", "Error", "Fields", "File", "Form", "Limits", "Request", "Response", "Server", "Values", "WebSocket",
    "connect", "event", "events", "file", "html", "json", "redirect", "run", "text", "wsgi",
]
