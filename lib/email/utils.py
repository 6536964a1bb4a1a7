"""Dates, addresses and identifiers of messages (RFC 5322)."""

import re
import time

from email._parameter import (collapse_rfc2231_value, decode_params, decode_rfc2231, encode_rfc2231, has_surrogates, quote, unquote)

__all__ = ["collapse_rfc2231_value", "decode_params", "decode_rfc2231", "encode_rfc2231", "formataddr", "formatdate", "format_datetime",
           "getaddresses", "localtime", "make_msgid", "mktime_tz", "parseaddr", "parsedate", "parsedate_tz",
           "parsedate_to_datetime", "quote", "unquote"]

_SPECIAL = re.compile(r'[][\\()<>@,:;".]')
_ESCAPED = re.compile(r'[\\"]')
_DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_ZONES = {"UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "EST": -500, "EDT": -400, "CST": -600, "CDT": -500, "MST": -700, "MDT": -600, "PST": -800,
          "PDT": -700, "AST": -400, "ADT": -300}
_DATE = re.compile(r"\s*(?:[a-z]+(?:,\s*|\s+))?(?:(\d{1,2})[\s-]+([a-z]{3,})\.?,?[\s-]+(\d{2,4})|([a-z]{3,})\.?\s+(\d{1,2})(?:,\s+(\d{4}))?)[,\s]\s*"
                   r"(\d{1,2})[:.](\d{1,2})(?:[:.](\d{1,2}))?(?![\d:.])(?:\s+(\d{4})(?=\s|$))?\s*([+-]\d{2}:?\d{2}|[a-z]+)?", re.I)


def _has_surrogates(s):
    return has_surrogates(s)


def _sanitize(string):
    """string, with U+FFFD for what could not be decoded."""
    return string.encode("utf-8", "surrogateescape").decode("utf-8", "replace") if has_surrogates(string) else string


def _format(t, zone):
    return f"{_DAYS[t[6]]}, {t[2]:02d} {_MONTHS[t[1] - 1]} {t[0]:04d} {t[3]:02d}:{t[4]:02d}:{t[5]:02d} {zone}"


def formatdate(timeval=None, localtime=False, usegmt=False):
    """Seconds since 1970, or now, as 'Fri, 09 Nov 2001 01:08:47 -0000'; usegmt: with GMT at the end, as HTTP has it."""
    import datetime
    if timeval is None:
        timeval = time.time()
    moment = datetime.datetime.fromtimestamp(timeval, datetime.timezone.utc)
    if localtime:
        return format_datetime(moment.astimezone())
    return _format(moment.timetuple(), "GMT" if usegmt else "-0000")


def format_datetime(dt, usegmt=False):
    """A datetime in the form of formatdate()."""
    import datetime
    t = dt.timetuple()
    if usegmt:
        if dt.tzinfo is None or dt.tzinfo != datetime.timezone.utc:
            raise ValueError("usegmt option requires a UTC datetime")
        return _format(t, "GMT")
    return _format(t, "-0000" if dt.tzinfo is None else dt.strftime("%z"))


def localtime(dt=None, isdst=None):
    """A datetime, or now, in the zone of this place. isdst is not used any more."""
    import datetime
    if isdst is not None:
        import warnings
        warnings._deprecated("The 'isdst' parameter to 'localtime'", message="{name} is deprecated and slated for removal in Python {remove}",
                             remove=(3, 14))
    return datetime.datetime.now().astimezone() if dt is None else dt.astimezone()


def _parse(data):
    found = _DATE.match(data)
    if not found:
        return None
    day, month, year, other_month, other_day, other_year, hour, minute, second, late_year, zone = found.groups()
    month = (month or other_month)[:3].capitalize()
    year = year or other_year or late_year
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
    import datetime
    parsed = _parse(data) if data else None
    if parsed is None:
        raise ValueError(f'Invalid date value or format "{data}"')
    zone = None if parsed[10] is None or parsed[9] is None else datetime.timezone(datetime.timedelta(seconds=parsed[9]))
    return datetime.datetime(*parsed[:6], tzinfo=zone)


# ---- Addresses ----

supports_strict_parsing = True


_ESCAPES = re.compile(r"\\.|.", re.S)
_REAL_NAME = re.compile(r'((?:\\.|[^"])*+)"(?:\\.|[^"])*+"', re.S)


def _iter_escaped_chars(addr):
    """(place, character) of all characters; a quoted one comes with its backslash, at its own place."""
    for found in _ESCAPES.finditer(addr):
        yield found.end() - 1, found[0]


def _strip_quoted_realnames(addr):
    """addr without what stands in quotes."""
    return _REAL_NAME.sub(r"\1", addr)


def _check_parenthesis(addr):
    """Are the parentheses outside of quotes in pairs?"""
    depth = 0
    for _, c in _iter_escaped_chars(_strip_quoted_realnames(addr)):
        depth += (c == "(") - (c == ")")
        if depth < 0:
            return False
    return not depth


def _addresses(field, strict):
    from email._address_list import AddressReader
    if strict and not _check_parenthesis(field):
        return [("", "")]
    found = AddressReader(field).addresses()
    return [("", "") if "[" in pair[1] else pair for pair in found] if strict else found


def getaddresses(fieldvalues, *, strict=True):
    """The addresses of several fields as pairs (name, address). strict: [('', '')] if there are more or fewer than the commas say."""
    values = [str(value) for value in fieldvalues]
    if not strict:
        return _addresses(", ".join(values), False)
    values = [value if _check_parenthesis(value) else "('', '')" for value in values]
    found = _addresses(", ".join(values), True)
    wanted = sum(1 + _strip_quoted_realnames(value).count(",") for value in values)
    return found if len(found) == wanted else [("", "")]


def parseaddr(addr, *, strict=True):
    """'Name <a@b>' as ('Name', 'a@b'); ('', '') if it cannot be understood, and with strict, if there are several."""
    if not strict:
        return (_addresses(addr, False) or [("", "")])[0]
    if isinstance(addr, list):
        addr = addr[0]
    if not isinstance(addr, str):
        return "", ""
    found = _addresses(addr if _check_parenthesis(addr) else "('', '')", True)
    return found[0] if len(found) == 1 else ("", "")


def formataddr(pair, charset="utf-8"):
    """('Name', 'a@b') as 'Name <a@b>'; a name that is not ASCII as encoded words."""
    name, address = pair
    address.encode("ascii")
    if not name:
        return address
    if not name.isascii():
        if isinstance(charset, str):
            from email.charset import Charset
            charset = Charset(charset)
        return f"{charset.header_encode(name)} <{address}>"
    quotes = '"' if _SPECIAL.search(name) else ""
    return f"{quotes}{_ESCAPED.sub(r'\\\g<0>', name)}{quotes} <{address}>"


def make_msgid(idstring=None, domain=None):
    """An identifier that no other message has."""
    import os
    import random
    if domain is None:
        import socket
        domain = socket.getfqdn()
    tail = "" if idstring is None else "." + idstring
    return f"<{int(time.time() * 100)}.{os.getpid()}.{random.getrandbits(64)}{tail}@{domain}>"
