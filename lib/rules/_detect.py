"""Detectors: each looks at the values of one series as they come, and says whether its condition holds. Times are seconds, and must not go back."""

from collections import deque


class Detector:
    """What all have in common. One of its own gives update() and, if its condition changes with time alone, due() and check().

    holds: does the condition hold? kept: names of the attributes that state() saves.
    """

    kept: tuple[str, ...] = ()
    holds = False

    def update(self, value: float, time: float) -> bool:
        """Take a value; does the condition hold now?"""
        raise NotImplementedError(f"{type(self).__name__} does not say what it makes of a value")

    def due(self) -> float | None:
        """When the condition may change without a value; None: never."""
        return None

    def check(self, time: float) -> bool:
        """Time has passed; does the condition hold now?"""
        return self.holds

    def state(self) -> dict:
        """What it has learned, for JSON; restore() takes it after a restart."""
        return {name: getattr(self, name) for name in ("holds", *self.kept)}

    def restore(self, state: dict) -> None:
        """Go on from what state() gave."""
        for name in ("holds", *self.kept):
            if name in state:
                setattr(self, name, state[name])


class Threshold(Detector):
    """Above or below a limit, or either. It ends when the value is back by hysteresis.

    delay: for how many seconds the limit must be exceeded without a break before the condition holds; clear_delay: likewise for its end.
    """

    kept = ("_since",)

    def __init__(self, above: float | None = None, below: float | None = None, hysteresis: float = 0.0, delay: float = 0.0, clear_delay: float = 0.0) -> None:
        if above is None and below is None:
            raise ValueError("a threshold needs above, below or both")
        if not all(limit is None or isinstance(limit, (int, float)) for limit in (above, below)):
            raise TypeError(f"above and below are numbers, not {above!r} and {below!r}")
        if above is not None and below is not None and below >= above:
            raise ValueError(f"below must be less than above, got {below} and {above}")
        if hysteresis < 0 or delay < 0 or clear_delay < 0:
            raise ValueError(f"hysteresis and delays cannot be negative, got {hysteresis}, {delay} and {clear_delay}")
        self.above = above
        self.below = below
        self.hysteresis = hysteresis
        self.delay = delay
        self.clear_delay = clear_delay
        self._since: float | None = None  # since when the values ask for the other state

    def update(self, value: float, time: float) -> bool:
        margin = self.hysteresis if self.holds else 0.0
        outside = self.above is not None and value > self.above - margin or self.below is not None and value < self.below + margin
        if outside == self.holds:
            self._since = None
        elif self._since is None:
            self._since = time
        return self.check(time)

    def due(self) -> float | None:
        return None if self._since is None else self._since + (self.clear_delay if self.holds else self.delay)

    def check(self, time: float) -> bool:
        due = self.due()
        if due is not None and time >= due:
            self.holds = not self.holds
            self._since = None
        return self.holds


class Rate(Detector):
    """A change faster than a limit, in units per second: the slope of the line that fits the values of the last `window` seconds best.

    rise, fall: limits, both positive. It ends when the slope is back below clear times the limit. Values within a 128th of the window count as one, their average.
    """

    def __init__(self, rise: float | None = None, fall: float | None = None, window: float = 60.0, clear: float = 0.8) -> None:
        if rise is None and fall is None:
            raise ValueError("a rate needs rise, fall or both")
        if (rise is not None and rise <= 0) or (fall is not None and fall <= 0) or window <= 0 or not 0 <= clear <= 1:
            raise ValueError(f"rise, fall and window must be above 0, clear from 0 to 1; got {rise}, {fall}, {window} and {clear}")
        self.rise = rise
        self.fall = fall
        self.window = window
        self.clear = clear
        self.slope = 0.0  # units per second
        self._values: deque[tuple[float, float]] = deque()
        self._part = (0.0, 0)  # of the last of _values: its first time, and how many values it is the average of

    def update(self, value: float, time: float) -> bool:
        values = self._values
        start, count = self._part
        if values and time - start < self.window / 128:
            last_time, last = values.pop()
            values.append((last_time + (time - last_time) / (count + 1), last + (value - last) / (count + 1)))
            self._part = (start, count + 1)
        else:
            values.append((time, value))
            self._part = (time, 1)
        while values[0][0] < time - self.window:
            values.popleft()
        # A slope over a small part of the window would be noise.
        self.slope = _slope(values) if time - values[0][0] >= self.window / 2 else 0.0
        part = self.clear if self.holds else 1.0
        self.holds = self.rise is not None and self.slope > self.rise * part or self.fall is not None and -self.slope > self.fall * part
        return self.holds


def _slope(values: deque[tuple[float, float]]) -> float:
    """Least squares, with times from the first on so that digits are not lost."""
    start, count = values[0][0], len(values)
    mean_t = sum(t - start for t, _ in values) / count
    mean_v = sum(v for _, v in values) / count
    over = sum((t - start - mean_t) * (v - mean_v) for t, v in values)
    under = sum((t - start - mean_t) ** 2 for t, _ in values)
    return over / under if under else 0.0


class Missing(Detector):
    """No value for so many seconds, counted from the first one, or from the start of the rules."""

    def __init__(self, seconds: float) -> None:
        if seconds <= 0:
            raise ValueError(f"seconds must be above 0, not {seconds}")
        self.seconds = seconds
        self._last: float | None = None

    def update(self, value: float, time: float) -> bool:
        self._last = time
        self.holds = False
        return False

    def due(self) -> float | None:
        return None if self._last is None or self.holds else self._last + self.seconds

    def check(self, time: float) -> bool:
        if self._last is None:
            self._last = time
        self.holds = self.holds or time - self._last >= self.seconds
        return self.holds
