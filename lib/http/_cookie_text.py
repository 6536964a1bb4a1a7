"""What cookies are written with: dates, words of headers, domains and paths of requests."""

import re
import time
from calendar import timegm
from urllib.parse import quote, urlsplit

DEFAULT_HTTP_PORT = "80"
_DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_SAFE_IN_PATH = "%/;:@&=+$,!~*'()"

# ---- Dates ----

_ZONE = r"([-+]?\d\d?:?(?:\d\d)?|Z|z)"
_STRICT = re.compile(r"[SMTWF][a-z][a-z], (\d\d) ([JFMASOND][a-z][a-z]) (\d{4}) (\d\d):(\d\d):(\d\d) GMT", re.ASCII)
_WEEKDAY = re.compile(r"(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat)[a-z]*,?\s*", re.I | re.ASCII)
_LOOSE = re.compile(r"(\d\d?)(?:\s+|[-/])(\w+)(?:\s+|[-/])(\d+)(?:(?:\s+|:)(\d\d?):(\d\d)(?::(\d\d))?)?\s*"
                    r"(?:([-+]?\d{2,4}|(?![APap][Mm]\b)[A-Za-z]+)\s*)?(?:\(\w+\)\s*)?", re.ASCII)
_ISO = re.compile(rf"(\d{{4}})[-/]?(\d\d?)[-/]?(\d\d?)(?:(?:\s+|[-:Tt])(\d\d?):?(\d\d)(?::?(\d\d(?:\.\d*)?))?)?\s*(?:{_ZONE}\s*)?", re.ASCII)


def time2isoz(t=None):
    """Seconds since 1970, or now, as '1994-11-24 08:49:37Z'."""
    return time.strftime("%Y-%m-%d %H:%M:%SZ", time.gmtime(t))


def time2netscape(t=None):
    """Seconds since 1970, or now, as 'Thu, 24-Nov-1994 08:49:37 GMT'."""
    at = time.gmtime(t)
    return f"{_DAYS[at.tm_wday]}, {at.tm_mday:02d}-{_MONTHS[at.tm_mon - 1]}-{at.tm_year:04d} {time.strftime('%H:%M:%S', at)} GMT"


def offset_from_tz_string(tz):
    """The seconds that a zone is before UTC; None if it is not known."""
    if tz in ("GMT", "UTC", "UT", "Z"):
        return 0
    found = re.fullmatch(r"([-+])?(\d\d?):?(\d\d)?", tz, re.ASCII)
    if not found:
        return None
    seconds = int(found[2]) * 3600 + int(found[3] or 0) * 60
    return -seconds if found[1] == "-" else seconds


def _full_year(year):
    """A year of two or three digits: the one that is less than 50 years away."""
    now = time.localtime().tm_year
    full = year + now - now % 100
    behind = now % 100 - year
    return full + (100 if behind > 50 else -100 if behind < -50 else 0)


def _seconds(day, month, year, hour, minute, second, zone):
    """Seconds since 1970 of a date in pieces of text; None if there is no such date."""
    name = month[:3].capitalize()
    if name in _MONTHS:
        month = _MONTHS.index(name) + 1
    elif month.isdigit() and 1 <= int(month) <= 12:
        month = int(month)
    else:
        return None
    year, day, hour, minute, second = int(year), int(day), int(hour or 0), int(minute or 0), int(float(second or 0))
    if year < 1000:
        year = _full_year(year)
    if not (1970 <= year <= 9999 and 1 <= day <= 31 and hour <= 24 and minute <= 59 and second <= 61):
        return None
    offset = offset_from_tz_string((zone or "UTC").upper())
    return None if offset is None else timegm((year, month, day, hour, minute, second)) - offset


def http2time(text):
    """Seconds since 1970 of a date as servers send it, in any of the usual forms; None if it is none."""
    if found := _STRICT.fullmatch(text):
        seconds = _seconds(*found.groups(), None)
        return seconds if seconds is None else float(seconds)
    text = text.lstrip()
    if weekday := _WEEKDAY.match(text):
        text = text[weekday.end():]
    found = _LOOSE.fullmatch(text)
    return found and _seconds(*found.groups())


def iso2time(text):
    """Seconds since 1970 of a date as '1994-02-03 14:15:29 -0100'; None if it is none."""
    found = _ISO.fullmatch(text.lstrip())
    if not found:
        return None
    year, month, day, *rest = found.groups()
    return _seconds(day, month, year, *rest)


# ---- Words of headers ----

