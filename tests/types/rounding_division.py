# rounding_division.py - round, divmod, pow, abs, sum over mixed number types: checked by identities and by known values.
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
def divmod_identities():
    values = (0, 1, -1, 7, -7, 2**31, -2**63, 10**20, 0.5, -0.5, 7.25, -7.25, True)
    wrong = 0
    for a in values:
        for b in values:
            if not b: continue
            q, r = divmod(a, b)
            if (a // b, a % b) != (q, r): wrong += 1
            if isinstance(a, int) and isinstance(b, int):
                if q * b + r != a: wrong += 1
                if type(q) is not int or type(r) is not int: wrong += 1
            elif abs(a) < 1e6 and abs(b) < 1e6 and abs(q * b + r - a) > 1e-9: wrong += 1
            if r and (r < 0) != (b < 0): wrong += 1
    print(wrong, divmod(7, -2), divmod(-7, 2), divmod(7.5, -2), divmod(-0.0, 1), divmod(True, True), divmod(1e300, 1e-300)[0] == float("inf") if 0 else "skip")


@section
def rounding_ints():
    print([round(n, -1) for n in (0, 4, 5, 6, 14, 15, 16, 25, 35, 45, -5, -15, -25, 995, 99995)], [round(n, -2) for n in (49, 50, 51, 149, 150, 151, 250, -50, -150)], round(123456, -3), round(123456, -6), round(500000, -6), round(500001, -6), round(1500000, -6), round(10**30 + 5 * 10**9, -10) == 10**30, round(2**64, -5), round(5, 10**5), round(5, -10**3), round(-2**70, -20), round(True, -1), round(7, 0), round(7, None))


@section
def rounding_half_even():
    print([round(x / 2) for x in range(-7, 8)], [round(x / 4, 1) for x in range(-5, 6)], [round(x + 0.5) for x in range(6)], [round(0.1 * n, 1) for n in range(11)], [round(n / 7, 5) for n in range(1, 7)], [round(1e15 + x / 4) - 10**15 for x in range(6)], [f"{round(x, 2)}" for x in (2.675, 2.665, 1.115, 0.285, 1.285, 10.075)])


@section
def powers():
    print([n ** 2 for n in range(-3, 4)], [2 ** -n for n in range(4)], [(-2) ** n for n in range(6)], 0 ** 0, 0.0 ** 0, 1j ** 0, True ** True, False ** False, 2 ** True, 10 ** 20, 10 ** -2, 10.0 ** 20, (-1) ** 101, (-1.0) ** 101, 4 ** 0.5, 8 ** (1 / 3), (-4) ** 2, -4 ** 2, 2 ** 2 ** 3, (2 ** 2) ** 3)
    print(pow(3, 200, 13), pow(3, 200) % 13, pow(-3, 201, 13), (-3) ** 201 % 13, pow(3, -2, 13), pow(12345, 67890, 998244353), pow(2, 10, -1000), pow(0, 0, 7), pow(7, 0, 1), pow(2, 64, 2**64), pow(2**64 + 1, 2**10, 2**61 - 1), all(pow(a, 11, 11) == a % 11 for a in range(-20, 20)), all(pow(a, -1, 17) * a % 17 == 1 for a in range(1, 17)))
    for f in (lambda: pow(2, -1, 4), lambda: pow(6, -1, 9), lambda: pow(1, 1, 0), lambda: pow(2, 0.5, 3), lambda: pow(1.0, 2, 3), lambda: 0 ** -1, lambda: 0.0 ** -1.5, lambda: pow(2, "3"), lambda: pow("2", 3), lambda: pow(None, 1), lambda: pow(2, 3, "5"), lambda: pow(2j, 3, 5)): error(f)


@section
def sums():
    print(sum(range(101)), sum([0.1] * 3), sum([1, 2.5]), sum([True] * 5), sum([2**70, -2**70, 1]), sum([1e308, 1e308, -1e308]) if 0 else "skip", sum([0.1, 0.2, 0.3, 0.4]), sum([1, 1j]), sum([[1], [2]], []), sum(((1,), (2,)), ()), sum([], []), sum(x * x for x in range(5)), sum({1: 2, 3: 4}), sum({5}), sum([1], 0.5), sum([0.5], 1), sum([10**20, 0.5]), sum([0.5, 10**20]), sum([1.0, True, 2]), sum([-0.0, 0]), sum([3], start=-3))
    class V:
        def __init__(self, v): self.v = v
        def __add__(self, o): return V(self.v + (o.v if isinstance(o, V) else o))
        __radd__ = __add__
        def __repr__(self): return f"V({self.v})"
    print(sum([V(1), V(2)]), sum([V(1)], V(10)), sum([1, V(5)]), sum([1.5, V(1)]), abs(-5) + abs(5.5) + abs(3 - 4j), min(-1, -1.0), max(True, 1), [abs(x) for x in (-0.0, -2**63, 2**64, True, -1.5, 3 + 4j)])


@section
def int_square_root_and_conversion():
    wrong = 0
    for n in list(range(50)) + [10**k for k in range(0, 23)] + [2**k - 1 for k in range(1, 70)]:
        if n < 2**53 and int(float(n)) != n: wrong += 1
        if float(n) != n / 1: wrong += 1
        if abs(float(n)) == float("inf"): wrong += 1
        if n and n // n != 1 or n % (n + 1) != n: wrong += 1
    print(wrong, [int(x) for x in (0.99999999999999999, 1e15 / 3, -2.5e10, 2**53 * 1.0, 1e18)], [float(n) for n in (2**53 + 1, 2**54 + 3, 10**17 + 1, -(2**63), 2**64 - 1)], [n.bit_length() for n in (0, 1, 2, 3, 4, 255, 256, -1, -256)], int(2.0**62), int(-2.0**62), int(2.0**63) == 2**63, 2**53 == 2.0**53, 2**53 + 1 == 2.0**53 + 1)
