"""Binary property lists: "bplist00", objects one after the other, a table of where each begins, and a trailer of 32 bytes.

An object begins with a byte: its kind, and a size below 15, or 15 where an integer object follows that says it."""

import datetime
import struct

from plistlib import InvalidFileException, UID, _items

_EPOCH = datetime.datetime(2001, 1, 1)
_FLOATS = {2: ">f", 3: ">d"}


# ---- Reading ----

class _Reader:
    def __init__(self, data, dict_type, aware):
        self.data, self.dict_type, self.aware = data, dict_type, aware

    def whole(self):
        if len(self.data) < 40:
            raise InvalidFileException()
        offset_size, self.ref_size, count, top, table = struct.unpack(">6xBBQQQ", self.data[-32:])
        if not offset_size or not self.ref_size or table + count * offset_size > len(self.data) - 32 or top >= count:
            raise InvalidFileException()
        self.offsets = self.numbers(table, count, offset_size)
        self.objects = [_MISSING] * count
        self.active = set()
        return self.object(top)

    def take(self, at, size):
        part = self.data[at:at + size]
        if len(part) != size or at < 0:
            raise InvalidFileException()
        return part

    def numbers(self, at, count, size):
        part = self.take(at, count * size)
        return [int.from_bytes(part[i:i + size]) for i in range(0, count * size, size)]

    def size(self, at, low):
        """(a size, where what it is the size of begins)"""
        if low != 15:
            return low, at
        size = 1 << (self.take(at, 1)[0] & 3)
        return int.from_bytes(self.take(at + 1, size)), at + 1 + size

    def object(self, number):
        if number >= len(self.objects):
            raise InvalidFileException()
        if self.objects[number] is not _MISSING:
            return self.objects[number]
        at = self.offsets[number]
        token = self.take(at, 1)[0]
        value = self.several(number, token, at + 1) if token >> 4 in (10, 13) else self.scalar(token, at + 1)
        self.objects[number] = value
        return value

    def several(self, number, token, at):
        count, at = self.size(at, token & 15)
        if token >> 4 != 13:
            value = self.objects[number] = []
            for ref in self.numbers(at, count, self.ref_size):
                value.append(self.object(ref))
            return value
        refs = self.numbers(at, 2 * count, self.ref_size)
        value = self.objects[number] = self.dict_type()
        for key, item in zip(refs[:count], refs[count:]):
            try:
                value[self.object(key)] = self.object(item)
            except TypeError:
                raise InvalidFileException() from None
        return value

    def scalar(self, token, at):
        kind, low = token >> 4, token & 15
        if kind == 0 and low in (0, 8, 9, 15):
            return {0: None, 8: False, 9: True, 15: b""}[low]
        if kind == 1:
            return int.from_bytes(self.take(at, 1 << low), signed=low >= 3)
        if kind == 2 and low in _FLOATS:
            return struct.unpack(_FLOATS[low], self.take(at, 1 << low))[0]
        if token == 0x33:
            seconds = struct.unpack(">d", self.take(at, 8))[0]
            epoch = _EPOCH.replace(tzinfo=datetime.UTC) if self.aware else _EPOCH
            return epoch + datetime.timedelta(seconds=seconds)
        if kind == 8:
            return UID(int.from_bytes(self.take(at, 1 + low)))
        size, at = self.size(at, low)
        if kind == 4:
            return self.take(at, size)
        if kind == 5:
            return self.take(at, size).decode("ascii")
        if kind == 6:
            return self.take(at, 2 * size).decode("utf-16-be")
        raise InvalidFileException()


_MISSING = object()


def read(data, dict_type, aware):
    """The value of a binary property list."""
    try:
        return _Reader(data, dict_type, aware).whole()
    except (struct.error, OverflowError, ValueError, MemoryError) as e:
        if isinstance(e, InvalidFileException):
            raise
        raise InvalidFileException() from e


# ---- Writing ----

_SHARED = (str, int, float, datetime.datetime, bytes, bytearray)  # equal ones are written once


