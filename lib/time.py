"""Clocks, and the calendar of seconds since 1970."""

from _time import (_zone, monotonic, monotonic_ns, perf_counter, perf_counter_ns, process_time, process_time_ns, sleep, thread_time,
                   thread_time_ns, time, time_ns)

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_PROCESS_CPUTIME_ID, CLOCK_THREAD_CPUTIME_ID = range(4)


class struct_time(tuple):
    """A time in nine fields; tm_gmtoff and tm_zone are attributes only."""

    n_fields = 11
    n_sequence_fields = 9
    n_unnamed_fields = 0
    __match_args__ = ("tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec", "tm_wday", "tm_yday", "tm_isdst")
    tm_year = property(lambda self: self[0], doc="year, for example, 1993")
    tm_mon = property(lambda self: self[1], doc="month of year, range [1, 12]")
    tm_mday = property(lambda self: self[2], doc="day of month, range [1, 31]")
    tm_hour = property(lambda self: self[3], doc="hours, range [0, 23]")
    tm_min = property(lambda self: self[4], doc="minutes, range [0, 59]")
    tm_sec = property(lambda self: self[5], doc="seconds, range [0, 61])")
    tm_wday = property(lambda self: self[6], doc="day of week, range [0, 6], Monday is 0")
    tm_yday = property(lambda self: self[7], doc="day of year, range [1, 366]")
    tm_isdst = property(lambda self: self[8], doc="1 if summer time is in effect, 0 if not, and -1 if unknown")
    tm_zone = property(lambda self: self._zone[0], doc="abbreviation of timezone name")
    tm_gmtoff = property(lambda self: self._zone[1], doc="offset from UTC in seconds")

    def __new__(cls, sequence, dict=None):
        items = tuple(sequence)
        if not 9 <= len(items) <= 11:
            size = "at least 9" if len(items) < 9 else "at most 11"
            raise TypeError(f"time.struct_time() takes an {size}-sequence ({len(items)}-sequence given)")
        self = super().__new__(cls, items[:9])
        self._zone = (items[9:] + (None, None))[:2]
        return self

    def __repr__(self):
        return "time.struct_time(" + ", ".join(f"{n}={v!r}" for n, v in zip(self.__match_args__, self)) + ")"

    def __reduce__(self):
        return struct_time, (tuple(self) + self._zone,)


def _days_of(year, month, day):
    """Days since 1970-01-01 (algorithm of H. Hinnant, chrono-compatible date algorithms)."""
    year -= month <= 2
    era = year // 400
    of_era = year - era * 400
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


def _fields(seconds, isdst, zone, offset):
    days, rest = divmod(seconds, 86400)
    shifted = days + 719468
    era = shifted // 146097
    of_era = shifted - era * 146097
    year_of_era = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    mp = (5 * of_year + 2) // 153
    month = mp + 3 if mp < 10 else mp - 9
    year = year_of_era + era * 400 + (month <= 2)
    day = of_year - (153 * mp + 2) // 5 + 1
    return struct_time((year, month, day, rest // 3600, rest // 60 % 60, rest % 60, (days + 3) % 7,
                        days - _days_of(year, 1, 1) + 1, isdst, zone, offset))


