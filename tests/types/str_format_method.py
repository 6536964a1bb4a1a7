# str_format_method.py - str.format and format_map: fields, nested fields, indexes, attributes, conversions, errors.
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


class P:
    def __init__(self, **kw): self.__dict__.update(kw)
    def __repr__(self): return "P()"
    def __format__(self, spec): return f"<{spec}>"
    def __getitem__(self, k): return ("item", k)


@section
def fields():
    print("{} {}".format(1, 2), "{0} {1} {0}".format("a", "b"), "{a} {b}".format(a=1, b=2), "{} {a} {}".format(1, 2, a=3), "{{}} {{{}}}".format(1), "".format(), "plain".format(1, a=2), "{0!r} {0!s} {0!a}".format("é"), "{:>5}|{:<5}|{:^5}|".format("a", "b", "c"), "{0:d}".format(5), "{a!r:>6}".format(a="x"), "{}".format(None), "{:}".format(5), "{!r}".format("q"), "é{}日".format("😀"))
    o = P(x=1, inner=P(y=[10, 20, {"k": "deep"}]))
    print("{0.x} {0.inner.y[1]} {0.inner.y[2][k]} {0[key]} {0[5]} {0[a b]} {0[-1]} {o.x}".format(o, o=o), "{0[0]} {0[1]}".format(["a", "b"]), "{0[a]} {0[b c]}".format({"a": 1, "b c": 2}), "{0[0][0]}".format([[7]]), "{a[0].x}".format(a=[P(x=9)]), "{.x} {.x}".format(o, o), "{[0]}{[1]}".format("ab", "cd"), "{0.real}{1.imag}".format(5, 2j), "{0.__class__.__name__}".format(5), "{0[!r]}".format({"!r": 1}), "{0[:]}".format({":": 2}), "{0[{}]}".format({"{}": 3}) if 0 else "skip")


@section
def nested_specs():
    print("{:{}}|{:{}}|".format("a", 5, "b", ">5"), "{:{w}.{p}f}".format(3.14159, w=8, p=2), "{0:{1}{2}}".format("x", "^", 5), "{:{fill}{align}{width}}".format("m", fill="*", align="^", width=7), "{:{}{}}".format(5, "0", 3), "{a:{b[0]}}".format(a=1, b=[4]), "{:{!r}}".format(P(), "s"), "{0:{{}}}".format(P()) if 0 else "skip", "{:{}}".format(P(), ""), "{:x{}y}".format(P(), "-"), "{0:{0}}".format(5), "{:%H:%M}".format(P()), "{!s:{}}|".format(None, 6))


@section
def errors():
    for args in (("{",), ("}",), ("{}",), ("{0}",), ("{a}",), ("{0} {}", 1, 2), ("{} {0}", 1, 2), ("{!}", 1), ("{!x}", 1), ("{!rr}", 1), ("{!r", 1), ("{:", 1), ("{0.}", 1), ("{0[}", [1]), ("{0[]}", [1]), ("{0[0}", [1]), ("{0]}", [1]), ("{0.x}", 1), ("{0[5]}", [1]), ("{0[a]}", [1]), ("{0[a]}", {}), ("{:q}", 1), ("{:d}", "a"), ("{:>>}", 1), ("{a.b}",), ("{-1}", 1), ("{1.5}", 1), ("{ 0}", 1), ("{0 }", 1), ("{0!r }", 1), ("{:{}}", 1), ("{:{:{}}}", 1, 2, 3), ("}{", 1), ("{}}", 1), ("{{}", 1), ("{0.x.y}", P(x=1)), ("{0[x][y]}", {"x": {}}), ("{99999999999999999999}", 1), ("{!}}", 1), ("{0!}", 1), ("{:{a}}", 1), ("{0[0]x}", [1]), ("{a b}", 1), ("{\x00}", 1), ("{0..x}", 1), ("{:\x00}", 1), ("{!r:d}", 5), ("{0:{1:{2}}}", 1, 2, 3)):
        error(args[0].format, *args[1:])
    error(lambda: "{a}".format(**{"b": 1}))
    error(lambda: str.format())
    error(lambda: str.format(5, 1))


@section
def format_map():
    class D(dict):
        def __missing__(self, k): return f"<{k}>"
    class M:
        def __getitem__(self, k): return k * 2
    print("{a} {b}".format_map({"a": 1, "b": 2}), "{x} {y}".format_map(D(x=1)), "{ab} {c:>4}".format_map(M()), "{a[0]} {a!r}".format_map({"a": ["q"]}), "".format_map({}), "no fields".format_map({}))
    for f in (lambda: "{a}".format_map({}), lambda: "{}".format_map({"": 1}), lambda: "{0}".format_map({"0": 1}), lambda: "{a}".format_map([1]), lambda: "{a}".format_map(None), lambda: "{a}".format_map()): error(f)


@section
def string_specs():
    for spec in ("", "s", "5", "5s", "<5", ">5", "^5", "*^7", ".2", "5.2", ">5.2s", ".0", ".10", "05", "0<5", "é^5", "😀>5", "=5", "+", " ", "-", "#", ",", "_", "d", "x", "f", "c", "q", ".", "5.", "5.x", "^", "<<5", "ss", ".2d", "00", "0", "1000000000000000000000", ".1000000000000000000000", "^05", "05s", "=05", "z"):
        try: print(repr(spec), repr(format("abc", spec)))
        except ValueError as e: print(repr(spec), type(e).__name__, e)
    print(f"{'é日😀':5}|{'é日😀':.2}|{'é日😀':>5}|{'':3}|{'':*^3}|")


@section
def user_formats():
    class F:
        def __format__(self, spec):
            if spec == "raise": raise KeyError("from format")
            if spec == "bad": return 5
            return f"F[{spec}]"
    print("{}{:a}{0!r:.3}".format(F(), F()) if 0 else "{}{:a}".format(F(), F()), "{:a b c}".format(F()), "{:{}}".format(F(), "dyn"), "{0:é}".format(F()), "{:!r}".format(F()), "{::}".format(F()))
    error(lambda: "{:raise}".format(F()))
    error(lambda: "{:bad}".format(F()))
    class R:
        def __repr__(self): return "repr"
        def __str__(self): return "str"
    print("{} {!r} {!s} {!a} {!r:>6} {!s:^5}".format(*[R()] * 6))
    error(lambda: "{:>6}".format(R()))
    class A:
        def __getattr__(self, n): return n.upper()
    print("{0.abc} {0.x.real}".format(A()) if 0 else "{0.abc}".format(A()), "{0.a b}".format(A()), "{0.1}".format(A()), "{0.é}".format(A()))
