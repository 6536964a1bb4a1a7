"""GPS receivers that speak NMEA 0183 over a serial line. Source: NMEA 0183 as the u-blox 6 protocol specification (GPS.G6-SW-10018) describes it."""

from datetime import datetime, timezone


class GPS:
    """A receiver on a machine.UART. update() takes in what has come; the attributes have the last fix.

    latitude, longitude: degrees, north and east positive; altitude: metres; speed: m/s; course: degrees from north; satellites; time: UTC.
    They are None until they are known; has_fix says whether they are of now.
    """

    def __init__(self, uart) -> None:
        self._uart = uart
        self._line = bytearray()
        self.latitude: float | None = None
        self.longitude: float | None = None
        self.altitude: float | None = None
        self.speed: float | None = None
        self.course: float | None = None
        self.time: datetime | None = None
        self.satellites = 0
        self.has_fix = False
        self.damaged = 0  # sentences whose checksum was wrong

    def update(self) -> int:
        """Read what the line has; return how many sentences were understood."""
        count = 0
        while data := self._uart.read(256):
            for byte in data:
                if byte == 0x0A:
                    count += self.take(bytes(self._line))
                    self._line.clear()
                elif len(self._line) < 120:  # a sentence has at most 82
                    self._line.append(byte)
        return count

    def take(self, sentence: bytes) -> bool:
        """Take in one sentence, without its line end; was it one, whole, of a kind that is known?"""
        start = sentence.rfind(b"$")
        body, star, checksum = sentence[start + 1:].strip().rpartition(b"*")
        if start < 0 or not star:
            return False
        have = 0
        for byte in body:
            have ^= byte
        try:
            if int(checksum, 16) != have:
                self.damaged += 1
                return False
            fields = body.decode("ascii").split(",")
            kind = fields[0][2:]
            if kind == "GGA":
                self._take_gga(fields)
            elif kind == "RMC":
                self._take_rmc(fields)
            else:
                return False
        except (ValueError, IndexError):
            self.damaged += 1
            return False
        return True

    def _take_gga(self, f: list[str]) -> None:
        self.has_fix = f[6] not in ("", "0")
        self.satellites = int(f[7] or 0)
        if self.has_fix:
            self.latitude, self.longitude = _angle(f[2], f[3]), _angle(f[4], f[5])
            self.altitude = float(f[9]) if f[9] else None

    def _take_rmc(self, f: list[str]) -> None:
        self.has_fix = f[2] == "A"
        if f[1] and f[9]:
            seconds = float(f[1][4:])
            self.time = datetime(2000 + int(f[9][4:6]), int(f[9][2:4]), int(f[9][:2]), int(f[1][:2]), int(f[1][2:4]), int(seconds),
                                 int(seconds % 1 * 1e6 + 0.5), timezone.utc)
        if self.has_fix:
            self.latitude, self.longitude = _angle(f[3], f[4]), _angle(f[5], f[6])
            self.speed = float(f[7]) / 1.943844 if f[7] else None  # from knots
            self.course = float(f[8]) if f[8] else None


def _angle(text: str, side: str) -> float:
    """ddmm.mmmm and N, S, E or W as degrees."""
    dot = text.index(".")
    degrees = int(text[:dot - 2]) + float(text[dot - 2:]) / 60
    return -degrees if side in "SW" else degrees
