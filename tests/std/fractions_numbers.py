# fractions and numbers: making, arithmetic, formats, the tower.
import copy
import math
import numbers
from fractions import Fraction as F


def refused(f, *args, **kwds):
    try:
        print("NOT REFUSED", f(*args, **kwds))
    except Exception as e:
        print(type(e).__name__, e)


for text in "3/4", " -7/21 ", "1.5", "-.25e2", "1e-3", "+1_000/2", "3 / 4", "2.", "1E5", "0", "-0", "12.5e+1", "1_0.2_5":
    print(repr(text), repr(F(text)), F(text))
for text in "", "a", "1/", "/2", "1/2/3", "1.5/2", "1__0", "1e", "-", "1/-2", "0x1", "1 2", "3/0", "-3/0", ".", "1\n/2 x":
    refused(F, text)
for args in (3,), (3, 6), (-3, -6), (F(1, 2), F(3, 4)), (0.5,), (1, F(1, 3)), (True,), (-0.0,):
    print(args, repr(F(*args)))
for args in (1, 0), (1.5, 2), (None,), (1j,), (float("nan"),), (float("inf"),), (1, "2"), ([],):
    refused(F, *args)
values = [F(1, 2), F(-7, 3), F(0), F(5), F(22, 7)]
others = [2, -3, 0.5, 1 + 2j, F(2, 3), True, 0, "x"]
import operator as o
for op in o.add, o.sub, o.mul, o.truediv, o.floordiv, o.mod, divmod, o.pow, o.lt, o.ge, o.eq, o.ne:
    for a in values:
        for b in others:
            for x, y in (a, b), (b, a):
                try:
                    r = op(x, y)
                    if isinstance(r, (float, complex)) and op is o.pow:
                        r = type(r).__name__
                    print(op.__name__, x, y, repr(r))
                except (TypeError, ZeroDivisionError) as e:
                    print(op.__name__, x, y, type(e).__name__, e if op not in (o.mod, o.floordiv, divmod) else "")
for a in values:
    print(-a, +a, abs(a), int(a), math.trunc(a), math.floor(a), math.ceil(a), round(a), round(a, 1), round(a, -1), bool(a), float(a), complex(a), a.as_integer_ratio(), a.is_integer(), a.conjugate(), a.real, a.imag)
print([round(F(n, 2)) for n in range(-5, 6)], hash(F(3)) == hash(3), hash(F(1, 2)) == hash(0.5), F(1, 3) == 1 / 3, F(1, 2) == 0.5, F(1, 2) == complex(0.5), F(1, 2) < math.inf, F(1, 2) < math.nan)
print(F(math.pi).limit_denominator(1000), F("3.1415926535897932").limit_denominator(), F(1, 3).limit_denominator(2), F.from_float(0.1), F.from_float(3))
refused(F(1).limit_denominator, 0)
refused(F.from_float, "x")
refused(F.from_decimal, 1.5)
print(copy.copy(F(1, 2)), copy.deepcopy(F(1, 2)), F(1, 2).__reduce__())
SPECS = ["", "10", "<10", "^10", "*>+10", "=+10", " ", "#", ",", "_", "-", "+", ".3f", ".0f", "f", "e", ".2e", "g", ".3g", "%", ".1%", "010.2f", "+.3f", "z.1f", "#.0f", "#g", ",.2f", "015,.1f", "x<12.2e",
         "E", "G", "F", ".0e", ".0g", "012,.3f"]
for a in F(1, 3), F(-22, 7), F(1234567, 1), F(-1, 100), F(10 ** 20, 3), F(0), F(1, 10 ** 9), F(19, 20):
    for spec in SPECS:
        print(a, spec, repr(format(a, spec)))
for spec in "d", "x", "010", ".3", "<010f", "s", "ff", "1.f", "=^", ".2f ":
    refused(format, F(1, 3), spec)
for x in 1, True, 1.5, 1j, F(1, 2), "x", None:
    print(x, [c.__name__ for c in (numbers.Number, numbers.Complex, numbers.Real, numbers.Rational, numbers.Integral) if isinstance(x, c)])
refused(numbers.Complex)
refused(numbers.Integral)
print(numbers.Number() is not None, sorted(numbers.Real.__abstractmethods__))
