"""Objects as bytes and back: protocols 0 to 5 of CPython's pickle (PEP 307, 3154, 574; opcodes as Lib/pickletools.py documents them).

Bytes from somebody else can run any function when they are loaded: load only what you trust, or override Unpickler.find_class.
Buffers outside of the stream (buffer_callback, buffers) are not there yet: NotImplementedError.
"""

import copyreg
import io
import struct
import sys
from functools import partial
from types import FunctionType

__all__ = ["PickleError", "PicklingError", "UnpicklingError", "Pickler", "Unpickler", "dump", "dumps", "load", "loads"]

format_version = "4.0"
compatible_formats = ["1.0", "1.1", "1.2", "1.3", "2.0", "3.0", "4.0", "5.0"]
HIGHEST_PROTOCOL = 5
DEFAULT_PROTOCOL = 4
bytes_types = (bytes, bytearray, memoryview)


class PickleError(Exception):
    """What cannot be turned into a pickle, or is none."""


class PicklingError(PickleError):
    """An object that cannot be pickled."""


class UnpicklingError(PickleError):
    """Bytes that are no pickle."""


class _Stop(Exception):
    def __init__(self, value):
        self.value = value


_MARK = object()
# CPython's names of opcodes, for programs that look at streams.
_OPCODES = {
    "MARK": b"(", "STOP": b".", "POP": b"0", "POP_MARK": b"1", "DUP": b"2", "FLOAT": b"F", "INT": b"I", "BININT": b"J", "BININT1": b"K",
    "LONG": b"L", "BININT2": b"M", "NONE": b"N", "PERSID": b"P", "BINPERSID": b"Q", "REDUCE": b"R", "STRING": b"S", "BINSTRING": b"T",
    "SHORT_BINSTRING": b"U", "UNICODE": b"V", "BINUNICODE": b"X", "APPEND": b"a", "BUILD": b"b", "GLOBAL": b"c", "DICT": b"d",
    "EMPTY_DICT": b"}", "APPENDS": b"e", "GET": b"g", "BINGET": b"h", "INST": b"i", "LONG_BINGET": b"j", "LIST": b"l", "EMPTY_LIST": b"]",
    "OBJ": b"o", "PUT": b"p", "BINPUT": b"q", "LONG_BINPUT": b"r", "SETITEM": b"s", "TUPLE": b"t", "EMPTY_TUPLE": b")", "SETITEMS": b"u",
    "BINFLOAT": b"G", "PROTO": b"\x80", "NEWOBJ": b"\x81", "EXT1": b"\x82", "EXT2": b"\x83", "EXT4": b"\x84", "TUPLE1": b"\x85",
    "TUPLE2": b"\x86", "TUPLE3": b"\x87", "NEWTRUE": b"\x88", "NEWFALSE": b"\x89", "LONG1": b"\x8a", "LONG4": b"\x8b", "BINBYTES": b"B",
    "SHORT_BINBYTES": b"C", "SHORT_BINUNICODE": b"\x8c", "BINUNICODE8": b"\x8d", "BINBYTES8": b"\x8e", "EMPTY_SET": b"\x8f",
    "ADDITEMS": b"\x90", "FROZENSET": b"\x91", "NEWOBJ_EX": b"\x92", "STACK_GLOBAL": b"\x93", "MEMOIZE": b"\x94", "FRAME": b"\x95",
    "BYTEARRAY8": b"\x96", "NEXT_BUFFER": b"\x97", "READONLY_BUFFER": b"\x98",
}
globals().update(_OPCODES)
__all__.extend(_OPCODES)
_FRAME_LEAST, _FRAME_FULL = 4, 64 * 1024
_BATCH = 1000


def encode_long(x):
    """An int as bytes of two's complement, little-endian; 0 is empty."""
    if x == 0:
        return b""
    size = (x.bit_length() >> 3) + 1
    data = x.to_bytes(size, "little", signed=True)
    if x < 0 and size > 1 and data[-1] == 0xFF and data[-2] & 0x80:
        data = data[:-1]
    return data


def decode_long(data):
    """The int of bytes as encode_long() made them."""
    return int.from_bytes(data, "little", signed=True)


def whichmodule(obj, name):
    """The name of the module that has an object under this name."""
    module = getattr(obj, "__module__", None)
    if module is not None:
        return module
    for module_name, module in sys.modules.copy().items():
        if module_name in ("__main__", "__mp_main__") or module is None:
            continue
        try:
            if _attribute(module, name)[0] is obj:
                return module_name
        except AttributeError:
            pass
    return "__main__"


