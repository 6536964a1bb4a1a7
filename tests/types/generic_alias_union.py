# generic_alias_union.py - GenericAlias and union types: construction, attributes, equality, errors, in classes and functions.
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
def aliases():
    for a in (list[int], dict[str, int], tuple[int, ...], tuple[()], set[int], frozenset[int], type[int], list[list[int]], dict[str, list[int]], list["fwd"], list[None], list[...], list[1], list[int, str], tuple[int, "x"], types.GenericAlias(list, int), types.GenericAlias(list, (int, str)), types.GenericAlias(5, "x"), list[int | None], list[print], enumerate[int], BaseExceptionGroup[ValueError], list[lambda: 1].__origin__): print(repr(a), getattr(a, "__args__", None) if "print" not in repr(a) else "")
    a = list[int]
    print(a.__origin__, a.__args__, a.__parameters__, a.__unpacked__, a.__module__, a.__name__, a.__qualname__, a.__doc__ == list.__doc__, a.append is list.append, a.__mro_entries__((a,)), a.__class__, type(a), callable(a), bool(a))
    print(a == list[int], a != list[str], a == list, hash(a) == hash(list[int]), {a: 1}[list[int]], list[int] is list[int], list[1] == list[1.0], list[int] == types.GenericAlias(list, int), a in (list[int],))
    print(a(), a("ab"), dict[str, int](x=1), tuple[int]([1]), type(a("a")), set[int]({1}), type(list[int]()) is list)
    for f in (lambda: list[int][str], lambda: isinstance([], a), lambda: issubclass(list, a), lambda: a.nope, lambda: setattr(a, "x", 1), lambda: delattr(a, "__origin__"), lambda: a < a, lambda: a + a, lambda: a[0], lambda: len(a), lambda: int[str], lambda: types.GenericAlias(), lambda: types.GenericAlias(list), lambda: types.GenericAlias(list, int, str), lambda: types.GenericAlias(list, x=1), lambda: a(1, 2), lambda: list[int]()[0], lambda: type("T", (types.GenericAlias,), {}) and 1 / 0): error(f)
    for x in list[int]: print(repr(x), x.__unpacked__)
    print([*tuple[int, str]], (*tuple[int],))


@section
def in_classes_and_functions():
    class Box:
        def __class_getitem__(cls, item): return types.GenericAlias(cls, item)
        def __init__(self, *a): self.a = a
        attr = "class attr"
        def m(self): return "m"
    b = Box[int](1, 2)
    print(Box[int], b.a, b.m(), Box[int].attr, b.__orig_class__, Box[int].m is Box.m, Box[int, str].__args__, Box[()].__args__)
    class Sub(Box[int]): pass
    class Multi(Box[int], dict[str, int]): pass
    print(Sub.__bases__ == (Box,), Sub.__orig_bases__, Sub(5).a, Sub[str], [c.__name__ for c in Multi.__mro__])
    def f(a: list[int], b: dict[str, int] | None = None) -> tuple[int, ...]: pass
    print(f.__annotations__)
    class Frozen:
        __slots__ = ()
        __class_getitem__ = classmethod(types.GenericAlias)
    print(type(Frozen[int]()).__name__)
    class RaisesOnSet:
        __class_getitem__ = classmethod(types.GenericAlias)
        def __setattr__(self, k, v): raise TypeError("no attributes")
    try: print(type(RaisesOnSet[int]()).__name__)
    except TypeError as e: print("TypeError", e)
    try: raise ExceptionGroup[ValueError]("g", [ValueError(1)])
    except ExceptionGroup as e: print(repr(e))
