# builtin_functions.py - abs to vars: builtin functions on ordinary and hostile arguments.
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
def numbers():
    print(abs(-5), abs(2.5), abs(3 + 4j), abs(True), abs(-2**70), divmod(7, 3), divmod(-7, 3), divmod(7.5, 2), divmod(2**70, 3), pow(2, 3), pow(2, -1), pow(2, 3, 5), pow(2.0, 3), round(2.5), round(2.567, 2), round(15, -1), sum([1, 2]), sum([1.5, 2]), sum([], 5), sum([[1], [2]], []), sum((x for x in (1, 2)), start=10), sum([1j, 2]), sum(["a"], start=0) if 0 else "skip", min(3, 1), max([1, 3]), bin(5), oct(8), hex(255), bin(-5), oct(-8), hex(-255), bin(True), hex(2**70), chr(97), ord("a"), int("5"), float("1.5"), complex("1j"), bool([]))
    class I:
        def __index__(self): return 11
        def __abs__(self): return "abs!"
        def __divmod__(self, o): return "divmod!"
        def __round__(self, n=None): return ("round!", n)
    print(bin(I()), hex(I()), oct(I()), chr(I()) == "\x0b", abs(I()), divmod(I(), 1), round(I()), round(I(), 3))
    for f in (lambda: abs("a"), lambda: abs(None), lambda: divmod(1, 0), lambda: divmod("a", 1), lambda: pow("a", 2), lambda: pow(1, 2, 0), lambda: round("a"), lambda: sum("abc"), lambda: sum(["a", "b"]), lambda: sum(["a"], ""), lambda: sum([b"a"], b""), lambda: sum([bytearray()], bytearray()), lambda: sum([1], "a"), lambda: sum([[1], 2], []), lambda: sum(5), lambda: sum([None]), lambda: bin(1.5), lambda: hex("a"), lambda: oct(None), lambda: chr(-1), lambda: chr(0x110000), lambda: ord("ab"), lambda: ord(5), lambda: abs(), lambda: sum([1], 2, 3), lambda: pow(2, 3, 4, 5)): error(f)


@section
def truth_and_order():
    print(all([]), any([]), all([1, 0]), any([0, 1]), all("ab"), any(("", 0)), all({}), any({0: 1}), sorted([3, 1, 2]), sorted("ba", reverse=True), sorted([-2, 1], key=abs), list(reversed([1, 2])), min("b", "a"), max("ab", "b", key=len), min([], default=0), max({1: "a", 2: "b"}), callable(len), callable(5), callable(int), isinstance(1, int), issubclass(bool, int), hash(1) == hash(1.0), id(None) == id(None), len("abc"), len({}), len(range(5)), len(b"ab"))
    for f in (lambda: all(5), lambda: any(None), lambda: len(5), lambda: len(iter([])), lambda: len(x for x in []), lambda: min(), lambda: max([]), lambda: min(1, "a"), lambda: sorted(5), lambda: sorted([1, "a"]), lambda: hash([]), lambda: hash({}), lambda: hash(set()), lambda: isinstance(1, 5), lambda: issubclass(1, int), lambda: callable(), lambda: len(), lambda: max(1, 2, default=3), lambda: min(5)): error(f)


@section
def attributes():
    class C: x = 1
    c = C()
    setattr(c, "y", 2)
    print(getattr(c, "x"), getattr(c, "y"), getattr(c, "z", "d"), hasattr(c, "x"), hasattr(c, "z"), vars(c), delattr(c, "y"), vars(c), dir(C)[-1], "x" in dir(c), vars(C)["x"], getattr(C, "x"), getattr(5, "real"), hasattr([], "append"), getattr(c, "a b", None))
    for f in (lambda: getattr(c, "z"), lambda: getattr(c, 1), lambda: setattr(c, 1, 1), lambda: delattr(c, "zz"), lambda: hasattr(c, 1), lambda: vars(5), lambda: vars([]), lambda: getattr(c), lambda: setattr(c, "a"), lambda: delattr(c), lambda: setattr(5, "x", 1), lambda: dir(1, 2)): error(f)


@section
def text():
    print(repr("a'b"), ascii("é"), ascii("😀"), str(5), str(b"a"), format(5, "03"), format("a", ">3"), format(1.5), repr([1, "a"]), ascii(["é"]), chr(233), ord("é"), str(None), repr(None), format(None), str(), repr(1.0), format(True), ascii(b"\xff"), format([1], ""), format(5, ""), str([1, [2]]), repr({}), repr({1}), repr((1,)))
    for f in (lambda: format([], "5"), lambda: format(5, 5), lambda: repr(), lambda: str(5, "a"), lambda: format(), lambda: ascii(), lambda: ord(""), lambda: format("a", "d"), lambda: format(5, "s")): error(f)


@section
def printing():
    class W:
        def __init__(self): self.out = []
        def write(self, s):
            self.out.append(s)
            return len(s)
        def flush(self): self.out.append("<flush>")
    w = W()
    print("a", 1, None, file=w)
    print(file=w)
    print("x", "y", sep="-", end="!", file=w, flush=True)
    print(sep="q", end="", file=w)
    print(*"ab", sep="", file=w)
    print("n", sep=None, end=None, file=w)
    print("multi\nline", file=w)
    print(w.out)
    print("to stdout", file=None)
    class R:
        def __str__(self): return "R-str"
        def __repr__(self): return "R-repr"
    print(R(), [R()], sep="|")
    for f in (lambda: print("a", sep=5), lambda: print("a", end=5), lambda: print("a", file=5), lambda: print("a", foo=1), lambda: print("a", sep=b""), lambda: print("a", file=object())): error(f)
    class Bad:
        def write(self, s): raise ValueError("write failed")
    error(lambda: print("a", file=Bad()))
    class BadStr:
        def __str__(self): raise KeyError("str failed")
    error(lambda: print(BadStr()))
    print(print(end=""), print("", end=""))


@section
def evaluation():
    x = 5
    print(eval("1 + 1"), eval("x"), eval("x + y", {"x": 1, "y": 2}), eval("[i for i in range(3)]"), exec("z = 1"), eval(compile("2 * 3", "", "eval")), eval("lambda a: a + 1")(1), eval("(yes := 5)"), eval(" \t1"), eval(b"3"), eval("1, 2"), eval("__name__", {"__name__": "q"}))
    ns = {}
    exec("def f(): return g()\ndef g(): return 'g'", ns)
    print(ns["f"]())
    for f in (lambda: eval("1 +"), lambda: eval(""), lambda: eval("x = 1"), lambda: eval(5), lambda: exec(5), lambda: eval("1", 5), lambda: exec("x", []), lambda: compile("1", "", "bad"), lambda: compile(5, "", "eval"), lambda: eval("undefined_q"), lambda: exec("raise KeyError(1)"), lambda: eval("1/0"), lambda: compile("1", "", "eval", 1 << 30)):
        try: print("value", f())
        except Exception as e: print(type(e).__name__)
    print(globals() is globals(), locals()["x"], "x" in globals(), type(globals()).__name__, __import__("sys").__name__, __build_class__ is not None)


@section
def constructors():
    print(int(), float(), complex(), str(), bytes(), bytearray(), list(), tuple(), dict(), set(), frozenset(), bool(), range(0), slice(None), object() is not None, type(type), list("ab"), tuple("ab"), dict(a=1), set("a"), bytes(2), memoryview(b"a")[0], property().fget, enumerate("a").__next__(), list(zip("a", "b")), list(map(str, [1])), list(filter(None, [1])), super(int, 5).__repr__()[:1])
