# format_spec.py - the format mini-language on all builtin types: shared rules, fill and alignment, unknown codes.
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


VALUES = (5, -5, 3.5, -3.5, "ab", True, 2**70, 1j, None, [1])


@section
def alignment():
    for spec in ("", "10", "<10", ">10", "^10", "=10", "*<10", "*>10", "*^10", "*=10", "010", " 10", "+10", "-10", "+", " ", "é^9", "^9", "^8", "<1", "<0", "}<5", "{>5"):
        for v in VALUES:
            try: print(repr(spec), repr(v)[:8], repr(format(v, spec)))
            except (ValueError, TypeError) as e: print(repr(spec), repr(v)[:8], type(e).__name__, e)


@section
def types_codes():
    for code in "bcdeEfFgGnosxX%":
        for v in (65, 3.5, "ab", True, 1j):
            try: print(code, repr(v), repr(format(v, code)))
            except (ValueError, TypeError, OverflowError) as e: print(code, repr(v), type(e).__name__, e)


@section
def precision_and_grouping():
    for spec in (".2", ".2f", ".0f", ",", "_", ",.2f", "_.2f", ".2d", ".2s", ",d", "_x", ",x", "_b", "_o", "_d", ".3e", ".3g", ",s", "10,", "010,", "+,", "#x", "#b", "#o", "#X", "#_x", "#010x", "#.3g", "#d", "z.1f", "zd"):
        for v in (1234567, -1234567, 1234.5678, "abc", 2**40):
            try: print(repr(spec), v, repr(format(v, spec)))
            except (ValueError, TypeError) as e: print(repr(spec), v, type(e).__name__, e)


@section
def sources_of_specs():
    w, p, fill = 12, 3, "*"
    print(f"{3.14159:{fill}^{w}.{p}}|{'x':{w}}|{5:{'<'}{w}}|{255:{'#x'}}|{255:#{w}x}|{3.14159:.{p}f}|{True:>{p + 3}}|{'abc':.{1 + 1}}|{5:{''}}|{5!r:>{w}}|{'é':{'日'}>{5}}")
    print("{:{}}|{:{}.{}f}|{x:{y}}|{:>{w}}".format(1, 5, 2.5, 8, 2, 3, x=4, y="04", w=6), format(5, format(3, "03")), "{:{f}{a}{w}}".format(7, f="0", a=">", w=4))
    print(int.__format__(5, "03"), str.__format__("a", ">3"), float.__format__(1.5, ".2f"), object.__format__("x", ""), bool.__format__(True, "d"), complex.__format__(1j, ".1f"), (5).__format__(""), "a".__format__(""))


@section
def subclasses_and_overrides():
    class Temp(float):
        def __format__(self, spec):
            if spec.endswith("F"): return format(self * 9 / 5 + 32, spec[:-1] + "f") + "F"
            return super().__format__(spec)
    class Date:
        def __init__(self, y, m, d): self.y, self.m, self.d = y, m, d
        def __format__(self, spec): return (spec or "%Y-%m-%d").replace("%Y", f"{self.y:04}").replace("%m", f"{self.m:02}").replace("%d", f"{self.d:02}")
    t, d = Temp(21.5), Date(2024, 3, 7)
    print(f"{t:.1f} {t:.1F} {t:8.2F} {t} {d} {d:%d/%m/%Y} {d:year %Y}", "{:.1F}|{:%m}".format(t, d), format(d, ""), f"{d!s:.5}" != "", f"{t!r:>8}")
    class S(str): pass
    class I(int): pass
    print(f"{S('x'):>3}|{I(5):03}|{S('x')}|{I(5)}", format(S("abc"), ".1"))
    class Bad:
        def __format__(self, spec): return 5
    class Raise:
        def __format__(self, spec): raise ValueError(f"spec {spec!r}")
    for f in (lambda: f"{Bad()}", lambda: format(Bad(), "x"), lambda: f"{Raise():abc}", lambda: "{:q}".format(Raise()), lambda: f"{object():x}", lambda: f"{b'a':5}", lambda: f"{(1,):5}", lambda: f"{ {}:5}", lambda: format(5, "10" * 20), lambda: format(5, "." + "9" * 30 + "f"), lambda: format("a", "9" * 30)): error(f)
