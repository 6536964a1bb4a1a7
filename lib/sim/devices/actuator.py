"""Models of what acts: relay, pump, fan, servo."""

from sim._bus import Device


class Relay(Device):
    """Closes its contact when its pin is at `active`. Mechanics take their time: seconds to close and to open."""

    def __init__(self, pin: int | str, active: int = 1, delay: float = 0.008) -> None:
        super().__init__()
        self.pin = pin
        self.active = active
        self.delay = delay
        self.closed = False
        self.switched = 0  # how often it has moved
        self._call = None

    def attached(self, board) -> None:
        super().attached(board)
        self.pin = board.pin_number(self.pin)
        board.listen(self.pin, self._changed)

    def power_on(self) -> None:
        self._changed(self.pin, self.board.level(self.pin))

    def unplug(self) -> None:
        super().unplug()
        self._move(False)

    def _changed(self, pin: int, level: int) -> None:
        if self._call is not None:
            self._call.cancel()
        self._call = self.board.after(self.delay, self._move, level == self.active and self.powered)

    def _move(self, closed: bool) -> None:
        if closed != self.closed:
            self.closed = closed
            self.switched += 1
            self.moved()

    def moved(self) -> None:
        """Called when the contact has moved."""


class Pump(Relay):
    """A pump behind a relay: while it runs it raises the environment's soil_moisture, and the soil dries by itself.

    flow: how much of the soil's capacity a second of pumping adds; drying: how much an hour takes.
    """

    def __init__(self, pin: int | str, active: int = 1, flow: float = 0.01, drying: float = 0.01) -> None:
        super().__init__(pin, active)
        self.flow = flow
        self.drying = drying
        self.ran = 0.0  # seconds
        self._moisture = 0.0
        self._since = 0.0

    def attached(self, board) -> None:
        super().attached(board)
        self._moisture = board.environment["soil_moisture"]
        self._since = board.seconds()
        board.environment["soil_moisture"] = self._at

    def _at(self, seconds: float) -> float:
        passed = max(seconds - self._since, 0.0)
        gain = self.flow * passed if self.closed else 0.0
        return max(0.0, min(self._moisture + gain - self.drying * passed / 3600, 1.0))

    def moved(self) -> None:
        now, runs = self.board.seconds(), self.closed
        self.closed = not runs  # as it was until now
        self._moisture = self._at(now)
        self.closed = runs
        if not runs:
            self.ran += now - self._since
        self._since = now


class Fan(Device):
    """A fan whose speed follows the pulses on its pin; tachometer: a pin that gets two pulses a turn.

    full: turns per minute at full duty; below a fifth of it the fan stands.
    """

    def __init__(self, pin: int | str, tachometer: int | str | None = None, full: float = 3000.0) -> None:
        super().__init__()
        self.pin = pin
        self.tachometer = tachometer
        self.full = full
        self.speed = 0.0  # turns per minute
        self._call = None
        self._level = 1

    def attached(self, board) -> None:
        super().attached(board)
        self.pin = board.pin_number(self.pin)
        board.listen_pwm(self.pin, self._pulses)
        board.listen(self.pin, lambda pin, level: self._pulses(1.0, float(level)))
        if self.tachometer is not None:
            board.drive(self.tachometer, 1)

    def _pulses(self, hz: float, duty: float) -> None:
        self.speed = self.full * duty if duty >= 0.2 and self.powered else 0.0
        if self._call is None and self.tachometer is not None and self.speed:
            self._turn()

    def _turn(self) -> None:
        self._call = None
        if not self.speed:
            return
        self._level = 1 - self._level
        self.board.drive(self.tachometer, self._level)
        self._call = self.board.after(15 / self.speed, self._turn)


class Servo(Device):
    """A servo: pulses of 0.5 to 2.5 ms are angles of 0 to 180 degrees; it moves at so many degrees per second."""

    def __init__(self, pin: int | str, speed: float = 300.0) -> None:
        super().__init__()
        self.pin = pin
        self.speed = speed
        self._from = self._to = 90.0
        self._since = 0.0

    def attached(self, board) -> None:
        super().attached(board)
        self.pin = board.pin_number(self.pin)
        board.listen_pwm(self.pin, self._pulses)

    def _pulses(self, hz: float, duty: float) -> None:
        if not hz or not self.powered:
            return
        width = duty / hz
        if 0.0004 <= width <= 0.0026:
            self._from, self._since = self.angle, self.board.seconds()
            self._to = max(0.0, min((width - 0.0005) / 0.002 * 180, 180.0))

    @property
    def angle(self) -> float:
        """Where it stands now, in degrees."""
        way = self._to - self._from
        moved = self.speed * (self.board.seconds() - self._since)
        return self._to if moved >= abs(way) else self._from + (moved if way > 0 else -moved)
