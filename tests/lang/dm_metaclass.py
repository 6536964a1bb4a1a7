# dm_metaclass.py - metaclasses: choice, conflict, __new__, __init__, __call__, attributes, keyword arguments.
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


class Meta(type):
    def __new__(mcls, name, bases, ns, **kw):
        print("  Meta.__new__", name, [b.__name__ for b in bases], sorted(k for k in ns if not k.startswith("__")), kw)
        return super().__new__(mcls, name, bases, ns)

    def __init__(cls, name, bases, ns, **kw):
        print("  Meta.__init__", name, kw)
        super().__init__(name, bases, ns)

    def __call__(cls, *args, **kw):
        print("  Meta.__call__", cls.__name__, args, kw)
        return super().__call__(*args, **kw)

    def describe(cls):
        return "class " + cls.__name__

    @property
    def upper(cls):
        return cls.__name__.upper()


@section
def creation():
    class A(metaclass=Meta):
        x = 1

        def __init__(self, *args, **kw):
            print("  A.__init__", args, kw)

    class B(A, extra=5, other="z"):
        y = 2
    B(1, k=2)
    print(type(A).__name__, type(B) is Meta, A.describe(), B.upper, isinstance(B, Meta), isinstance(A(), A))
    error(lambda: A().describe())
    error(lambda: A().upper)


@section
def choosing():
    class M1(type): pass
    class M2(M1): pass
    class M3(type): pass
    class A(metaclass=M1): pass
    class B(metaclass=M2): pass
    class C(metaclass=M3): pass
    class D(A, B): pass
    class E(B, A): pass
    class F(A, metaclass=M2): pass
    class G(B, metaclass=type): pass
    class H(B, metaclass=M1): pass
    print([type(c).__name__ for c in (A, B, C, D, E, F, G, H)])
    for bases, kw in (((A, C), {}), ((A,), {"metaclass": M3}), ((B, C), {"metaclass": M1})):
        try:
            exec("class X(*bases, **kw): pass", {"bases": bases, "kw": kw})
        except TypeError as e:
            print(e)
    print(type(type("Y", (A,), {})).__name__, type(M1("Z", (), {})).__name__)
    error(lambda: M1("Z", (C,), {}))


@section
def callable_metaclass():
    def make(name, bases, ns, **kw):
        return name, bases, sorted(k for k in ns if not k.startswith("__")), kw

    class A(metaclass=make):
        x = 1

    class B(int, metaclass=make, opt=3):
        y = 2
    print(A, B)

    class C(metaclass=lambda *a: 42): pass
    print(C)

    class D(metaclass=type("Caller", (), {"__call__": lambda self, *a: "called"})()):
        pass
    print(D)


@section
def singleton_and_registry():
    class Single(type):
        instances = {}

        def __call__(cls, *a):
            if cls not in cls.instances:
                cls.instances[cls] = super().__call__(*a)
            return cls.instances[cls]

    class S(metaclass=Single):
        def __init__(self, v):
            self.v = v
    print(S(1) is S(2), S(3).v)

    class Reg(type):
        names = []

        def __init__(cls, name, bases, ns):
            super().__init__(name, bases, ns)
            cls.names.append(name)
    for n in "abc":
        Reg(n, (), {})
    print(Reg.names)


@section
def operators_on_classes():
    class Op(type):
        def __add__(cls, other): return f"{cls.__name__}+{other.__name__}"
        def __or__(cls, other): return "or"
        def __getitem__(cls, k): return ("item", k)
        def __repr__(cls): return f"<<{cls.__name__}>>"
        def __eq__(cls, other): return "eq"
        def __hash__(cls): return 5
        def __getattr__(cls, name): return "dynamic " + name
        def __setattr__(cls, name, value):
            print("  set", name)
            super().__setattr__(name, value)
        def __dir__(cls): return ["d"]
    A, B = Op("A", (), {}), Op("B", (), {})
    print(A + B, A | B, A[1], A, [B], A == B, hash(A), A.anything, dir(A), f"{A}")
    A.x = 1
    print(A.x, A().x)
    error(lambda: A().nothing)


@section
def type_call():
    T = type("T", (int,), {"a": 1, "f": lambda self: self + 1})
    print(T(5).f(), T.a, T.__name__, T.__bases__, type(T), type(5), type(type))
    error(lambda: type())
    error(lambda: type(1, 2))
    error(lambda: type("X", int, {}))
    error(lambda: type("X", (), []))
    error(lambda: type(5, (), {}))
    error(lambda: type("X", (5,), {}))
    error(lambda: type("X", (bool,), {}))
    error(lambda: type("X", (type(None),), {}))
    error(lambda: type("X", (int, str), {}))
    error(lambda: type("X", (int, int), {}))
    error(lambda: type("X", (object, int), {}))
    error(lambda: type("X", (), {}, k=1))
    error(lambda: type("a\0b", (), {}))
    error(lambda: type.__new__(int, "X", (), {}))
    error(lambda: type.__call__())
    error(lambda: exec("class X(metaclass=5): pass"))
    error(lambda: exec("class X(metaclass=type, metaclass=type): pass"))


@section
def new_returning_other():
    class M(type):
        def __new__(mcls, name, bases, ns):
            return "not a class"

        def __init__(cls, *a):
            print("never")

    class X(metaclass=M): pass
    print(X)

    class Inst(type):
        def __instancecheck__(cls, o): return o == 5
        def __subclasscheck__(cls, c): return c is int

    class Y(metaclass=Inst): pass
    print(isinstance(5, Y), isinstance(6, Y), issubclass(int, Y), issubclass(str, Y), isinstance(Y(), Y))
