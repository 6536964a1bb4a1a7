# dm_mro.py - method resolution order: C3, diamonds, inconsistent bases, mro(), super chains, __bases__ changes.
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


def names(cls):
    return " ".join(c.__name__ for c in cls.__mro__)


@section
def linearisation():
    class O: pass
    class A(O): pass
    class B(O): pass
    class C(O): pass
    class D(O): pass
    class E(O): pass
    class K1(A, B, C): pass
    class K2(D, B, E): pass
    class K3(D, A): pass
    class Z(K1, K2, K3): pass
    print(names(K1), "|", names(Z))

    class X: pass
    class Y: pass
    class XY(X, Y): pass
    class YX(Y, X): pass
    error(lambda: type("Bad", (XY, YX), {}))
    error(lambda: type("Bad", (X, XY), {}))
    error(lambda: type("Bad", (X, X), {}))
    error(lambda: type("Bad", (object, X), {}))
    print(names(type("Good", (XY, X), {})), "|", names(bool), "|", names(type), "|", names(KeyError), "|", names(type("L", (list, X), {})))


@section
def super_chain():
    log = []

    class Root:
        def go(self):
            log.append("Root")

    class A(Root):
        def go(self):
            log.append("A")
            super().go()

    class B(Root):
        def go(self):
            log.append("B")
            super().go()

    class C(A, B):
        def go(self):
            log.append("C")
            super().go()

    class Mix(Root):
        def go(self):
            log.append("Mix")
            super().go()

    class D(C, Mix):
        pass
    D().go()
    print(log, names(D))


@section
def custom_mro():
    class M(type):
        def mro(cls):
            return [cls, Extra, object]

    class Extra:
        hidden = "from Extra"

    class A(metaclass=M): pass
    print(names(A), A.hidden, A().hidden, A.__bases__, isinstance(A(), Extra), issubclass(A, Extra))

    class Bad(type):
        def mro(cls):
            return 5
    error(lambda: Bad("B", (), {}))

    class Bad2(type):
        def mro(cls):
            return [1, 2]
    error(lambda: Bad2("B", (), {}))
    print(type.mro(A) == [A, object], A.mro() == list(A.__mro__))


@section
def changing_bases():
    class A:
        def who(self): return "A"
    class B:
        def who(self): return "B"
        def only_b(self): return "only B"
    class C(A): pass
    class D(C): pass
    d = D()
    print(d.who(), names(D))
    C.__bases__ = (B,)
    print(d.who(), d.only_b(), names(D), [c.__name__ for c in A.__subclasses__()], [c.__name__ for c in B.__subclasses__()])
    C.__bases__ = (B, A)
    print(names(D), d.who())
    error(lambda: setattr(C, "__bases__", ()))
    error(lambda: setattr(C, "__bases__", 5))
    error(lambda: setattr(C, "__bases__", (D,)))
    error(lambda: setattr(C, "__bases__", (1,)))
    error(lambda: setattr(int, "__bases__", (A,)))
    print(names(D))


@section
def late_changes_are_seen():
    class A: pass
    class B(A): pass
    class C(B): pass
    c = C()
    A.f = lambda self: "A.f"
    print(c.f())
    B.f = lambda self: "B.f"
    print(c.f())
    C.f = lambda self: "C.f"
    print(c.f())
    c.f = lambda: "instance"
    print(c.f())
    del c.f, C.f, B.f
    print(c.f())
    del A.f
    error(lambda: c.f())
    A.__len__ = lambda self: 4
    print(len(c))
    B.__len__ = None
    error(lambda: len(c))
    del B.__len__
    print(len(c))
    del A.__len__
    error(lambda: len(c))
    A.__eq__ = lambda self, other: "eq"
    print(c == 1)
    A.x = property(lambda self: "property")
    print(c.x)
    A.x = 5
    c.x = 6
    print(c.x)


@section
def attributes():
    class A: pass
    class B(A): pass
    print(A.__base__, B.__base__ is A, B.__bases__ == (A,), object.__bases__, object.__base__, A.__subclasses__() == [B], bool.__base__, type.__base__)
    print(int.__subclasses__().__contains__(bool), A.__mro__ == (A, object), isinstance(A.__mro__, tuple))
    error(lambda: setattr(A, "__mro__", ()))
    error(lambda: setattr(A, "__base__", int))
    C = type("C", (list, A), {})
    print(C.__base__, C.__bases__ == (list, A))
    A.__name__, A.__qualname__, A.__module__ = "Renamed", "Q.Renamed", "mod"
    print(A, A.__name__, A().__class__.__name__)
    error(lambda: setattr(A, "__name__", 5))
    error(lambda: setattr(A, "__qualname__", 5))
    error(lambda: setattr(A, "__name__", "a\0b"))
    error(lambda: setattr(int, "__name__", "x"))
