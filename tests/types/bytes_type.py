# bytes_type.py - bytes: construction, indexing, every method group, errors.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


def error(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)


@section
def construct():
    print(bytes(), bytes(3), bytes([1, 2, 255]), bytes((65, 66)), bytes(range(3)), bytes(b"abc"), bytes(bytearray(b"x")), bytes(memoryview(b"y")), bytes("é", "utf-8"), bytes(i for i in (1, 2)), bytes(True), bytes({97: 1}), bytes(0), bytes("", "ascii"), bytes([True]))
    for args in ((-1,), ("abc",), ([256],), ([-1],), (["a"],), ([1.5],), (1.5,), (None,), (object,), ([None],), ("a", 5), (b"a", "ascii"), (2**70,), ([2**70],), ({1, "a"} if 0 else ["x"],), (5, "ascii"), (["é"],)): error(bytes, *args)
    class B:
        def __bytes__(self): return b"from __bytes__"
    class I:
        def __index__(self): return 2
    class L(list): pass
    print(bytes(B()), bytes(I()), bytes([I()]), bytes(L([1])), bytes.fromhex("00ff 41\t42\n43"), bytes.fromhex(""), bytes.fromhex("AbCd"), bytes.maketrans(b"ab", b"xy")[96:100])
    for s in ("a", "0g", "0 0", "00 1", "é0", b"00", 5, "0x00", "00,11"): error(bytes.fromhex, s)
    for args in ((b"a", b"bc"), ("a", "b"), (b"a", 5)): error(bytes.maketrans, *args)


@section
def indexing():
    b = b"abcdef"
    print(b[0], b[-1], b[1:3], b[::-1], b[::2], b[10:], b[:0], list(b), len(b), b[True], 97 in b, b"cd" in b, b"" in b, 300 in [1], b"x" not in b, type(b[0]), type(b[:1]), [x for x in b], tuple(b"ab"), sum(b), max(b), sorted(b"cab"), b * 2, 2 * b"x", b + b"g", b"" + bytearray(b"q"), bytearray(b"q") + b"r", type(b"" + bytearray()), type(bytearray() + b""), b == bytearray(b"abcdef"), b < b"b", b"a" < b"ab", b != "abcdef", hash(b) == hash(bytes(b)), bool(b""), bool(b"\0"), *b"xy")
    for f in (lambda: b[6], lambda: b["a"], lambda: b[1.0], lambda: b[None], lambda: 256 in b, lambda: -1 in b, lambda: "a" in b, lambda: None in b, lambda: b + "a", lambda: b + 1, lambda: b * "a", lambda: b * 1.5, lambda: b < "a", lambda: b < 5, lambda: exec("b[0] = 1", {"b": b}), lambda: exec("del b[0]", {"b": b}), lambda: b.append(1), lambda: b.x, lambda: exec("b.x = 1", {"b": b})): error(f)


@section
def searching():
    b = b"abcabc"
    print(b.find(b"b"), b.find(98), b.find(b"x"), b.find(b"", 3), b.find(b"c", 3), b.rfind(b"b"), b.rfind(97), b.index(b"ca"), b.rindex(b"a"), b.count(b"a"), b.count(97), b.count(b""), b.count(b"ab", 1), b.startswith(b"ab"), b.startswith((b"x", b"a")), b.endswith(b"bc"), b.endswith((b"z",)), b.startswith(b"c", 2), b.find(bytearray(b"c")), b.count(memoryview(b"b")))
    for f in (lambda: b.index(b"x"), lambda: b.rindex(300), lambda: b.find("a"), lambda: b.find(256), lambda: b.find(-1), lambda: b.find(1.5), lambda: b.count("a"), lambda: b.startswith("a"), lambda: b.startswith([b"a"]), lambda: b.endswith((b"a", "b")), lambda: b.index(None), lambda: b.rindex(b"x")): error(f)


@section
def splitting():
    print(b"a,b,,c".split(b","), b" a  b ".split(), b"a,b,c".split(b",", 1), b"a,b,c".rsplit(b",", 1), b"".split(), b"".split(b","), b"a\x0bb\x1cc".split(), b"a-b-c".partition(b"-"), b"a-b-c".rpartition(b"-"), b"abc".partition(b"x"), b"a\nb\r\nc\rd".splitlines(), b"a\nb\n".splitlines(True), b"a\x0bb\x85c".splitlines(), b",".join([b"a", bytearray(b"b"), memoryview(b"c")]), b"".join([]), b"-".join(bytes([x]) for x in b"xy"))
    for f in (lambda: b"a".split(b""), lambda: b"a".split(","), lambda: b"a".partition(b""), lambda: b"a".partition(1), lambda: b",".join(["a"]), lambda: b",".join([1]), lambda: b",".join(b"ab"), lambda: b",".join(5)): error(f)


