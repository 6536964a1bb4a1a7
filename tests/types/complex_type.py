# complex_type.py - complex: arithmetic, text, powers, comparison, methods, formatting.
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
def construct():
    print(complex(), complex(1), complex(1.5), complex(1, 2), complex(1.5, -2.5), complex(True, False), complex(1 + 2j), complex(1j, 1j), complex(1, 2j), complex(0, 1j), complex(real=1, imag=2), complex(imag=3), complex(2**70), complex(-0.0, -0.0), complex(INF, NAN))
    for s in ("1", "1j", "j", "-j", "+j", "1+2j", "1-2j", " 1+2j ", "(1+2j)", " ( 1+2j ) ", "1e5-1.5e-3j", "1.5", ".5j", "1.j", "inf", "nan+infj", "-inf-nanj", "1J", "1_0+2_0j", "0j", "-0j", "infj", "1e400"): print(repr(s), complex(s))
    for s in ("", " ", "1+", "1 + 2j", "1+2", "j1", "1jj", "1+2j3", "(1+2j", "1+2j)", "((1))", "1+-2j", "a", "1i", "--1j", "1,2", "()", "j+1", "1j+2", "\x001"): error(complex, s)
    for args in (("1", 2), (1, "2"), (None,), (1, None), ([],), (b"1",), (1, 2, 3), ("1j", "1j")): error(complex, *args)
    class C:
        def __complex__(self): return 1 + 2j
    class F:
        def __float__(self): return 2.5
    class I:
        def __index__(self): return 7
    class Bad:
        def __complex__(self): return 5
    print(complex(C()), complex(F()), complex(I()), complex(F(), F()), complex.from_number(3.5) if hasattr(complex, "from_number") else "not in 3.13")
    error(lambda: complex(Bad()))


@section
def text():
    for z in (0j, -0j, 1j, -1j, 1 + 1j, 1 - 1j, -1 - 1j, complex(-0.0, 1), complex(0, -0.0), complex(-0.0, -0.0), 1.5 + 2.5j, 1e16j, 1e-5 + 1e20j, complex(INF, 1), complex(NAN, NAN), complex(1, INF), complex(1, -INF), complex(-INF, NAN), complex(0, INF), 0.1 + 0.2j, 3 + 0j):
        print(repr(z), str(z), [z], complex(repr(z)) == z)


@section
def arithmetic():
    a, b = 3 + 4j, 1 - 2j
    print(a + b, a - b, a * b, a / b, -a, +a, a + 1, 1 - a, a * 2.5, 2 / a, a / 2, 1j * 1j, a == 3 + 4j, a != b, a == 3, 3 + 0j == 3, abs(a), abs(-1j), abs(complex(INF, NAN)), abs(0j), a.conjugate(), a.real, a.imag, bool(0j), bool(1j), bool(-0j), not a)
    print(1j ** 2, 1j ** 3, 1j ** 0, 0j ** 0, (1 + 1j) ** 2, (1 + 1j) ** 10, (2 + 0j) ** -1, (1 + 2j) ** 3, 0j ** 2, (1j) ** -2, pow(1j, 4), 1j ** True, (3 + 4j) ** 1)
    z = (1 + 2j) ** (0.5 + 1j)
    w = 2 ** 1j
    print(round(z.real, 12), round(z.imag, 12), round(w.real, 12), round(w.imag, 12), round(((-1) ** 0.5).imag, 12))
    print(complex(INF, 0) * 1j, complex(1e308, 1e308) * 2, complex(1, 1) / complex(1e308, 1e308), complex(0, 0) * complex(INF, 0), sum([1j, 2, 3.5]), a * 0, True + 1j, 2**70 + 1j)
    for f in (lambda: 1j / 0, lambda: 1 / 0j, lambda: 0j ** -1, lambda: 0j ** 1j, lambda: 1j // 1, lambda: 1j % 1, lambda: divmod(1j, 1), lambda: 1j < 2j, lambda: 1j > 1, lambda: 1j << 1, lambda: ~1j, lambda: 1j + "a", lambda: int(1j), lambda: float(1j), lambda: round(1j), lambda: [1][1j], lambda: pow(1j, 2, 3), lambda: max(1j, 2j), lambda: sorted([1j, 2]), lambda: 10**400 + 1j, lambda: 1j & 1, lambda: -1j @ 1, lambda: abs(complex(1.7e308, 1.7e308))): error(f)


@section
def attributes_and_hash():
    z = 3 + 4j
    for source in ("z.real = 1", "z.imag = 1", "z.x = 1", "del z.real"): error(lambda: exec(source, {"z": z}))
    print(hash(1 + 0j) == hash(1), hash(1.5 + 0j) == hash(1.5), {1: "a"}[1 + 0j], len({1, 1.0, 1 + 0j, True}), hash(1j) == hash(0 + 1j), z.__getnewargs__(), z.__complex__(), z.__eq__(1), z.__eq__("a"), z.__lt__(1), sorted(n for n in dir(complex) if not n.startswith("_")), z in [3 + 4j], 1j == 1j, complex(NAN, 0) == complex(NAN, 0), 0j == -0j, 2**53 + 1 == complex(2**53), 10**400 == 1j)


@section
def formatting():
    z, w = 3.14159 - 2.71828j, 1e10 + 0j
    for spec in ("", ".2f", "e", "g", "+.1f", " .1f", "20", "<20.1f", "^20.1f", ">20.1f", "*^20.1f", ",.1f", "_.2f", ".3", "F", "G", "#.0f", "n", "20.2e"): print(repr(spec), repr(format(z, spec)), repr(format(w, spec)))
    for spec in ("d", "x", "s", "=20", "020", "%", "c", "q", ".2%", "0=20"): error(format, z, spec)
    print("%s %r" % (z, z), f"{z}", f"{z:.1f}", f"{1j!r:>6}", "{:.1f}".format(1j), str(1j))
    for f in (lambda: "%d" % 1j, lambda: "%f" % 1j, lambda: "%x" % 1j): error(f)


@section
def subclass():
    class Z(complex):
        def __repr__(self): return "Z"
    z = Z(1, 2)
    z.tag = 5
    print(z, z + 1, type(z + 1).__name__, -z, z * z, complex(z), type(complex(z)).__name__, z.conjugate(), z == 1 + 2j, hash(z) == hash(1 + 2j), z.tag, abs(Z(3, 4)), [z], f"{z:.1f}", Z("1+1j") + 0)
