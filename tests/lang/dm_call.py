# dm_call.py - __call__: callable objects, nesting, errors, what counts as callable.
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


class Call:
    def __call__(self, *args, **kw):
        return args, kw


@section
def forms():
    c = Call()
    print(c(), c(1), c(*[1, 2], 3), c(a=1, **{"b": 2}), c(*"ab", x=1, *[5]), callable(c), callable(Call))
    print(c.__call__(1), c.__call__.__call__(2), type(c).__call__(c, 3), Call()(4))
    print(list(map(c, [1])), sorted([2, 1], key=lambda x: c(x)[0]), max([1, 2], key=type("K", (), {"__call__": lambda s, x: -x})()))


@section
def on_type_only():
    class P: pass
    p = P()
    p.__call__ = lambda: "instance"
    print(callable(p))
    error(p)
    P.__call__ = lambda self: "class"
    print(p(), callable(p), p.__call__())
    del P.__call__
    print(callable(p))
    P.__call__ = None
    print(callable(p))
    error(p)


@section
def call_is_descriptor():
    class D:
        def __get__(self, obj, cls):
            return lambda *a: ("via descriptor", obj is not None, a)

    class C:
        __call__ = D()
    print(C()(1, 2))

    class S:
        __call__ = staticmethod(lambda *a: ("static", a))

    class K:
        __call__ = classmethod(lambda cls, *a: (cls.__name__, a))

    class B:
        __call__ = len

    class N:
        __call__ = Call()
    print(S()(1), K()(2), N()(3))
    error(lambda: B()())
    print(B()([1, 2, 3]))


@section
def chains():
    class A:
        def __init__(self, depth): self.depth = depth

        def __call__(self):
            return A(self.depth - 1) if self.depth else "bottom"
    print(A(2)()()(), (lambda: lambda: lambda x: x)()()(7))

    def curry(f, *got):
        return lambda *more: curry(f, *got, *more) if more else f(*got)
    print(curry(max)(1)(5)(3)())


@section
def not_callable():
    for x in (5, "s", None, [], {}, (1, 2), 1.5, True, ..., object(), b"x", {1}, range(3), slice(1)):
        error(x)
    error(lambda: 5(1)(2))
    error(lambda: "a"(1))
    error(lambda: [1, 2](0))
    error(lambda: (1)())
    error(lambda: None(a=1))
    error(lambda: NotImplemented())
    error(lambda: Call()()())


@section
def classes_are_callable():
    print(int(), str(), list(), dict(), tuple(), set(), float(), bool(), bytes(), complex(), frozenset(), bytearray(), object().__class__)
    print(callable(int), callable(type), callable(len), callable(lambda: 1), callable(print), callable([].append), callable(int.__add__), callable((1).__add__), callable(classmethod(len)), callable(staticmethod(len)), callable(property(len)))
    print(type.__call__(int, "7"), type.__call__(list, "ab"), int.__call__("8"), type(type).__name__)


@section
def self_replacing():
    class C:
        def __call__(self):
            type(self).__call__ = lambda self: "second"
            return "first"
    c = C()
    print(c(), c(), c())

    class R:
        def __call__(self, n):
            return n * self(n - 1) if n > 1 else 1
    print(R()(10))


@section
def bound_to_instances():
    class Meth:
        def m(self, x): return ("m", x)
        alias = m
    o = Meth()
    f = o.m
    print(f(1), o.alias(2), Meth.m(o, 3), Meth.m.__call__(o, 4), f.__func__.__name__, Meth.alias.__name__)
    error(lambda: Meth.m(1))
    error(lambda: o.m())
    error(lambda: o.m(1, 2))
    error(lambda: Meth.m())
    error(lambda: o.m(y=1))


@section
def raising():
    class R:
        def __call__(self): raise ValueError("called")

    class NeedsArg:
        def __call__(self, a, *, b): return a, b
    error(R())
    error(NeedsArg())
    error(NeedsArg(), 1)
    error(NeedsArg(), 1, 2)
    error(NeedsArg(), 1, b=2, c=3)
    print(NeedsArg()(1, b=2))
