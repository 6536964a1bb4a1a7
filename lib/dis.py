"""Disassembles Krait's bytecode, with the names of CPython's module. Offsets are in bytes, four to a word."""

import sys
import types
from collections import namedtuple
from opcode import *
from opcode import __all__ as _opcode_names
from opcode import _table

__all__ = ["code_info", "dis", "disassemble", "distb", "disco", "findlinestarts", "findlabels", "show_code", "get_instructions",
           "Instruction", "Bytecode"] + _opcode_names

COMPILER_FLAG_NAMES = {
    1: "OPTIMIZED", 2: "NEWLOCALS", 4: "VARARGS", 8: "VARKEYWORDS", 16: "NESTED", 32: "GENERATOR", 64: "NOFREE", 128: "COROUTINE",
    256: "ITERABLE_COROUTINE", 512: "ASYNC_GENERATOR",
}
_WORD = 4
_SPECIAL = (False, True, None, Ellipsis, NotImplemented)
_WITH_CODE = (types.MethodType, types.FunctionType, types.CodeType, classmethod, staticmethod, type)

Positions = namedtuple("Positions", "lineno end_lineno col_offset end_col_offset", defaults=(None,) * 4)
_Fields = namedtuple("_Instruction", "opname opcode arg argval argrepr offset start_offset starts_line line_number label positions "
                     "cache_info", defaults=(None, None, None))


class Instruction(_Fields):
    """One instruction: its name, the value of its operand (constant, name, target of a jump), and where it is."""

    @property
    def oparg(self):
        return self.arg

    @property
    def baseopcode(self):
        return self.opcode

    @property
    def baseopname(self):
        return self.opname

    @property
    def cache_offset(self):
        """Where inline caches would begin: they stand beside the code, so that is the end."""
        return self.offset + _WORD * (_table[self.opcode][2] if self.opcode < len(_table) else 1)

    end_offset = cache_offset

    @property
    def jump_target(self):
        return self.argval if self.opcode in hasjump else None

    @property
    def is_jump_target(self):
        return self.label is not None

    def __str__(self):
        return f"{self.opname:<16} {self.argrepr}".rstrip()


def pretty_flags(flags):
    """The names of the flags, "OPTIMIZED, NEWLOCALS"; those without one in hexadecimal."""
    names = [name for bit, name in COMPILER_FLAG_NAMES.items() if flags & bit]
    rest = flags & ~sum(COMPILER_FLAG_NAMES)
    return ", ".join(names + ([hex(rest)] if rest or not names else []))


def _try_compile(source, name):
    try:
        return compile(source, name, "eval")
    except SyntaxError:
        return compile(source, name, "exec")


def _code_of(x):
    """The code object of a function, method, generator, source text and so on."""
    x = getattr(x, "__func__", x)
    for name in ("__code__", "gi_code", "ag_code", "cr_code"):
        if hasattr(x, name):
            x = getattr(x, name)
            break
    if isinstance(x, str):
        x = _try_compile(x, "<disassembly>")
    if hasattr(x, "co_code"):
        return x
    raise TypeError(f"don't know how to disassemble {type(x).__name__} objects")


# ---- Decoding ------------------------------------------------------------------------------------------------------------------------


def _words(code):
    return [int.from_bytes(code[i:i + 4], "little") for i in range(0, len(code), _WORD)]


def _signed(value, bits):
    return value - (1 << bits) if value >> (bits - 1) else value


def _item(items, i):
    return items[i] if items is not None and i < len(items) else None


