# dm_reduce.py - __reduce_ex__, __reduce__, __getstate__, __getnewargs__ and a small copy made from them.
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


def rebuild(reduced):
    """What copy and pickle do with the result of __reduce_ex__."""
    func, args, *rest = reduced
    obj = func(*args)
    state = rest[0] if rest else None
    if state is not None:
        if hasattr(obj, "__setstate__"):
            obj.__setstate__(state)
        else:
            slots = None
            if isinstance(state, tuple) and len(state) == 2:
                state, slots = state
            if state:
                obj.__dict__.update(state)
            for k, v in (slots or {}).items():
                setattr(obj, k, v)
    if len(rest) > 1 and rest[1] is not None:
        obj.extend(rest[1])
    if len(rest) > 2 and rest[2] is not None:
        for k, v in rest[2]:
            obj[k] = v
    return obj


def names(reduced):
    func, args, *rest = reduced
    return func.__name__, len(args), [type(r).__name__ for r in rest]


class Plain:
    def __init__(self, a=1):
        self.a = a


class Slots:
    __slots__ = ("x", "y")


class Both(Slots):
    pass


class L(list):
    pass


class D(dict):
    pass


class T(tuple):
    pass


class I(int):
    pass


@section
def instances():
    p = Plain(5)
    for proto in (2, 3, 4):
        r = p.__reduce_ex__(proto)
        q = rebuild(r)
        print(names(r), type(q).__name__, q.a, q is p, r[2])
    s = Slots()
    s.x = 1
    q = rebuild(s.__reduce_ex__(2))
    print(q.x, hasattr(q, "y"), s.__reduce_ex__(2)[2])
    b = Both()
    b.x, b.z = 1, 3
    q = rebuild(b.__reduce_ex__(4))
    print(q.x, q.z, b.__reduce_ex__(4)[2])


@section
def containers():
    x = L([1, 2])
    x.tag = "t"
    y = rebuild(x.__reduce_ex__(2))
    print(y, y.tag, type(y).__name__, names(x.__reduce_ex__(2)))
    d = D(a=1)
    d.tag = "u"
    e = rebuild(d.__reduce_ex__(2))
    print(e, e.tag, names(d.__reduce_ex__(2)))
    t = T((1, 2))
    t.tag = "v"
    u = rebuild(t.__reduce_ex__(2))
    print(u, u.tag, type(u).__name__)
    i = I(7)
    i.tag = "w"
    j = rebuild(i.__reduce_ex__(2))
    print(j, j.tag, type(j).__name__)
    print(names(set([1]).__reduce__()), rebuild(set([1]).__reduce__()), rebuild(frozenset([2]).__reduce__()), rebuild(bytearray(b"q").__reduce_ex__(2)), rebuild(range(1, 5, 2).__reduce__()), rebuild((1 + 2j).__reduce_ex__(2)) if hasattr(1j, "__getnewargs__") else "")


@section
def getstate():
    print(Plain().__getstate__(), object().__getstate__(), Slots().__getstate__(), L().__getstate__())
    b = Both()
    b.x, b.w = 1, 2
    print(b.__getstate__())

    class Custom(Plain):
        def __getstate__(self):
            return ["custom", self.a]

        def __setstate__(self, state):
            self.a = state[1] * 10
    c = Custom(4)
    print(c.__reduce_ex__(2)[2], rebuild(c.__reduce_ex__(2)).a)

    class NoState(Plain):
        def __getstate__(self):
            return None
    print(NoState().__reduce_ex__(2)[2], hasattr(rebuild(NoState().__reduce_ex__(2)), "a"))


@section
def newargs():
    class N:
        def __new__(cls, a, b=0):
            self = super().__new__(cls)
            self.ab = (a, b)
            return self

        def __getnewargs__(self):
            return self.ab

    class X:
        def __new__(cls, *, key):
            self = super().__new__(cls)
            self.key = key
            return self

        def __getnewargs_ex__(self):
            return (), {"key": self.key}
    print(rebuild(N(1, 2).__reduce_ex__(2)).ab, N(1, 2).__reduce_ex__(2)[1][1:])
    print(rebuild(X(key=5).__reduce_ex__(4)).key, X(key=5).__reduce_ex__(4)[0].__name__)
    print((5).__getnewargs__(), "s".__getnewargs__(), (1, 2).__getnewargs__(), 1.5.__getnewargs__(), (1j).__getnewargs__(), b"b".__getnewargs__())

    class Bad:
        def __getnewargs__(self): return 5

    class BadEx:
        def __getnewargs_ex__(self): return ()
    error(lambda: Bad().__reduce_ex__(2))
    error(lambda: BadEx().__reduce_ex__(4))


@section
def overriding():
    class R:
        def __reduce__(self):
            return ("reduced",)

    class E:
        def __reduce_ex__(self, proto):
            return ("ex", proto)
    print(R().__reduce_ex__(2), R().__reduce_ex__(4), E().__reduce_ex__(3), R().__reduce__())
    error(lambda: object().__reduce_ex__("x"))
    error(lambda: object().__reduce_ex__())
    for x in ((lambda: 1), (i for i in ()), memoryview(b"x"), type(None)):
        try:
            r = x.__reduce_ex__(2)
            print("reduces", type(r).__name__)
        except TypeError as e:
            print(type(e).__name__, str(e).split(" object")[0])


@section
def iterators():
    for it in (iter([1, 2, 3]), iter((1, 2, 3)), iter(range(3)), reversed([1, 2, 3]), enumerate([5, 6]), zip([1], [2]), map(str, [1, 2]), filter(None, [0, 1])):
        next(it)
        r = it.__reduce__()
        print(type(it).__name__, r[0].__name__, list(rebuild(r) if len(r) < 3 else r[0](*r[1])) if type(it).__name__ in ("zip", "map", "filter", "enumerate") else "indexed")


@section
def exceptions():
    e = ValueError("m", 5)
    e.extra = 1
    print(e.__reduce__()[0].__name__, e.__reduce__()[1], e.__reduce__()[2])
    o = OSError(2, "no file", "name")
    print(o.__reduce__()[1], rebuild(e.__reduce__()).args)
    k = KeyError("k")
    print(rebuild(k.__reduce__()).args, len(k.__reduce__()))
