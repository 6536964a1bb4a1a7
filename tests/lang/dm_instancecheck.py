# dm_instancecheck.py - isinstance, issubclass and their hooks; __class__ lies; unions and tuples.
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


class Even(type):
    def __instancecheck__(cls, o):
        print("  instancecheck", cls.__name__, o)
        return isinstance(o, int) and o % 2 == 0

    def __subclasscheck__(cls, c):
        print("  subclasscheck", cls.__name__, c.__name__)
        return c.__name__.startswith("E")


class EvenInt(metaclass=Even):
    pass


@section
def hooks():
    print(isinstance(4, EvenInt), isinstance(3, EvenInt), issubclass(int, EvenInt), issubclass(type("Ex", (), {}), EvenInt))
    e = EvenInt()
    print(isinstance(e, EvenInt))
    print(isinstance(2, (str, EvenInt)), isinstance(2, (int, EvenInt)), isinstance(2, (str, (bytes, (EvenInt,)))), isinstance(1, ()), issubclass(int, (str, EvenInt)))
    print(issubclass(EvenInt, EvenInt))


@section
def truth_of_result():
    class M(type):
        def __instancecheck__(cls, o):
            return o

        def __subclasscheck__(cls, o):
            return []
    C = M("C", (), {})
    print(isinstance("x", C), isinstance("", C), isinstance([], C), issubclass(int, C))

    class Bad(type):
        def __instancecheck__(cls, o):
            raise ValueError("instance")

        def __subclasscheck__(cls, o):
            raise KeyError("subclass")
    D = Bad("D", (), {})
    error(lambda: isinstance(1, D))
    error(lambda: issubclass(int, D))
    error(lambda: isinstance(1, (D, int)))
    print(isinstance(1, (int, D)), isinstance(D(), D))

    class T(type):
        def __instancecheck__(cls, o):
            raise RuntimeError
    try:
        try:
            raise ValueError("v")
        except T("X", (ValueError,), {}):
            print("never")
    except ValueError as e:
        print("except clauses do not use the hook:", e)


@section
def ordinary():
    class A: pass
    class B(A): pass
    print(isinstance(B(), A), isinstance(A(), B), isinstance(True, int), isinstance(1, bool), isinstance(1, object), isinstance(int, type), isinstance(type, type), isinstance(type, object), isinstance(None, type(None)))
    print(issubclass(bool, int), issubclass(int, int), issubclass(int, object), issubclass(A, B), issubclass(B, (int, A)), issubclass(type, object))
    print(isinstance(1, int | str), isinstance("a", int | str), isinstance(1.5, int | str), issubclass(bool, int | None), isinstance(None, int | None), issubclass(type(None), int | None))
    for bad in (5, "int", [int], (int, 5), None, lambda: 1, {int}, list[int], int | list[int]):
        error(isinstance, 1.5, bad)
    for bad in (5, (str, 5), None, list[int], [int]):
        error(issubclass, int, bad)
    error(lambda: issubclass(5, int))
    error(lambda: issubclass("int", (int, str)))
    error(lambda: isinstance(1))
    error(lambda: isinstance(1, int, 2))
    error(lambda: isinstance(obj=1, cls=int))


@section
def class_attribute_lies():
    class Liar:
        @property
        def __class__(self):
            return int

    class Liar2:
        __class__ = str
    x, y = Liar(), Liar2()
    print(isinstance(x, int), isinstance(x, Liar), type(x).__name__, x.__class__, isinstance(y, str), isinstance(y, Liar2), isinstance(x, str))

    class BadClass:
        @property
        def __class__(self):
            raise ValueError("no class")
    error(lambda: isinstance(BadClass(), int))
    print(isinstance(BadClass(), BadClass))


@section
def bases_tuple_protocol():
    class Fake:
        def __init__(self, *bases):
            self.bases = bases

        @property
        def __bases__(self):
            return self.bases
    root = Fake()
    child = Fake(root)
    grandchild = Fake(child)
    print(issubclass(child, root), issubclass(grandchild, root), issubclass(root, child), issubclass(grandchild, (int, root)))

    class Inst:
        pass
    i = Inst()
    i.__class__
    error(lambda: isinstance(i, root) if 0 else issubclass(5, root))


@section
def abstract_methods():
    class A:
        def f(self): pass
    A.__abstractmethods__ = frozenset(["f"])
    error(A)
    A.__abstractmethods__ = frozenset(["g", "f"])
    error(A)
    A.__abstractmethods__ = frozenset()
    print(isinstance(A(), A))
    error(lambda: type("N", (), {}).__abstractmethods__)

    class B(A): pass
    A.__abstractmethods__ = ["f"]
    print(isinstance(B(), A))
    error(A)


@section
def direct_calls():
    print(type.__instancecheck__(int, 5), type.__subclasscheck__(int, bool), int.__instancecheck__(True), int.__subclasscheck__(str), int.__subclasshook__(int))

    class H:
        @classmethod
        def __subclasshook__(cls, c):
            return True
    print(issubclass(int, H))