def _attribute(obj, dotted):
    parent = obj
    for part in dotted.split("."):
        if part == "<locals>":
            raise AttributeError(f"Can't get local attribute {dotted!r} on {obj!r}")
        try:
            parent, obj = obj, getattr(obj, part)
        except AttributeError:
            raise AttributeError(f"Can't get attribute {dotted!r} on {obj!r}") from None
    return obj, parent


class _Frames:
    """Protocol 4: what is written is gathered in frames of about 64 KB."""

    def __init__(self, write):
        self.file_write = write
        self.frame = None

    def start(self):
        self.frame = bytearray()

    def end(self):
        if self.frame:
            self.commit(True)
        self.frame = None

    def commit(self, force=False):
        if self.frame is not None and (force or len(self.frame) >= _FRAME_FULL):
            if len(self.frame) >= _FRAME_LEAST:
                self.file_write(b"\x95" + struct.pack("<Q", len(self.frame)))
            self.file_write(bytes(self.frame))
            self.frame = bytearray()

    def write(self, data):
        if self.frame is not None:
            self.frame += data
        else:
            self.file_write(data)

    def write_large(self, header, data):
        """Large texts stand by themselves, so that they are not copied."""
        if self.frame is not None:
            self.commit(True)
        self.file_write(header)
        self.file_write(data)


