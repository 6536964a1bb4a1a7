"""A server as a program of its own."""

from __future__ import annotations

import asyncio
import signal

from ._app import App
from ._server import Server


def run(app: App, host: str = "127.0.0.1", port: int = 8080, **options: object) -> None:
    """Serve until SIGINT or SIGTERM; options: those of web.Server."""
    asyncio.run(_serve(Server(app, host, port, **options)))


async def _serve(server: Server) -> None:
    done = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, done.set)
    async with server:
        print(f"serving on {server.url}", flush=True)
        await done.wait()
