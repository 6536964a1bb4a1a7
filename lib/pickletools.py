"""What is in a pickle, without loading it: genops() gives its opcodes, dis() lists them and checks the stack, optimize() drops unused PUTs."""

import io
import pickle
import re
import sys
from struct import calcsize, unpack

__all__ = ["dis", "genops", "optimize"]

# How many bytes an argument has: at least 0, or one of these.
UP_TO_NEWLINE, TAKEN_FROM_ARGUMENT1, TAKEN_FROM_ARGUMENT4, TAKEN_FROM_ARGUMENT4U, TAKEN_FROM_ARGUMENT8U = -1, -2, -3, -4, -5


class ArgumentDescriptor:
    """What follows an opcode: its length n and the function that reads it from a file."""

    __slots__ = "name", "n", "reader", "doc"

    def __init__(self, name, n, reader, doc):
        self.name, self.n, self.reader, self.doc = name, n, reader, doc


class StackObject:
    """A kind of thing on the stack of the unpickling machine."""

    __slots__ = "name", "obtype", "doc"

    def __init__(self, name, obtype, doc):
        self.name, self.obtype, self.doc = name, obtype, doc

    def __repr__(self):
        return self.name


class OpcodeInfo:
    """An opcode: its code (one character), its argument, what it takes from the stack and puts there, and its first protocol."""

    __slots__ = "name", "code", "arg", "stack_before", "stack_after", "proto", "doc"

    def __init__(self, name, code, arg, stack_before, stack_after, proto, doc):
        self.name, self.code, self.arg, self.proto, self.doc = name, code, arg, proto, doc
        self.stack_before, self.stack_after = stack_before, stack_after


# ---- Arguments ----------------------------------------------------------------------------------------------------------------------

_ARGUMENTS = {}


def _fixed(name, format):
    n = calcsize(format)

    def read(f):
        data = f.read(n)
        if len(data) != n:
            raise ValueError(f"not enough data in stream to read {name}")
        return unpack(format, data)[0]
    _ARGUMENTS[name] = ArgumentDescriptor(name, n, read, f"{n} bytes, as struct's {format!r}.")
    return read


def _counted(name, format, n, make, unit):
    length_of = _READ_LENGTH[format]

    def read(f):
        length = length_of(f)
        if length < 0:
            raise ValueError(f"{name} byte count < 0: {length}")
        if length > sys.maxsize:
            raise ValueError(f"{name} byte count > sys.maxsize: {length}")
        data = f.read(length)
        if len(data) != length:
            if unit == "long":
                raise ValueError(f"not enough data in stream to read {name}")
            raise ValueError(f"expected {length} bytes in a {name}, but only {len(data)} remain")
        return make(data)
    _ARGUMENTS[name] = ArgumentDescriptor(name, n, read, f"A length (struct's {format!r}), then that many bytes: {unit}.")


def read_stringnl(f, decode=True, stripquotes=True, *, encoding="latin-1"):
    """A line, without its quotation marks."""
    data = f.readline()
    if not data.endswith(b"\n"):
        raise ValueError("no newline found when trying to read stringnl")
    data = data[:-1]
    if stripquotes:
        quote = data[:1]
        if quote not in (b"'", b'"') or not quote:
            raise ValueError("no string quotes around %r" % data)
        if data[-1:] != quote or len(data) < 2:
            raise ValueError("strinq quote %r not found at both ends of %r" % (quote, data))
        data = data[1:-1]
    return data.decode("unicode_escape").encode(encoding).decode(encoding) if decode else data


def read_stringnl_noescape(f):
    """A line as it stands."""
    return read_stringnl(f, stripquotes=False)


def read_stringnl_noescape_pair(f):
    """Two lines, joined by a space."""
    return f"{read_stringnl_noescape(f)} {read_stringnl_noescape(f)}"


def read_unicodestringnl(f):
    """A line in raw-unicode-escape."""
    data = f.readline()
    if not data.endswith(b"\n"):
        raise ValueError("no newline found when trying to read unicodestringnl")
    return str(data[:-1], "raw-unicode-escape")


