# dm_new_init.py - __new__ and __init__: arguments, other return types, immutable subclasses, errors.
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
def order_and_arguments():
    class A:
        def __new__(cls, *args, **kw):
            print("  new", cls.__name__, args, kw)
            return super().__new__(cls)

        def __init__(self, *args, **kw):
            print("  init", args, kw)
            self.args = args

    class B(A):
        pass
    print(A(1, k=2).args, B().args, B.__call__(5).args if 0 else "", type(A.__new__(A)).__name__)
    a = A.__new__(B, "direct")
    print(type(a).__name__, hasattr(a, "args"), a.__init__(7), a.args)


@section
def other_results():
    class Other:
        def __new__(cls, *a):
            return list(a)

        def __init__(self, *a):
            print("never")

    class SubInstance:
        def __new__(cls, kind):
            return object.__new__(Derived if kind else cls)

        def __init__(self, kind):
            print("  init of", type(self).__name__)

    class Derived(SubInstance):
        pass
    print(Other(1, 2), type(SubInstance(True)).__name__, type(SubInstance(False)).__name__, type(Derived(0)).__name__)

    class NoneNew:
        def __new__(cls):
            pass
    print(NoneNew())


@section
def init_must_return_none():
    class A:
        def __init__(self):
            return 5

    class B:
        def __init__(self):
            yield 1
    error(A)
    error(B)

    class C:
        def __init__(self):
            return None
    print(type(C()).__name__)


@section
def object_arguments():
    class Neither: pass

    class InitOnly:
        def __init__(self, x): pass

    class NewOnly:
        def __new__(cls, x):
            return super().__new__(cls)
    error(object, 1)
    error(Neither, 1)
    error(Neither, k=1)
    error(InitOnly)
    error(InitOnly, 1, 2)
    error(NewOnly)
    print(type(InitOnly(1)).__name__, type(NewOnly(1)).__name__)

    class PassUp(InitOnly):
        def __init__(self, x):
            super().__init__(x)
            object.__init__(self)
    PassUp(1)

    class BadUp:
        def __init__(self, x):
            super().__init__(x)
    error(BadUp, 1)

    class BadNewUp:
        def __new__(cls, x):
            return super().__new__(cls, x)
    error(BadNewUp, 1)


@section
def new_checks():
    error(lambda: object.__new__())
    error(lambda: object.__new__(5))
    error(lambda: object.__new__(int))
    error(lambda: object.__new__(list))
    error(lambda: int.__new__())
    error(lambda: int.__new__(str))
    error(lambda: int.__new__(5))
    error(lambda: list.__new__(dict))
    error(lambda: int.__new__(object))
    error(lambda: tuple.__new__(list))
    print(int.__new__(int, "7"), int.__new__(bool, 1) if 0 else "", str.__new__(str, 5), list.__new__(list, (1, 2)), dict.__new__(dict, a=1), tuple.__new__(tuple, "ab"), float.__new__(float, "1.5"))
    error(lambda: int.__new__(bool, 1))
    error(lambda: bool.__new__(int, 1))


@section
def immutable_subclasses():
    class Celsius(float):
        def __new__(cls, value, unit="C"):
            self = super().__new__(cls, value)
            self.unit = unit
            return self

        def __repr__(self):
            return f"{float(self)} {self.unit}"

    class Pair(tuple):
        def __new__(cls, a, b):
            return super().__new__(cls, (a, b))

    class Upper(str):
        def __new__(cls, s):
            return super().__new__(cls, s.upper())

        def __init__(self, s):
            self.original = s

    class Clamp(int):
        def __new__(cls, v):
            return super().__new__(cls, min(max(v, 0), 10))
    print(Celsius(20.5), Celsius(1, unit="F"), Celsius(1) + 1, Pair(1, 2), Upper("abc"), Upper("abc").original, Clamp(50), Clamp(-3) + 1)
    error(Pair, 1)
    error(lambda: Celsius("x"))


@section
def mutable_builtin_subclasses():
    class L(list):
        def __init__(self, n):
            super().__init__(range(n))
            self.n = n

    class D(dict):
        def __init__(self, **kw):
            super().__init__(kw, extra=1)

    class S(set):
        def __init__(self, *items):
            super().__init__(items)
    x = L(3)
    print(x, x.n, D(a=2), sorted(S(3, 1)))
    x.__init__(2)
    list.__init__(x, "ab")
    print(x, x.n)
    list.__init__(x)
    print(x)


@section
def static_nature():
    class A:
        def __new__(cls):
            return super().__new__(cls)
    print(type(A.__dict__["__new__"]).__name__, A.__new__ is A().__new__)
    A.__new__ = lambda cls, *a: ("replaced", a)
    print(A(1, 2))
    A.__new__ = staticmethod(lambda cls, *a: "static")
    print(A())
    A.__new__ = lambda cls, *a: object.__new__(cls)
    print(type(A()).__name__)

    class NoInit:
        __init__ = None
    error(NoInit)
    A.__init__ = lambda self, x: setattr(self, "x", x)
    print(A(9).x)
    a = A(1)
    a.__init__ = lambda: 1
    print(A(2).x, a.x)


@section
def raising():
    class R:
        def __new__(cls, stage):
            if stage == 1:
                raise ValueError("new")
            return super().__new__(cls)

        def __init__(self, stage):
            raise KeyError("init")
    error(R, 1)
    error(R, 2)
