# bitstream and time_pulse_us: the lengths of what goes out, and of what comes in.
import _chip
import machine
from machine import Pin

_chip.pace(10)
p = Pin("PC6", Pin.OUT, value=0)
_chip.watch("PC6")
machine.bitstream(p, 0, (400, 850, 800, 450), b"\xa5")
changes = _chip.watched()
print([level for _, level in changes] == [1, 0] * 8)
bits, worst = "", 0
for (up, _), (down, _) in zip(changes[::2], changes[1::2]):
    high = down - up
    bits += "1" if high > 600 else "0"
    worst = max(worst, abs(high - (800 if high > 600 else 400)))
print(bits, worst <= 40, max(abs(b - a - 1250) for (a, _), (b, _) in zip(changes[::2], changes[2::2])) <= 40)
pin = Pin("PC7", Pin.IN)
_chip.drive("PC7", 0)
print(machine.time_pulse_us(pin, 1, 1000), end=" ")
_chip.drive("PC7", 1)
print(machine.time_pulse_us(pin, 1, 1000))
