# dm_special_lookup.py - special methods are looked up on the type, bypassing the instance and __getattribute__.
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


NAMES = {
    "__len__": len, "__iter__": iter, "__repr__": repr, "__str__": str, "__hash__": hash, "__bool__": bool, "__int__": int, "__float__": float,
    "__index__": hex, "__neg__": lambda x: -x, "__abs__": abs, "__reversed__": reversed, "__next__": next, "__call__": lambda x: x(), "__complex__": complex,
    "__getitem__": lambda x: x[0], "__contains__": lambda x: 1 in x, "__add__": lambda x: x + 1, "__radd__": lambda x: 1 + x, "__eq__": lambda x: x == 1,
    "__lt__": lambda x: x < 1, "__format__": format, "__enter__": lambda x: exec("with x: pass", {"x": x}), "__round__": round, "__divmod__": lambda x: divmod(x, 1), "__bytes__": bytes,
}


def outcome(f, x):
    try:
        r = f(x)
        return type(r).__name__
    except Exception as e:
        return type(e).__name__


@section
def instance_attributes_do_nothing():
    class A:
        pass
    for name, f in NAMES.items():
        a = A()
        before = outcome(f, a)
        setattr(a, name, lambda *args: "hijacked")
        print(name, before == outcome(f, a), end="; ")
    print()


@section
def getattr_is_not_asked():
    class A:
        def __getattr__(self, name):
            print("  asked", name)
            return lambda *a: 1

        def __getattribute__(self, name):
            print("  asked", name)
            return object.__getattribute__(self, name)
    for name, f in NAMES.items():
        print(name, outcome(f, A()), end="; ")
    print()


@section
def explicit_access_is_asked():
    class A:
        def __getattribute__(self, name):
            return lambda *a: ("asked", name, a)
    a = A()
    print(a.__len__(), a.__add__(1), a.__class__(), a.__anything__())
    print(type(a).__name__, isinstance(a, A))


@section
def class_changes_take_effect():
    class A: pass
    a = A()
    answers = {"__len__": 3, "__repr__": "R", "__str__": "S", "__hash__": 4, "__bool__": False, "__int__": 5, "__float__": 6.0, "__index__": 7, "__neg__": "neg", "__abs__": "abs",
               "__call__": "called", "__getitem__": "item", "__contains__": True, "__add__": "add", "__radd__": "radd", "__eq__": "eq", "__lt__": "lt", "__format__": "F", "__bytes__": b"B"}
    for name, value in answers.items():
        setattr(A, name, lambda *args, value=value: value)
        print(name, NAMES[name](a), end="; ")
    print()
    for name in answers:
        delattr(A, name)
        print(name, outcome(NAMES[name], a), end="; ")
    print()


@section
def base_changes_take_effect():
    class Base: pass
    class Mid(Base): pass
    class Leaf(Mid): pass
    x = Leaf()
    print(outcome(len, x), end=" ")
    Base.__len__ = lambda self: 1
    print(len(x), end=" ")
    Mid.__len__ = lambda self: 2
    print(len(x), end=" ")
    Leaf.__len__ = lambda self: 3
    print(len(x), end=" ")
    del Mid.__len__, Leaf.__len__
    print(len(x), end=" ")
    Base.__len__ = None
    print(outcome(len, x), end=" ")
    Mid.__bases__ = (type("New", (), {"__len__": lambda self: 9}),)
    print(len(x), end=" ")
    x.__class__ = type("Other", (), {"__len__": lambda self: 11})
    print(len(x))


@section
def none_blocks():
    class A:
        __iter__ = None
        __add__ = None
        __contains__ = None
        __hash__ = None
        __eq__ = None
        __bool__ = None

    class B(A):
        def __getitem__(self, i): return i

        def __radd__(self, o): return "radd"
    b = B()
    for f in (iter, lambda x: x + 1, lambda x: 1 in x, hash, lambda x: x == 1, bool, lambda x: [*x], lambda x: not x):
        try:
            print(f(b))
        except TypeError as e:
            print(e)
    print(1 + b)


@section
def descriptors_as_special_methods():
    class Desc:
        def __get__(self, obj, cls):
            print("  get", obj is not None)
            return lambda: 8

    class A:
        __len__ = Desc()
        __hash__ = property(lambda self: lambda: 99)
        __repr__ = staticmethod(lambda: "static repr")
        __int__ = classmethod(lambda cls: len(cls.__name__))
    a = A()
    print(len(a), hash(a), repr(a), int(a))

    class Fails:
        @property
        def __len__(self):
            raise AttributeError("property len")

        @property
        def __iter__(self):
            raise ValueError("property iter")
    error(lambda: len(Fails()))
    error(lambda: iter(Fails()))
    error(lambda: bool(Fails()))
