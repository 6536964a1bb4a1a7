"""Model of Maxim's DS3231: 19-5170 Rev 10. Its clock runs with the board's; environment: temperature."""

import _sim

from sim._bus import RegisterDevice


class DS3231(RegisterDevice):
    """At 0x68. drift: parts in a million by which it is fast."""

    def __init__(self, drift: float = 0.0) -> None:
        super().__init__(0x68, 0x13)
        self.drift = drift
        self.register[0x0E], self.register[0x0F] = 0x1C, 0x88  # as after the first power on: the oscillator has stopped
        self._set_ns = _sim.now_ns()
        self._epoch = 946684800  # 2000-01-01

    def attached(self, board) -> None:
        super().attached(board)
        self._set_ns = _sim.now_ns()

    def power_on(self) -> None:
        """A battery keeps the time."""

    def _seconds(self) -> int:
        return self._epoch + int((_sim.now_ns() - self._set_ns) * (1 + self.drift * 1e-6) / 1e9)

    def before_read(self, first: int, count: int) -> None:
        from datetime import datetime, timezone

        from drivers.ds3231 import encode

        self.register[0:7] = encode(datetime.fromtimestamp(self._seconds(), timezone.utc))
        quarters = round(self.board.environment["temperature"] * 4)
        self.register[0x11], self.register[0x12] = quarters >> 2 & 0xFF, quarters << 6 & 0xC0

    def write(self, data: bytes) -> int:
        from datetime import timezone

        from drivers.ds3231 import decode

        if len(data) > 1 and data[0] < 7:
            self.before_read(0, 7)
        count = super().write(data)
        if len(data) > 1 and data[0] < 7:
            self._epoch = int(decode(self.register[0:7]).replace(tzinfo=timezone.utc).timestamp())
            self._set_ns = _sim.now_ns()
        return count

    def write_register(self, register: int, value: int) -> None:
        if register == 0x0F:
            value = value & 0x7F | self.register[0x0F] & value & 0x80  # a flag can only be taken back
        super().write_register(register, value)
