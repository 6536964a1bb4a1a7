# expr_unpacking.py - iterable unpacking in assignment, for, calls, displays: stars, nesting, errors, order.
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
def assignment():
    a, b = 1, 2
    (c, d), e = (3, 4), 5
    [f, [g, h]] = [6, (7, 8)]
    i, = [9]
    [j] = "J"
    () = []
    [] = ()
    k, l, m = "klm"
    n, o = {"n": 1, "o": 2}
    p, q = range(2)
    r, s = (x for x in "rs")
    t, u = map(str, (1, 2))
    v = w, x = 1, 2
    print(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x)


@section
def starred():
    for source in ("a, *b = X", "*a, b = X", "a, *b, c = X", "*a, = X", "[*a] = X", "(*a, b), c = (X, 9)", "a, (b, *c), *d = 1, X, 8, 9", "*(a, b), c = 1, 2, 3", "*[a, *b], c = 1, 2, 3, 4", "a, *b.attr, c = X" if 0 else "a, *b[0], c = X"):
        for X in ("", "x", "xy", "xyzw"):
            ns = {"X": X, "b": [None]}
            try:
                exec(source, ns)
                print(source, "|", repr(X), [ns.get(n) for n in "abcd" if n in ns])
            except Exception as e:
                print(source, "|", repr(X), type(e).__name__, e)


@section
def errors():
    for source in ("a, b = 1", "a, b = None", "a, b = 1,", "a, b = 1, 2, 3", "a, b = []", "a, b = 'abc'", "a, = ()", "[] = [1]", "() = 'ab'", "a, *b, c = [1]", "*a, b, c = [1]", "(a, b), c = 1, 2", "(a, b), c = (1,), 2", "a, b = {}", "a, b = {1}", "a, b = 5.5", "a, b = print", "a, (b, c) = 1, 2, 3", "for a, b in [1]: pass", "for a, b in [(1,)]: pass", "for a, *b in [()]: pass", "[a for a, b in ['x']]", "a, b = iter([1])", "a, b = range(10**6)", "a, b, c, d, e = 'four'"):
        error(lambda: exec(source, {}))


@section
def partial_effects():
    class It:
        def __init__(self, n): self.n, self.used = n, 0
        def __iter__(self): return self
        def __next__(self):
            if self.used == self.n: raise StopIteration
            self.used += 1
            return self.used
    it = It(10)
    error(lambda: exec("a, b, c = it", {"it": it}))
    print(it.used)
    it = It(2)
    error(lambda: exec("a, b, c = it", {"it": it}))
    print(it.used)
    it = It(3)
    a, b, c = it
    print(a, b, c, it.used)
    ns = {"x": 0}
    error(lambda: exec("x, (y, z) = 1, (2,)", ns))
    print(ns["x"], "y" in ns)

    class Boom:
        def __iter__(self):
            yield 1
            raise KeyError("boom")
    error(lambda: exec("a, b = it", {"it": Boom()}))
    error(lambda: exec("a, *b = it", {"it": Boom()}))


@section
def order_of_targets():
    log = []
    class T:
        def __init__(self, n): self.n = n
        def __setattr__(self, k, v):
            if k != "n": log.append((self.n, k, v))
            else: object.__setattr__(self, k, v)
        def __setitem__(self, k, v): log.append((self.n, k, v))
    def t(n):
        log.append(n)
        return T(n)
    t("a").x, t("b")[t("k").n], *t("c").rest = 1, 2, 3, 4
    print(log)
    log.clear()
    t("p").x = t("q").y = t("value").n
    print(log)
    i = [0]
    i[0], i = 5, "rebound"
    print(i)
    x = [1, 2, 3]
    i, x[i] = 2, 0 if 0 else "item" if 0 else 7
    print(i, x) if 0 else print(x)


@section
def swaps():
    a, b, c, d = 1, 2, 3, 4
    a, b = b, a
    b, c, d = d, b, c
    print(a, b, c, d)
    l = [1, 2, 3]
    l[0], l[2] = l[2], l[0]
    l[1], l = "x", l
    print(l)
    a, a = 1, 2
    print(a)
    a = a, a
    print(a)
    (a, b), (c, d) = (b, a), (d, c)
    print(a, b, c, d)


@section
def in_for_and_comprehension():
    for a, (b, *c) in [(1, "xyz"), (2, [5])]: print(a, b, c)
    for *a, b in ["abc", (1, 2)]: print(a, b)
    for [a] in [[1], "z"]: print(a)
    for a, b in {"k": 1}.items(): print(a, b)
    for i, (a, b) in enumerate(zip("ab", [1, 2])): print(i, a, b)
    print([a + b for a, b in [(1, 2), (3, 4)]], {a: b for a, *b in ["xyz"]}, [x for (x, y), *z in [((1, 2), 3)]], list(a for a, in [(1,), (2,)]))
    with type("M", (), {"__enter__": lambda s: (1, [2, 3]), "__exit__": lambda *a: None})() as (p, [q, r]): print(p, q, r)


@section
def in_displays_and_return():
    def f(): return *[1, 2], 3
    def g(): yield *"ab", "c"
    x = *[1], *"b"
    y = *(), 
    print(f(), list(g()), x, y, [*x, *y], (*x,), {*[1]}, {**{"a": 1}}, [*range(2), *[5]], *x)
    for z in *[1, 2], 3: print(z, end=" ")
    print([*a] if (a := "pq") else 0, {"k": [*"mn"]}, ((*"ab", 1), 2), (lambda: (*[7],))())
    z = [1, 2, 3][0], *[4]
    d = {}
    d[*"ab"] = 1
    print(z, d, d["a", "b"])


@section
def syntax():
    for source in ("*a = 1", "*a", "x = *a", "*a, *b = 1", "(*a)", "(*a) = 1", "a, *b, *c = 1", "[*a, (b, *c, *d)] = 1", "*a += 1", "del *a", "return_ = (*a)", "f(**a, *b)", "f(*a=1)", "**a = 1", "{**a, *b}", "{*a, **b}", "{*a: 1}", "[**a]", "(**a)", "for *a in b: pass", "for a in *b: pass", "for a in *b, c: pass", "*a: int = 1", "a, b: int = 1", "a, b += 1", "(a, b) += 1", "*[a] = 1", "a = yield = 1", "if *a: pass", "assert *a", "x[*a]", "x[*a:b]", "print(*)", "lambda *: 1", "*(a), b = 1, 2", "*a.b, c = 1, 2", "*f(), c = 1", "[a, b] = c = d, e", "a + b = c", "f() = 1", "(a, f()) = 1", "-a = 1", "a if b else c = 1", "'s' = 1", "{a: b} = 1", "{a} = 1", "(x for x in y) = 1", "lambda: 1 = 2", "a < b = c", "not a = 1", "a or b = 1", "await x = 1", "x.y() = 1", "`a` = 1"):
        try:
            compile(source, "<t>", "exec")
            print(source, "-> fine")
        except SyntaxError as e:
            print(source, "->", e.msg, e.offset)
