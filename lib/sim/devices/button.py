"""Models of switches: a button that bounces, and a rotary encoder (quadrature, with a switch)."""

from sim._bus import Device

_BOUNCES = (0.0004, 0.0009, 0.0011, 0.0021, 0.0024, 0.0040)  # seconds at which a contact changes its mind; an even number of times


class Button(Device):
    """A contact between a pin and ground (active=0, with a pull up) or the supply (active=1, with a pull down): press(), release(), tap(seconds).

    bounce: how long the contact chatters, in seconds; 0: it does not.
    """

    def __init__(self, pin: int | str, active: int = 0, bounce: float = 0.004) -> None:
        super().__init__()
        self.pin = pin
        self.active = active
        self.bounce = bounce
        self.pressed = False
        self._calls: list = []

    def attached(self, board) -> None:
        super().attached(board)
        board.drive(self.pin, 1 - self.active)

    def _set(self, pressed: bool) -> None:
        self.board.drive(self.pin, self.active if pressed and self.powered else 1 - self.active)

    def _move(self, pressed: bool) -> None:
        for call in self._calls:
            call.cancel()
        self._calls = []
        self.pressed = pressed
        self._set(pressed)
        scale = self.bounce / _BOUNCES[-1] if self.bounce else 0
        for i, moment in enumerate(_BOUNCES if scale else ()):
            self._calls.append(self.board.after(moment * scale, self._set, pressed == bool(i % 2)))

    def press(self) -> None:
        """Press, and hold."""
        self._move(True)

    def release(self) -> None:
        """Let go."""
        self._move(False)

    def tap(self, seconds: float = 0.1) -> None:
        """Press for so long."""
        self.press()
        self.board.after(seconds, self.release)


class RotaryEncoder(Device):
    """Two contacts to ground that follow each other, four steps of the code to a detent; turn(detents) takes its time.

    rate: detents per second while it turns.
    """

    _CODE = ((1, 1), (0, 1), (0, 0), (1, 0))  # of a and b, clockwise

    def __init__(self, a: int | str, b: int | str, rate: float = 20.0) -> None:
        super().__init__()
        self.a, self.b = a, b
        self.rate = rate
        self.position = 0  # in steps
        self._left = 0

    def attached(self, board) -> None:
        super().attached(board)
        self._show()

    def _show(self) -> None:
        a, b = self._CODE[self.position % 4]
        self.board.drive(self.a, a)
        self.board.drive(self.b, b)

    def turn(self, detents: int) -> None:
        """Turn clockwise, or back where detents is negative."""
        idle = not self._left
        self._left += 4 * detents
        if idle and self._left:
            self.board.after(0.25 / self.rate, self._step)

    def _step(self) -> None:
        if not self._left:
            return
        way = 1 if self._left > 0 else -1
        self.position += way
        self._left -= way
        self._show()
        if self._left:
            self.board.after(0.25 / self.rate, self._step)
