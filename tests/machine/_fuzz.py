"""_fuzz.py SECONDS [SEED] - calls everything in module machine, and the simulated board under it, with arguments of all kinds, from handlers and devices too.

For a build with sanitizers: krait --heap 256M --board sim --clock virtual tests/machine/_fuzz.py 600 1. What is wrong is a crash, a hang, or an exception that is
none of those that bad arguments may raise. The last line says how many calls were made.
"""
# SPDX-License-Identifier: MIT
import random
import sys
import time

import machine
import sim

seconds, seed = float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
rng = random.Random(seed)
sys.unraisablehook = lambda what: judge(what.exc_value)
board = sim.board()
board.restarts = False
EXPECTED = (TypeError, ValueError, OSError, OverflowError, IndexError, KeyError, AttributeError, NotImplementedError, RuntimeError, BufferError, MemoryError,
            ZeroDivisionError, RecursionError, SystemExit)


class Odd(sim.RegisterDevice):
    """A device whose answers are of all kinds, and which acts on the board in the middle of a transfer."""

    def write(self, data):
        mischief()
        return rng.choice((len(data), 0, -1, 1 << 70, None, "x", 2.5))

    def read(self, count):
        mischief()
        return rng.choice((bytes(count), bytes(count + 1), bytearray(count), b"", "text", None, [0] * count, memoryview(bytes(count))))


class OddSPI(sim.SPIDevice):
    def transfer(self, data):
        mischief()
        return rng.choice((data, data[:-1], b"", None, bytearray(data), 7))


class OddWire(sim.WireDevice):
    def slot(self, out):
        mischief()
        return rng.choice((0, 1, 2, -1, 1 << 40))


class OddLine(sim.Line):
    def sent(self, data):
        mischief()
        self.feed(data * rng.choice((0, 1, 40)))


class Index:
    def __index__(self):
        mischief()
        return rng.choice((0, 1, 5, -1, 1 << 80))


board.i2c(0).attach(Odd(0x20), sim.RegisterDevice(0x21))
board.spi(0).attach(OddSPI(9))
board.wire(4).attach(OddWire(1, 2), sim.WireDevice(1, 3))
board._uarts[1] = OddLine(board, 1)
board.analog(0, lambda seconds: rng.choice((1.0, float("nan"), -5, "volts", float("inf"), 1 << 2000)))
board.listen(7, lambda pin, level: mischief())
depth = 0


def mischief(*_):
    """Now and then something else happens to the board."""
    global depth
    if depth > 3 or rng.random() < 0.7:
        return
    depth += 1
    try:
        one()
    finally:
        depth -= 1


things = []


def make():
    kind = rng.choice(("Pin", "Signal", "ADC", "PWM", "I2C", "SoftI2C", "SPI", "SoftSPI", "UART", "OneWire", "Timer", "RTC", "WDT"))
    good = {"Pin": (rng.randrange(54), rng.randrange(-1, 5), rng.choice((-1, None, 1, 2))), "ADC": (0,), "PWM": (machine.Pin(rng.randrange(54)),), "I2C": (0,), "SPI": (0,),
            "UART": (1,), "OneWire": (machine.Pin(4),), "SoftI2C": (machine.Pin(1), machine.Pin(2)), "SoftSPI": (1000,)}
    arguments = good.get(kind, ()) if rng.random() < 0.7 else tuple(argument() for _ in range(rng.randrange(4)))
    things.append(getattr(machine, kind)(*arguments, **keywords()))
    if len(things) > 40:
        del things[rng.randrange(40)]


def argument():
    buffer = bytearray(rng.randrange(20))
    return rng.choice((0, 1, -1, 2, 5, 17, 0x20, 0x21, 0x42, 255, 256, 1000, 65535, 1 << 31, 1 << 63, -(1 << 70), 2.5, float("nan"), None, True, "", "LED", "GPIO4", b"", b"\x00\x01\x02", buffer,
                       memoryview(buffer), memoryview(buffer)[::2], [], [1, 2], (400, 850, 800, 450), [b"ab", buffer], {}, print, mischief, Index(), object(), machine.Pin, range(3),
                       (2026, 1, 2, 3, 4, 5, 6, 7), *things[-3:]))


def keywords():
    names = ("mode", "pull", "value", "freq", "baudrate", "timeout", "period", "callback", "duty_u16", "duty_ns", "handler", "trigger", "scl", "tx", "rxbuf", "addrsize", "invert", "tick_hz")
    return {rng.choice(names): argument() for _ in range(rng.choice((0, 0, 0, 0, 1, 2)))}


def one():
    """One call."""
    roll = rng.random()
    if roll < 0.15 or not things:
        make()
    elif roll < 0.8:
        thing = rng.choice(things)
        name = rng.choice([name for name in dir(thing) if not name.startswith("__") or name in ("__call__", "__repr__")])
        member = getattr(thing, name)
        if callable(member):
            if rng.random() < 0.5:
                member(*(argument() for _ in range(rng.randrange(4))))
            else:
                member(*(argument() for _ in range(rng.randrange(4))), **keywords())
    elif roll < 0.9:
        getattr(machine, rng.choice(("time_pulse_us", "bitstream", "unique_id", "disable_irq", "enable_irq", "idle", "reset", "freq", "reset_cause")))(
            *(argument() for _ in range(rng.randrange(5))))
    elif roll < 0.95:
        rng.choice((board.drive, board.listen, board.level, board.pin_state, board.at, board.after, board._take_trace, board._trace, sim.at_ns))(
            *(argument() for _ in range(rng.randrange(4))))
    else:
        machine.enable_irq()
        time.sleep(rng.choice((0, 0.001, 0.1)))


def judge(error):
    if not isinstance(error, EXPECTED):
        raise error


calls = 0
end = time.process_time() + seconds
while time.process_time() < end:
    calls += 1
    if calls % 2000 == 0:
        things.clear()
        board._take_trace()
    try:
        one()
    except BaseException as error:
        judge(error)
print(calls, "calls")
