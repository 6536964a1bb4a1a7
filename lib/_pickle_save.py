"""Objects to pickle streams."""

import copyreg
import io
import sys
import types
from functools import partial
from struct import pack

from _pickle_code import *

_BATCH = 1000
_absent = object()
_FRAME_MIN, _FRAME_TARGET = 4, 64 * 1024


class Pickler:
    """Writes pickles to a file."""

    def __init__(self, file, protocol=None, *, fix_imports=True, buffer_callback=None):
        if protocol is None:
            protocol = DEFAULT_PROTOCOL
        if protocol < 0:
            protocol = HIGHEST_PROTOCOL
        elif protocol > HIGHEST_PROTOCOL:
            raise ValueError("pickle protocol must be <= %d" % HIGHEST_PROTOCOL)
        if buffer_callback is not None and protocol < 5:
            raise ValueError("buffer_callback needs protocol >= 5")
        self._buffer_callback = buffer_callback
        try:
            self._file_write = file.write
        except AttributeError:
            raise TypeError("file must have a 'write' attribute")
        self.proto = int(protocol)
        self.bin = protocol >= 1
        self.fast = 0
        self.fix_imports = fix_imports and protocol < 3
        self.memo = {}
        self._frame = None

    def clear_memo(self):
        """Forget what was written: the next pickle is whole again."""
        self.memo.clear()

    def persistent_id(self, obj):
        """None, or what the reader's persistent_load finds obj by."""
        return None

    # Frames: from protocol 4 on, the stream is in parts with their lengths, so that a reader can read ahead.

    def write(self, data):
        if self._frame is None:
            self._file_write(data)
        else:
            self._frame += data

    def _end_frame(self, force=False):
        if self._frame is not None and (force or len(self._frame) >= _FRAME_TARGET):
            data = bytes(self._frame)
            if len(data) >= _FRAME_MIN:
                self._file_write(FRAME + pack("<Q", len(data)))
            self._file_write(data)
            self._frame = bytearray()

    def _write_large(self, head, data):
        if self._frame is None or len(data) < _FRAME_TARGET:
            self.write(head + data)
            return
        self._end_frame(force=True)
        self._file_write(head)
        self._file_write(data)

    def dump(self, obj):
        """Write obj."""
        if not hasattr(self, "_file_write"):
            raise PicklingError(f"Pickler.__init__() was not called by {self.__class__.__name__}.__init__()")
        if self.proto >= 2:
            self._file_write(PROTO + pack("<B", self.proto))
        if self.proto >= 4:
            self._frame = bytearray()
        try:
            self.save(obj)
            self.write(STOP)
            self._end_frame(force=True)
        finally:
            self._frame = None

    def memoize(self, obj):
        """Remember obj: the next time it is written, its number is."""
        if self.fast:
            return
        index = len(self.memo)
        self.memo[id(obj)] = index, obj
        if self.proto >= 4:
            self.write(MEMOIZE)
        elif self.bin:
            self.write(BINPUT + pack("<B", index) if index < 256 else LONG_BINPUT + pack("<I", index))
        else:
            self.write(PUT + b"%d\n" % index)

    def _get(self, index):
        if self.bin:
            return BINGET + pack("<B", index) if index < 256 else LONG_BINGET + pack("<I", index)
        return GET + b"%d\n" % index

    def save(self, obj, save_persistent_id=True):
        """Write obj, or where it was written."""
        self._end_frame()
        if save_persistent_id:
            pid = self.persistent_id(obj)
            if pid is not None:
                self._save_persistent(pid)
                return
        known = self.memo.get(id(obj))
        if known is not None:
            self.write(self._get(known[0]))
            return
        kind = type(obj)
        override = getattr(self, "reducer_override", _absent)
        reduced = override(obj) if override is not _absent else NotImplemented
        if reduced is NotImplemented:
            save = self.dispatch.get(kind)
            if save is not None:
                save(self, obj)
                return
            reduced = self._reduce(obj, kind)
            if reduced is None:
                self.save_global(obj)
                return
        if isinstance(reduced, str):
            self.save_global(obj, reduced)
            return
        if not isinstance(reduced, tuple):
            raise PicklingError("__reduce__ must return a string or tuple")
        if not 2 <= len(reduced) <= 6:
            raise PicklingError("tuple returned by __reduce__ must contain 2 through 6 elements")
        self.save_reduce(obj=obj, *reduced)

    def _reduce(self, obj, kind):
        table = getattr(self, "dispatch_table", copyreg.dispatch_table)
        reduce = _entry(table, kind)
        if reduce is not _absent:
            return reduce(obj)
        if issubclass(kind, type):
            return None
        reduce = getattr(obj, "__reduce_ex__", _absent)
        if reduce is not _absent:
            return reduce(self.proto)
        reduce = getattr(obj, "__reduce__", _absent)
        if reduce is _absent:
            raise PicklingError(f"Can't pickle {kind.__name__!r} object: {obj!r}")
        return reduce()

    def _save_persistent(self, pid):
        if self.bin:
            self.save(pid, save_persistent_id=False)
            self.write(BINPERSID)
            return
        try:
            self.write(PERSID + str(pid).encode("ascii") + b"\n")
        except UnicodeEncodeError:
            raise PicklingError("persistent IDs in protocol 0 must be ASCII strings")

    def save_reduce(self, func, args, state=None, listitems=None, dictitems=None, state_setter=None, *, obj=None):
        """Write what __reduce__ gave."""
        if not isinstance(args, tuple):
            raise PicklingError("args from save_reduce() must be a tuple")
        if not callable(func):
            raise PicklingError("func from save_reduce() must be callable")
        name = getattr(func, "__name__", "")
        if self.proto >= 2 and name == "__newobj_ex__":
            self._save_newobj_ex(args, obj)
        elif self.proto >= 2 and name == "__newobj__":
            cls = args[0]
            if not hasattr(cls, "__new__"):
                raise PicklingError("args[0] from __newobj__ args has no __new__")
            if obj is not None and cls is not obj.__class__:
                raise PicklingError("args[0] from __newobj__ args has the wrong class")
            self.save(cls)
            self.save(args[1:])
            self.write(NEWOBJ)
        else:
            self.save(func)
            self.save(args)
            self.write(REDUCE)
        if obj is not None:
            known = self.memo.get(id(obj))
            if known is not None: # its own arguments led back to it
                self.write(POP + self._get(known[0]))
            else:
                self.memoize(obj)
        if listitems is not None:
            self._batch_appends(listitems)
        if dictitems is not None:
            self._batch_setitems(dictitems)
        if state is None:
            return
        if state_setter is None:
            self.save(state)
            self.write(BUILD)
            return
        self.save(state_setter)
        self.save(obj)
        self.save(state)
        self.write(TUPLE2 + REDUCE + POP)

    def _save_newobj_ex(self, args, obj):
        cls, args, kwargs = args
        if not hasattr(cls, "__new__"):
            raise PicklingError("args[0] from __newobj_ex__ args has no __new__")
        if obj is not None and cls is not obj.__class__:
            raise PicklingError("args[0] from __newobj_ex__ args has the wrong class")
        if self.proto >= 4:
            self.save(cls)
            self.save(args)
            self.save(kwargs)
            self.write(NEWOBJ_EX)
            return
        self.save(partial(cls.__new__, cls, *args, **kwargs))
        self.save(())
        self.write(REDUCE)

    # One for each exact type that the format knows.

    dispatch = {}

    def save_none(self, obj):
        self.write(NONE)
    dispatch[type(None)] = save_none

    def save_bool(self, obj):
        if self.proto >= 2:
            self.write(NEWTRUE if obj else NEWFALSE)
        else:
            self.write(TRUE if obj else FALSE)
    dispatch[bool] = save_bool

    def save_long(self, obj):
        if self.bin:
            if 0 <= obj <= 0xFFFF:
                self.write(BININT1 + pack("<B", obj) if obj <= 0xFF else BININT2 + pack("<H", obj))
                return
            if -0x80000000 <= obj <= 0x7FFFFFFF:
                self.write(BININT + pack("<i", obj))
                return
        if self.proto >= 2:
            data = encode_long(obj)
            self.write((LONG1 + pack("<B", len(data)) if len(data) < 256 else LONG4 + pack("<i", len(data))) + data)
        elif -0x80000000 <= obj <= 0x7FFFFFFF:
            self.write(INT + b"%d\n" % obj)
        else:
            self.write(LONG + repr(obj).encode("ascii") + b"L\n")
    dispatch[int] = save_long

    def save_float(self, obj):
        self.write(BINFLOAT + pack(">d", obj) if self.bin else FLOAT + repr(obj).encode("ascii") + b"\n")
    dispatch[float] = save_float

    def save_bytes(self, obj):
        n = len(obj)
        if self.proto < 3: # as text, or by calling bytes()
            if not obj:
                self.save_reduce(bytes, (), obj=obj)
            else:
                self.save_reduce(_codecs_encode, (str(obj, "latin1"), "latin1"), obj=obj)
            return
        if n <= 0xFF:
            self.write(SHORT_BINBYTES + pack("<B", n) + obj)
        elif n > 0xFFFFFFFF and self.proto >= 4:
            self._write_large(BINBYTES8 + pack("<Q", n), obj)
        else:
            self._write_large(BINBYTES + pack("<I", n), obj)
        self.memoize(obj)
    dispatch[bytes] = save_bytes

    def save_bytearray(self, obj):
        if self.proto >= 5:
            self._write_large(BYTEARRAY8 + pack("<Q", len(obj)), bytes(obj))
            self.memoize(obj)
        else:
            self.save_reduce(bytearray, (bytes(obj),) if obj else (), obj=obj)
    dispatch[bytearray] = save_bytearray

    def save_picklebuffer(self, obj):
        if self.proto < 5:
            raise PicklingError("PickleBuffer can only be pickled with protocol >= 5")
        try:
            view = obj.raw()
        except BufferError:
            raise PicklingError("PickleBuffer can not be pickled when pointing to a non-contiguous buffer") from None
        with view:
            if self._buffer_callback is not None and not self._buffer_callback(obj):
                self.write(NEXT_BUFFER + READONLY_BUFFER if view.readonly else NEXT_BUFFER)
            elif view.readonly:
                self.save_bytes(view.tobytes())
            else:
                self.save_bytearray(bytearray(view))
    dispatch[PickleBuffer] = save_picklebuffer

    def save_str(self, obj):
        if self.bin:
            data = obj.encode("utf-8", "surrogatepass")
            n = len(data)
            if n <= 0xFF and self.proto >= 4:
                self.write(SHORT_BINUNICODE + pack("<B", n) + data)
            elif n > 0xFFFFFFFF and self.proto >= 4:
                self._write_large(BINUNICODE8 + pack("<Q", n), data)
            else:
                self._write_large(BINUNICODE + pack("<I", n), data)
        else:
            for char, escape in (("\\", "\\u005c"), ("\0", "\\u0000"), ("\n", "\\u000a"), ("\r", "\\u000d"), ("\x1a", "\\u001a")):
                obj_text = obj.replace(char, escape) if char == "\\" else obj_text.replace(char, escape)
            self.write(UNICODE + obj_text.encode("raw-unicode-escape") + b"\n")
        self.memoize(obj)
    dispatch[str] = save_str

    def save_tuple(self, obj):
        if not obj:
            self.write(EMPTY_TUPLE if self.bin else MARK + TUPLE)
            return
        n = len(obj)
        short = n <= 3 and self.proto >= 2
        if not short:
            self.write(MARK)
        for item in obj:
            self.save(item)
        known = self.memo.get(id(obj))
        if known is not None: # its own items led back to it
            self.write((POP * n if short else POP_MARK if self.bin else POP * (n + 1)) + self._get(known[0]))
            return
        self.write((TUPLE1, TUPLE2, TUPLE3)[n - 1] if short else TUPLE)
        self.memoize(obj)
    dispatch[tuple] = save_tuple

    def save_list(self, obj):
        self.write(EMPTY_LIST if self.bin else MARK + LIST)
        self.memoize(obj)
        self._batch_appends(obj)
    dispatch[list] = save_list

    def _batches(self, items):
        """Lists of up to 1000 items."""
        items = iter(items)
        while True:
            batch = []
            for item in items:
                batch.append(item)
                if len(batch) == _BATCH:
                    break
            if batch:
                yield batch
            if len(batch) < _BATCH:
                return

    def _batch_appends(self, items):
        if not self.bin:
            for item in items:
                self.save(item)
                self.write(APPEND)
            return
        for batch in self._batches(items):
            if len(batch) > 1:
                self.write(MARK)
            for item in batch:
                self.save(item)
            self.write(APPENDS if len(batch) > 1 else APPEND)

    def save_dict(self, obj):
        self.write(EMPTY_DICT if self.bin else MARK + DICT)
        self.memoize(obj)
        self._batch_setitems(obj.items())
    dispatch[dict] = save_dict

    def _batch_setitems(self, items):
        if not self.bin:
            for key, value in items:
                self.save(key)
                self.save(value)
                self.write(SETITEM)
            return
        for batch in self._batches(items):
            if len(batch) > 1:
                self.write(MARK)
            for key, value in batch:
                self.save(key)
                self.save(value)
            self.write(SETITEMS if len(batch) > 1 else SETITEM)

    def save_set(self, obj):
        if self.proto < 4:
            self.save_reduce(set, (list(obj),), obj=obj)
            return
        self.write(EMPTY_SET)
        self.memoize(obj)
        for batch in self._batches(obj):
            self.write(MARK)
            for item in batch:
                self.save(item)
            self.write(ADDITEMS)
    dispatch[set] = save_set

    def save_frozenset(self, obj):
        if self.proto < 4:
            self.save_reduce(frozenset, (list(obj),), obj=obj)
            return
        self.write(MARK)
        for item in obj:
            self.save(item)
        known = self.memo.get(id(obj))
        if known is not None:
            self.write(POP_MARK + self._get(known[0]))
            return
        self.write(FROZENSET)
        self.memoize(obj)
    dispatch[frozenset] = save_frozenset

    def save_global(self, obj, name=None):
        """Write the name that obj is found by."""
        if name is None:
            name = getattr(obj, "__qualname__", None)
            if name is None:
                name = obj.__name__
        module_name = _module_of(obj, name)
        if obj is not _codecs_encode:
            _check_name(obj, module_name, name)
        if self.proto >= 2 and self._save_extension(module_name, name):
            return
        if self.proto >= 4:
            self.save(module_name)
            self.save(name)
            self.write(STACK_GLOBAL)
        elif "." in name:
            self._save_nested(module_name, name)
        else:
            self._save_plain_name(module_name, name)
        self.memoize(obj)

    def _save_plain_name(self, module_name, name):
        module_name, name = _old_name(module_name, name) if self.fix_imports else (module_name, name)
        encoding = "utf-8" if self.proto >= 3 else "ascii"
        try:
            self.write(GLOBAL + f"{module_name}\n{name}\n".encode(encoding))
        except UnicodeEncodeError:
            raise PicklingError(f"can't pickle global identifier '{module_name}.{name}' using pickle protocol {self.proto}") from None

    def _save_nested(self, module_name, name):
        """Before protocol 4 there are no dots in names: getattr(getattr(outermost, name), name)."""
        outermost, *rest = name.split(".")
        for _ in rest:
            self.save(getattr)
            if self.proto < 2:
                self.write(MARK)
        self._save_plain_name(module_name, outermost)
        for part in rest:
            self.save(part)
            self.write((TUPLE2 if self.proto >= 2 else TUPLE) + REDUCE)

    def _save_extension(self, module_name, name):
        code = copyreg._extension_registry.get((module_name, name))
        if not code:
            return False
        self.write(EXT1 + pack("<B", code) if code <= 0xFF else EXT2 + pack("<H", code) if code <= 0xFFFF else EXT4 + pack("<i", code))
        return True

    def save_type(self, obj):
        if obj is type(None) or obj is type(NotImplemented) or obj is type(...):
            value = None if obj is type(None) else NotImplemented if obj is type(NotImplemented) else ...
            self.save_reduce(type, (value,), obj=obj)
        else:
            self.save_global(obj)
    dispatch[type] = save_type
    dispatch[types.FunctionType] = save_global

    def save_staticmethod(self, obj):
        if obj not in _exports: # only this module's own functions are found by name as they are
            raise TypeError("cannot pickle 'staticmethod' object")
        self.save_global(obj)
    dispatch[staticmethod] = save_staticmethod


