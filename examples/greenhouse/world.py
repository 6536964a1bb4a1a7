"""The simulated greenhouse: what its sensors see, and what fan and pump do to it. The program does not know of it.

Outside it is a day in May; the sun heats the house, and the fan blows that out. Soil dries, and the pump waters it. Now and then somebody comes in.
"""
# SPDX-License-Identifier: MIT
import math

from sim import Constant, Day, Noise, Signal, devices

VISITS = 3 * 3600.0  # seconds between two


class Air(Signal):
    """The air in the house: it follows, within minutes, the air outside and the part of the sun's heat that the fan leaves. Times ascend."""

    def __init__(self, outside, light, fan, minutes=12.0):
        self.outside, self.light, self.fan, self.seconds = outside, light, fan, minutes * 60
        self.now, self.value = None, 0.0

    def at(self, seconds):
        sun = 14.0 * self.light.at(seconds) / 1000
        goal = self.outside.at(seconds) + sun * (1 - 0.85 * min(self.fan.speed / self.fan.full, 1.0))
        self.value = self.outside.at(seconds) + 4.0 if self.now is None else self.value + (goal - self.value) * -math.expm1((self.now - seconds) / self.seconds)
        self.now = seconds
        return self.value


class Sun(Signal):
    """Light in lux over 100, 1000 on a bright noon; clouds pass."""

    def __init__(self):
        self.height, self.clouds = Day(1.0, peak=13.0), Noise(0.08, every=240.0)

    def at(self, seconds):
        return max(0.0, 1000.0 * (self.height.at(seconds) + 0.15) / 1.15 * min(1.0, 0.9 + self.clouds.at(seconds)))


def setup(board):
    environment = board.environment
    fan, door, sun = devices.Fan(18), devices.Button(17), Sun()
    outside = Constant(16.0) + Day(6.0, peak=15.0)
    air = Air(outside, sun, fan)
    environment["temperature"] = air + Noise(0.03)
    environment["humidity"] = Constant(62.0) + Day(-14.0, peak=15.0) + Noise(0.2, seed=1)
    environment["pressure"] = Constant(1015.0) + Day(1.5, peak=10.0)
    environment["light"] = sun
    environment["soil_moisture"] = 0.352
    board.attach(fan, door, devices.Pump(23, flow=0.004, drying=0.12))
    converter = devices.ADS1115()
    moisture = environment.signals["soil_moisture"]
    converter.input(0, lambda seconds: 2.8 - 1.6 * moisture.at(seconds))  # a capacitive probe: the wetter, the less
    converter.input(1, lambda seconds: sun.at(seconds) * 0.003)
    for device in (devices.BME280(), converter, devices.SSD1306()):
        board.i2c(1).attach(device)

    def visit():
        door.release()
        board.after(40.0, door.press)
        board.after(VISITS, visit)

    door.press()  # closed
    board.after(25.0, visit)
