# float_arith.py - float: arithmetic, comparison, division and modulo signs, powers, mixed types.
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
def basic():
    for a in (0.0, -0.0, 1.5, -2.5, 1e308, 5e-324, INF, -INF, NAN):
        for b in (0.0, -0.0, 2.0, -3.5, INF, -INF, NAN):
            print(a, b, a + b, a - b, a * b, end=" ")
            try: print(a / b, a // b, a % b, divmod(a, b))
            except ZeroDivisionError as e: print(e)


@section
def modulo():
    for a in (5.5, -5.5, 0.0, -0.0, 1e16, 3.0, -3.0, 0.1, 1e-320):
        for b in (2.0, -2.0, 0.1, -0.1, 3.0, 1e300, 0.3):
            q, r = divmod(a, b)
            print(a, b, a // b, a % b, (q, r) == (a // b, a % b), end="; ")
        print()
    for f in (lambda: 1.0 / 0, lambda: 1.0 // 0, lambda: 1.0 % 0, lambda: divmod(1.0, 0), lambda: 1 / 0.0, lambda: 1 % 0.0, lambda: 0.0 / 0.0): error(f)


@section
def powers():
    for a in (0.0, -0.0, 1.0, -1.0, 2.0, -2.0, 0.5, 10.0, INF, -INF, NAN):
        for b in (0.0, -0.0, 1.0, -1.0, 2.0, 3.0, -2.0, -3.0, INF, -INF, NAN):
            try: print(a ** b, end=" ")
            except (ZeroDivisionError, OverflowError) as e: print(type(e).__name__, end=" ")
        print()
    print(2.0 ** 0.5, 2.0 ** 10, 10.0 ** 15, 10.0 ** -3, 4.0 ** -0.5, 2 ** 0.5, 9.0 ** 0.5, 1.5 ** 2, 2.5 ** 3, 2.0 ** 1023, 2.0 ** -1074, 2.0 ** -1075)
    for f in (lambda: 10.0 ** 400, lambda: 1e200 ** 2, lambda: 0.0 ** -1, lambda: (-0.0) ** -3, lambda: 0.0 ** -0.5, lambda: pow(2.0, 3.0, 5.0), lambda: 2.0 ** "a", lambda: (-10.0) ** 401): error(f)
    z = (-8.0) ** (1 / 3)
    print(type(z).__name__, round(z.real, 12), round(z.imag, 12))


@section
def comparison():
    values = (0.0, -0.0, 1.0, 1.5, -1.5, INF, -INF, NAN, 1e308, 5e-324)
    for a in values: print(a, [(a < b, a <= b, a == b, a != b) for b in values])
    print(1.0 == 1, 1.5 > 1, 0.1 + 0.2 == 0.3, 1e16 == 10**16, 1e16 + 1 == 10**16 + 1, 2.0**53 == 2**53 + 1, 2.0**53 < 2**53 + 1, 1e308 < 10**309, INF > 10**400, -INF < -10**400, NAN == 10**400, 1e23 == 10**23, 1e22 == 10**22, 0.5 == True, 1.0 == True, 1.0 == "1", 1.5 != None, 1.0 == 1 + 0j, 0.1 < 1 / 10 + 1e-18)
    for f in (lambda: 1.5 < "a", lambda: 1.5 < None, lambda: 1.5 < 1j, lambda: [] < 1.5): error(f)
    print(sorted([3.5, -1, 2, 1e10, -INF, INF, 0.0, -0.0, True]), max(1.0, 1, True), min(0.0, -0.0), max(NAN, 1.0), max(1.0, NAN), min([2.5, 1, 1.5]))


@section
def mixed():
    print(1.5 + 1, 1 + 1.5, 1.5 * 2, 3 / 2.0, 7 // 2.0, 7.5 // 2, 2 ** 3.0, 1.5 + True, 1.5 + 1j, 1j * 2.0, 1.0 - 1j, 2**70 + 0.0, 2**53 + 1.0, 10**20 * 1.0, -5 % 3.0, 5 % -3.0, 1.5 * False)
    for f in (lambda: 1.5 + "a", lambda: "a" + 1.5, lambda: 1.5 - None, lambda: 1.5 * [1], lambda: [1] * 1.5, lambda: "a" * 1.5, lambda: 1.5 / "a", lambda: 1.5 // None, lambda: 1.5 % "a", lambda: "a" % 1.5, lambda: 1.5 << 1, lambda: 1.5 & 1, lambda: ~1.5, lambda: 10**400 + 1.5, lambda: 1.5 * 10**400, lambda: 10**400 / 1.5, lambda: 1.5 @ 2, lambda: [1][1.0], lambda: range(1.5), lambda: divmod(1.5, "a")): error(f)
    print(-1.5, +1.5, abs(-1.5), abs(-0.0), -(-0.0), - -1.5, not 0.0, not -0.0, not NAN, not 0.1, bool(0.0), bool(NAN), bool(5e-324))


@section
def accumulation():
    print(sum([0.1] * 10), sum([0.1] * 10, 0.0), sum([1e16, 1.0, -1e16]), sum([1.5, 2, True]), sum([1, 2.5, 3j]), sum([INF, -INF]), sum([0.1, 0.2, 0.3]), sum([1e100, 1.0, -1e100, 1.0]), sum([-0.0]), sum([], -0.0), sum([0.5] * 3, 1))
    x = 0.0
    for _ in range(10): x += 0.1
    y = 1.0
    for i in range(1, 20): y *= i / (i + 0.5)
    print(x, y, 0.1 * 3, 0.1 + 0.1 + 0.1, 1.1 * 1.1, 1e16 + 1 - 1e16, (0.1 + 0.2) * 10, 1 - 0.9, 4.35 * 100, 1.005 * 1000, 0.57 * 100, 1e308 * 10 / 10, 1e-308 / 10 * 10)


@section
def hashing():
    print(hash(1.0) == hash(1), hash(0.0) == hash(-0.0), hash(2.0**70) == hash(2**70), hash(0.5) == hash(1) , hash(INF) == hash(float("inf")), hash(-INF) == -hash(INF), {1.0: "a"}[1], {1: "b"}[True], len({0.0, -0.0, 0, False}), len({NAN, NAN}), len({float("nan"), float("nan")}), hash(1.5) == hash(1.5), hash(1e300) == hash(int(1e300)), {0.1 + 0.2, 0.3} == {0.3})
