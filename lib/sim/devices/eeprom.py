"""Model of Microchip's 24LC256: DS21203R."""

import _sim

from sim._bus import I2CDevice
from sim._memory import load, save

_SIZE, _PAGE, _WRITE_NS = 32768, 64, 3_500_000


class EEPROM24LC256(I2CDevice):
    """At 0x50 to 0x57. file: where its contents live on; protected: the WP pin is high."""

    def __init__(self, address: int = 0x50, file: str | None = None, protected: bool = False) -> None:
        super().__init__(address)
        self.memory = load(_SIZE, file)
        self.file = file
        self.protected = protected
        self.writes = 0  # pages written
        self._pointer = 0
        self._pending: tuple[int, bytes] | None = None
        self._busy_until = 0

    def power_on(self) -> None:
        self._pending = None
        self._busy_until = 0

    def _answers(self) -> bool:
        return _sim.now_ns() >= self._busy_until and super()._answers()

    def write(self, data: bytes) -> int:
        if len(data) >= 2:
            self._pointer = (data[0] << 8 | data[1]) % _SIZE
            if len(data) > 2:
                self._pending = (self._pointer, data[2:])
        return len(data)

    def stop(self) -> None:
        if self._pending is None:
            return
        (start, data), self._pending = self._pending, None
        if self.protected:
            return
        page = start - start % _PAGE
        for i, value in enumerate(data):  # it wraps within the page
            self.memory[page + (start - page + i) % _PAGE] = value
        self._pointer = page + (start - page + len(data)) % _PAGE
        self._busy_until = _sim.now_ns() + _WRITE_NS
        self.writes += 1
        save(self.memory, self.file)

    def read(self, count: int) -> bytes:
        out = bytes(self.memory[(self._pointer + i) % _SIZE] for i in range(count))
        self._pointer = (self._pointer + count) % _SIZE
        return out
