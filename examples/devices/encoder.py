# A knob that dims a lamp.
import time

from drivers.encoder import RotaryEncoder
from machine import PWM, Pin

lamp = PWM(Pin(12), freq=1000, duty_u16=0)


def turned(position):
    level = max(0, min(position, 20))
    lamp.duty_u16(level * 65535 // 20)
    print("level", level)


knob = RotaryEncoder(Pin(20), Pin(21), turned)
time.sleep(4)
print("position", knob.position)
