"""Maxim DS18B20: temperature over 1-wire. Source: datasheet 19-7487 Rev 6."""

from time import sleep_ms

_FAMILY, _CONVERT, _WRITE, _READ = 0x28, 0x44, 0x4E, 0xBE
_POWER_ON = 85.0  # what a sensor holds before its first conversion


class DS18B20:
    """A sensor on a 1-wire bus (machine.OneWire): the only one there, or the one with a ROM of 8 bytes.

    bits: resolution, 9 to 12; a conversion takes 94, 188, 375 or 750 ms. OSError: it does not answer, or its answer is damaged.
    """

    def __init__(self, wire, rom: bytes | None = None, bits: int = 12) -> None:
        if not 9 <= bits <= 12:
            raise ValueError(f"bits must be 9 to 12, not {bits}")
        self._wire = wire
        if rom is None:
            found = [rom for rom in wire.scan() if rom[0] == _FAMILY]
            if len(found) != 1:
                raise OSError(19, f"expected one DS18B20 on the bus, found {len(found)}: give its rom")
            rom = found[0]
        self.rom = bytes(rom)
        self.bits = bits
        wire.select_rom(self.rom)
        wire.write(bytes([_WRITE, 0x4B, 0x46, bits - 9 << 5 | 0x1F]))

    def start(self) -> None:
        """Begin a conversion; read_last() has it after conversion_ms."""
        self._wire.select_rom(self.rom)
        self._wire.writebyte(_CONVERT)

    @property
    def conversion_ms(self) -> int:
        """How long a conversion takes at most."""
        return -(-750 // (1 << 12 - self.bits))

    def read_last(self) -> float:
        """Return the temperature of the last conversion, in degrees Celsius."""
        for _ in range(3):
            self._wire.select_rom(self.rom)
            self._wire.writebyte(_READ)
            data = bytearray(9)
            self._wire.readinto(data)
            if not self._wire.crc8(data) and any(data):
                return decode(data, self.bits)
        raise OSError(5, f"the DS18B20 {self.rom.hex()} sends damaged data")

    def read(self) -> float:
        """Measure: degrees Celsius."""
        self.start()
        sleep_ms(self.conversion_ms)
        value = self.read_last()
        if value == _POWER_ON:  # it may have lost its power in between
            self.start()
            sleep_ms(self.conversion_ms)
            value = self.read_last()
        return value


def decode(scratchpad: bytes, bits: int = 12) -> float:
    """Return the temperature in a scratchpad, in degrees Celsius; bits below the resolution are not defined."""
    raw = scratchpad[0] | scratchpad[1] << 8
    raw = (raw ^ 0x8000) - 0x8000
    return (raw >> 12 - bits << 12 - bits) / 16