def read_decimalnl_short(f):
    """An int in decimal; 00 and 01 are False and True."""
    text = read_stringnl(f, decode=False, stripquotes=False)
    return {b"00": False, b"01": True}[text] if text in (b"00", b"01") else int(text)


def read_decimalnl_long(f):
    """An int in decimal, with or without an L at its end."""
    return int(read_stringnl(f, decode=False, stripquotes=False).removesuffix(b"L"))


def read_floatnl(f):
    """A float as text."""
    return float(read_stringnl(f, decode=False, stripquotes=False))


def _text(data):
    return str(data, "utf-8", "surrogatepass")


for _name, _format in ("uint1", "<B"), ("uint2", "<H"), ("int4", "<i"), ("uint4", "<I"), ("uint8", "<Q"), ("float8", ">d"):
    globals()["read_" + _name] = _fixed(_name, _format)
_READ_LENGTH = {"<B": read_uint1, "<i": read_int4, "<I": read_uint4, "<Q": read_uint8}
for _row in (("string1", "<B", -2, lambda data: data.decode("latin-1"), "latin-1 text"),
             ("string4", "<i", -3, lambda data: data.decode("latin-1"), "latin-1 text"),
             ("bytes1", "<B", -2, bytes, "bytes"), ("bytes4", "<I", -4, bytes, "bytes"), ("bytes8", "<Q", -5, bytes, "bytes"),
             ("bytearray8", "<Q", -5, bytearray, "bytes"),
             ("unicodestring1", "<B", -2, _text, "UTF-8"), ("unicodestring4", "<I", -4, _text, "UTF-8"),
             ("unicodestring8", "<Q", -5, _text, "UTF-8"),
             ("long1", "<B", -2, pickle.decode_long, "long"), ("long4", "<i", -3, pickle.decode_long, "long")):
    _counted(*_row)
for _reader in (read_stringnl, read_stringnl_noescape, read_stringnl_noescape_pair, read_unicodestringnl, read_decimalnl_short,
                read_decimalnl_long, read_floatnl):
    _name = _reader.__name__.removeprefix("read_")
    _ARGUMENTS[_name] = ArgumentDescriptor(_name, UP_TO_NEWLINE, _reader, _reader.__doc__)
for _name, _argument in _ARGUMENTS.items():
    globals()[_name] = _argument
    globals()["read_" + _name] = _argument.reader

# ---- Kinds of objects on the stack --------------------------------------------------------------------------------------------------

pyint = pylong = StackObject("int", int, "An int.")
pyinteger_or_bool = StackObject("int_or_bool", (int, bool), "An int or a bool.")
pybool = StackObject("bool", bool, "A bool.")
pyfloat = StackObject("float", float, "A float.")
pybytes_or_str = pystring = StackObject("bytes_or_str", (bytes, str), "Python 2's str: bytes or str, as the reader chooses.")
pybytes = StackObject("bytes", bytes, "A bytes object.")
pybytearray = StackObject("bytearray", bytearray, "A bytearray.")
pyunicode = StackObject("str", str, "A str.")
pynone = StackObject("None", type(None), "None.")
pytuple = StackObject("tuple", tuple, "A tuple.")
pylist = StackObject("list", list, "A list.")
pydict = StackObject("dict", dict, "A dict.")
pyset = StackObject("set", set, "A set.")
pyfrozenset = StackObject("frozenset", frozenset, "A frozenset.")
pybuffer = StackObject("buffer", object, "What gives a buffer.")
anyobject = StackObject("any", object, "Any object.")
markobject = StackObject("mark", StackObject, "Where the slice begins that a later opcode takes.")
stackslice = StackObject("stackslice", StackObject, "All that is above the topmost mark.")
_KINDS = {kind.name: kind for kind in (
    pyint, pyinteger_or_bool, pybool, pyfloat, pybytes_or_str, pybytes, pybytearray, pyunicode, pynone, pytuple, pylist, pydict, pyset, pyfrozenset,
    pybuffer, anyobject, markobject, stackslice)}

# ---- Opcodes: name argument protocol, stack before > stack after, what it does ------------------------------------------------------

