"""Worldsemi WS2812: strips of coloured lights on one data line. Source: datasheet WS2812B V5."""

from machine import bitstream

_TIMING = (400, 850, 800, 450)  # nanoseconds: high and low of a 0, of a 1


class WS2812:
    """A strip of `count` lights on a pin; strip[i] = (red, green, blue), each 0 to 255. show() sends it. bpp=4: with white, as (r, g, b, w)."""

    def __init__(self, pin, count: int, bpp: int = 3) -> None:
        if bpp not in (3, 4):
            raise ValueError(f"bpp must be 3 or 4 colours, not {bpp}")
        self._pin = pin
        self._bpp = bpp
        self._count = count
        self.buffer = bytearray(count * bpp)
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
        bitstream(self._pin, 0, _TIMING, self.buffer)
