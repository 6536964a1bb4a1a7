"""PID control with what practice needs. Source: K. J. Åström, T. Hägglund, PID Controllers: Theory, Design, and Tuning, 2nd edition, chapter 3."""

import math


class Pid:
    """Output = kp * error + ki * its integral over time - kd * the measurement's slope, within low and high.

    kp: output per unit of error; ki: the same per second; kd: the same times seconds. reverse: the output lowers the measurement (cooling).
    The derivative is that of the measurement, so that a new setpoint makes no spike, smoothed with the time constant smooth (seconds). The integral is kept
    in units of the output and stops where the output is at a limit (anti-windup). set_auto() and new gains do not make the output jump (bumpless).
    longest_step: seconds; after a longer silence the integral and the slope start from the present.
    """

    def __init__(self, kp: float, ki: float = 0.0, kd: float = 0.0, setpoint: float = 0.0, low: float = 0.0, high: float = 1.0, reverse: bool = False,
                 smooth: float = 0.0, longest_step: float = 60.0) -> None:
        if min(kp, ki, kd) < 0 or not low < high or smooth < 0 or longest_step <= 0:
            raise ValueError(f"gains and smooth cannot be negative (use reverse), low must be less than high, longest_step above 0; got {kp}, {ki}, {kd}, {smooth}, {low}, {high}, {longest_step}")
        self.setpoint = setpoint
        self.low = low
        self.high = high
        self.smooth = smooth
        self.longest_step = longest_step
        self.auto = True
        self.output = self._limit(0.0)
        self._sign = -1.0 if reverse else 1.0
        self._gains = (kp, ki, kd)
        self._integral = self.output
        self._slope = 0.0
        self._measured: float | None = None
        self._time = 0.0

    @property
    def gains(self) -> tuple[float, float, float]:
        """kp, ki, kd."""
        return self._gains

    def set_gains(self, kp: float, ki: float, kd: float) -> None:
        """Use other gains, from the present output on."""
        if min(kp, ki, kd) < 0:
            raise ValueError(f"gains cannot be negative, got {kp}, {ki} and {kd}")
        self._gains = (kp, ki, kd)
        self._hold()

    def set_manual(self, output: float) -> None:
        """Leave the output to somebody else: it stays at this value, within the limits."""
        self.auto = False
        self.output = self._limit(output)

    def set_auto(self) -> None:
        """Control again, from the present output on."""
        self.auto = True
        self._hold()

    def update(self, measured: float, time: float) -> float:
        """Take a measurement at a time (seconds, by a clock that is not set); return the output. ValueError: it is not a finite number."""
        if not math.isfinite(measured):
            raise ValueError(f"a measurement must be finite, not {measured}")
        step = 0.0 if self._measured is None else time - self._time
        if not 0 <= step <= self.longest_step:
            step = self._slope = 0.0
        if step > 0:
            self._slope += step / (self.smooth + step) * ((measured - self._measured) / step - self._slope)
        self._measured, self._time = measured, time
        if self.auto:
            self._advance(self._sign * (self.setpoint - measured), step)
        return self.output

    def _advance(self, error: float, step: float) -> None:
        kp, ki, kd = self._gains
        fixed = kp * error - self._sign * kd * self._slope
        integral = self._integral + ki * error * step
        wanted = fixed + integral
        self.output = self._limit(wanted)
        # At a limit, the integral only moves back from it.
        if wanted == self.output or (wanted > self.high) != (error > 0):
            self._integral = integral

    def _hold(self) -> None:
        """Choose the integral so that the next output is the present one."""
        if self._measured is not None:
            kp, _, kd = self._gains
            self._integral = self.output - kp * self._sign * (self.setpoint - self._measured) + self._sign * kd * self._slope

    def _limit(self, output: float) -> float:
        return min(max(output, self.low), self.high)
