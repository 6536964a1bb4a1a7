# Holds a temperature: a sensor, a heater, and a PID controller between them, fifty times a second.
import time

import machine


class Pid:
    """A controller. kp: output per degree; ki: per degree and second; kd: per degree a second. The output is 0 to 1."""

    def __init__(self, kp, ki, kd):
        self._kp, self._ki, self._kd = kp, ki, kd
        self._sum = 0.0
        self._last = None

    def step(self, wanted, value, seconds):
        """The output for a value that was measured so long after the last one."""
        error = wanted - value
        slope = 0.0 if self._last is None else (value - self._last) / seconds
        self._last = value
        total = self._sum + self._ki * error * seconds
        output = self._kp * error + total - self._kd * slope
        if 0 <= output <= 1:
            self._sum = total  # a heater that is at its limit does not wind it up
        return min(max(output, 0.0), 1.0)


class Plant:
    """The heater and what it heats, computed in place of a sensor: 30 degrees a second at full power; each second it loses a tenth of what it has over 20."""

    def __init__(self):
        self.value = 20.0

    def heat(self, power, seconds):
        """Let time pass at a power of 0 to 1."""
        self.value += (30 * power - 0.1 * (self.value - 20)) * seconds


PERIOD = 20  # ms
heater = machine.PWM(machine.Pin("X9"), freq=1000, duty_u16=0)
plant = Plant()
pid = Pid(0.1, 0.05, 0.002)
next_ms = time.ticks_ms()
steps = 0
while True:
    power = pid.step(60, plant.value, PERIOD / 1000)
    heater.duty_u16(int(power * 65535))
    plant.heat(power, PERIOD / 1000)
    steps += 1
    if steps % 50 == 0:
        print(f"{steps * PERIOD // 1000} s {plant.value:.1f} degrees")
    next_ms = time.ticks_add(next_ms, PERIOD)
    time.sleep_ms(max(time.ticks_diff(next_ms, time.ticks_ms()), 0))
