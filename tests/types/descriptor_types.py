# descriptor_types.py - the descriptor types behind builtin attributes: slots, getset, methods, wrappers.
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
    def m(self): pass


@section
def member_descriptors():
    d = S.a
    s = S()
    print(type(d).__name__, d.__name__, d.__qualname__, d.__objclass__ is S, d.__doc__, repr(d).replace(" at", ""))
    error(lambda: d.__get__(s))
    d.__set__(s, 5)
    print(d.__get__(s), d.__get__(s, S), d.__get__(None, S) is d, s.a)
    d.__delete__(s)
    for f in (lambda: s.a, lambda: d.__delete__(s), lambda: d.__get__(5), lambda: d.__set__(5, 1), lambda: d.__get__(), lambda: d.__get__(None), lambda: setattr(d, "__name__", "x"), lambda: d()): error(f)
    class T(S): pass
    t = T()
    S.b.__set__(t, "inherited slot")
    print(t.b, T.b is S.b, S.__dict__["b"] is S.b)
    T.b = "class attribute"
    print(t.b, S.b.__get__(t))


@section
def getset_descriptors():
    for d, obj in ((int.real, 5), (int.imag, 5), (int.numerator, 7), (float.real, 1.5), (complex.imag, 1j), (type.__dict__["__name__"], int), (type.__dict__["__mro__"], bool), (BaseException.args, ValueError(1)), (type(section).__code__, section)):
        print(type(d).__name__, d.__name__, d.__objclass__.__name__, d.__get__(obj) if d.__name__ != "__code__" else "code", d.__get__(None, type(obj)) is d)
    for f in (lambda: int.real.__get__("a"), lambda: int.real.__set__(5, 1), lambda: int.real.__delete__(5), lambda: int.real(), lambda: int.real.__get__(None), lambda: type.__dict__["__mro__"].__set__(S, ())): error(f)
    e = ValueError(1)
    BaseException.args.__set__(e, (2, 3))
    print(e.args)
    class Own: pass
    dd, o = Own.__dict__["__dict__"], Own()
    print(type(dd).__name__, dd.__get__(o))
    dd.__set__(o, {"x": 1})
    print(o.x)


@section
def method_descriptors():
    for d in (str.upper, list.append, dict.get, int.bit_length, bytes.hex, set.add, type.mro): print(type(d).__name__, d.__name__, d.__qualname__, d.__objclass__.__name__, repr(d))
    print(str.upper("a"), str.upper.__get__("b")(), str.upper.__get__("c", str)(), str.upper.__get__(None, str) is str.upper, list(map(str.strip, [" a "])), str.upper.__call__("d"), int.bit_length(True))
    x = []
    list.append(x, 1)
    list.append.__get__(x)(2)
    print(x, "".join.__self__ == "", x.append.__self__ is x, x.append.__name__, str.upper == str.upper, hash(str.upper) == hash(str.upper))
    for f in (lambda: str.upper(), lambda: str.upper(5), lambda: str.upper("a", "b"), lambda: list.append([]), lambda: list.append((), 1), lambda: str.upper.__get__(5), lambda: str.upper.__get__(None), lambda: int.bit_length(1.5), lambda: setattr(str.upper, "x", 1), lambda: str.upper.nope): error(f)
    class L(list): pass
    print(L.append is list.append, L.__dict__.get("append"))


@section
def slot_wrappers():
    for d in (int.__add__, object.__repr__, list.__len__, str.__eq__, type.__call__, object.__init__, dict.__getitem__ if type(dict.__getitem__).__name__ == "wrapper_descriptor" else dict.__len__): print(type(d).__name__, d.__name__, d.__objclass__.__name__, repr(d))
    print(int.__add__(1, 2), int.__add__.__get__(5)(6), (5).__add__.__self__, (5).__add__.__name__, type((5).__add__).__name__, (5).__add__ == (5).__add__, object.__repr__(5)[:15], object.__eq__(1, 1), object.__eq__(1, 2), object.__hash__("a") != 0, list.__len__([1, 2]), str.__mul__("a", 3), type.__call__(int, "7"), int.__bool__(0), int.__index__(True))
    for f in (lambda: int.__add__(), lambda: int.__add__("a", 1), lambda: int.__add__(1), lambda: int.__add__(1, 2, 3), lambda: int.__add__(1, x=2), lambda: list.__len__(5), lambda: list.__len__([], 1), lambda: object.__repr__(), lambda: str.__eq__(5, "a"), lambda: (5).__add__(), lambda: (5).__add__(1, 2), lambda: list.__setitem__([], 1), lambda: int.__neg__(1, 2), lambda: object.__setattr__(object(), "x", 1), lambda: type.__setattr__(int, "x", 1), lambda: object.__getattribute__(5, "zz"), lambda: int.__pow__(2, 3, 4, 5)): error(f)
    print(int.__lt__(1, "a"), int.__pow__(2, 3, 5), int.__rsub__(1, 10), str.__contains__("abc", "b"), list.__contains__([1], 2), dict.__contains__({1: 2}, 1), tuple.__getitem__((1, 2), 1), object.__format__("x", ""), object.__new__(S).__class__ is S, type.__repr__(int), type.__instancecheck__(int, True), float.__rpow__(2.0, 3.0), object.__ne__(1, 2), object.__lt__(1, 2))


@section
def user_visible_lookup():
    class C:
        x = 5
        def f(self): return "f"
        p = property(lambda self: "p")
        s = staticmethod(len)
        c = classmethod(lambda cls: cls.__name__)
    o = C()
    for name in ("x", "f", "p", "s", "c"): print(name, type(C.__dict__[name]).__name__, type(getattr(C, name)).__name__, type(getattr(o, name)).__name__, hasattr(C.__dict__[name], "__get__"), hasattr(C.__dict__[name], "__set__"))
    print(C.__dict__["f"].__get__(o)(), C.__dict__["p"].__get__(o), C.__dict__["s"].__get__(o)([1]), C.__dict__["c"].__get__(None, C)(), object.__getattribute__(o, "f")(), type.__getattribute__(C, "x"))
    print([hasattr(type(v), m) for v in (S.a, int.real, str.upper, int.__add__, section, property(), classmethod(len), staticmethod(len)) for m in ("__get__", "__set__")])
