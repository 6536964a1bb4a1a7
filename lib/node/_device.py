"""Devices that may vanish and come back: the program goes on without them. And the rhythm of what is done again and again."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable

_log = logging.getLogger("node")


class Device:
    """What open() finds, to be called again and again. open(): returns a function; both raise OSError or ValueError where nobody answers.

    A device that fails is left alone for `pause` seconds, and then opened anew: a chip that was without power has forgotten its settings.
    """

    def __init__(self, name: str, open: Callable[[], Callable], pause: float = 5.0) -> None:
        self.name = name
        self.pause = pause
        self.lost = False
        self._open = open
        self._use: Callable | None = None
        self._again = 0.0

    def __call__(self, *arguments: object) -> object:
        """What the function gives; None while the device does not answer. The log says when it is lost, and when it is back."""
        if self._use is None and time.monotonic() < self._again:
            return None
        try:
            if self._use is None:
                self._use = self._open()
            result = self._use(*arguments)
        except (OSError, ValueError) as error:
            if not self.lost:
                _log.warning("%s is lost: %s", self.name, error)
            self._use, self.lost, self._again = None, True, time.monotonic() + self.pause
            return None
        if self.lost:
            _log.warning("%s is back", self.name)
            self.lost = False
        return result


async def ticks(seconds: float) -> AsyncIterator[None]:
    """Moments that lie so far apart, the first one now. Those that pass while the program is busy are left out."""
    loop = asyncio.get_running_loop()
    at = loop.time()
    while True:
        yield
        at = max(at + seconds, loop.time())
        await asyncio.sleep(at - loop.time())


def mean(readings: list[dict[str, float]]) -> dict[str, float]:
    """The means of readings by name, over those that have it; of what is no float the last value."""
    sums: dict[str, list] = {}
    for reading in readings:
        for name, value in reading.items():
            if type(value) is float and name in sums:
                sums[name][0] += value
                sums[name][1] += 1
            else:
                sums[name] = [value, 1]
    return {name: value / count if type(value) is float else value for name, (value, count) in sums.items()}
