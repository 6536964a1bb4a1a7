"""Structures of C in the memory of bytes-like objects, as MicroPython has them: struct(buffer or address, descriptor, layout).

Addresses are numbers of Krait's own, not those of the machine: addressof() gives a range of them to an object that exports its memory, and only
numbers within such ranges lead anywhere, as long as the object lives. Whatever else is taken for an address raises ValueError. Numbers
of objects that are gone are not used again soon. A structure keeps the object alive whose memory it shows, and holds its memory in place:
a bytearray cannot be resized meanwhile (BufferError)."""

from _micropython import distance as _distance, weak as _weak
from sys import byteorder as _byteorder, maxsize as _maxsize

__all__ = ["struct", "sizeof", "addressof", "bytes_at", "bytearray_at", "LITTLE_ENDIAN", "BIG_ENDIAN", "NATIVE", "UINT8", "INT8", "UINT16",
           "INT16", "UINT32", "INT32", "UINT64", "INT64", "FLOAT32", "FLOAT64", "VOID", "BFUINT8", "BFINT8", "BFUINT16", "BFINT16",
           "BFUINT32", "BFINT32", "BF_POS", "BF_LEN", "PTR", "ARRAY", "SHORT", "USHORT", "INT", "UINT", "LONG", "ULONG", "LONGLONG",
           "ULONGLONG"]

LITTLE_ENDIAN, BIG_ENDIAN, NATIVE = 0, 1, 2

# What a number of a descriptor means, beginning with bit 0: the offset; where a bit field begins (5 bits from BF_POS on) and how long it is
# (from BF_LEN on); the type (4 bits from _TYPE on). Of pointers and arrays, the two bits from _KIND on. The highest bit is the sign.
BF_POS, BF_LEN, _TYPE, _KIND = 17, 22, 27, 29


def _code(number, bits):
    return number - (1 << bits if number >> bits - 1 else 0) << 31 - bits


UINT8, INT8, UINT16, INT16, UINT32, INT32, UINT64, INT64 = (_code(i, 4) for i in range(8))
BFUINT8, BFINT8, BFUINT16, BFINT16, BFUINT32, BFINT32, FLOAT32, FLOAT64 = (_code(i, 4) for i in range(8, 16))
PTR, ARRAY = _code(1, 2), _code(2, 2)
VOID = UINT8
SHORT, USHORT, INT, UINT, LONGLONG, ULONGLONG = INT16, UINT16, INT32, UINT32, INT64, UINT64
LONG, ULONG = (INT64, UINT64) if _maxsize > 1 << 32 else (INT32, UINT32)

_FORMATS = "BbHhIiQqBbHhIifd"  # of struct, by type
_SIZES = (1, 1, 2, 2, 4, 4, 8, 8, 1, 1, 2, 2, 4, 4, 4, 8)
_POINTER = 7 if _maxsize > 1 << 32 else 5  # the unsigned type of its size, with the bit that makes it signed
_POINTER_SIZE = _SIZES[_POINTER]

# ---- Addresses ----

_FIRST, _LAST, _STEP = 0x20000000, (1 << 47 if _maxsize > 1 << 32 else 0xF0000000), 16
_ranges = []  # [first, end, weak reference to the object], by address; no two overlap
_known = {}  # id of an object: its range
_next = _FIRST


def _forget():
    """Leave out ranges of objects that are gone."""
    _ranges[:] = [r for r in _ranges if r[2]() is not None]
    _known.clear()
    _known.update((id(r[2]()), r) for r in _ranges)


def _at(address):
    """The place in _ranges of the first one behind an address."""
    from bisect import bisect_right
    return bisect_right(_ranges, address, key=lambda r: r[0])


