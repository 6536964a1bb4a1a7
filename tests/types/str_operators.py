# str_operators.py - str: + and *, in, comparison, %, indexing with every kind of argument, subclass results, iteration.
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
def concatenation():
    s = "a"
    print(s + "b", s + "", "" + s, "é" + "a" + "😀", "a" "b" + "c", sum([len(x) for x in ("a", "bb")]), "".join(["x"] * 3), s + s + s, "x" + str(1) + repr("y"))
    t = s
    for i in range(5): t += chr(98 + i)
    print(t, s, "abc" + "def" == "abcdef", ("ab" + "c") is not None, hash("ab" + "c") == hash("abc"), {"a" + "b": 1}["ab"])
    for f in (lambda: "a" + 1, lambda: 1 + "a", lambda: "a" + None, lambda: "a" + b"b", lambda: "a" + ["b"], lambda: "a" - "b", lambda: "a" / 2, lambda: "a" // 2, lambda: "a" ** 2, lambda: -"a", lambda: +"a", lambda: ~"a", lambda: "a" & "b", lambda: "a" | "b", lambda: "a" << 1, lambda: "a" @ "b", lambda: divmod("a", 2), lambda: abs("a"), lambda: "a" + ("b",), lambda: "a".__add__(1)): error(f)


@section
def repetition():
    print("ab" * 3, 3 * "ab", "ab" * 0, "ab" * -1, "" * 100, "é" * 2, "x" * True, "ab" * 1, "😀" * 3, len("abc" * 1000), ("ab" * 50)[99], ("é" * 50)[49], "-" * 10)
    class I:
        def __index__(self): return 2
    print("ab" * I(), I() * "ab")
    for f in (lambda: "a" * 1.5, lambda: "a" * "b", lambda: "a" * None, lambda: "a" * [1], lambda: 1.5 * "a", lambda: "a" * 2**70, lambda: "ab" * 2**63): error(f)
    x = "ab"
    x *= 2
    x *= 0
    x += "z"
    print(x)


@section
def membership_and_comparison():
    print("a" in "abc", "bc" in "abc", "ac" in "abc", "" in "", "" in "a", "abc" in "abc", "abcd" in "abc", "é" in "aéb", "x" not in "abc", "\0" in "a\0b", "😀" in "a😀", "日本" in "x日本y")
    for f in (lambda: 1 in "a", lambda: None in "a", lambda: b"a" in "a", lambda: ["a"] in "a", lambda: "a" < 1, lambda: "a" < None, lambda: "a" < b"a", lambda: "a" < ["a"], lambda: 1 < "a"): error(f)
    words = ["b", "a", "B", "ab", "", "é", "aa", "A", "_", "1", "z", "日", "😀", "\x00"]
    print(sorted(words), sorted(words, reverse=True), min(words), max(words), "a" < "b" < "c", "a" <= "a", "b" > "a" >= "a", "abc" < "abd", "ab" < "abc", "Z" < "a", "a" == "a", "a" != "b", "a" == 1, "a" == b"a", "a" is "a" if 0 else "skip", "10" < "9", [w for w in words if "a" <= w <= "b"])


@section
def indexing():
    s = "hello"
    class I:
        def __index__(self): return -1
    print(s[0], s[-1], s[True], s[I()], s[1:3], s[I():], s[:-1], s[::2], s[::-1], s[4:0:-2], s[10:], s[:-10], s[2:2], s[-3:-1], s[slice(1, 4)], s[None:None], "é日😀"[1], "é日😀"[-1:], "é日😀"[::-1], ""[0:5], "a"[-5:5])
    for f in (lambda: s[5], lambda: s[-6], lambda: s["a"], lambda: s[1.0], lambda: s[None], lambda: s[1, 2], lambda: s[[]], lambda: s[::0], lambda: s["a":], lambda: s[1.5:], lambda: ""[0], lambda: s[2**64], lambda: exec("s[0] = 'x'", {"s": s}), lambda: exec("del s[0]", {"s": s}), lambda: exec("s[:] = 'x'", {"s": s})): error(f)


@section
def iteration():
    print(list("aé😀"), [c for c in "ab"], "-".join("abc"), dict(zip("ab", "cd")), list(enumerate("é")), sorted("hello"), list(reversed("aé😀")), set("a"), tuple("ab"), max("hello"), min("hello"), list(map(ord, "aé")), "".join(chr(ord(c) + 1) for c in "HAL"), [*"xy"], {c: i for i, c in enumerate("ab")}, any(c.isdigit() for c in "a1"), all(c.isalpha() for c in "ab"), sum(c == "l" for c in "hello"), list(filter(str.isupper, "aBcD")), list(zip("ab", "é日")))
    a, b, *c = "wxyz"
    it = iter("ab")
    print(a, b, c, next(it), next(it), next(it, "end"), next(it, "end"))
    for c in "é😀": print(c, len(c), ord(c), end="; ")
    print()
    error(lambda: exec("a, b = 'abc'"))
    error(lambda: exec("a, b = 'a'"))


@section
def subclass():
    class S(str):
        def __add__(self, o): return S(str(self) + "+" + o)
        def __eq__(self, o): return "eq!"
        def __hash__(self): return str.__hash__(self)
        def __getitem__(self, i): return "item"
        def __len__(self): return 99
        def __iter__(self): return iter("ITER")
        def __contains__(self, o): return "contains"
    s = S("abc")
    print(s + "d", type(s + "d").__name__, s == "x", s[0], len(s), list(s), "z" in s, s.upper(), "".join([s]), s.find("b"), "abc" == str(s), f"{s}", "%s" % s, {s: 1} == {"abc": 1}, s * 2, "x" + s, s.encode(), s.startswith("a"), str.__len__(s), [s], s.split("b"), sorted(s), s.replace("a", "x"), bool(s), s < "b", print(s))
    class D(str):
        def __new__(cls, v, extra=None):
            self = super().__new__(cls, v)
            self.extra = extra
            return self
    d = D("v", extra=5)
    print(d, d.extra, d == "v", {d: 1}["v"], isinstance(d, str), D(5), D(b"x"), str(d), type(str(d)).__name__)
