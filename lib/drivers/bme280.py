"""Bosch BME280: temperature, pressure and humidity over I2C. BMP280, which has no humidity, works as well.

Source: BME280 datasheet BST-BME280-DS002-15; compensation in whole numbers as in its section 4.2.3.
"""

from time import sleep_ms

_ID, _RESET, _CTRL_HUM, _STATUS, _CTRL_MEAS, _CONFIG, _DATA = 0xD0, 0xE0, 0xF2, 0xF3, 0xF4, 0xF5, 0xF7
_CALIBRATION_1, _CALIBRATION_2 = 0x88, 0xE1
_BME280, _BMP280 = 0x60, 0x58
_SKIPPED_20, _SKIPPED_16 = 0x80000, 0x8000  # what the data registers hold when a quantity is not measured
_OVERSAMPLING = {0: 0, 1: 1, 2: 2, 4: 3, 8: 4, 16: 5}


class BME280:
    """A sensor at an address of an I2C bus, 0x76 or 0x77.

    oversampling: samples of a measurement, 1, 2, 4, 8 or 16. continuous: it measures again and again by itself, about 16 times a second with one sample, so that
    read() takes what is there and does not wait. OSError: it does not answer; ValueError: something else is at the address.
    """

    def __init__(self, i2c, address: int = 0x76, oversampling: int = 1, continuous: bool = False) -> None:
        if oversampling not in _OVERSAMPLING or not oversampling:
            raise ValueError(f"oversampling must be 1, 2, 4, 8 or 16, not {oversampling}")
        self._i2c = i2c
        self._address = address
        chip = self._read(_ID, 1)[0]
        if chip not in (_BME280, _BMP280):
            raise ValueError(f"expected a BME280 (0x60) or BMP280 (0x58) at {address:#04x}, found chip id {chip:#04x}")
        self.has_humidity = chip == _BME280
        self._sampling = _OVERSAMPLING[oversampling]
        self._wait_ms = (1250 + 3 * (2300 * oversampling + 575)) // 1000 + 1  # section 9.1, the longest
        self._write(_RESET, 0xB6)
        self._wait_for(lambda status: not status & 1, "to load its calibration")
        self._take_calibration()
        self.continuous = continuous
        if continuous:
            self._write(_CONFIG, 1 << 5)  # 62.5 ms between two measurements, table 27
            self._start(3)
            sleep_ms(self._wait_ms)

    def _start(self, mode: int) -> None:
        """Measure in forced (1: once) or normal mode (3: again and again), section 3.3."""
        if self.has_humidity:
            self._write(_CTRL_HUM, self._sampling)
        self._write(_CTRL_MEAS, self._sampling << 5 | self._sampling << 2 | mode)

    def _read(self, register: int, count: int) -> bytes:
        return self._i2c.readfrom_mem(self._address, register, count)

    def _write(self, register: int, value: int) -> None:
        self._i2c.writeto_mem(self._address, register, bytes([value]))

    def _wait_for(self, ready, what: str) -> None:
        for _ in range(50):
            sleep_ms(2)
            if ready(self._read(_STATUS, 1)[0]):
                return
        raise OSError(110, f"the BME280 at {self._address:#04x} takes too long {what}")

    def _take_calibration(self) -> None:
        a = self._read(_CALIBRATION_1, 26)
        word = lambda i: a[i] | a[i + 1] << 8
        short = lambda i: (word(i) ^ 0x8000) - 0x8000
        self._t = (word(0), short(2), short(4))
        self._p = (word(6),) + tuple(short(i) for i in range(8, 24, 2))
        self._h = None
        if self.has_humidity:
            b = self._read(_CALIBRATION_2, 7)
            signed = lambda v, bits: (v ^ 1 << bits - 1) - (1 << bits - 1)
            self._h = (a[25], signed(b[0] | b[1] << 8, 16), b[2], signed(b[3] << 4 | b[4] & 15, 12), signed(b[5] << 4 | b[4] >> 4, 12), signed(b[6], 8))

    def _measure(self) -> tuple[int, int, int]:
        if not self.continuous:
            self._start(1)
            sleep_ms(self._wait_ms)
            self._wait_for(lambda status: not status & 8, "to measure")
        d = self._read(_DATA, 8 if self.has_humidity else 6)
        pressure = d[0] << 12 | d[1] << 4 | d[2] >> 4
        temperature = d[3] << 12 | d[4] << 4 | d[5] >> 4
        humidity = d[6] << 8 | d[7] if self.has_humidity else _SKIPPED_16
        if temperature == _SKIPPED_20 or pressure == _SKIPPED_20:
            raise OSError(5, f"the BME280 at {self._address:#04x} did not measure: was it restarted?")
        return temperature, pressure, humidity

    def read(self) -> tuple[float, float, float | None]:
        """Measure, or take the last measurement if it is continuous: (temperature in degrees Celsius, pressure in hPa, humidity in % or None for a BMP280)."""
        raw_t, raw_p, raw_h = self._measure()
        fine = compensate_temperature(raw_t, self._t)
        humidity = compensate_humidity(raw_h, fine, self._h) / 1024 if self._h else None
        return (fine * 5 + 128 >> 8) / 100, compensate_pressure(raw_p, fine, self._p) / 25600, humidity

    @property
    def temperature(self) -> float:
        """Degrees Celsius, measured now."""
        return self.read()[0]

    @property
    def pressure(self) -> float:
        """hPa, measured now."""
        return self.read()[1]

    @property
    def humidity(self) -> float | None:
        """% of saturation, measured now; None for a BMP280."""
        return self.read()[2]


def compensate_temperature(raw: int, t: tuple[int, int, int]) -> int:
    """Return t_fine, of which a 5120th is a degree Celsius."""
    a = ((raw >> 3) - (t[0] << 1)) * t[1] >> 11
    b = (raw >> 4) - t[0]
    return a + ((b * b >> 12) * t[2] >> 14)


def compensate_pressure(raw: int, fine: int, p: tuple[int, ...]) -> int:
    """Return the pressure in 1/256 Pa; 0 if the calibration is nonsense."""
    a = fine - 128000
    b = a * a * p[5] + (a * p[4] << 17) + (p[3] << 35)
    a = (a * a * p[2] >> 8) + (a * p[1] << 12)
    a = ((1 << 47) + a) * p[0] >> 33
    if not a:
        return 0
    c = ((1048576 - raw << 31) - b) * 3125
    c = c // a if c >= 0 else -(-c // a)
    d = p[8] * (c >> 13) * (c >> 13) >> 25
    e = p[7] * c >> 19
    return (c + d + e >> 8) + (p[6] << 4)


def compensate_humidity(raw: int, fine: int, h: tuple[int, ...]) -> int:
    """Return the humidity in 1/1024 %."""
    a = fine - 76800
    b = (raw << 14) - (h[3] << 20) - h[4] * a + 16384 >> 15
    c = ((a * h[5] >> 10) * ((a * h[2] >> 11) + 32768) >> 10) + 2097152
    a = b * (c * h[1] + 8192 >> 14)
    a -= ((a >> 15) * (a >> 15) >> 7) * h[0] >> 4
    return max(0, min(a, 419430400)) >> 12
