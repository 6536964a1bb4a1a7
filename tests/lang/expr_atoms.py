# expr_atoms.py - atoms and displays: parentheses, tuples, lists, sets, dicts, Ellipsis, constants, nesting.
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
def tuples():
    print((), (1,), (1, 2), 1, (1, 2,), ((),), ((1,),), (1, (2, (3,))), ("a" "b",), (None,))
    x = 1,
    y = 1, 2, 3
    z = ()
    w = (1)
    print(x, y, z, w, type(x), type(w), len(((1, 2), (3,))), *(1, 2), (*(1, 2), 3), ((yield_ := 5),))
    t = (*[1], *"ab", *(), *{7: 8}, *range(2))
    print(t, (*t,) == t, (*[],), [*t][0])


@section
def lists_and_sets():
    print([], [1], [1, ], [[]], [[], [[]]], [1, "a", None, ...], [*"ab", *[1, 2]], [*[]], [(1, 2), [3]])
    print({1}, {1, }, {1, 1.0, True}, len({1, 2, 2}), sorted({*"aab"}), sorted({*[1], *(2,), 3}), {(1, 2)}, {*()}, set())
    print([1] is [1], [] == [], type({}), type({1}), type({*()}), type({**{}}))
    error(lambda: {[]})
    error(lambda: {1, {}})
    error(lambda: [*1])
    error(lambda: {*None})
    error(lambda: (*5,))


@section
def dicts():
    print({}, {1: 2}, {1: 2, }, {"a": {"b": {}}}, {1: 1, 1: 2}, {1: "a", 1.0: "b", True: "c"}, {None: 0, ...: 1, (): 2})
    print({**{}}, {**{"a": 1}, "b": 2}, {"a": 0, **{"a": 1}}, {**{"a": 1}, "a": 0}, {**{1: 2}, **{1: 3, 4: 5}}, {"x": 1, **{}, "y": 2})
    print({(lambda: 1)(): (lambda: 2)()}, {1 if 1 else 2: 3 or 4}, {"a": [1, {"b": 2}]}, {1: (2, 3)}, {(1, 2): 3}[1, 2])
    error(lambda: {[]: 1})
    error(lambda: {**1})
    error(lambda: {**[1]})
    error(lambda: {**None})

    class M:
        def keys(self): return iter(["p", "q"])
        def __getitem__(self, k): return k * 2
    print({**M()}, dict(M()), {"z": 1, **M(), "p": 0})

    class Bad:
        keys = 5
    error(lambda: {**Bad()})


@section
def display_evaluation_order():
    log = []

    def n(x):
        log.append(x)
        return x
    {n(1): n(2), n(3): n(4), **{n(5): n(6)}}
    [n(7), *[n(8)], n(9)]
    (n(10), n(11)), {n(12), n(13)}
    print(log)
    d = {n("k"): n("v1"), n("k"): n("v2")}
    print(d, log[-4:])


@section
def constants():
    print(None, True, False, ..., Ellipsis, NotImplemented, __debug__, __name__)
    print(type(None), type(...), type(NotImplemented), None is None, ... is Ellipsis, (None,) == (None,), None == 0, True == 1, None == None)
    for source in ("None = 1", "True = 1", "False: int = 1", "... = 1", "__debug__ = 1", "(None) = 1", "[True] = [1]", "None += 1", "del None", "del True", "del ...", "del __debug__", "for None in x: pass", "def f(None): pass", "def None(): pass", "class True: pass", "lambda None: 1", "f(None=1)", "f(True=1)", "x.None", "x.True = 1", "None: int", "import None", "with x as None: pass", "def f(__debug__): pass", "f(__debug__=1)", "(None := 1)", "x = None = 1", "global None", "class C(None=1): pass", "__debug__: int", "import __debug__", "x.__debug__ = 1"):
        try:
            compile(source, "<t>", "exec")
            print(source, "-> fine")
        except SyntaxError as e:
            print(source, "->", e.msg, e.offset)


@section
def constant_folding_is_invisible():
    print((1, 2) + (3,), (1, 2)[0], "abc"[1], (1, 2) * 2, "ab" * 3, 2 ** 3 ** 2, -2 ** 2, not 1 + 1, 1 < 2 == True, 10 // 3 % 2, ~-1, 1 if () else 2, [1, 2][1], {1: 2}[1])
    error(lambda: 1 / 0)
    error(lambda: (1, 2)[5])
    error(lambda: "a" - "b")
    error(lambda: -"a")
    error(lambda: 2 ** -1 / 0)
    error(lambda: 1 << -1)
    error(lambda: "a" * "b")
    error(lambda: "%d" % "x")
    print("a%sb" % 1, "x" in "xyz", 1 in (1, 2), 1 in {1, 2}, 3 not in [1], "%s %s" % ("a", "b"), len("a" * 100), 0.1 + 0.2)


@section
def parenthesised():
    print(((((1))))), print(((1)+(2))*((3))), print((not (1)) or (2))
    (a) = 1
    ((b)) = 2
    (c), (d) = 3, 4
    [e] = [5]
    (f,) = [6]
    ([g, (h)]) = 7, 8
    print(a, b, c, d, e, f, g, h)
    x = (
        # comment
        1
        # another
    )
    print(x, ("implicit"
             " join"), (
        1,
    ), [
    ], {
    })
