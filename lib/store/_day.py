"""Days of a time zone, as spans of UTC: 23, 24 or 25 hours long where clocks are changed."""

from bisect import bisect_right
from datetime import datetime, timedelta

from _zone import zone_named

_SECOND = 1_000_000_000
_KEPT = 1000


class Days:
    """Which day of a zone a moment belongs to. zone: a name as of the IANA database ("Europe/Berlin"), or "UTC". ValueError: there is none of that name."""

    def __init__(self, zone: str) -> None:
        self._zone = zone_named(zone)
        self._starts: list[int] = []  # of days seen, sorted; _ends beside it
        self._ends: list[int] = []

    def start(self, time_ns: int) -> int:
        """The nanosecond at which the day began that holds a moment."""
        at = bisect_right(self._starts, time_ns) - 1
        if at >= 0 and time_ns < self._ends[at]:
            return self._starts[at]
        return self._add(time_ns)

    def _add(self, time_ns: int) -> int:
        local = datetime.fromtimestamp(time_ns // _SECOND, self._zone).replace(tzinfo=None)
        midnight = local.replace(hour=0, minute=0, second=0)
        start, end = self._instant(midnight), self._instant(midnight + timedelta(days=1))
        if len(self._starts) >= _KEPT:
            self._starts.clear()
            self._ends.clear()
        at = bisect_right(self._starts, start)
        self._starts.insert(at, start)
        self._ends.insert(at, end)
        return start

    def _instant(self, midnight: datetime) -> int:
        """The first moment of a local day. Where midnight was skipped, that is the moment after the jump: fold=0 takes the offset before it (PEP 495)."""
        return int(midnight.replace(tzinfo=self._zone).timestamp()) * _SECOND