def _entry(table, kind):
    """What the table has for the type; anything with [] is a table."""
    try:
        return table[kind]
    except KeyError:
        return _absent


def _codecs_encode(text, encoding):
    return text.encode(encoding)


_exports = [] # functions of pickle's that do not bind when they are found in a class, as CPython's do not


def export(function):
    """The function as the module pickle has it."""
    function.__module__ = "_pickle"
    _exports.append(staticmethod(function))
    return _exports[-1]


_codecs_encode.__module__, _codecs_encode.__qualname__ = "_codecs", "encode"


def _check_name(obj, module_name, name):
    """PicklingError unless obj is what a reader will find by this name."""
    try:
        __import__(module_name, level=0)
        found, _ = find_attribute(sys.modules[module_name], name.split("."))
    except (ImportError, KeyError, AttributeError) as e:
        if isinstance(e, AttributeError) and "<locals>" in name.split("."):
            raise AttributeError(f"Can't get local object {name!r}") from None
        reason = "import of module {!r} failed".format(module_name) if isinstance(e, ImportError) else \
            "attribute lookup {} on {} failed".format(name, module_name)
        raise PicklingError(f"Can't pickle {obj!r}: {reason}") from None
    if found is not obj:
        raise PicklingError(f"Can't pickle {obj!r}: it's not the same object as {module_name}.{name}")


def _module_of(obj, name):
    module_name = getattr(obj, "__module__", None)
    if module_name is not None:
        return module_name
    for module_name, module in sys.modules.copy().items():
        if module_name in ("__main__", "__mp_main__") or module is None:
            continue
        try:
            if find_attribute(module, name.split("."))[0] is obj:
                return module_name
        except AttributeError:
            pass
    return "__main__"


def _old_name(module_name, name):
    from _compat_pickle import REVERSE_IMPORT_MAPPING, REVERSE_NAME_MAPPING
    module_name, name = REVERSE_NAME_MAPPING.get((module_name, name), (module_name, name))
    return REVERSE_IMPORT_MAPPING.get(module_name, module_name), name


def dump(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None):
    """Write the pickle of obj to file."""
    Pickler(file, protocol, fix_imports=fix_imports, buffer_callback=buffer_callback).dump(obj)


def dumps(obj, protocol=None, *, fix_imports=True, buffer_callback=None):
    """The pickle of obj."""
    file = io.BytesIO()
    Pickler(file, protocol, fix_imports=fix_imports, buffer_callback=buffer_callback).dump(obj)
    return file.getvalue()
