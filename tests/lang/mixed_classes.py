# mixed_classes.py - super, descriptors, operators, decorators and name mangling in odd mixtures.
# SPDX-License-Identifier: MIT
import sys

class Base:
    def m(self): return "Base"
    @classmethod
    def c(cls): return "Base.c " + cls.__name__
    @property
    def p(self): return "Bp"
    def __getattr__(self, n):
        if n.startswith("__"): raise AttributeError(n)
        return "ga " + n
class D(Base):
    def m(self): return "D" + super().m() + super(D, self).m()
    @classmethod
    def c(cls): return super().c() + "!"
    @property
    def p(self): return super().p + "2"
    def n(self): return [super(D, self).m() for _ in range(2)], (lambda: super(D, self).m())()
    def g(self): yield super().m()
    def s(self): return super().__getattribute__("m")()
d = D(); print(d.m(), D.c(), d.p, d.n(), list(d.g()), d.zz, d.s())
s = super(D, d); print(s.m(), s.__thisclass__.__name__, s.__self__ is d, s.__self_class__.__name__)
try: super(D, 5)
except TypeError as e: print(e)
try: super().x
except RuntimeError as e: print(e)
class Cached:
    def __init__(s, f): s.f = f
    def __set_name__(s, o, n): s.n = n
    def __get__(s, i, o):
        if i is None: return s
        v = i.__dict__[s.n] = s.f(i); print("computed"); return v
class U:
    @Cached
    def v(self): return 42
u = U(); print(u.v, u.v, type(U.v).__name__)
class Ops:
    def __init__(s, v): s.v = v
    def __add__(s, o): return NotImplemented
    def __radd__(s, o): return "radd"
    def __iadd__(s, o): s.v += o; return s
    def __matmul__(s, o): return "mm"
    def __pow__(s, o, m=None): return "pow", m
    def __rpow__(s, o, m=None): return "rpow", m
    def __divmod__(s, o): return "dm"
    def __neg__(s): return "neg"
    def __invert__(s): return "inv"
    def __bool__(s): return False
    def __call__(s, *a, **k): return a, k
    def __getitem__(s, k): return k
    def __contains__(s, k): return k == 1
    def __round__(s, n=None): return "round", n
    def __trunc__(s): return 7
    def __complex__(s): return 1j
    def __float__(s): return 1.5
    def __index__(s): return 3
    def __reversed__(s): return "rev"
    def __length_hint__(s): return 5
    def __enter__(s): return s
    def __exit__(s, *a): return True
    def __format__(s, f): return "F" + f
    def __dir__(s): return ["b", "a"]
    def __sizeof__(s): return 1
    def __delitem__(s, k): print("delitem", k)
    def __setitem__(s, k, v): print("setitem", k, v)
o = Ops(1)
try: o + o
except TypeError as e: print(e)
print(1 + o, o @ 1, o ** 2, 2 ** o, pow(o, 2, 3), divmod(o, 1), -o, ~o, not o, o(1, a=2), o[1:2, ..., ::3], 1 in o, 2 in o, round(o), round(o, 2), int(o), complex(o), float(o), reversed(o), f"{o:x}", dir(o), [1, 2, 3, 4][o], "abcd"[o], range(o), hex(o), bin(o), chr(o), [0] * o, (o and 1) is o)
del o[1:2]; o[..., 1] = 5; o += 4; print(o.v)
del o[1], o["x"]
with o: raise ValueError
print(int.__add__(1, 2), int.__add__(1, "a"), (5).__rsub__(7), "a".__mul__(3), [1].__eq__([1]), object.__eq__(1, 2), type.__call__(int, "5"), int.from_bytes.__self__, [].append.__self__, len.__name__, (1).__class__, int.__new__(int, 3), object.__new__(U).__class__.__name__)
def deco(*a):
    def w(f): f.tags = getattr(f, "tags", ()) + a; return f
    return w
@deco(1)
@deco(2, 3)
def fun(a: int, b: "str" = 1, *, c: list[int] = None) -> None: "doc"
print(fun.tags, fun.__annotations__, fun.__defaults__, fun.__kwdefaults__, fun.__doc__, fun.__code__.co_varnames)
class Ann:
    x: int = 1
    y: "str"
    def f(self): self.z: int = 5; return self.z
    (w): int = 3
    l: list = []
    l[0:0]: int = [1]
print(Ann.__annotations__, Ann().f(), Ann.l)
class Outer:
    class Inner:
        def __repr__(self): return f"{type(self).__qualname__}"
    def meth(self):
        class Local: pass
        return Local.__qualname__, (lambda: 0).__qualname__
print(Outer.Inner(), Outer().meth(), Outer.meth.__qualname__)
class X:
    __x = 1
    def __m(self): return self.__x
    def call(self): return self.__m(), self._X__x
    def kw(self, *, __k=5): return __k
print(X().call(), X().kw(_X__k=6), [n for n in vars(X) if "X" in n])
