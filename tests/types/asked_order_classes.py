# asked_order_classes.py - slots, __dict__ and __weakref__ of classes; powers with three operands.
# SPDX-License-Identifier: MIT
import itertools

from _asked import section, t, tried


@section
def slots_of_classes():
    class A: __slots__ = ("b", "a", "__c")
    class B: __slots__ = ("a", "b", "_A__c")
    class C: __slots__ = ("b", "a")
    class D: __slots__ = ("b", "c")
    print(list(vars(A)), list(vars(B)))
    def moved(a, b):
        x = a()
        x.b = 1
        x.__class__ = b
        return x.b
    t(lambda: moved(A, B)); t(lambda: moved(C, D)); t(lambda: moved(A, C))
    class E: __slots__ = ("a", "b")
    C.a = E.a = 5
    t(lambda: moved(C, E)); t(lambda: moved(E, C))
    for name in ("A", "A\0", "\ud800"):
        for slots in ("a", ("a", "a"), 5, ("__weakref__", "__weakref__"), "\ud800"):
            for bases in ((), (bool,), (5,)): t(lambda: type(name, bases, {"__slots__": slots}).__slots__)
    t(lambda: type("", (), {"__slots__": "__qualname__", "__qualname__": "a"}).__slots__); t(lambda: type("", (), {"__classcell__": "a"}))


@section
def dict_and_weakref_of_classes():
    import weakref
    class Plain: pass
    class None_: __slots__ = ()
    for bases in ((), (list,), (Exception,), (Plain,), (int,), (tuple,), (dict,), (set,), (type,), (bytes,), (str,), (float,), (Plain, list), (None_,), (None_, Plain), (ValueError, Plain)):
        c = type("C", bases, {})
        print([b.__name__ for b in bases], [n for n in vars(c) if n != "__module__"], "__weakref__" in dir(c))
    for v in ([], 1, (), set(), "a", ValueError(), OSError(), ExceptionGroup("a", [ValueError()]), BaseExceptionGroup("a", [KeyboardInterrupt()]), type("T", (tuple,), {})(), type("E", (KeyError,), {})()): t(lambda: type(weakref.ref(v)).__name__)


@section
def powers_of_three():
    class Float(float): pass
    class Refusal(float):
        def __pow__(self, *a): return NotImplemented
    class Right(float):
        def __rpow__(self, *a): return "r"
    class Int(int): pass
    class Plain:
        def __pow__(self, *a): return "o"
    for a, b, c in itertools.product([Float(2), Refusal(2), Right(2), Int(2), Plain(), 3, 1.5, 1j, "a"], repeat=3): print(type(a).__name__, type(b).__name__, type(c).__name__, tried(lambda: pow(a, b, c)))
