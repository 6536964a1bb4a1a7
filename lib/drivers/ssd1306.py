"""Solomon Systech SSD1306: displays of 128 by 64 or 128 by 32 points, over I2C. Source: datasheet Rev 1.1."""

_INIT = (
    (0xAE,),                # off
    (0xD5, 0x80),           # clock
    (0xD3, 0x00), (0x40,),  # no offset, first line 0
    (0x8D, 0x14),           # charge pump on
    (0x20, 0x00),           # horizontal addressing
    (0xA1,), (0xC8,),       # column 127 and row 0 at the upper left
    (0x81, 0xCF),           # contrast
    (0xD9, 0xF1), (0xDB, 0x40), (0xA4,), (0xA6,), (0x2E,),
)


class SSD1306:
    """A display at an address of an I2C bus, 0x3c or 0x3d. What is drawn appears with show()."""

    def __init__(self, i2c, width: int = 128, height: int = 64, address: int = 0x3C) -> None:
        if width != 128 or height not in (32, 64):
            raise ValueError(f"the display must be 128 by 64 or 128 by 32, not {width} by {height}")
        self._i2c = i2c
        self._address = address
        self.width, self.height = width, height
        self.buffer = bytearray(width * height // 8)  # 8 points under each other in a byte, the upper one lowest
        for command in _INIT:
            self._command(*command)
        self._command(0xA8, height - 1)
        self._command(0xDA, 0x12 if height == 64 else 0x02)
        self.show()
        self._command(0xAF)

    def _command(self, *values: int) -> None:
        self._i2c.writeto(self._address, bytes((0x00, *values)))

    def show(self) -> None:
        """Send what was drawn."""
        self._command(0x21, 0, self.width - 1)
        self._command(0x22, 0, self.height // 8 - 1)
        for at in range(0, len(self.buffer), 128):
            self._i2c.writevto(self._address, (b"\x40", self.buffer[at:at + 128]))

    def power(self, on: bool) -> None:
        """Switch the display on or off."""
        self._command(0xAF if on else 0xAE)

    def contrast(self, value: int) -> None:
        """0 to 255."""
        self._command(0x81, value)

    def invert(self, on: bool) -> None:
        """Light points dark, and dark ones light."""
        self._command(0xA7 if on else 0xA6)

    def fill(self, on: int) -> None:
        """Light all points, or none."""
        self.buffer[:] = (b"\xff" if on else b"\x00") * len(self.buffer)

    def pixel(self, x: int, y: int, on: int = 1) -> None:
        """Set a point; what is outside is ignored."""
        if 0 <= x < self.width and 0 <= y < self.height:
            at, bit = (y >> 3) * self.width + x, 1 << (y & 7)
            self.buffer[at] = self.buffer[at] | bit if on else self.buffer[at] & ~bit

    def hline(self, x: int, y: int, length: int, on: int = 1) -> None:
        """A line to the right."""
        for i in range(length):
            self.pixel(x + i, y, on)

    def vline(self, x: int, y: int, length: int, on: int = 1) -> None:
        """A line down."""
        for i in range(length):
            self.pixel(x, y + i, on)

    def line(self, x0: int, y0: int, x1: int, y1: int, on: int = 1) -> None:
        """A line between two points: Bresenham 1965."""
        dx, dy = abs(x1 - x0), -abs(y1 - y0)
        step_x, step_y = (1 if x0 < x1 else -1), (1 if y0 < y1 else -1)
        error = dx + dy
        while True:
            self.pixel(x0, y0, on)
            if x0 == x1 and y0 == y1:
                return
            twice = 2 * error
            if twice >= dy:
                error += dy
                x0 += step_x
            if twice <= dx:
                error += dx
                y0 += step_y

    def rect(self, x: int, y: int, width: int, height: int, on: int = 1, filled: bool = False) -> None:
        """A rectangle, its border or all of it."""
        if filled:
            for row in range(height):
                self.hline(x, y + row, width, on)
            return
        self.hline(x, y, width, on)
        self.hline(x, y + height - 1, width, on)
        self.vline(x, y, height, on)
        self.vline(x + width - 1, y, height, on)

    def text(self, text: str, x: int, y: int, on: int = 1) -> None:
        """Text in letters of 5 by 7 points, six points apart; what there is no letter for is a box."""
        from drivers import font5x7

        for letter in text:
            for column, bits in enumerate(font5x7.columns(letter), x):
                self._column(column, y, bits, on)
            x += 6

    def _column(self, x: int, y: int, bits: int, on: int) -> None:
        """Set the points under (x, y) whose bits are set, the lowest uppermost, in the one or two bytes that have them."""
        if not 0 <= x < self.width or not -8 < y < self.height:
            return
        bits <<= y & 7
        at = (y >> 3) * self.width + x
        self._mix(at, bits & 0xFF, on)
        self._mix(at + self.width, bits >> 8, on)

    def _mix(self, at: int, bits: int, on: int) -> None:
        if bits and 0 <= at < len(self.buffer):
            self.buffer[at] = self.buffer[at] | bits if on else self.buffer[at] & ~bits
