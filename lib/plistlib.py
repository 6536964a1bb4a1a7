"""Property lists: Apple's files of dicts, lists, texts, numbers, dates and bytes, as XML or binary."""

import enum

__all__ = ["InvalidFileException", "FMT_XML", "FMT_BINARY", "load", "dump", "loads", "dumps", "UID"]


class InvalidFileException(ValueError):
    """It is no property list, or a damaged one."""

    def __init__(self, message="Invalid file"):
        ValueError.__init__(self, message)


class UID:
    """A number that refers to an object, in what NSKeyedArchiver writes."""

    def __init__(self, data):
        if not isinstance(data, int):
            raise TypeError("data must be an int")
        if data >= 1 << 64:
            raise ValueError("UIDs cannot be >= 2**64")
        if data < 0:
            raise ValueError("UIDs must be positive")
        self.data = data

    def __index__(self):
        return self.data

    def __repr__(self):
        return f"{type(self).__name__}({self.data!r})"

    def __reduce__(self):
        return type(self), (self.data,)

    def __eq__(self, other):
        return self.data == other.data if isinstance(other, UID) else NotImplemented

    def __hash__(self):
        return hash(self.data)


class PlistFormat(enum.Enum):
    FMT_XML = 1
    FMT_BINARY = 2


FMT_XML, FMT_BINARY = PlistFormat.FMT_XML, PlistFormat.FMT_BINARY

_MARKS = [b"<?xml", b"<plist"]  # what XML can begin with, in several encodings
_BOMS = [(b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\0\0", "utf-32-le"), (b"\0\0\xfe\xff", "utf-32-be"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")]


def _format_of(data):
    if data[:8] == b"bplist00":
        return FMT_BINARY
    if data.startswith(tuple(_MARKS)) or any(data.startswith(bom + mark.decode().encode(encoding)) for bom, encoding in _BOMS for mark in _MARKS):
        return FMT_XML
    raise InvalidFileException()


def load(fp, *, fmt=None, dict_type=dict, aware_datetime=False):
    """What a binary file has; fmt: FMT_XML, FMT_BINARY or None, what it looks like. aware_datetime: dates are in UTC."""
    data = fp.read()
    if fmt is None:
        fmt = _format_of(data[:32])
    if fmt not in PlistFormat:
        raise ValueError(f"Unsupported format: {fmt!r}")
    if fmt is FMT_XML:
        from _plist_xml import read
    else:
        from _plist_binary import read
    return read(data, dict_type, aware_datetime)


def loads(value, *, fmt=None, dict_type=dict, aware_datetime=False):
    """load() of bytes, or of text, which is XML."""
    from io import BytesIO
    if isinstance(value, str):
        if fmt == FMT_BINARY:
            raise TypeError("value must be bytes-like object when fmt is FMT_BINARY")
        value = value.encode()
    return load(BytesIO(value), fmt=fmt, dict_type=dict_type, aware_datetime=aware_datetime)


def dump(value, fp, *, fmt=FMT_XML, sort_keys=True, skipkeys=False, aware_datetime=False):
    """Write a value to a binary file. skipkeys: keys that are no text are left out, and no TypeError."""
    if fmt not in PlistFormat:
        raise ValueError(f"Unsupported format: {fmt!r}")
    if fmt is FMT_XML:
        from _plist_xml import write
    else:
        from _plist_binary import write
    write(value, fp, sort_keys, skipkeys, aware_datetime)


def dumps(value, *, fmt=FMT_XML, skipkeys=False, sort_keys=True, aware_datetime=False):
    """dump() as bytes."""
    from io import BytesIO
    file = BytesIO()
    dump(value, file, fmt=fmt, skipkeys=skipkeys, sort_keys=sort_keys, aware_datetime=aware_datetime)
    return file.getvalue()


def _items(mapping, sort_keys, skipkeys):
    """The items of a dict, for both formats."""
    for key, value in sorted(mapping.items()) if sort_keys else mapping.items():
        if isinstance(key, str):
            yield key, value
        elif not skipkeys:
            raise TypeError("keys must be strings")
