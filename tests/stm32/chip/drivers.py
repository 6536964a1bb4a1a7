# Drivers of the library on the board's own buses: a clock over I2C, hard and soft, a servo, a strip of lights.
import _chip
from datetime import datetime
from machine import I2C, PWM, Pin, SoftI2C, mem32

from drivers.ds3231 import DS3231
from drivers.servo import Servo
from drivers.ws2812 import WS2812

_chip.i2c_attach(1, 0x68, bytes(19))
clock = DS3231(I2C(1))
clock.set(datetime(2026, 11, 21, 15, 4, 5))
print(_chip.i2c_trace())
print(clock.read())
_chip.i2c_hand("PD0", "PD1", 0x68, bytes.fromhex("05041507211126") + bytes(12))
print(DS3231(SoftI2C("PD0", "PD1")).read())

servo = Servo(Pin("X9"))
for angle in 0, 90, 180:
    servo.angle = angle
    print(angle, mem32[0x40000834] * (mem32[0x40000828] + 1) / 84, "us")

_chip.pace(10)
lights = WS2812(Pin("PC6"), 2)
_chip.watch("PC6")
lights[0] = (255, 0, 15)
lights.show()
changes = _chip.watched()
bits = "".join("1" if down - up > 600 else "0" for (up, _), (down, _) in zip(changes[::2], changes[1::2]))
print(len(bits), hex(int(bits, 2)))