_OPCODES = """
INT decimalnl_short 0 > int_or_bool ; Push an int or a bool, in decimal.
BININT int4 1 > int ; Push an int of four bytes, signed.
BININT1 uint1 1 > int ; Push an int of one byte.
BININT2 uint2 1 > int ; Push an int of two bytes.
LONG decimalnl_long 0 > int ; Push an int of any size, in decimal.
LONG1 long1 2 > int ; Push an int of up to 255 bytes.
LONG4 long4 2 > int ; Push an int of up to 2**31 - 1 bytes.
STRING stringnl 0 > bytes_or_str ; Push Python 2's str, from its repr().
BINSTRING string4 1 > bytes_or_str ; Push Python 2's str.
SHORT_BINSTRING string1 1 > bytes_or_str ; Push Python 2's str, up to 255 bytes.
BINBYTES bytes4 3 > bytes ; Push bytes.
SHORT_BINBYTES bytes1 3 > bytes ; Push up to 255 bytes.
BINBYTES8 bytes8 4 > bytes ; Push bytes, with a length of eight bytes.
BYTEARRAY8 bytearray8 5 > bytearray ; Push a bytearray.
NEXT_BUFFER - 5 > buffer ; Push the next of the buffers that travel beside the pickle.
READONLY_BUFFER - 5 buffer > buffer ; Make the topmost buffer read-only.
NONE - 0 > None ; Push None.
NEWTRUE - 2 > bool ; Push True.
NEWFALSE - 2 > bool ; Push False.
UNICODE unicodestringnl 0 > str ; Push a str in raw-unicode-escape.
SHORT_BINUNICODE unicodestring1 4 > str ; Push a str of up to 255 bytes of UTF-8.
BINUNICODE unicodestring4 1 > str ; Push a str in UTF-8.
BINUNICODE8 unicodestring8 4 > str ; Push a str in UTF-8, with a length of eight bytes.
FLOAT floatnl 0 > float ; Push a float, from its repr().
BINFLOAT float8 1 > float ; Push a float of eight bytes, the highest first.
EMPTY_LIST - 1 > list ; Push an empty list.
APPEND - 0 list any > list ; Append the topmost object to the list below it.
APPENDS - 1 list mark stackslice > list ; Append what is above the mark to the list below it.
LIST - 0 mark stackslice > list ; Push the list of what is above the mark.
EMPTY_TUPLE - 1 > tuple ; Push the empty tuple.
TUPLE - 0 mark stackslice > tuple ; Push the tuple of what is above the mark.
TUPLE1 - 2 any > tuple ; Push the tuple of the topmost object.
TUPLE2 - 2 any any > tuple ; Push the tuple of the two topmost objects.
TUPLE3 - 2 any any any > tuple ; Push the tuple of the three topmost objects.
EMPTY_DICT - 1 > dict ; Push an empty dict.
DICT - 0 mark stackslice > dict ; Push the dict of the keys and values above the mark.
SETITEM - 0 dict any any > dict ; Put the topmost key and value into the dict below.
SETITEMS - 1 dict mark stackslice > dict ; Put the keys and values above the mark into the dict below it.
EMPTY_SET - 4 > set ; Push an empty set.
ADDITEMS - 4 set mark stackslice > set ; Add what is above the mark to the set below it.
FROZENSET - 4 mark stackslice > frozenset ; Push the frozenset of what is above the mark.
POP - 0 any > ; Drop the topmost object, or the mark.
DUP - 0 any > any any ; Push the topmost object once more.
MARK - 0 > mark ; Push a mark.
POP_MARK - 1 mark stackslice > ; Drop what is above the mark, and the mark.
GET decimalnl_short 0 > any ; Push what the memo has at this number.
BINGET uint1 1 > any ; Push what the memo has at this number.
LONG_BINGET uint4 1 > any ; Push what the memo has at this number.
PUT decimalnl_short 0 > ; Store the topmost object in the memo, at this number.
BINPUT uint1 1 > ; Store the topmost object in the memo, at this number.
LONG_BINPUT uint4 1 > ; Store the topmost object in the memo, at this number.
MEMOIZE - 4 any > any ; Store the topmost object in the memo, at the next number.
EXT1 uint1 2 > any ; Push what copyreg has under this code.
EXT2 uint2 2 > any ; Push what copyreg has under this code.
EXT4 int4 2 > any ; Push what copyreg has under this code.
GLOBAL stringnl_noescape_pair 0 > any ; Push the object of this module and name.
STACK_GLOBAL - 4 str str > any ; Push the object of the module and name that are on the stack.
REDUCE - 0 any any > any ; Push what the callable gives for the tuple of arguments above it.
BUILD - 0 any any > any ; Give the object the state above it.
INST stringnl_noescape_pair 0 mark stackslice > any ; Push an instance of this class, its arguments above the mark.
OBJ - 1 mark any stackslice > any ; Push an instance of the class above the mark, its arguments above that.
NEWOBJ - 2 any any > any ; Push cls.__new__(cls, *args).
NEWOBJ_EX - 4 any any any > any ; Push cls.__new__(cls, *args, **kwargs).
PROTO uint1 2 > ; The protocol of this pickle.
STOP - 0 any > ; The topmost object is the result.
FRAME uint8 4 > ; A frame of this many bytes begins.
PERSID stringnl_noescape 0 > any ; Push what persistent_load() gives for this text.
BINPERSID - 1 any > any ; Push what persistent_load() gives for the topmost object.
"""


