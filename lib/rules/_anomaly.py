"""Detectors of what is unusual, that learn what is usual. Both take one value at a time and hold a few numbers."""

import math
from collections import deque

from ._detect import Detector

_DAY = 86400.0


class Drift(Detector):
    """The average of the last hours is far from what it was in the last weeks: exponentially weighted averages (EWMA) of two lengths, compared in standard deviations.

    All spans are in days, so that the rate of readings does not matter: short and long (time constants), warm_up (how long it only learns), longest_step (a gap between
    readings counts as no more). limit: standard deviations of (short - long) beyond which the condition holds; it ends within clear of them.
    Source: the control chart of S. W. Roberts, 1959, with the deviation itself estimated by an EWMA, and weights 1 - exp(-dt / span) for readings at any distance.
    """

    kept = ("_fast", "_slow", "_variance", "_age", "_time", "score")

    def __init__(self, short: float = 0.25, long: float = 14.0, limit: float = 3.0, clear: float = 1.0, warm_up: float = 5.0, longest_step: float = 1.0) -> None:
        if not 0 < short < long or not 0 <= clear < limit or warm_up <= 0 or longest_step <= 0:
            raise ValueError(f"expected 0 < short < long, 0 <= clear < limit, warm_up and longest_step above 0; got {short}, {long}, {clear}, {limit}, {warm_up}, {longest_step}")
        self.short = short
        self.long = long
        self.limit = limit
        self.clear = clear
        self.warm_up = warm_up
        self.longest_step = longest_step
        self.score = 0.0  # standard deviations from what is usual
        self._fast = self._slow = self._variance = self._age = 0.0
        self._time: float | None = None

    def update(self, value: float, time: float) -> bool:
        if self._time is None:
            self._fast = self._slow = value
            self._time = time
            return False
        step = min((time - self._time) / _DAY, self.longest_step)
        self._time = time
        if step <= 0:
            return self.holds
        self._age += step
        self._fast += (1 - math.exp(-step / self.short)) * (value - self._fast)
        off = self._fast - self._slow
        self.score = off / math.sqrt(self._variance) if self._variance > 0 else 0.0
        if self._age >= self.warm_up:
            self.holds = abs(self.score) > (self.clear if self.holds else self.limit)
        weight = 1 - math.exp(-step / min(self.long, self._age))  # at first, an average of all there is
        self._slow += weight * off
        self._variance = (1 - weight) * (self._variance + weight * off * off)
        return self.holds


class ZScore(Detector):
    """One reading is far from those before it: by more than limit standard deviations of the last `count` readings. It ends with a reading within clear of them.

    Readings while the condition holds are not learned from, unless it lasts for count readings: then that is what is usual now. least: the smallest standard deviation
    that is believed (the resolution of the sensor), so that a constant series does not make an alarm of its first change.
    """

    kept = ("score",)

    def __init__(self, count: int = 100, limit: float = 5.0, clear: float = 3.0, least: float = 0.0) -> None:
        if count < 3 or not 0 <= clear <= limit or limit <= 0 or least < 0:
            raise ValueError(f"expected count of at least 3, 0 <= clear <= limit, least not negative; got {count}, {clear}, {limit}, {least}")
        self.count = count
        self.limit = limit
        self.clear = clear
        self.least = least
        self.score = 0.0
        self._values: deque[float] = deque(maxlen=count)
        self._held = 0

    def update(self, value: float, time: float) -> bool:
        values = self._values
        if len(values) == self.count:
            mean = math.fsum(values) / self.count
            deviation = max(self.least, math.sqrt(math.fsum((v - mean) ** 2 for v in values) / (self.count - 1)))
            off = abs(value - mean)
            self.score = off / deviation if deviation > 0 else math.inf if off > 0 else 0.0
            self.holds = self.score > (self.clear if self.holds else self.limit)
        self._held = self._held + 1 if self.holds else 0
        if self._held >= self.count:
            values.clear()
            self.holds = False
            self._held = 0
        if not self.holds:
            values.append(value)
        return self.holds

    def state(self) -> dict:
        return {**super().state(), "values": list(self._values)}

    def restore(self, state: dict) -> None:
        super().restore(state)
        self._values = deque(state.get("values", ()), maxlen=self.count)
