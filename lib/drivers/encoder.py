"""Rotary encoders: two contacts to ground, in quadrature, four steps of the code to a detent."""

from machine import Pin

_STEP = (0, -1, 1, 0, 1, 0, 0, -1, -1, 0, 0, 1, 0, 1, -1, 0)  # by the old a, b and the new a, b


class RotaryEncoder:
    """An encoder on two pins. position counts detents, clockwise up; changed(position) is called when it moves."""

    def __init__(self, a, b, changed=None) -> None:
        self._a, self._b = a, b
        self.changed = changed
        for pin in (a, b):
            pin.init(Pin.IN, Pin.PULL_UP)
        self._state = a() << 1 | b()
        self._steps = 0
        for pin in (a, b):
            pin.irq(self._edge, Pin.IRQ_RISING | Pin.IRQ_FALLING)

    @property
    def position(self) -> int:
        """Detents from the start."""
        return (self._steps + 1) // 4

    @position.setter
    def position(self, value: int) -> None:
        self._steps = 4 * value

    def _edge(self, pin) -> None:
        new = self._a() << 1 | self._b()
        before = self.position
        self._steps += _STEP[self._state << 2 | new]
        self._state = new
        if self.changed is not None and self.position != before:
            self.changed(self.position)

    def deinit(self) -> None:
        """Watch no more."""
        for pin in (self._a, self._b):
            pin.irq(None)
