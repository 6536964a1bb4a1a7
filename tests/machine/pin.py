# machine.Pin on the simulated board: levels, pulls, edges with their times.
import time

import sim
from machine import Pin, Signal, disable_irq, enable_irq

board = sim.board()
led = Pin("LED", Pin.OUT)
button = Pin(17, Pin.IN, Pin.PULL_UP)
print(led, button, button.value(), led.name(), Pin(25) is led, Pin(led) is led)
for act in (led.on, led.off, led.high, led.low, led.toggle, led.toggle):
    act()
    print(act.__name__, led(), end="; ")
print()
print([led.value(x) for x in (1, 0, "a", "", 5)], led.value())
print("open drain:")
wire = Pin(4, Pin.OPEN_DRAIN, Pin.PULL_UP, value=1)
print(wire(), end=" ")
board.drive(4, 0)
print(wire(), end=" ")
board.drive(4, None)
wire(0)
print(wire())
pulled = Pin(5, Pin.IN, Pin.PULL_DOWN)
print(pulled(), pulled.pull(), pulled.pull(Pin.PULL_UP), pulled(), pulled.mode() == Pin.IN)

hits = []
irq = button.irq(lambda pin: hits.append((pin is button, pin(), irq.flags(), irq.timestamp)), Pin.IRQ_FALLING | Pin.IRQ_RISING)
board.after(1.0, board.drive, 17, 0)
board.after(1.5, board.drive, 17, 1)
time.sleep(2)
print(len(hits), [hit[:3] for hit in hits], hits[1][3] - hits[0][3], irq.lost, irq.trigger())
button.irq(lambda pin: hits.append("falling"), Pin.IRQ_FALLING)
hits.clear()
board.drive(17, 0)
board.drive(17, 1)
time.sleep(0)
print(hits)
state = disable_irq()
board.drive(17, 0)
time.sleep(0.1)
print(hits, state)
enable_irq(state)
time.sleep(0)
print(hits)
button.irq(None)
board.drive(17, 1)
board.drive(17, 0)
time.sleep(0)
print(hits)

print("a storm:")
count = 0


def counter(pin):
    global count
    count += 1


storm = Pin(18, Pin.IN).irq(counter, Pin.IRQ_RISING)
state = disable_irq()
for _ in range(1000):
    board.drive(18, 1)
    board.drive(18, 0)
enable_irq(state)
time.sleep(0)
print(count + storm.lost == 1000, storm.lost > 0)

active_low = Signal(led, invert=True)
active_low.on()
print(led(), active_low(), end=" ")
active_low.value(0)
print(led(), active_low.value(), Signal(30, Pin.OUT, invert=True, value=1)())
for wrong in (lambda: Pin(99), lambda: Pin("NOPE"), lambda: Pin(1.5), lambda: Pin(1, 17), lambda: Pin(1, Pin.OUT, 9), lambda: led.irq(5),
              lambda: led(1, 2), lambda: Pin()):
    try:
        print(wrong())
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
