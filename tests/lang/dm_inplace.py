# dm_inplace.py - augmented assignment methods and their fallbacks, on names, items and attributes.
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


class N:
    def __init__(self, log, answers=None):
        self.log = log
        self.answers = answers


NAMES = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "lshift", "rshift", "and", "or", "xor")


def run(x, y=5):
    for symbol in ("+", "-", "*", "/", "//", "%", "**", "@", "<<", ">>", "&", "|", "^"):
        ns = {"x": x, "y": y}
        try:
            exec(f"x {symbol}= y", ns)
            print(symbol, ns["x"])
        except TypeError as e:
            print(symbol, e)


@section
def own_methods():
    ns = {f"__i{n}__": (lambda self, other, n=n: ("i" + n, other)) for n in NAMES}
    run(type("A", (), ns)())


@section
def fallback_to_binary():
    ns = {f"__{n}__": (lambda self, other, n=n: (n, other)) for n in NAMES}
    run(type("A", (), ns)())


@section
def fallback_to_reflected():
    ns = {f"__r{n}__": (lambda self, other, n=n: ("r" + n, type(other).__name__)) for n in NAMES}
    run(object(), type("A", (), ns)())


@section
def not_implemented():
    ns = {f"__i{n}__": (lambda self, other: NotImplemented) for n in NAMES}
    run(type("A", (), ns)())
    run(1, "s")
    run([], 5)

    class Both:
        def __iadd__(self, other):
            print("  iadd")
            return NotImplemented

        def __add__(self, other):
            print("  add")
            return "added"
    x = Both()
    x += 1
    print(x)


@section
def in_place_or_not():
    a = b = [1]
    a += [2]
    a += (3,)
    a += "x"
    a *= 2
    print(a, a is b)
    a = a + [4]
    print(a is b)
    s = t = {1, 2}
    s |= {3}
    s &= {2, 3}
    s ^= {9}
    s -= {2}
    print(sorted(s), s is t)
    d = e = {1: 1}
    d |= {2: 2}
    d |= [(3, 3)]
    print(d, d is e)
    n = m = 5
    n += 1
    p = q = (1,)
    p += (2,)
    f = g = frozenset([1])
    f |= {2}
    by = bz = bytearray(b"a")
    by += b"b"
    by *= 2
    print(n, m, p, q, sorted(f), sorted(g), by, by is bz)
    u = v = "a"
    u += "b"
    u *= 2
    print(u, v)


@section
def targets():
    log = []

    class Box:
        def __init__(self, v):
            object.__setattr__(self, "v", v)

        def __getattr__(self, name):
            log.append(("get", name))
            return 10

        def __setattr__(self, name, value):
            log.append(("set", name, value))

        def __getitem__(self, k):
            log.append(("getitem", k))
            return 20

        def __setitem__(self, k, value):
            log.append(("setitem", k, value))
    b = Box(1)

    def box():
        log.append("box")
        return b

    def key():
        log.append("key")
        return "k"

    def value():
        log.append("value")
        return 1
    box().attr += value()
    box()[key()] -= value()
    b[1:2] *= value()
    b["x", 3] |= value()
    print(log)


@section
def tuple_item_pitfall():
    t = ([1],)
    try:
        t[0] += [2]
    except TypeError as e:
        print(e)
    print(t)
    error(lambda: exec("x = (1,)\nx[0] += 1"))
    error(lambda: exec("undefined += 1"))
    error(lambda: exec("def f():\n  local += 1\nf()"))
    error(lambda: exec("'abc'[0] += 'x'"))
    error(lambda: exec("(1).real += 2"))
    error(lambda: exec("d = {}\nd['k'] += 1"))


@section
def rebinding():
    class A:
        def __iadd__(self, other):
            return None
    x = A()
    x += 1
    print(x)

    class C:
        count = 0
    c = C()
    c.count += 1
    print(c.count, C.count, vars(c))

    class D:
        items = []
    d = D()
    d.items += [1]
    print(D.items, d.items is D.items, "items" in vars(d))
    x = 1
    x += (y := 5)
    x -= -1 if x else 0
    x *= 1, 
    print(x, y)


@section
def order():
    x = [1, 2, 3]

    def change():
        x.append(4)
        return 10
    x[0] += change()
    print(x)
    i = 0
    y = [0, 0]
    y[i] += (i := 1) + 1
    print(y, i)
