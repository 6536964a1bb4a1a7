"""Winbond W25Q flash memories over SPI: W25Q16, 32, 64, 128. Source: datasheet W25Q64JV Rev K."""

from time import sleep_ms

_WRITE_ENABLE, _STATUS_1, _READ, _PROGRAM, _ERASE_SECTOR, _ERASE_CHIP, _JEDEC, _RELEASE = 0x06, 0x05, 0x03, 0x02, 0x20, 0xC7, 0x9F, 0xAB


class W25Q:
    """A memory on an SPI bus, selected by a pin. Bytes can only be cleared to 0xff by sectors of 4096.

    size: bytes, from its JEDEC id. OSError: it does not answer.
    """

    page = 256
    sector = 4096

    def __init__(self, spi, select) -> None:
        self._spi = spi
        self._select = select
        select.init(select.OUT, value=1)
        self._command(bytes([_RELEASE]))
        maker, _, capacity = self._ask(bytes([_JEDEC]), 3)
        if maker != 0xEF or not 0x14 <= capacity <= 0x18:
            raise OSError(19, f"expected a W25Q (maker 0xef), found maker {maker:#04x}, capacity {capacity:#04x}")
        self.size = 1 << capacity

    def __len__(self) -> int:
        return self.size

    def _command(self, head: bytes, data: bytes = b"") -> None:
        self._select(0)
        try:
            self._spi.write(head)
            if data:
                self._spi.write(data)
        finally:
            self._select(1)

    def _ask(self, head: bytes, count: int) -> bytes:
        self._select(0)
        try:
            self._spi.write(head)
            return self._spi.read(count)
        finally:
            self._select(1)

    def _check(self, address: int, count: int) -> None:
        if address < 0 or count < 0 or address + count > self.size:
            raise ValueError(f"bytes {address} to {address + count} are not within the {self.size} of this memory")

    def _wait(self, most_ms: int, what: str) -> None:
        for _ in range(most_ms + 1):
            if not self._ask(bytes([_STATUS_1]), 1)[0] & 1:
                return
            sleep_ms(1)
        raise OSError(110, f"the flash memory takes too long to {what}")

    def read(self, address: int, count: int) -> bytes:
        """Return count bytes from an address on."""
        self._check(address, count)
        return self._ask(bytes([_READ]) + address.to_bytes(3, "big"), count) if count else b""

    def program(self, address: int, data: bytes) -> None:
        """Write bytes where the memory is erased; bits can only go from 1 to 0."""
        data = bytes(data)
        self._check(address, len(data))
        at = 0
        while at < len(data):
            count = min(self.page - (address + at) % self.page, len(data) - at)
            self._command(bytes([_WRITE_ENABLE]))
            self._command(bytes([_PROGRAM]) + (address + at).to_bytes(3, "big"), data[at:at + count])
            self._wait(5, "program a page")
            at += count

    def erase(self, address: int, count: int = 4096) -> None:
        """Set whole sectors to 0xff. ValueError: not on borders of sectors."""
        self._check(address, count)
        if address % self.sector or count % self.sector:
            raise ValueError(f"an erase begins and ends at multiples of {self.sector}, not at {address} and {address + count}")
        for at in range(address, address + count, self.sector):
            self._command(bytes([_WRITE_ENABLE]))
            self._command(bytes([_ERASE_SECTOR]) + at.to_bytes(3, "big"))
            self._wait(400, "erase a sector")

    def write(self, address: int, data: bytes) -> None:
        """Write bytes anywhere: the sectors are read, erased and programmed again where that is needed."""
        data = bytes(data)
        self._check(address, len(data))
        at = address
        while at < address + len(data):
            start = at - at % self.sector
            end = min(start + self.sector, address + len(data))
            piece = data[at - address:end - address]
            old = self.read(start, self.sector)
            if any(~before & new for before, new in zip(old[at - start:end - start], piece)):
                self.erase(start)
                self.program(start, old[:at - start] + piece + old[end - start:])
            else:
                self.program(at, piece)
            at = end
