"""JSON (RFC 8259): values as text and back."""

from _json import encode_basestring, encode_basestring_ascii, make_encoder, make_scanner

_CONSTANTS = {"-Infinity": -float("inf"), "Infinity": float("inf"), "NaN": float("nan")}


def __getattr__(name):
    if name != "JSONDecodeError":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r} on this device")
    from .decoder import JSONDecodeError
    return JSONDecodeError


def _refuse(value):
    raise TypeError(f"Object of type {value.__class__.__name__} is not JSON serializable")


def dumps(obj, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, indent=None, separators=None, default=None, sort_keys=False):
    """obj as text. indent: spaces of a level; separators: between items, and behind keys; default(value): what to write instead of others."""
    quote = encode_basestring_ascii if ensure_ascii else encode_basestring
    if isinstance(obj, str):
        return quote(obj)
    if isinstance(indent, int):
        indent = " " * indent
    item, key = separators or (", " if indent is None else ",", ": ")
    encode = make_encoder({} if check_circular else None, default or _refuse, quote, indent, key, item, sort_keys, skipkeys, allow_nan)
    return "".join(encode(obj, 0))


def dump(obj, fp, **options):
    """dumps() into a file."""
    fp.write(dumps(obj, **options))


class _Reading:
    """What a scanner asks: how values are made."""

    def __init__(self, parse_float=float, parse_int=int, parse_constant=_CONSTANTS.__getitem__, object_hook=None, object_pairs_hook=None, strict=True):
        self.parse_float, self.parse_int, self.parse_constant = parse_float, parse_int, parse_constant
        self.object_hook, self.object_pairs_hook, self.strict = object_hook, object_pairs_hook, strict


def loads(s, **options):
    """The value of a text, str or bytes in UTF-8. JSONDecodeError: it is none."""
    if not isinstance(s, str):
        s = bytes(s).decode()
    start = len(s) - len(s.lstrip(" \t\n\r"))
    try:
        value, end = make_scanner(_Reading(**options))(s, start)
    except StopIteration as stop:
        from .decoder import JSONDecodeError
        raise JSONDecodeError("Expecting value", s, stop.value) from None
    if rest := s[end:].lstrip(" \t\n\r"):
        from .decoder import JSONDecodeError
        raise JSONDecodeError("Extra data", s, len(s) - len(rest))
    return value


def load(fp, **options):
    """loads() of a file."""
    return loads(fp.read(), **options)
