# SPI by registers: rates, modes, both directions at once, sixteen bits, a unit that hangs.
import _chip
from machine import SPI, Pin, mem32

CR1 = 0x40013000


def refused(call, *arguments, **keywords):
    try:
        print(call(*arguments, **keywords))
    except (ValueError, OSError, NotImplementedError) as e:
        print(f"{type(e).__name__}: {e}")


bus = SPI(1, 10_000_000)
print(bus, hex(mem32[CR1]), hex(mem32[0x40020020]))
_chip.spi_answer(0xFF)
print(bus.read(3, 0x55), _chip.spi_take())
bus.write(b"\x9f\x00")
print(_chip.spi_take())
out, into = b"\x01\x02\x03\x80", bytearray(4)
bus.write_readinto(out, into)
print(into, _chip.spi_take())
for polarity in 0, 1:
    for phase in 0, 1:
        bus.init(polarity=polarity, phase=phase)
        print(mem32[CR1] & 3, end=" ")
print()
for hz in 84_000_000, 42_000_000, 41_999_999, 1_000_000, 328_125:
    bus.init(hz)
    print(hz, mem32[CR1] >> 3 & 7, bus)
refused(bus.init, 300_000)
bus.init(1_000_000, bits=16, firstbit=SPI.LSB)
print(hex(mem32[CR1] & 0x880))
_chip.spi_answer(0)
bus.write_readinto(b"abcd", into)
print(into, _chip.spi_take())
refused(bus.write, b"abc")
_chip.spi_answer(-1)
bus.init(1_000_000, bits=8)
refused(bus.read, 1)
_chip.spi_answer(0)
two = SPI(2, 5_000_000, sck="Y6", mosi=Pin("Y8"), miso="Y7")
print(two, hex(mem32[0x40003800]))
refused(SPI, 1, sck="PA0")
refused(SPI, 4)
refused(SPI, 1, bits=12)
two.deinit()
refused(two.write, b"x")
