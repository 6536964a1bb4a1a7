"""Worldsemi WS2812: strips of coloured lights on one data line. Source: datasheet WS2812B V5."""

from machine import SPI, bitstream

_TIMING = (400, 850, 800, 450)  # nanoseconds: high and low of a 0, of a 1
_HZ = 3_200_000  # of SPI: four bits there are one here, 312 ns high for a 0, 937 ns for a 1
_LOW = bytes(130)  # 325 us: the strip shows what it has


def _pulses(pair: int) -> bytes:
    return bytes([0x88 | (0x60 if pair & 2 else 0) | (0x06 if pair & 1 else 0)])


class WS2812:
    """A strip of `count` lights on a pin, or on MOSI of a machine.SPI, which serves where pulses of a pin cannot be timed (Linux); its other lines stay free.
    strip[i] = (red, green, blue), each 0 to 255. show() sends it. bpp=4: with white, as (r, g, b, w)."""

    def __init__(self, pin, count: int, bpp: int = 3) -> None:
        if bpp not in (3, 4):
            raise ValueError(f"bpp must be 3 or 4 colours, not {bpp}")
        self._pin = pin
        self._bpp = bpp
        self._count = count
        self.buffer = bytearray(count * bpp)
        self._code: list[bytes] | None = None
        if isinstance(pin, SPI):
            pin.init(baudrate=_HZ, polarity=0, phase=1)
            nibbles = [_pulses(n >> 2) + _pulses(n & 3) for n in range(16)]
            self._code = [high + low for high in nibbles for low in nibbles]
        else:
            pin.init(pin.OUT, value=0)

    def __len__(self) -> int:
        return self._count

    def _at(self, index: int) -> int:
        if not -self._count <= index < self._count:
            raise IndexError(f"light {index}: this strip has {self._count}")
        return index % self._count * self._bpp

    def __getitem__(self, index: int) -> tuple[int, ...]:
        at = self._at(index)
        green, red, *rest = self.buffer[at:at + self._bpp]
        return (red, green, *rest)

    def __setitem__(self, index: int, colour: tuple[int, ...]) -> None:
        at = self._at(index)
        if len(colour) != self._bpp:
            raise ValueError(f"a colour of this strip has {self._bpp} parts, not {len(colour)}")
        red, green, *rest = colour
        self.buffer[at:at + self._bpp] = bytes((green, red, *rest))

    def fill(self, colour: tuple[int, ...]) -> None:
        """All lights in one colour."""
        for i in range(self._count):
            self[i] = colour

    def show(self) -> None:
        """Send the colours to the strip."""
        if self._code is None:
            bitstream(self._pin, 0, _TIMING, self.buffer)
        else:
            self._pin.write(b"\0" + b"".join([self._code[value] for value in self.buffer]) + _LOW)
