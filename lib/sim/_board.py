"""The board of a simulation: pins (in C: _sim.Board), buses, devices, an environment, a trace."""

import os
import sys

import _sim
from sim._bus import I2CBus, Line, SPIBus, WireBus
from sim._environment import Environment, signal
from sim._trace import Trace

PINS = 54  # as on a Raspberry Pi


class Reset(SystemExit):
    """The program restarts its board; with `board.restarts` False, it ends so."""


class Board(_sim.Board):
    """A simulated board.

    pin levels from outside: drive(pin, level), level(pin), listen(pin, function)
    buses:                   i2c(n), spi(n), uart(n), wire(pin), each with attach(device)
    voltages:                analog(channel or pin name, signal in volts)
    time:                    at(seconds, function, *arguments), after(seconds, function, *arguments)
    """

    def __init__(self, pins: int = PINS, names: dict[str, int] | None = None) -> None:
        self.name = "sim"
        self.unique_id = b"\x00\x01\x02\x03krai"
        self.reset_cause = int(os.environ.get("KRAIT_RESET_CAUSE", "1"))
        self.restarts = True
        self.start_ns = _sim.now_ns()
        self.environment = Environment(self)
        self.devices: dict[str, object] = {}
        self.trace = Trace(self)
        self.pwm: dict[int, tuple[float, float]] = {}
        self._i2cs: dict[object, I2CBus] = {}
        self._spis: dict[object, SPIBus] = {}
        self._uarts: dict[object, Line] = {}
        self._wires: dict[int, WireBus] = {}
        self._analogs: dict[object, object] = {}
        self._pwm_listeners: dict[int, list] = {}
        self._bit_listeners: dict[int, list] = {}
        self.set_pins(pins, names or {"LED": 25})

    def set_pins(self, count: int, names: dict[str, int]) -> None:
        """Make pins 0 to count - 1, named GPIO0 and so on, and by the names given."""
        self.pin_count = count
        self.names: dict[str, int] = {}
        self._numbers = {f"GPIO{i}": i for i in range(count)}
        self._set_pins(count, self._numbers)
        self.name_pins(names)

    def name_pins(self, names: dict[str, int]) -> None:
        """Give pins further names. ValueError: there is no such pin."""
        for name, number in names.items():
            if not 0 <= number < self.pin_count:
                raise ValueError(f"pin {name}: number {number} is not among 0 to {self.pin_count - 1}")
        self.names |= names
        self._numbers |= names

    # ---- Buses and devices

    def _bus(self, known: dict, number, kind: type):
        """The bus of that number, which comes into being when it is asked for."""
        if number not in known:
            known[number] = kind(self, number)
        return known[number]

    def i2c(self, number=0) -> I2CBus:
        """The I2C bus of that number."""
        return self._bus(self._i2cs, number, I2CBus)

    def spi(self, number=0) -> SPIBus:
        """The SPI bus of that number."""
        return self._bus(self._spis, number, SPIBus)

    def uart(self, number=0) -> Line:
        """The serial line of that number."""
        return self._bus(self._uarts, number, Line)

    def wire(self, pin) -> WireBus:
        """The 1-wire bus on that pin."""
        return self._bus(self._wires, self.pin_number(pin), WireBus)

    def attach(self, *devices) -> None:
        """Hang devices on the board that need no bus: they take pins themselves."""
        for device in devices:
            self._add(device)

    def _add(self, device) -> None:
        device.attached(self)
        name, n = device.name, 2
        while name in self.devices:
            name, n = f"{device.name}{n}", n + 1
        device.name = name
        self.devices[name] = device

    def describe(self, path: str) -> None:
        """Do what a description says (TOML, or Python with a function setup(board)), as --board sim:FILE does. ValueError: what is wrong in it."""
        from sim import _describe

        _describe.apply(self, path)

    def device(self, name: str):
        """The device of that name. KeyError, which says what there is."""
        try:
            return self.devices[name]
        except KeyError:
            raise KeyError(f"there is no device {name!r}; there are {', '.join(self.devices) or 'none'}") from None

    def analog(self, where, value) -> None:
        """Put a voltage on an input: a channel's number, or a pin's name ("GPIO26"); a number, a Signal, or a function of seconds."""
        key = ("pin", self.pin_number(where)) if isinstance(where, str) else where
        self._analogs[key] = signal(value)

    # ---- Time

    def seconds(self) -> float:
        """The time since the board started."""
        return (_sim.now_ns() - self.start_ns) * 1e-9

    def at(self, seconds: float, function, *arguments):
        """Call function(*arguments) so many seconds from the start of the board; return an object with cancel()."""
        return _sim.at_ns(self.start_ns + round(seconds * 1e9), function, *arguments)

    def after(self, seconds: float, function, *arguments):
        """Call function(*arguments) in so many seconds; return an object with cancel()."""
        return _sim.at_ns(_sim.now_ns() + round(seconds * 1e9), function, *arguments)

    # ---- Faults of the whole board

    def brown_out(self, seconds: float) -> None:
        """The supply of all devices fails now, and comes back."""
        for device in self.devices.values():
            if device.powered:
                device.unplug()
                self.after(seconds, device.plug)

    # ---- What module machine calls

    def _i2c(self, number, scl, sda, hz):
        return self.i2c(number if number is not None else ("soft", scl, sda))

    def _spi(self, number, sck, mosi, miso, hz, mode):
        bus = self.spi(number if number is not None else ("soft", sck, mosi, miso))
        bus.hz, bus.mode = hz, mode
        return bus

    def _uart(self, number, baud, bits, parity, stop):
        line = self.uart(number)
        line.baud = baud
        return line

    def _wire(self, pin):
        return self.wire(pin)

    def _adc(self, where, is_pin):
        key = ("pin", where) if is_pin else where

        def read() -> float:
            source = self._analogs.get(key)
            return source.at(self.seconds()) if source is not None else 0.0

        return read

    def _pwm(self, pin):
        listeners = self._pwm_listeners.setdefault(pin, [])

        def change(hz: float, duty: float, running: bool) -> None:
            self.pwm[pin] = (hz, duty) if running else (0.0, 0.0)
            if self.trace.recording:
                self.trace.note("pwm", pin, *self.pwm[pin])
            for function in listeners:
                function(*self.pwm[pin])

        return change

    def listen_pwm(self, pin, function) -> None:
        """Have function(hz, duty) called when the pulses on a pin change; duty is 0 to 1, and both are 0 where they stop."""
        self._pwm_listeners.setdefault(self.pin_number(pin), []).append(function)

    def listen_bits(self, pin, function) -> None:
        """Have function(data, timing) called for each machine.bitstream on a pin."""
        self._bit_listeners.setdefault(self.pin_number(pin), []).append(function)

    def _bits(self, pin, data, timing) -> None:
        if self.trace.recording:
            self.trace.note("bits", pin, data.hex())
        for function in self._bit_listeners.get(pin, ()):
            function(data, timing)

    def _reset(self, cause: int) -> None:
        if not self.restarts:
            raise Reset(cause)
        sys.stdout.flush()
        sys.stderr.flush()
        if self.trace.recording and (path := os.environ.get("KRAIT_TRACE")):
            self.trace.save(path)
        import _wire
        if _wire.active():
            from machine import SOFT_RESET
            if cause == SOFT_RESET:
                raise SystemExit  # the console on a wire does that without another process
            _wire.pass_on()
        os.environ["KRAIT_RESET_CAUSE"] = str(cause)
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
