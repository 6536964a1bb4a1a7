"""What surrounds a simulated board: quantities that are functions of time. Equal times give equal values, in any order of asking.

Names and units that the models use: temperature (degrees Celsius), humidity (% of saturation), pressure (hPa), light (lux), soil_moisture (0 to 1),
distance (metres), motion (0 or 1), acceleration_x, _y, _z (m/s2), rotation_x, _y, _z (degrees/s), latitude, longitude (degrees), altitude (metres),
speed (m/s), supply (volts).
"""

import math

import _sim

_DEFAULTS = {
    "temperature": 20.0, "humidity": 50.0, "pressure": 1013.25, "light": 400.0, "soil_moisture": 0.4, "distance": 1.0, "motion": 0.0,
    "acceleration_x": 0.0, "acceleration_y": 0.0, "acceleration_z": 9.80665, "rotation_x": 0.0, "rotation_y": 0.0, "rotation_z": 0.0,
    "latitude": 52.5200, "longitude": 13.4050, "altitude": 34.0, "speed": 0.0, "supply": 3.3,
}


class Signal:
    """A quantity over time: at(seconds) where 0 is the start of the board. Signals add up with +, and + takes numbers."""

    def at(self, seconds: float) -> float:
        """The value at a time."""
        raise NotImplementedError("a signal must say what it is at a time")

    def __add__(self, other) -> "Signal":
        return _Sum(self, signal(other))

    __radd__ = __add__


class Constant(Signal):
    """Always the same."""

    def __init__(self, value: float) -> None:
        self.value = float(value)

    def at(self, seconds: float) -> float:
        return self.value


class _Sum(Signal):
    def __init__(self, *parts: Signal) -> None:
        self.parts = parts

    def at(self, seconds: float) -> float:
        return sum(part.at(seconds) for part in self.parts)


class _Function(Signal):
    def __init__(self, function) -> None:
        self.at = function


class Day(Signal):
    """A wave of 24 hours: amplitude at the hour `peak` (UTC), minus amplitude twelve hours from it."""

    def __init__(self, amplitude: float, peak: float = 15.0) -> None:
        self.amplitude = amplitude
        self.peak = peak
        self._start: float | None = None  # hours of the day at which the board started

    def at(self, seconds: float) -> float:
        if self._start is None:
            board = _sim.board()
            self._start = (_sim.wall_ns() - _sim.now_ns() + board.start_ns) / 3.6e12 % 24
        hours = self._start + seconds / 3600
        return self.amplitude * math.cos((hours - self.peak) * math.pi / 12)


class Drift(Signal):
    """A steady change, so much an hour."""

    def __init__(self, per_hour: float) -> None:
        self.per_hour = per_hour

    def at(self, seconds: float) -> float:
        return self.per_hour * seconds / 3600


class Noise(Signal):
    """Normally distributed, of a standard deviation; new every `every` seconds. Equal seeds give equal noise."""

    def __init__(self, deviation: float, every: float = 0.001, seed: int = 0) -> None:
        self.deviation = deviation
        self.every = every
        self.seed = seed

    def at(self, seconds: float) -> float:
        x = int(seconds / self.every) * 0x9E3779B97F4A7C15 + self.seed * 0xD1342543DE82EF95 & 0xFFFFFFFFFFFFFFFF
        x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF  # splitmix64, Steele, Lea, Flood 2014
        x = (x ^ x >> 27) * 0x94D049BB133111EB & 0xFFFFFFFFFFFFFFFF
        x ^= x >> 31
        u = ((x >> 32) + 0.5) / 4294967296
        v = (x & 0xFFFFFFFF) / 4294967296
        return self.deviation * math.sqrt(-2 * math.log(u)) * math.cos(2 * math.pi * v)  # Box and Muller


class Steps(Signal):
    """Values from times on: Steps((0, 20.0), (60, 25.0)); linear between them if `ramp`."""

    def __init__(self, *points: tuple[float, float], ramp: bool = False) -> None:
        if not points:
            raise ValueError("steps need at least one point (seconds, value)")
        self.times = [float(time) for time, _ in points]
        self.values = [float(value) for _, value in points]
        if self.times != sorted(self.times):
            raise ValueError("the times of steps must ascend")
        self.ramp = ramp

    def at(self, seconds: float) -> float:
        from bisect import bisect_right

        i = bisect_right(self.times, seconds)
        if i == 0:
            return self.values[0]
        if not self.ramp or i == len(self.times):
            return self.values[i - 1]
        share = (seconds - self.times[i - 1]) / (self.times[i] - self.times[i - 1])
        return self.values[i - 1] + share * (self.values[i] - self.values[i - 1])


class Recorded(Steps):
    """A column of a CSV file over another of times: ISO 8601, or seconds; the first row is the start of the board. Linear between rows."""

    def __init__(self, path: str, column: str | None = None, time: str | None = None, scale: float = 1.0, offset: float = 0.0) -> None:
        import csv

        with open(path, encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            names = rows.fieldnames or []
            if len(names) < 2:
                raise ValueError(f"{path}: expected a head line with at least two columns, a time and a value")
            time = time or names[0]
            column = column or names[1]
            for name in (time, column):
                if name not in names:
                    raise ValueError(f"{path}: there is no column {name!r}, only {', '.join(names)}")
            points = [(_seconds(row[time], path), float(row[column]) * scale + offset) for row in rows]
        if not points:
            raise ValueError(f"{path}: there are no rows")
        start = points[0][0]
        super().__init__(*((when - start, value) for when, value in points), ramp=True)


def _seconds(text: str, path: str) -> float:
    from datetime import datetime, timezone

    try:
        return float(text)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{path}: expected a time in seconds or ISO 8601, not {text!r}") from None
    return moment.replace(tzinfo=moment.tzinfo or timezone.utc).timestamp()


def signal(value) -> Signal:
    """A signal as it is; a number that does not change; a function of the seconds since the start."""
    if isinstance(value, Signal):
        return value
    if callable(value):
        return _Function(value)
    return Constant(value)


class Environment:
    """Signals by name: environment["temperature"] = 21.5, a Signal, or a function of seconds; environment["temperature"] is its value now."""

    def __init__(self, board) -> None:
        self._board = board
        self.signals = {name: Constant(value) for name, value in _DEFAULTS.items()}

    def __getitem__(self, name: str) -> float:
        """The value now. KeyError: nobody has set it."""
        return self.signals[name].at(self._board.seconds())

    def __setitem__(self, name: str, value) -> None:
        self.signals[name] = signal(value)

    def __contains__(self, name: str) -> bool:
        return name in self.signals
