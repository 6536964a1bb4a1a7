# slice_and_ellipsis.py - slice objects, Ellipsis, None, NotImplemented and their types.
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
def slices():
    s = slice(1, 10, 2)
    print(s, slice(5), slice(None), slice(1, 2), slice("a", "b", [1]), s.start, s.stop, s.step, s == slice(1, 10, 2), s != slice(1), slice(1, 2) < slice(1, 3), slice(1) == slice(None, 1, None), repr(slice(None)), hash(slice(1, 2)) == hash(slice(1, 2)), {slice(1): "x"}[slice(1)], type(s), s in [slice(1, 10, 2)], slice(1, 2) == (1, 2, None), slice(1.5, None) == slice(1.5, None))
    for n in (0, 1, 5, 10): print(n, [slice(*a).indices(n) for a in ((None,), (3,), (2, 4), (None, None, -1), (-3, None), (None, -2), (10, 20), (-20, -10), (5, 1, -2), (None, None, 3), (-1, None, -1), (4, None, -3))])
    class I:
        def __index__(self): return 2
    print(slice(I(), None).indices(5), slice(0, 10**30).indices(5), slice(-10**30, None, 10**30).indices(5), slice(1).indices(10**30), slice(None, None, -1).indices(10**20), slice(0, 5).indices(I()), "abcdef"[slice(1, 4)], [1, 2, 3][slice(None, None, -1)], (1, 2, 3)[slice(-2, None)])
    for f in (lambda: slice(), lambda: slice(1, 2, 3, 4), lambda: slice(stop=1), lambda: s.indices(), lambda: s.indices(-1), lambda: s.indices("a"), lambda: slice("a").indices(5), lambda: slice(0, 1, 0).indices(5), lambda: slice(1.5).indices(5), lambda: setattr(s, "start", 1), lambda: setattr(s, "x", 1), lambda: slice(1) < 5, lambda: slice(1) < slice("a"), lambda: hash(slice([])), lambda: type("S", (slice,), {}), lambda: iter(s), lambda: len(s), lambda: s[0], lambda: s(), lambda: [1][slice("a")]): error(f)
    x = list(range(6))
    x[slice(0, 2)] = "ab"
    del x[slice(None, None, 3)]
    print(x, sorted(n for n in dir(slice) if not n.startswith("_")))


@section
def ellipsis():
    print(..., Ellipsis, ... is Ellipsis, type(...), repr(...), str(...), bool(...), ... == ..., hash(...) == hash(Ellipsis), {...: 1}[...], [...], type(...)() is ..., f"{...}", "%s" % ..., ... is not None, ...in [...])
    for f in (lambda: ... + 1, lambda: ...(), lambda: ....x, lambda: setattr(..., "x", 1), lambda: ... < ..., lambda: type(...)(1), lambda: type("E", (type(...),), {}), lambda: len(...), lambda: ...[0], lambda: int(...), lambda: iter(...)): error(f)
    print((...).__class__.__name__, (...).__reduce__())


@section
def none():
    print(None, type(None), repr(None), str(None), bool(None), None == None, None is None, None == 0, None == False, hash(None) == hash(None), {None: 1}[None], [None], type(None)() is None, f"{None}", "%s" % None, None in [None], not None, None or 1, None and 1, None.__class__.__name__, None.__bool__(), None.__eq__(None), None.__eq__(1), (lambda: None)(), print.__call__(end=""), [].append(1))
    for f in (lambda: None + 1, lambda: 1 + None, lambda: None(), lambda: None.x, lambda: setattr(None, "x", 1), lambda: None < None, lambda: None < 1, lambda: None[0], lambda: len(None), lambda: iter(None), lambda: int(None), lambda: float(None), lambda: type(None)(1), lambda: type("N", (type(None),), {}), lambda: -None, lambda: None.__x, lambda: None[0:1], lambda: None @ 1, lambda: [*None], lambda: {**None}, lambda: next(None), lambda: None.append(1), lambda: delattr(None, "x"), lambda: "a" + None, lambda: "".join(None), lambda: sum([None]), lambda: max([None, 1]), lambda: sorted([1, None]), lambda: abs(None), lambda: round(None), lambda: chr(None), lambda: ord(None), lambda: range(None)): error(f)


@section
def not_implemented():
    print(NotImplemented, type(NotImplemented), repr(NotImplemented), type(NotImplemented)() is NotImplemented, NotImplemented == NotImplemented, hash(NotImplemented) == hash(NotImplemented), [NotImplemented], (1).__add__("a"), (1).__eq__("a"), [].__eq__(1), object().__eq__(1), object().__lt__(1), "".__add__.__name__, {}.__or__(1), (1.5).__lt__("x"), f"{NotImplemented}", NotImplemented.__reduce__())
    for f in (lambda: NotImplemented(), lambda: NotImplemented + 1, lambda: NotImplemented.x, lambda: type(NotImplemented)(1), lambda: NotImplemented < 1, lambda: len(NotImplemented), lambda: setattr(NotImplemented, "x", 1)): error(f)
