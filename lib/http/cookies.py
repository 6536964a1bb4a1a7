"""Cookies of HTTP (RFC 2109, RFC 6265), as a server sees them: SimpleCookie reads the header Cookie and writes headers Set-Cookie."""

import re
import string
import types

__all__ = ["CookieError", "BaseCookie", "SimpleCookie"]

_LEGAL = string.ascii_letters + string.digits + "!#$%&'*+-.^_`|~:"
_is_legal_key = re.compile(f"[{re.escape(_LEGAL)}]+").fullmatch
# What stands in a quoted value as an escape: what nobody may take for the end of it, and what is not ASCII text.
_UNQUOTED = _LEGAL + " ()/<=>?@[]{}"
_ESCAPED = {code: f"\\{code:03o}" for code in range(256) if chr(code) not in _UNQUOTED} | {ord('"'): '\\"', ord("\\"): "\\\\"}
_unescape = re.compile(r"\\(?:([0-3][0-7][0-7])|(.))").sub

_PART = re.compile(r"""
    \s*
    (?P<key>[\w\d!#%&'~_`><@,:/\$\*\+\-\.\^\|\)\(\?\}\{\=]+?)
    (?:
        \s*=\s*
        (?P<value>"(?:[^\\"]|\\.)*"                          # in quotation marks
            |\w{3},\s[\w\d\s-]{9,11}\s[\d:]{8}\sGMT          # the date of `expires`, which has a comma in it
            |[\w\d!#%&'~_`><@,:/\$\*\+\-\.\^\|\)\(\?\}\{\=\[\]]*
        )
    )?
    \s*(?:\s+|;|$)
    """, re.ASCII | re.VERBOSE)


class CookieError(Exception):
    """A name or an attribute that no cookie may have."""


def _quote(text):
    """text, in quotation marks and with escapes if it needs them."""
    return text if text is None or _is_legal_key(text) else '"' + text.translate(_ESCAPED) + '"'


def _unquote(text):
    """What _quote was given."""
    if text is None or len(text) < 2 or text[0] != '"' or text[-1] != '"':
        return text
    return _unescape(lambda match: chr(int(match[1], 8)) if match[1] else match[2], text[1:-1])


def _date(seconds=0):
    """The time this many seconds from now, as HTTP has it."""
    from time import gmtime, time
    year, month, day, hour, minute, second, weekday, *_ = gmtime(time() + seconds)
    return (f"{'Mon Tue Wed Thu Fri Sat Sun'.split()[weekday]}, {day:02} {'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split()[month - 1]}"
            f" {year:4} {hour:02}:{minute:02}:{second:02} GMT")


class Morsel(dict):
    """One cookie: key, value, the value as sent (coded_value), and its attributes as the items of a dict, '' for what is not set."""

    _reserved = {"expires": "expires", "path": "Path", "comment": "Comment", "domain": "Domain", "max-age": "Max-Age", "secure": "Secure",
                 "httponly": "HttpOnly", "version": "Version", "samesite": "SameSite"}
    _flags = {"secure", "httponly"}

    def __init__(self):
        self._key = self._value = self._coded_value = None
        dict.update(self, dict.fromkeys(self._reserved, ""))

    key = property(lambda self: self._key)
    value = property(lambda self: self._value)
    coded_value = property(lambda self: self._coded_value)

    def _checked(self, name):
        name = name.lower()
        if name not in self._reserved:
            raise CookieError(f"Invalid attribute {name!r}")
        return name

    def __setitem__(self, name, value):
        dict.__setitem__(self, self._checked(name), value)

    def setdefault(self, name, value=None):
        """As dict.setdefault, for a known attribute."""
        return dict.setdefault(self, self._checked(name), value)

    def update(self, values):
        """As dict.update, for known attributes."""
        dict.update(self, {self._checked(name): value for name, value in dict(values).items()})

    def __eq__(self, other):
        if not isinstance(other, Morsel):
            return NotImplemented
        return dict.__eq__(self, other) and (self._value, self._key, self._coded_value) == (other._value, other._key, other._coded_value)

    __ne__ = object.__ne__

    def copy(self):
        """The same once more."""
        morsel = Morsel()
        dict.update(morsel, self)
        morsel.__dict__.update(self.__dict__)
        return morsel

    def isReservedKey(self, key):
        """Is it an attribute's name?"""
        return key.lower() in self._reserved

    def set(self, key, value, coded_value):
        """Name the cookie and give it its value."""
        if key.lower() in self._reserved:
            raise CookieError(f"Attempt to set a reserved key {key!r}")
        if not _is_legal_key(key):
            raise CookieError(f"Illegal key {key!r}")
        self._key, self._value, self._coded_value = key, value, coded_value

    def __getstate__(self):
        return {"key": self._key, "value": self._value, "coded_value": self._coded_value}

    def __setstate__(self, state):
        self._key, self._value, self._coded_value = state["key"], state["value"], state["coded_value"]

    def output(self, attrs=None, header="Set-Cookie:"):
        """The header."""
        return f"{header} {self.OutputString(attrs)}"

    __str__ = output

    def __repr__(self):
        return f"<{self.__class__.__name__}: {self.OutputString()}>"

    def js_output(self, attrs=None):
        """JavaScript, in HTML, that sets the cookie."""
        text = self.OutputString(attrs).replace('"', '\\"')
        return ('\n        <script type="text/javascript">\n        <!-- begin hiding\n'
                f'        document.cookie = "{text}";\n        // end hiding -->\n        </script>\n        ')

    def OutputString(self, attrs=None):
        """What stands in the header; of the attributes those in attrs."""
        parts = [f"{self._key}={self._coded_value}"]
        for name, value in sorted(self.items()):
            if value == "" or attrs is not None and name not in attrs:
                continue
            shown = self._reserved[name]
            if name == "expires" and isinstance(value, int):
                parts.append(f"{shown}={_date(value)}")
            elif name == "max-age" and isinstance(value, int):
                parts.append(f"{shown}={value:d}")
            elif name == "comment" and isinstance(value, str):
                parts.append(f"{shown}={_quote(value)}")
            elif name not in self._flags:
                parts.append(f"{shown}={value}")
            elif value:
                parts.append(shown)
        return "; ".join(parts)

    __class_getitem__ = classmethod(types.GenericAlias)