class Pickler:
    """Writes objects to a file (anything with write()). protocol: 0 to 5, negative for the highest, None for the default (4)."""

    def __init__(self, file, protocol=None, *, fix_imports=True, buffer_callback=None):
        if protocol is None:
            protocol = DEFAULT_PROTOCOL
        if protocol < 0:
            protocol = HIGHEST_PROTOCOL
        elif protocol > HIGHEST_PROTOCOL:
            raise ValueError("pickle protocol must be <= %d" % HIGHEST_PROTOCOL)
        if buffer_callback is not None:
            if protocol < 5:
                raise ValueError("buffer_callback needs protocol >= 5")
            raise NotImplementedError("Krait's pickle has no buffers outside of the stream")
        try:
            write = file.write
        except AttributeError:
            raise TypeError("file must have a 'write' attribute") from None
        self._frames = _Frames(write)
        self.write = self._frames.write
        self.memo = {}
        self.proto = int(protocol)
        self.bin = protocol >= 1
        self.fast = 0
        self.fix_imports = fix_imports and protocol < 3

    def clear_memo(self):
        """Forget what was written: it will be written again where it is met."""
        self.memo.clear()

    def dump(self, obj):
        """Write the pickle of an object."""
        if not hasattr(self, "_frames"):
            raise PicklingError("Pickler.__init__() was not called by %s.__init__()" % type(self).__name__)
        if self.proto >= 2:
            self.write(b"\x80" + bytes([self.proto]))
        if self.proto >= 4:
            self._frames.start()
        self.save(obj)
        self.write(b".")
        self._frames.end()

    def persistent_id(self, obj):
        """To be overridden: an id for an object that is kept elsewhere, None for all others."""
        return None

    def memoize(self, obj):
        if self.fast:
            return
        i = len(self.memo)
        self.memo[id(obj)] = i, obj
        if self.proto >= 4:
            self.write(b"\x94")
        elif self.bin:
            self.write(b"q" + bytes([i]) if i < 256 else b"r" + struct.pack("<I", i))
        else:
            self.write(b"p%d\n" % i)

    def get(self, i):
        if self.bin:
            return b"h" + bytes([i]) if i < 256 else b"j" + struct.pack("<I", i)
        return b"g%d\n" % i

    def save(self, obj, save_persistent_id=True):
        self._frames.commit()
        if save_persistent_id:
            pid = self.persistent_id(obj)
            if pid is not None:
                self._save_pers(pid)
                return
        known = self.memo.get(id(obj))
        if known is not None:
            self.write(self.get(known[0]))
            return
        override = getattr(self, "reducer_override", None)
        reduced = override(obj) if override is not None else NotImplemented
        if reduced is NotImplemented:
            t = type(obj)
            f = self.dispatch.get(t)
            if f is not None:
                f(self, obj)
                return
            reduced = self._reduce(obj, t)
            if reduced is None:
                return
        if isinstance(reduced, str):
            self.save_global(obj, reduced)
            return
        if not isinstance(reduced, tuple):
            raise PicklingError(f"__reduce__ must return a string or tuple, not {type(reduced).__name__}")
        if not 2 <= len(reduced) <= 6:
            raise PicklingError("tuple returned by __reduce__ must contain 2 through 6 elements")
        self._save_reduced(*reduced, obj=obj)

    def _reduce(self, obj, t):
        reduce = getattr(self, "dispatch_table", copyreg.dispatch_table).get(t)
        if reduce is not None:
            return reduce(obj)
        if issubclass(t, type):
            self.save_global(obj)
            return None
        reduce = getattr(obj, "__reduce_ex__", None)
        if reduce is not None:
            return reduce(self.proto)
        reduce = getattr(obj, "__reduce__", None)
        if reduce is None:
            raise PicklingError(f"Can't pickle {t.__name__!r} object: {obj!r}")
        return reduce()

    def _save_pers(self, pid):
        if self.bin:
            self.save(pid, False)
            self.write(b"Q")
            return
        try:
            self.write(b"P" + str(pid).encode("ascii") + b"\n")
        except UnicodeEncodeError:
            raise PicklingError("persistent IDs in protocol 0 must be ASCII strings") from None

    def _save_reduced(self, func, args, state=None, listitems=None, dictitems=None, state_setter=None, *, obj=None):
        if not callable(func):
            raise PicklingError(f"first item of the tuple returned by __reduce__ must be callable, not {type(func).__name__}")
        if not isinstance(args, tuple):
            raise PicklingError(f"second item of the tuple returned by __reduce__ must be a tuple, not {type(args).__name__}")
        name = getattr(func, "__name__", "")
        if self.proto >= 2 and name == "__newobj_ex__":
            self._save_newobj_ex(*args, obj=obj)
        elif self.proto >= 2 and name == "__newobj__":
            cls = args[0]
            if not hasattr(cls, "__new__"):
                raise PicklingError("args[0] from __newobj__ args has no __new__")
            if obj is not None and cls is not obj.__class__:
                raise PicklingError("args[0] from __newobj__ args has the wrong class")
            self.save(cls)
            self.save(args[1:])
            self.write(b"\x81")
        else:
            self.save(func)
            self.save(args)
            self.write(b"R")
        if obj is not None:
            known = self.memo.get(id(obj))
            if known is not None:  # it refers to itself by way of its arguments
                self.write(b"0" + self.get(known[0]))
            else:
                self.memoize(obj)
        if listitems is not None:
            self._append(listitems)
        if dictitems is not None:
            self._set_items(dictitems)
        if state is not None:
            if state_setter is None:
                self.save(state)
                self.write(b"b")
            else:
                self.save(state_setter)
                self.save(obj)
                self.save(state)
                self.write(b"\x86R0")

    def _save_newobj_ex(self, cls, args, kwargs, *, obj):
        if obj is not None and cls is not obj.__class__:
            raise PicklingError("args[0] from __newobj_ex__ args has the wrong class")
        if self.proto >= 4:
            self.save(cls)
            self.save(args)
            self.save(kwargs)
            self.write(b"\x92")
            return
        self.save(partial(cls.__new__, cls, *args, **kwargs))
        self.save(())
        self.write(b"R")

    # ---- One function for each type ----

    def _save_none(self, obj):
        self.write(b"N")

    def _save_bool(self, obj):
        if self.proto >= 2:
            self.write(b"\x88" if obj else b"\x89")
        else:
            self.write(b"I01\n" if obj else b"I00\n")

    def _save_int(self, obj):
        if self.bin:
            if 0 <= obj <= 0xFF:
                self.write(b"K" + bytes([obj]))
                return
            if 0 <= obj <= 0xFFFF:
                self.write(b"M" + struct.pack("<H", obj))
                return
            if -0x80000000 <= obj <= 0x7FFFFFFF:
                self.write(b"J" + struct.pack("<i", obj))
                return
        if self.proto >= 2:
            data = encode_long(obj)
            self.write((b"\x8a" + bytes([len(data)]) if len(data) < 256 else b"\x8b" + struct.pack("<i", len(data))) + data)
        elif -0x80000000 <= obj <= 0x7FFFFFFF:
            self.write(b"I" + repr(obj).encode() + b"\n")
        else:
            self.write(b"L" + repr(obj).encode() + b"L\n")

    def _save_float(self, obj):
        self.write(b"G" + struct.pack(">d", obj) if self.bin else b"F" + repr(obj).encode() + b"\n")

    def _save_bytes(self, obj):
        if self.proto < 3:
            if not obj:
                self._save_reduced(bytes, (), obj=obj)
            else:
                self._save_reduced(_encode, (str(obj, "latin1"), "latin1"), obj=obj)
            return
        self._write_text(obj, b"C", b"B", b"\x8e")
        self.memoize(obj)

    def _save_bytearray(self, obj):
        if self.proto < 5:
            self._save_reduced(bytearray, (bytes(obj),) if obj else (), obj=obj)
            return
        header = b"\x96" + struct.pack("<Q", len(obj))
        if len(obj) >= _FRAME_FULL:
            self._frames.write_large(header, obj)
        else:
            self.write(header + obj)
        self.memoize(obj)

    def _write_text(self, data, short, middle, long):
        n = len(data)
        if n <= 0xFF and short:
            self.write(short + bytes([n]) + data)
        elif n > 0xFFFFFFFF and self.proto >= 4:
            self._frames.write_large(long + struct.pack("<Q", n), data)
        elif n >= _FRAME_FULL:
            self._frames.write_large(middle + struct.pack("<I", n), data)
        else:
            self.write(middle + struct.pack("<I", n) + data)

    def _save_str(self, obj):
        if self.bin:
            self._write_text(obj.encode("utf-8", "surrogatepass"), b"\x8c" if self.proto >= 4 else b"", b"X", b"\x8d")
        else:
            for c, escaped in ("\\", "\\u005c"), ("\0", "\\u0000"), ("\n", "\\u000a"), ("\r", "\\u000d"), ("\x1a", "\\u001a"):
                obj_text = obj.replace(c, escaped) if c == "\\" else obj_text.replace(c, escaped)
            self.write(b"V" + obj_text.encode("raw-unicode-escape") + b"\n")
        self.memoize(obj)

    def _save_tuple(self, obj):
        if not obj:
            self.write(b")" if self.bin else b"(t")
            return
        n, memo = len(obj), self.memo
        short = n <= 3 and self.proto >= 2
        if not short:
            self.write(b"(")
        for item in obj:
            self.save(item)
        known = memo.get(id(obj))
        if known is not None:  # it contains itself
            get = self.get(known[0])
            self.write(b"0" * n + get if short else b"1" + get if self.bin else b"0" * (n + 1) + get)
            return
        self.write((b"\x85", b"\x86", b"\x87")[n - 1] if short else b"t")
        self.memoize(obj)

    def _save_list(self, obj):
        self.write(b"]" if self.bin else b"(l")
        self.memoize(obj)
        self._append(obj)

    def _batches(self, items):
        items = iter(items)
        batch = []
        for item in items:
            batch.append(item)
            if len(batch) == _BATCH:
                yield batch
                batch = []
        if batch:
            yield batch

    def _append(self, items):
        if not self.bin:
            for item in items:
                self.save(item)
                self.write(b"a")
            return
        for batch in self._batches(items):
            if len(batch) > 1:
                self.write(b"(")
            for item in batch:
                self.save(item)
            self.write(b"e" if len(batch) > 1 else b"a")

    def _save_dict(self, obj):
        self.write(b"}" if self.bin else b"(d")
        self.memoize(obj)
        self._set_items(obj.items())

    def _set_items(self, items):
        if not self.bin:
            for key, value in items:
                self.save(key)
                self.save(value)
                self.write(b"s")
            return
        for batch in self._batches(items):
            if len(batch) > 1:
                self.write(b"(")
            for key, value in batch:
                self.save(key)
                self.save(value)
            self.write(b"u" if len(batch) > 1 else b"s")

    def _save_set(self, obj):
        if self.proto < 4:
            self._save_reduced(set, (list(obj),), obj=obj)
            return
        self.write(b"\x8f")
        self.memoize(obj)
        for batch in self._batches(obj):
            self.write(b"(")
            for item in batch:
                self.save(item)
            self.write(b"\x90")

    def _save_frozenset(self, obj):
        if self.proto < 4:
            self._save_reduced(frozenset, (list(obj),), obj=obj)
            return
        self.write(b"(")
        for item in obj:
            self.save(item)
        known = self.memo.get(id(obj))
        if known is not None:
            self.write(b"1" + self.get(known[0]))
            return
        self.write(b"\x91")
        self.memoize(obj)

    def _save_type(self, obj):
        for singleton in None, NotImplemented, ...:
            if obj is type(singleton):
                self._save_reduced(type, (singleton,), obj=obj)
                return
        self.save_global(obj)

    def save_global(self, obj, name=None):
        """Write a class, a function or what else can be found by its name."""
        if name is None:
            name = getattr(obj, "__qualname__", None)
        if name is None:
            name = obj.__name__
        module_name = whichmodule(obj, name)
        try:
            if obj is _encode:  # as CPython writes bytes where there is no opcode for them
                module_name, name, found = "_codecs", "encode", obj
            else:
                __import__(module_name)
                found, parent = _attribute(sys.modules[module_name], name)
        except (ImportError, KeyError, AttributeError) as e:
            raise PicklingError(f"Can't pickle {obj!r}: {_reason(e, module_name, name)}") from None
        if found is not obj:
            raise PicklingError(f"Can't pickle {obj!r}: it's not the same object as {module_name}.{name}")
        code = copyreg._extension_registry.get((module_name, name)) if self.proto >= 2 else None
        if code is not None:
            self.write(b"\x82" + bytes([code]) if code <= 0xFF
                       else b"\x83" + struct.pack("<H", code) if code <= 0xFFFF else b"\x84" + struct.pack("<i", code))
            return
        if self.proto >= 4:
            self.save(module_name)
            self.save(name)
            self.write(b"\x93")
        elif "." in name:
            last = name.rpartition(".")[2]
            self._save_reduced(getattr, (parent, last))
        else:
            if self.fix_imports:
                module_name, name = _python2_name(module_name, name)
            try:
                self.write(b"c" + bytes(module_name, "utf-8" if self.proto >= 3 else "ascii") + b"\n"
                           + bytes(name, "utf-8" if self.proto >= 3 else "ascii") + b"\n")
            except UnicodeEncodeError:
                raise PicklingError(f"can't pickle global identifier '{module_name}.{name}' using pickle protocol {self.proto}") from None
        self.memoize(obj)

    dispatch = {
        type(None): _save_none, bool: _save_bool, int: _save_int, float: _save_float, bytes: _save_bytes, bytearray: _save_bytearray,
        str: _save_str, tuple: _save_tuple, list: _save_list, dict: _save_dict, set: _save_set, frozenset: _save_frozenset,
        type: _save_type, FunctionType: save_global,
    }


