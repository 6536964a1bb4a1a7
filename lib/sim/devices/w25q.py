"""Model of Winbond's W25Q64JV and its relatives: datasheet Rev K."""

import _sim

from sim._bus import SPIDevice
from sim._memory import load, save

_PAGE_NS, _SECTOR_NS, _CHIP_NS = 700_000, 45_000_000, 20_000_000_000  # typical


class W25Q(SPIDevice):
    """Selected by a pin; size: bytes, a power of two. file: where its contents live on."""

    def __init__(self, select: int | str, size: int = 8 << 20, file: str | None = None) -> None:
        super().__init__(select)
        if size < 1 << 20 or size > 1 << 24 or size & size - 1:
            raise ValueError(f"size must be a power of two from 1 MB to 16 MB, not {size}")
        self.size = size
        self.file = file
        self.memory = load(size, file)
        self.erases: dict[int, int] = {}  # of each sector
        self.power_on()

    def power_on(self) -> None:
        self._enabled = False
        self._busy_until = 0
        self._in = bytearray()

    def unplug(self) -> None:
        """Power fails. A page or sector in the middle of its work is left half done."""
        if self.powered and _sim.now_ns() < self._busy_until and self._working is not None:
            start, count, before = self._working
            self.memory[start + count // 2:start + count] = before[count // 2:]
        super().unplug()

    _working: tuple[int, int, bytes] | None = None

    def selected(self) -> None:
        self._in = bytearray()

    def _busy(self) -> bool:
        return _sim.now_ns() < self._busy_until

    def transfer(self, data: bytes) -> bytes:
        out = bytearray()
        for value in data:
            out.append(self._give(len(self._in)))
            self._in.append(value)
        return bytes(out)

    def _give(self, place: int) -> int:
        if not place:
            return 0xFF
        code = self._in[0]
        if code == 0x05:
            return (1 if self._busy() else 0) | (2 if self._enabled else 0)
        if self._busy():
            return 0xFF
        if code == 0x9F:
            return bytes([0xEF, 0x40, self.size.bit_length() - 1])[(place - 1) % 3]
        if code == 0x03 and place >= 4:
            return self.memory[(self._address() + place - 4) % self.size]
        if code == 0x0B and place >= 5:
            return self.memory[(self._address() + place - 5) % self.size]
        return 0xFF

    def _address(self) -> int:
        return int.from_bytes(self._in[1:4], "big") % self.size

    def deselected(self) -> None:
        data, self._in = self._in, bytearray()
        if not data or self._busy() or not self.powered:
            return
        self._in, code = data, data[0]
        if code in (0x06, 0x04):
            self._enabled = code == 0x06
        elif code == 0x02 and self._enabled and len(data) > 4:
            self._program(self._address(), data[4:])
        elif code == 0x20 and self._enabled and len(data) == 4:
            self._erase(self._address() & ~4095, 4096, _SECTOR_NS)
        elif code == 0xD8 and self._enabled and len(data) == 4:
            self._erase(self._address() & ~65535, 65536, 3 * _SECTOR_NS)
        elif code in (0xC7, 0x60) and self._enabled:
            self._erase(0, self.size, _CHIP_NS)
        self._in = bytearray()

    def _done(self, ns: int, start: int, before: bytes) -> None:
        self._enabled = False
        self._busy_until = _sim.now_ns() + ns
        self._working = (start, len(before), before)
        save(self.memory, self.file)

    def _program(self, address: int, data: bytes) -> None:
        page = address & ~255
        before = bytes(self.memory[page:page + 256])
        for i, value in enumerate(data[-256:], max(len(data) - 256, 0)):
            self.memory[page + (address - page + i) % 256] &= value
        self._done(_PAGE_NS, page, before)

    def _erase(self, start: int, count: int, ns: int) -> None:
        before = bytes(self.memory[start:start + count])
        self.memory[start:start + count] = b"\xff" * count
        for sector in range(start // 4096, (start + count) // 4096):
            self.erases[sector] = self.erases.get(sector, 0) + 1
        self._done(ns, start, before)
