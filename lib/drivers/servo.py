"""Servos: pulses of 0.5 to 2.5 ms, fifty a second, are angles."""

from machine import PWM


class Servo:
    """A servo on a pin. angle: 0 to `range` degrees; None: not driven. shortest, longest: microseconds of the pulse at either end."""

    def __init__(self, pin, range: float = 180.0, shortest: int = 500, longest: int = 2500) -> None:
        self._pwm = PWM(pin, freq=50, duty_ns=0)
        self.range = range
        self._shortest, self._longest = shortest, longest
        self._angle: float | None = None

    @property
    def angle(self) -> float | None:
        """The angle that was asked for, in degrees."""
        return self._angle

    @angle.setter
    def angle(self, value: float | None) -> None:
        if value is None:
            self._pwm.duty_ns(0)
        elif not 0 <= value <= self.range:
            raise ValueError(f"angle must be 0 to {self.range:g} degrees, not {value}")
        else:
            self._pwm.duty_ns(round((self._shortest + (self._longest - self._shortest) * value / self.range) * 1000))
        self._angle = value

    def deinit(self) -> None:
        """Stop the pulses."""
        self._pwm.deinit()
