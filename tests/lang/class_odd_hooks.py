# class_odd_hooks.py - hooks of odd kinds: slot wrappers in other places, descriptors that only set, slots with special names, errors in lookups.
# SPDX-License-Identifier: MIT


def error(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


@section
def wrappers_elsewhere():
    class X(dict):
        __setattr__ = dict.__setitem__
        __getattr__ = dict.get
        __neg__ = dict.copy
    x = X()
    x.y = 42
    print(x["y"], x.y, x.none, -x)


@section
def set_only():
    class Descr:
        def __init__(self, name): self.name = name
        def __set__(self, obj, value): obj.__dict__[self.name] = value
    descr = Descr("a")
    class X: a = descr
    x = X()
    print(x.a is descr)
    x.a = 42
    print(x.a)
    class Meta(type): pass
    class Y(metaclass=Meta): pass
    Y.a = 42
    Meta.a = Descr("a")
    print(Y.a)


@section
def special_slots():
    class Meta(type):
        def __new__(cls, name, bases, ns, attr):
            print(attr in ns)
            return super().__new__(cls, name, bases, ns)
    class C1:
        def __init__(self): self.b = 42
    class C2(C1, metaclass=Meta, attr="__classcell__"):
        __slots__ = ["__classcell__"]
        def __init__(self): super().__init__()
    print(type(C2.__dict__["__classcell__"]).__name__, C2().b)
    class C3(metaclass=Meta, attr="__qualname__"):
        __slots__ = ["__qualname__"]
    c = C3()
    c.__qualname__ = "own"
    print(type(C3.__dict__["__qualname__"]).__name__, c.__qualname__, C3.__name__)


@section
def errors_in_lookups():
    def booh(self): raise AttributeError("booh")
    class E: __eq__ = property(booh)
    print(E() == E(), E() != E())
    class L: __lt__ = property(booh)
    error(lambda: L() < L())
    class B:
        def __getattr__(self, name): raise AssertionError(name)
        def __getattribute__(self, name): raise AssertionError(name)
        def __bytes__(self): return b"ok"
    print(bytes(B()), b"%b" % B())


@section
def bases():
    class A: pass
    error(lambda: type("X", (A, A), {}))
    error(lambda: type("X", (object, A), {}))
    import weakref
    class W(dict):
        def __getattr__(self, name): return self[name]
    w = W(a=1)
    print(repr(weakref.ref(w))[:9])


@section
def names_and_namespaces():
    ns, local = {}, {}
    exec("""if 1:
        def f():
            y = 1
            def g():
                global y
                return y
            def h():
                return y + 1
            return g, h
        y = 9
        g, h = f()
        out = g(), h()""", ns, local)
    print(local["out"], ns["y"], "y" in local)
    ns = {}
    exec("before = __annotations__\nx: int = 1\nafter = __annotations__", ns)
    print(ns["before"] is ns["after"], ns["after"])
    error(exec, "x: int = 1\ndel __annotations__\ny: int = 2", {})
    error(exec, "__annotations__", {})


@section
def comprehension_variables():
    def f():
        l = [None]
        return [1 for (l[0], l) in [[1, 2]]]
    error(f)
    error(lambda: [1 for (q.x, q) in [[1, 2]]])
    error(lambda: [x for _ in [1] if x for x in [2]])
    error(lambda: {k: v for k in [v] for v in [1]})
    error(lambda: [(a, b) for *a, b in [(1, 2, 3)]])
    print([[y for y in range(x)] for x in range(3)], [x for x in [1] for x in [x + 1]])


@section
def code_objects():
    def f(a, b=1, *, d): return a.foo + b
    c = f.__code__
    error(type(c))
    error(c.replace, 1)
    error(c.replace, foo=1)
    error(c.replace, co_name=1)
    error(c.replace, co_consts=[])
    error(c.replace, co_argcount="x")
    class A: foo, bar = 1, 100
    g = type(f)(c.replace(co_names=("bar",)), {})
    print(g(A, 2, d=0), c.replace() == c, c.replace() is c, c.replace(co_varnames=("p", "q", "r")).co_varnames, c.replace(co_argcount=2).co_argcount)


@section
def static_attributes_of_any_kind():
    for names in (3, 2.5, None), ("a" + "b", "ab" * 2), (("x",), b"y"), 5, None:
        cls = type("S", (), {"__static_attributes__": names})
        o = cls()
        o.ab = 1
        print(o.__dict__, cls.__static_attributes__ == names)
