# tuple_type.py - tuple: construction, indexing, methods, comparison, hashing, immutability, subclass.
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
def construct():
    print((), (1,), (1, 2), tuple(), tuple("ab"), tuple([1, 2]), tuple({"k": 1}), tuple(range(3)), tuple(x for x in "g"), tuple((1, 2)), (1, "a", None, (2, [3])), 1, *(2, 3), (*[1], *(2,)), ((1)), ((1,),), tuple(b"a"), tuple(iter([1])), tuple(map(str, (1, 2))))
    for f in (lambda: tuple(5), lambda: tuple(None), lambda: tuple(1, 2), lambda: tuple(sequence=()), lambda: (1,) + [2], lambda: (1,) + 2, lambda: (1,) * "a", lambda: (1,) * 1.5, lambda: (1,) - (1,), lambda: (1,)[1], lambda: (1,)["a"], lambda: (1,)[1.0], lambda: (1,) * 2**62): error(f)


@section
def operations():
    t = (1, 2, 3, 2)
    print(t[0], t[-1], t[1:3], t[::-1], t[::2], t[5:], len(t), t.count(2), t.index(2), t.index(2, 2), 3 in t, 9 not in t, t + (4,), t * 2, 0 * t, () + t == t, t == (1, 2, 3, 2), bool(()), bool((0,)), sum(t), max(t), min(t), sorted(t), list(reversed(t)), *t, [x for x in t], t[:] == t, repr(t), str(()), f"{(1,)}", "%s %s" % (1, 2), hash(t) == hash((1, 2, 3, 2)), {t: 1}[t], type(t + ()), (1, 2) + (3,) * 2)
    for f in (lambda: t.index(9), lambda: t.index(1, 1), lambda: t.index(), lambda: t.count(), lambda: t.append(1), lambda: exec("t[0] = 1", {"t": t}), lambda: exec("del t[0]", {"t": t}), lambda: exec("t.x = 1", {"t": t}), lambda: t.sort(), lambda: hash(([],)), lambda: {(1, {}): 1}, lambda: t.index(1, "a"), lambda: exec("t[0] += 1", {"t": t}), lambda: exec("t[:] = ()", {"t": t})): error(f)
    t2 = t
    t2 += (9,)
    t3 = t
    t3 *= 2
    print(t, t2, t3, t2 is t)
    m = ([],)
    m[0].append(1)
    print(m, m == ([1],))


@section
def comparison():
    print((1, 2) < (1, 3), (1,) < (1, 0), () < (0,), (2,) > (1, 9), (1, 2) == (1.0, 2), (1,) != [1], (1, "a") < (1, "b"), (1, (2, 3)) < (1, (2, 4)), (1, 2) <= (1, 2), sorted([(2, "a"), (1, "b"), (1, "a")]), max((1, 2), (1, 1, 9)), (None,) == (None,), (1, None) == (1, None), (1, "a") < (2, None), (float("nan"),) == (float("nan"),), ((),) > ())
    for f in (lambda: (1,) < ("a",), lambda: (1,) < [1], lambda: (1, None) < (1, 2), lambda: (1,) < 5): error(f)
    nan = float("nan")
    print((nan,) == (nan,), (nan,) in [(nan,)], (1, nan).index(nan), (nan, nan).count(nan))


@section
def hashing():
    print(hash(()) == hash(()), hash((1, 2)) == hash((1.0, 2.0)), hash((1, (2, 3))) == hash((1, (2, 3))), len({(1, 2), (2, 1), (1, 2)}), {(i, j): i * j for i in range(3) for j in range(2)}, (True, 1) == (1, True), hash((True,)) == hash((1,)), {(): "empty"}[()], {1: 2, (1,): 3}[1,])


@section
def unpacking_and_swap():
    a, b = (1, 2)
    a, b = b, a
    (c, d), e = (3, 4), 5
    f, *g = (6,)
    *h, i = (7, 8, 9)
    print(a, b, c, d, e, f, g, h, i, (lambda *t: t)(*(1, 2)), (lambda x, y: x + y)(*(1, 2)), dict([(1, 2)]), [x + y for x, y in ((1, 2), (3, 4))])
    def many(): return 1, (2, 3), [4]
    x, (y, z), [w] = many()
    print(x, y, z, w, many()[1][0])


@section
def subclass():
    class P(tuple):
        __slots__ = ()
        def __new__(cls, x, y): return super().__new__(cls, (x, y))
        x = property(lambda self: self[0])
        y = property(lambda self: self[1])
        def __repr__(self): return f"P(x={self.x}, y={self.y})"
        def __add__(self, o): return P(self.x + o.x, self.y + o.y)
    p = P(1, 2)
    print(p, p.x, p == (1, 2), hash(p) == hash((1, 2)), p + P(3, 4), type(p[:]).__name__, type(p * 1).__name__, isinstance(p, tuple), [*p], {p: 1}[(1, 2)], len(p), p < (1, 3), tuple(p), type(tuple(p)).__name__, (0,) + tuple(p), sorted([P(2, 1), P(1, 2)]))
    error(lambda: setattr(p, "x", 5))
    error(lambda: setattr(p, "z", 5))
    error(lambda: P(1))
    class D(tuple): pass
    d = D("ab")
    d.attr = 1
    print(d, d.attr, d + ("c",), type(d + ()).__name__, "%s%s" % d, D(), D([1]), D((1, 2)) == (1, 2))
    class It(tuple):
        def __iter__(self): return iter("iter")
        def __len__(self): return 99
        def __getitem__(self, i): return "item"
    t = It((1, 2))
    print(list(t), len(t), t[0], tuple.__len__(t), tuple.__getitem__(t, 0), t == (1, 2))


@section
def nested_and_large():
    t = tuple(range(200))
    print(len(t), t[150], t[-50:-47], sum(t), t.index(199), t[::50], (t + t)[200], t == tuple(list(t)), hash(t) == hash(tuple(range(200))))
    n = ()
    for i in range(10): n = (n, i)
    print(n)
    x = []
    y = (x, 1)
    x.append(y)
    print(y, x, y == y)
    print(sorted(n for n in dir(tuple) if not n.startswith("_")))
