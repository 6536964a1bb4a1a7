"""Model of Texas Instruments' ADS1115: SBAS444E. Its inputs are signals in volts."""

import _sim

from sim._bus import I2CDevice
from sim._environment import signal

_SCALES = (6.144, 4.096, 2.048, 1.024, 0.512, 0.256, 0.256, 0.256)
_RATES = (8, 16, 32, 64, 128, 250, 475, 860)
_INPUTS = ((0, 1), (0, 3), (1, 3), (2, 3), (0, None), (1, None), (2, None), (3, None))


class ADS1115(I2CDevice):
    """At address 0x48 to 0x4b. Inputs: input(channel, signal), a number, a Signal, or a function of seconds."""

    def __init__(self, address: int = 0x48) -> None:
        super().__init__(address)
        self._inputs = [signal(0.0)] * 4
        self.power_on()

    def power_on(self) -> None:
        self.register = [0, 0x8583, 0x8000, 0x7FFF]
        self.pointer = 0
        self._ready_at = 0

    def input(self, channel: int, value) -> None:
        """What voltage is at an input."""
        self._inputs[channel] = signal(value)

    def write(self, data: bytes) -> int:
        if data:
            self.pointer = data[0] & 3
        if len(data) >= 3 and self.pointer:
            value = int.from_bytes(data[1:3], "big")
            self.register[self.pointer] = value
            if self.pointer == 1 and (value & 0x8000 or not value & 0x0100):
                self._convert()
        return len(data)

    def read(self, count: int) -> bytes:
        value = self.register[self.pointer]
        if self.pointer == 1:
            value = value & 0x7FFF | (0x8000 if _sim.now_ns() >= self._ready_at else 0)
        elif self.pointer == 0 and not self.register[1] & 0x0100:
            self._convert()
            value = self.register[0]
        return (value.to_bytes(2, "big") * (count // 2 + 1))[:count]

    def _convert(self) -> None:
        config = self.register[1]
        plus, minus = _INPUTS[config >> 12 & 7]
        seconds = self.board.seconds()
        volts = self._inputs[plus].at(seconds) - (self._inputs[minus].at(seconds) if minus is not None else 0.0)
        raw = round(volts / _SCALES[config >> 9 & 7] * 32768)
        self.register[0] = max(-32768, min(raw, 32767)) & 0xFFFF
        self._ready_at = _sim.now_ns() + 1_000_000_000 // _RATES[config >> 5 & 7]
