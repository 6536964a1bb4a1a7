"""Files of time zones: TZif (RFC 8536), and the rules of their last line (POSIX TZ strings)."""

import re
import struct


def _header(file):
    head = file.read(44)
    if head[:4] != b"TZif":
        raise ValueError("Invalid TZif file: magic not found")
    if len(head) != 44:
        raise ValueError("Invalid TZif file: too short")
    version = 1 if head[4:5] == b"\x00" else int(head[4:5])
    return version, struct.unpack(">6l", head[20:])  # isutcnt isstdcnt leapcnt timecnt typecnt charcnt


def read(file):
    """(times, numbers of types, types as (seconds east of UTC, is summer time, name), rules of the time after, as bytes)."""
    version, counts = _header(file)
    size, letter = 4, "l"
    if version >= 2:
        isut, isstd, leap, times, types, chars = counts
        file.read(times * 5 + types * 6 + chars + leap * 8 + isstd + isut)  # the part for programs that know 32 bits only
        _, counts = _header(file)
        size, letter = 8, "q"
    isut, isstd, leap, time_count, type_count, char_count = counts
    times = struct.unpack(f">{time_count}{letter}", file.read(time_count * size))
    numbers = struct.unpack(f">{time_count}B", file.read(time_count))
    raw = [struct.unpack(">lbb", file.read(6)) for _ in range(type_count)]
    names = file.read(char_count)
    if len(names) != char_count:
        raise ValueError("Invalid TZif file: too short")
    file.read(leap * (size + 4) + isstd + isut)
    rules = b""
    if version >= 2:
        file.readline()
        rules = file.readline().rstrip(b"\n")
    if not raw or any(number >= type_count for number in numbers):
        raise ValueError("Invalid TZif file: no types")
    types = [(offset, bool(isdst), names[at:names.find(b"\x00", at)].decode()) for offset, isdst, at in raw]
    return times, numbers, types, rules


# ---- Rules ---------------------------------------------------------------------------------------------------------------------------

_RULES = re.compile(r"(?P<std>[^<0-9:.+-]+|<[a-zA-Z0-9+-]+>)(?P<stdoff>[+-]?\d{1,3}(?::\d{2}(?::\d{2})?)?)"
                    r"(?:(?P<dst>[^0-9:.+-]+|<[a-zA-Z0-9+-]+>)(?P<dstoff>[+-]?\d{1,3}(?::\d{2}(?::\d{2})?)?)?)?", re.ASCII)
_DAY = re.compile(r"M(\d{1,2})\.(\d)\.(\d)|(J?)(\d{1,3})", re.ASCII)
_TIME = re.compile(r"([+-]?)(\d{1,3})(?::(\d{2})(?::(\d{2}))?)?", re.ASCII)


def _seconds(text, limit=24):
    found = _TIME.fullmatch(text)
    if not found:
        raise ValueError(f"Invalid transition time: {text}" if limit > 24 else f"Invalid STD offset in {text}")
    sign, hours, minutes, seconds = found.groups()
    hours, minutes, seconds = int(hours), int(minutes or 0), int(seconds or 0)
    if hours > limit or minutes > 59 or seconds > 59:
        raise ValueError(f"Invalid transition time: {text}" if limit > 24 else f"Offset must be less than {limit} hours: {text}")
    total = hours * 3600 + minutes * 60 + seconds
    return -total if sign == "-" else total


def _days_before(year):
    return (year - 1) * 365 + (year - 1) // 4 - (year - 1) // 100 + (year - 1) // 400


def _is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


class _Change:
    """When the clock changes: day M3.2.0, J60 or 59, at seconds after midnight."""

    def __init__(self, text):
        day, _, at = text.partition("/")
        found = _DAY.fullmatch(day)
        if not found:
            raise ValueError(f"Unknown DST start rule: {text}" if day[:1] != "M" else f"Invalid dst start/end date: {text}")
        self.seconds = _seconds(at, 167) if at else 7200
        if "/" in text and not at:
            raise ValueError(f"Invalid transition time: {text}")
        month, week, weekday, julian, number = found.groups()
        self.month = None
        if month:
            self.month, self.week, self.weekday = int(month), int(week), int(weekday)
            if not (1 <= self.month <= 12 and 1 <= self.week <= 5 and 0 <= self.weekday <= 6):
                raise ValueError(f"Invalid dst start/end date: {text}")
        else:
            self.julian, self.number = bool(julian), int(number)
            if not self.julian <= self.number <= 365:
                raise ValueError(f"Invalid day of year: {text}")

    def in_year(self, year):
        """Seconds since 1970 on a clock that shows what this one showed before."""
        start = _days_before(year) - 719162
        if self.month is None:
            number = self.number
            if self.julian:
                number -= 1 if number < 60 or not _is_leap(year) else 0
            return (start + number) * 86400 + self.seconds
        lengths = (31, 29 if _is_leap(year) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
        first = start + sum(lengths[:self.month - 1])
        day = (self.weekday - (first + 4)) % 7 + 7 * (self.week - 1)  # 1970-01-01 was a Thursday
        if day >= lengths[self.month - 1]:
            day -= 7
        return (first + day) * 86400 + self.seconds


class Rules:
    """What holds after the last transition of a file: one offset, or two that change each year."""

    def __init__(self, text):
        zones, *changes = text.split(",")
        found = _RULES.fullmatch(zones)
        if not found:
            raise ValueError(f"{text} is not a valid TZ string")
        name = lambda text: text[1:-1] if text[:1] == "<" else text
        self.standard = -_seconds(found["stdoff"]), False, name(found["std"])
        self.changes = None
        if not found["dst"]:
            if changes:
                raise ValueError(f"Transition rule present without DST: {text}")
            return
        offset = -_seconds(found["dstoff"]) if found["dstoff"] else self.standard[0] + 3600
        self.summer = offset, True, name(found["dst"])
        if len(changes) != 2:
            raise ValueError(f"Missing transition rules: {text}" if not changes else f"Invalid number of rules: {text}")
        self.changes = _Change(changes[0]), _Change(changes[1])

    def _within(self, at, start, end):
        return start <= at < end if start < end else not end <= at < start

    def at_utc(self, seconds, year):
        """(type, fold) at a moment since 1970."""
        if not self.changes:
            return self.standard, 0
        start = self.changes[0].in_year(year) - self.standard[0]
        end = self.changes[1].in_year(year) - self.summer[0]
        now = self.summer if self._within(seconds, start, end) else self.standard
        apart = self.summer[0] - self.standard[0]
        back, length = (end, apart) if apart > 0 else (start, -apart)
        return now, int(back <= seconds < back + length)

    def at_local(self, seconds, year, fold):
        """The type when clocks show this."""
        if not self.changes:
            return self.standard
        start, end = (change.in_year(year) for change in self.changes)
        apart = self.summer[0] - self.standard[0]
        if fold == (apart >= 0):  # what is skipped and what comes twice is in the other of both
            end -= apart
        else:
            start += apart
        return self.summer if self._within(seconds, start, end) else self.standard