class _Operands:
    """The operands of one instruction, read by its letters in opcode.def: the texts, and the value that matters most."""

    def __init__(self, at, word, second, code):
        self.at, self.word, self.second, self.code = at, word, second, code
        self.texts, self.value, self.written = [], None, ""
        letters = _table[word & 255][1]
        if letters == "J":
            jump = _signed(word >> 8, 24)
            self._jump(at + 1 + jump)
            return
        byte = 0
        for i, letter in enumerate(letters):
            if byte >= 3:
                self._second(letter)
            else:
                byte += self._first(letter, byte)

    def _first(self, letter, byte):
        narrow, wide = self.word >> (8 + 8 * byte) & 255, self.word >> 16
        if letter in "rm":
            self.texts.append(f"r{narrow}" + (".." if letter == "m" else ""))
        elif letter == "w":
            self.written = f"r{narrow} = "
        elif letter == "i":
            self._take(_signed(narrow, 8))
        elif letter in "nu":
            self.texts.append(str(narrow))
        elif letter == "s":
            self._take(_SPECIAL[narrow] if narrow < len(_SPECIAL) else None, None if narrow < len(_SPECIAL) else "unset")
        elif letter == "k":
            self._named("co_consts", narrow)
        elif letter == "g":
            self._named("co_freevars", narrow - 1) if narrow else self.texts.append("no closure")
        else:
            self._wide(letter, wide)
            return 2 if letter in "KFRI" else 1
        return 1

    def _wide(self, letter, wide):
        if letter == "K":
            self._named("co_consts", wide)
        elif letter == "F":
            self._named("co_freevars", wide)
        elif letter == "R":
            self.texts.append(f"r{wide}")
        elif letter == "I":
            self._take(_signed(wide, 16))

    def _second(self, letter):
        if letter == "N":
            self._named("co_names", self.second & 0xFFFF)
        elif letter == "j":
            self._jump(self.at + 2 + _signed(self.second, 32))
        elif letter == "x":
            self._named("co_consts", self.second)
        else:
            self.texts.append(str(self.second))

    def _take(self, value, text=None):
        self.value = value
        self.texts.append(repr(value) if text is None else text)

    def _named(self, where, i):
        items = getattr(self.code, where, None)
        if items is None or i >= len(items):
            self._take(i, f"{where.removeprefix('co_')} {i}")
        else:
            self._take(items[i], items[i] if where != "co_consts" else repr(items[i]))

    def _jump(self, target):
        self._take(target * _WORD, f"to {target * _WORD}")

    def text(self):
        return self.written + ", ".join(self.texts)


def _starts(code):
    """(index, opcode, word, second word) of each instruction."""
    words, i = _words(code), 0
    while i < len(words):
        op = words[i] & 255
        long = op < len(_table) and _table[op][2] == 2 and i + 1 < len(words)
        yield i, op, words[i], words[i + 1] if long else 0
        i += 2 if long else 1


def findlabels(code):
    """The offsets that jumps of this bytecode (bytes) lead to."""
    out = []
    for at, op, word, second in _starts(code):
        if op in hasjump:
            target = _Operands(at, word, second, None).value
            if target not in out:
                out.append(target)
    return out


def findlinestarts(code):
    """(offset, line) where a line begins; the line is None where there is none."""
    last = False
    for start, end, line in code.co_lines():
        if line is not last:
            last = line
            yield start, line


def _numbers(data):
    value = shift = 0
    for byte in data:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            yield value
            value = shift = 0


def _handlers(code):
    """(start, end, target, register) of the protected regions, in bytes: part of co_exceptiontable."""
    numbers = _numbers(code.co_exceptiontable)
    for _ in range(3):
        next(numbers)
    for _ in range(next(numbers)):
        next(numbers)
    return [(next(numbers) * _WORD, next(numbers) * _WORD, next(numbers) * _WORD, next(numbers)) for _ in range(next(numbers))]


def _instructions(code, line_offset=0):
    labels = set(findlabels(code.co_code)) | {target for _, _, target, _ in _handlers(code)}
    numbered = {offset: i + 1 for i, offset in enumerate(sorted(labels))}
    starts = dict(findlinestarts(code))
    places = [Positions(*place) for place in code.co_positions()]
    line = None
    for at, op, word, second in _starts(code.co_code):
        offset = at * _WORD
        first = offset in starts
        if first:
            line = starts[offset]
            line = None if line is None else line + line_offset
        operands = _Operands(at, word, second, code) if op < len(_table) else None
        has = op in hasarg
        yield Instruction(opname[op], op, word >> 8 if has else None, operands.value if has else None,
                          operands.text() if operands else "", offset, offset, first, line, numbered.get(offset),
                          places[at] if at < len(places) else None, None)


