# number_compare.py - comparison and hashing across int, float, complex, bool: every pair, big and special values.
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
NUMBERS = [0, 1, -1, 2, True, False, 0.0, -0.0, 1.0, 0.5, -1.5, 2**53, 2**53 + 1, 2.0**53, 2**63, 2.0**63, 2**64, 10**22, 1e22, 10**23, 1e23, INF, -INF, NAN, 0j, 1 + 0j, 1j, complex(NAN, 0)]


@section
def equality_matrix():
    for a in NUMBERS: print(repr(a), "".join("=" if a == b else "." for b in NUMBERS), "".join("." if a != b else "=" for b in NUMBERS))


@section
def order_matrix():
    real = [x for x in NUMBERS if not isinstance(x, complex)]
    for a in real: print(repr(a), "".join("<" if a < b else ">" if a > b else "=" if a == b else "?" for b in real), "".join("l" if a <= b else "." for b in real), "".join("g" if a >= b else "." for b in real))


@section
def hash_agrees_with_equality():
    print(all(hash(a) == hash(b) for a in NUMBERS for b in NUMBERS if a == b), {a: i for i, a in enumerate(NUMBERS[:12])}, len(set(x for x in NUMBERS if x == x)))
    d = {1: "one", 0: "zero", 2**53: "big", 0.5: "half", 10**22: "e22"}
    print(d[True], d[1.0], d[1 + 0j], d[False], d[-0.0], d[0j], d[2.0**53], d[0.5 + 0j], d[1e22], 10**23 in {1e23}, 2**53 + 1 in {2.0**53})


@section
def big_against_float():
    for n in (2**1000, 2**1023, 2**1024, 10**308, 10**309, 10**400):
        print(n.bit_length(), [(n < x, n > x, n == x) for x in (0.0, 1e308, 1.7976931348623157e308, INF, -INF, NAN)], [(-n < x, -n > x) for x in (-1e308, -INF, 0.5)])
    print(2**1023 == 2.0**1023, 2**1023 + 1 == 2.0**1023, 2**1023 + 1 > 2.0**1023, 10**308 == 1e308, 10**308 < 1e308, 10**308 > 1e308, 3 < 3.0000000000000004, 3 > 2.9999999999999996, 9007199254740993 > 9007199254740992.0, 9007199254740993 < 9007199254740994.0, -9007199254740993 < -9007199254740992.0, 0 < 5e-324, 1 > 1 - 1e-16, 4503599627370496.5 > 4503599627370496, 4503599627370497 > 4503599627370496.5)


@section
def sorting_and_extremes():
    print(sorted([3, 1.5, True, -2, 2**70, -1e300, 0, 0.25, INF, -INF]), max([1, 1.0, True]), min([0, 0.0, False]), max(2**53, 2.0**53), max(2.0**53, 2**53 + 1), sorted([2**53 + 1, 2.0**53, 2**53 - 1]), sorted([0.1 + 0.2, 0.3]), sorted([-0.0, 0.0, 0]), min(NAN, 1), min(1, NAN), sorted([True, 1, 1.0, False, 0]))


@section
def mixed_types():
    class I(int): pass
    class F(float): pass
    print(I(5) == 5 == F(5) == 5.0, I(5) < F(5.5), F(2) > I(1), hash(I(7)) == hash(F(7)) == hash(7), {I(1): "x"}[F(1.0)], I(2**70) == 2.0**70, sorted([F(2.5), I(2), 3]))
    for f in (lambda: 1 < 1j, lambda: 1j >= 0, lambda: 1 < "1", lambda: 1.5 > None, lambda: True < [], lambda: 1j < "a", lambda: max(1, 1j), lambda: sorted([1j, 0]), lambda: 5 in 5, lambda: INF < "z"): error(f)
    print(1 == "1", 1.0 == "1.0", 0 == None, 0 == [], 0.0 == "", 1j == "1j", True == "True", 5 != "5", (1).__eq__(1.5), (1).__eq__(1j), (1.5).__eq__(1), (1.5).__eq__(1j), (1j).__eq__(1), (1).__lt__(1.5), (1.5).__lt__(2), (1.5).__lt__(2**2000), (1j).__lt__(1))
