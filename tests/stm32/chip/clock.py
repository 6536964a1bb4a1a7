# The clock tree: with a crystal, without one, and as QEMU has it.
import _chip
from machine import mem32

for crystal, emulated in (True, False), (False, False), (True, True), (True, False):
    print(_chip.clock_init(crystal, emulated), end=" ")
    print(hex(mem32[0x40023804]), hex(mem32[0x40023808] & ~12), hex(mem32[0x40023C00]))
