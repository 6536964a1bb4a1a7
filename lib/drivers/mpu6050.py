"""InvenSense MPU-6050: acceleration, rotation and temperature over I2C. Source: register map RM-MPU-6000A-00, revision 4.2."""

from time import sleep_ms

_SMPLRT_DIV, _CONFIG, _GYRO_CONFIG, _ACCEL_CONFIG, _DATA, _PWR_MGMT_1, _WHO_AM_I = 0x19, 0x1A, 0x1B, 0x1C, 0x3B, 0x6B, 0x75
_G = 9.80665
_ACCELERATION = {2: 0, 4: 1, 8: 2, 16: 3}
_ROTATION = {250: 0, 500: 1, 1000: 2, 2000: 3}


class MPU6050:
    """A sensor at an address of an I2C bus, 0x68 or 0x69.

    acceleration_range: 2, 4, 8 or 16 times the earth's; rotation_range: 250, 500, 1000 or 2000 degrees/s.
    """

    def __init__(self, i2c, address: int = 0x68, acceleration_range: int = 2, rotation_range: int = 250) -> None:
        if acceleration_range not in _ACCELERATION:
            raise ValueError(f"acceleration_range must be 2, 4, 8 or 16, not {acceleration_range}")
        if rotation_range not in _ROTATION:
            raise ValueError(f"rotation_range must be 250, 500, 1000 or 2000 degrees/s, not {rotation_range}")
        self._i2c = i2c
        self._address = address
        found = i2c.readfrom_mem(address, _WHO_AM_I, 1)[0]
        if found != 0x68:
            raise ValueError(f"expected an MPU-6050 (0x68) at {address:#04x}, found {found:#04x}")
        self._write(_PWR_MGMT_1, 0x80)
        sleep_ms(100)
        self._write(_PWR_MGMT_1, 0x01)  # awake, by the gyroscope's clock
        self._write(_GYRO_CONFIG, _ROTATION[rotation_range] << 3)
        self._write(_ACCEL_CONFIG, _ACCELERATION[acceleration_range] << 3)
        self._per_g = 16384 >> _ACCELERATION[acceleration_range]
        self._per_degree = 131 / (1 << _ROTATION[rotation_range])
        sleep_ms(10)

    def _write(self, register: int, value: int) -> None:
        self._i2c.writeto_mem(self._address, register, bytes([value]))

    def read_raw(self) -> tuple[int, ...]:
        """Return the seven numbers as they are: acceleration x, y, z, temperature, rotation x, y, z."""
        data = self._i2c.readfrom_mem(self._address, _DATA, 14)
        return tuple((data[i] << 8 | data[i + 1]) - (0x10000 if data[i] & 0x80 else 0) for i in range(0, 14, 2))

    @property
    def acceleration(self) -> tuple[float, float, float]:
        """x, y, z in m/s2."""
        return tuple(v / self._per_g * _G for v in self.read_raw()[:3])

    @property
    def rotation(self) -> tuple[float, float, float]:
        """Around x, y, z in degrees/s."""
        return tuple(v / self._per_degree for v in self.read_raw()[4:])

    @property
    def temperature(self) -> float:
        """Of the chip, in degrees Celsius: section 4.18."""
        return self.read_raw()[3] / 340 + 36.53
