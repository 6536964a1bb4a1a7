"""Constants as bytes, in CPython's formats 0 to 4. Code objects are inside as Krait's own code files, which no other Python can read."""

import sys
from struct import pack, unpack

import _krait

__all__ = ["dump", "dumps", "load", "loads", "version"]

version = 4
_REF = 0x80  # in the type's byte: the object gets the next number, by which later ones can refer to it
_DEPTH = 2000
_SINGLE = {None: b"N", ...: b".", StopIteration: b"S"}
_CodeType = type((lambda: None).__code__)


class _Writer:
    def __init__(self, version, allow_code):
        self.version, self.allow_code = version, allow_code
        self.out = []
        self.numbers = {}  # by id
        self.kept = []     # what the ids are of
        self.depth = 0

    def write(self, value):
        kind = type(value)
        if value is None or value is ... or value is StopIteration:
            self.out.append(_SINGLE[value])
            return
        if kind is bool:
            self.out.append(b"T" if value else b"F")
            return
        save = self.savers.get(kind)
        if save is None and kind is not str and not _has_buffer(value):
            raise ValueError("unmarshallable object")
        flag = 0
        if self.version >= 3:
            number = self.numbers.get(id(value))
            if number is not None:
                self.out.append(b"r" + pack("<I", number))
                return
            self.numbers[id(value)] = len(self.kept)
            self.kept.append(value)
            flag = _REF
        self.depth += 1
        if self.depth > _DEPTH:
            raise ValueError("object too deeply nested to marshal")
        (save or _Writer.save_buffer)(self, value, flag)
        self.depth -= 1

    def head(self, code, flag, rest=b""):
        self.out.append(bytes([ord(code) | flag]) + rest)

    def save_int(self, value, flag):
        if -0x80000000 <= value <= 0x7FFFFFFF:
            self.head("i", flag, pack("<i", value))
            return
        digits, rest = [], abs(value)
        while rest:
            digits.append(rest & 0x7FFF)
            rest >>= 15
        self.head("l", flag, pack(f"<i{len(digits)}H", -len(digits) if value < 0 else len(digits), *digits))

    def save_float(self, value, flag):
        if self.version > 1:
            self.head("g", flag, pack("<d", value))
        else:
            self.head("f", flag, _short_text(value))

    def save_complex(self, value, flag):
        if self.version > 1:
            self.head("y", flag, pack("<dd", value.real, value.imag))
        else:
            self.head("x", flag, _short_text(value.real) + _short_text(value.imag))

    def save_str(self, value, flag):
        interned = sys._is_interned(value)
        if self.version >= 4 and value.isascii():
            data = value.encode("ascii")
            if len(data) < 256:
                self.head("Z" if interned else "z", flag, bytes([len(data)]) + data)
            else:
                self.head("A" if interned else "a", flag, pack("<I", len(data)) + data)
            return
        data = value.encode("utf-8", "surrogatepass")
        self.head("t" if self.version >= 3 and interned else "u", flag, pack("<I", len(data)) + data)

    def save_buffer(self, value, flag):
        data = bytes(value)
        self.head("s", flag, pack("<I", len(data)) + data)

    def save_tuple(self, value, flag):
        n = len(value)
        if self.version >= 4 and n < 256:
            self.head(")", flag, bytes([n]))
        else:
            self.head("(", flag, pack("<I", n))
        for item in value:
            self.write(item)

    def save_items(self, value, flag):
        code = {list: "[", set: "<", frozenset: ">"}[type(value)]
        self.head(code, flag, pack("<I", len(value)))
        if code == "[":
            for item in value:
                self.write(item)
            return
        # A set's order is nobody's business: by what the items are written as, so that equal sets give equal bytes.
        for _, item in self.ordered(value):
            self.write(item)

    def ordered(self, value):
        parts = [(dumps(item, self.version, allow_code=self.allow_code), item) for item in value]
        parts.sort(key=lambda part: part[0])
        return parts

    def save_dict(self, value, flag):
        self.head("{", flag)
        for key, item in value.items():
            self.write(key)
            self.write(item)
        self.out.append(b"0")

    def save_code(self, value, flag):
        if not self.allow_code:
            raise ValueError("marshalling code objects is disallowed")
        module = compile("", "<marshal>", "exec") # code files hold modules, which can have any other code among their constants
        data = _krait.code_save(module.replace(co_consts=(*module.co_consts, value)))
        self.head("c", flag, pack("<I", len(data)) + data)

    savers = {int: save_int, float: save_float, complex: save_complex, str: save_str, bytes: save_buffer, tuple: save_tuple, list: save_items,
              set: save_items, frozenset: save_items, dict: save_dict, _CodeType: save_code}


def _has_buffer(value):
    try:
        memoryview(value).release()
    except TypeError:
        return False
    return True


def _short_text(number):
    text = b"%.17g" % number
    return bytes([len(text)]) + text


_END = object()  # what the byte that ends a dict gives


