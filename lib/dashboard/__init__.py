"""A page that shows what a node measures, switches, says and runs: live values, charts, alarms, actuators, the board, the log, a console.

    dash = dashboard.Dashboard("Greenhouse", store=store, folder="state")
    dash.value("air", "Air", unit="°C", chart="Climate", decimals=1)
    async with dash.serve(port=8800):
        dash.update({"air": 21.5})

Only this machine reaches it unless it has TLS. Who has the operator's token changes things, who has the viewer's sees them. docs/dashboard.md says more.
"""

from __future__ import annotations

import ipaddress
import logging
import os
import re
import time
from collections import deque
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import web

from ._actuator import Actuator
from ._auth import Doorkeeper
from ._history import History
from ._live import LINES, Live, Refused
from ._site import Site

if TYPE_CHECKING:
    import ssl

    from rules import Rules
    from store import Store

    from ._auth import Session

_ADDRESS = re.compile(r"https?://([a-z0-9.-]+|\[[0-9a-f:.]+\])(:[0-9]+)?")
_LINE = 2000  # characters of a line of the log
_SCRIPT_NAME = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.")


class Dashboard:
    """A dashboard: what it shows is said first, then it serves. title: of the page; store: where history comes from; folder: for the tokens' hashes.

    names: what consoles and scripts of the page begin with; a program adds what it wants to have at hand there."""

    def __init__(self, title: str, store: Store | None = None, folder: str | os.PathLike[str] = "state") -> None:
        self.title, self.folder = title, os.fspath(folder)
        self.actuators: dict[str, Actuator] = {}
        self.scripts: dict[str, str] = {}  # path by name
        self.lines: deque[dict[str, object]] = deque(maxlen=LINES)
        self.names: dict[str, object] = {"dash": self, "store": store}
        self._values: dict[str, dict[str, object]] = {}
        self._latest: dict[str, object] = {}
        self._latest_at = 0.0
        self._rules: Rules | None = None
        self._severity: dict[str, str] = {}
        self._pins: Callable[[], list[dict[str, object]]] | None = None
        self._live = Live(self)
        self._site = Site(self, self._live, History(store, self._values))
        self.app = self._site.app

    # ---- What it shows ----

    def value(self, name: str, label: str | None = None, *, unit: str = "", chart: str = "", decimals: int = 2) -> None:
        """Show a value, a series of the store. Values of one chart share it; chart "": one of its own. ValueError: there is one of that name."""
        _new(name, self._values, "value")
        self._values[name] = {"name": name, "label": label or name, "unit": unit, "chart": chart or label or name, "decimals": decimals}

    def update(self, values: dict[str, object]) -> None:
        """New readings by name, shown at once. KeyError: one is of no value that is shown."""
        if not values.keys() <= self._values.keys():
            unknown = ", ".join(sorted(values.keys() - self._values.keys()))
            raise KeyError(f"the dashboard shows no {unknown}: value() says what it shows")
        self._latest.update(values)
        self._latest_at = time.time()
        self._live.values(values)

    def switch(self, name: str, label: str | None = None, *, get: Callable[[], object], set: Callable[[bool], object]) -> None:
        """Show a switch: get() says whether it is on, set(on) switches it; each may be a coroutine function. What set raises is shown."""
        _new(name, self.actuators, "actuator")
        self.actuators[name] = Actuator(label or name, get, set)

    def slider(self, name: str, label: str | None, low: float, high: float, *, unit: str = "", get: Callable[[], object], set: Callable[[float], object]) -> None:
        """Show a slider from low to high; get and set as with switch()."""
        _new(name, self.actuators, "actuator")
        self.actuators[name] = Actuator(label or name, get, set, low, high, unit)

    def alarms(self, rules: Rules, severity: dict[str, str] | None = None) -> None:
        """Show the alarms of these rules; operators acknowledge them. severity: "info", "warning" (unless given) or "critical", by an alarm's name."""
        self._rules, self._severity = rules, dict(severity or {})

    def board(self, on: bool = True, roles: dict[int | str, str] | None = None, more: Callable[[], list[dict[str, object]]] = list) -> None:
        """Show the pins that the program uses. roles: what they are for, by the pin's number or name. more(): what else there is, such as PWM outputs and buses:
        dicts of name, role, mode and level, all of them texts, or None for a level that there is none of; instead of the pin of that name, if there is one."""
        from ._board import viewer

        self._pins = viewer(dict(roles or {}), more) if on else None

    def log(self, level: int = logging.INFO) -> logging.Handler:
        """A handler whose last 500 lines are shown: logging.getLogger().addHandler(dash.log())."""
        return _Lines(self, level)

    def script(self, name: str, path: str | os.PathLike[str]) -> None:
        """A script that operators may edit and run, where the console is on. ValueError: name is no file's name."""
        _new(name, self.scripts, "script")
        if not name or name.startswith(".") or not _SCRIPT_NAME.issuperset(name) or len(name) > 64:
            raise ValueError(f"a script's name is up to 64 letters, digits, _, - and dots, not {name!r}")
        self.scripts[name] = os.path.abspath(path)

    # ---- Serving ----

    def serve(self, host: str = "127.0.0.1", port: int = 8800, *, tls: ssl.SSLContext | tuple[str, str] | None = None, console: bool | None = None,
              hosts: Iterable[str] = (), address: str = "") -> Serving:
        """`async with dash.serve() as server`: server.url is the page's address; the tokens are printed when they are made.

        tls: a context, or the paths of certificate and key; without it only this machine may reach the server (ValueError). console: None is on where only this machine
        reaches it, off otherwise. hosts: further names under which it may be called, beside addresses, localhost and this machine's name. address: how browsers reach
        it where a proxy stands in between, such as "https://greenhouse.example" (ValueError: it has a path, or is no such address)."""
        return Serving(self, host, port, tls, console, hosts, address)

    # ---- What pages ask ----

    def hello(self, session: Session) -> dict[str, object]:
        """What a page is told first."""
        console = self._site.console_on and session.operator
        actuators = [{"name": name, "value": self._live.shown(f"actuator {name}")} | actuator.describe() for name, actuator in self.actuators.items()]
        return {"type": "hello", "title": self.title, "role": session.role, "console": console, "values": list(self._values.values()), "actuators": actuators,
                "scripts": list(self.scripts) if console else [], "now": time.time(), "latest": self._latest, "latest_at": self._latest_at}

    async def open_alarms(self) -> list[dict[str, object]] | None:
        """What asks for attention; None: there are no alarms here."""
        if self._rules is None:
            return None
        return [{"id": name, "name": name, "text": text, "severity": self._severity.get(name, "warning"), "state": state, "since": since, "seen": seen, "count": count}
                for name, state, text, since, seen, count in await self._rules.open_alarms()]

    async def acknowledge(self, alarm: object) -> None:
        """An operator has seen an alarm. Refused: there is none of that name."""
        if self._rules is None or not isinstance(alarm, str):
            raise Refused(f"there is no alarm {alarm!r:.80}")
        try:
            await self._rules.acknowledge(alarm, by="dashboard")
        except KeyError as error:
            raise Refused(error.args[0]) from None

    def pins(self) -> list[dict[str, object]] | None:
        """The pins in use; None: the board is not shown."""
        return self._pins() if self._pins is not None else None

    def add_line(self, line: dict[str, object]) -> None:
        """A line of the log."""
        self.lines.append(line)
        self._live.line(line)


