"""The opcodes of pickle streams, by name, and what both directions share."""

MARK, STOP, POP, POP_MARK, DUP = b"(", b".", b"0", b"1", b"2"
FLOAT, INT, BININT, BININT1, LONG, BININT2, NONE = b"F", b"I", b"J", b"K", b"L", b"M", b"N"
PERSID, BINPERSID, REDUCE, STRING, BINSTRING, SHORT_BINSTRING = b"P", b"Q", b"R", b"S", b"T", b"U"
UNICODE, BINUNICODE, APPEND, BUILD, GLOBAL, DICT, EMPTY_DICT = b"V", b"X", b"a", b"b", b"c", b"d", b"}"
APPENDS, GET, BINGET, INST, LONG_BINGET, LIST, EMPTY_LIST = b"e", b"g", b"h", b"i", b"j", b"l", b"]"
OBJ, PUT, BINPUT, LONG_BINPUT, SETITEM, TUPLE, EMPTY_TUPLE = b"o", b"p", b"q", b"r", b"s", b"t", b")"
SETITEMS, BINFLOAT, TRUE, FALSE = b"u", b"G", b"I01\n", b"I00\n"
PROTO, NEWOBJ, EXT1, EXT2, EXT4 = b"\x80", b"\x81", b"\x82", b"\x83", b"\x84"
TUPLE1, TUPLE2, TUPLE3, NEWTRUE, NEWFALSE, LONG1, LONG4 = b"\x85", b"\x86", b"\x87", b"\x88", b"\x89", b"\x8a", b"\x8b"
BINBYTES, SHORT_BINBYTES = b"B", b"C"
SHORT_BINUNICODE, BINUNICODE8, BINBYTES8, EMPTY_SET, ADDITEMS = b"\x8c", b"\x8d", b"\x8e", b"\x8f", b"\x90"
FROZENSET, NEWOBJ_EX, STACK_GLOBAL, MEMOIZE, FRAME = b"\x91", b"\x92", b"\x93", b"\x94", b"\x95"
BYTEARRAY8, NEXT_BUFFER, READONLY_BUFFER = b"\x96", b"\x97", b"\x98"

HIGHEST_PROTOCOL, DEFAULT_PROTOCOL = 5, 4


class PickleError(Exception):
    """Base class of what goes wrong with pickles."""

    __module__ = "_pickle"


class PicklingError(PickleError):
    """The object cannot be pickled."""

    __module__ = "_pickle"


class UnpicklingError(PickleError):
    """The stream is no pickle, or a damaged one."""

    __module__ = "_pickle"


class PickleBuffer:
    """A buffer that may travel beside the pickle (protocol 5): what __reduce_ex__ of an object with much memory gives."""

    __module__ = "pickle"
    __slots__ = "_view", "__weakref__"

    def __init__(self, object, /):
        self._view = memoryview(object)

    def _held(self):
        if self._view is None:
            raise ValueError("operation forbidden on released PickleBuffer object")
        return self._view

    def __buffer__(self, flags, /):
        return memoryview(self._held())

    def raw(self):
        """The memory as one row of bytes."""
        view = self._held()
        if not view.contiguous:
            raise BufferError("cannot extract raw buffer from non-contiguous buffer")
        if view.ndim == 1 and view.format == "B":
            return memoryview(view)
        if not view.c_contiguous: # in the order of the memory, which cast() does not know
            raise NotImplementedError("raw() of a buffer in Fortran order")
        return view.cast("B")

    def release(self):
        """Let go of the object's memory."""
        if self._view is not None:
            self._view.release()
            self._view = None


def find_attribute(obj, path):
    """The attribute that the parts of path lead to, and the object that has it; AttributeError without it or through a function."""
    parent, top = None, obj
    for name in path:
        if name == "<locals>":
            raise AttributeError(f"Can't get local attribute {'.'.join(path)!r} on {obj!r}")
        try:
            parent, obj = obj, getattr(obj, name)
        except AttributeError:
            raise AttributeError(f"Can't get attribute {'.'.join(path)!r} on {top!r}") from None
    return obj, parent


def encode_long(x):
    """Two's complement, the shortest, the lowest byte first; 0 is empty."""
    if x == 0:
        return b""
    data = x.to_bytes((x.bit_length() >> 3) + 1, "little", signed=True)
    if x < 0 and len(data) > 1 and data[-1] == 0xFF and data[-2] & 0x80:
        data = data[:-1]
    return data


def decode_long(data):
    """What encode_long encoded."""
    return int.from_bytes(data, "little", signed=True)
