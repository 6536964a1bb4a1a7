# int_arithmetic.py - int: arithmetic at every width boundary, floor division and modulo signs, powers, divmod.
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


EDGES = [0, 1, -1, 2, -2, 7, -7, 10, 255, -256, 2**30 - 1, 2**30, -2**30, -2**30 - 1, 2**31 - 1, 2**31, -2**31, 2**32 - 1, 2**32, 2**46, 2**47 - 1, 2**47, -2**47, -2**47 - 1, 2**48, 2**53, 2**62, 2**63 - 1, 2**63, -2**63, -2**63 - 1, 2**64 - 1, 2**64, 2**65, 10**20, -10**20]


@section
def add_sub():
    for a in EDGES: print(a, a + 1, a - 1, -a, 1 - a, a + a, a - a, +a, abs(a))


@section
def mixed_sums():
    total = 0
    for a in EDGES:
        row = [a + b for b in EDGES]
        total += sum(row) + sum(a - b for b in EDGES) * 3
        print(a, min(row), max(row), sum(row))
    print(total)


@section
def multiplication():
    for a in EDGES: print(a, a * a, a * 3, a * -1, a * 0, a * 10, a * 2**16)
    print(sum(a * b for a in EDGES for b in EDGES), 46341 * 46341, 3037000500 * 3037000500, -3037000500 * 3037000500, 4294967296 * 4294967296, 65536 * 65536, 16777216 * 16777216, 11863283 * 11863283)


@section
def floor_division():
    for a in EDGES:
        for b in (1, -1, 2, -2, 3, -3, 7, 10, -10, 2**31, -2**63, 2**64, 10**20):
            q, r = a // b, a % b
            if q * b + r != a or (r and (r < 0) != (b < 0)) or abs(r) >= abs(b) or divmod(a, b) != (q, r): print("WRONG", a, b, q, r)
    print([(a // b, a % b) for a in (7, -7) for b in (2, -2, 7, -7, 8, -8)])
    print(-2**63 // -1, -2**31 // -1, -2**47 // -1, -2**30 // -1, (-2**63) % -1, 2**64 // 3, -2**64 // 3, 2**64 % 3, -2**64 % 3, 2**64 % -3, 10**20 // 10**10, -10**20 // (10**10 + 1), 10**20 % (10**10 + 1), -10**20 % -(10**10 + 1))
    for f in (lambda: 1 // 0, lambda: 1 % 0, lambda: divmod(1, 0), lambda: 2**70 // 0, lambda: 2**70 % 0, lambda: 1 / 0, lambda: 2**70 / 0, lambda: 0 // 0, lambda: pow(0, -1), lambda: 0 ** -1, lambda: pow(3, 4, 0)): error(f)


@section
def true_division():
    print(7 / 2, -7 / 2, 1 / 3, 2 / 3, 10 / 5, 0 / 5, 2**53 / 1, (2**53 + 1) / 1, 2**64 / 2**32, 10**30 / 10**10, 10**400 / 10**399, 1 / 10**320, 10**20 / 3, -10**20 / 7, 2**1074 / 2**1074, 1 / 2**1074, 1 / 2**1075, 3 / 2**1075, True / 2, (2**54 + 1) / 2**54, (2**54 + 3) / (2**54 - 1), 123456789012345678901234567890 / 987654321)
    error(lambda: 10**400 / 1)
    error(lambda: 1 / 10**400 * 10**400)
    error(lambda: float(10**400))
    print(float(2**1023), float(10**308), 10**400 // 10**399, int(1e300) == 10**300, int(1e22) == 10**22, int(1e23) == 10**23)


@section
def powers():
    print([2 ** n for n in (0, 1, 30, 31, 32, 46, 47, 48, 62, 63, 64, 100)], [(-2) ** n for n in (0, 1, 31, 63, 64)], [3 ** n for n in (0, 1, 5, 20, 40, 41)], 7 ** 25, 0 ** 0, 0 ** 5, 1 ** 1000000, (-1) ** 1000001, 10 ** 25)
    print(2 ** -1, 2 ** -10, (-2) ** -3, 10 ** -5, 4 ** 0.5, 2 ** 0.5, (-8) ** (1 / 3), 0 ** 0.0)
    print(pow(2, 100, 7), pow(3, 10**6, 1000007), pow(-3, 5, 7), pow(3, 5, -7), pow(-3, 5, -7), pow(2, 0, 1), pow(0, 0, 1), pow(5, 3, 1), pow(3, -1, 7), pow(3, -5, 11), pow(-3, -1, 7), pow(7, 2**70, 2**61 - 1), pow(2**70, 3, 2**65), pow(10, -2, 2**31 - 1), pow(5, 0, -3), pow(123456789, 987654321, 10**9 + 7))
    for f in (lambda: pow(2, -1, 4), lambda: pow(0, -1, 5), lambda: pow(2, 3, 1.5), lambda: pow(2.0, 3, 4), lambda: pow(2, 1.5, 4), lambda: 2 ** "a", lambda: pow("a", 2, 3)): error(f)


@section
def with_other_types():
    print(1 + True, True + True, 3 - 1.5, 2 * 1.5, 7 // 2.0, -7 // 2.0, 7 % 2.5, -7 % 2.5, divmod(7, 2.5), 2 ** 1.5, 1 + 2j, 2 * 1j, 1 - 1j, 3 / 1j, 5 * "ab", 3 * [0], 2 * (1,), -1 * "a", True * "x", 0 * [1], 2 * b"q")
    for f in (lambda: 1 + "a", lambda: 1 - None, lambda: 1 * None, lambda: 1 / "a", lambda: 1 // [], lambda: 1 % "a", lambda: 1 ** [], lambda: divmod(1, "a"), lambda: 1 + [], lambda: [] + 1, lambda: "a" - 1, lambda: -"a", lambda: 1 @ 1, lambda: 1j // 1, lambda: 1j % 1, lambda: divmod(1j, 1), lambda: 2.5 * "a"): error(f)
