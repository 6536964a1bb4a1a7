# float_methods.py - float: is_integer, as_integer_ratio, hex, fromhex, rounding, conversions, subclass.
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


INF, NAN = float("inf"), float("nan")


@section
def simple_methods():
    for x in (0.0, -0.0, 1.5, -2.0, 1e16, 5e-324, 0.1, 1e308):
        print(x, x.is_integer(), x.as_integer_ratio(), x.hex(), x.conjugate(), x.real, x.imag, x.__trunc__(), x.__floor__() if abs(x) < 1e17 else "", x.__ceil__() if abs(x) < 1e17 else "", x.__int__() if abs(x) < 1e17 else "", x.__bool__(), x.__abs__(), x.__neg__())
    print(INF.is_integer(), NAN.is_integer(), INF.hex(), NAN.hex(), (-INF).hex(), NAN.real != NAN.real)
    for f in (INF.as_integer_ratio, NAN.as_integer_ratio, lambda: int(INF), lambda: int(NAN), INF.__trunc__, NAN.__floor__, INF.__ceil__, lambda: round(INF), lambda: round(NAN)): error(f)
    print(sorted(n for n in dir(float) if not n.startswith("_")))


@section
def hex_forms():
    for s in ("0x1p0", "0x1.8p1", "-0x1.8p1", "0X1P3", "0x.8p0", "0x1.p0", "1p0", "1.8", "0x1", "ff", "0x1p-1074", "0x1p1023", "0x1.fffffffffffffp1023", "0x1.fffffffffffff8p0", "0x1.00000000000008p0", "0x1.00000000000018p0", "0x0.0000000000001p-1022", "0x1p-1075", "0x1.8p-1075", " 0x1p2 ", "+0x1p2", "inf", "-Infinity", "nan", "0x123456789abcdef01234p0", "0x1p+5", "0x1.921fb54442d18p+1", "0x0p99999", "1e5"):
        print(s, float.fromhex(s), float.fromhex(s).hex())
    for s in ("", " ", "0x", "0xg", "p5", "0x1p", "0x1.8p1.5", "0x1 p0", "0x1p1024", "-0x1p9999", "0x1.fffffffffffff8p1023", "1.8p", "..1", "1..", "0x1_0", "x1p0", "0x1pp1", "none"): error(float.fromhex, s)
    error(float.fromhex, 5)
    error(float.fromhex, b"0x1p0")
    for x in (0.1, -1 / 3, 1e-310, 2.5e200): print(float.fromhex(x.hex()) == x, x.hex())


@section
def rounding():
    print([round(x) for x in (0.5, 1.5, 2.5, -0.5, -1.5, 0.4999999999999999, 0.5000000000000001, 1e15 + 0.5, 4503599627370497.5, 1e22, -2.5)])
    print([type(round(x)).__name__ for x in (1.5, -0.0)], round(-0.4), round(1.5, 0), type(round(1.5, 0)).__name__)
    for x in (2.675, 1.005, 0.125, 0.375, 123.456, -1.25, 1e16, 0.00015, 5.015, 1.45, 99.995, 1234.5678): print(x, [round(x, n) for n in (0, 1, 2, 3, 10, 20, -1, -2, -3)])
    print(round(1e308, -308), round(5e307, -308), round(1.5, 1000), round(1.5, -1000), round(INF, 2), round(NAN, 2), round(0.1, 400), round(5e-324, 323), round(5e-324, 324), round(25.0, -1), round(35.0, -1), round(-0.04, 1), round(True, 2), round(number=1.25, ndigits=1))
    error(lambda: round(1.7e308, -308))
    error(lambda: round(1.5, "a"))
    error(lambda: round(1.5, 1.0))
    error(lambda: round("1.5"))
    error(lambda: round())


@section
def to_int():
    print([int(x) for x in (0.9, -0.9, 1e9, 2.0**31, -2.0**31, 2.0**47, 2.0**48 + 1, 2.0**53, 2.0**63, -2.0**63, 2.0**64, 1e20, 1e25, 123456789.987)])
    print(int(1e300) == 10**300, int(1e300) % 10**10, int(2.0**1023) == 2**1023, (2**53 + 0.0).is_integer(), [x.as_integer_ratio() for x in (0.5, 0.75, -0.1, 1e-5)])
    import sys
    print(sys.float_info.max, sys.float_info.min, sys.float_info.epsilon, sys.float_info.dig, sys.float_info.mant_dig, sys.float_info.max_exp, sys.float_info.min_exp, sys.float_info.radix, sys.float_repr_style)


@section
def subclass():
    class F(float):
        def __repr__(self): return "F(" + float.__repr__(self) + ")"
    a = F(1.5)
    a.x = 1
    print(a, a + 1, type(a + 1).__name__, -a, a * a, [a], f"{a}", f"{a:.2f}", "%s %r %.1f" % (a, a, a), a == 1.5, hash(a) == hash(1.5), float(a), type(float(a)).__name__, a.x, F("2.5"), F(3), F(True), F.fromhex("0x1p1"), type(F.fromhex("0x1p1")).__name__, a.real, type(a.real).__name__, abs(F(-2.0)), round(F(2.5)), a // 1, divmod(a, 1), a.hex(), F(), int(F(2.9)), a.is_integer(), sorted([F(2), F(1)]))
    class C:
        def __float__(self): return 2.5
    class Bad:
        def __init__(self, r): self.r = r
        def __float__(self): return self.r
    class Idx:
        def __index__(self): return 7
    print(float(C()), float(Idx()), float(Bad(F(9.5))))
    for r in (1, "x", None): error(lambda: float(Bad(r)))
    error(lambda: float("1", "2"))
    error(lambda: float(x=1))
    print(float.__getformat__("double") in ("IEEE, little-endian", "IEEE, big-endian"))


@section
def unary_dunders():
    print((1.5).__add__(1), (1.5).__add__("a"), (1.5).__radd__(1), (1.5).__eq__(1), (1.5).__lt__(2), (1.5).__floordiv__(1), (1.5).__divmod__(1), (1.5).__rdivmod__(4), (2.0).__pow__(3), (2.0).__rpow__(3), (1.5).__float__(), (1.5).__hash__() == hash(1.5), (7.0).__mod__(4), (7.0).__rmod__(10), (1.5).__mul__(None), (1.5).__getnewargs__(), (1.5).__format__(".3f"), (1.5).__round__(), (1.5).__round__(1), (1.25).__round__(1))
