# I2C by registers: what goes over the bus, refused bytes, nobody there, and a bus that a device holds.
import _chip
from machine import I2C, Pin, mem32

CR2, CCR, TRISE = 0x40005404, 0x4000541C, 0x40005420


def told(name, call, *arguments):
    try:
        result = call(*arguments)
    except (OSError, ValueError) as e:
        result = f"{type(e).__name__}: {e}"
    print(f"{name}: {result}\n    {_chip.i2c_trace()}")


memory = bytearray(range(256))
bus = I2C(1, freq=400000)
print(bus, mem32[CR2], hex(mem32[CCR]), mem32[TRISE])
print(mem32[0x40020420] >> 24 == 0x44, mem32[0x40020400] >> 12 & 15 == 10, mem32[0x40020404] >> 6 & 3)
_chip.i2c_attach(1, 0x48, memory)
for pace in 50, 1000:  # nanoseconds that the processor takes for an access
    _chip.pace(pace)
    for n in 1, 2, 3, 4, 9:
        told(f"read {n}", bus.readfrom_mem, 0x48, 0x10, n)
_chip.pace(50)
told("write", bus.writeto_mem, 0x48, 0x20, b"\xaa\xbb")
told("vector", bus.writevto, 0x48, [b"\x30", b"\x01\x02", b"\x03"])
told("back", bus.readfrom_mem, 0x48, 0x30, 3)
told("plain read", bus.readfrom, 0x48, 2)
told("16 bits", lambda: bus.readfrom_mem(0x48, 0x0110, 1, addrsize=16))
told("without stop", bus.writeto, 0x48, b"\x40", False)
told("then read", bus.readfrom, 0x48, 1)
told("scan", bus.scan)
told("nobody", bus.readfrom, 0x50, 1)
told("nobody to write to", bus.writeto, 0x50, b"1")
_chip.i2c_attach(1, 0x48, memory, 2)
told("refused", bus.writeto, 0x48, b"\x01\x02\x03\x04")
told("wide address", bus.writeto, 0x148, b"\x01")
_chip.i2c_attach(1, 0x48, memory)

# A device in the middle of a byte: it is clocked until it lets go.
_chip.i2c_stick(1, 5)
told("held SDA", bus.readfrom_mem, 0x48, 0x10, 1)
_chip.i2c_stick(1, 100)
told("held for long", bus.readfrom_mem, 0x48, 0x10, 1)
_chip.i2c_stick(1, 0)
told("free", bus.readfrom_mem, 0x48, 0x10, 1)
_chip.i2c_stick(1, -1)
told("held SCL", bus.readfrom_mem, 0x48, 0x10, 1)
_chip.i2c_stick(1, 0)
told("free again", bus.readfrom_mem, 0x48, 0x11, 2)

slow = I2C(2, scl="Y9", sda="Y10", freq=100000, timeout=1000)
print(slow, mem32[0x40005804], hex(mem32[0x4000581C]), mem32[0x40005820])
_chip.i2c_attach(2, 0x20, memory)
told("slow", slow.readfrom_mem, 0x20, 7, 2)
for wrong in (0,), (4,), ("1",):
    try:
        I2C(*wrong)
    except (ValueError, TypeError) as e:
        print(e)
for pins in ({"scl": "PA0"}, {"sda": "PB6"}, {"freq": 1000000}, {"freq": 10}):
    try:
        I2C(1, **pins)
    except ValueError as e:
        print(e)
bus.deinit()
told("closed", bus.readfrom, 0x48, 1)