def _encode(text, encoding):
    return text.encode(encoding)




def _reason(e, module_name, name):
    return f"attribute lookup {name} on {module_name} failed" if isinstance(e, AttributeError) and "<locals>" not in name else str(e) \
        if isinstance(e, AttributeError) else f"import of module {module_name!r} failed"


# Names of Python 2 that streams of protocols 0 to 2 have.
_MODULES = {"__builtin__": "builtins", "exceptions": "builtins", "copy_reg": "copyreg", "cPickle": "pickle", "Queue": "queue", "ConfigParser": "configparser",
            "StringIO": "io", "cStringIO": "io", "UserDict": "collections", "UserList": "collections", "UserString": "collections"}
_NAMES = {("__builtin__", "xrange"): ("builtins", "range"), ("__builtin__", "unicode"): ("builtins", "str"),
          ("__builtin__", "long"): ("builtins", "int"), ("__builtin__", "unichr"): ("builtins", "chr"),
          ("__builtin__", "reduce"): ("functools", "reduce"), ("itertools", "izip"): ("builtins", "zip"),
          ("itertools", "imap"): ("builtins", "map"), ("exceptions", "StandardError"): ("builtins", "Exception")}
_WRITTEN_MODULES = {"builtins": "__builtin__", "copyreg": "copy_reg", "queue": "Queue", "configparser": "ConfigParser"}
_WRITTEN_NAMES = {new: old for old, new in _NAMES.items() if old[0] != "exceptions"}
_EXCEPTIONS = frozenset(
    "ArithmeticError AssertionError AttributeError BaseException BufferError BytesWarning DeprecationWarning EOFError EnvironmentError Exception "
    "FloatingPointError FutureWarning GeneratorExit IOError ImportError ImportWarning IndentationError IndexError KeyError KeyboardInterrupt "
    "LookupError MemoryError NameError NotImplementedError OSError OverflowError PendingDeprecationWarning ReferenceError RuntimeError "
    "RuntimeWarning StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError TypeError UnboundLocalError UnicodeDecodeError "
    "UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning ZeroDivisionError".split())