def _opcode(line):
    head, _, doc = line.partition(" ; ")
    before, _, after = (head + " ").partition("> ")
    name, argument, protocol, *before = before.split()
    code = {"TRUE": "I", "FALSE": "I"}.get(name) or getattr(pickle, name).decode("latin-1")
    return OpcodeInfo(name, code, _ARGUMENTS.get(argument), [_KINDS[kind] for kind in before], [_KINDS[kind] for kind in after.split()],
                      int(protocol), doc)


opcodes = [_opcode(_line) for _line in _OPCODES.strip().splitlines()]
code2op = {_op.code: _op for _op in opcodes}

# ---- What the module is for ---------------------------------------------------------------------------------------------------------


def _operations(data, with_end=False):
    if isinstance(data, (bytes, bytearray)):
        data = io.BytesIO(data)
    tell = getattr(data, "tell", lambda: None)
    while True:
        at = tell()
        code = data.read(1)
        opcode = code2op.get(code.decode("latin-1"))
        if opcode is None:
            if code == b"":
                raise ValueError("pickle exhausted before seeing STOP")
            raise ValueError(f"at position {'<unknown>' if at is None else at}, opcode {code!r} unknown")
        argument = opcode.arg.reader(data) if opcode.arg is not None else None
        yield (opcode, argument, at, tell()) if with_end else (opcode, argument, at)
        if opcode.name == "STOP":
            return


def genops(pickle):
    """The opcodes of a pickle (bytes, or a file at its beginning): OpcodeInfo, argument or None, position."""
    return _operations(pickle)


def optimize(p):
    """The same pickle without PUTs that no GET asks for."""
    parts, wanted, renumbered, protocol = [], set(), {}, 0
    for opcode, argument, start, end in _operations(p, with_end=True):
        kind = None
        protocol = max(protocol, argument if opcode.name == "PROTO" else opcode.proto)
        if "PUT" in opcode.name:
            kind = "put"
        elif opcode.name == "MEMOIZE":
            kind, argument = "put", sum(1 for part in parts if part[0] == "put")
        elif "GET" in opcode.name:
            kind = "get"
            wanted.add(argument)
        elif opcode.name == "PROTO":
            kind = "proto"
        elif opcode.name == "FRAME":
            kind = "frame"
        parts.append((kind, argument, p[start:end]))
    out = io.BytesIO()
    pickler = pickle._Pickler(out, max(protocol, 1))
    out.write(pickle.PROTO + bytes([protocol]) if protocol >= 2 else b"")
    if protocol >= 4:
        pickler._frame = bytearray()
    for kind, argument, data in parts:
        if kind == "put":
            if argument not in wanted:
                continue
            renumbered[argument] = number = len(renumbered)
            data = pickle.MEMOIZE if protocol >= 4 else _put(number) if protocol else pickle.PUT + b"%d\n" % number
        elif kind == "get":
            data = pickler._get(renumbered[argument]) if protocol else pickle.GET + b"%d\n" % renumbered[argument]
        elif kind in ("proto", "frame"):
            continue
        pickler._end_frame()
        if len(data) > 64 * 1024:
            pickler._write_large(b"", data)
        else:
            pickler.write(data)
    pickler._end_frame(force=True)
    return out.getvalue()


