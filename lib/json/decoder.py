"""JSON text to values. The work is done by _json; the functions py_scanstring, JSONObject and JSONArray are for where it is not there."""

import re

from . import scanner

try:
    from _json import scanstring as c_scanstring
except ImportError:
    c_scanstring = None

__all__ = ["JSONDecoder", "JSONDecodeError"]

FLAGS = re.VERBOSE | re.MULTILINE | re.DOTALL
NaN = float("nan")
PosInf = float("inf")
NegInf = float("-inf")
_CONSTANTS = {"-Infinity": NegInf, "Infinity": PosInf, "NaN": NaN}
STRINGCHUNK = re.compile(r'(.*?)(["\\\x00-\x1f])', FLAGS)
BACKSLASH = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
WHITESPACE_STR = " \t\n\r"
WHITESPACE = re.compile(r"[ \t\n\r]*", FLAGS)
_HEX4 = re.compile(r"[0-9A-Fa-f]{4}", FLAGS)


class JSONDecodeError(ValueError):
    """A text is not JSON. msg: why; doc: the text; pos: where, in characters; lineno and colno, from 1."""

    def __init__(self, msg, doc, pos):
        before = doc.rfind("\n", 0, pos)
        self.lineno = doc.count("\n", 0, pos) + 1
        self.colno = pos - before
        ValueError.__init__(self, f"{msg}: line {self.lineno} column {self.colno} (char {pos})")
        self.msg, self.doc, self.pos = msg, doc, pos

    def __reduce__(self):
        return self.__class__, (self.msg, self.doc, self.pos)


def _decode_uXXXX(s, pos, _m=_HEX4.match):
    """The number behind the u at pos of an escape."""
    digits = _m(s, pos + 1)
    if digits is None:
        raise JSONDecodeError("Invalid \\uXXXX escape", s, pos)
    return int(digits.group(), 16)


def _escaped(s, at, begin):
    """What the escape whose letter is s[at] means, and where it ends."""
    letter = s[at:at + 1]
    if not letter:
        raise JSONDecodeError("Unterminated string starting at", s, begin)
    if letter != "u":
        if letter not in BACKSLASH:
            raise JSONDecodeError(f"Invalid \\escape: {letter!r}", s, at)
        return BACKSLASH[letter], at + 1
    unit = _decode_uXXXX(s, at)
    at += 5
    if 0xD800 <= unit < 0xDC00 and s.startswith("\\u", at):
        low = _decode_uXXXX(s, at + 1)
        if 0xDC00 <= low < 0xE000:
            return chr(0x10000 + (unit - 0xD800) * 1024 + low - 0xDC00), at + 6
    return chr(unit), at


def py_scanstring(s, end, strict=True, _b=BACKSLASH, _m=STRINGCHUNK.match):
    """The string whose first character, behind the quote, is s[end]: (str, index behind its last quote)."""
    pieces = []
    begin = end - 1
    while True:
        piece = _m(s, end)
        if piece is None:
            raise JSONDecodeError("Unterminated string starting at", s, begin)
        end = piece.end()
        text, stop = piece.groups()
        pieces.append(text)
        if stop == '"':
            return "".join(pieces), end
        if stop == "\\":
            stop, end = _escaped(s, end, begin)
        elif strict:
            raise JSONDecodeError(f"Invalid control character {stop!r} at", s, end)
        pieces.append(stop)


scanstring = c_scanstring or py_scanstring


def _skip(s, at):
    return WHITESPACE.match(s, at).end()


def _more(s, at, close, what):
    """Behind an item: whether another one follows, and where it or what follows the closing bracket is."""
    at = _skip(s, at)
    found = s[at:at + 1]
    if found == close:
        return False, at + 1
    if found != ",":
        raise JSONDecodeError("Expecting ',' delimiter", s, at)
    comma, at = at, _skip(s, at + 1)
    if s[at:at + 1] == close:
        raise JSONDecodeError(f"Illegal trailing comma before end of {what}", s, comma)
    return True, at


def _item(s, at, scan_once):
    try:
        return scan_once(s, at)
    except StopIteration as stop:
        raise JSONDecodeError("Expecting value", s, stop.value) from None


def JSONObject(s_and_end, strict, scan_once, object_hook, object_pairs_hook, memo=None, _w=WHITESPACE.match, _ws=WHITESPACE_STR):
    """The object whose text begins behind the brace: (value, index behind the other one)."""
    s, at = s_and_end
    share = ({} if memo is None else memo).setdefault
    pairs = []
    at = _skip(s, at)
    more = s[at:at + 1] != "}"
    at += not more
    while more:
        if s[at:at + 1] != '"':
            raise JSONDecodeError("Expecting property name enclosed in double quotes", s, at)
        key, at = scanstring(s, at + 1, strict)
        at = _skip(s, at)
        if s[at:at + 1] != ":":
            raise JSONDecodeError("Expecting ':' delimiter", s, at)
        value, at = _item(s, _skip(s, at + 1), scan_once)
        pairs.append((share(key, key), value))
        more, at = _more(s, at, "}", "object")
    if object_pairs_hook is not None:
        return object_pairs_hook(pairs), at
    made = dict(pairs)
    return (made if object_hook is None else object_hook(made)), at


def JSONArray(s_and_end, scan_once, _w=WHITESPACE.match, _ws=WHITESPACE_STR):
    """The array whose text begins behind the bracket: (list, index behind the other one)."""
    s, at = s_and_end
    items = []
    at = _skip(s, at)
    more = s[at:at + 1] != "]"
    at += not more
    while more:
        value, at = _item(s, at, scan_once)
        items.append(value)
        more, at = _more(s, at, "]", "array")
    return items, at


class JSONDecoder:
    """Reads JSON: objects become dict, arrays list, strings str, numbers int or float, true, false and null True, False and None."""

    def __init__(self, *, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, strict=True, object_pairs_hook=None):
        """The hooks are those of json.loads. strict=False: strings may contain control characters."""
        self.object_hook, self.object_pairs_hook, self.strict = object_hook, object_pairs_hook, strict
        self.parse_float, self.parse_int = parse_float or float, parse_int or int
        self.parse_constant = parse_constant or _CONSTANTS.__getitem__
        self.parse_object, self.parse_array, self.parse_string = JSONObject, JSONArray, scanstring
        self.memo = {}
        self.scan_once = scanner.make_scanner(self) # of what stands above

    def decode(self, s, _w=WHITESPACE.match):
        """The value of a whole JSON text."""
        value, end = self.raw_decode(s, idx=_w(s, 0).end())
        if end != len(s):
            end = _w(s, end).end()
            if end != len(s):
                raise JSONDecodeError("Extra data", s, end)
        return value

    def raw_decode(self, s, idx=0):
        """The value whose JSON begins at idx, and the index behind it."""
        try:
            return self.scan_once(s, idx)
        except StopIteration as stop:
            raise JSONDecodeError("Expecting value", s, stop.value) from None
