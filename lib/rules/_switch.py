"""Two-position control: on and off, with what pumps and compressors ask for."""


class TwoPoint:
    """On where the measurement is beyond one limit, off where it is back beyond the other: on_below < off_above (watering, heating) or on_above > off_below (cooling).

    longest: seconds after which it goes off by itself; rest: seconds that it then, and after each run, stays off at least (soil takes its time, compressors must not start at once).
    """

    def __init__(self, on_below: float | None = None, off_above: float | None = None, on_above: float | None = None, off_below: float | None = None,
                 longest: float | None = None, rest: float = 0.0) -> None:
        low = None not in (on_below, off_above) and on_above is None and off_below is None
        high = None not in (on_above, off_below) and on_below is None and off_above is None
        if low == high or (low and not on_below < off_above) or (high and not on_above > off_below):
            raise ValueError(f"expected on_below < off_above, or on_above > off_below, and not the others; got on_below={on_below}, off_above={off_above}, on_above={on_above}, off_below={off_below}")
        if rest < 0 or (longest is not None and longest <= 0):
            raise ValueError(f"longest must be above 0, rest not negative; got {longest} and {rest}")
        self._sign = 1.0 if low else -1.0
        self._on, self._off = (on_below, off_above) if low else (-on_above, -off_below)
        self.longest = longest
        self.rest = rest
        self.output = False
        self._since: float | None = None  # when it went on, or off

    def update(self, measured: float, time: float) -> bool:
        """Take a measurement at a time (seconds, by a clock that is not set); is it on now?"""
        return self._go(self._wants(self._sign * measured, time), time)

    def force(self, on: bool, time: float) -> None:
        """Somebody else has switched it, or it is to be off because the measurement fails."""
        self._go(on, time)

    def _wants(self, measured: float, time: float) -> bool:
        passed = None if self._since is None else time - self._since
        if self.output:
            return measured < self._off and (self.longest is None or passed < self.longest)
        return measured < self._on and (passed is None or passed >= self.rest)

    def _go(self, on: bool, time: float) -> bool:
        if on != self.output:
            self.output, self._since = on, time
        return on
