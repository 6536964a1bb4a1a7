"""Model of the HC-SR04, which measures distances by sound. Environment: distance (metres), temperature."""

from sim._bus import Device

_LONGEST = 4.0  # metres; beyond it no echo comes back
_NO_ECHO = 0.038  # seconds that the echo pin stays high then


class HCSR04(Device):
    """trigger: a pulse of 10 us starts a measurement; echo is high as long as the sound is on its way."""

    def __init__(self, trigger: int | str, echo: int | str) -> None:
        super().__init__()
        self.trigger, self.echo = trigger, echo
        self._high_ns = 0
        self._busy = False

    def attached(self, board) -> None:
        super().attached(board)
        self.trigger, self.echo = board.pin_number(self.trigger), board.pin_number(self.echo)
        board.listen(self.trigger, self._triggered)
        board.drive(self.echo, 0)

    def _triggered(self, pin: int, level: int) -> None:
        from _sim import is_virtual, now_ns

        now = now_ns()
        if level:
            self._high_ns = now
            return
        long_enough = now - self._high_ns >= 9_000 or not is_virtual()
        if self._busy or not long_enough or not self._answers():
            return
        self._busy = True
        distance = self.board.environment["distance"]
        speed = 331.3 + 0.606 * self.board.environment["temperature"]
        length = 2 * distance / speed if 0.02 <= distance <= _LONGEST else _NO_ECHO
        self.board.after(0.00045, self.board.drive, self.echo, 1)
        self.board.after(0.00045 + length, self._end)

    def _end(self) -> None:
        self.board.drive(self.echo, 0)
        self._busy = False