def _seconds(value):
    if value is None:
        return time_ns() // 1_000_000_000
    if isinstance(value, float):
        if value != value:
            raise ValueError("Invalid value NaN (not a number)")
        return int(value // 1)
    return int(range(value).stop)  # in range's words if it is no integer


def gmtime(seconds=None, /):
    """The time in UTC."""
    return _fields(_seconds(seconds), 0, "UTC", 0)


def localtime(seconds=None, /):
    """The time in the local time zone."""
    at = _seconds(seconds)
    offset, isdst, zone = _zone(at)
    return _fields(at + offset, isdst, zone, offset)


def mktime(t, /):
    """Seconds since 1970 of a local time."""
    if not isinstance(t, tuple):
        raise TypeError("Tuple or struct_time argument required")
    year, month, day, hour, minute, second, _, _, isdst = t[:9]
    carry, month = divmod(month - 1, 12)
    local = (_days_of(year + carry, month + 1, 1) + day - 1) * 86400 + hour * 3600 + minute * 60 + second
    guess = local - _zone(local)[0]
    guess = local - _zone(guess)[0]
    if isdst >= 0 and _zone(guess)[1] != isdst:
        for other in (guess - 3600, guess + 3600):
            if _zone(other)[1] == isdst and _zone(other)[0] + other == local:
                guess = other
    return float(guess)


def asctime(t=None, /):
    """'Sat Jun 06 16:26:11 1998'."""
    t = localtime() if t is None else t
    return f"{_DAYS[t[6]][:3]} {_MONTHS[t[1] - 1][:3]} {t[2]:2} {t[3]:02}:{t[4]:02}:{t[5]:02} {t[0]}"


def ctime(seconds=None, /):
    """asctime(localtime(seconds))."""
    return asctime(localtime(seconds))


def _iso_week(t):
    """(ISO year, ISO week)."""
    week = (t[7] - 1 - t[6] + 10) // 7
    year = t[0]

    def weeks_in(y):
        jan1 = (_days_of(y, 1, 1) + 3) % 7
        leap = y % 4 == 0 and (y % 100 != 0 or y % 400 == 0)
        return 53 if jan1 == 3 or (leap and jan1 == 2) else 52
    if week < 1:
        return year - 1, weeks_in(year - 1)
    if week > weeks_in(year):
        return year + 1, 1
    return year, week


_zone_of = lambda t: getattr(t, "tm_zone", None)
_FORMATS = {
    "a": lambda t: _DAYS[t[6]][:3], "A": lambda t: _DAYS[t[6]], "b": lambda t: _MONTHS[t[1] - 1][:3], "B": lambda t: _MONTHS[t[1] - 1],
    "c": lambda t: asctime(t), "C": lambda t: f"{t[0] // 100:02}", "d": lambda t: f"{t[2]:02}",
    "D": lambda t: f"{t[1]:02}/{t[2]:02}/{t[0] % 100:02}", "e": lambda t: f"{t[2]:2}", "F": lambda t: f"{t[0]}-{t[1]:02}-{t[2]:02}",
    "g": lambda t: f"{_iso_week(t)[0] % 100:02}", "G": lambda t: str(_iso_week(t)[0]), "h": lambda t: _MONTHS[t[1] - 1][:3],
    "H": lambda t: f"{t[3]:02}", "I": lambda t: f"{(t[3] + 11) % 12 + 1:02}", "j": lambda t: f"{t[7]:03}", "m": lambda t: f"{t[1]:02}",
    "M": lambda t: f"{t[4]:02}", "n": lambda t: "\n", "p": lambda t: "PM" if t[3] >= 12 else "AM",
    "r": lambda t: f"{(t[3] + 11) % 12 + 1:02}:{t[4]:02}:{t[5]:02} {'PM' if t[3] >= 12 else 'AM'}",
    "R": lambda t: f"{t[3]:02}:{t[4]:02}", "s": lambda t: str(int(mktime(t))), "S": lambda t: f"{t[5]:02}", "t": lambda t: "\t",
    "T": lambda t: f"{t[3]:02}:{t[4]:02}:{t[5]:02}", "u": lambda t: str(t[6] + 1), "U": lambda t: f"{(t[7] + 6 - (t[6] + 1) % 7) // 7:02}",
    "V": lambda t: f"{_iso_week(t)[1]:02}", "w": lambda t: str((t[6] + 1) % 7), "W": lambda t: f"{(t[7] + 6 - t[6]) // 7:02}",
    "x": lambda t: f"{t[1]:02}/{t[2]:02}/{t[0] % 100:02}", "X": lambda t: f"{t[3]:02}:{t[4]:02}:{t[5]:02}",
    "y": lambda t: f"{t[0] % 100:02}", "Y": lambda t: str(t[0]),
    "z": lambda t: _offset_text(getattr(t, "tm_gmtoff", None)), "Z": lambda t: _zone_of(t) or tzname[t[8] > 0], "%": lambda t: "%",
}


def _offset_text(offset):
    offset = -timezone if offset is None else offset
    sign = "-" if offset < 0 else "+"
    offset = abs(offset)
    return f"{sign}{offset // 3600:02}{offset // 60 % 60:02}"


def strftime(format, t=None, /):
    """The time as text: %Y-%m-%d %H:%M:%S and so on, in English."""
    if not isinstance(format, str):
        raise TypeError(f"strftime() argument 1 must be str, not {type(format).__name__}")
    t = localtime() if t is None else t
    if not isinstance(t, tuple):
        raise TypeError("Tuple or struct_time argument required")
    if not 0 < t[1] + (t[1] == 0) <= 12:
        raise ValueError("month out of range")
    out, i = [], 0
    while i < len(format):
        c = format[i]
        i += 1
        if c != "%" or i == len(format):
            out.append(c)
            continue
        c = format[i]
        i += 1
        make = _FORMATS.get(c)
        out.append(make(t) if make else "%" + c)
    return "".join(out)


def strptime(data_string, format="%a %b %d %H:%M:%S %Y", /):
    """Text as a time; needs module _strptime."""
    import _strptime
    return _strptime._strptime_time(data_string, format)


def clock_gettime(clk_id, /):
    """The time of a clock, in seconds."""
    return clock_gettime_ns(clk_id) / 1e9


def clock_gettime_ns(clk_id, /):
    """The time of a clock, in nanoseconds."""
    clocks = (time_ns, monotonic_ns, process_time_ns, thread_time_ns)
    if not 0 <= clk_id < len(clocks):
        raise OSError(22, "Invalid argument")
    return clocks[clk_id]()


def get_clock_info(name, /):
    """What is known about a clock."""
    from types import SimpleNamespace
    info = {"time": ("clock_gettime(CLOCK_REALTIME)", False, True), "monotonic": ("clock_gettime(CLOCK_MONOTONIC)", True, False),
            "perf_counter": ("clock_gettime(CLOCK_MONOTONIC)", True, False),
            "process_time": ("clock_gettime(CLOCK_PROCESS_CPUTIME_ID)", True, False),
            "thread_time": ("clock_gettime(CLOCK_THREAD_CPUTIME_ID)", True, False)}
    if name not in info:
        raise ValueError("unknown clock")
    implementation, is_monotonic, adjustable = info[name]
    return SimpleNamespace(implementation=implementation, monotonic=is_monotonic, adjustable=adjustable, resolution=1e-09)


def tzset():
    """Find the local time zone again."""
    global timezone, altzone, daylight, tzname
    year = gmtime()[0]
    winter, summer = _zone(_days_of(year, 1, 4) * 86400), _zone(_days_of(year, 7, 4) * 86400)
    standard, saving = (winter, summer) if not winter[1] else (summer, winter)
    timezone, altzone = -standard[0], -saving[0]
    daylight = int(winter[0] != summer[0])
    tzname = (standard[2], saving[2])


tzset()
