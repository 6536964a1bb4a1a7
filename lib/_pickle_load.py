"""Pickle streams to objects. A stream from somebody else can do anything that a program can: find_class decides what it reaches."""

import copyreg
import io
import sys
from struct import unpack

from _pickle_code import *


class _Stop(Exception):
    def __init__(self, value):
        self.value = value


def _underflow(error, marked):
    """An IndexError of this module's own is the stack's."""
    tb = error.__traceback__
    while tb.tb_next:
        tb = tb.tb_next
    if tb.tb_frame.f_globals is globals():
        raise UnpicklingError("unexpected MARK found" if marked else "unpickling stack underflow") from None


class _Ahead:
    """A file of which a frame was read: that first, then the rest."""

    def __init__(self, frame, read, readline):
        self._frame, self._rest, self._rest_line = io.BytesIO(frame), read, readline

    def read(self, n):
        data = self._frame.read(n)
        return data if len(data) == n else data + self._rest(n - len(data))

    def readline(self):
        line = self._frame.readline()
        return line if line.endswith(b"\n") else line + self._rest_line()


def _key_text(key):
    """A byte that is no opcode, as messages show it."""
    return chr(key) if 32 <= key < 127 and key not in b"'\\" else f"\\x{key:02x}"


def _int(line):
    """The number of INT: as C reads it, also octal behind a single 0."""
    try:
        return int(line, 0)
    except ValueError:
        digits = line.strip().lstrip(b"+-")
        if digits[:1] != b"0" or digits.strip(b"01234567"):
            raise ValueError("could not convert string to int") from None
        return int(line, 8)


def _long(line, base, end=b""):
    """The number of LONG, GET and PUT."""
    try:
        return int(line, base)
    except ValueError:
        raise ValueError(f"invalid literal for int() with base 10: {(line + end).decode()!r}") from None


def _float(line):
    try:
        return float(line)
    except ValueError:
        raise ValueError(f"could not convert string to float: '{(line + b"\n").decode()}'") from None


