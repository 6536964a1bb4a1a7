# dm_mro_entries.py - __mro_entries__, resolution of bases that are not classes, and __orig_bases__.
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


class Alias:
    def __init__(self, *bases):
        self.bases = bases

    def __mro_entries__(self, original):
        print("  entries", [getattr(b, "__name__", type(b).__name__) for b in original])
        return self.bases

    def __repr__(self):
        return "Alias"


class A:
    pass


class B:
    pass


@section
def replacing():
    class X(Alias(A)): pass
    class Y(B, Alias(A)): pass
    class Z(Alias(A, B)): pass
    class E(Alias()): pass
    class N(A, Alias(), B): pass
    for c in (X, Y, Z, E, N):
        print(c.__name__, [b.__name__ for b in c.__bases__], c.__orig_bases__ if c is not N else len(c.__orig_bases__))


@section
def absent():
    class P(A): pass
    print(hasattr(P, "__orig_bases__"), "__orig_bases__" in vars(P))

    class X(Alias(A)): pass
    class Y(X): pass
    print("__orig_bases__" in vars(X), "__orig_bases__" in vars(Y), Y.__orig_bases__)


@section
def errors():
    class NotTuple:
        def __mro_entries__(self, bases):
            return [A]

    class Raises:
        def __mro_entries__(self, bases):
            raise ValueError("no bases")
    error(lambda: exec("class X(b): pass", {"b": NotTuple()}))
    error(lambda: exec("class X(b): pass", {"b": Raises()}))
    error(lambda: exec("class X(b): pass", {"b": 5}))
    error(lambda: exec("class X(b): pass", {"b": "name"}))
    error(lambda: exec("class X(a, b): pass", {"b": Alias(A), "a": A}))
    error(lambda: type("X", (Alias(A),), {}))
    error(lambda: exec("class X(None): pass"))


@section
def classes_are_not_asked():
    class C:
        def __mro_entries__(self, bases):
            print("never for a class")
            return ()

    class X(C): pass
    print(X.__bases__ == (C,))

    class Y(C()): pass
    print(Y.__bases__)


@section
def metaclass_from_entry():
    class M(type): pass
    class WithMeta(metaclass=M): pass
    class X(Alias(WithMeta)): pass
    print(type(X).__name__)


@section
def types_module():
    print([getattr(b, "__name__", b) for b in types.resolve_bases((A, Alias(B), Alias()))])
    print(types.resolve_bases((A,)) == (A,))
    X = types.new_class("X", (Alias(A),), {}, lambda ns: ns.update(v=5))
    print(X.__name__, X.__bases__ == (A,), X.v, X.__orig_bases__)
    meta, ns, kw = types.prepare_class("P", (A,), {"metaclass": type, "k": 1})
    print(meta, ns, kw)
    print(types.get_original_bases(X), types.get_original_bases(A))
    Y = types.new_class("Y")
    print(Y.__name__, Y.__bases__, Y.__module__ is not None)
    error(lambda: types.get_original_bases(5))


@section
def generic_aliases():
    class L(list[int]): pass
    class D(dict[str, int], A): pass
    print(L.__bases__, L.__orig_bases__, D.__bases__[0], D.__orig_bases__[0], L([3]), D(a=1))
