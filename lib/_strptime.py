"""Text to times: what stands behind time.strptime() and datetime.datetime.strptime().

A format becomes a regular expression, once; what its groups matched becomes fields, and those a time. Names are English.
"""

import re
import time
from datetime import date as _date, timedelta as _timedelta, timezone as _timezone

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _choice(words):
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


# Of each directive: what it matches, all of which is case-insensitive.
_PATTERNS = {
    "d": r"3[0-1]|[1-2]\d|0[1-9]|[1-9]| [1-9]", "f": r"[0-9]{1,6}", "H": r"2[0-3]|[0-1]\d|\d", "I": r"1[0-2]|0[1-9]|[1-9]| [1-9]",
    "G": r"\d\d\d\d", "j": r"36[0-6]|3[0-5]\d|[1-2]\d\d|0[1-9]\d|00[1-9]|[1-9]\d|0[1-9]|[1-9]", "m": r"1[0-2]|0[1-9]|[1-9]",
    "M": r"[0-5]\d|\d", "S": r"6[0-1]|[0-5]\d|\d", "U": r"5[0-3]|[0-4]\d|\d", "w": r"[0-6]", "u": r"[1-7]", "V": r"5[0-3]|0[1-9]|[1-4]\d|\d",
    "y": r"\d\d", "Y": r"\d\d\d\d", "z": r"[+-]\d\d:?[0-5]\d(:?[0-5]\d(\.\d{1,6})?)?|(?-i:Z)",
    "A": _choice(_DAYS), "a": _choice(day[:3] for day in _DAYS), "B": _choice(_MONTHS), "b": _choice(month[:3] for month in _MONTHS),
    "p": "am|pm",
}
_PATTERNS["W"] = _PATTERNS["U"]
_SHORTHANDS = {"c": "%a %b %d %H:%M:%S %Y", "x": "%m/%d/%y", "X": "%H:%M:%S"}
_SPECIAL = re.compile(r"([\\.^$*+?\(\){}\[\]|])")
_BLANKS = re.compile(r"\s+")
_NO_YEAR = ("Parsing dates involving a day of month without a year specified is ambiguious\n"
            "and fails to parse leap day. The default behavior will change in Python 3.15\n"
            "to either always raise an exception or to use a different default year (TBD).\n"
            "To avoid trouble, add a specific year to the input & format.\n"
            "See https://github.com/python/cpython/issues/70647.")


def _zones():
    """The names that %Z takes: (those of the winter, those of the summer)."""
    standard, summer = time.tzname
    return {"utc", "gmt", standard.lower()}, {summer.lower()}


def _directive(letter, seen):
    if letter == "%":
        return "%"
    if letter == "Z":
        pattern = _choice(name for names in _zones() for name in names if name)
    else:
        pattern = _PATTERNS[letter]
    seen.append(letter)
    return f"(?P<{letter}>{pattern})"


def _pattern(format):
    """The regular expression of a format. KeyError: a directive that there is not; IndexError: nothing after a %."""
    parts, seen = [], []
    text = _BLANKS.sub(lambda _: r"\s+", _SPECIAL.sub(r"\\\1", format))
    while "%" in text:
        at = text.index("%")
        letter = text[at + 1]
        if letter in _SHORTHANDS:
            text = text[:at] + _BLANKS.sub(lambda _: r"\s+", _SHORTHANDS[letter]) + text[at + 2:]
            continue
        parts.append(text[:at])
        parts.append(_directive(letter, seen))
        text = text[at + 2:]
    parts.append(text)
    return "".join(parts), seen


_compiled = {}  # format -> (match, has it a day but no year), for the time zone names in _zone_names
_zone_names = None


def _compile(format):
    global _zone_names
    if _zone_names != (time.tzname, time.daylight):
        _compiled.clear()
        _zone_names = (time.tzname, time.daylight)
    found = _compiled.get(format)
    if found is None:
        try:
            pattern, seen = _pattern(format)
        except KeyError as error:
            bad = error.args[0]
            raise ValueError(f"'{'%' if bad == chr(92) else bad}' is a bad directive in format '{format}'") from None
        except IndexError:
            raise ValueError(f"stray % in format '{format}'") from None
        if len(_compiled) > 50:
            _compiled.clear()
        found = _compiled[format] = re.compile(pattern, re.IGNORECASE).match, "d" in seen and not any(letter in seen for letter in "YyG")
    match, without_year = found
    if without_year:
        import warnings
        warnings.warn(_NO_YEAR, DeprecationWarning, 4)
    return match


def _offset(text):
    """(seconds east of UTC, microseconds of them) of what %z matched."""
    if text == "Z":
        return 0, 0
    rest = text[1:]
    if rest[2] == ":":
        if len(rest) > 5 and rest[5] != ":":
            raise ValueError(f"Inconsistent use of : in {text}")
        rest = rest.replace(":", "")
    elif ":" in rest:
        raise ValueError(f"Inconsistent use of : in {text}")
    seconds = int(rest[:2]) * 3600 + int(rest[2:4]) * 60 + int(rest[4:6] or 0)
    micros = int(rest[7:].ljust(6, "0"))
    return (-seconds, -micros) if text[0] == "-" else (seconds, micros)


def _summer(name):
    """tm_isdst of a zone's name; -1 where both names are the same."""
    winter, summer = _zones()
    if name in winter:
        standard, other = time.tzname
        return -1 if standard == other and time.daylight and name not in ("utc", "gmt") else 0
    return 1 if name in summer else -1


