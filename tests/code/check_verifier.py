# What the verifier refuses, rule by rule: functions whose instructions were replaced by others, as somebody might who means harm.
import _krait

rows = [line[2:].split('"')[0].rstrip(", ") for line in open("../src/code/opcode.def").read().split("\n") if line.startswith("X(")]
number = {name: i for i, name in enumerate(rows)}


def op(name, a=0, b=0, c=0):
    return number[name] | (a & 255) << 8 | (b & 255) << 16 | (c & 255) << 24


def wide(name, a, bx):
    return number[name] | (a & 255) << 8 | (bx & 0xFFFF) << 16


def jump(name, by):
    return number[name] | (by & 0xFFFFFF) << 8


def crc(data):
    n = 0xFFFFFFFF
    for byte in data:
        n ^= byte
        for _ in range(8):
            n = n >> 1 ^ (0xEDB88320 if n & 1 else 0)
    return n ^ 0xFFFFFFFF


def outcome(template, words, rest="RETNONE"):
    """Load the template with the innermost function's instructions replaced; run it if it is let through."""
    code = compile(template, "t", "exec")
    inner = [k for k in code.co_consts if hasattr(k, "co_code")][0]
    nested = [i for i, k in enumerate(inner.co_consts) if hasattr(k, "co_code")]
    words = [nested[0] if w == "code" else w for w in words]
    old = inner.co_code
    new = b"".join((w & 0xFFFFFFFF).to_bytes(4, "little") for w in words)
    assert len(new) <= len(old), (len(new), len(old))
    new += op(rest).to_bytes(4, "little") * ((len(old) - len(new)) // 4)
    data = bytearray(_krait.code_save(code))
    assert bytes(data).count(old) == 1
    at = bytes(data).index(old)
    data[at:at + len(old)] = new
    data[16:20] = crc(data[20:]).to_bytes(4, "little")
    try:
        loaded = _krait.code_load(bytes(data))
    except ImportError as e:
        return str(e).removeprefix("bad code file: ")
    return "accepted"


plain = "def f(a, b, *c):\n    x = a.one + b.two\n    g(x, y=1)\n    return (lambda: x), [x, a, 'text', ('n',)], x * 1.5, x.one\n" # r0 a, r1 b, r2 c, r3 x: a cell
simple = "def f(a, b):\n    x = a.one\n    y = b.two\n    for i in a: g(i, x, y)\n    return h(x, 'text', k=1)\n" # r0 a, r1 b, r2 x, r3 y, r4 i
generator = "def f(a):\n    x = yield a\n    y = yield from a\n    z = yield x\n    return x, y, z\n" # r0 a, r1 x, r2 y, r3 z
handler = "def f(a):\n    try:\n        a.one\n        a.two\n    except a as e:\n        return e\n    return 1\n"
many = "def f(p):\n" + "".join(f"    v{i} = {i}\n" for i in range(170)) + "    return v169\n"
most = "def f(p):\n" + "".join(f"    v{i} = {i}\n" for i in range(300)) + "    return v169\n"

deep = "def f(a):\n    return " + "a(1, 2, 3, " * 90 + "4" + ")" * 90 + "\n" # r0 a

UNSET, NONE = 5, 2
cases = [
    ("reads and writes", simple, [op("ADD", 5, 0, 1), op("MOVE", 6, 5), op("RET", 6)]),
    ("unknown opcode", simple, [255]),
    ("type named by no string", simple, [op("MOVE", 5, 0), op("LOADS", 6, NONE), op("MOVE", 7, 1), op("INTRINSIC", 5, 5, 3)]),
    ("register", simple, [op("MOVE", 200, 0)]),
    ("constant", simple, [wide("LOADK", 5, 999)]),
    ("special value", simple, [op("LOADS", 5, 6)]),
    ("closure slot", simple, [wide("GETFREE", 5, 0)]),
    ("name", simple, [op("GETATTR", 5, 0), 0xFFFF0000 | 500]),
    ("cache", simple, [op("GETATTR", 5, 0), 60 << 16]),
    ("cache used twice", simple, [op("GETATTR", 5, 0), 0, op("GETATTR", 5, 0), 1 << 16]),
    ("temporary before it is written", simple, [op("MOVE", 6, 5)]),
    ("variable without a value", simple, [op("ADD", 5, 2, 0)]),
    ("variable that was checked", simple, [wide("CHECK", 0, 2), op("ADD", 5, 2, 0), op("RET", 5)]),
    ("variable that was deleted", simple, [wide("CLEAR", 0, 0), op("RET", 0)]),
    ("unset as a value", simple, [op("LOADS", 5, UNSET), op("RET", 5)]),
    ("set on one way only", simple, [op("JTRUE", 0), 2, op("MOVE", 5, 0), op("NOP"), op("RET", 5)]),
    ("set on both ways", simple, [op("JTRUE", 0), 2, op("MOVE", 5, 0), jump("JMP", 1), op("MOVE", 5, 1), op("RET", 5)]),
    ("value as cell", simple, [wide("GETCELL", 5, 0)]),
    ("cell", simple, [op("MOVE", 6, 0), wide("NEWCELL", 0, 6), wide("GETCELL", 5, 6), wide("SETCELL", 5, 6), op("RET", 5)]),
    ("cell in a variable that is none", simple, [wide("NEWCELL", 0, 0), wide("GETCELL", 5, 0)]), # f_locals could put anything there
    ("list in a variable", simple, [op("LIST", 0, 0, 2), op("APPEND", 0, 1)]),
    ("iteration in variables", simple, [op("FORPREP", 2, 0), op("FORNEXT", 2, 1), -2]),
    ("state in a variable", simple, [op("FORPREP", 3, 0), op("RET", 4)]),
    ("cell on one way only", simple, [op("JTRUE", 1), 1, wide("NEWCELL", 0, 0), wide("GETCELL", 5, 0)]),
    ("append to a value", simple, [op("APPEND", 0, 1)]),
    ("append to a list", simple, [op("LIST", 5, 0, 2), op("APPEND", 5, 1), op("RET", 5)]),
    ("append to a set", simple, [op("SET", 5, 0, 2), op("APPEND", 5, 1)]),
    ("set", simple, [op("LIST", 5, 0, 2), op("SETADD", 5, 1)]),
    ("dict", simple, [op("LIST", 5, 0, 2), op("DICTSET", 5, 1, 1)]),
    ("iteration", simple, [op("FORPREP", 5, 0), op("FORNEXT", 5, 1), -2]),
    ("iteration over anything", simple, [op("MOVE", 5, 0), wide("LOADI", 6, 0), op("FORNEXT", 5, 1), -2]),
    ("state of an iteration changed", simple, [op("FORPREP", 5, 0), wide("LOADI", 6, 9), op("FORNEXT", 5, 1), -2]),
    ("two iterations mixed", simple, [op("FORPREP", 5, 0), op("FORPREP", 6, 0), op("FORNEXT", 5, 1), -2]),
    ("state as a value", simple, [op("FORPREP", 5, 0), op("RET", 6)]),
    ("jump out", simple, [jump("JMP", 5000)]),
    ("jump into an instruction", simple, [jump("JMP", 1), op("GETATTR", 5, 0), 0xFFFF0000]),
    ("endless JMP", simple, [op("NOP"), jump("JMP", -2)]),
    ("LOOP", simple, [op("NOP"), jump("LOOP", -2)]),
    ("call", simple, [op("MOVE", 5, 0), op("MOVE", 6, 1), op("CALL", 5, 1, 5), op("RET", 5)]),
    ("call over variables", simple, [op("CALL", 0, 1, 5)]),
    ("call with too few arguments", simple, [op("MOVE", 5, 0), op("CALL", 5, 1, 5)]),
    ("call beyond the registers", simple, [op("MOVE", 5, 0), op("CALL", 5, 200, 5)]),
    ("what a callee overwrote", simple, [op("MOVE", 5, 0), op("MOVE", 6, 1), op("CALL", 5, 1, 5), op("RET", 6)]),
    ("method call", simple, [op("GETMETHOD", 5, 0), 0xFFFF0000, op("MOVE", 7, 1), op("CALLM", 5, 1, 5), op("RET", 5)]),
    ("method's self as a value", simple, [op("GETMETHOD", 5, 0), 0xFFFF0000, op("RET", 6)]),
    ("keywords", simple, [op("MOVE", 5, 0), op("CALLKW", 5, 0, 5), 0]),
    ("arguments that are not there", simple, [op("MOVE", 5, 0), op("MOVE", 6, 1), op("CALLEX", 5, 5, 5)]),
    ("arguments beyond the registers", simple, [op("MOVE", 5, 0), op("MOVE", 6, 1), op("CALLEX", 5, 255, 5)]),
    ("arguments", simple, [op("MOVE", 5, 0), op("TUPLE", 6, 0, 2), op("CALLEX", 5, 1, 5), op("RET", 5)]),
    ("function of no code", simple, [op("MAKEFUNC", 5, 0), 0]),
    ("string of values", simple, [op("STRING", 5, 0, 2)]),
    ("string", simple, [op("FORMAT", 5, 0), op("STRING", 5, 5, 1), op("RET", 5)]),
    ("format that is no string", simple, [op("MOVE", 5, 0), op("MOVE", 6, 1), op("FORMAT", 5, 5, 128)]),
    ("pattern's names", simple, [op("MOVE", 5, 0), op("TUPLE", 6, 0, 1), op("MATCHCLASS", 5, 0, 5), 0]),
    ("exception", simple, [op("RERAISE", 0)]),
    ("saved exception", simple, [op("POPEXC", 0)]),
    ("yield", simple, [op("YIELD", 5, 0)]),
    ("namespace", simple, [op("GETNAME", 5), 0xFFFF0000]),
    ("far parameters", simple, [wide("FARARGS", 0, 0)]),
    ("intrinsic", simple, [op("INTRINSIC", 5, 0, 9)]),
    ("parts of values", simple, [op("MOVE", 5, 0), op("MOVE", 6, 0), op("MOVE", 7, 0), op("INTRINSIC", 5, 5, 8), op("RET", 5)]),
    ("parts of nothing", simple, [op("MOVE", 5, 0), op("INTRINSIC", 5, 5, 8)]),
    ("await of unknown kind", simple, [op("GETAWAIT", 5, 0, 7)]),
    ("closure of values", plain, [op("MOVE", 8, 0), op("TUPLE", 8, 0, 1), op("MAKEFUNC", 4, 8), "code"]),
    ("no closure", plain, [op("MAKEFUNC", 4, 0), "code"]),
    ("closure of two cells", plain, [op("MOVE", 9, 0), op("MOVE", 10, 0), wide("NEWCELL", 0, 9), wide("NEWCELL", 0, 10), op("TUPLE", 8, 9, 2), op("MAKEFUNC", 4, 8), "code"]),
    ("closure", plain, [wide("NEWCELL", 0, 3), op("TUPLE", 8, 3, 1), op("MAKEFUNC", 4, 8), "code", op("RET", 4)]),
    ("generator", generator, [op("YIELD", 4, 0), op("MOVE", 5, 0), op("LOADS", 6, NONE), op("YIELDFROM", 5), op("RET", 5)]),
    ("YIELD before YIELDFROM", generator, [op("MOVE", 5, 0), op("MOVE", 6, 0), op("YIELD", 4, 0), op("YIELDFROM", 5)]),
    ("jump to YIELDFROM", generator, [op("MOVE", 5, 0), op("MOVE", 6, 0), op("JTRUE", 0), 1, op("LOADS", 6, NONE), op("YIELDFROM", 5)]),
    ("plain call among far variables", many, [wide("FARARGS", 0, 160), op("MOVE", 165, 0), op("CALL", 165, 0, 165)]),
    ("far variables not prepared", most, [op("NOP")]),
    ("far temporary", deep, [wide("FARPUT", 0, 256), wide("FARGET", 5, 256), op("RET", 5)]),
    ("far temporary before it is written", deep, [wide("FARGET", 5, 256)]),
    ("far temporary that is not there", deep, [wide("FARPUT", 0, 60000)]),
    ("far list", deep, [op("LIST", 5, 0, 1), wide("FARPUT", 5, 256), wide("FARGET", 6, 256), op("APPEND", 6, 0), op("RET", 6)]),
    ("far temporary without a value", deep, [op("LOADS", 5, UNSET), wide("FARPUT", 5, 256), wide("FARGET", 6, 256), op("RET", 6)]),
    ("far temporary behind a plain call", deep, [wide("FARPUT", 0, 256), op("MOVE", 5, 0), op("CALL", 5, 0, 5), wide("FARGET", 6, 256)]),
    ("far temporary behind another call", deep, [wide("FARPUT", 0, 256), op("MOVE", 5, 0), op("TUPLE", 6, 0, 1), op("CALLEX", 5, 1, 5), wide("FARGET", 6, 256), op("RET", 6)]),
    ("far temporary as a variable", deep, [op("LOADS", 5, UNSET), wide("FARPUT", 5, 256), wide("CHECK", 0, 256), op("RETNONE")]),
]
for name, template, words in cases:
    print(f"{name}: {outcome(template, words)}")

print("over the end:", outcome(simple, [], "NOP"))

# The exception register of a handler, and what it may rely on.
code = compile(handler, "t", "exec")
print("handler:", outcome(handler, [op("MOVE", 3, 0)] * 3))
# Registers above it may be cleared on the way to the handler: here r2 gets the exception, the block begins at 2, its handler at 7.
later = handler.replace("    try", "    a.zero\n    try")
print("handler, above:", outcome(later, [op("MOVE", 3, 0)] * 7 + [op("RET", 3)]))
print("handler, below:", outcome(later, [op("MOVE", 1, 0)] * 7 + [op("RET", 1)]))
