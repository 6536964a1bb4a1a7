"""The parts of a node: each function opens what a table of the configuration describes. A sensor's gives a function that returns readings by name."""
# SPDX-License-Identifier: MIT
import time

from drivers.ads1115 import ADS1115
from drivers.bme280 import BME280
from drivers.ssd1306 import SSD1306
from machine import I2C, PWM, Pin
from node import Host
from rules import Pid, TwoPoint


def bme280(c):
    chip = BME280(I2C(c.bus), c.address, continuous=True)
    names = (c.temperature, c.pressure, c.humidity)
    return lambda: {name: value for name, value in zip(names, chip.read()) if name and value is not None}


def ads1115(c):
    chip = ADS1115(I2C(c.bus), c.address, rate=860)

    def reading(i):  # two points of a line: at volts[0] it is reads[0], at volts[1] it is reads[1]
        return i.reads[0] + (chip.read(i.channel) - i.volts[0]) * (i.reads[1] - i.reads[0]) / (i.volts[1] - i.volts[0])

    return lambda: {i.value: reading(i) for i in c.input}


def contact(c):
    pin = Pin(c.pin, Pin.IN, Pin.PULL_UP)
    return lambda: {c.value: int(pin() != c.closed)}


def host(c, folder):
    machine = Host(folder)
    return lambda: {c.values[name]: value for name, value in machine.read().items() if name in c.values}


def display(c):
    screen = SSD1306(I2C(c.bus), address=c.address)

    def show(lines):
        screen.fill(0)
        for row, line in enumerate(lines):
            screen.text(line[:21], 0, 9 * row)
        screen.show()

    return show


def board(c, outputs):
    """PWM outputs and buses, as the dashboard's board view shows them."""
    chips = [(chip, kind) for kind in ("bme280", "ads1115") for chip in getattr(c, kind)] + ([(c.display, "ssd1306")] if c.display else [])
    pulses = [{"name": Pin(one.pin).name(), "role": one.name, "mode": "PWM", "level": f"{outputs[one.name].value:g} % of {one.hz:g} Hz"} for one in c.pwm]
    return pulses + [{"name": f"I2C {bus}", "role": ", ".join(f"{kind} at {chip.address:#x}" for chip, kind in chips if chip.bus == bus), "mode": "bus", "level": None}
                     for bus in sorted({chip.bus for chip, _ in chips})]


class Output:
    """What acts. Its controller moves it, unless a person did so in the last c.hold seconds.

    most: the largest value; control(measured, now) is the value that the controller wants; told(value, now) tells it of one that it did not choose.
    """

    def __init__(self, c, most, move, control, told):
        self.c, self.most = c, most
        self._move, self._control, self._told = move, control, told
        self.value, self._free_at = 0, 0.0

    def offer(self, name, to):
        """Let people set it. to: a dashboard or a report."""
        if self.most == 1:
            to.switch(name, self.c.label, get=lambda: bool(self.value), set=self.set)
        else:
            to.slider(name, self.c.label, 0, self.most, unit="%", get=lambda: self.value, set=self.set)

    def set(self, value):
        """A person wants this."""
        if not 0 <= float(value) <= self.most:
            raise ValueError(f"{self.c.label}: expected 0 to {self.most}, got {value}")
        self._free_at = time.monotonic() + self.c.hold
        self._change(int(value) if self.most == 1 else float(value))

    def follow(self, readings, now):
        """Do what the controller makes of the readings. Where the one that it looks at is missing, it is off: nobody would see what it does."""
        if self.c.by and now >= self._free_at:
            self._change(self._control(readings[self.c.by], now) if self.c.by in readings else 0)
        if self.c.by not in readings or now < self._free_at:
            self._told(self.value, now)

    def _change(self, value):
        if value != self.value:
            self._move(value)
            self.value = value


def relay(c):
    """0 or 1."""
    pin = Pin(c.pin, Pin.OUT, value=1 - c.on)
    control = TwoPoint(c.on_below, c.off_above, c.on_above, c.off_below, c.longest, c.rest)
    return Output(c, 1, lambda on: pin(c.on if on else 1 - c.on), lambda measured, now: int(control.update(measured, now)), lambda on, now: control.force(bool(on), now))


def pwm(c):
    """0 to 100 %."""
    pulses = PWM(Pin(c.pin), freq=int(c.hz), duty_u16=0)
    control = Pid(c.kp, c.ki, setpoint=c.setpoint, high=100.0, reverse=c.cools)

    def decide(measured, now):
        if not control.auto:
            control.set_auto()
        return round(control.update(measured, now), 1)

    return Output(c, 100, lambda percent: pulses.duty_u16(round(percent * 655.35)), decide, lambda percent, now: control.set_manual(percent))