def get_instructions(x, *, first_line=None, show_caches=None, adaptive=False):
    """The instructions of a function, method, code object or source text, one after the other."""
    code = _code_of(x)
    return _instructions(code, 0 if first_line is None else first_line - code.co_firstlineno)


# ---- Printing ------------------------------------------------------------------------------------------------------------------------


def _line_text(instruction, width, show_offsets, here, labels):
    number = "" if not instruction.starts_line else "--" if instruction.line_number is None else str(instruction.line_number)
    text = f"{number:>{width}} "
    text += f"{'L' + str(instruction.label) + ':' if instruction.label else '':>7} "
    if show_offsets:
        text += f"{instruction.offset:>6} "
    text += "--> " if here else "    "
    shown = str(instruction)
    target = instruction.jump_target
    if target in labels:
        shown = shown.replace(f"to {target}", f"to L{labels[target]}")
    return (text + shown).rstrip()


def _print_code(code, lasti, file, show_offsets, line_offset=0):
    listed = list(_instructions(code, line_offset))
    labels = {i.offset: i.label for i in listed if i.label}
    width = max([3] + [len(str(i.line_number)) for i in listed if i.line_number is not None])
    for i, instruction in enumerate(listed):
        if i and instruction.starts_line:
            print(file=file)
        here = lasti >= 0 and instruction.offset <= lasti < instruction.end_offset
        print(_line_text(instruction, width, show_offsets, here, labels), file=file)
    handlers = _handlers(code)
    if handlers:
        print("ExceptionTable:", file=file)
        for start, end, target, register in handlers:
            print(f"  {start} to {end} -> L{labels.get(target, target)}, r{register}", file=file)


def disassemble(co, lasti=-1, *, file=None, show_caches=False, adaptive=False, show_offsets=False):
    """Print the instructions of a code object; --> stands before the one at lasti."""
    _print_code(co, lasti, file, show_offsets)


disco = disassemble


def _recursive(code, file, depth, show_offsets):
    disassemble(code, file=file, show_offsets=show_offsets)
    if depth is None or depth > 0:
        for constant in code.co_consts:
            if hasattr(constant, "co_code"):
                print(file=file)
                print(f"Disassembly of {constant!r}:", file=file)
                _recursive(constant, file, None if depth is None else depth - 1, show_offsets)


def dis(x=None, *, file=None, depth=None, show_caches=False, adaptive=False, show_offsets=False):
    """Print the instructions of a class, method, function, generator, code object, bytecode or source text; without one,
    of where the last exception came from."""
    if x is None:
        distb(file=file, show_offsets=show_offsets)
        return
    thing = getattr(x, "__func__", x)
    for name in ("__code__", "gi_code", "ag_code", "cr_code"):
        if hasattr(thing, name):
            thing = getattr(thing, name)
            break
    if hasattr(thing, "__dict__"):
        for name, value in sorted(thing.__dict__.items()):
            if isinstance(value, _WITH_CODE):
                print(f"Disassembly of {name}:", file=file)
                try:
                    dis(value, file=file, depth=depth, show_offsets=show_offsets)
                except TypeError as error:
                    print("Sorry:", error, file=file)
                print(file=file)
    elif hasattr(thing, "co_code"):
        _recursive(thing, file, depth, show_offsets)
    elif isinstance(thing, (bytes, bytearray)):
        for at, op, word, second in _starts(bytes(thing)):
            operands = _Operands(at, word, second, None).text() if op < len(_table) else ""
            print(f"{at * _WORD:>8}  {opname[op]:<16} {operands}".rstrip(), file=file)
    elif isinstance(thing, str):
        _recursive(_try_compile(thing, "<dis>"), file, depth, show_offsets)
    else:
        raise TypeError(f"don't know how to disassemble {type(thing).__name__} objects")


