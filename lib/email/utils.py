"""Dates, addresses and identifiers of messages (RFC 5322)."""

import datetime
import re
import time

__all__ = ["formataddr", "formatdate", "format_datetime", "localtime", "make_msgid", "mktime_tz", "parseaddr", "parsedate", "parsedate_tz",
           "parsedate_to_datetime", "quote", "unquote"]

_DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_ZONES = {"UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "EST": -500, "EDT": -400, "CST": -600, "CDT": -500, "MST": -700, "MDT": -600, "PST": -800,
          "PDT": -700, "AST": -400, "ADT": -300}
_DATE = re.compile(r"\s*(?:[a-z]+,?\s+)?(?:(\d{1,2})[\s-]+([a-z]{3,})\.?,?[\s-]+(\d{2,4})|([a-z]{3,})\.?\s+(\d{1,2}))[,\s]\s*"
                   r"(\d{1,2})[:.](\d{1,2})(?:[:.](\d{1,2})(?:\.\d+)?)?(?:\s+(\d{4})(?=\s|$))?\s*([+-]\d{2}:?\d{2}|[a-z]+)?", re.I)


def quote(str):
    """str with backslashes before quotes and backslashes."""
    return str.replace("\\", "\\\\").replace('"', '\\"')


def unquote(str):
    """str without the quotes, or angle brackets, around it."""
    if len(str) > 1:
        if str.startswith('"') and str.endswith('"'):
            return str[1:-1].replace("\\\\", "\\").replace('\\"', '"')
        if str.startswith("<") and str.endswith(">"):
            return str[1:-1]
    return str


def _format(t, zone):
    return f"{_DAYS[t[6]]}, {t[2]:02d} {_MONTHS[t[1] - 1]} {t[0]:04d} {t[3]:02d}:{t[4]:02d}:{t[5]:02d} {zone}"


def formatdate(timeval=None, localtime=False, usegmt=False):
    """Seconds since 1970, or now, as 'Fri, 09 Nov 2001 01:08:47 -0000'; usegmt: with GMT at the end, as HTTP has it."""
    if timeval is None:
        timeval = time.time()
    moment = datetime.datetime.fromtimestamp(timeval, datetime.timezone.utc)
    if localtime:
        return format_datetime(moment.astimezone())
    return _format(moment.timetuple(), "GMT" if usegmt else "-0000")


def format_datetime(dt, usegmt=False):
    """A datetime in the form of formatdate()."""
    t = dt.timetuple()
    if usegmt:
        if dt.tzinfo is None or dt.tzinfo != datetime.timezone.utc:
            raise ValueError("usegmt option requires a UTC datetime")
        return _format(t, "GMT")
    return _format(t, "-0000" if dt.tzinfo is None else dt.strftime("%z"))


def localtime(dt=None):
    """A datetime, or now, in the zone of this place."""
    return datetime.datetime.now().astimezone() if dt is None else dt.astimezone()


def _parse(data):
    found = _DATE.match(data)
    if not found:
        return None
    day, month, year, other_month, other_day, hour, minute, second, late_year, zone = found.groups()
    month = (month or other_month)[:3].capitalize()
    year = year or late_year
    if month not in _MONTHS or year is None:
        return None
    number = int(year)
    if len(year) < 3:
        number += 1900 if number > 68 else 2000
    offset = None
    if zone and zone[0] in "+-":
        digits = zone[1:].replace(":", "")
        offset = (int(digits[:2]) * 3600 + int(digits[2:]) * 60) * (-1 if zone[0] == "-" else 1)
        if zone == "-0000":
            offset = None
    elif zone and zone.upper() in _ZONES:
        hours = _ZONES[zone.upper()]
        offset = (abs(hours) // 100 * 3600 + abs(hours) % 100 * 60) * (-1 if hours < 0 else 1)
    return number, _MONTHS.index(month) + 1, int(day or other_day), int(hour), int(minute), int(second or 0), 0, 1, -1, offset, zone


def parsedate_tz(data):
    """The ten numbers of a date, the last its distance from UTC in seconds; None if it is no date."""
    parsed = _parse(data) if data else None
    return parsed and parsed[:9] + (0 if parsed[9] is None else parsed[9],)


def parsedate(data):
    """The nine numbers of a date, as time.mktime takes them; None if it is no date."""
    parsed = _parse(data) if data else None
    return parsed and parsed[:9]


def mktime_tz(data):
    """Seconds since 1970 of what parsedate_tz() gives."""
    import calendar
    if data[9] is None:
        return time.mktime(data[:8] + (-1,))
    return calendar.timegm(data) - data[9]


def parsedate_to_datetime(data):
    """A date as a datetime: without zone if it ends with -0000. ValueError if it is no date."""
    parsed = _parse(data) if data else None
    if parsed is None:
        raise ValueError(f"Invalid date value or format {str(data)!r}")
    zone = None if parsed[10] is None or parsed[9] is None else datetime.timezone(datetime.timedelta(seconds=parsed[9]))
    return datetime.datetime(*parsed[:6], tzinfo=zone)


def parseaddr(addr, *, strict=True):
    """'Name <a@b>' as ('Name', 'a@b'); ('', '') if it cannot be understood."""
    text = str(addr).strip()
    found = re.fullmatch(r'("(?:[^"\\]|\\.)*"|[^<>"@]*)\s*<\s*([^<>\s]*)\s*>', text)
    if found:
        return unquote(found[1].strip()), found[2]
    found = re.fullmatch(r"([^\s<>()]+)\s*(?:\(([^()]*)\))?", text)
    return (found[2] or "", found[1]) if found else ("", "")


def formataddr(pair, charset="utf-8"):
    """('Name', 'a@b') as 'Name <a@b>'."""
    name, address = pair
    address.encode("ascii")
    if not name:
        return address
    try:
        name.encode("ascii")
    except UnicodeEncodeError:
        import base64
        return f"=?{charset}?b?{base64.b64encode(name.encode(str(charset))).decode()}?= <{address}>"
    quotes = '"' if re.search(r'[][\\()<>@,:;".]', name) else ""
    return f"{quotes}{quote(name) if quotes else name}{quotes} <{address}>"


def make_msgid(idstring=None, domain=None):
    """An identifier that no other message has."""
    import os
    import random
    if domain is None:
        import socket
        domain = socket.getfqdn()
    tail = "" if idstring is None else "." + idstring
    return f"<{int(time.time() * 100)}.{os.getpid()}.{random.getrandbits(64)}{tail}@{domain}>"