class _Reader:
    def __init__(self, read, allow_code):
        self.read, self.allow_code = read, allow_code
        self.refs = []
        self.depth = 0

    def take(self, n):
        data = self.read(n)
        if len(data) < n:
            raise EOFError("marshal data too short")
        return data

    def size(self, what):
        n, = unpack("<i", self.take(4))
        if n < 0:
            raise ValueError(f"bad marshal data ({what} size out of range)")
        return n

    def load_first(self):
        """The object that the bytes begin with."""
        try:
            return self.load()
        except RecursionError:
            raise ValueError("recursion limit exceeded") from None

    def load(self, inside="object"):
        """The next object; inside: in what it stands, for messages."""
        value = self.load_any()
        if value is _END:
            raise TypeError(f"NULL object in marshal data for {inside}")
        return value

    def load_any(self):
        head = self.read(1)
        if not head:
            raise EOFError("EOF read where object expected")
        code, flag = chr(head[0] & ~_REF), head[0] & _REF
        self.depth += 1
        if self.depth > _DEPTH:
            raise ValueError("recursion limit exceeded")
        if code in "[{<>()":
            value = self.load_container(code, flag)
        elif code in _CONSTANTS:
            value = _CONSTANTS[code]
        else:
            value = self.load_plain(code)
            if flag and code != "r":
                self.refs.append(value)
        self.depth -= 1
        return value

    def load_plain(self, code):
        if code == "i":
            return unpack("<i", self.take(4))[0]
        if code == "I":
            return unpack("<q", self.take(8))[0]
        if code == "r":
            number, = unpack("<I", self.take(4))
            if number >= len(self.refs) or self.refs[number] is _END:
                raise ValueError("bad marshal data (invalid reference)")
            return self.refs[number]
        if code in "zZ":
            return _name(str(self.take(self.take(1)[0]), "latin-1"), code == "Z")
        if code in "aA":
            return _name(str(self.take(self.size("string")), "latin-1"), code == "A")
        if code in "ut":
            return _name(str(self.take(self.size("string")), "utf-8", "surrogatepass"), code == "t")
        if code == "s":
            return bytes(self.take(self.size("bytes object")))
        if code == "l":
            return self.load_long()
        if code == "g":
            return unpack("<d", self.take(8))[0]
        if code == "y":
            return complex(*unpack("<dd", self.take(16)))
        if code == "f":
            return float(self.take(self.take(1)[0]))
        if code == "x":
            return complex(float(self.take(self.take(1)[0])), float(self.take(self.take(1)[0])))
        if code == "c":
            return self.load_code()
        raise ValueError("bad marshal data (unknown type code)")

    def load_long(self):
        n, = unpack("<i", self.take(4))
        if n == -0x80000000:
            raise ValueError("bad marshal data (long size out of range)")
        value = 0
        digits = unpack(f"<{abs(n)}H", self.take(2 * abs(n)))
        if digits and not digits[-1]:
            raise ValueError("bad marshal data (unnormalized long data)")
        for digit in reversed(digits):
            if digit > 0x7FFF:
                raise ValueError("bad marshal data (digit out of range in long)")
            value = value << 15 | digit
        return -value if n < 0 else value

    def load_code(self):
        if not self.allow_code:
            raise ValueError("unmarshalling code objects is disallowed")
        try:
            return _krait.code_load(self.take(self.size("code"))).co_consts[-1]
        except (ImportError, IndexError) as e:
            raise ValueError(f"bad marshal data ({e})") from None

    def load_container(self, code, flag):
        at = len(self.refs)
        if flag:
            self.refs.append(_END)  # its number comes before those of its items
        if code == "{":
            value = {}
        elif code == "[":
            n, value = self.size("list"), []
        else:
            n = self.take(1)[0] if code == ")" else self.size({"(": "tuple", "<": "set", ">": "set"}[code])
            value = set() if code == "<" else []
        if flag and code in "[{<":
            self.refs[at] = value
        if code == "{":
            while (key := self.load_any()) is not _END:
                if (item := self.load_any()) is _END:
                    break
                value[key] = item
        elif code == "<":
            for _ in range(n):
                value.add(self.load("set"))
        else:
            inside = {"[": "list", ">": "set"}.get(code, "tuple")
            for _ in range(n):
                value.append(self.load(inside))
            if code != "[":
                value = (frozenset if code == ">" else tuple)(value)
                if flag:
                    self.refs[at] = value
        return value


_CONSTANTS = {"N": None, "T": True, "F": False, ".": ..., "S": StopIteration, "0": _END}


def _name(text, interned):
    return sys.intern(text) if interned else text


def dumps(value, version=version, /, *, allow_code=True):
    """The bytes of a constant. ValueError: it, or something in it, is none."""
    writer = _Writer(version, allow_code)
    try:
        writer.write(value)
    except RecursionError:
        raise ValueError("object too deeply nested to marshal") from None
    return b"".join(writer.out)


def dump(value, file, version=version, /, *, allow_code=True):
    """Write the bytes of a constant to a file."""
    file.write(dumps(value, version, allow_code=allow_code))


def loads(bytes, /, *, allow_code=True):
    """The object at the beginning of these bytes. EOFError, ValueError, TypeError: they are damaged."""
    try:
        view = memoryview(bytes)
    except TypeError:
        raise TypeError(f"a bytes-like object is required, not '{type(bytes).__name__}'") from None
    with view:
        from io import BytesIO
        return _Reader(BytesIO(view).read, allow_code).load_first()


def load(file, /, *, allow_code=True):
    """The next object of a file."""
    data = file.read(0)
    if not isinstance(data, bytes):
        raise TypeError(f"file.read() returned not bytes but {type(data).__name__}")
    return _Reader(file.read, allow_code).load_first()
