"""Model of Bosch's BME280: BST-BME280-DS002-15. Environment: temperature, pressure, humidity."""

from drivers.bme280 import compensate_humidity, compensate_pressure, compensate_temperature

from sim._bus import RegisterDevice

_T = (27504, 26435, -1000)  # those of the calculation example in Bosch's BMP280 datasheet, section 3.12
_P = (36477, -10685, 3024, 2855, 140, -7, 15500, -14600, 6000)
_H = (75, 362, 0, 313, 50, 30)  # of a usual part
_CALIBRATION_1, _CALIBRATION_2 = 0x88, 0xE1
_MEASURING_NS = 9_300_000


class BME280(RegisterDevice):
    """At address 0x76 or 0x77. What it measures is what the environment has when the measurement starts."""

    def __init__(self, address: int = 0x76) -> None:
        super().__init__(address)
        self.power_on()

    def power_on(self) -> None:
        r = self.register
        r[:] = bytes(len(r))
        r[0xD0] = 0x60
        word = lambda v: (v & 0xFFFF).to_bytes(2, "little")
        r[_CALIBRATION_1:_CALIBRATION_1 + 24] = b"".join(word(v) for v in (*_T, *_P))
        r[0xA1] = _H[0]
        e4, e5 = _H[3], _H[4]
        r[_CALIBRATION_2:_CALIBRATION_2 + 7] = word(_H[1]) + bytes([_H[2], e4 >> 4 & 0xFF, e4 & 15 | (e5 & 15) << 4, e5 >> 4 & 0xFF, _H[5] & 0xFF])
        r[0xF7:0xFF] = b"\x80\x00\x00\x80\x00\x00\x80\x00"
        self._busy_until = 0

    def next_register(self, register: int) -> int:
        return register + 1 & 0xFF

    def read_register(self, register: int) -> int:
        if register == 0xF3:
            from _sim import now_ns

            return 8 if now_ns() < self._busy_until else 0
        return self.register[register]

    def write(self, data: bytes) -> int:
        for i in range(0, len(data) - 1, 2):  # writes come in pairs, section 6.2.1
            self._set(data[i], data[i + 1])
        if len(data) % 2:
            self.pointer = data[-1]
        return len(data)

    def _set(self, register: int, value: int) -> None:
        if register == 0xE0 and value == 0xB6:
            self.power_on()
        elif register in (0xF2, 0xF5):
            self.register[register] = value
        elif register == 0xF4:
            self.register[register] = value
            if value & 3:
                self._measure(value)

    def before_read(self, first: int, count: int) -> None:
        if self.register[0xF4] & 3 == 3 and first <= 0xFE and first + count > 0xF7:  # normal mode: again and again
            self._measure(self.register[0xF4])

    def _measure(self, control: int) -> None:
        from _sim import now_ns

        around = self.board.environment
        raw_t = _inverse(lambda raw: (compensate_temperature(raw, _T) * 5 + 128 >> 8) / 100, around["temperature"], 20)
        fine = compensate_temperature(raw_t, _T)
        raw_p = _inverse(lambda raw: -compensate_pressure(raw, fine, _P) / 25600, -around["pressure"], 20) if control >> 2 & 7 else 0x80000
        raw_h = _inverse(lambda raw: compensate_humidity(raw, fine, _H) / 1024, around["humidity"], 16) if self.register[0xF2] & 7 else 0x8000
        if not control >> 5 & 7:
            raw_t = 0x80000
        self.register[0xF7:0xFF] = bytes([raw_p >> 12, raw_p >> 4 & 0xFF, raw_p << 4 & 0xFF, raw_t >> 12, raw_t >> 4 & 0xFF, raw_t << 4 & 0xFF,
                                          raw_h >> 8, raw_h & 0xFF])
        if control & 3 != 3:
            self._busy_until = now_ns() + _MEASURING_NS
            self.register[0xF4] &= 0xFC  # back to sleep


def _inverse(function, value: float, bits: int) -> int:
    """The raw number for which a function that grows comes nearest to a value."""
    low, high = 0, (1 << bits) - 1
    while low < high:
        middle = low + high >> 1
        if function(middle) < value:
            low = middle + 1
        else:
            high = middle
    if low and abs(function(low - 1) - value) <= abs(function(low) - value):
        low -= 1
    return low
