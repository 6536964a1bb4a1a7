"""Model of Maxim's DS18B20: 19-7487 Rev 6. Environment: temperature."""

import _sim

from sim._bus import WireDevice, crc8
from sim._environment import signal

_CONVERT, _WRITE, _READ, _COPY, _RECALL, _POWER = 0x44, 0x4E, 0xBE, 0x48, 0xB8, 0xB4


class DS18B20(WireDevice):
    """A sensor with a 48-bit number. temperature: a signal in degrees Celsius; None: the environment's."""

    def __init__(self, number: int = 1, temperature=None) -> None:
        super().__init__(0x28, number)
        self.temperature = None if temperature is None else signal(temperature)
        self._eeprom = b"\x4b\x46\x7f"
        self.power_on()

    def power_on(self) -> None:
        self.scratchpad = bytearray(b"\x50\x05" + self._eeprom + b"\xff\x0c\x10")  # 85 degrees
        self._ready_at = 0
        self._next: int | None = None
        self._last_command = 0

    def alarmed(self) -> bool:
        whole = (int.from_bytes(self.scratchpad[:2], "little") ^ 0x8000) - 0x8000 >> 4
        high, low = ((v ^ 0x80) - 0x80 for v in self.scratchpad[2:4])
        return whole >= high or whole <= low

    def command(self, code: int) -> None:
        self._last_command = code
        if code == _CONVERT:
            self._convert()
        elif code == _WRITE:
            self._next = 2
        elif code == _COPY:
            self._eeprom = bytes(self.scratchpad[2:5])
        elif code == _RECALL:
            self.scratchpad[2:5] = self._eeprom

    def bytes_to_read(self) -> bytes:
        if self._last_command == _READ:
            return bytes(self.scratchpad) + bytes([crc8(self.scratchpad)])
        return b""

    def status_bit(self) -> int:
        return 0 if self._last_command == _CONVERT and _sim.now_ns() < self._ready_at else 1

    def byte_written(self, value: int) -> None:
        if self._last_command == _WRITE and self._next is not None and self._next < 5:
            self.scratchpad[self._next] = value if self._next < 4 else value & 0x60 | 0x1F
            self._next += 1

    def _convert(self) -> None:
        source = self.temperature
        value = self.board.environment["temperature"] if source is None else source.at(self.board.seconds())
        unused = 3 - (self.scratchpad[4] >> 5 & 3)
        raw = round(max(-55.0, min(value, 125.0)) * 16) >> unused << unused
        self.scratchpad[:2] = (raw & 0xFFFF).to_bytes(2, "little")
        self._ready_at = _sim.now_ns() + 750_000_000 // (1 << unused)
