"""Model of a GPS receiver on a serial line: NMEA 0183 sentences GGA and RMC, once a second. Environment: latitude, longitude, altitude, speed."""

from datetime import datetime, timezone

import _sim

from sim._bus import Device


class GPS(Device):
    """fix: does it see satellites? course: degrees from north."""

    def __init__(self, fix: bool = True, satellites: int = 8, course: float = 0.0) -> None:
        super().__init__()
        self.fix = fix
        self.satellites = satellites
        self.course = course

    def connected(self, line) -> None:
        self._line = line
        self.board.after(1.0, self._tell)

    def received(self, line, data: bytes) -> None:
        """Commands to it are ignored."""

    def _tell(self) -> None:
        if self.powered:
            for sentence in self.sentences():
                self._line.send(sentence)
        self.board.after(1.0, self._tell)

    def sentences(self) -> list[bytes]:
        """What it says now."""
        now = datetime.fromtimestamp(_sim.wall_ns() / 1e9, timezone.utc)
        around = self.board.environment
        clock = now.strftime("%H%M%S.") + f"{now.microsecond // 10000:02}"
        if self.fix:
            place = f"{_angle(around['latitude'], 2)},{'NS'[around['latitude'] < 0]},{_angle(around['longitude'], 3)},{'EW'[around['longitude'] < 0]}"
            gga = f"GPGGA,{clock},{place},1,{self.satellites:02},1.0,{around['altitude']:.1f},M,45.0,M,,"
            rmc = f"GPRMC,{clock},A,{place},{around['speed'] * 1.943844:.2f},{self.course:.2f},{now:%d%m%y},,,A"
        else:
            gga = f"GPGGA,{clock},,,,,0,00,99.9,,M,,M,,"
            rmc = f"GPRMC,{clock},V,,,,,,,{now:%d%m%y},,,N"
        return [_sentence(gga), _sentence(rmc)]


def _angle(value: float, digits: int) -> str:
    minutes = round(abs(value) * 600000)
    return f"{minutes // 600000:0{digits}}{minutes % 600000 / 10000:07.4f}"


def _sentence(body: str) -> bytes:
    checksum = 0
    for letter in body.encode():
        checksum ^= letter
    return f"${body}*{checksum:02X}\r\n".encode()
