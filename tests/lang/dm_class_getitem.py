# dm_class_getitem.py - __class_getitem__ and subscripting of classes.
# SPDX-License-Identifier: MIT
import types


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
def own():
    class A:
        def __class_getitem__(cls, item):
            return (cls.__name__, item)

    class B(A): pass
    print(A[1], A["x"], A[1, 2], A[1:2], A[()], A[...], B[int], B[int, str])
    error(lambda: A()[1])
    print(type(A.__dict__["__class_getitem__"]).__name__, A.__class_getitem__(5), A[*[1, 2]], A[1,])


@section
def metaclass_wins():
    class M(type):
        def __getitem__(cls, item):
            return "meta"

    class A(metaclass=M):
        def __class_getitem__(cls, item):
            return "class"
    print(A[1], A.__class_getitem__(1))


@section
def absent():
    class A: pass
    error(lambda: A[1])
    error(lambda: int[1])
    error(lambda: str[int])
    error(lambda: type(A())[1] if 0 else object[int])

    class M(type): pass
    error(lambda: M("X", (), {})[1])
    error(lambda: type(None)[1])
    error(lambda: range[int])

    class N:
        __class_getitem__ = None
    error(lambda: N[1])


@section
def static_and_explicit():
    class S:
        @staticmethod
        def __class_getitem__(item):
            return "static " + str(item)

    class C:
        @classmethod
        def __class_getitem__(cls, item):
            return "classmethod " + str(item)
    print(S[1], C[2])
    S.__class_getitem__ = lambda item: "late " + str(item)
    print(S[3])


@section
def builtin_generics():
    for t in (list[int], dict[str, int], tuple[int, ...], set[int], frozenset[str], type[int], tuple[()], list[list[int]], dict[str, list[int]], list["Forward"], list[None], list[...], tuple[int, str], list[1], list[int, str]):
        print(t, t.__origin__.__name__, t.__args__)
    print(list[int] == list[int], list[int] == list[str], list[int] != list, hash(list[int]) == hash(list[int]), {list[int]: 1}[list[int]], type(list[int]).__name__, type(list[int]) is types.GenericAlias)
    print(list[int]([1, 2]), dict[str, int](a=1), tuple[int]("ab"), type(list[int]()), list[int].__name__, list[int].append is list.append, list[int].__class__)
    error(lambda: isinstance([], list[int]))
    error(lambda: issubclass(list, list[int]))
    error(lambda: list[int][str])
    error(lambda: list[int]()[5])
    error(lambda: setattr(list[int], "x", 1))

    class L(list[int]): pass
    print(L.__bases__, L.__orig_bases__, L([1]), [c.__name__ for c in L.__mro__], L[str])


@section
def generic_pattern():
    class Box:
        def __class_getitem__(cls, item):
            return types.GenericAlias(cls, item)

        def __init__(self, v=0):
            self.v = v
    b = Box[int](5)
    print(b.v, type(b).__name__, Box[int].__args__, Box[int, str].__args__, b.__orig_class__.__args__, Box[int].__origin__ is Box)

    class Sub(Box[int]): pass
    print(Sub(3).v, Sub.__orig_bases__[0].__args__, Sub.__bases__ == (Box,))

    class Slotted:
        __slots__ = ()
        __class_getitem__ = classmethod(types.GenericAlias)
    print(hasattr(Slotted[int](), "__orig_class__"), [x for x in list[int].__parameters__])
