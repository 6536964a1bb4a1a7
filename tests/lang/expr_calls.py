# expr_calls.py - calls: every argument form, unpacking, order of evaluation, what reaches *args and **kw.
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


def show(*args, **kw):
    return args, kw


def full(a, b=2, /, c=3, *args, d, e=5, **kw):
    return a, b, c, args, d, e, kw


@section
def forms():
    print(show(), show(1), show(1, 2), show(a=1), show(1, a=2), show(*[1]), show(**{"a": 1}), show(*[1], **{"a": 1}), show(1, *[2], 3, *[4, 5]), show(a=1, **{"b": 2}, c=3, **{"d": 4}))
    print(show(*[1], a=2, *[3]), show(*"ab", *(), *{"k": 1}, *range(2)), show(**{}), show(*()), show(1,), show(*[1],), show(a=1,), show(**{"a": 1},))
    print(show(*(x for x in "xy")), show(x for x in "ab")[0][0].__class__.__name__, show((x for x in ()), 1)[1], show(*[[1, 2]], **{"x y": 1, "1": 2}))
    print(show(print), show(lambda: 1)[1], show(1 if 0 else 2), show((yes := 5)), show(no := 6), no, show([1][0]), show(*[1] or [2]), show(not 1), show(-1), show(...), show(a=lambda x: x)[0], show("a" "b"), show(f=f"{1}"))


@section
def binding():
    print(full(1, d=4), full(1, 2, 3, 4, 5, d=6), full(1, c=9, d=4), full(1, 2, d=4, e=6, z=7), full(*[1, 2, 3], **{"d": 4}), full(1, d=4, a=10, b=11), full(1, **{"d": 1, "a": 2}))
    for f in (lambda: full(), lambda: full(1), lambda: full(d=1), lambda: full(a=1, d=2), lambda: full(1, 2, 3, c=4, d=5), lambda: full(1, d=4, **{"d": 5}), lambda: full(1, **{"d": 1}, **{"d": 2}), lambda: full(1, **{1: 2}, d=3), lambda: full(1, *5, d=1), lambda: full(1, d=1, **5), lambda: full(*None), lambda: full(**None), lambda: full(1, *[2], d=3, **[("a", 1)])):
        error(f)


@section
def arity_messages():
    def none(): pass
    def one(a): pass
    def two(a, b): pass
    def three(a, b, c): pass
    def deflt(a, b=1): pass
    def deflt2(a=1, b=2): pass
    def kwonly(*, k): pass
    def kwonly2(*, k, l, m=1): pass
    def posonly(a, b, /): pass
    def posdef(a, b=1, /, c=2): pass
    def mixed(a, *, k=1): pass
    def mixed2(a, b=1, *, k): pass
    for f in (lambda: none(1), lambda: none(1, 2), lambda: one(), lambda: one(1, 2), lambda: two(), lambda: two(1), lambda: three(), lambda: three(1), lambda: deflt(), lambda: deflt(1, 2, 3), lambda: deflt2(1, 2, 3), lambda: kwonly(), lambda: kwonly(1), lambda: kwonly2(), lambda: kwonly2(k=1), lambda: kwonly(1, k=2), lambda: kwonly2(1, 2, k=1, l=2), lambda: posonly(a=1, b=2), lambda: posonly(1, b=2), lambda: posonly(), lambda: posdef(a=1), lambda: posdef(1, b=2), lambda: mixed(1, 2), lambda: mixed(1, 2, k=3), lambda: mixed(1, 2, 3, k=4), lambda: mixed2(1, 2, 3, k=4), lambda: mixed2(), lambda: none(x=1), lambda: one(1, a=2), lambda: one(b=1), lambda: one(1, b=2), lambda: two(1, 2, c=3, d=4), lambda: two(b=1), lambda: (lambda x: x)(), lambda: (lambda: 1)(1), lambda: one(**{"a b": 1}), lambda: two(1, 2, b=3), lambda: posonly(1, 2, 3), lambda: posdef(), lambda: deflt(b=1), lambda: kwonly(**{"k": 1, "K": 2})):
        error(f)


@section
def suggestions():
    def f(alpha, *, beta=1): pass
    error(lambda: f(1, betta=2))
    error(lambda: f(alfa=2))
    error(lambda: f(1, zzz=2))
    error(lambda: int("5", bas=10))
    error(lambda: print(ends=""))
    error(lambda: sorted([], reversed=True))


@section
def evaluation_order():
    log = []

    def n(x, r=None):
        log.append(x)
        return r if r is not None else x
    n("callee", show)(n(1), *n("star", [2]), n(3), a=n("kw a"), **n("dstar", {"b": 1}), c=n("kw c"))
    print(log)
    log.clear()
    n("f", show)(a=n("first"), *n("star after", [1]))
    print(log)
    log.clear()
    n("obj", type("O", (), {"m": show})).m(n(1), n(2))
    error(lambda: n("callee", 5)(n("argument is evaluated first")))
    error(lambda: show(n("ok"), *n("star", 5), n("not reached")))
    print(log)


@section
def argument_isolation():
    def mutate(*args, **kw):
        kw["x"] = "changed"
        return kw
    d = {"x": 1}
    print(mutate(**d), d)
    t = (1, 2)
    l = [1, 2]
    def grab(*args): return args
    print(grab(*t) == t, grab(*l), type(grab(*l)))
    def fresh(**kw): return kw
    print(fresh() is fresh(), fresh(**d) is d)
    def order(**kw): return list(kw)
    print(order(b=1, a=2, **{"d": 3, "c": 4}), order(**{"z": 1}, y=2))


@section
def mapping_like():
    class M:
        def keys(self): return ["p", "q"]
        def __getitem__(self, k): return k.upper()
    class NotStr:
        def keys(self): return [1]
        def __getitem__(self, k): return k
    class Fails:
        def keys(self): raise ValueError("keys")
        def __getitem__(self, k): pass
    class NoKeys: pass
    print(show(**M()), dict(**M()))
    for m in (NotStr(), Fails(), NoKeys(), 5, "ab", [("a", 1)]):
        error(lambda: show(**m))

    class It:
        def __iter__(self):
            yield 1
            raise KeyError("mid")
    error(lambda: show(*It()))
    error(lambda: show(*5))
    error(lambda: show(1, *5, 6))


@section
def builtins_with_unpacking():
    print(max(*[1, 5, 3]), min(*"hello"), sum(*[[1, 2]]), len(*["abc"]), int(*["ff", 16]), int(**{"base": 16, "x": 1}) if 0 else "", "{} {x}".format(*[1], **{"x": 2}), dict(*[[("a", 1)]], **{"b": 2}), sorted(*[[3, 1]], **{"reverse": True}), print(*[], **{"end": ""}), range(*(1, 4)), "a-b".split(*"-"), [].append(*[1]), type(*("X", (), {})).__name__)
