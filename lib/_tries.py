"""Wrong tokens and passwords are counted, and who shows too many of them has to wait."""

import ipaddress
import time

_ADDRESSES = 1024  # that are remembered


class Tries:
    """Counts wrong tries by address; an IPv6 network of 64 bits is one address.

    free: so many wrong tries lock an address out, for `first` seconds; each further one doubles that, up to `longest`."""

    def __init__(self, free: int = 5, first: int = 10, longest: int = 3600) -> None:
        self._free, self._first, self._longest = free, first, longest
        self._failures: dict[str, tuple[int, float]] = {}  # how many, and until when it is locked out

    def locked(self, address: str) -> int:
        """Seconds that this address has to wait."""
        until = self._failures.get(place_of(address), (0, 0.0))[1]
        return max(0, round(until - time.monotonic() + 0.5)) if until > time.monotonic() else 0

    def failed(self, address: str) -> tuple[int, int]:
        """A wrong try; how many there are now, and the seconds for which the address is locked out."""
        place = place_of(address)
        count = self._failures.pop(place, (0, 0.0))[0] + 1
        wait = min(self._first * 2 ** min(count - self._free, 20), self._longest) if count >= self._free else 0
        self._failures[place] = count, time.monotonic() + wait
        if len(self._failures) > _ADDRESSES:
            del self._failures[next(iter(self._failures))]
        return count, wait

    def passed(self, address: str) -> None:
        """A right try."""
        self._failures.pop(place_of(address), None)


def place_of(address: str) -> str:
    """What counts as one address; text that is none stands for itself."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    return str(ipaddress.ip_network((ip, 64), strict=False)) if ip.version == 6 else str(ip)
