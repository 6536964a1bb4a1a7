# dm_repr_str_format.py - __repr__, __str__, __format__, __bytes__: fallbacks, wrong results, recursion.
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


class ReprOnly:
    def __repr__(self): return "REPR"


class StrOnly:
    def __str__(self): return "STR"


class Both(ReprOnly, StrOnly):
    pass


class Fmt:
    def __format__(self, spec): return f"fmt<{spec}>"


class BytesLike:
    def __bytes__(self): return b"bytes!"


@section
def fallbacks():
    for o in (ReprOnly(), Both()):
        print(str(o), repr(o), f"{o}", f"{o!r}", f"{o!s}", "%s %r" % (o, o), format(o), [o], {o: o}, (o,), ascii(o), "{} {!r}".format(o, o))
    s = StrOnly()
    print(str(s), f"{s}", "%s" % s, repr(s).startswith("<") and "StrOnly object at" in repr(s), [s] != [], format(s))
    print(f"{Fmt()}", f"{Fmt():x y}", format(Fmt()), format(Fmt(), "z"), "{:a}{}".format(Fmt(), Fmt()), "{:{}}".format(Fmt(), "inner"))
    print(bytes(BytesLike()), str(b"x"), str(b"x", "ascii"), bytes("é", "utf-8"))


@section
def default_repr():
    class Local: pass
    r = repr(Local())
    print(r[:r.index(" at ")], r[-1], object().__repr__()[:18], repr(Local)[:8], str(Local) == repr(Local))
    Local.__module__ = "elsewhere"
    r = repr(Local())
    print(r[:r.index(" at ")], repr(Local))
    Local.__qualname__ = "Renamed"
    print(repr(Local()).split(" at ")[0], repr(Local))
    print(repr(int), repr(type), repr(None), repr(...), repr(NotImplemented), repr(len), repr(print), repr(ValueError), repr(type(None)))
    f = repr(fallbacks if 0 else (lambda: 1))
    print(f[:f.index(" at ")], repr(ReprOnly.__repr__).split(" at ")[0], repr(ReprOnly().__repr__), repr([].append).split(" at ")[0], repr(str.join), repr(int.__add__), repr((1).__add__).split(" at ")[0])


@section
def wrong_results():
    class Bad:
        def __repr__(self): return 5
        def __str__(self): return None
        def __format__(self, spec): return b"x"
        def __bytes__(self): return "str"
    b = Bad()
    error(lambda: repr(b))
    error(lambda: str(b))
    error(lambda: format(b))
    error(lambda: bytes(b))
    error(lambda: f"{b}")
    error(lambda: f"{b!r}")
    error(lambda: [b].__repr__())
    error(lambda: "%s" % b)
    error(lambda: "%r" % b)
    error(lambda: "{}".format(b))
    error(lambda: ascii(b))


@section
def format_spec_of_object():
    class P: pass
    error(lambda: format(P(), "x"))
    error(lambda: f"{P():>10}")
    error(lambda: f"{None:5}")
    error(lambda: f"{[]:5}")
    error(lambda: f"{print:5}")
    error(lambda: f"{b'':5}")
    error(lambda: format(1, 2))
    error(lambda: format(1, None))
    error(lambda: (1).__format__(5))
    error(lambda: object().__format__("s"))
    print(f"{ReprOnly()!s:>6}|{ReprOnly()!r:<6}|{None!s:^6}|{[1]!s:*^9}|", format([1]), format(None), object.__format__(ReprOnly(), ""))


@section
def subclass_results():
    class S(str):
        def __str__(self): return "S.__str__"
        def __repr__(self): return "S.__repr__"
    s = S("data")
    print(s, str(s), repr(s), f"{s}", format(s), s + "!", "%s" % s, "{}".format(s), s.upper(), "".join([s]), [s], len(s), s == "data")

    class ReturnsS:
        def __str__(self): return S("inner")
        def __repr__(self): return S("inner repr")
    print(str(ReturnsS()), type(str(ReturnsS())).__name__, repr(ReturnsS()), type(str(s)).__name__)

    class I(int):
        def __str__(self): return "I"
        def __format__(self, spec): return "IF" + spec
    print(I(5), f"{I(5)}", f"{I(5):d}", "%d" % I(5), "%s" % I(5), repr(I(5)), I(5) + 0, [I(5)])


@section
def recursion():
    x = [1]
    x.append(x)
    d = {}
    d["self"] = d
    t = ([],)
    t[0].append(t)
    d2 = {"a": [1]}
    d2["a"].append(d2)
    print(x, d, t, d2, str(x), f"{x}", [x])

    class L(list):
        def __repr__(self): return f"L({list.__repr__(self)})"
    m = L([1])
    m.append(m)
    print(repr(m))
    n = [[1], [1]]
    n[0] = n[1]
    print(n)


@section
def raising():
    class R:
        def __repr__(self): raise ValueError("repr fails")
    error(lambda: repr(R()))
    error(lambda: str(R()))
    error(lambda: repr([1, R()]))
    error(lambda: f"{R()}")
    error(lambda: str({1: R()}))
    error(lambda: print(R()))
    x = [R()]
    error(lambda: repr(x))
    x[0] = 1
    print(x)


@section
def on_type_only():
    r = ReprOnly()
    r.__repr__ = lambda: "instance"
    r.__str__ = lambda: "instance"
    r.__format__ = lambda spec: "instance"
    print(repr(r), str(r), f"{r}")

    class M(type):
        def __repr__(cls): return "M-repr"
        def __str__(cls): return "M-str"
        def __format__(cls, spec): return "M-format"

    class C(metaclass=M): pass
    print(repr(C), str(C), f"{C}", [C], "%s %r" % (C, C))
    error(lambda: str(1, 2))
    error(lambda: str(b"\xff", "ascii"))
    error(lambda: str("a", "ascii"))
    error(lambda: repr())
    error(lambda: repr(1, 2))
    print(str(), str(object="x"), str(b"ab", encoding="ascii", errors="strict"), str(b"\xff", errors="replace"))
