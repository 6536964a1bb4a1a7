# mixed_text_numbers.py - formatting, conversions, codecs and text methods at their edges.
# SPDX-License-Identifier: MIT
class B:
    def __index__(s): return "i"
for f in (lambda: bytes(B()), lambda: bytearray(B()), lambda: bytes(2**80), lambda: bytes(-1), lambda: bytes(1.5), lambda: bytes(None)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
# memoryview & buffers
b = bytearray(b"abcdef")
m = memoryview(b); m[1:3].release(); m.release()
try: b.append(1); print(b)
except BufferError as e: print(e)
m = memoryview(b"abcd").cast("H"); print(m.tolist(), m.shape, m.format, m.itemsize, m[::-1].tolist(), m.nbytes)
m = memoryview(bytearray(8)).cast("I"); m[0] = 2**31; print(m.tobytes(), m == memoryview(bytes(m)))
class K(str):
    def __format__(s, f): return "fmt" + f
print("{:x} {!s:>3}".format(K("q"), K("z")), f"{K('r'):zz}", format(K("u"), ""))
class Fm:
    def __format__(s, spec): return spec[::-1]
print(f"{Fm():abc{1}{'x'}}", "{0:{1}}".format(Fm(), "hey"), "{a.b[c]}".format(a=type("Z", (), {"b": {"c": 4}})))
print("{0!a}".format("é"), "{:>{w}.{p}}".format("abcdef", w=8, p=3), "{:=+08.2f}".format(-3.14159), "{:_x}".format(2**40), "{:e}".format(10**30), "{:g}".format(1e-7), "{:n}".format(12345), "{:#o}".format(8), "{:#.3g}".format(1.0), "{:%}".format(0.256), "{:+}".format(5), "{: }".format(5), "{:^+10d}".format(5), "{:010}".format(-5), "{:<010}".format(5), "{:,.3f}".format(1234567.8915), "{:.0f}".format(0.5), "{:z.1f}".format(-0.01))
print("%s %r %a" % ("é", "é", "é"), "%.2s|%5.1s|%-5d|%+.1e|%#x|%#o|% d|%05d" % ("abc", "xyz", 3, 12345.6789, 255, 8, 5, -42), "%(a)s-%(b)05.1f" % {"a": 1, "b": 2.25}, "%*.*f" % (8, 2, 3.14159), "%s" % (1,), "%s" % [1, 2], "%d" % 3.99, "%i" % True, "%u" % 5, "%x" % -255, "%X" % 2**70 if 0 else "%X" % (2**70), "%o" % 2**3 if 0 else "%o" % 8, "%g" % 1e100, "%G" % 1e-10, "%F" % float("inf"), "%c" % 0x1F600, "%-10s|" % "ab", "%%%s" % 1)
print(str(1.0), repr(1e100), str(1e16), str(-0.0), 1.1 + 2.2, 1e-4, 1e-5, 123456789.123456789, 2**53 + 1.0, float(2**1000), 0.1 + 0.7, 3e8, 1/3, 100 * 1.1)
print(int("  12_3 "), int("-0x1f", 16), int("0b11", 0), int(b"12"), float(" 1_0.5e1 "), float("Infinity"), complex("1+2j"), complex("-j"), int(-3.9), int("0", 0), bool("False"))
for s in ("1__2", "_1", "0x", "", " ", "1 2", "0b12", "9" * 5000):
    try: print(int(s, 0 if s[:1] == "0" else 10))
    except ValueError as e: print(str(e)[:60])
print(str(10**50), (10**50).__format__(","), f"{10**50:e}", 3**100 % 2**64, (-3**50) // 7, (-3**50) % 7, divmod(-10**20, 3**20), 2**100 & (2**60 - 1), -2**100 | 5, ~(2**70), (2**70) ^ (-1), (1 << 200) >> 190, -1 >> 100, isqrt if 0 else int((10**40) ** 0.5))
print(round(1234.5678, 2), round(1234.5678, -2), round(-2.5), round(0.5), round(1.5), round(2.675, 2), round(10**20 + 5, -1), round(True), (0.1).__round__(20))
print("abc".encode("utf-16"), "é".encode("latin-1"), b"\xff".decode("utf-8", "replace"), b"\xff\xfe".decode("utf-8", "ignore"), "\ud800".encode("utf-8", "surrogatepass"), b"ab\xffc".decode("utf-8", "surrogateescape").encode("utf-8", "surrogateescape"), b"\xc3".decode("utf-8", "backslashreplace"))
for f in (lambda: b"\xff".decode(), lambda: "é".encode("ascii"), lambda: b"a\x80b".decode("ascii"), lambda: "\ud800".encode(), lambda: b"\xe2\x82".decode(), lambda: "a".encode("nope"), lambda: b"\xf8aaa".decode()):
    try: print(f())
    except (UnicodeError, LookupError) as e: print(type(e).__name__, e)
print("Hello World".swapcase(), "hello".capitalize(), "they're bill's".title(), "ŉ".upper(), "ΑΣ".lower(), "ΑΣΑ".lower(), "ǅ".lower(), "straße".casefold(), "a1B".isalnum(), "aB".isalpha(), "".isalpha(), "\u2003".isspace(), "Ab Cd".istitle(), "AB1".isupper(), "\n".isprintable(), "a\u0301".isprintable(), "x".isascii())
print("a-b_c".split("_"), "a,b,c".rsplit(",", 1), "  a b ".split(None, 1), "abc".split("") if 0 else "", "a\x1cb\x85c\u2028d".splitlines(), "aXXbXXc".split("XX"), "".split(), "".split(","), "aaa".replace("", "-"), "aaa".replace("a", "b", 2), "abc".replace("", "x", 2), "xxabcxx".strip("x"), "abc".lstrip("ab"), "prefix-x".removeprefix("prefix-"), "a.b".removesuffix(".b"), "mississippi".count("ss"), "abc".index("c"), "abcabc".find("c", -2), "abc".find("", 5), "abc".rfind(""), "x".join(["a"]), "ab".ljust(5, "*"), "%s".__mod__((1,)))
print("abc".startswith(("x", "a")), "abc".endswith("c", 0, 2), "abc".startswith("", 5), "éa".find("a"), "日本語"[1:], "日本語"[::-1], "日本語".rjust(5, "。"), "日本語".encode().hex(), "a".__lt__("b"), "a".__lt__(1), "abc".__contains__("b"), "abc".__getitem__(slice(0, 2)), "abc".__len__(), "x".__hash__() == hash("x"))
for make in (lambda: UnicodeDecodeError("a", b"xyz", 0, 1, "r"), lambda: UnicodeEncodeError("a", "xyz", 0, 1, "r"), lambda: UnicodeTranslateError("xyz", 0, 1, "r")):
    e = make()
    print(e, end=", ")
    e.reason = None
    e.start = 50
    e.end = 51
    print(e, end=", ")
    e.object = "" if isinstance(e.object, str) else b""
    e.start = -5
    print(e, repr(str(type(e).__new__(type(e)))))
class S(str): pass
print([type(x).__name__ for x in (S("a").partition("z")[0], S("a").rpartition("z")[2], S("a").format(), S("a{{").format(), S("a") % (), S("a%%") % ())])
