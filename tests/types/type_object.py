# type_object.py - type and object: attributes of classes, dir, hash, identity, repr, mutation and its limits.
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
def class_attributes():
    class C:
        "doc"
        a = 1
        def f(self): pass
    print(C.__name__, C.__qualname__, C.__module__ == __name__, C.__doc__, C.__bases__, C.__base__, C.__mro__ == (C, object), C.__class__, type(C.__dict__).__name__, C.__dict__["a"], sorted(k for k in C.__dict__ if not k.startswith("__")), C.__type_params__, C.__subclasses__(), C.mro() == [C, object], isinstance(C, type), callable(C))
    C.b = 2
    C.__doc__ = "new doc"
    setattr(C, "c d", 3)
    del C.a
    print(C.b, C.__doc__, getattr(C, "c d"), hasattr(C, "a"), "c d" in C.__dict__)
    for f in (lambda: C.a, lambda: delattr(C, "a"), lambda: setattr(C, "__dict__", {}), lambda: setattr(C, "__name__", 5), lambda: setattr(C, "__module__", 5) or C.__module__, lambda: setattr(C, "__mro__", ()), lambda: setattr(int, "x", 1), lambda: delattr(int, "real"), lambda: setattr(type, "x", 1), lambda: setattr(object, "x", 1), lambda: int.nope, lambda: type.nope, lambda: C.__nope__, lambda: setattr(C, 5, 1), lambda: getattr(C, 5), lambda: C < C, lambda: C + C, lambda: C[0], lambda: len(C), lambda: iter(C), lambda: C(1), lambda: C(x=1), lambda: type(C)(), lambda: setattr(list, "append", 1), lambda: setattr(type(None), "x", 1), lambda: delattr(C, "__doc__") or C.__doc__): error(f)


@section
def type_function():
    print(type(5), type("a"), type(None), type(type), type(int), type(len), type(lambda: 1), type(print), type(Exception), type(...), type([].append), type(int.__add__), type(type(1)), type((x for x in ())), type({}.keys()), type(range(1)), type(object()))
    T = type("T", (), {})
    U = type("U", (T,), {"x": 1, "__doc__": "d", "__module__": "m", "__qualname__": "Q.U"})
    print(T.__module__ == __name__, U.x, U.__doc__, U.__module__, U.__qualname__, U.__name__, U, "__qualname__" in vars(U), type("é", (), {}).__name__, type("with space", (), {}).__name__, type("", (), {}).__name__, type("C", (), {"__slots__": ("a",)}).__slots__)
    for args in ((), (1, 2), ("a", (), {}, 1), (1, (), {}), ("a", [], {}), ("a", (), []), ("a", (1,), {}), ("a\0", (), {}), ("a", (int, int), {}), ("a", (), {1: 2}) if 0 else ("a", (), 5), ("\ud800", (), {})): 
        try: print(type(*args))
        except Exception as e: print(type(e).__name__, ascii(str(e)))
    print(type("K", (), {1: 2}).__dict__[1], type("N", (), dict(f=lambda self: 5))().f(), type.__call__(type, 5), type("A", (int,), {})(5) + 1, type("L", (list,), {"total": property(sum)})([1, 2]).total)


@section
def object_methods():
    o = object()
    print(o == o, o == object(), o != object(), hash(o) == hash(o), bool(o), o.__eq__(1), o.__ne__(o), o.__lt__(o), o.__class__, o.__doc__ is not None, o.__str__() == o.__repr__(), o.__init_subclass__(), object.__subclasshook__(int), o.__format__("") == str(o), o.__reduce_ex__(2)[1], o.__sizeof__() > 0, o.__getstate__(), isinstance(o.__dir__(), list), object.__bases__, object.__base__, object.__name__)
    for f in (lambda: o < o, lambda: o.x, lambda: setattr(o, "x", 1), lambda: o + o, lambda: o[0], lambda: len(o), lambda: o(), lambda: iter(o), lambda: object(1), lambda: object(x=1), lambda: int(o), lambda: o.__format__("x"), lambda: object.__new__(), lambda: object.__init__(), lambda: o.__init__(1), lambda: setattr(o, "__class__", int), lambda: delattr(o, "x"), lambda: o.__dict__, lambda: object.__getattribute__(o, "nope"), lambda: object.__setattr__(5, "x", 1)): error(f)
    print(sorted(n for n in dir(object)))
    print(sorted(set(dir(type("E", (), {})())) - set(dir(object))) == ["__dict__", "__module__", "__weakref__"] or sorted(set(dir(type("E", (), {})())) - set(dir(object))))


@section
def representation():
    class K: pass
    class M(type):
        def __repr__(cls): return f"M<{cls.__name__}>"
    class X(metaclass=M): pass
    print(repr(int), str(K), X, [X], f"{X}", M, type(X), repr(type(X)), K.__repr__ is object.__repr__, type.__repr__(X), object.__repr__(X).startswith("<__main__.M object at") if __name__ == "__main__" else True)
    K.__module__ = "builtins"
    print(K, K())if 0 else print(K)
    K.__module__ = "some.module"
    K.__qualname__ = "A.B"
    print(K, repr(K()).split(" object")[0])


@section
def comparisons_and_hash():
    class K: pass
    class L: pass
    print(K == K, K == L, K != L, K is K, hash(K) == hash(K), {K: 1, L: 2}[L], K in (K,), len({int, str, int}), int == int, type(1) is int, type(True) is int, type(True) == bool, int in {int: 1}, sorted([int, str], key=lambda t: t.__name__))
    error(lambda: sorted([int, str]))
    print(int.__hash__(5) == hash(5), type.__hash__(int) == hash(int), object.__hash__(K) == hash(K), type.__eq__(int, int), type.__eq__(int, str))


@section
def unions_of_types():
    print(int | str, int | None, None | int, int | str | int, (int | str) | (str | bytes), int | list[str], type(int | str).__name__, (int | str).__args__, (int | str) == (str | int), hash(int | str) == hash(str | int), int | int, isinstance(1, int | str), isinstance(None, int | None), issubclass(bool, int | str))
    class K: pass
    print(K | None, K | int)
    for f in (lambda: int | 5, lambda: int | "str", lambda: 5 | int, lambda: (int | str)(), lambda: isinstance(1, int | list[int]), lambda: (int | str)[int], lambda: int & str, lambda: type("X", (int | str,), {})): error(f)


@section
def instance_layout():
    class P: pass
    p = P()
    print(p.__dict__, p.__class__ is P, P.__dict__.get("__dict__") is not None, p.__weakref__)
    p.__class__ = type("Q", (), {"y": 5})
    print(p.y, type(p).__name__, isinstance(p, P))
    q = P()
    q.a = 1
    r = P()
    r.__dict__ = q.__dict__
    r.b = 2
    print(q.b, q.__dict__ is r.__dict__)
    for n in ("__dict__", "__weakref__", "__class__", "__doc__", "__module__", "__hash__", "__eq__"): print(n, hasattr(p, n), hasattr(object(), n), hasattr(5, n), end="; ")
    print()
