# str_percent.py - str: % formatting: every conversion, flag, width and precision, mappings, errors.
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


class R:
    def __repr__(self): return "repré"
    def __str__(self): return "str"


@section
def conversions():
    print("%s %r %a" % (R(), R(), R()), "%d %i %u" % (1, -2, 3), "%o %x %X" % (8, 255, 255), "%e %E %f %F %g %G" % ((1234.5,) * 6), "%c%c%c" % (65, "B", 0x20ac), "%%" % (), "100%%" % (), "%s" % "x", "%s" % 5, "%s" % None, "%s" % [1], "%s" % (1,), "%s" % ((1, 2),), "%r" % "q", "%s%s" % ("a", "b"), "" % (), "plain" % (), "plain" % {}, "%s" % {"a": 1})


@section
def flags():
    for fmt in ("%5d|", "%-5d|", "%05d|", "%+d|", "% d|", "%+5d|", "%-+5d|", "%+05d|", "%#x|", "%#o|", "%#X|", "%#5x|", "%#08x|", "%-#8x|", "%.3d|", "%5.3d|", "%-5.3d|", "%05.3d|", "%+.3d|", "%.0d|", "%.d|", "%ld|", "%hd|", "%Ld|", "% 05d|", "%- 5d|", "%0-5d|", "%++d|", "%#d|"):
        print(fmt, [fmt % n for n in (0, 5, -5, 12345, 2**70)])
    for fmt in ("%5s|", "%-5s|", "%.2s|", "%5.2s|", "%-5.2s|", "%.0s|", "%05s|", "%+s|", "%#s|", "% s|", "%5r|", "%.3r|", "%5a|", "%ls|"):
        print(fmt, [fmt % s for s in ("", "abc", "é日😀x", "abcdefg")])
    print("%*d|%-*d|%*.*f|%.*s|" % (5, 1, 5, 2, 8, 2, 3.14159, 2, "abc"), "%*d|" % (-5, 1), "%.*f" % (0, 2.5), "%0*d" % (5, 42), "%5c|%-5c|" % ("x", "y"), "%05c|" % "z", "%.1c" % "q", "%+c" % 65)


@section
def mappings():
    d = {"a": 1, "b": "two", "": "empty", "x y": 3, "(p)": 4, "%": 5, "é": 6}
    print("%(a)d %(b)s %(a)05d %(x y)s %()s %((p))s %(%)s %(é)s" % d, "%(b)10s|%(b)-10s|%(b).1s" % d, "%(a)d %%" % d, "%(a)s%(a)s" % d, "no fields" % d)
    class M:
        def __getitem__(self, k): return k.upper()
    class D(dict):
        def __missing__(self, k): return "?" + k
    print("%(x)s %(yz)s" % M(), "%(q)s" % D(), "%(a)*d" % d if 0 else "")
    for f in (lambda: "%(a)s" % 5, lambda: "%(a)s" % (1,), lambda: "%(zz)s" % d, lambda: "%(a" % d, lambda: "%(a)" % d, lambda: "%(a)s %s" % d, lambda: "%s %(a)s" % d if 0 else 1 / 0, lambda: "%(a)*d" % d, lambda: "%(a)q" % d, lambda: "%(a)s" % [1], lambda: "%(a)s" % "str", lambda: "%(a)d" % {"a": "x"}): error(f)


@section
def errors():
    for f in (lambda: "%s" % (), lambda: "%s %s" % ("a",), lambda: "%s" % ("a", "b"), lambda: "plain" % 5, lambda: "plain" % (1,), lambda: "%d" % "x", lambda: "%d" % None, lambda: "%d" % 1j, lambda: "%d" % [1], lambda: "%x" % 1.5, lambda: "%x" % "a", lambda: "%o" % None, lambda: "%f" % "x", lambda: "%e" % None, lambda: "%c" % "", lambda: "%c" % "ab", lambda: "%c" % -1, lambda: "%c" % 0x110000, lambda: "%c" % 1.5, lambda: "%c" % None, lambda: "%c" % b"x", lambda: "%q" % 1, lambda: "%" % (), lambda: "%" % 1, lambda: "%5" % 1, lambda: "%z" % 1, lambda: "abc%" % (), lambda: "%*d" % ("x", 1), lambda: "%*d" % (1,), lambda: "%.*d" % ("x", 1), lambda: "%.*f" % (1.5, 2), lambda: "%é" % 1, lambda: "%\n" % 1, lambda: "%1000000000000000000000d" % 1, lambda: "%.1000000000000000000000d" % 1, lambda: "%d %d" % (1, 2, 3), lambda: "%s" % () if 0 else "%s" % (1, 2), lambda: "%lld" % 1, lambda: "%b" % 5, lambda: "%5 %" % 1, lambda: "% %" % () if 0 else 5 % "a", lambda: "a" % None, lambda: "%s%" % 1, lambda: "%ss%d" % ("a",)): error(f)


@section
def numbers():
    class I(int):
        def __str__(self): return "I!"
        def __index__(self): return 99
    class F(float):
        def __repr__(self): return "F!"
    class Idx:
        def __index__(self): return 42
    class Flt:
        def __float__(self): return 2.5
    class Int:
        def __int__(self): return 7
    print("%d %s %x %f" % (I(5), I(5), I(255), I(2)), "%f %s %g %r" % (F(1.5), F(1.5), F(1.5), F(1.5)), "%d %x" % (3.99, Idx()), "%d" % Idx(), "%f %e" % (Flt(), Flt()), "%d" % Int(), "%d %d" % (True, False), "%d" % 1e20, "%d" % -0.9, "%i" % 2**0, "%.2f" % 10**15, "%c" % Idx(), "%s" % 1e100, "%x %o %X" % (-255, -8, -255), "%#x %#o" % (-255, -8), "%.5x|%8.5X|%#.5x" % (255, 255, 255), "%+x % x" % (255, 255), "%08x %-8x|" % (255, 255))
    for f in (lambda: "%x" % Int(), lambda: "%x" % Flt(), lambda: "%d" % Flt(), lambda: "%f" % Int(), lambda: "%f" % "1", lambda: "%d" % float("inf"), lambda: "%d" % float("nan")): error(f)


@section
def operator_behaviour():
    class S(str):
        def __mod__(self, o): return ("mod", o)
        def __rmod__(self, o): return ("rmod", o)
    class RM:
        def __rmod__(self, o): return ("rmod", o)
    print(S("%s") % 1, "%s" % S("x"), "plain" % RM() if 0 else "skip")
    x = "%s-%s"
    x %= ("a", "b")
    print(x, "%s" "%d" % ("a", 1), "%s" % "%s" % "nested", ("%s" * 3) % (1, 2, 3), "%s" % ("a" if 0 else "b"), "%s|" % "é日", "%r" % "é\n", "%a" % "é\n", "%5.1f%%" % 12.34, "\x00%s\x00" % 1 == "\x001\x00", "%s" % b"b", "%s" % bytearray(b"q"))
    class T(tuple): pass
    class Dct(dict): pass
    print("%s %s" % T((1, 2)), "%s" % Dct(a=1), "%(a)s" % Dct(a=1), "%s" % [1, 2], "%s" % range(3), "%s" % (i for i in ()).__class__)
