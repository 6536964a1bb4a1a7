# exec_comp_scope.py - comprehension scopes: private targets, the first iterable, walrus, class bodies, nesting.
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
def targets_are_private():
    x = "outer"
    print([x for x in range(3)], {x for x in range(1)}, {x: x for x in range(2)}, list(x for x in range(2)), x)
    [y for y in range(3)]
    error(lambda: exec("[y for y in (1,)]\ny", {}))
    print("y" in locals(), "x" in locals())
    print([x for x in [x]], [x for x in x], [[x for x in x] for x in ["ab", "cd"]], x)
    [_ for _, in [(1,), (2,)]]
    print([(a, b) for a, *b in ["xyz", "pq"]], [a for a, (b, [c]) in [(1, (2, [3]))]], [d for (d) in (1, 2)])


@section
def first_iterable_is_outside():
    def f():
        data = [1, 2, 3]
        return [data for data in data]
    print(f())
    class C:
        items = [1, 2]
        doubled = [i * 2 for i in items]
        gen = tuple(i for i in items)
        try:
            second = [j for i in items for j in items]
        except NameError as e:
            second = str(e)
        third = [i for i in items if i > 1]
        try:
            fourth = [i for i in items if items]
        except NameError as e:
            fourth = str(e)
        lam = [f() for f in [lambda: 1]]
    print(C.doubled, C.gen, C.second, C.third, C.fourth, C.lam)
    error(lambda: (x for x in undefined_name))
    g = (undefined_name for x in [1])
    error(lambda: next(g))
    error(lambda: (x for x in 5))
    h = (x for x in [1] for y in 5)
    error(lambda: next(h))


@section
def evaluation_order():
    log = []

    def note(tag, value=None):
        log.append(tag)
        return value
    [note("elt") for i in note("iter1", [1, 2]) if note("cond1", True) for j in note("iter2", "ab") if note("cond2", j == "a")]
    print(log)
    log.clear()
    {note("k", i): note("v", i) for i in note("it", [1])}
    g = (note("lazy") for i in note("eager", [1]))
    print(log)
    list(g)
    print(log)


@section
def walrus():
    print([(y := x * 2) for x in range(3)], y)
    print([last := i for i in "abc"], last)
    if any((hit := n) > 3 for n in [1, 5, 2]):
        print("hit", hit)
    print([[z := i + j for j in range(2)] for i in range(2)], z)
    total = 0
    print([total := total + v for v in [1, 2, 3]], total)
    print({(k := i): (w := i * i) for i in range(3)}, k, w)
    f = lambda: [q := 1 for _ in (1,)] and q
    print(f(), "q" in locals())


@section
def nesting():
    n = 2
    print([[i * j * n for j in range(i)] for i in range(4)])
    print([i for i in [j for j in [k for k in range(3)]]], [x for row in [[1, 2], [3]] for x in row], [x for row in [[1, 2], [3]] if len(row) > 1 for x in row if x > 1])
    print([a + b for a in "xy" for b in "12"], {a: {b: a + b for b in "12"} for a in "xy"}, [f"{a}{[b for b in a]}" for a in ("pq",)])
    print([x if x else -1 for x in (0, 1)], [x for x in (0, 1) if (x if x else 1)], [lambda: x for x in range(2)][0](), [(lambda y=x: y)() for x in range(2)])
    print(sum(x for x in range(4)), max((x for x in [1, 5, 2]), default=0), sorted((-x for x in range(3))), dict((k, v) for k, v in [("a", 1)]), "".join(c for c in "a1b2" if c.isalpha()))


@section
def locals_and_del():
    x = 10
    print([sorted(locals()) for i in range(1)] if 0 else "skip", [x for i in range(2)])

    def f():
        a = 1
        r = [a for b in range(2)]
        return sorted(locals())
    print(f())

    def g():
        r = [b for b in range(2)]
        b = "after"
        return r, b
    print(g())

    def h():
        try:
            return [b for _ in range(1)]
        except NameError as e:
            return type(e).__name__
        b = 1
    print(h())

    def k():
        b = 5
        [b for b in range(3)]
        del b
        try:
            return b
        except UnboundLocalError as e:
            return str(e)
    print(k())


@section
def exceptions_restore():
    def f():
        x = "kept"
        try:
            [1 // x for x in (1, 0)]
        except ZeroDivisionError:
            return x
    print(f())

    def g():
        try:
            [1 // x for x in (1, 0)]
        except ZeroDivisionError:
            return "x" in locals()
    print(g())

    def nested():
        i = "i"
        j = "j"
        try:
            [[1 // (j - 1) for j in range(3)] for i in range(2)]
        except ZeroDivisionError:
            return i, j
    print(nested())


@section
def closures():
    fs = [lambda: i for i in range(3)]
    print([f() for f in fs])
    i = "outside"
    print(fs[0](), [f() for f in [lambda: i for _ in (1,)]])
    def outer():
        x = 1
        r = [lambda: x for _ in (1,)]
        s = [(lambda: x, x) for x in (7,)]
        x = 2
        return r[0](), s[0][0](), s[0][1]
    print(outer())


@section
def with_yield_and_await_context():
    def gen():
        got = [x for x in (yield "iterable")]
        yield got
    g = gen()
    print(next(g), g.send("ab"))
    for source in ("[(yield 1) for x in y]", "def f(): return [(yield x) for x in y]", "def f(): return ((yield x) for x in y)", "[x async for x in y]", "def f(): [await x for x in y]", "[x for x in y if (x := 1)]", "[x := 1 for x in y]", "[1 for x in (y := [1])]",
                   "class C: [z := 1 for x in y]", "[i for i in range(3) if (j := i) for j in z]", "[*x for x in y]", "{**x for x in y}", "[x, y for x in z]", "[x for x, in y]", "[x for x in 1, 2]", "[x for x in *y]", "(x for x in y, z)", "f(x for x in y, 1)", "f(1, x for x in y)", "[x for x]", "[for x in y]", "[x for 1 in y]", "[x for f() in y]", "[x for x in lambda: y, 1]", "[x for x in y if]"):
        try:
            compile(source, "<t>", "exec")
            print(source, "fine")
        except SyntaxError as e:
            print(source, "->", e.msg, e.offset)