_WORD = re.compile(r"\s*([^=\s;,]+)")
_QUOTED = re.compile(r'\s*=\s*"([^"\\]*(?:\\.[^"\\]*)*)"')
_PLAIN = re.compile(r"\s*=\s*([^\s;,]*)")
_JUNK = re.compile(r"[=\s;]*")
_ATTRIBUTES = ("expires", "domain", "path", "secure", "version", "port", "max-age")


def split_header_words(header_values):
    """'a=b; c, d="e"' as [[('a', 'b'), ('c', None)], [('d', 'e')]], for each of several values."""
    if isinstance(header_values, str):
        raise AssertionError("a list of values is expected")
    result = []
    for text in header_values:
        at, pairs = 0, []
        while at < len(text):
            if word := _WORD.match(text, at):
                at, value = word.end(), None
                if found := _QUOTED.match(text, at):
                    at, value = found.end(), re.sub(r"\\(.)", r"\1", found[1])
                elif found := _PLAIN.match(text, at):
                    at, value = found.end(), found[1].rstrip()
                pairs.append((word[1], value))
            elif comma := re.compile(r"\s*,").match(text, at):
                at = comma.end()
                if pairs:
                    result.append(pairs)
                pairs = []
            else:
                at = max(_JUNK.match(text, at).end(), at + 1)
        if pairs:
            result.append(pairs)
    return result


def join_header_words(lists):
    """The opposite of split_header_words(), as one str."""
    def word(name, value):
        if value is None:
            return name
        if not re.search(r"^\w+$", value):
            value = '"' + re.sub(r'(["\\])', r"\\\1", value) + '"'
        return f"{name}={value}"
    return ", ".join(["; ".join([word(*pair) for pair in pairs]) for pairs in lists if pairs])


def strip_quotes(text):
    """text without the quotes around it."""
    return text.removeprefix('"').removesuffix('"')


def parse_ns_headers(ns_headers):
    """The pairs of each Set-Cookie header as Netscape had them: quotes and commas mean nothing. version is added, expires in seconds."""
    result = []
    for header in ns_headers:
        pairs = []
        for i, part in enumerate(header.split(";")):
            name, equals, value = part.strip().partition("=")
            name, value = name.strip(), value.strip() if equals else None
            if not name:
                if i == 0:
                    break
                continue
            if i and name.lower() in _ATTRIBUTES:
                name = name.lower()
                if value is not None and name == "version":
                    value = strip_quotes(value)
                elif value is not None and name == "expires":
                    value = http2time(strip_quotes(value))
            pairs.append((name, value))
        if pairs:
            if not any(name == "version" for name, _ in pairs[1:]):
                pairs.append(("version", "0"))
            result.append(pairs)
    return result


# ---- Domains and paths ----

_IPV4 = re.compile(r"\.\d+$", re.ASCII)


def is_HDN(text):
    """Is it a host's domain name, and no number?"""
    return bool(text) and not _IPV4.search(text) and text[0] != "." and text[-1] != "."


def domain_match(A, B):
    """Does A match the domain B (RFC 2965 section 1)?"""
    A, B = A.lower(), B.lower()
    return A == B or is_HDN(A) and A.rfind(B) > 0 and B.startswith(".") and is_HDN(B[1:])


def user_domain_match(A, B):
    """Does A match the domain B, as users write it?"""
    A, B = A.lower(), B.lower()
    if _IPV4.search(A) or _IPV4.search(B):
        return A == B
    return A.endswith(B) if B.startswith(".") else A == B


def request_host(request):
    """The host of a request, in small letters and without port."""
    host = urlsplit(request.get_full_url()).netloc or request.get_header("Host", "")
    return re.sub(r":\d+$", "", host, count=1, flags=re.ASCII).lower()


def eff_request_host(request):
    """(host, host with .local if it has no dot)"""
    host = request_host(request)
    return host, host if "." in host else host + ".local"


def request_path(request):
    """The path of a request."""
    path = escape_path(urlsplit(request.get_full_url()).path)
    return path if path.startswith("/") else "/" + path


def request_port(request):
    """The port of a request as text; None if it is none."""
    _, colon, port = request.host.partition(":")
    if not colon:
        return DEFAULT_HTTP_PORT
    return port if port.isdigit() else None


def escape_path(path):
    """path with %XX where it needs them, in capitals."""
    return re.sub("%([0-9a-fA-F]{2})", lambda found: found[0].upper(), quote(path, _SAFE_IN_PATH))


def reach(h):
    """'a.b.c' as '.b.c', if that is a domain that hosts can share."""
    _, dot, rest = h.partition(".")
    return "." + rest if dot and is_HDN(h) and ("." in rest or rest == "local") else h


def is_third_party(request):
    """Is the request's host another one than the user asked?"""
    return not domain_match(request_host(request), reach(request.origin_req_host))
