"""The instructions of Krait's register bytecode, under the names of CPython's module: numbers, names, and which operands they have.

An instruction is a word of four bytes, or two of them; its arg is the three bytes behind the opcode. See dis.
"""

import _krait

__all__ = ["cmp_op", "stack_effect", "hascompare", "opname", "opmap", "HAVE_ARGUMENT", "EXTENDED_ARG", "hasarg", "hasconst", "hasname",
           "hasjump", "hasjrel", "hasjabs", "hasfree", "haslocal", "hasexc"]

_table = _krait.opcodes() # (name, operand letters, words) by opcode
opname = [row[0] for row in _table] + [f"<{i}>" for i in range(len(_table), 256)]
opmap = {row[0]: i for i, row in enumerate(_table)}
cmp_op = ("<", "<=", "==", "!=", ">", ">=")


def _having(letters):
    return [i for i, row in enumerate(_table) if set(row[1]) & set(letters)]


hasarg = [i for i, row in enumerate(_table) if row[1].strip(".")]
hasconst = _having("kKx")
hasname = _having("N")
hasjrel = hasjump = _having("jJ")
hasjabs = []
hasfree = _having("F")
haslocal = _having("rwmR") # registers: locals, and temporaries above them
hascompare = [opmap[name] for name in ("LT", "LE", "EQ", "NE", "GT", "GE", "JLT", "JLE", "JEQ", "JNE", "JGT", "JGE", "JLTI", "JLEI",
                                       "JEQI", "JNEI", "JGTI", "JGEI") if name in opmap]
hasexc = []
HAVE_ARGUMENT = 1  # NOP alone has none for certain; hasarg says it of each
EXTENDED_ARG = 256 # no instruction: an operand that needs more has a second word


def stack_effect(opcode, oparg=None, /, *, jump=None):
    """NotImplementedError: instructions work on registers, there is no stack that they could make higher."""
    if opcode not in range(len(_table)):
        raise ValueError("invalid opcode or oparg")
    raise NotImplementedError("stack_effect(): Krait's bytecode has registers, no stack")