class Serving:
    """A dashboard that is served; see Dashboard.serve."""

    def __init__(self, dash: Dashboard, host: str, port: int, tls: ssl.SSLContext | tuple[str, str] | None, console: bool | None, hosts: Iterable[str], address: str) -> None:
        local = _is_local(host)
        public = _ADDRESS.fullmatch(address.lower())
        if address and not public:
            raise ValueError(f"the dashboard's address is one such as https://greenhouse.example, without a path, not {address!r}")
        if not local and tls is None:
            raise ValueError(f"{host} can be reached from elsewhere: the dashboard takes TLS there, tls=(certificate, key), or stays at 127.0.0.1")
        self._dash, self._console, self._address = dash, local and not public if console is None else console, address.lower()
        self._hosts = (*hosts, public[1]) if public else hosts
        self._server = web.Server(dash.app, host, port, ssl=_context(tls), limits=web.Limits(body=1 << 19, connections=200))

    async def __aenter__(self) -> web.Server:
        site = self._dash._site
        site.open(Doorkeeper(self._dash.folder), self._console, self._hosts, self._address)
        await self._server.start()
        site.cookie = f"krait_session_{self._server.port}"  # browsers give a host's cookies to all of its ports
        url = f"{self._address}/" if self._address else self._server.url
        for role, token in site.doorkeeper.new.items():
            print(f"Dashboard, for the {role}: {url}#token={token}", flush=True)
        if not site.doorkeeper.new:
            print(f"Dashboard: {url}", flush=True)
        return self._server

    async def __aexit__(self, *error: object) -> None:
        self._dash._site.close()
        await self._server.stop()


class _Lines(logging.Handler):
    """What is logged, for the page."""

    def __init__(self, dash: Dashboard, level: int) -> None:
        super().__init__(level)
        self._dash = dash

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self._dash.add_line({"t": record.created, "level": record.levelname.lower(), "text": self.format(record)[:_LINE]})
        except Exception:
            self.handleError(record)


def _new(name: str, there: dict[str, object], what: str) -> None:
    if not isinstance(name, str) or not name or "," in name or len(name) > 200:
        raise ValueError(f"the name of a {what} is text without commas, not {name!r:.80}")
    if name in there:
        raise ValueError(f"there is a {what} {name!r} already")


def _is_local(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _context(tls: ssl.SSLContext | tuple[str, str] | None) -> ssl.SSLContext | None:
    if not isinstance(tls, tuple):
        return tls
    import ssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(*tls)
    except OSError as error:
        raise ValueError(f"the dashboard's TLS takes a certificate and its key, not {tls[0]!r} and {tls[1]!r}: {error}") from None
    return context


__all__ = ["Dashboard"]