def _new_range(owner, size):
    global _next
    if len(_ranges) >= 64 and len(_ranges) & (len(_ranges) - 1) == 0:
        _forget()
    size = (size | _STEP - 1) + 1 + _STEP
    for first in (_next, _FIRST):
        i = _at(first)
        if i and _ranges[i - 1][1] > first:
            first = _ranges[i - 1][1]
        while i < len(_ranges) and _ranges[i][0] < first + size:
            first = _ranges[i][1]
            i += 1
        if first + size <= _LAST:
            found = [first, first + size, _weak(owner)]
            _ranges.insert(i, found)
            _known[id(owner)] = found
            _next = first + size
            return found
        _forget()
    raise MemoryError("uctypes: no addresses are left")


def _base(owner, size):
    """The address of an object whose memory has `size` bytes."""
    found = _known.get(id(owner))
    if found is None or found[2]() is not owner or found[1] - found[0] <= size:
        found = _new_range(owner, size)
    return found[0]


def addressof(obj, /):
    """The address of the memory of a bytes-like object, or of a structure's."""
    if isinstance(obj, struct):
        return addressof(obj._uctypes_view) + obj._uctypes_start
    view = memoryview(obj)
    owner = view.obj
    whole = memoryview(owner)
    return _base(owner, whole.nbytes) + _distance(view, whole)


def _find(address, what):
    """(bytes as a memoryview, where in them the address is)"""
    i = _at(address)
    owner = None
    if i:
        first, end, reference = _ranges[i - 1]
        owner = reference() if address < end else None
    if owner is None:
        raise ValueError(f"{what} {address:#x} is in no object's memory: Krait's uctypes knows addresses that addressof() gave, while their object lives")
    view = memoryview(owner)
    start = address - first
    if start > view.nbytes:
        raise ValueError(f"{what} {address:#x} is {start - view.nbytes} bytes behind the end of its object's memory")
    return view if view.format == "B" and view.ndim == 1 else view.cast("B"), start


def _part(address, size):
    from operator import index
    view, start = _find(index(address), "address")
    if size < 0 or start + size > len(view):
        raise ValueError(f"{size} bytes at {address:#x}: only {len(view) - start} are in the object's memory")
    return view[start:start + size]


def bytes_at(addr, size, /):
    """A copy of the memory at an address."""
    return bytes(_part(addr, size))


def bytearray_at(addr, size, /):
    """The memory at an address itself, as a memoryview: what is written to it is written there."""
    return _part(addr, size)


# ---- Descriptors ----

def _split(number):
    """(type, offset, first bit, bits) of a scalar's number; bits is 0 where it is no bit field."""
    kind = number >> _TYPE & 15
    if 8 <= kind < 14:
        return kind, number & (1 << BF_POS) - 1, number >> BF_POS & 31, number >> BF_LEN & 31 or 32
    return kind, number & (1 << _TYPE) - 1, 0, 0


def _aggregate(field):
    """(kind, offset, how many, of what) of a tuple: kind 0 a structure, 1 a pointer, 2 an array; of what: a type, or a descriptor."""
    try:
        head, *rest = field
        kind, offset = head >> _KIND & 3, head & (1 << _KIND) - 1
        if kind == 0 and len(rest) == 1 and isinstance(rest[0], dict):
            return 0, offset, 1, rest[0]
        if kind == 1 and len(rest) == 1:
            return 1, offset, 1, rest[0] if isinstance(rest[0], dict) else rest[0] >> _TYPE & 15
        if kind == 2 and len(rest) == 1:
            return 2, offset, rest[0] & (1 << _TYPE) - 1, rest[0] >> _TYPE & 15
        if kind == 2 and len(rest) == 2 and isinstance(rest[1], (dict, tuple)):
            return 2, offset, rest[0], rest[1]
    except TypeError:
        pass
    raise TypeError(f"not a field of a structure: {field!r}")


