# dm_conversions.py - __int__, __float__, __complex__, __index__, __trunc__, __round__ and unary operators.
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


class A:
    def __int__(self): return 42
    def __float__(self): return 4.5
    def __complex__(self): return 1 + 2j
    def __round__(self, n="none"): return ("round", n)
    def __neg__(self): return "neg"
    def __pos__(self): return "pos"
    def __invert__(self): return "invert"
    def __abs__(self): return "abs"
    def __trunc__(self): return 7
    def __floor__(self): return "floor"
    def __ceil__(self): return "ceil"


class I:
    def __init__(self, v):
        self.v = v

    def __index__(self):
        return self.v


class Wrong:
    def __int__(self): return "x"
    def __float__(self): return 1
    def __complex__(self): return 1.0
    def __index__(self): return 1.5


class Bare:
    pass


@section
def conversions():
    a = A()
    print(int(a), float(a), complex(a), round(a), round(a, 2), round(a, None), round(a, ndigits=3), -a, +a, ~a, abs(a))
    print(int(I(5)), float(I(5)), complex(I(5)), int(I(2 ** 70)), float(I(2 ** 70)), complex(1, I(2)))
    print(int(1.9), int(-1.9), int(True), float(True), complex(True), int("5"), float(" 1.5 "), complex("1+2j"), int(b"12"), float(b"1.5"), int(bytearray(b"7")))


@section
def wrong_results():
    w = Wrong()
    error(lambda: int(w))
    error(lambda: float(w))
    error(lambda: complex(w))
    error(lambda: [1][w])
    error(lambda: range(w))
    error(lambda: hex(w))


@section
def missing():
    b = Bare()
    for f in (int, float, complex, round, abs, lambda x: -x, lambda x: +x, lambda x: ~x, hex, chr, bin, oct, range, lambda x: [0][x], lambda x: "a" * x, bytes, lambda x: round(1.5, x),
              lambda x: [1, 2][x:], lambda x: int("1", x), lambda x: x in range(3)):
        error(f, b)
    error(lambda: -"a")
    error(lambda: +[])
    error(lambda: ~1.5)
    error(lambda: ~None)
    error(lambda: abs("x"))
    error(lambda: round("x"))
    error(lambda: int(None))
    error(lambda: int([]))
    error(lambda: float([]))
    error(lambda: float(1j))
    error(lambda: int(1j))
    error(lambda: complex("a"))
    error(lambda: int("1.5"))


@section
def trunc_is_not_used():
    # Since 3.14 __trunc__ is ignored by int(); in 3.13 it still works (with a warning), so only int's other ways are tested.
    class T:
        def __int__(self): return 1
        def __index__(self): return 2
        def __float__(self): return 3.0
    t = T()
    print(int(t), float(t), complex(t), [0, 1, 2][t], hex(t))


@section
def index_users():
    i = I(2)
    s = "abcdef"
    print(s[i], s[i:], s[:i], s[::i], [1, 2, 3][i], (1, 2, 3)[i], b"abc"[i], range(9)[i], list(range(i)), list(range(0, 9, I(4))))
    print(hex(I(255)), oct(I(8)), bin(I(5)), chr(I(65)), bytes(I(3)), "x" * i, round(2.567, i), int("11", i), bytes([I(65)]), bytearray([I(1)]))
    print(slice(1, 2).indices(I(10)), "%d %x" % (3, I(255)) if 0 else "%x" % I(255), "abc".find("c", i), "a".center(I(5), "*"), "a b c".split(" ", I(1)), (5).to_bytes(i, "big"))
    x = [0, 1, 2, 3]
    x[i] = "two"
    x.insert(I(0), "zero")
    del x[I(1)]
    print(x, x.pop(I(-1)), sum(range(I(1), I(4))), 1 << I(3) if 0 else "no shift", divmod(7, 2))
    error(lambda: 1 << I(3))
    error(lambda: 1 + I(3))
    error(lambda: I(1) == 1 or 1 / 0)
    error(lambda: s[I(10)])
    error(lambda: s[I(2 ** 80)])
    error(lambda: [1] * I(2 ** 80))
    print(s[I(-2 ** 80):I(2 ** 80)], s[1.0 .__int__():])


@section
def float_like():
    class F(float):
        pass

    class G(float):
        def __float__(self): return 99.0
        def __int__(self): return 98
        def __round__(self, n=None): return "G"
    print(float(F(1.5)), type(float(F(1.5))), float(G(1.5)), int(G(1.5)), round(G(1.5)), int(F(2.7)), G(1.5) + 1, abs(G(-1.5)), -F(1.0), type(-F(1.0)))

    class N(int):
        def __int__(self): return 77
        def __index__(self): return 66
        def __float__(self): return 55.0
        def __repr__(self): return "N"
    print(int(N(3)), float(N(3)), [0, 1, 2, 3][N(3)], hex(N(3)), N(3) + 0, [N(1)], str(N(1)), format(N(3), "d"), "%d" % N(3), complex(N(3)))


@section
def builtin_rounding():
    print(round(5), round(5, -1), round(15, -1), round(25, -1), round(-15, -1), round(5, 2), round(2.5), round(-2.5), round(1e20), round(0.5), round(1.5))
    print(round(1234, -2), round(1250, -2), round(1350, -2), round(2 ** 70, -5), round(True), round(True, 1), round(False, -1), type(round(2.0)), type(round(2.0, 0)), type(round(2, 0)))
    print(round(2.675, 2), round(1e16, -16), round(5e15, -16), round(0.05, 1), round(-0.4), round(-0.04, 1), round(1.5, 400), round(1.5, -400), round(123.456, -1))
    error(lambda: round(float("inf")))
    error(lambda: round(float("nan")))
    error(lambda: round(1, 1.5))
    error(lambda: round(1.5, "x"))
    print(round(float("inf"), 2), round(float("nan"), 1), round(1.5, None))
