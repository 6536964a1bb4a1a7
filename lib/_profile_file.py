"""Files of profiles: the part of CPython's marshal format (version 4) that a dict of numbers, texts and tuples needs."""

import struct


def write(value, out):
    """Append a value to a bytearray."""
    if value is None:
        out += b"N"
    elif value is True or value is False:
        out += b"T" if value else b"F"
    elif isinstance(value, int):
        if -1 << 31 <= value < 1 << 31:
            out += b"i" + struct.pack("<i", value)
        else:
            digits, left = [], abs(value)
            while left:
                digits.append(left & 0x7FFF)
                left >>= 15
            out += b"l" + struct.pack("<i", len(digits) if value > 0 else -len(digits)) + struct.pack(f"<{len(digits)}H", *digits)
    elif isinstance(value, float):
        out += b"g" + struct.pack("<d", value)
    elif isinstance(value, str):
        data = value.encode("utf-8", "surrogatepass")
        out += b"u" + struct.pack("<i", len(data)) + data
    elif isinstance(value, tuple):
        out += b"(" + struct.pack("<i", len(value))
        for item in value:
            write(item, out)
    elif isinstance(value, dict):
        out += b"{"
        for key, item in value.items():
            write(key, out)
            write(item, out)
        out += b"0"
    else:
        raise ValueError("unmarshallable object")


class _Reader:
    def __init__(self, data):
        self.data, self.at, self.refs = data, 0, []

    def take(self, count):
        if self.at + count > len(self.data):
            raise EOFError("marshal data too short")
        self.at += count
        return self.data[self.at - count:self.at]

    def number(self, layout="<i"):
        return struct.unpack(layout, self.take(struct.calcsize(layout)))[0]

    def read(self):
        kind = self.take(1)[0]
        place = None
        if kind & 0x80: # others will refer to it
            place = len(self.refs)
            self.refs.append(None)
        value = self.value(chr(kind & 0x7F))
        if place is not None:
            self.refs[place] = value
        return value

    def value(self, kind):
        if kind in "NTF0":
            return {"N": None, "T": True, "F": False, "0": _END}[kind]
        if kind == "i":
            return self.number()
        if kind == "l":
            count = self.number()
            digits = struct.unpack(f"<{abs(count)}H", self.take(2 * abs(count)))
            value = sum(digit << 15 * i for i, digit in enumerate(digits))
            return value if count >= 0 else -value
        if kind == "g":
            return self.number("<d")
        if kind in "uatzAZ":
            count = self.take(1)[0] if kind in "zZ" else self.number()
            return self.take(count).decode("utf-8", "surrogatepass")
        if kind in "()":
            return tuple([self.read() for _ in range(self.take(1)[0] if kind == ")" else self.number())])
        if kind == "r":
            return self.refs[self.number()]
        if kind == "{":
            out = {}
            while (key := self.read()) is not _END:
                out[key] = self.read()
            return out
        raise ValueError("bad marshal data (unknown type code)")


_END = object()


def read(data):
    """The value that these bytes stand for."""
    return _Reader(data).read()
