# The watchdog by registers: reload values, feeding, biting; and the look at the clock in front of it.
import _chip
import time
from machine import WDT, mem32

PR, RLR = 0x40003004, 0x40003008
print(_chip.bitten(), _chip.is_late())
w = WDT(timeout=1000)
for ms in 1, 100, 348, 349, 1000, 5000, 22310:
    w = WDT(timeout=ms)
    divider, reload = 4 << mem32[PR], mem32[RLR] + 1
    # The fastest oscillator has 47 kHz, the slowest 17 kHz.
    print(ms, mem32[PR], reload, divider * reload / 47 >= ms, f"{divider * reload / 17:.0f}")
w = WDT(timeout=1000)
for i in range(5):
    _chip.advance(900_000_000)
    print(_chip.bitten(), end=" ")
    w.feed()
print()
_chip.advance(1_600_000_000)
print(_chip.bitten())
w = WDT(timeout=300)
print(_chip.is_late())
time.sleep_ms(400)
print(_chip.is_late())
w.feed()
print(_chip.is_late())
for ms in 22311, 0:
    try:
        WDT(timeout=ms)
    except ValueError as e:
        print(e)
