# The calendar by registers: setting it, reading it after a reset, without a crystal, without a battery.
import _chip
import time
from machine import RTC, mem32

TR, DR, ISR, PRER, BDCR = 0x40002800, 0x40002804, 0x4000280C, 0x40002810, 0x40023870
_chip.pace(1000)
print(_chip.rtc())
RTC().datetime((2026, 11, 21, 0, 23, 58, 59, 0))
print(hex(mem32[BDCR]), hex(mem32[PRER]), hex(mem32[TR]), hex(mem32[DR]), hex(mem32[ISR]))
_chip.advance(3_500_000_000)
at = _chip.rtc()
print(time.gmtime(at // 1_000_000_000)[:7], 450_000_000 < at % 1_000_000_000 < 550_000_000)

# Writing without the key does nothing.
mem32[TR] = 0
print(hex(mem32[TR] >> 8))
RTC().datetime((2099, 2, 28, 0, 1, 2, 3, 0))
print(hex(mem32[DR]), time.gmtime(_chip.rtc() // 1_000_000_000)[:6])
