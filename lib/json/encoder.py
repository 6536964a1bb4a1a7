"""Values to JSON text. In one piece by _json; piece by piece, for iterencode, here."""

import re

try:
    from _json import encode_basestring_ascii as c_encode_basestring_ascii
except ImportError:
    c_encode_basestring_ascii = None
try:
    from _json import encode_basestring as c_encode_basestring
except ImportError:
    c_encode_basestring = None
try:
    from _json import make_encoder as c_make_encoder
except ImportError:
    c_make_encoder = None

ESCAPE = re.compile(r'[\x00-\x1f\\"\b\f\n\r\t]')
ESCAPE_ASCII = re.compile(r'([\\"]|[^\ -~])')
HAS_UTF8 = re.compile(rb"[\x80-\xff]")
ESCAPE_DCT = {chr(i): f"\\u{i:04x}" for i in range(32)}
ESCAPE_DCT.update({"\\": "\\\\", '"': '\\"', "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"})
INFINITY = float("inf")


def py_encode_basestring(s):
    """s as a JSON string."""
    return '"' + ESCAPE.sub(lambda found: ESCAPE_DCT[found.group()], s) + '"'


def _escape_ascii(found):
    c = found.group()
    if c in ESCAPE_DCT:
        return ESCAPE_DCT[c]
    n = ord(c)
    if n < 0x10000:
        return f"\\u{n:04x}"
    n -= 0x10000
    return f"\\u{0xd800 | n >> 10:04x}\\u{0xdc00 | n & 0x3ff:04x}"


def py_encode_basestring_ascii(s):
    """s as a JSON string in ASCII."""
    return '"' + ESCAPE_ASCII.sub(_escape_ascii, s) + '"'


encode_basestring = c_encode_basestring or py_encode_basestring
encode_basestring_ascii = c_encode_basestring_ascii or py_encode_basestring_ascii


class JSONEncoder:
    """Writes JSON: of dict, list and tuple, str, int and float (and enums of these), True, False and None.

    A subclass that writes more has a method default(o), which returns something of these for others, or calls super().default(o)."""

    item_separator = ", "
    key_separator = ": "

    def __init__(self, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, sort_keys=False, indent=None,
                 separators=None, default=None):
        """The arguments are those of json.dumps."""
        self.skipkeys = skipkeys
        self.ensure_ascii = ensure_ascii
        self.check_circular = check_circular
        self.allow_nan = allow_nan
        self.sort_keys = sort_keys
        self.indent = indent
        if separators is not None:
            self.item_separator, self.key_separator = separators
        elif indent is not None:
            self.item_separator = ","
        if default is not None:
            self.default = default

    def default(self, o):
        """What to write instead of o; here TypeError."""
        raise TypeError(f"Object of type {o.__class__.__name__} is not JSON serializable")

    def encode(self, o):
        """o as a JSON text."""
        if isinstance(o, str):
            return (encode_basestring_ascii if self.ensure_ascii else encode_basestring)(o)
        pieces = self.iterencode(o, _one_shot=True)
        if not isinstance(pieces, (list, tuple)):
            pieces = list(pieces)
        return "".join(pieces)

    def iterencode(self, o, _one_shot=False):
        """An iterator over the pieces of the JSON text of o."""
        markers = {} if self.check_circular else None
        quote = encode_basestring_ascii if self.ensure_ascii else encode_basestring
        if _one_shot and c_make_encoder is not None:
            indent = self.indent
            if indent is not None and not isinstance(indent, str):
                indent = " " * indent
            encode = c_make_encoder(markers, self.default, quote, indent, self.key_separator, self.item_separator, self.sort_keys,
                                    self.skipkeys, self.allow_nan)
        else:
            allow_nan = self.allow_nan
            encode = _make_iterencode(markers, self.default, quote, self.indent, lambda f: _float_text(f, allow_nan), self.key_separator,
                                      self.item_separator, self.sort_keys, self.skipkeys, _one_shot)
        return encode(o, 0)


def _float_text(f, allow_nan=True):
    if f - f == 0:
        return float.__repr__(f)
    if not allow_nan:
        raise ValueError("Out of range float values are not JSON compliant: " + float.__repr__(f))
    return "NaN" if f != f else "Infinity" if f > 0 else "-Infinity"


def _make_iterencode(markers, _default, _encoder, _indent, _floatstr, _key_separator, _item_separator, _sort_keys, _skipkeys, _one_shot,
                     ValueError=ValueError, dict=dict, float=float, id=id, int=int, isinstance=isinstance, list=list, str=str, tuple=tuple,
                     _intstr=int.__repr__):
    """The generator function (value, level) of the pieces of a JSON text."""
    if _indent is not None and not isinstance(_indent, str):
        _indent = " " * _indent

    def simple(o):
        """The text of what is not a container; None of others."""
        if isinstance(o, str):
            return _encoder(o)
        if o is None:
            return "null"
        if o is True:
            return "true"
        if o is False:
            return "false"
        if isinstance(o, int):
            return _intstr(o)
        return _floatstr(o) if isinstance(o, float) else None

    def key_of(key):
        """The text of a key, still to be quoted; None: to be left out."""
        if isinstance(key, str):
            return key
        text = simple(key)
        if text is None and not _skipkeys:
            raise TypeError(f"keys must be str, int, float, bool or None, not {key.__class__.__name__}")
        return text

    def enter(o):
        if markers is not None:
            if id(o) in markers:
                raise ValueError("Circular reference detected")
            markers[id(o)] = o

    def leave(o):
        if markers is not None:
            markers.pop(id(o), None)

    def line(level):
        return "" if _indent is None else "\n" + _indent * level

    def sequence(o, level):
        before, between = "[" + line(level + 1), _item_separator + line(level + 1)
        for value in o:
            text = simple(value)
            if text is not None:
                yield before + text
            else:
                yield before
                yield from pieces(value, level + 1)
            before = between
        if _indent is not None:
            yield line(level)
        yield "]"

    def mapping(o, level):
        first, between = True, _item_separator + line(level + 1)
        yield "{"
        if _indent is not None:
            yield line(level + 1)
        for key, value in sorted(o.items()) if _sort_keys else o.items():
            key = key_of(key)
            if key is None:
                continue
            if not first:
                yield between
            first = False
            yield _encoder(key)
            yield _key_separator
            text = simple(value)
            if text is not None:
                yield text
            else:
                yield from pieces(value, level + 1)
        if _indent is not None:
            yield line(level)
        yield "}"

    def pieces(o, level):
        text = simple(o)
        if text is not None:
            yield text
        elif isinstance(o, (list, tuple)) and not o:
            yield "[]"
        elif isinstance(o, dict) and not o:
            yield "{}"
        else:
            enter(o)
            if isinstance(o, (list, tuple)):
                yield from sequence(o, level)
            elif isinstance(o, dict):
                yield from mapping(o, level)
            else:
                yield from pieces(_default(o), level)
            leave(o)

    return pieces
