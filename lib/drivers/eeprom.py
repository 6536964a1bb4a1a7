"""Microchip 24LC256: 32 KB of EEPROM over I2C. Source: datasheet DS21203R."""

from time import sleep_ms

_WRITE_MS = 5  # the longest that a page takes, section 2


class EEPROM24LC256:
    """A memory at an address of an I2C bus, 0x50 to 0x57. It is indexed as a bytearray: eeprom[0:4] = b"abcd"."""

    size = 32768
    page = 64

    def __init__(self, i2c, address: int = 0x50) -> None:
        self._i2c = i2c
        self._address = address
        i2c.readfrom_mem(address, 0, 1, addrsize=16)  # OSError: nobody answers

    def __len__(self) -> int:
        return self.size

    def _check(self, address: int, count: int) -> None:
        if address < 0 or count < 0 or address + count > self.size:
            raise ValueError(f"bytes {address} to {address + count} are not within the {self.size} of a 24LC256")

    def read(self, address: int, count: int) -> bytes:
        """Return count bytes from an address on."""
        self._check(address, count)
        return self._i2c.readfrom_mem(self._address, address, count, addrsize=16) if count else b""

    def write(self, address: int, data: bytes) -> None:
        """Write bytes, page by page, and wait until they are kept. OSError: the memory stops to answer."""
        data = bytes(data)
        self._check(address, len(data))
        at = 0
        while at < len(data):
            count = min(self.page - (address + at) % self.page, len(data) - at)
            self._i2c.writeto_mem(self._address, address + at, data[at:at + count], addrsize=16)
            self._wait()
            at += count

    def _wait(self) -> None:
        for _ in range(2 * _WRITE_MS):
            sleep_ms(1)
            try:
                self._i2c.writeto(self._address, b"")  # it does not answer while it writes: section 7
                return
            except OSError as error:
                if error.errno != 19:
                    raise
        raise OSError(110, f"the 24LC256 at {self._address:#04x} takes too long to write")

    def _range(self, index) -> tuple[int, int]:
        if isinstance(index, slice):
            start, stop, step = index.indices(self.size)
            if step != 1:
                raise ValueError("slices of a memory have no step")
            return start, max(stop - start, 0)
        if not -self.size <= index < self.size:
            raise IndexError(f"index {index} is not within the {self.size} bytes of a 24LC256")
        return index % self.size, 1

    def __getitem__(self, index):
        start, count = self._range(index)
        data = self.read(start, count)
        return data if isinstance(index, slice) else data[0]

    def __setitem__(self, index, value) -> None:
        start, count = self._range(index)
        data = bytes(value) if isinstance(index, slice) else bytes([value])
        if len(data) != count:
            raise ValueError(f"{count} bytes cannot be replaced by {len(data)}")
        self.write(start, data)
