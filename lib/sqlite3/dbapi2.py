"""What the DB-API 2.0 (PEP 249) asks of a module: its types, constructors of dates, and the adapters for dates that are registered by default."""

from _collections_abc import Sequence as _Sequence
from datetime import date as Date, datetime as Timestamp, time as Time

from _sqlite3 import *

apilevel, paramstyle = "2.0", "qmark"
sqlite_version_info = tuple(int(part) for part in sqlite_version.split("."))
Binary = memoryview


def DateFromTicks(ticks):
    """The local date of seconds since 1970."""
    return Timestamp.fromtimestamp(ticks // 1).date()


def TimeFromTicks(ticks):
    """The local time of day of seconds since 1970."""
    return Timestamp.fromtimestamp(ticks // 1).time()


def TimestampFromTicks(ticks):
    """The local date and time of seconds since 1970."""
    return Timestamp.fromtimestamp(ticks // 1)


_VERSION = "2.6.0"


def _version_of_module(name, module):
    if name not in ("version", "version_info"):
        raise AttributeError(f"module {module!r} has no attribute {name!r}")
    import warnings
    warnings.warn(f"{name} is deprecated and will be removed in Python 3.14", DeprecationWarning, stacklevel=3)
    return _VERSION if name == "version" else tuple(int(part) for part in _VERSION.split("."))


def __getattr__(name):
    return _version_of_module(name, __name__)


def _defaults():
    from warnings import warn

    def old(kind, name):
        warn(f"The default {name} {kind} is deprecated as of Python 3.12; see the sqlite3 documentation for suggested replacement recipes",
             DeprecationWarning, stacklevel=3)

    def adapt_date(val):
        old("adapter", "date")
        return val.isoformat()

    def adapt_datetime(val):
        old("adapter", "datetime")
        return val.isoformat(" ")

    def convert_date(val):
        old("converter", "date")
        return Date(*(int(part) for part in val.split(b"-")))

    def convert_timestamp(val):
        old("converter", "timestamp")
        day, moment = val.split(b" ")
        whole, _, part = moment.partition(b".")
        numbers = [int(n) for n in day.split(b"-") + whole.split(b":")]
        return Timestamp(*numbers, int(part[:6].ljust(6, b"0")) if part else 0)

    register_adapter(Date, adapt_date)
    register_adapter(Timestamp, adapt_datetime)
    register_converter("date", convert_date)
    register_converter("timestamp", convert_timestamp)


_defaults()
_Sequence.register(Row)
del _defaults
