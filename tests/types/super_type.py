# super_type.py - super(): zero, one and two arguments, attribute lookup, descriptors, errors, cooperative chains.
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
    x = "A.x"
    def m(self): return "A.m"
    @classmethod
    def c(cls): return "A.c of " + cls.__name__
    @staticmethod
    def s(): return "A.s"
    @property
    def p(self): return "A.p of " + type(self).__name__


class B(A):
    x = "B.x"
    def m(self): return "B.m > " + super().m()
    @classmethod
    def c(cls): return "B.c > " + super().c()
    @staticmethod
    def s(): return "B.s > " + super(B, B).s()
    @property
    def p(self): return "B.p > " + super().p
    def attrs(self): return super().x, super(B, self).x, super(B, B).x if hasattr(super(B, B), "x") else None


class C(B):
    def m(self): return "C.m > " + super().m()
    def skip(self): return super(B, self).m()
    def get(self): return super()


@section
def lookups():
    c = C()
    print(c.m(), C.c(), C.s(), c.p, c.attrs(), c.skip(), super(B, c).m(), super(C, c).p, super(A, c).__repr__()[:2], super(B, C).c(), super(B, C).m(c), super(C, C).s())
    s = c.get()
    print(s.__thisclass__ is C, s.__self__ is c, s.__self_class__ is C, s.m(), type(s).__name__, s.x, repr(s).startswith("<super: <class 'C'>, <C object>>"), s.__class__, isinstance(s, super))
    error(lambda: s.nope)
    error(lambda: setattr(s, "x", 1))
    error(lambda: s[0])
    error(lambda: len(s))
    error(lambda: s())
    print(repr(super(B, C)), repr(super(A)), super(A).__self__, super(A).__thisclass__ is A, s == s, s.__dict__ if hasattr(c, "__dict__") else "")


@section
def unbound():
    u = super(B)
    bound = u.__get__(C(), C)
    print(bound.m(), super(B).__get__(None, C) is not None)
    class D(B): pass
    D.up = super(D)
    print(D().up.m(), type(D.up).__name__)
    error(lambda: u.m)


@section
def errors():
    def outside(): return super()
    def no_args(): return super().x
    class K:
        def no_self(): return super()
        def deleted(self):
            del self
            return super()
        def shadow(self):
            __class__ = 5
            return super()
        def nested(self): return (lambda: super())()
        def nested_ok(self): return (lambda self: super().__class__)(self)
        def gen(self): return list(super().__class__ for _ in (1,))
        def comp(self): return [super().__class__ for _ in (1,)]
        def star(*args): return super().__class__
        def rebound(self):
            self = 5
            return super()
    for f in (outside, no_args, K.no_self, lambda: K().deleted(), lambda: K().shadow(), lambda: K().nested(), lambda: K().gen(), lambda: K().star(), lambda: K().rebound(), lambda: super(5, 1), lambda: super(int, "a"), lambda: super(B, A()), lambda: super(A, int), lambda: super(1), lambda: super(A, A(), 1), lambda: super(a=1), lambda: super(B, 5)): error(f)
    print(K().comp(), K().nested_ok())


@section
def special_methods():
    class L(list):
        def __getitem__(self, i): return ("L", super().__getitem__(i))
        def __len__(self): return super().__len__() + 100
        def __init__(self, *a):
            super().__init__(*a)
            self.n = super().__len__()
        def __eq__(self, o): return super().__eq__(o)
        def __repr__(self): return f"L{super().__repr__()}"
        def __setattr__(self, k, v): super().__setattr__(k, v)
        def __getattribute__(self, k): return super().__getattribute__(k)
        def __iter__(self): return super().__iter__()
        __hash__ = None
    x = L([1, 2])
    print(x[0], len(x), x.n, x == [1, 2], x, [*x])
    class I(int):
        def __new__(cls, v): return super().__new__(cls, v + 1)
        def __add__(self, o): return ("I", super().__add__(o))
        def __hash__(self): return super().__hash__()
    print(I(5), I(5) + 1, hash(I(5)) == hash(6))
    class M(type):
        def __call__(cls, *a): return ("M", super().__call__(*a).__class__.__name__)
        def __new__(mcs, name, bases, ns): return super().__new__(mcs, "X" + name, bases, ns)
    class T(metaclass=M): pass
    print(T(), T.__name__)
    class G:
        def __getattr__(self, k): return "getattr " + k
    class H(G):
        def f(self): return super().__getattr__("direct")
        def g(self): return super().dynamic
    print(H().f())
    error(lambda: H().g())


@section
def cooperative():
    log = []
    class Root:
        def __init__(self, **k):
            log.append(("Root", k))
    class Left(Root):
        def __init__(self, l=None, **k):
            log.append(("Left", l))
            super().__init__(**k)
    class Right(Root):
        def __init__(self, r=None, **k):
            log.append(("Right", r))
            super().__init__(**k)
    class Both(Left, Right):
        def __init__(self, **k):
            log.append("Both")
            super().__init__(**k)
    Both(l=1, r=2, z=3)
    print(log)
    class D1(A):
        def m(self): return "D1 > " + super().m()
    class D2(A):
        def m(self): return "D2 > " + super().m()
    class D3(D1, D2):
        def m(self): return "D3 > " + super().m()
    class Plugin:
        def m(self): return "Plugin > " + (super().m() if hasattr(super(), "m") else "end")
    class D4(Plugin, D3): pass
    class D5(D3, Plugin): pass
    print(D3().m(), D4().m(), D1().m(), Plugin().m())
    class E(D1): pass
    def late(self): return "late > " + super(E, self).m()
    E.m = late
    print(E().m())
    E.__bases__ = (D2,)
    print(E().m())


@section
def shadowed_and_aliased():
    saved = super
    class K(A):
        def f(self):
            s = super
            return s(K, self).m()
        def g(self): return saved(K, self).m()
    print(K().f(), K().g())
    class N(A):
        def f(self):
            class Inner(A):
                def g(self): return super().m()
            return Inner().g(), super().m()
        async def co(self): return super().m()
        def gen(self): yield super().m()
    print(N().f(), list(N().gen()))
    try: N().co().send(None)
    except StopIteration as e: print(e.value)
    class Sub(super): pass
    print(Sub(B, B()).m(), type(Sub(B)).__name__)
