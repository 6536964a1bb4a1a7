"""The live WebSocket: what has changed goes to all who look, and what they do comes back.

Each viewer has room for what is new: of values and actuators the latest, of other things as much as is shown. So a slow one gets less, and nothing grows.
"""

from __future__ import annotations

import asyncio
import json
import logging
import math
import time
from collections import deque
from typing import TYPE_CHECKING

import web

from ._auth import Session

if TYPE_CHECKING:
    from . import Dashboard

LINES = 500  # of the log
_VIEWERS = 32  # at once
_PAUSE = 0.1  # seconds between messages of one kind
_LOOK = 0.5  # seconds between looks at what does not report itself
_RESULTS = 64  # answers that wait
_PATIENCE = 10  # seconds for an actuator


class Viewer:
    """One page that is open."""

    def __init__(self, socket: web.WebSocket, session: Session) -> None:
        self.socket, self.session = socket, session
        self.values: dict[str, object] = {}
        self.actuators: dict[str, object] = {}
        self.alarms: list[dict[str, object]] | None = None
        self.board: list[dict[str, object]] | None = None
        self.lines: deque[dict[str, object]] = deque(maxlen=LINES)
        self.results: deque[dict[str, object]] = deque(maxlen=_RESULTS)
        self.news = asyncio.Event()

    async def send(self) -> None:
        """Send what is new, until the page is closed."""
        while True:
            await self.news.wait()
            self.news.clear()
            for message in self._take():
                await self.socket.send(encode(message))
            await asyncio.sleep(_PAUSE)

    def _take(self) -> list[dict[str, object]]:
        messages: list[dict[str, object]] = list(self.results)
        self.results.clear()
        if self.values:
            messages.append({"type": "values", "t": time.time(), "v": self.values})
        messages += [{"type": "actuator", "name": name, "value": value} for name, value in self.actuators.items()]
        if self.alarms is not None:
            messages.append({"type": "alarms", "alarms": self.alarms})
        if self.board is not None:
            messages.append({"type": "board", "pins": self.board})
        if self.lines:
            messages.append({"type": "log", "lines": list(self.lines)})
            self.lines.clear()
        self.values, self.actuators, self.alarms, self.board = {}, {}, None, None
        return messages


