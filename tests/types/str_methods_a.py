# str_methods_a.py - str methods: capitalize to find: every argument form, empty strings, non-ASCII, errors.
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
def capitalize_casefold_center():
    print([s.capitalize() for s in ("", "a", "ABC", "éA", "ßa", "1abc", " abc", "ǆ", "İX", "ÿ")])
    print([s.casefold() for s in ("ABC", "ß", "ẞ", "Σς", "İ", "ı", "ΑΒ", "Ω")])
    print(["ab".center(n) for n in range(7)], ["abc".center(n, "*") for n in range(8)], "é".center(4, "日"), "".center(3, "-"), "ab".center(-5), "😀".center(5, "x"), "ab".center(True))
    for f in (lambda: "a".center(5, ""), lambda: "a".center(5, "xy"), lambda: "a".center("5"), lambda: "a".center(5, 1), lambda: "a".center(5.0), lambda: "a".center(5, b"x"), lambda: "a".center(2**70)): error(f)


@section
def count():
    s = "abcabcab"
    print(s.count("a"), s.count("abc"), s.count(""), s.count("x"), s.count("a", 1), s.count("a", 1, 3), s.count("a", -2), s.count("", 3), s.count("", 8), s.count("", 9), s.count("", 5, 2), "aaaa".count("aa"), "".count(""), "".count("a"), s.count("a", None, None), s.count("abc", 0, -3), "日本日".count("日"), "aé😀é".count("é", 2), s.count("b", -100, 100), "aaa".count("", 1, 1))
    for f in (lambda: s.count(1), lambda: s.count(None), lambda: s.count(b"a"), lambda: s.count("a", "b"), lambda: s.count("a", 1.0)): error(f)


@section
def encode():
    print("aé".encode(), "aé".encode("latin-1"), "aé".encode("UTF-8"), "a".encode("ascii"), "é".encode("ascii", "ignore"), "é".encode("ascii", "replace"), "é€😀".encode("ascii", "backslashreplace"), "é€".encode("ascii", "xmlcharrefreplace"), "é".encode(encoding="ascii", errors="backslashreplace"), "".encode(), "\ud800".encode("utf-8", "surrogatepass"), "\udcff".encode("utf-8", "surrogateescape"))


@section
def endswith_startswith():
    s = "hello"
    print(s.endswith("lo"), s.endswith("hel"), s.endswith(""), s.endswith(("x", "lo")), s.endswith(()), s.endswith("l", 0, 4), s.endswith("hello"), s.endswith("xhello"), s.endswith("", 5), s.endswith("", 6), s.endswith("o", -1), s.endswith("lo", 4), "é日".endswith("日"), s.endswith("ell", 1, -1))
    print(s.startswith("he"), s.startswith("lo"), s.startswith(""), s.startswith(("x", "h")), s.startswith("l", 2), s.startswith("ll", 2, 3), s.startswith("", 5), s.startswith("", 6), s.startswith("lo", -2), "日é".startswith("日"), s.startswith("hello!"), s.startswith("e", 1, 2), s.startswith("", 3, 2), s.startswith(("",)), "".startswith(""))
    for f in (lambda: s.endswith(1), lambda: s.endswith(["a"]), lambda: s.startswith(("a", 1)), lambda: s.startswith(b"h"), lambda: s.startswith(None), lambda: s.startswith("h", "x"), lambda: s.startswith()): error(f)


@section
def expandtabs():
    print([s.expandtabs() for s in ("", "\t", "a\tb", "12345678\tx", "1234567\tx", "a\n\tb", "a\r\tb", "\t\t|", "é\tx", "日\tx")], "a\tb".expandtabs(4), "a\tb".expandtabs(1), "a\tb".expandtabs(0), "a\tb".expandtabs(-3), "\ta\tbc\tdef\tg".expandtabs(3), "a\tb".expandtabs(tabsize=2))
    error(lambda: "a\t".expandtabs("x"))
    error(lambda: "a".expandtabs(1.5))


@section
def find_family():
    s = "abcabc"
    print(s.find("b"), s.find("bc", 2), s.find("x"), s.find(""), s.find("", 3), s.find("", 6), s.find("", 7), s.find("a", 1, 3), s.find("c", -1), s.find("abc", -3), s.find("abcabcd"), s.find("b", 5, 1), "".find(""), "".find("", 1), "aé日😀é".find("é", 2), "aé日😀".find("😀"), "日本語日本".find("日本", 1))
    print(s.rfind("b"), s.rfind("bc", 0, 4), s.rfind("x"), s.rfind(""), s.rfind("", 0, 3), s.rfind("", 7), s.rfind("a", 0, 3), "aaa".rfind("aa"), "é日é".rfind("é"), s.rfind("abc", 1), s.rfind("c", -2, -1))
    print(s.index("b"), s.rindex("b"), s.index("", 6), s.rindex("", 2, 4), s.index("c", 3))
    for f in (lambda: s.index("x"), lambda: s.rindex("x"), lambda: s.index("a", 4), lambda: s.index("", 7), lambda: s.find(1), lambda: s.find(None), lambda: s.index(b"a"), lambda: s.find("a", "1"), lambda: s.rfind([]), lambda: s.find()): error(f)
    hay = "ab" * 50 + "abc" + "ab" * 50
    print(hay.find("abc"), hay.rfind("bca"), hay.count("ab"), hay.find("abcb"), ("a" * 100 + "b").find("a" * 50 + "b"), ("x" * 60).find("x" * 30 + "y"), "mississippi".find("issip"), "mississippi".rfind("issi"))


@section
def join():
    print(",".join([]), ",".join(["a"]), ",".join(["a", "b"]), "".join("abc"), "-".join("é日"), ", ".join(("x", "y")), "ab".join({"k": 1, "l": 2}), "x".join(str(i) for i in range(4)), "😀".join(["a", "é"]), "".join([]), "".join(["one"]), "-".join(map(str, [1, 2])), "é".join("ab"))
    for f in (lambda: ",".join([1]), lambda: ",".join(["a", 1]), lambda: ",".join(["a", "b", None]), lambda: ",".join(5), lambda: ",".join([b"a"]), lambda: ",".join(None), lambda: ",".join(["a", ["b"]]), lambda: ",".join(iter(["a", 2]))): error(f)
    class S(str): pass
    print(type("".join([S("a")])).__name__, type(S(",").join(["a", "b"])).__name__, "".join([S("x"), "y"]))


@section
def justify_and_fill():
    print([f"{'ab'.ljust(n)}|" for n in (0, 2, 3, 5)], ["ab".rjust(n) for n in (0, 2, 3, 5)], "é".ljust(3, "日"), "ab".rjust(5, "."), "".ljust(2, "x"), [s.zfill(5) for s in ("", "1", "-1", "+1", "12345", "123456", "abc", "-", "--1", " 1", "é", "+")], "7".zfill(-1), "-7".zfill(2))
    for f in (lambda: "a".ljust(5, ""), lambda: "a".rjust(5, "ab"), lambda: "a".ljust("x"), lambda: "a".zfill("x"), lambda: "a".rjust(5, None)): error(f)
