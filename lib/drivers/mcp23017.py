"""Microchip MCP23017: sixteen more pins over I2C. Source: datasheet DS20001952C, registers with IOCON.BANK = 0."""

_IODIR, _IPOL, _GPINTEN, _DEFVAL, _INTCON, _IOCON, _GPPU, _INTF, _INTCAP, _GPIO, _OLAT = range(0, 22, 2)


class MCP23017:
    """An expander at an address of an I2C bus: 0x20 to 0x27. Pins 0 to 7 are GPA0 to GPA7, 8 to 15 are GPB0 to GPB7."""

    def __init__(self, i2c, address: int = 0x20) -> None:
        self._i2c = i2c
        self._address = address
        self._direction, self._pull, self._out = 0xFFFF, 0, 0
        self._write(_IOCON, 0x4040, 2)  # both interrupt pins follow both ports
        self._write(_IODIR, 0xFFFF, 2)
        self._write(_GPPU, 0, 2)
        self._write(_OLAT, 0, 2)

    def _write(self, register: int, value: int, count: int = 2) -> None:
        self._i2c.writeto_mem(self._address, register, value.to_bytes(count, "little"))

    def _read(self, register: int) -> int:
        return int.from_bytes(self._i2c.readfrom_mem(self._address, register, 2), "little")

    @property
    def inputs(self) -> int:
        """The levels of all pins, a bit each."""
        return self._read(_GPIO)

    def pin(self, number: int) -> "ExpanderPin":
        """A pin of the expander, which works as a machine.Pin."""
        return ExpanderPin(self, number)

    def watch(self, mask: int) -> None:
        """Pull the interrupt pins low when a pin of this mask changes."""
        self._write(_INTCON, 0)
        self._write(_GPINTEN, mask)

    def changed(self) -> tuple[int, int]:
        """Return (pins that changed, levels of all at that moment), and end the interrupt."""
        return self._read(_INTF), self._read(_INTCAP)


class ExpanderPin:
    """A pin with init(), value(), on(), off(), toggle(), as machine.Pin has them."""

    IN, OUT, PULL_UP = 0, 1, 1

    def __init__(self, expander: MCP23017, number: int) -> None:
        if not 0 <= number <= 15:
            raise ValueError(f"Pin {number}: an MCP23017 has pins 0 to 15")
        self._e = expander
        self._mask = 1 << number

    def init(self, mode: int = -1, pull: int | None = -1, value: int | None = None) -> None:
        """Set the pin up; what is not given stays as it is. There is no pull down: ValueError."""
        e = self._e
        if pull not in (-1, None, 0, self.PULL_UP):
            raise ValueError("an MCP23017 can only pull up")
        if value is not None:
            self.value(value)
        if mode in (self.IN, self.OUT):
            e._direction = e._direction & ~self._mask | (self._mask if mode == self.IN else 0)
            e._write(_IODIR, e._direction)
        if pull != -1:
            e._pull = e._pull & ~self._mask | (self._mask if pull else 0)
            e._write(_GPPU, e._pull)

    def value(self, x=None) -> int | None:
        """Return the level, or set it."""
        e = self._e
        if x is None:
            return 1 if e.inputs & self._mask else 0
        e._out = e._out & ~self._mask | (self._mask if x else 0)
        e._write(_OLAT, e._out)
        return None

    __call__ = value

    def on(self) -> None:
        """Set it to 1."""
        self.value(1)

    def off(self) -> None:
        """Set it to 0."""
        self.value(0)

    def toggle(self) -> None:
        """Set it to the opposite of what was set."""
        self.value(not self._e._out & self._mask)
