"""Model of Microchip's MCP23017: DS20001952C."""

from sim._bus import RegisterDevice

_IODIR, _IPOL, _GPINTEN, _DEFVAL, _INTCON, _IOCON, _GPPU, _INTF, _INTCAP, _GPIO, _OLAT = range(0, 22, 2)


class MCP23017(RegisterDevice):
    """At address 0x20 to 0x27. drive(pin, level or None) sets its pins from outside; level(pin) is their level; interrupt: the board's pin that INTA is on."""

    def __init__(self, address: int = 0x20, interrupt: int | str | None = None) -> None:
        super().__init__(address, 22)
        self.interrupt = interrupt
        self._outside: list[int | None] = [None] * 16
        self.power_on()

    def power_on(self) -> None:
        self.register[:] = bytes(22)
        self.register[0] = self.register[1] = 0xFF
        self.pointer = 0

    def attached(self, board) -> None:
        super().attached(board)
        if self.interrupt is not None:
            board.drive(self.interrupt, 1)

    def _word(self, register: int) -> int:
        return self.register[register] | self.register[register + 1] << 8

    def _pins(self) -> int:
        direction, pull, out, levels = self._word(_IODIR), self._word(_GPPU), self._word(_OLAT), 0
        for i, outside in enumerate(self._outside):
            bit = out >> i & 1 if not direction >> i & 1 else pull >> i & 1 if outside is None else outside
            levels |= bit << i
        return levels

    def level(self, pin: int) -> int:
        """The level of a pin, 0 or 1."""
        return self._pins() >> pin & 1

    def drive(self, pin: int, level: int | None) -> None:
        """Drive a pin from outside; None: let go of it."""
        before = self._pins()
        self._outside[pin] = level
        self._compare(before)

    def _compare(self, before: int) -> None:
        now = self._pins()
        against = self._word(_INTCON)
        reference = against & self._word(_DEFVAL) | ~against & before
        hit = (now ^ reference) & self._word(_GPINTEN) & self._word(_IODIR)
        if hit and not self._word(_INTF):
            self.register[_INTF:_INTF + 2] = hit.to_bytes(2, "little")
            self.register[_INTCAP:_INTCAP + 2] = now.to_bytes(2, "little")
            if self.interrupt is not None:
                self.board.drive(self.interrupt, 0)

    def read_register(self, register: int) -> int:
        base, shift = register & ~1, register % 2 * 8
        if base in (_GPIO, _INTCAP):
            value = (self._pins() ^ self._word(_IPOL) if base == _GPIO else self._word(_INTCAP)) >> shift & 0xFF
            self.register[_INTF + register % 2] = 0
            if not self._word(_INTF) and self.interrupt is not None:
                self.board.drive(self.interrupt, 1)
            return value
        return self.register[register]

    def write_register(self, register: int, value: int) -> None:
        base = register & ~1
        if base == _GPIO:
            register += _OLAT - _GPIO
        elif base in (_INTF, _INTCAP):
            return
        before = self._pins()
        self.register[register] = value
        if base == _IOCON:
            self.register[_IOCON] = self.register[_IOCON + 1] = value
        self._compare(before)