class Live:
    """All who look at a dashboard. Nothing is computed for nobody."""

    def __init__(self, dashboard: Dashboard) -> None:
        self._dashboard = dashboard
        self._viewers: set[Viewer] = set()
        self._looking: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._shown: dict[str, object] = {}  # what viewers were told last of actuators, alarms and the board

    # ---- What is new ----

    def values(self, values: dict[str, object]) -> None:
        """New readings."""
        for viewer in self._viewers:
            viewer.values.update(values)
            viewer.news.set()

    def line(self, line: dict[str, object]) -> None:
        """A line of the log; from any thread."""
        if self._viewers:
            try:
                self._loop.call_soon_threadsafe(self._add_line, line)
            except RuntimeError:  # the loop has ended
                pass

    def _add_line(self, line: dict[str, object]) -> None:
        for viewer in self._viewers:
            viewer.lines.append(line)
            viewer.news.set()

    def _tell(self, kind: str, key: str, value: object) -> None:
        """Something that was looked at; viewers hear of it if it has changed."""
        if self._shown.get(key, self) == value:
            return
        self._shown[key] = value
        for viewer in self._viewers:
            if kind == "actuator":
                viewer.actuators[key.partition(" ")[2]] = value
            else:
                setattr(viewer, kind, value)
            viewer.news.set()

    def shown(self, key: str) -> object:
        """What viewers were told last; None: nothing yet."""
        return self._shown.get(key)

    async def _look(self) -> None:
        """While somebody looks: what actuators, alarms and pins are like."""
        while True:
            try:
                await self.look()
            except Exception:
                logging.getLogger("dashboard").exception("the dashboard cannot see something")
            await asyncio.sleep(_LOOK)

    async def look(self) -> None:
        """Look once."""
        for name, actuator in self._dashboard.actuators.items():
            self._tell("actuator", f"actuator {name}", await actuator.read())
        alarms = await self._dashboard.open_alarms()
        if alarms is not None:
            self._tell("alarms", "alarms", alarms)
        board = self._dashboard.pins()
        if board is not None:
            self._tell("board", "board", board)

    # ---- A viewer ----

    async def serve(self, socket: web.WebSocket, session: Session) -> None:
        """Serve a page until it is closed, or its session ends."""
        if len(self._viewers) >= _VIEWERS:
            await socket.close(1013, "too many pages are open")
            return
        self._loop = asyncio.get_running_loop()
        await self.look()
        viewer = Viewer(socket, session)
        self._catch_up(viewer)
        self._viewers.add(viewer)
        sender = asyncio.create_task(self._send(viewer))
        try:
            if self._looking is None:
                self._looking = asyncio.create_task(self._look())
            async for message in socket:
                await self._take(viewer, message)
        finally:
            self._viewers.discard(viewer)
            sender.cancel()
            if not self._viewers:
                self._rest()

    def _catch_up(self, viewer: Viewer) -> None:
        """What a new page has to know."""
        viewer.alarms, viewer.board = self._shown.get("alarms"), self._shown.get("board")
        viewer.lines.extend(self._dashboard.lines)
        viewer.news.set()

    def _rest(self) -> None:
        """Nobody looks any more."""
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        self._shown.clear()

    async def _send(self, viewer: Viewer) -> None:
        try:
            await viewer.socket.send(encode(self._dashboard.hello(viewer.session)))
            await viewer.send()
        except (web.Closed, ConnectionError):
            pass

    # ---- What a viewer does ----

    async def _take(self, viewer: Viewer, message: str | bytes) -> None:
        number: object = None
        try:
            asked = decode(message)
            number = asked.get("id")
            if type(number) not in (int, float, str) or isinstance(number, str) and len(number) > 64:
                number = None
            await self._do(viewer, asked)
            result: dict[str, object] = {"ok": True}
        except Refused as error:
            result = {"error": str(error)}
        except Exception as error:  # of the program's functions
            logging.getLogger("dashboard").warning("what a page asked for failed: %s: %s", type(error).__name__, error)
            result = {"error": f"{type(error).__name__}: {error}"[:500]}
        viewer.results.append({"type": "result", "id": number} | result)
        viewer.news.set()

    async def _do(self, viewer: Viewer, asked: dict[str, object]) -> None:
        kind = asked.get("type")
        if kind not in ("set", "ack"):
            raise Refused(f"type is set or ack, not {kind!r:.40}")
        if not viewer.session.operator:
            raise Refused("a viewer cannot change anything; log in as operator")
        if kind == "ack":
            await self._dashboard.acknowledge(asked.get("alarm"))
        else:
            await self._set(asked.get("name"), asked.get("value"))
        await self.look()

    async def _set(self, name: object, value: object) -> None:
        actuator = self._dashboard.actuators.get(name) if isinstance(name, str) else None
        if actuator is None:
            raise Refused(f"there is no actuator {name!r:.40}")
        try:
            async with asyncio.timeout(_PATIENCE):
                await actuator.write(value)
        except TimeoutError:
            raise Refused(f"{actuator.label} has not answered for {_PATIENCE} s") from None
        logging.getLogger("dashboard").info("%s was set to %s", actuator.label, value)


class Refused(Exception):
    """What a page asks for is not done; the text says why."""


def decode(message: str | bytes) -> dict[str, object]:
    """A page's message. Refused: it is none."""
    try:
        asked = json.loads(message)
    except (ValueError, RecursionError):
        asked = None
    if not isinstance(asked, dict):
        raise Refused("a message is a JSON object")
    return asked


def encode(message: object) -> str:
    """JSON; numbers that JSON does not have are null."""
    try:
        return json.dumps(message, separators=(",", ":"), allow_nan=False)
    except ValueError:
        return json.dumps(_finite(message), separators=(",", ":"))


def _finite(value: object) -> object:
    if isinstance(value, dict):
        return {name: _finite(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
