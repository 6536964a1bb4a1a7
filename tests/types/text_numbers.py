# text_numbers.py - number to text and back: loops over many values that compare several routes.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


def lcg(seed=1):
    x = seed
    while True:
        x = (x * 6364136223846793005 + 1442695040888963407) % 2**64
        yield x >> 11


@section
def ints():
    g = lcg(7)
    wrong = 0
    for bits in (8, 16, 31, 32, 33, 47, 48, 62, 63, 64, 65, 90, 127, 128, 129, 200):
        for _ in range(2):
            n = 0
            for _ in range(bits // 50 + 1): n = n << 53 | next(g)
            n &= (1 << bits) - 1
            for v in (n, -n):
                routes = (int(str(v)), int(repr(v)), int(f"{v}"), int(f"{v:_}"), int(f"{v:,}".replace(",", "")), int(hex(v), 16), int(hex(v), 0), int(f"{v:x}", 16), int(f"{v:#o}", 0), int(f"{v:b}", 2), int("%d" % v), int("%x" % v, 16), int(format(v, "+")), int(f"{v:050}"), eval(repr(v)), int(str(v).encode()))
                if any(r != v for r in routes): wrong += 1
                if len(str(abs(v))) != len(f"{abs(v):d}") or str(v).lstrip("-") != str(abs(v)): wrong += 1
                digits = "".join(reversed([chr(48 + (abs(v) // 10 ** i) % 10) for i in range(len(str(abs(v))))]))
                if digits != str(abs(v)): wrong += 1
    print(wrong)


@section
def floats():
    g = lcg(11)
    wrong, shown = 0, []
    for i in range(45):
        m, e = next(g), next(g) % 500 - 250
        x = float(f"{m}e{e}")
        for v in (x, -x):
            routes = (float(repr(v)), float(str(v)), float(f"{v!r}"), float(f"{v:.17g}"), float(f"{v:.16e}"), float.fromhex(v.hex()), eval(repr(v)), float("%.17g" % v), float(str(v).encode()))
            if any(r != v for r in routes): wrong += 1
            if len(repr(v)) > 24 or float(f"{v:.15g}") != v and len(repr(abs(v)).replace(".", "").replace("e", "")) < 15: wrong += 1
        if i % 15 == 0: shown.append(x)
    print(wrong, shown)


@section
def decimals():
    wrong = 0
    for n in range(-50, 1050, 43):
        for d in (1, 2, 4, 5, 8, 10, 16, 20, 25, 100):
            x = n / d
            if float(f"{x:.6f}") != round(x, 6): wrong += 1
            if f"{x:.2f}" != "%.2f" % x or f"{x:10.3f}" != "%10.3f" % x or f"{x:e}" != "%e" % x or f"{x:g}" != "%g" % x: wrong += 1
    print(wrong)
    print([f"{n / 8:.2f}" for n in range(0, 20)], [f"{n / 16:.3f}" for n in range(1, 12)], [f"{n / 4:.1f}" for n in range(-5, 6)], [f"{n / 2:.0f}" for n in range(-5, 6)])


@section
def shortest_is_shortest():
    # No shorter text gives the same float.
    g = lcg(5)
    wrong = 0
    for _ in range(25):
        x = float(f"{next(g)}e{next(g) % 20 - 20}")
        digits = repr(x).split("e")[0].replace(".", "").lstrip("0").rstrip("0")
        n = len(digits)
        if n > 1 and any(float(f"{x:.{k}e}") == x for k in range(n - 1)): wrong += 1
        if float(f"{x:.{n - 1}e}") != x: wrong += 1
    print(wrong)


@section
def grouping_and_padding():
    for n in (0, 7, 999, 1000, 123456, 1234567, -1234567, 10**15):
        print(f"{n:,} {n:_} {n:>15,}|{n:015,}|{n:+,}|{n:<15_}|{n:^15}|{n:_b}"[-90:], f"{n:,.2f} {float(n):,} {n:_x} {n / 7:,.3f}")


@section
def parsing_variants():
    print([int(s) for s in ("0", "-0", "+0", "  1  ", "1_0", "00", "-007", "\t9\n")], [float(s) for s in ("0", "-0", ".5", "5.", "1e1", "1E-1", "1_0.5", " 7 ", "+.5e+1")], [complex(s) for s in ("1", "1j", "1+1j", "-1-1j", "1e1+1e-1j", "(1+2j)")], [int(s, 0) for s in ("10", "0x10", "0o10", "0b10", "0")], [int("zZ", 36), int("11", 2), int("-ff", 16), int("0x1f", 16), int("7_7", 8)])
    bad = 0
    for s in ("", " ", "+", "1 1", "1__0", "_1", "1_", "0x", "1e", "e1", ".", "1.1.1", "--1", "1-", "1j1", "0b2", "nan1", "infx", "\x00", "1\x00"):
        for f in (int, float, complex):
            try: f(s)
            except ValueError: bad += 1
    print(bad)
