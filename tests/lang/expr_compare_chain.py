# expr_compare_chain.py - chained comparisons, identity and membership: short circuit, single evaluation, results.
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


class T:
    def __init__(self, name, log): self.name, self.log = name, log
    def __lt__(self, o):
        self.log.append(f"{self.name}<{o.name}")
        return self.name < o.name
    def __eq__(self, o):
        self.log.append(f"{self.name}=={o.name}")
        return self.name == o.name
    __hash__ = None


@section
def single_evaluation():
    log = []

    def t(name):
        log.append(f"eval {name}")
        return T(name, log)
    print(t("a") < t("b") < t("c"), log)
    log.clear()
    print(t("b") < t("a") < t("c"), log)
    log.clear()
    print(t("a") < t("b") == t("b") < t("c") < t("d"), log)
    log.clear()
    print(not t("a") < t("b") < t("a"), log)


@section
def results():
    class R:
        def __init__(self, v): self.v = v
        def __lt__(self, o): return self.v
        def __gt__(self, o): return o
    print(R("first") < R(0) < R(1), R("") < R(0) < R(1), R([]) < 1 < R(5), R("x") < R("y") < 3, R("x") > "end", R(1) < 2 > 1)
    x = R("yes") < R("maybe") < 9
    print(x, 1 < 2 < 3, 3 > 2 > 2, 1 < 3 > 2, 1 == 1.0 == True, 1 != 2 != 1, 5 >= 5 > 4 <= 4 == 4)


@section
def in_conditions():
    def f(lo, x, hi):
        if lo <= x < hi: return "in"
        elif x < lo < hi: return "below"
        return "above"
    print(f(0, 5, 10), f(0, -1, 10), f(0, 10, 10))
    print([x for x in range(10) if 2 < x < 6 != 5], [x for x in range(6) if not 1 < x < 4], "y" if 1 < 2 < 3 else "n", (1 < 2 < 3 and "and"), (3 < 2 < 1 or "or"))
    i = 0
    while 0 <= i < 3: i += 1
    print(i)
    assert 1 < 2 < 3
    try:
        assert 1 < 2 < 2, "chain"
    except AssertionError as e:
        print(e)
    print((lambda a, b, c: a < b < c)(1, 2, 3), [1 < x < 3 for x in range(4)], {x: 0 < x <= 1 for x in range(3)}, f"{1 < 2 < 3}", not 1 < 2 < 3)


@section
def mixed_operators():
    l = [1, 2]
    print(1 in l == True, 1 in l in [l], 1 in l is True, 1 in l != 5, 1 is 1 in [1] if 0 else "skip", [1] in [[1]] == [[1]], None is None is not 5, l is l == l is not None, 1 < 2 in l, "a" in "ab" in ["ab"])
    print(l == [1, 2] != [2], () < (1,) < (1, 0) < (2,), "a" < "b" < "c" <= "c", [] < [0] < [0, 0], {1} < {1, 2} < {1, 2, 3}, 1 < 1.5 < 2, -1 < False < True < 2)


@section
def type_errors():
    for f in (lambda: 1 < "a", lambda: 1 < 2 < "a", lambda: 2 < 1 < "a", lambda: "a" <= 1, lambda: [] > (), lambda: {} < {}, lambda: None < None, lambda: 1j < 2j, lambda: 1 < None, lambda: [1] < ["a"], lambda: [1, 2] < [1, "a"], lambda: [2, 1] < [1, "a"],
              lambda: (1,) < [1], lambda: {1} < [1], lambda: {1} < 5, lambda: int < str, lambda: len > print, lambda: b"a" < "a", lambda: range(3) < range(4), lambda: object() < object(), lambda: 1 in 5, lambda: 1 in None, lambda: "a" in 5, lambda: 1 in "a", lambda: [] in "a", lambda: 1 not in 5.0, lambda: b"a" in "a", lambda: 256 in b"a", lambda: "a" in b"a"):
        error(f)


@section
def membership_kinds():
    print(1 in (1, 2), 3 in [1], 1 in {1: 2}, 2 in {1: 2}, "bc" in "abcd", "" in "", b"b" in b"abc", 98 in b"abc", 2 in range(5), 5 in range(5), 2.0 in range(5), "2" in range(5), 1.5 in range(5), None in [None], () in [()], 1 in iter([1, 2]), 1 in (x for x in (1, 2)), 1 in zip(), "a" in {"a": 1}.keys(), 1 in {"a": 1}.values(), ("a", 1) in {"a": 1}.items())
    it = iter([1, 2, 3, 4])
    print(2 in it, list(it), 5 in iter([]))
    g = (x for x in range(10))
    print(3 in g, next(g))

    class Weird:
        def __eq__(self, o): return "truthy string"
        __hash__ = None
    print(Weird() in [1], 1 in [Weird()], [Weird()].count(1), [Weird()].index(5), Weird() == 1, (Weird() == 1) is True)


@section
def identity():
    a, b = [], []
    print(a is a, a is b, a is not b, not a is b, None is None, (a is b) is False, a is not a, ... is ..., type(a) is list, a.__class__ is b.__class__, True is (1 == 1), () is not None)
    f = lambda: None
    print(f() is None, f() is not f, f is f, f.__name__ is not None, print is print, int is int, NotImplemented is NotImplemented)


@section
def exceptions_inside():
    class X:
        def __lt__(self, o): raise ValueError("lt")
        def __eq__(self, o): raise KeyError("eq")
        def __contains__(self, o): raise OSError("contains")
        __hash__ = None
    for f in (lambda: 1 < X() if 0 else X() < 1, lambda: 1 < 2 < X() if 0 else 0 < 1 == X(), lambda: 2 < 1 == X(), lambda: 1 in X(), lambda: X() in [1, 2], lambda: X() != 1 if 0 else X() == X(), lambda: [X()] == [1], lambda: (1, X()) < (1, 2), lambda: sorted([X(), X()])):
        try: print(f())
        except Exception as e: print(repr(e))