def _measure(what, layout):
    """(size, alignment) of a type, a descriptor or a tuple of one."""
    if isinstance(what, int):
        return _SIZES[what], _SIZES[what]
    if isinstance(what, tuple):
        kind, _, count, of = _aggregate(what)
        if kind == 1:
            return _POINTER_SIZE, _POINTER_SIZE
        size, align = _measure(of, layout)
        return size * count, align
    if not isinstance(what, dict):
        raise TypeError(f"a structure or its descriptor is required, not {type(what).__name__}")
    end, most = 0, 1
    for field in what.values():
        if isinstance(field, int):
            kind, offset, *_ = _split(field)
            size = align = _SIZES[kind]
        else:
            offset = _aggregate(field)[1]
            size, align = _measure(field, layout)
        end, most = max(end, offset + size), max(most, align)
    if layout == NATIVE:
        end = (end + most - 1) // most * most
    return end, most


def sizeof(struct, layout_type=NATIVE, /):
    """The bytes of a structure, of a part of one, or of a descriptor; with the native layout, as many as in an array of C."""
    if isinstance(struct, _struct):
        return _measure(struct._uctypes_descriptor, struct._uctypes_layout)[0]
    if isinstance(struct, int):
        raise TypeError("a structure or its descriptor is required, not int")
    return _measure(struct, layout_type)[0]


# ---- Structures ----

class struct:
    """A structure at an address, or in a bytes-like object: its fields, by the descriptor, are attributes. Arrays and pointers take an index.

    layout: NATIVE, LITTLE_ENDIAN or BIG_ENDIAN. ValueError: a field that is not in the object's memory."""

    __slots__ = ("_uctypes_view", "_uctypes_start", "_uctypes_descriptor", "_uctypes_layout", "__weakref__")

    def __init__(self, addr, descriptor, layout_type=NATIVE, /):
        if layout_type not in (LITTLE_ENDIAN, BIG_ENDIAN, NATIVE):
            raise ValueError("layout must be NATIVE, LITTLE_ENDIAN or BIG_ENDIAN")
        if not isinstance(descriptor, (dict, tuple)):
            raise TypeError(f"a descriptor is a dict or a tuple, not {type(descriptor).__name__}")
        if isinstance(descriptor, tuple):
            _aggregate(descriptor)
        if isinstance(addr, int):
            view, start = _find(addr, "address")
        else:
            view, start = memoryview(addr).cast("B"), 0
        _fill(self, view, start, descriptor, layout_type)

    def __getattr__(self, name):
        field = _field(self, name)
        start = self._uctypes_start
        if isinstance(field, int):
            return _load(self, name, start, field)
        kind, offset, count, of = _aggregate(field)
        if kind == 2 and of == 0:
            _check(self, name, start + offset, count)
            return self._uctypes_view[start + offset:start + offset + count]
        return _inside(self, name, start + offset, of if kind == 0 else field)

    def __setattr__(self, name, value):
        field = _field(self, name)
        if not isinstance(field, int):
            raise TypeError(f"field {name!r} is no scalar: assign to its parts")
        _save(self, name, self._uctypes_start, field, value)

    def __getitem__(self, index):
        owner, start, of, name = _item(self, index)
        return _load(owner, name, start, of << _TYPE) if isinstance(of, int) else _inside(owner, name, start, of)

    def __setitem__(self, index, value):
        owner, start, of, name = _item(self, index)
        if not isinstance(of, int):
            raise TypeError("items of this array are no scalars: assign to their fields")
        _save(owner, name, start, of << _TYPE, value)

    def __len__(self):
        descriptor = self._uctypes_descriptor
        if isinstance(descriptor, tuple):
            kind, _, count, _ = _aggregate(descriptor)
            if kind == 2:
                return count
        raise TypeError("only an array has a length")

    def __iter__(self):
        for i in range(len(self)):
            yield self[i]

    def __bool__(self):
        return True

    def __int__(self):
        """The address that a pointer holds."""
        descriptor = self._uctypes_descriptor
        if isinstance(descriptor, tuple) and _aggregate(descriptor)[0] == 1:
            return _load(self, "pointer", self._uctypes_start, (_POINTER & 14) << _TYPE)
        raise TypeError("only a pointer is a number")

    def __buffer__(self, flags):
        start = self._uctypes_start
        size = sizeof(self)
        _check(self, "the structure", start, size)
        return self._uctypes_view[start:start + size]

    def __dir__(self):
        descriptor = self._uctypes_descriptor
        return sorted(descriptor) if isinstance(descriptor, dict) else []

    def __repr__(self):
        descriptor = self._uctypes_descriptor
        kind = ("STRUCT", "PTR", "ARRAY")[_aggregate(descriptor)[0] if isinstance(descriptor, tuple) else 0]
        return f"<struct {kind} {addressof(self):x}>"


