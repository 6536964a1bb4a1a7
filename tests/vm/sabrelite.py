# Runs in the virtual machine sabrelite: SPI of the kernel, with a flash memory behind it; I2C of another controller; which serial line is the first.
import os
import subprocess

from machine import I2C, SPI, UART

spi = SPI("0.0", 1_000_000)
answer = bytearray(b"\x9f\x00\x00\x00")
spi.write_readinto(answer, answer)
print("JEDEC id", answer[1:].hex())
print("status", len(spi.read(2, 0x05)))
try:
    SPI(7)
except OSError as error:
    print(error)
buses = [n for n in range(4) if os.path.exists(f"/dev/i2c-{n}")]
found = []
for bus in buses:
    try:
        found.append(I2C(bus).readfrom_mem(0x48, 0, 2).hex())
    except OSError as error:
        print(error.errno in (19, 110), end=" ")
print(len(buses), "buses, of which", len(found), "with a sensor:", found)
uart = UART(0, 57600)  # the first line with hardware; the kernel has /dev/ttyS0 to 3 without
print("serial line", [word for word in subprocess.run(["/bin/stty", "-F", "/dev/ttymxc0"], capture_output=True, text=True).stdout.split() if word.isdecimal()][:1])
print("END")