def _python2_name(module, name):
    """Where Python 2 has what Python 3 calls module.name."""
    if (module, name) in _WRITTEN_NAMES:
        return _WRITTEN_NAMES[module, name]
    if module == "builtins" and name in _EXCEPTIONS:
        return "exceptions", name
    return _WRITTEN_MODULES.get(module, module), name


class Unpickler:
    """Reads objects from a file (read(n) and readline()). encoding, errors: for the 8-bit strings of Python 2; "bytes" keeps them."""

    def __init__(self, file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
        if buffers is not None:
            raise NotImplementedError("Krait's pickle has no buffers outside of the stream")
        try:
            self._file_read, self._file_readline = file.read, file.readline
        except AttributeError:
            raise TypeError("file must have 'read' and 'readline' attributes") from None
        self.memo = {}
        self.encoding, self.errors = encoding, errors
        self.proto = 0
        self.fix_imports = fix_imports
        self._frame = None

    def persistent_load(self, pid):
        """To be overridden: the object that persistent_id() gave this id."""
        raise UnpicklingError("A load persistent id instruction was encountered, but no persistent_load function was specified.")

    def find_class(self, module, name):
        """The object with this name in a module, which is imported."""
        if self.proto < 3 and self.fix_imports:
            if (module, name) in _NAMES:
                module, name = _NAMES[module, name]
            elif module in _MODULES:
                module = _MODULES[module]
        if module == "_codecs" and name == "encode":
            return _encode
        __import__(module, level=0)
        if self.proto >= 4:
            return _attribute(sys.modules[module], name)[0]
        return getattr(sys.modules[module], name)

    def read(self, n):
        frame = self._frame
        if frame is not None:
            data = frame.read(n)
            if not data and n:
                self._frame = None
                return self.read(n)
            if len(data) < n:
                raise UnpicklingError("pickle exhausted before end of frame")
            return data
        data = self._file_read(n)
        if len(data) < n:
            raise UnpicklingError("pickle data was truncated")
        return data

    def _read_key(self):
        if self._frame is not None:
            key = self._frame.read(1)
            if key:
                return key
            self._frame = None
        key = self._file_read(1)
        if not key:
            raise EOFError("Ran out of input")
        return key

    def readline(self):
        frame = self._frame
        if frame is not None:
            data = frame.readline()
            if not data:
                self._frame = None
                return self.readline()
            if data[-1] != 10:
                raise UnpicklingError("pickle exhausted before end of frame")
            return data
        data = self._file_readline()
        if not data.endswith(b"\n"):
            raise UnpicklingError("pickle data was truncated")
        return data

    def load(self):
        """Read one pickle: the object."""
        if not hasattr(self, "_file_read"):
            raise UnpicklingError("Unpickler.__init__() was not called by %s.__init__()" % type(self).__name__)
        self._frame = None
        self.metastack, self.stack, self.proto = [], [], 0
        self.append = self.stack.append
        dispatch, read_key = self.dispatch, self._read_key
        try:
            while True:
                key = read_key()
                f = dispatch.get(key[0])
                if f is None:
                    raise UnpicklingError(f"invalid load key, {_key_repr(key[0])}.")
                f(self)
        except _Stop as stop:
            return stop.value
        except IndexError as e:
            if e.args and e.args[0] in ("pop from empty list", "list index out of range", "list assignment index out of range"):
                raise UnpicklingError("unpickling stack underflow") from None
            raise

    def _pop_mark(self):
        if not self.metastack:
            raise UnpicklingError("could not find MARK")
        items = self.stack
        self.stack = self.metastack.pop()
        self.append = self.stack.append
        return items

    def _count(self, code, size):
        n, = struct.unpack(code, self.read(size))
        if n > sys.maxsize:
            raise UnpicklingError(f"size of an object exceeds system's maximum size of {sys.maxsize} bytes")
        return n

    def _text8(self, data):
        return data if self.encoding == "bytes" else data.decode(self.encoding, self.errors)

    dispatch = {}


def _opcode(code):
    def note(f):
        Unpickler.dispatch[code[0]] = f
        return f
    return note


def _key_repr(c):
    return f"'\\x{c:02x}'" if c < 32 or c > 126 else repr(chr(c))


@_opcode(b"\x80")
def _proto(u):
    proto = u.read(1)[0]
    if proto > HIGHEST_PROTOCOL:
        raise ValueError("unsupported pickle protocol: %d" % proto)
    u.proto = proto


@_opcode(b"\x95")
def _frame(u):
    size = u._count("<Q", 8)
    if u._frame is not None and u._frame.read(1):
        raise UnpicklingError("beginning of a new frame before end of current frame")
    u._frame = None
    u._frame = io.BytesIO(u.read(size))


@_opcode(b".")
def _stop(u):
    raise _Stop(u.stack.pop())


@_opcode(b"(")
def _mark(u):
    u.metastack.append(u.stack)
    u.stack = []
    u.append = u.stack.append


@_opcode(b"0")
def _pop(u):
    if u.stack:
        del u.stack[-1]
    else:
        u._pop_mark()


@_opcode(b"1")
def _drop_mark(u):
    u._pop_mark()


@_opcode(b"2")
def _dup(u):
    u.append(u.stack[-1])


@_opcode(b"P")
def _persid(u):
    try:
        pid = u.readline()[:-1].decode("ascii")
    except UnicodeDecodeError:
        raise UnpicklingError("persistent IDs in protocol 0 must be ASCII strings") from None
    u.append(u.persistent_load(pid))


@_opcode(b"Q")
def _binpersid(u):
    u.append(u.persistent_load(u.stack.pop()))


@_opcode(b"I")
def _int(u):
    data = u.readline()
    u.append(False if data == b"I00\n"[1:] else True if data == b"I01\n"[1:] else int(data, 0))


@_opcode(b"L")
def _long(u):
    value = u.readline()[:-1]
    u.append(int(value[:-1] if value.endswith(b"L") else value, 0))


@_opcode(b"F")
def _float(u):
    u.append(float(u.readline()[:-1]))


@_opcode(b"S")
def _string(u):
    data = u.readline()[:-1]
    if len(data) < 2 or data[0] != data[-1] or data[0] not in b"\"'":
        raise UnpicklingError("the STRING opcode argument must be quoted")
    u.append(u._text8(eval(b"b" + data, {})) if data.isascii() else u._text8(data[1:-1]))


@_opcode(b"V")
def _unicode(u):
    u.append(str(u.readline()[:-1], "raw-unicode-escape"))


@_opcode(b"c")
def _global(u):
    module, name = u.readline()[:-1].decode("utf-8"), u.readline()[:-1].decode("utf-8")
    u.append(u.find_class(module, name))


@_opcode(b"\x93")
def _stack_global(u):
    name, module = u.stack.pop(), u.stack.pop()
    if type(name) is not str or type(module) is not str:
        raise UnpicklingError("STACK_GLOBAL requires str")
    u.append(u.find_class(module, name))


def _extension(u, code):
    if code <= 0:
        raise UnpicklingError("EXT specifies code <= 0")
    key = copyreg._inverted_registry.get(code)
    if key is None:
        raise ValueError(f"unregistered extension code {code}")
    u.append(u.find_class(*key))


def _fill(value, *codes):
    for code in codes:
        Unpickler.dispatch[code[0]] = value


_fill(lambda u: u.append(None), b"N")
_fill(lambda u: u.append(True), b"\x88")
_fill(lambda u: u.append(False), b"\x89")
_fill(lambda u: u.append(struct.unpack("<i", u.read(4))[0]), b"J")
_fill(lambda u: u.append(u.read(1)[0]), b"K")
_fill(lambda u: u.append(struct.unpack("<H", u.read(2))[0]), b"M")
_fill(lambda u: u.append(struct.unpack(">d", u.read(8))[0]), b"G")
_fill(lambda u: u.append(decode_long(u.read(u.read(1)[0]))), b"\x8a")
_fill(lambda u: u.append(u._text8(u.read(_signed(u, "BINSTRING")))), b"T")
_fill(lambda u: u.append(u._text8(u.read(u.read(1)[0]))), b"U")
_fill(lambda u: u.append(u.read(u._count("<I", 4))), b"B")
_fill(lambda u: u.append(u.read(u.read(1)[0])), b"C")
_fill(lambda u: u.append(u.read(u._count("<Q", 8))), b"\x8e")
_fill(lambda u: u.append(bytearray(u.read(u._count("<Q", 8)))), b"\x96")
_fill(lambda u: u.append(str(u.read(u._count("<I", 4)), "utf-8", "surrogatepass")), b"X")
_fill(lambda u: u.append(str(u.read(u.read(1)[0]), "utf-8", "surrogatepass")), b"\x8c")
_fill(lambda u: u.append(str(u.read(u._count("<Q", 8)), "utf-8", "surrogatepass")), b"\x8d")
_fill(lambda u: _extension(u, u.read(1)[0]), b"\x82")
_fill(lambda u: _extension(u, struct.unpack("<H", u.read(2))[0]), b"\x83")
_fill(lambda u: _extension(u, struct.unpack("<i", u.read(4))[0]), b"\x84")
_fill(lambda u: _close(u, tuple), b"t")
_fill(lambda u: u.append(()), b")")
_fill(lambda u: u.append([]), b"]")
_fill(lambda u: u.append({}), b"}")
_fill(lambda u: u.append(set()), b"\x8f")
_fill(lambda u: _close(u, frozenset), b"\x91")
_fill(lambda u: _close(u, list), b"l")


def _close(u, make):
    items = u._pop_mark()
    u.append(make(items))


def _signed(u, name):
    n, = struct.unpack("<i", u.read(4))
    if n < 0:
        raise UnpicklingError(f"{name} pickle has negative byte count")
    return n


_fill(lambda u: u.append(decode_long(u.read(_signed(u, "LONG")))), b"\x8b")


def _short_tuple(n):
    def f(u):
        u.stack[-n:] = [tuple(u.stack[-n:])] if len(u.stack) >= n else [u.stack[-n]]
    return f


for _n, _code in (1, b"\x85"), (2, b"\x86"), (3, b"\x87"):
    _fill(_short_tuple(_n), _code)


@_opcode(b"d")
def _dict(u):
    items = u._pop_mark()
    if len(items) % 2:
        raise UnpicklingError("odd number of items for DICT")
    u.append({items[i]: items[i + 1] for i in range(0, len(items), 2)})


def _instance(u, cls, args):
    if args or not isinstance(cls, type) or hasattr(cls, "__getinitargs__"):
        try:
            value = cls(*args)
        except TypeError as e:
            raise TypeError(f"in constructor for {cls.__name__}: {e}", e.__traceback__)
    else:
        value = cls.__new__(cls)
    u.append(value)


@_opcode(b"i")
def _inst(u):
    module, name = u.readline()[:-1].decode("ascii"), u.readline()[:-1].decode("ascii")
    cls = u.find_class(module, name)
    _instance(u, cls, u._pop_mark())


@_opcode(b"o")
def _obj(u):
    args = u._pop_mark()
    cls = args.pop(0)
    _instance(u, cls, args)


@_opcode(b"\x81")
def _newobj(u):
    args, cls = u.stack.pop(), u.stack.pop()
    u.append(cls.__new__(cls, *args))


@_opcode(b"\x92")
def _newobj_ex(u):
    kwargs, args, cls = u.stack.pop(), u.stack.pop(), u.stack.pop()
    u.append(cls.__new__(cls, *args, **kwargs))


@_opcode(b"R")
def _apply(u):
    args = u.stack.pop()
    u.stack[-1] = u.stack[-1](*args)


@_opcode(b"\x97")
@_opcode(b"\x98")
def _buffer(u):
    raise UnpicklingError("pickle stream refers to out-of-band data but no *buffers* argument was given")


def _get(u, i):
    try:
        u.append(u.memo[i])
    except KeyError:
        raise UnpicklingError(f"Memo value not found at index {i}") from None


def _put(u, i):
    if i < 0:
        raise ValueError("negative PUT argument")
    u.memo[i] = u.stack[-1]


_fill(lambda u: _get(u, int(u.readline()[:-1])), b"g")
_fill(lambda u: _get(u, u.read(1)[0]), b"h")
_fill(lambda u: _get(u, struct.unpack("<I", u.read(4))[0]), b"j")
_fill(lambda u: _put(u, int(u.readline()[:-1])), b"p")
_fill(lambda u: _put(u, u.read(1)[0]), b"q")
_fill(lambda u: _put(u, u._count("<I", 4)), b"r")
_fill(lambda u: _put(u, len(u.memo)), b"\x94")


@_opcode(b"a")
def _append(u):
    value = u.stack.pop()
    u.stack[-1].append(value)


@_opcode(b"e")
def _appends(u):
    items = u._pop_mark()
    target = u.stack[-1]
    extend = getattr(target, "extend", None)
    if extend is not None:
        extend(items)
        return
    for item in items:
        target.append(item)


@_opcode(b"s")
def _setitem(u):
    value, key = u.stack.pop(), u.stack.pop()
    u.stack[-1][key] = value


@_opcode(b"u")
def _setitems(u):
    items = u._pop_mark()
    if len(items) % 2:
        raise UnpicklingError("odd number of items for SETITEMS")
    target = u.stack[-1]
    for i in range(0, len(items), 2):
        target[items[i]] = items[i + 1]


@_opcode(b"\x90")
def _additems(u):
    items = u._pop_mark()
    target = u.stack[-1]
    if isinstance(target, set):
        target.update(items)
        return
    for item in items:
        target.add(item)


@_opcode(b"b")
def _build(u):
    state = u.stack.pop()
    target = u.stack[-1]
    setstate = getattr(target, "__setstate__", None)
    if setstate is not None:
        setstate(state)
        return
    slots = None
    if isinstance(state, tuple) and len(state) == 2:
        state, slots = state
    if state:
        attributes = target.__dict__
        for key, value in state.items():
            attributes[sys.intern(key) if type(key) is str else key] = value
    if slots:
        for key, value in slots.items():
            setattr(target, key, value)


def dump(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None):
    """Write the pickle of an object to a file."""
    Pickler(file, protocol, fix_imports=fix_imports, buffer_callback=buffer_callback).dump(obj)


def dumps(obj, protocol=None, *, fix_imports=True, buffer_callback=None):
    """The pickle of an object, as bytes."""
    f = io.BytesIO()
    Pickler(f, protocol, fix_imports=fix_imports, buffer_callback=buffer_callback).dump(obj)
    return f.getvalue()


def load(file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
    """Read one pickle from a file: the object."""
    return Unpickler(file, fix_imports=fix_imports, encoding=encoding, errors=errors, buffers=buffers).load()


def loads(data, /, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
    """The object of a pickle in bytes. What stands behind the pickle is ignored."""
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    return Unpickler(io.BytesIO(data), fix_imports=fix_imports, encoding=encoding, errors=errors, buffers=buffers).load()
