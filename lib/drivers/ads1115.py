"""Texas Instruments ADS1115: four analog inputs of 16 bits over I2C. Source: datasheet SBAS444E."""

from time import sleep_ms

_CONVERSION, _CONFIG = 0, 1
_RANGES = {6.144: 0, 4.096: 1, 2.048: 2, 1.024: 3, 0.512: 4, 0.256: 5}  # volts at full scale: bits PGA, table 8-3
_RATES = (8, 16, 32, 64, 128, 250, 475, 860)  # samples per second
_PAIRS = {(0, 1): 0, (0, 3): 1, (1, 3): 2, (2, 3): 3}


class ADS1115:
    """A converter at an address of an I2C bus: 0x48 to 0x4b.

    full_scale: the highest voltage, of 6.144, 4.096, 2.048, 1.024, 0.512, 0.256 V; the inputs must stay between ground and the supply.
    rate: samples per second, of 8, 16, 32, 64, 128, 250, 475, 860.
    """

    def __init__(self, i2c, address: int = 0x48, full_scale: float = 4.096, rate: int = 128) -> None:
        if full_scale not in _RANGES:
            raise ValueError(f"full_scale must be one of {', '.join(map(str, _RANGES))} V, not {full_scale}")
        if rate not in _RATES:
            raise ValueError(f"rate must be one of {', '.join(map(str, _RATES))} samples per second, not {rate}")
        self._i2c = i2c
        self._address = address
        self.full_scale = full_scale
        self._rate = rate
        i2c.readfrom_mem(address, _CONFIG, 2)  # OSError: nobody answers

    def _convert(self, multiplexer: int) -> int:
        config = 0x8000 | multiplexer << 12 | _RANGES[self.full_scale] << 9 | 0x0100 | _RATES.index(self._rate) << 5 | 3
        self._i2c.writeto_mem(self._address, _CONFIG, config.to_bytes(2, "big"))
        for _ in range(10):
            sleep_ms(1100 // self._rate + 1)
            if self._i2c.readfrom_mem(self._address, _CONFIG, 2)[0] & 0x80:
                raw = int.from_bytes(self._i2c.readfrom_mem(self._address, _CONVERSION, 2), "big")
                return (raw ^ 0x8000) - 0x8000
        raise OSError(110, f"the ADS1115 at {self._address:#04x} takes too long to convert")

    def read_raw(self, channel: int, minus: int | None = None) -> int:
        """Convert an input against ground, or against another input: (0, 1), (0, 3), (1, 3), (2, 3). -32768 to 32767."""
        if minus is None:
            if channel not in (0, 1, 2, 3):
                raise ValueError(f"channel must be 0 to 3, not {channel}")
            return self._convert(4 + channel)
        if (channel, minus) not in _PAIRS:
            raise ValueError(f"inputs must be (0, 1), (0, 3), (1, 3) or (2, 3), not {(channel, minus)}")
        return self._convert(_PAIRS[channel, minus])

    def read(self, channel: int, minus: int | None = None) -> float:
        """Convert an input, as read_raw: volts."""
        return self.read_raw(channel, minus) * self.full_scale / 32768
