"""Maxim DS3231: a clock that keeps time, over I2C. Source: datasheet 19-5170 Rev 10."""

from datetime import datetime, timezone


class DS3231:
    """The clock, at 0x68 of an I2C bus. Times are UTC."""

    def __init__(self, i2c, address: int = 0x68) -> None:
        self._i2c = i2c
        self._address = address
        i2c.readfrom_mem(address, 0x0F, 1)  # OSError: nobody answers

    @property
    def lost_power(self) -> bool:
        """Has the oscillator stopped since the time was set? Then the time is wrong."""
        return bool(self._i2c.readfrom_mem(self._address, 0x0F, 1)[0] & 0x80)

    def read(self) -> datetime:
        """Return the date and time. ValueError: it holds no date; see lost_power."""
        return decode(self._i2c.readfrom_mem(self._address, 0x00, 7))

    def set(self, moment: datetime) -> None:
        """Set the date and time; one without a zone is UTC."""
        if moment.tzinfo is not None:
            moment = moment.astimezone(timezone.utc)
        self._i2c.writeto_mem(self._address, 0x00, encode(moment))
        status = self._i2c.readfrom_mem(self._address, 0x0F, 1)[0]
        self._i2c.writeto_mem(self._address, 0x0F, bytes([status & 0x7F]))

    @property
    def temperature(self) -> float:
        """Degrees Celsius, in quarters; measured every 64 s."""
        high, low = self._i2c.readfrom_mem(self._address, 0x11, 2)
        return (high ^ 0x80) - 0x80 + (low >> 6) / 4


def _from_bcd(value: int) -> int:
    return (value >> 4) * 10 + (value & 15)


def _to_bcd(value: int) -> int:
    return value // 10 << 4 | value % 10


def decode(data: bytes) -> datetime:
    """Return the date and time in registers 0 to 6."""
    second, minute, hour, _, day, month, year = data
    if hour & 0x40:  # twelve hours, and whether it is past noon
        hours = _from_bcd(hour & 0x1F) % 12 + (12 if hour & 0x20 else 0)
    else:
        hours = _from_bcd(hour & 0x3F)
    century = 2000 + (100 if month & 0x80 else 0)
    return datetime(century + _from_bcd(year), _from_bcd(month & 0x1F), _from_bcd(day), hours, _from_bcd(minute), _from_bcd(second), tzinfo=timezone.utc)


def encode(moment: datetime) -> bytes:
    """Return registers 0 to 6 for a date and time, 2000 to 2199."""
    if not 2000 <= moment.year <= 2199:
        raise ValueError(f"a DS3231 keeps the years 2000 to 2199, not {moment.year}")
    month = _to_bcd(moment.month) | (0x80 if moment.year >= 2100 else 0)
    return bytes([_to_bcd(moment.second), _to_bcd(moment.minute), _to_bcd(moment.hour), moment.isoweekday(), _to_bcd(moment.day), month,
                  _to_bcd(moment.year % 100)])
