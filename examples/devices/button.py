# A button that switches a lamp: pressed short, over; held for a second, off for good.
import time

from machine import Pin

lamp = Pin("LAMP", Pin.OUT)
button = Pin("BUTTON", Pin.IN, Pin.PULL_UP)
pressed_at = None
done = False


def edge(pin):
    global pressed_at, done
    now = time.ticks_ms()
    if not pin() and pressed_at is None:
        pressed_at = now
    elif pin() and pressed_at is not None and time.ticks_diff(now, pressed_at) > 20:  # shorter ones are the contact's bouncing
        if time.ticks_diff(now, pressed_at) > 1000:
            lamp.off()
            done = True
        else:
            lamp.toggle()
        pressed_at = None


button.irq(edge, Pin.IRQ_FALLING | Pin.IRQ_RISING)
while not done:
    time.sleep_ms(10)
