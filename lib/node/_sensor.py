"""Sensors that may vanish and come back: the program goes on without them."""

import logging
import time
from collections.abc import Callable

_log = logging.getLogger("node")


class Sensor:
    """What open() finds, read again and again. open(): returns a function that gives readings by name; both raise OSError or ValueError where nobody answers.

    A sensor that fails is left alone for `pause` seconds, and then opened anew: a chip that was without power has forgotten its settings.
    """

    def __init__(self, name: str, open: Callable[[], Callable[[], dict[str, float]]], pause: float = 5.0) -> None:
        self.name = name
        self.pause = pause
        self._open = open
        self._read: Callable[[], dict[str, float]] | None = None
        self._again = 0.0
        self._fails = False

    def read(self) -> dict[str, float]:
        """Its readings; none while it does not answer. The log says when it is lost, and when it is back."""
        if self._read is None and time.monotonic() < self._again:
            return {}
        try:
            if self._read is None:
                self._read = self._open()
            found = self._read()
        except (OSError, ValueError) as error:
            if not self._fails:
                _log.warning("%s is lost: %s", self.name, error)
            self._read, self._fails, self._again = None, True, time.monotonic() + self.pause
            return {}
        if self._fails:
            _log.warning("%s is back", self.name)
            self._fails = False
        return found


def mean(readings: list[dict[str, float]]) -> dict[str, float]:
    """The means of readings by name, over those that have it; of truth values and texts the last one."""
    sums: dict[str, list] = {}
    for reading in readings:
        for name, value in reading.items():
            if type(value) is float and name in sums:
                sums[name][0] += value
                sums[name][1] += 1
            else:
                sums[name] = [value, 1]
    return {name: value / count if type(value) is float else value for name, (value, count) in sums.items()}
