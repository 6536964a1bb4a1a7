"""When something is to happen: at times of day on weekdays, or at intervals."""

from datetime import date, datetime, time, timedelta

from _zone import zone_named

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Schedule:
    """What has next(after): the first moment after another, both in seconds since 1970 UTC."""

    def next(self, after: float) -> float:
        """The first moment after `after`."""
        raise NotImplementedError(f"{type(self).__name__} does not say when")


class Every(Schedule):
    """At intervals of so many seconds, counted from 1970 UTC plus offset: Every(3600, 300) is five minutes past each hour."""

    def __init__(self, seconds: float, offset: float = 0.0) -> None:
        if seconds <= 0:
            raise ValueError(f"seconds must be above 0, not {seconds}")
        self.seconds = seconds
        self.offset = offset

    def next(self, after: float) -> float:
        count = (after - self.offset) // self.seconds + 1
        moment = self.offset + count * self.seconds
        return moment if moment > after else moment + self.seconds


class Daily(Schedule):
    """At times of day ("07:30", "18:00:15"), on all or some weekdays ("mon-fri", "sat,sun"), in a time zone of the IANA database.

    A time that is skipped when clocks go forward comes as much later as they are set; one that comes twice counts once, the first time.
    """

    def __init__(self, *times: str, days: str = "mon-sun", zone: str = "UTC") -> None:
        if not times:
            raise ValueError("expected a time of day such as 07:30")
        self.times = sorted(_time_of(text) for text in times)
        self.days = _days_of(days)
        self._zone = zone_named(zone)

    def next(self, after: float) -> float:
        day = datetime.fromtimestamp(after, self._zone).date() - timedelta(days=1)
        for _ in range(10):
            moments = [self._instant(day, at) for at in self.times] if day.weekday() in self.days else []
            later = [moment for moment in moments if moment > after]
            if later:
                return min(later)
            day += timedelta(days=1)
        raise AssertionError("a week has all weekdays")

    def _instant(self, day: date, at: time) -> float:
        return datetime.combine(day, at, self._zone).timestamp()  # fold=0: PEP 495


def _time_of(text: str) -> time:
    try:
        parts = [int(part) for part in text.split(":")]
        return time(*parts) if 2 <= len(parts) <= 3 else time(99)
    except ValueError:
        raise ValueError(f"expected a time of day such as 07:30 or 18:00:15, got {text!r}") from None


def _days_of(text: str) -> frozenset[int]:
    found: set[int] = set()
    for part in text.lower().split(","):
        first, _, last = part.strip().partition("-")
        if first not in _WEEKDAYS or (last or first) not in _WEEKDAYS:
            raise ValueError(f"expected weekdays such as mon-fri or sat,sun, got {text!r}")
        day = _WEEKDAYS.index(first)
        found.add(day)
        while _WEEKDAYS[day] != (last or first):
            day = (day + 1) % 7
            found.add(day)
    return frozenset(found)
