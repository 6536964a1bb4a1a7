"""HC-SR04: distance by ultrasound, with a trigger and an echo pin. Source: its user's manual (Cytron, V1.0)."""

from machine import time_pulse_us
from time import sleep_us

_TIMEOUT_US = 30_000  # of an echo from more than four metres


class HCSR04:
    """A sensor on two pins (machine.Pin). The echo pin of a sensor of 5 V needs a divider."""

    def __init__(self, trigger, echo) -> None:
        self._trigger, self._echo = trigger, echo
        trigger.init(trigger.OUT, value=0)
        echo.init(echo.IN)

    def read(self, temperature: float = 20.0) -> float | None:
        """Measure: metres, 0.02 to 4; None: no echo came. temperature: of the air, in degrees Celsius. OSError: the sensor does not answer."""
        self._trigger(0)
        sleep_us(5)
        self._trigger(1)
        sleep_us(10)
        self._trigger(0)
        us = time_pulse_us(self._echo, 1, _TIMEOUT_US)
        if us == -2:
            raise OSError(19, "the HC-SR04 does not answer")
        if us < 0 or us > 24_000:
            return None
        return us * 1e-6 * (331.3 + 0.606 * temperature) / 2
