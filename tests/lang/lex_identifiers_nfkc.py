# lex_identifiers_nfkc.py - identifiers of characters beyond Latin, Greek and Cyrillic, and their NFKC form.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


@section
def names():
    for name in ("゛", "𝐚", "😀", "٣", "a٣", "ﬁ", "ⅷ", "ⅷa"): print(ascii(name), name.isidentifier())


@section
def normalised():
    # Identifiers are compared in NFKC form.
    ﬁ = "ligature"
    print(fi)
    ns = {}
    exec("\U0001d400 = 1\nﬀ = 2\nA\u030a = 3\n\u212b = 4\nxª = 5\n\uff41 = 6\nµ = 7", ns)
    print([ascii(n) for n in ns if n != "__builtins__"], ns["A"], ns["ff"], ns["\xc5"], ns["xa"], ns["a"], ns["\u03bc"])

    class C:
        pass
    c = C()
    c.ﬁx = 1
    print(c.fix, sorted(c.__dict__), hasattr(c, "ﬁx"))

    def f(*, ﬁ):
        return fi
    print(f(fi=3), f(ﬁ=4))
    try:
        exec("\U0001d42f\U0001d428\U0001d422\U0001d41d = 1; print(void)")
        exec("\U0001d422\U0001d41f = 1")
    except SyntaxError as e:
        print(e.msg)


@section
def invalid():
    for source in ("😀 = 1", "a😀 = 1", "x = 1\u3000"):
        try:
            exec(source, {})
            print(ascii(source), "fine")
        except SyntaxError as e:
            print(ascii(source), e.msg, e.lineno, e.offset)
