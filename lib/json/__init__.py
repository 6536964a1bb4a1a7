"""JSON (RFC 8259, ECMA-404): dump and dumps write values as text, load and loads read them.

NaN, Infinity and -Infinity, which JSON does not have, are written and read unless one asks otherwise."""

__version__ = "2.0.9"
__all__ = ["dump", "dumps", "load", "loads", "JSONDecoder", "JSONDecodeError", "JSONEncoder"]

from .decoder import JSONDecoder, JSONDecodeError
from .encoder import JSONEncoder

_default_encoder = JSONEncoder(skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, indent=None, separators=None,
                               default=None)
_default_decoder = JSONDecoder(object_hook=None, object_pairs_hook=None)


def _encoder(skipkeys, ensure_ascii, check_circular, allow_nan, cls, indent, separators, default, sort_keys, kw):
    if (cls is None and indent is None and separators is None and default is None and ensure_ascii and check_circular and allow_nan
            and not skipkeys and not sort_keys and not kw):
        return _default_encoder
    return (cls or JSONEncoder)(skipkeys=skipkeys, ensure_ascii=ensure_ascii, check_circular=check_circular, allow_nan=allow_nan,
                                indent=indent, separators=separators, default=default, sort_keys=sort_keys, **kw)


def dump(obj, fp, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, cls=None, indent=None, separators=None,
         default=None, sort_keys=False, **kw):
    """Write obj as JSON to fp, whose write takes str; arguments as for dumps."""
    write = fp.write
    for piece in _encoder(skipkeys, ensure_ascii, check_circular, allow_nan, cls, indent, separators, default, sort_keys, kw).iterencode(obj):
        write(piece)


def dumps(obj, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, cls=None, indent=None, separators=None,
          default=None, sort_keys=False, **kw):
    """obj as a JSON text.

    skipkeys: leave out keys that are not str, int, float, bool or None, instead of TypeError. ensure_ascii: escape all beyond ASCII.
    check_circular: ValueError for a container that contains itself; without it RecursionError. allow_nan=False: ValueError for NaN and
    infinities. indent: spaces, or a str, per level; None: one line. separators: (between items, behind keys). default(obj): called
    with what JSON does not have; returns what to write instead, or raises TypeError. cls: a subclass of JSONEncoder.
    """
    return _encoder(skipkeys, ensure_ascii, check_circular, allow_nan, cls, indent, separators, default, sort_keys, kw).encode(obj)


def detect_encoding(b):
    """The UTF that the bytes of a JSON text are in: by a byte order mark, or by where its first bytes are zero."""
    if b.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "utf-32"
    if b.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if len(b) >= 4:
        if not b[0]: # 00 00 -- --: utf-32-be, 00 XX: utf-16-be
            return "utf-16-be" if b[1] else "utf-32-be"
        if not b[1]: # XX 00 00 00: utf-32-le, XX 00 00 XX or XX 00 XX: utf-16-le
            return "utf-16-le" if b[2] or b[3] else "utf-32-le"
    elif len(b) == 2:
        if not b[0]:
            return "utf-16-be"
        if not b[1]:
            return "utf-16-le"
    return "utf-8"


def load(fp, *, cls=None, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, object_pairs_hook=None, **kw):
    """The value of the JSON text that fp.read() gives; arguments as for loads."""
    return loads(fp.read(), cls=cls, object_hook=object_hook, parse_float=parse_float, parse_int=parse_int,
                 parse_constant=parse_constant, object_pairs_hook=object_pairs_hook, **kw)


def loads(s, *, cls=None, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, object_pairs_hook=None, **kw):
    """The value of a JSON text: str, or bytes or bytearray in UTF-8, UTF-16 or UTF-32.

    object_hook(dict) is called for each object, object_pairs_hook(list of pairs) too and before it; what they return is used instead.
    parse_float and parse_int get the text of each number, parse_constant gets NaN, Infinity or -Infinity. JSONDecodeError: s is not JSON.
    """
    if isinstance(s, str):
        if s.startswith("\ufeff"):
            raise JSONDecodeError("Unexpected UTF-8 BOM (decode using utf-8-sig)", s, 0)
    elif isinstance(s, (bytes, bytearray)):
        s = s.decode(detect_encoding(s), "surrogatepass")
    else:
        raise TypeError(f"the JSON object must be str, bytes or bytearray, not {s.__class__.__name__}")
    if (cls is None and object_hook is None and parse_int is None and parse_float is None and parse_constant is None
            and object_pairs_hook is None and not kw):
        return _default_decoder.decode(s)
    hooks = {"object_hook": object_hook, "object_pairs_hook": object_pairs_hook, "parse_float": parse_float, "parse_int": parse_int,
             "parse_constant": parse_constant}
    kw.update((name, hook) for name, hook in hooks.items() if hook is not None)
    return (cls or JSONDecoder)(**kw).decode(s)
