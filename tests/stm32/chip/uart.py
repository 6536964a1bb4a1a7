# Serial lines by registers: dividers, frames, the ring that the interrupt fills, what overruns it.
import _chip
import time
from machine import UART, Pin, mem32

BASE = 0x40004400  # of UART 2


def refused(call, *arguments, **keywords):
    try:
        print(call(*arguments, **keywords))
    except (ValueError, OSError, TypeError) as e:
        print(f"{type(e).__name__}: {e}")


u = UART(2, 115200)
print(u, mem32[BASE + 8], hex(mem32[BASE + 12]), hex(mem32[BASE + 16]), hex(mem32[BASE + 20]))
print(u.write(b"hello"), end=" ")
u.flush()
print(_chip.uart_take(2), u.txdone())
print(u.any(), u.read(), u.read(4))
_chip.uart_give(2, b"one\ntwo\nrest")
print(u.any(), u.readline(), u.read(2), u.readline(), u.read())
buffer = bytearray(3)
_chip.uart_give(2, b"\x00\xff\x80!")
print(u.readinto(buffer), buffer, u.read())

# The ring holds what was asked for, and not a byte more.
u.init(115200, rxbuf=16)
_chip.uart_give(2, bytes(range(20)))
print(u.any(), u.read())
_chip.uart_give(2, b"goes on")
print(u.read())

start = time.ticks_ms()
u.init(timeout=30)
print(u.read(1), time.ticks_diff(time.ticks_ms(), start) >= 25)
u.sendbreak()
print(mem32[BASE + 12] & 1)

for parity, bits, stop in (None, 8, 1), (0, 8, 2), (1, 8, 1), (1, 7, 1):
    u.init(9600, bits, parity, stop)
    print(parity, bits, stop, hex(mem32[BASE + 12]), hex(mem32[BASE + 16]), mem32[BASE + 8])
_chip.uart_give(2, b"\xc1")
print(u.read())
six = UART(6, 3_000_000, flow=0)
print(six, mem32[0x40011408])
hands = UART(3, 57600, flow=UART.RTS | UART.CTS)
print(hex(mem32[0x40004814]), hex(mem32[0x40020424]))
refused(UART, 1)
refused(UART, 7)
refused(UART, "2")
refused(UART, 2, 100)
refused(UART, 2, 10_000_000)
refused(UART, 2, bits=7)
refused(UART, 2, tx="PB0")
refused(UART, 5, flow=UART.RTS)
u.deinit()
_chip.uart_give(2, b"lost")
refused(u.any)
refused(u.write, b"x")