class BaseCookie(dict):
    """Cookies by name, as Morsels. value_decode and value_encode say how a value is written."""

    def __init__(self, input=None):
        if input:
            self.load(input)

    def value_decode(self, val):
        """The value, and how it was written."""
        return val, val

    def value_encode(self, val):
        """The value as text, and how it is to be written."""
        text = str(val)
        return text, text

    def _put(self, key, value, coded_value):
        morsel = self.get(key, Morsel())
        morsel.set(key, value, coded_value)
        dict.__setitem__(self, key, morsel)

    def __setitem__(self, key, value):
        if isinstance(value, Morsel): # from a pickle
            dict.__setitem__(self, key, value)
        else:
            self._put(key, *self.value_encode(value))

    def output(self, attrs=None, header="Set-Cookie:", sep="\015\012"):
        """The headers."""
        return sep.join(morsel.output(attrs, header) for _, morsel in sorted(self.items()))

    __str__ = output

    def __repr__(self):
        pairs = [f"{key}={morsel.value!r}" for key, morsel in sorted(self.items())]
        return f"<{self.__class__.__name__}: {' '.join(pairs)}>"

    def js_output(self, attrs=None):
        """JavaScript, in HTML, that sets the cookies."""
        return "".join(morsel.js_output(attrs) for _, morsel in sorted(self.items()))

    def load(self, rawdata):
        """The cookies of a header Cookie, or of a dict. Of a header that is wrong anywhere, none."""
        if isinstance(rawdata, str):
            for key, attributes, values in self._parse(rawdata):
                self._put(key, *values)
                for name, value in attributes:
                    self[key][name] = value
            return
        for key, value in rawdata.items():
            self[key] = value

    def _parse(self, text):
        """(name, attributes, (value, coded value)) of each cookie; [] if something in text is none."""
        found, at = [], 0
        while 0 <= at < len(text):
            match = _PART.match(text, at)
            if match is None:
                break
            key, value, at = match["key"], match["value"], match.end()
            name = key.lower()
            if key.startswith("$"):
                if found: # before the first cookie, it is about the header itself
                    found[-1][1].append((key[1:], _unquote(value) if value is not None else ""))
                    if name[1:] not in Morsel._reserved:
                        return []
            elif name in Morsel._reserved:
                if not found:
                    return []
                if value is None:
                    if name not in Morsel._flags:
                        return []
                    found[-1][1].append((key, True))
                else:
                    found[-1][1].append((key, _unquote(value)))
            elif value is not None:
                found.append((key, [], self.value_decode(value)))
            else:
                return []
        return found


class SimpleCookie(BaseCookie):
    """Cookies whose values are text, quoted where that is needed."""

    def value_decode(self, val):
        return _unquote(val), val

    def value_encode(self, val):
        text = str(val)
        return text, _quote(text)