def distb(tb=None, *, file=None, show_caches=False, adaptive=False, show_offsets=False):
    """Print the code that the last frame of a traceback was in, with --> before the instruction."""
    if tb is None:
        tb = sys.last_exc.__traceback__ if hasattr(sys, "last_exc") else getattr(sys, "last_traceback", None)
        if tb is None:
            raise RuntimeError("no last traceback to disassemble")
    while tb.tb_next:
        tb = tb.tb_next
    disassemble(tb.tb_frame.f_code, tb.tb_lasti, file=file, show_offsets=show_offsets)


def _numbered(title, items):
    return [f"{title}:"] + [f"{i:4d}: {item}" for i, item in enumerate(items)] if items else []


def code_info(x):
    """What a code object says about itself, as text."""
    code = _code_of(x)
    lines = [f"Name:              {code.co_name}", f"Filename:          {code.co_filename}",
             f"Argument count:    {code.co_argcount}", f"Positional-only arguments: {code.co_posonlyargcount}",
             f"Kw-only arguments: {code.co_kwonlyargcount}", f"Number of locals:  {code.co_nlocals}",
             f"Stack size:        {code.co_stacksize}", f"Flags:             {pretty_flags(code.co_flags)}"]
    for title, items in (("Constants", [repr(c) for c in code.co_consts]), ("Names", code.co_names),
                         ("Variable names", code.co_varnames), ("Free variables", code.co_freevars),
                         ("Cell variables", code.co_cellvars)):
        lines += _numbered(title, items)
    return "\n".join(lines)


def show_code(co, *, file=None):
    """Print code_info."""
    print(code_info(co), file=file)


class Bytecode:
    """The instructions of a piece of code: iterates over them; dis() gives them as text, info() what code_info gives."""

    def __init__(self, x, *, first_line=None, current_offset=None, show_caches=False, adaptive=False, show_offsets=False):
        self.codeobj = code = _code_of(x)
        self.first_line = code.co_firstlineno if first_line is None else first_line
        self._line_offset = self.first_line - code.co_firstlineno
        self._original_object = x
        self.current_offset = current_offset
        self.show_caches, self.adaptive, self.show_offsets = show_caches, adaptive, show_offsets

    def __iter__(self):
        return _instructions(self.codeobj, self._line_offset)

    def __repr__(self):
        return f"{type(self).__name__}({self._original_object!r})"

    @classmethod
    def from_traceback(cls, tb, *, show_caches=False, adaptive=False):
        """The code in which a traceback ends, at the instruction."""
        while tb.tb_next:
            tb = tb.tb_next
        return cls(tb.tb_frame.f_code, current_offset=tb.tb_lasti, show_caches=show_caches, adaptive=adaptive)

    def info(self):
        return code_info(self.codeobj)

    def dis(self):
        import io
        out = io.StringIO()
        _print_code(self.codeobj, -1 if self.current_offset is None else self.current_offset, out, self.show_offsets, self._line_offset)
        return out.getvalue()


def main():
    """python -m dis [FILE]: the instructions of a source file, or of standard input."""
    import argparse
    parser = argparse.ArgumentParser()
    parser.add_argument("-C", "--show-caches", action="store_true", help="show inline caches")
    parser.add_argument("-O", "--show-offsets", action="store_true", help="show instruction offsets")
    parser.add_argument("infile", nargs="?", default="-")
    args = parser.parse_args()
    if args.infile == "-":
        name, source = "<stdin>", sys.stdin.read()
    else:
        name = args.infile
        with open(name, "rb") as file:
            source = file.read()
    dis(compile(source, name, "exec"), show_offsets=args.show_offsets)


if __name__ == "__main__":
    main()
