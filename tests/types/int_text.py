# int_text.py - int: text conversion: int() of every form and base, errors, str, repr, bin, oct, hex, format.
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
def from_text():
    for s in ("0", "1", "-1", "+5", " 42 ", "\t\n7\r\x0b\x0c", "00012", "-0", "+0", "1_000", "1_2_3", "9" * 40, "-" + "9" * 40, "\u00a05\u2003", "0_0"):
        print(ascii(s), int(s))
    for s in ("", " ", "-", "+", "--1", "+-1", "1 2", "1.0", "1e5", "0x10", "0b1", "abc", "1a", "_1", "1_", "1__2", "- 1", "1\x00", "\x001", "½", "²", "one", "∞", "1\n2", "0x", "0_", "+_1", "1,000", "nan", "None", "1j", "'5'", "5L"):
        error(int, s)


@section
def bases():
    for base in (0, 2, 3, 8, 10, 16, 36):
        for s in ("10", "-11", "0b11", "0o17", "0xff", "0XFF", "0B1", "zz", "12", "7f", "1_0", "0x_f", "0b_1", " 0xa ", "+0x1", "-0b1", "010", "00", "0_0", "8", "g"):
            try: print(base, s, int(s, base), end="; ")
            except ValueError as e: print(base, s, "error", end="; ")
        print()
    for s, base in (("z", 10), ("2", 2), ("0x10", 10), ("0b2", 0), ("010", 0), ("0x", 16), ("", 2), ("1", 1), ("1", 37), ("1", -1), ("g", 16), ("_1", 0), ("1__0", 16), ("0x__1", 16), ("é", 36), ("1" * 50 + "x", 10), ("0o8", 0), ("0b102", 2), ("\ud800", 10), ("a'b", 10), ("1\0", 16)):
        error(int, s, base)
    for args in ((5, 10), (1.5, 10), (None, 10), ([], 10), ("1", "10"), ("1", 1.5), ("1", None), ("1", 2**70)): error(int, *args)
    print(int("11", base=2), int("0b11", base=0), int(b"11", 2), int(bytearray(b"ff"), 16), int(b" 12 "), int(" 0o7\n", 0), int("1" * 70, 2), int("z" * 20, 36), int("-" + "7" * 30, 8), int("f" * 25, 16))
    error(int, b"1.5")
    error(int, b"\xff")
    error(int, b"")
    error(lambda: int(base=10))
    error(lambda: int(base=10, x="1"))


@section
def round_trips():
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    def to_base(n, b):
        if n < 0: return "-" + to_base(-n, b)
        out = ""
        while True:
            n, d = divmod(n, b)
            out = digits[d] + out
            if not n: return out
    for n in (0, 1, 35, 36, 255, 10**9, 2**31, 2**63, 2**64, 3**80, -1, -36, -2**64):
        for b in range(2, 37):
            t = to_base(n, b)
            if int(t, b) != n or int(t.upper(), b) != n: print("WRONG", n, b, t)
        print(n, to_base(n, 2)[:20], to_base(n, 36), hex(n), oct(n), bin(n)[:30], str(n), repr(n))


@section
def numbers_to_int():
    print(int(), int(0), int(1.9), int(-1.9), int(0.0), int(-0.0), int(1e15), int(1e16), int(1e22), int(2**53 + 0.0), int(-2.0**63), int(2.0**64), int(1e100), int(True), int(123456789.999), int(-1e-300))
    for x in (float("inf"), float("-inf"), float("nan"), 1j, None, [], {}, object(), int, ...): error(int, x if not isinstance(x, object().__class__) or x.__class__ is not object else object)


@section
def formatting():
    for n in (0, 5, -5, 255, -255, 1234567, -1234567, 2**64, -10**20):
        print([format(n, s) for s in ("", "d", "b", "o", "x", "X", "#b", "#o", "#x", "#X", "n", "e", ".2f", "g", "%", ",", "_", "+", " ", "-", "8", "<8", "^8", ">8", "=8", "08", "+08", "*^9", "x>8", "#010x", ",d", "_x", "_b", "08,", "+,.1f", "12_d")])
    print(format(65, "c"), format(8364, "c"), format(128512, "c"), format(True, "d"), format(True, ""), format(5, "5"), format(5, "<5") + "|", "%d|%5d|%-5d|%05d|%+d|% d|%x|%X|%#x|%o|%#o|%c|%i|%u|%e|%g|%s|%r|%a" % ((255,) * 19), "%.3d|%8.3d|%-8.5d|%+.3d" % (5, 5, 5, 5), "%*d|%-*d|%.*d" % (5, 1, 5, 1, 3, 1))
    for spec in ("s", "q", ".2", ".2d", ".0x", "+c", "#c", ",c", ",x", "_c", "z", "zd", ",_", "_,", "5.5d", "  ", "<<", "=5s", "5 ", "d5", "#,", "c,", "10.2n", ",n", "_n", "\x00", "é", "00", "0", "<", "=", "+", "#", "1" * 30):
        try: print(repr(spec), repr(format(5, spec)))
        except (ValueError, OverflowError) as e: print(repr(spec), type(e).__name__, e)
    error(format, -1, "c")
    error(format, 0x110000, "c")
    error(lambda: "%c" % -1)
    error(lambda: "%c" % 0x110000)
    error(lambda: "%c" % "ab")
    error(lambda: "%c" % 1.5)
    error(lambda: "%d" % "5")
    error(lambda: "%x" % 1.5)
    error(lambda: "%d" % None)
    print("%d" % 3.99, "%d" % -3.99, "%d" % True, "%x" % 255, "%d" % 2**70 if 0 else "%d" % (2**70), "%i" % 1e20)


@section
def str_methods_of_int():
    print(str(5), (5).__str__(), (5).__repr__(), (5).__format__("04"), repr(-5), str(2**100), f"{5}", f"{-0}", f"{5!r:>4}", hex(0), oct(0), bin(0), hex(-1), oct(-8), bin(-5), hex(True), ascii(5), str(True), "{:d}".format(True), "{!s}".format(5))
    for f in (lambda: hex(1.5), lambda: bin("1"), lambda: oct(None), lambda: hex(), lambda: chr(1.5)): error(f)
