# str_methods_b.py - str methods: is-tests, lower to zfill: partition, replace, split, strip, translate, and others.
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
def is_tests():
    names = ("isalnum", "isalpha", "isascii", "isdecimal", "isdigit", "isidentifier", "islower", "isnumeric", "isprintable", "isspace", "istitle", "isupper")
    print(names)
    for s in ("", "a", "A", "1", "aA1", "é", "É", "ß", "日", "²", "½", " ", "\t\n", "\u00a0", "\u2003", "\u200b", "_", "a_1", "1a", "Hello World", "Hello world", "HELLO", "hello", "H", "Hello1World", "They'Re", "ǅ", "ª", "\x00", "\x7f", "·", "\u0300", "a\u0300", "\x1c", "\x85", "ʰ", "\u2028", "\ud800", "a b", "A1", "1A", "İ", "!", "A!", "a!"):
        print(ascii(s), "".join("T" if getattr(s, n)() else "." for n in names))


@section
def partitions():
    s = "a-b-c"
    print(s.partition("-"), s.rpartition("-"), s.partition("x"), s.rpartition("x"), s.partition("a-b-c"), "".partition("x"), "é日é".partition("日"), s.partition("-b"), s.rpartition("a"), "--".partition("-"), "--".rpartition("-"), "ab".rpartition("b"))
    for f in (lambda: s.partition(""), lambda: s.rpartition(""), lambda: s.partition(1), lambda: s.partition(None), lambda: s.partition(b"-")): error(f)


@section
def prefixes():
    print("foobar".removeprefix("foo"), "foobar".removeprefix("bar"), "foobar".removeprefix(""), "foobar".removesuffix("bar"), "foobar".removesuffix("foo"), "foobar".removesuffix(""), "foo".removeprefix("foo"), "foofoo".removeprefix("foo"), "aa".removesuffix("a"), "é日".removeprefix("é"), "".removeprefix("x"), "a".removesuffix("aa"))
    for f in (lambda: "a".removeprefix(1), lambda: "a".removeprefix(("a",)), lambda: "a".removesuffix(None)): error(f)


@section
def replace():
    s = "aaa"
    print(s.replace("a", "b"), s.replace("a", "b", 2), s.replace("a", ""), s.replace("", "-"), s.replace("", "-", 2), s.replace("aa", "b"), s.replace("x", "y"), s.replace("a", "b", 0), s.replace("a", "b", -1), s.replace("a", "bb"), "".replace("", "x"), "".replace("a", "b"), "".replace("", "x", 0), "abc".replace("b", "é日"), "é日é".replace("é", "x"), "日本".replace("", "-"), "abc".replace("abc", ""), "one two one".replace("one", "1", 1), "aXbX".replace("X", "YY"), s.replace("a", "b", count=1), "ab".replace("ab", "ab"))
    for f in (lambda: s.replace("a"), lambda: s.replace("a", 1), lambda: s.replace(1, "a"), lambda: s.replace("a", "b", "c"), lambda: s.replace("a", None), lambda: s.replace(b"a", "b"), lambda: s.replace("a", "b", 1.5)): error(f)


@section
def strips():
    print([repr(s.strip()) for s in ("", " ", " a ", "\t\na\r\x0b\x0c", "\u00a0a\u2003", "a", " a b ", "\x1fa\x1c", "\u200ba", "\x85a")])
    print("xxaxx".strip("x"), "xyaxy".lstrip("xy"), "xyaxy".rstrip("yx"), "abc".strip("abc"), "abc".strip(""), "aéa".strip("a"), "éaé".strip("é"), " a ".lstrip() + "|", " a ".rstrip() + "|", "  ".lstrip() + "|", "abc".strip(None), "日a日".strip("日b"), "xax".strip("X"), "...a.".rstrip("."), "aaa".lstrip("a") + "|")
    for f in (lambda: "a".strip(1), lambda: "a".lstrip(b"a"), lambda: "a".rstrip(["a"])): error(f)


@section
def splitlines():
    print([s.splitlines() for s in ("", "a", "a\n", "a\nb", "a\n\nb", "\n", "\n\n", "a\r\nb", "a\rb", "a\n\rb", "a\x0bb\x0cc\x1cd\x1de\x1ef\x85g\u2028h\u2029i", "a\r\n", "\r\n\r\n")])
    print([s.splitlines(True) for s in ("a\nb\n", "a\r\nb\rc", "\n", "a\u2028b")], "a\nb".splitlines(keepends=True), "a\nb".splitlines(0), "a\x1fb".splitlines(), "日\n本".splitlines())


@section
def titles_and_swaps():
    print([s.title() for s in ("", "hello world", "HELLO", "they're bill's", "x1y", "a-b_c", "éa éb", "ǆ x", "ßa", "1st 2ND", "a\tb")], [s.swapcase() for s in ("", "aBc", "éÉ", "ß", "İ", "ǅ", "1a", "Σ")], [s.upper() for s in ("abc", "é", "ß", "ŉ", "ΐ", "ı", "ǆ", "ÿ", "µ")], [s.lower() for s in ("ABC", "É", "İ", "Σ", "ΑΣ", "ΑΣ ΒΣ", "ǅ", "K", "Å", "ẞ")])


@section
def translate():
    t = str.maketrans("abc", "xyz")
    print(t, "aabbcc-d".translate(t), str.maketrans("ab", "xy", "c"), "abcd".translate(str.maketrans("ab", "xy", "c")), str.maketrans({"a": "long", "b": None, 99: 65, "d": 0x20ac}), "abcd".translate(str.maketrans({"a": "long", "b": None, 99: 65, "d": 0x20ac})), "é日".translate({0xe9: "e", ord("日"): None}), "abc".translate({}), "".translate(t), "abc".translate([None] * 97 + ["X", 89]))
    class M:
        def __getitem__(self, k):
            if k == 97: raise LookupError
            return chr(k).upper() + "."
    print("abc".translate(M()))
    for f in (lambda: str.maketrans("a", "bc"), lambda: str.maketrans("a"), lambda: str.maketrans(5), lambda: str.maketrans({"ab": 1}), lambda: str.maketrans({1.5: "a"}), lambda: str.maketrans("a", "b", 5), lambda: str.maketrans("a", 5), lambda: "abc".translate({97: 1.5}), lambda: "abc".translate({97: -1}), lambda: "abc".translate({97: 0x110000}), lambda: "abc".translate(5), lambda: "abc".translate({97: b"x"})): error(f)


@section
def attributes():
    print(sorted(n for n in dir(str) if not n.startswith("_")))
    s = "abc"
    print(s.upper().lower() == s, str.upper("x"), str.join(",", ["a", "b"]), "".join.__name__, s.__len__(), s.__contains__("b"), s.__add__("d"), s.__mul__(2), s.__rmul__(2), s.__getitem__(1), s.__eq__("abc"), s.__eq__(1), s.__lt__("b"), s.__mod__(()), s.__rmod__("%s"), s.__iter__().__next__(), s.__hash__() == hash(s), s.__format__(">5"), s.__str__(), s.__repr__(), s.__getnewargs__())
    for source in ("s[0] = 'x'", "del s[0]", "s.x = 1", "s.upper = 1", "s[0]()", "s()", "s.nope"): error(lambda: exec(source, {"s": s}))
