# The calendar where no crystal starts: the internal oscillator's divider.
import _chip
import time
from machine import RTC, mem32

print(_chip.clock_init(False, False))
_chip.pace(100_000)
RTC().datetime((2030, 1, 2, 0, 3, 4, 5, 0))
print(hex(mem32[0x40023870]), hex(mem32[0x40002810]), hex(mem32[0x40002800]), time.gmtime(_chip.rtc() // 1_000_000_000)[:6])
