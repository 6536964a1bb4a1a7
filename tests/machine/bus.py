# machine.I2C, SPI, UART, OneWire on the simulated board: what goes over the wires, and errors.
import time

import sim
from machine import I2C, SPI, UART, OneWire, Pin, SoftI2C, SoftSPI

board = sim.board()


class Echo(sim.RegisterDevice):
    def stop(self):
        log.append("stop")


log = []
board.i2c(0).attach(Echo(0x40), Echo(0x41))
i2c = I2C(0, freq=100000)
print(i2c, [hex(a) for a in i2c.scan()])
print(i2c.writeto(0x40, b"\x05\x01\x02\x03"), i2c.readfrom_mem(0x40, 5, 3), i2c.readfrom(0x40, 1))
log.clear()
print(i2c.writeto(0x40, b"\x05", False), log, i2c.readfrom(0x40, 2), log)
print(i2c.writevto(0x41, (b"\x10", bytearray(b"ab"), memoryview(b"cd"))), i2c.readfrom_mem(0x41, 0x10, 4))
buffer = bytearray(3)
i2c.readfrom_mem_into(0x41, 0x10, buffer)
i2c.writeto_mem(0x41, 0x20, b"z")
i2c.readfrom_into(0x41, memoryview(buffer)[2:])
print(buffer, i2c.readfrom_mem(0x41, 0x20, 1))
for wrong in (lambda: i2c.readfrom(0x42, 1), lambda: i2c.readfrom(0x400, 1), lambda: i2c.writeto(0x40, "text"), lambda: i2c.readfrom(0x40, -1),
              lambda: i2c.readfrom_mem(0x40, 0, 1, addrsize=12), lambda: I2C(0, freq=0), lambda: i2c.readfrom_into(0x40, b"fixed")):
    try:
        print(wrong())
    except (OSError, ValueError, TypeError, BufferError) as error:
        print(type(error).__name__, error)
board.i2c(0).stick()
try:
    i2c.scan()
except OSError as error:
    print(type(error).__name__, error.errno)
board.i2c(0).stick(False)
soft = SoftI2C(Pin(8), Pin(9))
print(soft, soft.scan())


class Shift(sim.SPIDevice):
    last = 0

    def selected(self):
        log.append("selected")

    def deselected(self):
        log.append("deselected")

    def transfer(self, data):
        out = bytes([self.last]) + data[:-1]
        self.last = data[-1]
        return out


log.clear()
board.spi(1).attach(Shift(10))
spi, select = SPI(1, 2_000_000, polarity=1), Pin(10, Pin.OUT, value=1)
print(spi, spi.read(2), board.spi(1).mode)
select(0)
spi.write(b"abc")
print(spi.read(3, 0x78))
both = bytearray(b"1234")
spi.write_readinto(both, both)
print(both)
spi.readinto(both, 0x2D)
print(both)
select(1)
print(log)
try:
    spi.write_readinto(b"12", bytearray(3))
except ValueError as error:
    print(error)
print(SoftSPI(sck=Pin(1), mosi=Pin(2), miso=Pin(3)).read(1))

uart = UART(2, 115200, timeout=100)
line = board.uart(2)
print(uart, uart.any(), uart.read(), uart.write(b"hello"), line.output)
line.feed(b"one\ntwo\nthree")
print(uart.any(), uart.readline(), uart.read(2), uart.readinto(buffer), buffer, uart.readline(), uart.readline())
board.after(0.05, line.feed, b"late\n")
start = time.ticks_ms()
print(uart.readline(), time.ticks_diff(time.ticks_ms(), start))
print(line.feed(b"x" * 300), line.lost, len(uart.read()))
uart.init(9600, parity=0, stop=2)
print(uart)

wire = OneWire(Pin(4))
print(wire.reset(), wire.scan())
board.wire(4).attach(sim.WireDevice(0x01, 0x123456), sim.WireDevice(0x01, 0x123457), sim.WireDevice(0x28, 5))
print(wire.reset(), [bytes(rom).hex() for rom in wire.scan()], wire.crc8(b"\x02\x1c\xb8\x01\x00\x00\x00"))
wire.select_rom(wire.scan()[1])
for wrong in (lambda: wire.select_rom(b"123"), lambda: wire.writebyte(256), lambda: OneWire(Pin(5)).reset(True)):
    try:
        print(wrong())
    except (OSError, ValueError) as error:
        print(type(error).__name__, error)