@section
def transforming():
    print(b"aBc\xe9".upper(), b"aBc\xc9".lower(), b"hello wORLD 1a".title(), b"aBC".capitalize(), b"aBc".swapcase(), b" a \t".strip(), b"xxaxx".strip(b"x"), b"xya".lstrip(b"yx"), b"axy".rstrip(b"xy"), b"ab".center(5), b"ab".center(6, b"*"), b"ab".ljust(4, b"."), b"ab".rjust(4), b"-5".zfill(4), b"abab".replace(b"a", b"xx"), b"aaa".replace(b"a", b"b", 2), b"ab".replace(b"", b"-"), b"a\tb".expandtabs(4), b"abc".translate(bytes.maketrans(b"ab", b"xy")), b"abc".translate(None, b"b"), b"abc".translate(None, delete=b"ac"), b"foobar".removeprefix(b"foo"), b"foobar".removesuffix(b"bar"), b"ab".hex(), b"abcd".hex("-"), b"abcde".hex(":", 2), b"abcde".hex(":", -2), b"".hex(), b"\x00\xff".hex(sep=" "))
    for f in (lambda: b"a".strip("a"), lambda: b"a".center(5, "*"), lambda: b"a".center(5, b"xy"), lambda: b"a".replace("a", b"b"), lambda: b"a".replace(b"a", 5), lambda: b"a".translate(b"short"), lambda: b"a".translate("x" * 256), lambda: b"ab".hex(""), lambda: b"ab".hex("ab"), lambda: b"ab".hex("é"), lambda: b"ab".hex(5), lambda: b"a".zfill("x"), lambda: b"a".removeprefix("a"), lambda: b"a".decode("ascii", 5), lambda: b"a".encode()): error(f)


@section
def testing():
    names = ("isalnum", "isalpha", "isascii", "isdigit", "islower", "isspace", "istitle", "isupper")
    for b in (b"", b"a", b"A", b"1", b"aB1", b" \t\n", b"Ab Cd", b"AB", b"ab", b"\xe9", b"a\xe9", b"a b", b"A1", b"\x0b\x0c", b"\x1c"): print(b, "".join("T" if getattr(b, n)() else "." for n in names))


@section
def percent():
    print(b"%b %s" % (b"x", b"y"), b"%d %i" % (5, -3), b"%x %X %o" % (255, 255, 8), b"%c%c" % (65, b"B"), b"%a" % "é", b"%r" % "é", b"%5b|%-5b|%.2b|" % (b"a", b"b", b"xyz"), b"%.2f %e" % (3.14159, 1.0), b"%%" % (), b"%(k)b" % {b"k": b"v"}, b"%05d" % 42, b"%*d" % (5, 1), b"%b" % bytearray(b"ba"), b"%b" % memoryview(b"mv"))
    class B:
        def __bytes__(self): return b"BB"
    print(b"%b" % B(), b"%s" % B())
    for f in (lambda: b"%b" % "str", lambda: b"%s" % 5, lambda: b"%d" % "x", lambda: b"%c" % 256, lambda: b"%c" % "a", lambda: b"%c" % b"ab", lambda: b"%q" % 1, lambda: b"%b" % (), lambda: b"%b" % (b"a", b"b"), lambda: b"x" % 1, lambda: b"%(k)b" % {"k": b"v"}): error(f)


@section
def subclass_and_names():
    class B(bytes):
        def __repr__(self): return "B!"
    b = B(b"ab")
    b.tag = 1
    print(b, b + b"c", type(b + b"c").__name__, b[0], type(b[:]).__name__, b == b"ab", bytes(b), type(bytes(b)).__name__, b.upper(), b.tag, B.fromhex("41"), type(B.fromhex("41")).__name__, b"".join([b]), {b: 1}[b"ab"], type(b.strip()).__name__, b * 1)
    print(sorted(n for n in dir(bytes) if not n.startswith("_")))
