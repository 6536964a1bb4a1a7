"""A program as a service: it says when it is ready and that it is alive, and stops when it is asked to.

A program's command line is PROGRAM [CONFIG] [KEY=VALUE ...]. Source: systemd, sd_notify(3) and systemd.service(5): datagrams of lines NAME=VALUE to the socket that NOTIFY_SOCKET names. Without systemd nothing is said.
"""

import asyncio
import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Coroutine
from types import SimpleNamespace

from ._config import Table, load

_log = logging.getLogger("node")


def notify(text: str) -> bool:
    """Tell the service manager, as sd_notify(3) does: "READY=1", "STATUS=...", several lines. False: there is none, or it does not listen."""
    path = os.environ.get("NOTIFY_SOCKET", "")
    if path[:1] not in ("/", "@"):
        return False
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as s:
            s.sendto(text.encode(), "\0" + path[1:] if path[0] == "@" else path)
    except OSError as error:
        _log.warning("the service manager at %s does not listen: %s", path, error)
        return False
    return True


def _watchdog_period() -> float | None:
    """Seconds between two signs of life, a third of what the manager waits for; None: it does not watch this process."""
    try:
        microseconds, pid = int(os.environ.get("WATCHDOG_USEC", "0")), int(os.environ.get("WATCHDOG_PID", os.getpid()))
    except ValueError:
        return None
    return microseconds / 3e6 if microseconds > 0 and pid == os.getpid() else None


class Service:
    """`async with Service() as service: service.ready(); await service.run(work())`.

    stopping: an asyncio.Event that SIGTERM and SIGINT set.
    """

    def __init__(self) -> None:
        self.stopping = asyncio.Event()
        self._period = _watchdog_period()
        self._told = 0.0

    async def __aenter__(self) -> "Service":
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop, number)
        return self

    async def __aexit__(self, kind, error, trace) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)

    def _stop(self, number: int) -> None:
        if not self.stopping.is_set():
            _log.info("%s: stopping", signal.Signals(number).name)
            notify("STOPPING=1")
            self.stopping.set()

    def ready(self, status: str = "") -> None:
        """All is open, and the work begins."""
        notify(f"READY=1\nSTATUS={status}")

    def status(self, text: str) -> None:
        """One line about how things stand, for `systemctl status`."""
        notify(f"STATUS={text}")

    def alive(self) -> None:
        """Call it as often as you like where the work is done: if it stays away for as long as the unit's WatchdogSec, systemd starts the service again."""
        if self._period is not None and (now := time.monotonic()) - self._told >= self._period:
            self._told = now
            notify("WATCHDOG=1")

    async def run(self, *work: Coroutine) -> None:
        """Do all of this at once, until the service is to stop or all of it has ended. An error of one ends the others, and is raised."""
        tasks = [asyncio.ensure_future(one) for one in work]
        end = asyncio.ensure_future(self.stopping.wait())
        waiting: set[asyncio.Future] = set(tasks)
        try:
            while waiting and not end.done():
                done, _ = await asyncio.wait({*waiting, end}, return_when=asyncio.FIRST_COMPLETED)
                for task in done - {end}:
                    task.result()
                waiting -= done
        finally:
            for task in (*tasks, end):
                task.cancel()
            await asyncio.gather(*tasks, end, return_exceptions=True)


def command(main: Callable[[SimpleNamespace, str], Coroutine], default: str, table: Table) -> int:
    """What a node's command line asks for: run main(configuration, its path), and log. The result is the exit status: 0, or what went wrong is said, and it is
    2 for a wrong configuration, 1 for what the system refused. default: the path of the configuration where the command line names none."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s: %(message)s")
    path = next((word for word in sys.argv[1:] if "=" not in word), default)
    status = 2
    try:
        config = load(path, table, [word for word in sys.argv[1:] if "=" in word])
        status = 1
        asyncio.run(main(config, path))
        return 0
    except (ValueError, OSError) as error:
        print(f"{os.path.basename(sys.argv[0])}: {error}", file=sys.stderr)
        return 2 if isinstance(error, ValueError) else status
