# A light that blinks.
import time

from machine import Pin

led = Pin("LED", Pin.OUT)
for _ in range(10):
    led.toggle()
    time.sleep_ms(500)