class Unpickler:
    """Reads pickles from a file."""

    def __init__(self, file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
        self._buffers = iter(buffers) if buffers is not None else None
        read, readline = getattr(file, "read", None), getattr(file, "readline", None)
        if read is None or readline is None:
            raise TypeError("file must have 'read' and 'readline' attributes")
        self._file_read, self._file_readline = read, readline
        self._in_memory = None
        if type(file) is io.BytesIO:
            self._in_memory, self._file_tell = file.getbuffer().nbytes, file.tell
        self.memo = {}
        self.encoding, self.errors = encoding, errors
        self.fix_imports = fix_imports
        self.proto = 0

    def load(self):
        """The next object of the file."""
        if not hasattr(self, "_file_read"):
            raise UnpicklingError(f"Unpickler.__init__() was not called by {self.__class__.__name__}.__init__()")
        self.stack, self.metastack = [], []
        dispatch = self.dispatch
        try:
            while True:
                key = self._file_read(1)
                if not key:
                    raise EOFError("Ran out of input")
                step = dispatch.get(key[0])
                if step is None:
                    raise UnpicklingError(f"invalid load key, '{_key_text(key[0])}'.")
                try:
                    step(self)
                except IndexError as e:
                    _underflow(e, self.metastack)
                    raise
        except _Stop as stop:
            return stop.value

    def _read(self, n):
        data = self._file_read(n)
        if len(data) < n:
            raise UnpicklingError("pickle data was truncated")
        return data

    def _line(self, least=1):
        line = self._file_readline()
        if not line.endswith(b"\n") or len(line) <= least:
            raise UnpicklingError("pickle data was truncated")
        return line[:-1]

    def _number(self, format, size):
        return unpack(format, self._read(size))[0]

    def _pop_mark(self):
        items = self.stack
        if not self.metastack:
            raise UnpicklingError("could not find MARK")
        self.stack = self.metastack.pop()
        return items

    def persistent_load(self, pid):
        """The object of what persistent_id gave; to be overridden."""
        raise UnpicklingError("A load persistent id instruction was encountered, but no persistent_load function was specified.")

    def find_class(self, module, name):
        """The object of this name in the module."""
        sys.audit("pickle.find_class", module, name)
        if self.proto < 3 and self.fix_imports:
            module, name = _new_name(module, name)
        if (module, name) == ("_codecs", "encode"):
            from _pickle_save import _codecs_encode
            return _codecs_encode
        __import__(module, level=0)
        if self.proto >= 4 and "." in name:
            return find_attribute(sys.modules[module], name.split("."))[0]
        try:
            return getattr(sys.modules[module], name)
        except AttributeError:
            raise AttributeError(f"Can't get attribute {name!r} on {sys.modules[module]!r}") from None

    def _decode(self, data):
        return data if self.encoding == "bytes" else data.decode(self.encoding, self.errors)

    def _memo_get(self, index):
        try:
            self.stack.append(self.memo[index])
        except KeyError:
            raise UnpicklingError(f"Memo value not found at index {index}") from None

    def _memo_put(self, index):
        if not self.stack:
            raise IndexError # as if it were asked for
        if index < 0:
            raise ValueError("negative PUT argument")
        self.memo[index] = self.stack[-1]

    def _build(self):
        state, obj = self.stack.pop(), self.stack[-1]
        setstate = getattr(obj, "__setstate__", self) # self: there is none
        if setstate is not self:
            setstate(state)
            return
        slots = None
        if isinstance(state, tuple) and len(state) == 2:
            state, slots = state
        if state:
            attributes = obj.__dict__
            for key, value in state.items():
                attributes[sys.intern(key) if type(key) is str else key] = value
        if slots:
            for key, value in slots.items():
                setattr(obj, key, value)

    def _append_all(self, items):
        into = self.stack[-1]
        extend = getattr(into, "extend", None)
        if extend is not None:
            extend(items)
            return
        for item in items:
            into.append(item)

    def _set_items(self, items):
        into = self.stack[-1]
        for i in range(0, len(items), 2):
            into[items[i]] = items[i + 1]

    def _add_items(self, items):
        into = self.stack[-1]
        if isinstance(into, set):
            into.update(items)
        else:
            for item in items:
                into.add(item)

    def _replace(self, count, make):
        items = self.stack[-count:]
        if len(items) < count:
            raise IndexError
        self.stack[-count:] = [make(*items)]

    def _extension(self, code):
        if code <= 0:
            raise UnpicklingError("EXT specifies code <= 0")
        if code in copyreg._extension_cache:
            self.stack.append(copyreg._extension_cache[code])
            return
        key = copyreg._inverted_registry.get(code)
        if not key:
            raise ValueError("unregistered extension code %d" % code)
        obj = copyreg._extension_cache[code] = self.find_class(*key)
        self.stack.append(obj)

    def _instantiate(self, cls, args):
        if args or not isinstance(cls, type) or hasattr(cls, "__getinitargs__"):
            value = cls(*args)
        else:
            value = cls.__new__(cls)
        self.stack.append(value)

    # One for each opcode.

    dispatch = {}

    def load_proto(self):
        self.proto = self._read(1)[0]
        if self.proto > HIGHEST_PROTOCOL:
            raise ValueError("unsupported pickle protocol: %d" % self.proto)

    def load_frame(self):
        n = self._number("<Q", 8)
        if n > sys.maxsize:
            raise OverflowError(f"FRAME length exceeds system's maximum of {sys.maxsize} bytes")
        if self._in_memory is not None: # no need to read it: is it there?
            if n > self._in_memory - self._file_tell():
                raise UnpicklingError("pickle data was truncated")
            return
        ahead = _Ahead(self._read(n), self._file_read, self._file_readline)
        self._file_read, self._file_readline = ahead.read, ahead.readline

    def load_stop(self):
        raise _Stop(self.stack.pop())

    def load_mark(self):
        self.metastack.append(self.stack)
        self.stack = []

    def load_pop(self):
        if self.stack:
            del self.stack[-1]
        elif self.metastack:
            self._pop_mark()
        else:
            raise IndexError

    def load_int(self):
        data = self._line()
        self.stack.append({b"00": False, b"01": True}[data] if data in (b"00", b"01") else _int(data))

    def load_long(self):
        data = self._line()
        self.stack.append(_long(data[:-1] if data.endswith(b"L") else data, 0))

    def load_long4(self):
        n = self._number("<i", 4)
        if n < 0:
            raise UnpicklingError("LONG pickle has negative byte count")
        self.stack.append(decode_long(self._read(n)))

    def load_string(self):
        data = self._line()
        if len(data) < 2 or data[:1] != data[-1:] or data[:1] not in (b"'", b'"'):
            raise UnpicklingError("the STRING opcode argument must be quoted")
        text = data[1:-1].decode("latin1").encode("latin1").decode("unicode_escape").encode("latin1")
        self.stack.append(self._decode(text))

    def load_put(self):
        line = self._line()
        self._memo_put(_long(line, 10, b"\n") if self.stack else 0)

    def load_stack_global(self):
        name, module = self.stack.pop(), self.stack.pop()
        if type(name) is not str or type(module) is not str:
            raise UnpicklingError("STACK_GLOBAL requires str")
        self.stack.append(self.find_class(module, name))

    def load_reduce(self):
        args = self.stack.pop()
        self.stack[-1] = self.stack[-1](*args)

    def load_newobj(self):
        args, cls = self.stack.pop(), self.stack.pop()
        self.stack.append(cls.__new__(cls, *args))

    def load_newobj_ex(self):
        kwargs, args, cls = self.stack.pop(), self.stack.pop(), self.stack.pop()
        self.stack.append(cls.__new__(cls, *args, **kwargs))

    def load_inst(self):
        items = self._pop_mark()
        module, name = self._line().decode("ascii"), self._line().decode("ascii")
        self._instantiate(self.find_class(module, name), items)

    def load_obj(self):
        items = self._pop_mark()
        self._instantiate(items[0], items[1:])

    def load_dict(self):
        items = self._pop_mark()
        self.stack.append({items[i]: items[i + 1] for i in range(0, len(items), 2)})

    def load_append(self):
        value = self.stack.pop()
        self.stack[-1].append(value)

    def load_setitem(self):
        value, key = self.stack.pop(), self.stack.pop()
        self.stack[-1][key] = value

    def load_persid(self):
        try:
            pid = self._line(0).decode("ascii")
        except UnicodeDecodeError:
            raise UnpicklingError("persistent IDs in protocol 0 must be ASCII strings") from None
        value = self.persistent_load(pid)
        self.stack.append(value)

    def load_buffer(self):
        if self._buffers is None:
            raise UnpicklingError("pickle stream refers to out-of-band data but no *buffers* argument was given")
        for buffer in self._buffers:
            self.stack.append(buffer)
            return
        raise UnpicklingError("not enough out-of-band buffers")

    def load_readonly_buffer(self):
        with memoryview(self.stack[-1]) as view:
            if not view.readonly:
                self.stack[-1] = view.toreadonly()


def _push(value_of):
    def step(self):
        value = value_of(self) # may change which stack it is
        self.stack.append(value)
    return step


def _text(self, n):
    return str(self._read(n), "utf-8", "surrogatepass")


_STEPS = {
    PROTO: Unpickler.load_proto, FRAME: Unpickler.load_frame, STOP: Unpickler.load_stop, MARK: Unpickler.load_mark, POP: Unpickler.load_pop,
    POP_MARK: lambda self: self._pop_mark(), DUP: _push(lambda self: self.stack[-1]),
    NONE: _push(lambda self: None), NEWTRUE: _push(lambda self: True), NEWFALSE: _push(lambda self: False),
    INT: Unpickler.load_int, LONG: Unpickler.load_long, LONG4: Unpickler.load_long4,
    BININT: _push(lambda self: self._number("<i", 4)), BININT1: _push(lambda self: self._read(1)[0]),
    BININT2: _push(lambda self: self._number("<H", 2)), LONG1: _push(lambda self: decode_long(self._read(self._read(1)[0]))),
    FLOAT: _push(lambda self: _float(self._line())), BINFLOAT: _push(lambda self: self._number(">d", 8)),
    STRING: Unpickler.load_string, BINSTRING: _push(lambda self: self._decode(self._read(self._number("<I", 4)))),
    SHORT_BINSTRING: _push(lambda self: self._decode(self._read(self._read(1)[0]))),
    UNICODE: _push(lambda self: str(self._line(0), "raw-unicode-escape")),
    BINUNICODE: _push(lambda self: _text(self, self._number("<I", 4))), BINUNICODE8: _push(lambda self: _text(self, self._number("<Q", 8))),
    SHORT_BINUNICODE: _push(lambda self: _text(self, self._read(1)[0])),
    BINBYTES: _push(lambda self: self._read(self._number("<I", 4))), BINBYTES8: _push(lambda self: self._read(self._number("<Q", 8))),
    SHORT_BINBYTES: _push(lambda self: self._read(self._read(1)[0])),
    BYTEARRAY8: _push(lambda self: bytearray(self._read(self._number("<Q", 8)))),
    EMPTY_TUPLE: _push(lambda self: ()), EMPTY_LIST: _push(lambda self: []), EMPTY_DICT: _push(lambda self: {}), EMPTY_SET: _push(lambda self: set()),
    TUPLE: _push(lambda self: tuple(self._pop_mark())), LIST: _push(lambda self: self._pop_mark()), DICT: Unpickler.load_dict,
    FROZENSET: _push(lambda self: frozenset(self._pop_mark())),
    TUPLE1: lambda self: self._replace(1, lambda a: (a,)), TUPLE2: lambda self: self._replace(2, lambda a, b: (a, b)),
    TUPLE3: lambda self: self._replace(3, lambda a, b, c: (a, b, c)),
    APPEND: Unpickler.load_append, APPENDS: lambda self: self._append_all(self._pop_mark()),
    SETITEM: Unpickler.load_setitem, SETITEMS: lambda self: self._set_items(self._pop_mark()),
    ADDITEMS: lambda self: self._add_items(self._pop_mark()), BUILD: Unpickler._build,
    GLOBAL: _push(lambda self: self.find_class(self._line().decode("utf-8"), self._line().decode("utf-8"))),
    STACK_GLOBAL: Unpickler.load_stack_global, REDUCE: Unpickler.load_reduce, NEWOBJ: Unpickler.load_newobj,
    NEWOBJ_EX: Unpickler.load_newobj_ex, INST: Unpickler.load_inst, OBJ: Unpickler.load_obj,
    PERSID: Unpickler.load_persid,
    BINPERSID: _push(lambda self: self.persistent_load(self.stack.pop())),
    GET: lambda self: self._memo_get(_long(self._line(), 10, b"\n")), BINGET: lambda self: self._memo_get(self._read(1)[0]),
    LONG_BINGET: lambda self: self._memo_get(self._number("<I", 4)), PUT: Unpickler.load_put,
    BINPUT: lambda self: self._memo_put(self._read(1)[0]), LONG_BINPUT: lambda self: self._memo_put(self._number("<I", 4)),
    MEMOIZE: lambda self: self._memo_put(len(self.memo)),
    EXT1: lambda self: self._extension(self._read(1)[0]), EXT2: lambda self: self._extension(self._number("<H", 2)),
    EXT4: lambda self: self._extension(self._number("<i", 4)),
    NEXT_BUFFER: Unpickler.load_buffer, READONLY_BUFFER: Unpickler.load_readonly_buffer,
}
Unpickler.dispatch.update((code[0], step) for code, step in _STEPS.items())


def _new_name(module, name):
    from _compat_pickle import IMPORT_MAPPING, NAME_MAPPING
    found = NAME_MAPPING.get((module, name))
    return found if found is not None else (IMPORT_MAPPING.get(module, module), name)


def load(file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
    """The object whose pickle is next in file."""
    return Unpickler(file, fix_imports=fix_imports, encoding=encoding, errors=errors, buffers=buffers).load()


def loads(data, /, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
    """The object of this pickle."""
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    return Unpickler(io.BytesIO(data), fix_imports=fix_imports, encoding=encoding, errors=errors, buffers=buffers).load()
