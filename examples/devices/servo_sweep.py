# A servo that goes from one end to the other and back.
import time

from drivers.servo import Servo
from machine import Pin

servo = Servo(Pin(12))
for angle in (*range(0, 181, 30), *range(150, -1, -30)):
    servo.angle = angle
    time.sleep_ms(250)
servo.angle = None
