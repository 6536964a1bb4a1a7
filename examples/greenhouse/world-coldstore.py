"""The simulated cold store: heat comes in through its walls and, while it is open, its door; the compressor takes it out. The program does not know of it."""
# SPDX-License-Identifier: MIT
import math

from sim import Constant, Day, Noise, Signal, devices

DELIVERIES = 4 * 3600.0  # seconds between two


class Room(Signal):
    """The air of the store, between what the walls let in and what the compressor takes out. Times ascend."""

    def __init__(self, outside, compressor, door):
        self.outside, self.compressor, self.door = outside, compressor, door
        self.now, self.value = 0.0, -18.4

    def at(self, seconds):
        leak = 1 / 14400 + (0.0 if self.door.pressed else 1 / 1200)  # of the difference, in a second
        power = 0.012 if self.compressor.closed else 0.0  # degrees in a second
        goal = self.outside.at(seconds) - power / leak
        self.value += (goal - self.value) * -math.expm1((self.now - seconds) * leak)
        self.now = seconds
        return self.value


def setup(board):
    compressor, door = devices.Relay(24), devices.Button(17)
    room = Room(Constant(19.0) + Day(5.0), compressor, door)
    board.environment["temperature"] = room + Noise(0.03)
    board.environment["humidity"] = 70.0
    board.attach(compressor, door)
    board.i2c(1).attach(devices.BME280())
    board.i2c(1).attach(devices.SSD1306())

    def deliver():
        door.release()
        board.after(180.0, door.press)
        board.after(DELIVERIES, deliver)

    door.press()  # closed
    board.after(60.0, deliver)
