# static_class_methods.py - staticmethod and classmethod: calling, wrapping, attributes, nesting, inheritance.
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


class A:
    @staticmethod
    def s(*a, **k): return "s", a, k
    @classmethod
    def c(cls, *a, **k): return cls.__name__, a, k
    @staticmethod
    def doc():
        "static doc"
    @classmethod
    def cdoc(cls):
        "class doc"
    def i(self): return "i"
    raw = staticmethod(len)
    craw = classmethod(lambda cls, x: (cls.__name__, x))


class B(A):
    @staticmethod
    def s(*a): return "B.s", a
    @classmethod
    def c(cls, *a): return ("B", super().c(*a))


@section
def calling():
    print(A.s(1, x=2), A().s(3), A.c(1, k=2), A().c(4), B.s(5), B.c(6), B().c(7), A.raw("abc"), A().raw([1]), A.craw(8), B.craw(9), A.i(None))
    bound = B.c
    print(bound.__self__ is B, bound.__func__.__name__, bound(1), A.c.__func__ is A.__dict__["c"].__func__, A.s is A.__dict__["s"].__func__, A().s is A.s, A.c == A.c, A.c is A.c, B.craw.__self__ is B)
    sm, cm = A.__dict__["s"], A.__dict__["c"]
    print(type(sm).__name__, type(cm).__name__, sm(1), sm.__func__(2), sm.__get__(None, A)(3), cm.__get__(None, B)(), cm.__get__(A())(1), cm.__wrapped__ is cm.__func__, sm.__wrapped__ is sm.__func__)
    error(lambda: cm(1))
    error(lambda: sm.__get__())
    error(lambda: cm.__get__())


@section
def attributes():
    sm, cm = A.__dict__["doc"], A.__dict__["cdoc"]
    print(sm.__doc__, cm.__doc__, sm.__name__, cm.__name__, sm.__qualname__, cm.__module__ == __name__, A.doc.__doc__, A.cdoc.__doc__, sm.__annotations__, repr(sm).startswith("<staticmethod(<function A.doc at "), repr(cm).startswith("<classmethod(<function A.cdoc at "))
    f = staticmethod(len)
    f.attr = 5
    print(f.attr, f("ab"), callable(f), callable(classmethod(len)), f.__name__, f.__dict__["attr"])
    s5 = staticmethod(5)
    print(s5.__func__, s5.__get__(1), staticmethod(None).__func__)
    error(lambda: s5())
    for g in (lambda: staticmethod(), lambda: staticmethod(1, 2), lambda: classmethod(), lambda: staticmethod(f=len), lambda: classmethod(5).__get__(None, int)()): error(g)
    print(staticmethod(len).__isabstractmethod__, classmethod(len).__isabstractmethod__)


@section
def wrapping_other_things():
    class K:
        cls_of_cls = classmethod(type)
        partial = classmethod(print)
        nested = classmethod(classmethod(lambda c: c)) if 0 else "skip"
        call_obj = classmethod(type("Call", (), {"__call__": lambda self, c: ("called", c.__name__)})())
        sobj = staticmethod(type("Call", (), {"__call__": lambda self: "static object"})())
        meth = classmethod(A.i)
        prop = property(classmethod(lambda c: c).__func__)
    print(K.cls_of_cls is type, K.sobj(), K.call_obj(), K.meth(), type(K().prop).__name__)
    K.partial("print as classmethod")
    class L:
        @staticmethod
        @staticmethod
        def double(): return "double static"
        @classmethod
        @staticmethod if 0 else lambda f: f
        def cs(cls): return "cs"
    print(L.double(), L().double(), L.cs())


@section
def inheritance_and_assignment():
    class P:
        @classmethod
        def make(cls, *a): return cls(*a)
        @classmethod
        def name(cls): return cls.__name__
        def __init__(self, v=0): self.v = v
    class Q(P):
        def __init__(self, v=0): self.v = v * 2
    print(type(P.make()).__name__, type(Q.make()).__name__, Q.make(5).v, Q(1).make(3).v, Q.name(), Q().name())
    P.name = staticmethod(lambda: "replaced")
    print(Q.name(), Q().name())
    P.late = classmethod(lambda cls: ("late", cls.__name__))
    print(Q.late())
    def plain(*a): return len(a)
    P.plain = plain
    P.splain = staticmethod(plain)
    P.cplain = classmethod(plain)
    print(P.plain(), P().plain(), P.splain(), P().splain(), P.cplain(), P().cplain())
    inst = P()
    inst.own = staticmethod(plain)
    print(inst.own(1, 2), type(inst.own).__name__)
    class S1(staticmethod):
        def __get__(self, obj, cls=None): return "custom get"
    class T: x = S1(plain)
    print(T.x, T().x)
    class M(type):
        @classmethod
        def mc(mcs): return mcs.__name__
        @staticmethod
        def ms(): return "meta static"
        def mi(cls): return cls.__name__
    class U(metaclass=M): pass
    print(U.mc(), U.ms(), U.mi(), M.mc())
    error(lambda: U().mi())


@section
def builtin_classmethods():
    print(dict.fromkeys("a"), {}.fromkeys("b", 1), int.from_bytes(b"\x01"), (5).from_bytes(b"\x02"), bytes.fromhex("41"), float.fromhex("0x1p1"), type(dict.__dict__["fromkeys"]).__name__, type(str.__dict__["maketrans"]).__name__, dict.fromkeys.__self__ is dict, str.maketrans("a", "b"), "".maketrans("c", "d"))
    class D(dict): pass
    print(type(D.fromkeys("a")).__name__, D.fromkeys("xy", 0), D().fromkeys("z"))
    error(lambda: dict.__dict__["fromkeys"]("a"))
    print(dict.__dict__["fromkeys"].__get__(None, D)("q"))
    error(lambda: dict.__dict__["fromkeys"].__get__(None, int))