def _put(number):
    return pickle.BINPUT + bytes([number]) if number < 256 else pickle.LONG_BINPUT + number.to_bytes(4, "little")


class _Listing:
    """The stack, the marks and the memo as far as a listing has come."""

    def __init__(self, memo):
        self.stack, self.marks = [], []
        self.memo = {} if memo is None else memo
        self.error = None

    def to_mark(self, opcode, taken):
        """The text about the mark that opcode takes, and what it takes from the stack by now."""
        if not (markobject in opcode.stack_before or opcode.name == "POP" and self.stack and self.stack[-1] is markobject):
            return "", taken
        if not self.marks or markobject not in self.stack:
            self.error = "no MARK exists on stack"
            return self.error, taken
        at = self.marks.pop()
        while self.stack[-1] is not markobject:
            self.stack.pop()
        self.stack.pop()
        return "(MARK at unknown opcode offset)" if at is None else f"(MARK at {at})", \
            taken[:taken.index(markobject)] if markobject in taken else []

    def with_memo(self, opcode, argument):
        """What the opcode does to the memo: the text about it, what it pushes."""
        if opcode.name in ("PUT", "BINPUT", "LONG_BINPUT", "MEMOIZE"):
            number = len(self.memo) if opcode.name == "MEMOIZE" else argument
            if number in self.memo:
                self.error = f"memo key {number} already defined"
            elif not self.stack:
                self.error = "stack is empty -- can't store into memo"
            elif self.stack[-1] is markobject:
                self.error = "can't store markobject in the memo"
            else:
                self.memo[number] = self.stack[-1]
            return (f"(as {number})" if opcode.name == "MEMOIZE" else ""), None
        if opcode.name in ("GET", "BINGET", "LONG_BINGET"):
            if argument not in self.memo:
                self.error = f"memo key {argument} has never been stored into"
            else:
                return "", [self.memo[argument]]
        return "", None


def dis(pickle, out=None, memo=None, indentlevel=4, annotate=0):
    """List a pickle's opcodes to out (sys.stdout), and raise ValueError where its stack or memo cannot be right.

    memo: a dict that goes from one pickle to the next of the same file. annotate: the column where a description of each opcode begins.
    """
    state, highest, column = _Listing(memo), -1, annotate
    indent = " " * indentlevel
    for opcode, argument, at in genops(pickle):
        line = ("" if at is None else f"{at:5}: ") + f"{repr(opcode.code)[1:-1]:<4} {indent * len(state.marks)}{opcode.name}"
        highest = max(highest, opcode.proto)
        text, taken = state.to_mark(opcode, opcode.stack_before)
        memo_text, pushed = state.with_memo(opcode, argument) if state.error is None else ("", None)
        text = text or memo_text
        if opcode.name == "POP" and text:
            taken = []
        if argument is not None or text:
            line += " " * (10 - len(opcode.name))
            line += (" " + repr(argument) if argument is not None else "") + (" " + text if text else "")
        if annotate:
            line += " " * (column - len(line))
            column = max(len(line), annotate) if len(line) <= 50 else annotate
            line += " " + opcode.doc
        print(line, file=out)
        if state.error is not None:
            raise ValueError(state.error)
        if len(state.stack) < len(taken):
            raise ValueError(f"tries to pop {len(taken)} items from stack with only {len(state.stack)} items")
        if taken:
            del state.stack[-len(taken):]
        after = opcode.stack_after if pushed is None else pushed
        if markobject in after:
            state.marks.append(at)
        state.stack.extend(after)
    print("highest protocol among opcodes =", highest, file=out)
    if state.stack:
        raise ValueError(f"stack not empty after STOP: {state.stack!r}")


if __name__ == "__main__":
    from _pickle_command import list_opcodes
    list_opcodes()
