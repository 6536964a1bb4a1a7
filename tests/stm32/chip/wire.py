# 1-wire by hand: presence, reading a ROM, and the search among several devices, with devices that look at the length of each slot.
import _chip
from machine import OneWire, Pin


bus = OneWire("PB1")
print(bus.reset(), bus.scan())
roms = []
for n in 1, 2, 0x1F0, 0x3F0:
    data = bytes([0x28, n & 255, n >> 8, 3, 4, 5, 6])
    data += bytes([bus.crc8(data)])
    roms.append(data)
    _chip.wire("PB1", data)
    if n == 1:
        print(bus.reset())
        bus.writebyte(0x33)
        got = bytearray(8)
        bus.readinto(got)
        print(got == data)
print(bus.reset(True), sorted(bytes(r) for r in bus.scan()) == sorted(roms))
_chip.watch("PB0")
line = OneWire("PB0")
line.writebit(1)
line.writebit(0)
times = _chip.watched()
print([(level, round((b - a) / 1000)) for (a, level), (b, _) in zip(times[-4:], times[-3:])])
_chip.drive("PB2", 0)
try:
    OneWire("PB2").reset()
except OSError as e:
    print(e)
