# A light that blinks by a timer, and the program beside it.
import time

from machine import Pin, Timer

led = Pin("LED_GREEN", Pin.OUT)
count = 0


def blink(timer):
    global count
    led.toggle()
    count += 1


timer = Timer(period=50, callback=blink)
while True:
    time.sleep(0.5)
    print("blinked", count)