_struct = struct
_set_view, _set_start, _set_descriptor, _set_layout = (getattr(struct, "_uctypes_" + name).__set__
                                                       for name in ("view", "start", "descriptor", "layout"))


def _fill(self, view, start, descriptor, layout):
    _set_view(self, view)
    _set_start(self, start)
    _set_descriptor(self, descriptor)
    _set_layout(self, layout)


def _field(self, name):
    descriptor = self._uctypes_descriptor
    if isinstance(descriptor, dict) and name in descriptor:
        return descriptor[name]
    raise AttributeError(f"struct has no field {name!r}", name=name, obj=self)


def _inside(self, name, start, descriptor):
    """A part of a structure that is no scalar."""
    if start > len(self._uctypes_view):
        _check(self, name, start, 1)
    made = struct.__new__(struct)
    _fill(made, self._uctypes_view, start, descriptor, self._uctypes_layout)
    return made


def _item(self, index):
    """(a structure in whose memory it is, where, of what type or descriptor, its name for messages)"""
    from operator import index as number
    descriptor, index = self._uctypes_descriptor, number(index)
    if not isinstance(descriptor, tuple):
        raise TypeError("struct: only an array or a pointer takes an index")
    kind, _, count, of = _aggregate(descriptor)
    step = _measure(of, self._uctypes_layout)[0]
    name = f"[{index}]"
    if kind == 2:
        if not 0 <= index < count:
            raise IndexError(f"struct: index out of range: {index}, of {count}")
        return self, self._uctypes_start + index * step, of, name
    if kind != 1:
        raise TypeError("struct: only an array or a pointer takes an index")
    view, start = _find(int(self) + index * step, "pointer")
    target = struct.__new__(struct)
    _fill(target, view, start, of, self._uctypes_layout)
    return target, start, of, name


def _check(self, name, start, size):
    room = len(self._uctypes_view)
    if start < 0 or start + size > room:
        raise ValueError(f"{name}: bytes {start} to {start + size} are not in the object's memory, which has {room}")


def _format(self, kind):
    layout = self._uctypes_layout
    return ("<" if layout == LITTLE_ENDIAN or (layout == NATIVE and _byteorder == "little") else ">") + _FORMATS[kind]


def _load(self, name, start, number):
    from struct import unpack_from
    kind, offset, first, bits = _split(number)
    _check(self, name, start + offset, _SIZES[kind])
    if not bits:
        return unpack_from(_format(self, kind), self._uctypes_view, start + offset)[0]
    value = unpack_from(_format(self, kind & 14), self._uctypes_view, start + offset)[0] >> first & (1 << bits) - 1
    return value - (1 << bits) if kind & 1 and value >> bits - 1 else value


def _save(self, name, start, number, value):
    from struct import pack_into, unpack_from
    kind, offset, first, bits = _split(number)
    _check(self, name, start + offset, _SIZES[kind])
    if kind >= 14:
        return pack_into(_format(self, kind), self._uctypes_view, start + offset, value)
    from operator import index
    value, form = index(value), _format(self, kind & 14)  # written as the lowest bits that fit, as C does
    if bits:
        mask = (1 << bits) - 1 << first
        value = unpack_from(form, self._uctypes_view, start + offset)[0] & ~mask | value << first & mask
    pack_into(form, self._uctypes_view, start + offset, value & (1 << 8 * _SIZES[kind]) - 1)
