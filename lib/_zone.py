"""Time zones by name, with an error that says what to do."""

from datetime import timezone, tzinfo
from zoneinfo import ZoneInfo


def zone_named(name: str) -> tzinfo:
    """The zone of a name of the IANA database ("Europe/Berlin"), or "UTC", which needs no database. ValueError: this system knows none of that name."""
    if name == "UTC":
        return timezone.utc
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"there is no time zone {name!r}: expected a name such as Europe/Berlin, known to this system (Debian: package tzdata)") from None
