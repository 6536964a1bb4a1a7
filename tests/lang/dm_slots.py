# dm_slots.py - __slots__: layout, inheritance, conflicts, defaults, __dict__ and deletion.
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


class S:
    __slots__ = ("a", "b")

    def __init__(self, a=None):
        if a is not None:
            self.a = a


@section
def simple():
    s = S(1)
    print(s.a, hasattr(s, "b"), hasattr(s, "__dict__"), S.__slots__)
    s.b = 2
    print(s.a + s.b)
    del s.b
    error(lambda: s.b)
    error(lambda: delattr(s, "b"))
    error(lambda: setattr(s, "c", 3))
    error(lambda: s.c)
    error(lambda: delattr(s, "c"))
    error(lambda: vars(s))
    error(lambda: s.__dict__)
    print(type(S.a).__name__, S.a.__name__, S.a.__get__(s), S.a.__objclass__ is S)
    S.a.__set__(s, 10)
    print(s.a)
    S.a.__delete__(s)
    print(hasattr(s, "a"))
    error(lambda: S.a.__get__(5))
    error(lambda: S.a.__set__(object(), 1))


@section
def string_and_iterables():
    class One:
        __slots__ = "single"

    class Gen:
        __slots__ = (c for c in "xyz")

    class Dict:
        __slots__ = {"p": "doc of p", "q": None}

    class Empty:
        __slots__ = ()
    o = One()
    o.single = 1
    print(o.single, One.__slots__)
    error(lambda: setattr(o, "s", 1))
    g = Gen()
    g.x, g.y, g.z = 1, 2, 3
    print(g.x + g.y + g.z)
    d = Dict()
    d.p = 5
    print(d.p, Dict.__slots__)
    error(lambda: setattr(Empty(), "x", 1))


@section
def inheritance():
    class T(S):
        __slots__ = ("c",)

    class U(T):
        pass

    class V(S):
        __slots__ = ("a",)
    t = T(1)
    t.b, t.c = 2, 3
    print(t.a, t.b, t.c, hasattr(t, "__dict__"))
    error(lambda: setattr(t, "d", 4))
    u = U(1)
    u.c, u.d = 3, 4
    print(u.a, u.c, u.d, u.__dict__)
    v = V()
    v.a = "new"
    print(v.a, S.a.__get__(v) if hasattr(v, "zz") else "hidden")
    S.a.__set__(v, "old")
    print(v.a, S.a.__get__(v))

    class W(Plain := type("Plain", (), {})):
        __slots__ = ("x",)
    w = W()
    w.x, w.y = 1, 2
    print(w.x, w.__dict__)


@section
def with_dict_and_weakref():
    class D:
        __slots__ = ("a", "__dict__")
    d = D()
    d.a, d.z = 1, 2
    print(d.__dict__, d.a)

    class W:
        __slots__ = ("__weakref__",)
    print(W().__weakref__)
    error(lambda: type("Bad", (D,), {"__slots__": ("__dict__",)}))
    error(lambda: type("Bad", (W,), {"__slots__": ("__weakref__",)}))
    error(lambda: type("Bad", (), {"__slots__": ("__dict__", "__dict__")}))


@section
def errors():
    error(lambda: type("Bad", (), {"__slots__": ("a",), "a": 1}))
    error(lambda: type("Bad", (), {"__slots__": 5}))
    error(lambda: type("Bad", (), {"__slots__": ("1a",)}))
    error(lambda: type("Bad", (), {"__slots__": ("a b",)}))
    error(lambda: type("Bad", (), {"__slots__": (5,)}))
    error(lambda: type("Bad", (int,), {"__slots__": ("x",)}))
    error(lambda: type("Bad", (tuple,), {"__slots__": ("x",)}))
    error(lambda: type("Bad", (bytes,), {"__slots__": ("x",)}))
    error(lambda: type("Bad", (S, type("Z", (), {"__slots__": ("z",)})), {}))
    print(type("Good", (int,), {"__slots__": ()})(5), type("Good", (list,), {"__slots__": ("x",)})([1]))
    print(type("Good", (S, type("Z", (), {"__slots__": ()})), {}).__name__)


@section
def builtin_bases():
    class L(list):
        __slots__ = ("tag",)
    x = L([1, 2])
    x.tag = "t"
    print(x, x.tag, hasattr(x, "__dict__"))

    class I(int):
        __slots__ = ()
    error(lambda: setattr(I(5), "x", 1))

    class F(float):
        pass
    f = F(1.5)
    f.x = 1
    print(f + f.x)

    class E(Exception):
        __slots__ = ("extra",)
    e = E("m")
    e.extra, e.more = 1, 2
    print(e.extra, e.more, e.args)

    class T(tuple):
        __slots__ = ()
        x = property(lambda self: self[0])
    print(T((7, 8)).x, T((1,)) == (1,))


@section
def mangled():
    class M:
        __slots__ = ("__private", "__dunder__", "_one")

        def __init__(self):
            self.__private = 1
            self._one = 2
    m = M()
    print(m._M__private, m._one, sorted(n for n in vars(M) if "private" in n), M.__slots__)


@section
def class_assignment():
    class A:
        __slots__ = ("x", "y")

    class B:
        __slots__ = ("x", "y")

    class C:
        __slots__ = ("x",)
    a = A()
    a.x = 1
    a.__class__ = B
    print(type(a).__name__, a.x)
    error(lambda: setattr(a, "__class__", C))

    class D:
        __slots__ = ("v",)
        default = 3

        def __init__(self):
            self.v = self.default
    print(D().v, D.default)
    error(lambda: setattr(D(), "default", 4))
