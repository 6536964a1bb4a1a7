# SoftI2C and SoftSPI: buses by hand on plain pins, with devices that look at the pins' levels.
import _chip
from machine import Pin, SoftI2C, SoftSPI


def told(call, *arguments, **keywords):
    try:
        print(call(*arguments, **keywords))
    except (ValueError, OSError) as e:
        print(f"{type(e).__name__}: {e}")


bus = SoftI2C("PD0", Pin("PD1"), freq=400_000, timeout=2000)
print(bus)
_chip.i2c_hand("PD0", "PD1", 0x3C, bytes(range(256)))
told(bus.readfrom_mem, 0x3C, 0x10, 4)
told(bus.writeto_mem, 0x3C, 0x20, b"\xaa\x55")
told(bus.readfrom_mem, 0x3C, 0x1F, 4)
told(bus.readfrom, 0x3C, 1)
told(bus.writeto, 0x3C, b"\x80", False)
told(bus.readfrom, 0x3C, 2)
told(bus.scan)
told(bus.readfrom, 0x3D, 1)
told(bus.writeto, 0x3D, b"1")
_chip.drive("PD0", 0)
told(bus.readfrom, 0x3C, 1)
_chip.drive("PD0", None)
_chip.drive("PD1", 0)
told(bus.readfrom, 0x3C, 1)
_chip.drive("PD1", None)
told(bus.readfrom_mem, 0x3C, 0, 2)

_chip.join("PE1", "PE2")
for polarity in 0, 1:
    for phase in 0, 1:
        spi = SoftSPI(1_000_000, polarity=polarity, phase=phase, sck="PE0", mosi="PE1", miso="PE2")
        into = bytearray(3)
        spi.write_readinto(b"\x01\x80\xa5", into)
        print(into, Pin("PE0").value(), spi.read(1, 0x7E))
spi.init(firstbit=SoftSPI.LSB)
told(spi.read, 2, 0x13)
told(SoftSPI, sck="PE0", mosi="PE1")
told(SoftSPI, sck="PE0", mosi="PE1", miso="PE2", bits=16)
