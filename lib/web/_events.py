"""Server-sent events (HTML Living Standard, 9.2)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterable, AsyncIterator

from ._response import Response

_QUIET = 15  # seconds after which a comment is sent, so that nobody on the way takes the connection for dead


def event(data: object, *, name: str = "", id: str = "", retry: int = 0) -> bytes:
    """One event. data: str, or what has JSON; retry: milliseconds after which the browser connects again."""
    for text in (name, id):
        if "\n" in text or "\r" in text or "\0" in text:
            raise ValueError(f"a name and an id have one line: {text!r}")
    lines = [f"event: {name}"] * bool(name) + [f"id: {id}"] * bool(id) + [f"retry: {retry}"] * bool(retry)
    text = data if isinstance(data, str) else json.dumps(data, separators=(",", ":"), ensure_ascii=False)
    lines += [f"data: {line}" for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return ("\n".join(lines) + "\n\n").encode()


def events(source: AsyncIterable[object]) -> Response:
    """A stream of events: what source yields, as data; bytes are events that event() has made."""
    return Response(_stream(source), type="text/event-stream", fields=[("cache-control", "no-store"), ("x-accel-buffering", "no")])


async def _stream(source: AsyncIterable[object]) -> AsyncIterator[bytes]:
    iterator = aiter(source)
    following: asyncio.Task[object] | None = None
    yield b": \n\n"
    try:
        while True:
            following = following or asyncio.ensure_future(anext(iterator))
            done, _ = await asyncio.wait((following,), timeout=_QUIET)
            if not done:
                yield b": \n\n"
                continue
            try:
                value = following.result()
            except StopAsyncIteration:
                return
            finally:
                following = None
            yield value if isinstance(value, bytes) else event(value)
    finally:
        if following is not None:
            following.cancel()
            await asyncio.wait((following,))
        if hasattr(iterator, "aclose"):
            await iterator.aclose()