def _hour(found):
    if "H" in found:
        return int(found["H"])
    if "I" not in found:
        return 0
    hour, half = int(found["I"]) % 12, (found.get("p") or "").lower()
    return hour + 12 if half == "pm" else hour


def _weekday(found):
    """From Monday, 0; None: not said."""
    if "A" in found:
        return _DAYS.index(found["A"].lower())
    if "a" in found:
        return [day[:3] for day in _DAYS].index(found["a"].lower())
    if "w" in found:
        return (int(found["w"]) - 1) % 7
    return int(found["u"]) - 1 if "u" in found else None


def _month(found):
    if "m" in found:
        return int(found["m"])
    if "B" in found:
        return _MONTHS.index(found["B"].lower()) + 1
    return [month[:3] for month in _MONTHS].index(found["b"].lower()) + 1 if "b" in found else 1


def _year(found):
    if "Y" in found:
        return int(found["Y"])
    if "y" in found:
        year = int(found["y"])
        return year + (2000 if year <= 68 else 1900)
    return None


def _check_iso(found):
    """ISO years go with ISO weeks and a day of the week, and with nothing else."""
    day = any(letter in found for letter in "AaWwu" if letter != "W")
    if "G" in found:
        if "j" in found:
            raise ValueError("Day of the year directive '%j' is not compatible with ISO year directive '%G'. Use '%Y' instead.")
        if "V" not in found or not day:
            raise ValueError("ISO year directive '%G' must be used with the ISO week directive '%V' and a weekday directive "
                             "('%A', '%a', '%w', or '%u').")
    elif "V" in found:
        if "Y" not in found and "y" not in found or not day:
            raise ValueError("ISO week directive '%V' must be used with the ISO year directive '%G' and a weekday directive "
                             "('%A', '%a', '%w', or '%u').")
        raise ValueError("ISO week directive '%V' is incompatible with the year directive '%Y'. Use the ISO year '%G' instead.")


def _date_of_week(year, week, weekday, first):
    """The ordinal of a day in a week; weeks begin on weekday first, week 0 is what comes before."""
    start = _date(year, 1, 1)
    lead = (7 - (start.weekday() - first) % 7) % 7
    return start.toordinal() + lead + 7 * (week - 1) + (weekday - first) % 7


def _complete(found):
    """(year, month, day, weekday, day of the year) of what was found."""
    year, month, day, weekday = _year(found), _month(found), int(found.get("d", 1)), _weekday(found)
    shown = year
    if year is None and month == 2 and day == 29:
        year = 1904  # the first leap year after 1900
        shown = 1900
    elif year is None:
        year = shown = 1900
    nth = int(found["j"]) if "j" in found else None
    if nth is None and weekday is not None:
        if "G" in found:
            ordinal = _date.fromisocalendar(int(found["G"]), int(found["V"]), weekday + 1).toordinal()
        elif "U" in found or "W" in found:
            first = 6 if "U" in found else 0
            ordinal = _date_of_week(year, int(found["U" if first else "W"]), weekday, first)
        else:
            ordinal = 0
        if ordinal:
            if ordinal < 1:
                raise ValueError("year 0 is out of range")
            real = _date.fromordinal(ordinal)
            return real.year, real.month, real.day, real.weekday(), real.timetuple().tm_yday
    if nth is None:
        real = _date(year, month, day)
        nth = real.toordinal() - _date(year, 1, 1).toordinal() + 1
    else:
        real = _date.fromordinal(nth - 1 + _date(year, 1, 1).toordinal())
        shown, month, day = real.year, real.month, real.day
    return shown, month, day, real.weekday() if weekday is None else weekday, nth


def _parse(text, format):
    """What text says: the fields of a struct_time up to tm_isdst, microseconds, tm_zone, (offset in seconds, its microseconds) or None."""
    for number, value in enumerate((text, format)):
        if not isinstance(value, str):
            raise TypeError(f"strptime() argument {number} must be str, not {type(value)}")
    match = _compile(format)
    whole = match(text)
    if not whole:
        raise ValueError(f"time data {text!r} does not match format {format!r}")
    if len(text) != whole.end():
        raise ValueError(f"unconverted data remains: {text[whole.end():]}")
    found = whole.groupdict()
    _check_iso(found)
    micros = int(found["f"].ljust(6, "0")) if "f" in found else 0
    offset = _offset(found["z"]) if "z" in found else None
    zone = found.get("Z")
    isdst = _summer(zone.lower()) if zone else -1
    year, month, day, weekday, nth = _complete(found)
    fields = (year, month, day, _hour(found), int(found.get("M", 0)), int(found.get("S", 0)), weekday, nth, isdst)
    return fields, micros, zone, offset


def _strptime_time(data_string, format="%a %b %d %H:%M:%S %Y"):
    """What time.strptime() gives."""
    fields, _, zone, offset = _parse(data_string, format)
    return time.struct_time(fields + (zone, offset and offset[0]))


def _strptime_datetime(cls, data_string, format="%a %b %d %H:%M:%S %Y"):
    """What cls.strptime() gives, cls being datetime or a subclass."""
    fields, micros, zone, offset = _parse(data_string, format)
    if offset is None:
        return cls(*fields[:6], micros)
    delta = _timedelta(seconds=offset[0], microseconds=offset[1])
    return cls(*fields[:6], micros, _timezone(delta, zone) if zone else _timezone(delta))
