# int_big.py - int: big values: identities that must hold between operations, known constants, gcd, Fermat, digits.
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


def lcg(seed, bits):
    """Deterministic pseudo-random ints of about the given number of bits."""
    x = seed
    while True:
        out = 0
        for _ in range(bits // 24 + 1):
            x = (x * 6364136223846793005 + 1442695040888963407) % 2**64
            out = out << 24 | x >> 40
        yield out >> (24 - bits % 24) if bits % 24 else out >> 24


@section
def identities():
    for bits in (20, 31, 33, 47, 63, 64, 65, 100, 128, 200, 521, 1000):
        g, h = lcg(bits, bits), lcg(bits + 7, bits // 2 + 1)
        for _ in range(6):
            a, b = next(g), next(h) + 1
            for x, y in ((a, b), (-a, b), (a, -b), (-a, -b), (b, a + 1)):
                q, r = divmod(x, y)
                ok = (q * y + r == x and (x + y) - y == x and x - y == -(y - x) and (x + y) ** 2 == x * x + 2 * x * y + y * y and (x * y) // y == x and (x * y) % y == 0
                      and (x << 37) >> 37 == x and x << 5 == x * 32 and x >> 5 == x // 32 and ~x == -x - 1 and (x & y) + (x | y) == x + y and (x ^ y) == (x | y) - (x & y) and int(str(x)) == x and int(hex(x), 16) == x and int(oct(x), 8) == x and int(bin(x), 2) == x and int.from_bytes(x.to_bytes(200, "little", signed=True), "little", signed=True) == x)
                if not ok: print("WRONG", x, y)
    print("checked")


@section
def constants():
    f = 1
    for i in range(1, 51): f *= i
    print(f)
    a, b = 0, 1
    for _ in range(300): a, b = b, a + b
    print(a)
    print(2**521 - 1)
    print(3**200)
    print(-7**100)
    print(10**100 - 1, 10**100 // 7, 10**100 % 7)
    print((10**50 + 1) * (10**50 - 1) == 10**100 - 1)
    print(hex(2**200 - 12345), bin(2**70 + 5), oct(2**90 - 1))
    x = 1
    for d in range(1, 40): x = x * 10 + d % 10
    print(x, x * x, x // 12345678901234567890, x % 12345678901234567890)


@section
def number_theory():
    def gcd(a, b):
        while b: a, b = b, a % b
        return a
    def isqrt(n):
        x = n
        y = (x + 1) // 2
        while y < x: x, y = y, (y + n // y) // 2
        return x
    print(gcd(2**100 - 1, 2**60 - 1), gcd(10**50, 6**40), isqrt(10**40), isqrt(2 * 10**60), isqrt(2**101 - 1))
    p = 2**127 - 1
    print([pow(a, p - 1, p) for a in (2, 3, 12345678901234567890)], pow(3, -1, p) * 3 % p, pow(2, (p - 1) // 2, p))
    def pi_digits(n):
        # Gibbons' spigot.
        q, r, t, k, m, x = 1, 0, 1, 1, 3, 3
        out = []
        while len(out) < n:
            if 4 * q + r - t < m * t:
                out.append(m)
                q, r, m = 10 * q, 10 * (r - m * t), (10 * (3 * q + r)) // t - 10 * m
            else: q, r, t, k, m, x = q * k, (2 * q + r) * x, t * x, k + 1, (q * (7 * k + 2) + r * x) // (t * x), x + 2
        return out
    print("".join(map(str, pi_digits(40))))
    e, term = 0, 10**60
    for i in range(1, 60): e, term = e + term, term // i
    print(e)


@section
def comparison_and_hash():
    big = 2**100
    print(big == big + 0, big < big + 1, -big < big, big > 2**99, big != 2**100 + 1, big == float(big), big < 1e31, big > 1e30, 2**53 + 1 == float(2**53), 2**53 + 1 > float(2**53), 10**400 > 1e308, 10**400 < float("inf"), -10**400 > float("-inf"), 10**400 == float("nan"), big < float("nan"))
    print(hash(big) == hash(float(big)), hash(-big) == hash(-float(big)), {big: 1}[2**100], len({big, 2**100, float(big)}), sorted([2**70, -2**70, 0, 2**64, -2**64, 1.5]), max(10**30, 10**29 * 11), bool(big), bool(big - big))


@section
def shrinking():
    # Results that fit small values again must be ordinary ints.
    for x in (2**64, 2**100, 10**30):
        print(x - x, x // x, x % x, x - (x - 1), x >> 200, -x >> 200, x & 1, x & 0xff, x ^ x, (x + 5) - x, x * 0, (x + 7) % 10, -x // x, {0: "zero"}[x - x], [1, 2][x // x], "ab"[x - x], range(3)[x // x])


@section
def limits():
    import sys
    print(sys.int_info.default_max_str_digits, sys.get_int_max_str_digits())
    big = 10**4400
    for f in (lambda: str(big), lambda: int("1" * 4301), lambda: f"{big}", lambda: repr(big), lambda: "%d" % big, lambda: int("9" * 5000)):
        error(lambda: len(f()) if not isinstance(f, int) else 0)
    print(len(hex(big)), len(str(10**4299)), int("1" * 4300) % 97, int("f" * 5000, 16).bit_length(), big % 1000007)
    error(lambda: 1 << 2**70)
    print(0 << 2**70, 1 >> 2**70, -1 >> 2**70, 5 >> 2**31, 0 << 10**30)
    error(lambda: 1 << -1)
    error(lambda: 1 >> -1)
