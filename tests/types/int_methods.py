# int_methods.py - int: attributes and methods, to_bytes and from_bytes, constructors of subclasses, comparison.
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
def attributes():
    for n in (0, 5, -5, 2**70): print(n.real, n.imag, n.numerator, n.denominator, n.conjugate(), n.is_integer(), n.as_integer_ratio(), n.__index__(), n.__int__(), n.__float__(), n.__bool__(), n.__abs__(), n.__neg__(), n.__pos__(), n.__trunc__(), n.__floor__(), n.__ceil__(), n.__round__(), n.__round__(-1))
    for source in ("(5).real = 1", "(5).x = 1", "del (5).real", "(5).x", "(5).__class__ = str"): error(lambda: exec(source))
    print(sorted(n for n in dir(int) if not n.startswith("_")))


@section
def to_bytes():
    print((0).to_bytes(), (1).to_bytes(2), (1).to_bytes(2, "little"), (258).to_bytes(2, "big"), (258).to_bytes(length=4, byteorder="little"), (-1).to_bytes(1, "big", signed=True), (-2).to_bytes(3, "little", signed=True), (127).to_bytes(1, signed=True), (-128).to_bytes(1, signed=True), (0).to_bytes(0), (2**64).to_bytes(9), (2**63).to_bytes(8), (-2**63).to_bytes(8, signed=True), (2**100).to_bytes(13, "little"), True.to_bytes(), (255).to_bytes())
    for f in (lambda: (256).to_bytes(), lambda: (-1).to_bytes(1), lambda: (128).to_bytes(1, signed=True), lambda: (-129).to_bytes(1, signed=True), lambda: (1).to_bytes(0), lambda: (1).to_bytes(-1), lambda: (1).to_bytes(1, "middle"), lambda: (1).to_bytes(1, 5), lambda: (1).to_bytes("a"), lambda: (2**64).to_bytes(8), lambda: (-2**63 - 1).to_bytes(8, signed=True), lambda: (1).to_bytes(1, "big", True), lambda: (1).to_bytes(1.5), lambda: (-1).to_bytes(0, signed=True)): error(f)


@section
def from_bytes():
    print(int.from_bytes(b""), int.from_bytes(b"\x01"), int.from_bytes(b"\x01\x02"), int.from_bytes(b"\x01\x02", "little"), int.from_bytes(b"\xff", signed=True), int.from_bytes(b"\xff\x7f", "little", signed=True), int.from_bytes(b"\x80" + b"\0" * 7, signed=True), int.from_bytes(b"\xff" * 16), int.from_bytes(b"\xff" * 16, signed=True), int.from_bytes([1, 2, 3]), int.from_bytes(bytearray(b"ab"), "big"), int.from_bytes(memoryview(b"ab"), byteorder="little"), int.from_bytes((255, 0), signed=True), int.from_bytes(bytes=b"a", byteorder="big"), int.from_bytes(range(3)))
    for f in (lambda: int.from_bytes("abc"), lambda: int.from_bytes(5), lambda: int.from_bytes([256]), lambda: int.from_bytes(["a"]), lambda: int.from_bytes(b"a", "none"), lambda: int.from_bytes(b"a", 1), lambda: int.from_bytes(None), lambda: int.from_bytes(b"a", "big", True)): error(f)
    for n in (0, 1, -1, 127, 128, -128, -129, 255, 65535, 2**31, -2**31, 2**63, -2**63, 3**50, -3**50):
        for order in ("big", "little"):
            size = n.bit_length() // 8 + 1
            if int.from_bytes(n.to_bytes(size, order, signed=True), order, signed=True) != n: print("WRONG", n)
    class Buf:
        def __bytes__(self): return b"\x05\x06"
    print(int.from_bytes(Buf()))


@section
def subclass():
    class I(int):
        def __new__(cls, v, tag=None):
            self = super().__new__(cls, v)
            self.tag = tag
            return self
        def __repr__(self): return f"I({int(self)})"
    a = I(5, tag="t")
    print(a, a.tag, a + 1, type(a + 1), -a, type(+a), a * a, type(I.from_bytes(b"\x01")), I.from_bytes(b"\x02"), int(a), type(int(a)), a == 5, hash(a) == hash(5), {5: "x"}[a], [10, 20, 30, 40, 50, 60][a], str(a), f"{a}", f"{a:d}", "%d %s %r" % (a, a, a), a.real, type(a.real), a.conjugate(), type(a.numerator), bool(I(0)), I("7"), I(7.9), abs(I(-3)), a.__index__(), type(a.__index__()))
    class J(int): __slots__ = ()
    print(J(3) < J(4), sorted([J(3), J(1)]), max(J(1), J(2)), J(10) // J(3), divmod(J(10), J(3)), J(2) ** J(3), J() + 0, J("11", 2))
    class Idx:
        def __index__(self): return 9
    class Both:
        def __int__(self): return 1
        def __index__(self): return 2
    print(int(Idx()), int(Both()), int("12", Idx()), [1] * Both(), (5).__round__(Idx()), pow(2, 3, True) if 0 else pow(2, 3, 5))


@section
def comparisons():
    print([(a < b, a <= b, a == b, a != b, a > b, a >= b) for a, b in ((1, 2), (2, 1), (1, 1), (1, 1.0), (1, True), (-1, 1), (2**64, 2**64), (2**64, 2**63), (-2**64, 2**63), (1, 1.5), (2**53, 2.0**53), (0, -0.0))])
    print(1 == "1", 1 == None, 1 != [], 1 == 1 + 0j, 1 in (True,), (1).__eq__(1.0), (1).__eq__("a"), (1).__lt__(2), (1).__lt__(1.5), (1.0).__eq__(1), (1).__hash__() == hash(1))
    for f in (lambda: 1 < "a", lambda: 1 >= None, lambda: 1 < 1j, lambda: [] > 1, lambda: 1 < [1]): error(f)


@section
def constructor_protocol():
    class T:
        def __init__(self, r): self.r = r
        def __int__(self): return self.r
    class X(int): pass
    print(int(T(5)), int(T(2**70)), type(int(T(True))), type(int(T(X(3)))))
    for r in (1.5, "5", None, [], object): error(lambda: int(T(r)))
    for f in (lambda: int(1, 2), lambda: int("1", 2, 3), lambda: int(x=5), lambda: int("z"), lambda: int([1]), lambda: int(object()).x if 0 else int({})): error(f)

# ---- What converts to a subclass
import warnings


class Part:
    def __int__(self):
        return True

    __index__ = __int__


with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    print(int(Part()), [5, 6][Part()])
for warning in caught:
    print(warning.message)
