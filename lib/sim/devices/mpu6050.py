"""Model of InvenSense's MPU-6050: RM-MPU-6000A-00, revision 4.2. Environment: acceleration_x, _y, _z, rotation_x, _y, _z, temperature."""

from sim._bus import RegisterDevice

_G = 9.80665


class MPU6050(RegisterDevice):
    """At address 0x68 or 0x69."""

    def __init__(self, address: int = 0x68) -> None:
        super().__init__(address, 128)
        self.power_on()

    def power_on(self) -> None:
        self.register[:] = bytes(128)
        self.register[0x6B], self.register[0x75] = 0x40, 0x68  # asleep

    def write_register(self, register: int, value: int) -> None:
        if register == 0x6B and value & 0x80:
            self.power_on()
        elif register != 0x75 and not 0x3B <= register <= 0x48:
            super().write_register(register, value)

    def before_read(self, first: int, count: int) -> None:
        if first > 0x48 or first + count <= 0x3B or self.register[0x6B] & 0x40:
            return
        around = self.board.environment
        per_g = 16384 >> (self.register[0x1C] >> 3 & 3)
        per_degree = 131 / (1 << (self.register[0x1B] >> 3 & 3))
        values = [around[f"acceleration_{axis}"] / _G * per_g for axis in "xyz"] + [(around["temperature"] - 36.53) * 340]
        values += [around[f"rotation_{axis}"] * per_degree for axis in "xyz"]
        for i, value in enumerate(values):
            raw = max(-32768, min(round(value), 32767))
            self.register[0x3B + 2 * i:0x3D + 2 * i] = (raw & 0xFFFF).to_bytes(2, "big")
