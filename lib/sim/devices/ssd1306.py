"""Model of Solomon Systech's SSD1306: Rev 1.1. save(path) writes what one sees as PNG (ISO/IEC 15948)."""

from sim._bus import I2CDevice

_ARGUMENTS = {0x20: 1, 0x21: 2, 0x22: 2, 0x26: 6, 0x27: 6, 0x29: 5, 0x2A: 5, 0x81: 1, 0x8D: 1, 0xA3: 2, 0xA8: 1, 0xD3: 1, 0xD5: 1, 0xD9: 1, 0xDA: 1, 0xDB: 1}
_WIDTH = 128


class SSD1306(I2CDevice):
    """At 0x3c or 0x3d; height: 64 or 32 rows of 128 points."""

    def __init__(self, address: int = 0x3C, height: int = 64) -> None:
        super().__init__(address)
        self.height = height
        self.power_on()

    def power_on(self) -> None:
        self.memory = bytearray(_WIDTH * 8)
        self.shown = self.pump = self.inverted = self.all_lit = self.flip_x = self.flip_y = False
        self.contrast = 0x7F
        self.mode = 2
        self.start_line = self.offset = 0
        self.columns, self.pages = (0, 127), (0, 7)
        self.column = self.page = 0
        self._command: list[int] = []

    def write(self, data: bytes) -> int:
        at = 0
        while at < len(data):
            control = data[at]
            single = control & 0x80
            rest = data[at + 1:at + 2] if single else data[at + 1:]
            for value in rest:
                if control & 0x40:
                    self._data(value)
                else:
                    self._code(value)
            at += 1 + len(rest)
        return len(data)

    def read(self, count: int) -> bytes:
        return bytes([0x00 if self.shown else 0x40]) * count

    def _data(self, value: int) -> None:
        self.memory[self.page * _WIDTH + self.column] = value
        if self.mode == 1:
            self._next_page() and self._next_column()
        elif self._next_column() and self.mode == 0:
            self._next_page()

    def _next_column(self) -> bool:
        if self.mode == 2:
            self.column = (self.column + 1) % _WIDTH
            return False
        first, last = self.columns
        self.column = first if self.column >= last else self.column + 1
        return self.column == first

    def _next_page(self) -> bool:
        first, last = self.pages
        self.page = first if self.page >= last else self.page + 1
        return self.page == first

    def _code(self, value: int) -> None:
        self._command.append(value)
        code, *rest = self._command
        if len(rest) < _ARGUMENTS.get(code, 0):
            return
        self._command = []
        if code in (0xAE, 0xAF):
            self.shown = code == 0xAF
        elif code == 0x20:
            self.mode = rest[0] & 3
        elif code == 0x21:
            self.columns, self.column = (rest[0] & 127, rest[1] & 127), rest[0] & 127
        elif code == 0x22:
            self.pages, self.page = (rest[0] & 7, rest[1] & 7), rest[0] & 7
        elif code == 0x81:
            self.contrast = rest[0]
        elif code == 0x8D:
            self.pump = bool(rest[0] & 4)
        elif code == 0xD3:
            self.offset = rest[0] & 63
        elif code in (0xA4, 0xA5):
            self.all_lit = code == 0xA5
        elif code in (0xA6, 0xA7):
            self.inverted = code == 0xA7
        elif code in (0xA0, 0xA1):
            self.flip_x = code == 0xA1
        elif code in (0xC0, 0xC8):
            self.flip_y = code == 0xC8
        elif 0x40 <= code <= 0x7F:
            self.start_line = code & 63
        elif 0xB0 <= code <= 0xB7:
            self.page = code & 7
        elif code <= 0x0F:
            self.column = self.column & 0x70 | code
        elif code <= 0x1F:
            self.column = self.column & 0x0F | (code & 7) << 4

    def pixel(self, x: int, y: int) -> int:
        """What one sees at a point: 1 is lit. A panel is mounted so that 0xA1 and 0xC8 put the origin at the upper left."""
        if not self.shown or not self.pump:
            return 0
        if self.all_lit:
            return 1
        column = x if self.flip_x else _WIDTH - 1 - x
        row = (y if self.flip_y else self.height - 1 - y) + self.start_line + self.offset & 63
        return (self.memory[(row >> 3) * _WIDTH + column] >> (row & 7) & 1) ^ self.inverted

    def rows(self) -> list[str]:
        """What one sees, a text for each row: # is lit, . is dark."""
        return ["".join("#" if self.pixel(x, y) else "." for x in range(_WIDTH)) for y in range(self.height)]

    def save(self, path: str, scale: int = 4) -> None:
        """Write a PNG, each point scale by scale."""
        import struct
        import zlib

        lines = bytearray()
        for y in range(self.height):
            row = b"".join((b"\xd8\xf0\xff" if self.pixel(x, y) else b"\x08\x0c\x14") * scale for x in range(_WIDTH))
            lines += (b"\x00" + row) * scale

        def chunk(kind: bytes, data: bytes) -> bytes:
            return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

        head = struct.pack(">IIBBBBB", _WIDTH * scale, self.height * scale, 8, 2, 0, 0, 0)
        with open(path, "wb") as file:
            file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(lines), 9)) + chunk(b"IEND", b""))
