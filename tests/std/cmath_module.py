# cmath_module.py - cmath: every function over special values, branch cuts and random numbers; arguments and errors.
# SPDX-License-Identifier: MIT
import cmath
import math


def part(x): return repr(abs(x) if x != x else x) if x != x or x in (0, 1, -1) or x - x != 0 else "%.11g" % x


def shown(v):
    if isinstance(v, complex): return f"({part(v.real)}, {part(v.imag)})"
    return part(v) if isinstance(v, float) else repr(tuple(map(part, v))) if isinstance(v, tuple) else repr(v)


def call(name, *arguments):
    try:
        v = shown(getattr(cmath, name)(*arguments))
    except Exception as e:
        v = type(e).__name__ + ": " + str(e)
    print(name, arguments, v)


print(sorted(n for n in dir(cmath) if not n.startswith("_")), cmath.pi, cmath.e, cmath.tau, cmath.inf, cmath.nan, cmath.infj, cmath.nanj)
inf, nan = math.inf, math.nan
one = "acos acosh asin asinh atan atanh cos cosh exp log log10 sin sinh sqrt tan tanh phase polar isfinite isinf isnan".split()
values = [-inf, -1.0, -0.0, 0.0, 1.0, inf, nan]
for name in one:
    for x in values:
        for y in values: call(name, complex(x, y))
for x in values:
    for y in values: call("rect", x, y)
for z in (2 + 0j, complex(2, -0.0), -2 + 0j, complex(-2, -0.0), 2j, complex(-0.0, 2), -2j, complex(-0.0, -2), 1e308 + 1e308j, -1e308 + 1e300j, 5e-324 + 5e-324j, 1e-310j, 1 + 1e-160j, 1 + 1e-320j, 0.9 + 0.1j,
          1e155 + 0j, 1e-200j, 709 + 1j, 710 + 1j, -710 + 2j, 1 + 710j, 1000j, 0.5, 3, True):
    for name in one: call(name, z)
state = 99


def bits():
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) & (2 ** 64 - 1)
    return state >> 11


def real(): return (1 if bits() & 1 else -1) * bits() / 2 ** 53 * (1, 10, 100)[bits() % 3]


for _ in range(25):
    for name in one: call(name, complex(real(), real()))
    call("log", complex(real(), real()), complex(real(), real()))
    call("rect", real(), real())


class C:
    def __complex__(self): return 1 + 2j


class F:
    def __float__(self): return 0.5


class Wrong:
    def __complex__(self): return 5


for text in """cmath.exp(C())
cmath.exp(F())
cmath.exp(Wrong())
cmath.exp("a")
cmath.exp(None)
cmath.exp()
cmath.exp(1, 2)
cmath.exp(10 ** 400)
cmath.log(0)
cmath.log(1, 0)
cmath.log(2, 1)
cmath.log(8, 2)
cmath.log(1, 2, 3)
cmath.rect(1)
cmath.rect(1j, 2)
cmath.polar("a")
cmath.atanh(1)
cmath.atan(1j)
cmath.isclose(1, 1 + 1e-10j)
cmath.isclose(1, 1.1, rel_tol=0.2)
cmath.isclose(1, 1.1, abs_tol=0.2)
cmath.isclose(1, 2, rel_tol=-1)
cmath.isclose(cmath.inf, cmath.inf)
cmath.isclose(cmath.inf, 1)
cmath.isclose(cmath.nan, cmath.nan)
cmath.isclose(1)
cmath.isclose(1, 1, 1)
cmath.phase(-1)
cmath.polar(3 + 4j)""".split("\n"):
    try:
        print(text, "->", shown(eval(text)))
    except Exception as e:
        print(text, "->", type(e).__name__ + ":", e)