def _width(most):
    """Bytes of the numbers up to `most`: 1, 2, 4 or 8."""
    return 1 if most < 1 << 8 else 2 if most < 1 << 16 else 4 if most < 1 << 32 else 8


class _Writer:
    def __init__(self, sort_keys, skipkeys, aware):
        self.sort_keys, self.skipkeys, self.aware = sort_keys, skipkeys, aware
        self.objects, self.numbers = [], {}

    def key(self, value):
        return (type(value), value) if isinstance(value, _SHARED) and not isinstance(value, bytearray) else \
               (bytearray, bytes(value)) if isinstance(value, bytearray) else id(value)

    def collect(self, value):
        """Give numbers to a value and to all that is inside."""
        key = self.key(value)
        if key in self.numbers:
            return
        self.numbers[key] = len(self.objects)
        self.objects.append(value)
        if isinstance(value, dict):
            items = list(_items(value, self.sort_keys, self.skipkeys))
            for name, _ in items:
                self.collect(name)
            for _, item in items:
                self.collect(item)
        elif isinstance(value, (list, tuple)):
            for item in value:
                self.collect(item)

    def head(self, kind, size):
        if size < 15:
            return bytes([kind | size])
        width = _width(size)
        return bytes([kind | 15, 0x10 | width.bit_length() - 1]) + size.to_bytes(width)

    def refs(self, values):
        return b"".join([self.numbers[self.key(value)].to_bytes(self.ref_size) for value in values])

    def encode(self, value):
        if value is None or value is True or value is False:
            return {None: b"\x00", False: b"\x08", True: b"\x09"}[value]
        if isinstance(value, UID):
            if value.data < 0:
                raise ValueError("UIDs must be positive")
            width = _width(value.data)
            return bytes([0x80 | width - 1]) + value.data.to_bytes(width)
        if isinstance(value, int):
            return self.integer(value)
        if isinstance(value, float):
            return b"\x23" + struct.pack(">d", value)
        if isinstance(value, datetime.datetime):
            epoch = _EPOCH
            if self.aware:
                value, epoch = value.astimezone(datetime.UTC), _EPOCH.replace(tzinfo=datetime.UTC)
            return b"\x33" + struct.pack(">d", (value - epoch).total_seconds())
        if isinstance(value, (bytes, bytearray)):
            return self.head(0x40, len(value)) + value
        if isinstance(value, str):
            if value.isascii():
                return self.head(0x50, len(value)) + value.encode("ascii")
            text = value.encode("utf-16-be")
            return self.head(0x60, len(text) // 2) + text
        if isinstance(value, (list, tuple)):
            return self.head(0xA0, len(value)) + self.refs(value)
        if isinstance(value, dict):
            items = list(_items(value, self.sort_keys, self.skipkeys))
            return self.head(0xD0, len(items)) + self.refs([key for key, _ in items]) + self.refs([item for _, item in items])
        raise TypeError(value)

    def integer(self, value):
        if value < 0:
            if value < -1 << 63:
                raise OverflowError(value)
            return b"\x13" + value.to_bytes(8, signed=True)
        if value >= 1 << 64:
            raise OverflowError(value)
        if value >= 1 << 63:
            return b"\x14" + value.to_bytes(16)
        width = _width(value)
        return bytes([0x10 | width.bit_length() - 1]) + value.to_bytes(width)

    def write(self, value, fp):
        self.collect(value)
        self.ref_size = _width(len(self.objects))
        at, offsets = 8, []
        fp.write(b"bplist00")
        for item in self.objects:
            part = self.encode(item)
            offsets.append(at)
            fp.write(part)
            at += len(part)
        offset_size = _width(at)
        fp.write(b"".join([offset.to_bytes(offset_size) for offset in offsets]))
        fp.write(struct.pack(">6xBBQQQ", offset_size, self.ref_size, len(offsets), self.numbers[self.key(value)], at))


def write(value, fp, sort_keys, skipkeys, aware):
    """Write a value as a binary property list."""
    _Writer(sort_keys, skipkeys, aware).write(value, fp)
