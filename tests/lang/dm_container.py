# dm_container.py - __getitem__, __setitem__, __delitem__, __contains__, __missing__, __length_hint__.
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


class C:
    def __getitem__(self, k):
        return ("get", k)

    def __setitem__(self, k, v):
        print("set", k, v)

    def __delitem__(self, k):
        print("del", k)


@section
def keys():
    c = C()
    print(c[1], c[-1], c["a"], c[1:2], c[1:2:3], c[:], c[::], c[...], c[1, 2], c[1:2, 3], c[()], c[(1,)], c[1,], c[None], c[:, ...])
    print(c[1:2,], c[*[1, 2]], c[*"ab", 3], c[1:, *[2]], c[lambda: 1][0], c[(yes := 5)], yes, c[not 1], c[1 if 0 else 2], c[[1]], c[c[1]])
    c[0] = 1
    c[1:2] = 3
    c[1, ...] = c["x"] = 4
    c[0], c[1] = 5, 6
    del c[1], c["a"]
    del c[1:2, ::3], (c[4], [c[5]])
    for c["loop"] in (1, 2):
        pass
    with type("M", (), {"__enter__": lambda s: "entered", "__exit__": lambda *a: None})() as c["with"]:
        pass
    [c[i] for i in range(2)]
    c[0] += (1,)


@section
def missing_methods():
    class E:
        pass
    e = E()
    error(lambda: e[0])
    error(lambda: E[0])
    error(lambda: exec("e[0] = 1", {"e": e}))
    error(lambda: exec("del e[0]", {"e": e}))
    error(lambda: exec("e[0] += 1", {"e": e}))
    error(lambda: 1 in e)
    error(lambda: 1 in 5)
    error(lambda: 5[0])
    error(lambda: None[0])
    error(lambda: len[0])
    error(lambda: (lambda: 1)[0])
    error(lambda: exec("'abc'[0] = 'x'"))
    error(lambda: exec("del (1, 2)[0]"))
    error(lambda: exec("{1, 2}[0]"))
    error(lambda: exec("del 'abc'[0]"))
    e.__getitem__ = lambda k: k
    error(lambda: e[0])


@section
def contains():
    class WithContains:
        def __contains__(self, x):
            return x

    class WithIter:
        def __iter__(self):
            print("  iter", end="")
            return iter([1, 2, 3])

    class WithGetitem:
        def __getitem__(self, i):
            print("  item", i, end="")
            if i >= 3:
                raise IndexError
            return i * 10
    w = WithContains()
    print(1 in w, 0 in w, "" in w, [1] in w, 1 not in w, "" not in w)
    print(2 in WithIter(), 5 in WithIter(), 5 not in WithIter())
    print(10 in WithGetitem(), 11 in WithGetitem())

    class Blocked(list):
        __contains__ = None
    error(lambda: 1 in Blocked([1]))

    class BadIter:
        def __iter__(self):
            return 5
    error(lambda: 1 in BadIter())

    class KeyErr:
        def __getitem__(self, i):
            raise KeyError(i)
    error(lambda: 1 in KeyErr())


@section
def missing():
    class D(dict):
        def __missing__(self, key):
            return f"missing {key}"
    d = D(a=1)
    print(d["a"], d["b"], d.get("b"), "b" in d, len(d), d.setdefault("c", 3), d.pop("zz", None), dict(d))

    class Auto(dict):
        def __missing__(self, key):
            self[key] = value = Auto()
            return value
    a = Auto()
    a["x"]["y"]["z"] = 1
    print(a, a["x"]["q"], a)

    class Raises(dict):
        def __missing__(self, key):
            raise LookupError("no " + key)
    error(lambda: Raises()["k"])

    class Instance(dict):
        pass
    i = Instance()
    i.__missing__ = lambda key: "no"
    error(lambda: i["k"])
    error(lambda: {}["k"])
    error(lambda: {}[1, 2])
    error(lambda: {}[None])
    print("%(x)s" % D(x=5), "%(y)s" % D(), "{x}".format_map(D()), eval("x", {}, D()))


@section
def subclass_overrides():
    class L(list):
        def __getitem__(self, i):
            return ("L", i)

        def __iter__(self):
            return iter("iter")
    x = L([1, 2, 3])
    print(x[0], x[1:], list(x), x.pop(), list.__getitem__(x, 0), x == [1, 2], [*x], sorted(x), sum([1, 2]), "i" in x, 1 in x)
    a, *b = x
    print(a, b, repr(x), x.copy(), x + [5], max(x))

    class D(dict):
        def __getitem__(self, k):
            return "D"

        def keys(self):
            return ["fake"]
    d = D(a=1)
    print(d["zz"], d.get("a"), dict(d), {**d}, d.items(), list(d), d | {})

    class S(str):
        def __getitem__(self, i):
            return "S"
    print(S("abc")[0], list(S("abc")), S("abc")[1:], S("abc").upper(), [c for c in S("ab")])


@section
def length_hint():
    class H:
        def __init__(self, hint):
            self.hint = hint

        def __iter__(self):
            return iter([1, 2])

        def __length_hint__(self):
            return self.hint
    print(list(H(0)), list(H(2)), list(H(1000)), list(H(NotImplemented)), tuple(H(1)), bytes(H(7)))
    error(lambda: list(H(-1)))
    error(lambda: list(H("x")))
    print([*H(5)], sorted(H(3)), iter([1, 2, 3]).__length_hint__(), iter(range(5)).__length_hint__(), iter("ab").__length_hint__())


@section
def class_level():
    class M(type):
        def __getitem__(cls, k):
            return (cls.__name__, k)

        def __contains__(cls, x):
            return x == "in"

        def __len__(cls):
            return 3

        def __iter__(cls):
            return iter(["it", "er"])
    A = M("A", (), {})
    print(A[1], "in" in A, "out" in A, len(A), list(A), [*A])
    error(lambda: A()[1])
