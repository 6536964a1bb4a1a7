"""Time zones of the IANA database (PEP 615): ZoneInfo("Europe/Berlin"), from the system's files or from the package tzdata."""

from . import _tzpath
from ._tzpath import InvalidTZPathWarning, ZoneInfoNotFoundError, available_timezones, reset_tzpath
from ._zoneinfo import ZoneInfo

__all__ = ["ZoneInfo", "reset_tzpath", "available_timezones", "TZPATH", "ZoneInfoNotFoundError", "InvalidTZPathWarning"]


def __getattr__(name):
    if name == "TZPATH":
        return _tzpath.TZPATH
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__():
    return sorted(list(globals()) + ["TZPATH"])
