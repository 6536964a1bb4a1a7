# type_params.py - PEP 695 and 696: type parameters of functions, their scopes and bounds, and as objects.
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


@section
def functions():
    def f[T](x: T) -> T: return x
    def g[T: int, *Ts, **P](x: T, *args: *Ts) -> None: pass
    def h[A, B: (int, str), C: "Forward"](a: A): pass
    print(f(5), f.__type_params__, f.__annotations__, f.__name__, f.__qualname__)
    print(g.__type_params__, [type(p).__name__ for p in g.__type_params__], [p.__name__ for p in g.__type_params__])
    A, B, C = h.__type_params__
    print(A.__bound__, A.__constraints__, B.__bound__, B.__constraints__, C.__bound__, A.__covariant__, A.__contravariant__, A.__infer_variance__)
    T = g.__type_params__[0]
    print(T.__bound__, f.__type_params__[0] is f.__annotations__["x"], (lambda: 1).__type_params__)
    def plain(): pass
    print(plain.__type_params__)
    async def co[T](x: T): return x
    print(co.__type_params__)
    def gen[T](x: T):
        yield T.__name__
    print(list(gen(1)))


@section
def scopes():
    T = "outer T"
    def f[T](a: T): return T
    print(f(1), T, f(1) is f.__type_params__[0])
    class C[T]:
        inner = T
        def m(self): return T
        comp = [T for _ in range(1)]
        class Nested:
            n = T
            def k(self): return T
    print(C.inner, C().m() is C.inner, C.comp[0] is C.inner, C.Nested.n is C.inner, C.Nested().k() is C.inner, T)
    def outer[T]():
        def inner[U](x: T, y: U): return T, U
        return inner
    print(outer()(1, 2), outer().__type_params__)
    def default_sees_outer[T](x=T): return x
    print(default_sees_outer())
    def deco(x): return lambda f: (x, f.__type_params__)
    @deco(T)
    def decorated[T](): pass
    print(decorated)
    class Base:
        X = 5
        def m[T](self, a: X) -> T: pass
        class In[T]:
            y = "class scope"
            def g(self) -> T: pass
    print(Base.m.__annotations__)
    x = 1
    def nl[T]():
        nonlocal x
        x = 2
    nl()
    print(x)
    class Mangled:
        def f[__T](self, x: __T): return __T
    print(Mangled.f.__type_params__, Mangled().f(1))


@section
def lazy_bounds():
    log = []
    def n(x):
        log.append(x)
        return x
    def f[T: n("bound"), U: (n("c1"), n("c2")), V = n("default")](x: n("annotation")): pass
    print(log)
    T, U, V = f.__type_params__
    print(T.__bound__, U.__constraints__, V.__default__, log)
    print(T.__bound__, log)
    def g[T: not_defined_yet](): pass
    error(lambda: g.__type_params__[0].__bound__)
    global not_defined_yet
    not_defined_yet = "now defined"
    print(g.__type_params__[0].__bound__)
    class C[T: "C[int]", U: list[T]]: pass
    print(C.__type_params__[0].__bound__, C.__type_params__[1].__bound__)


@section
def typevar_objects():
    def f[T, *Ts, **P](): pass
    T, Ts, P = f.__type_params__
    print(T, Ts, P, repr(T), T.__name__, T.__module__ == __name__, list[T], list[T].__parameters__, dict[T, int][str], T | int, int | T, list[T][int], tuple[*Ts], P.args, P.kwargs, P.args.__origin__ is P)
    error(lambda: T[int])
    error(lambda: type(T)())
    error(lambda: isinstance(1, T))
    error(lambda: exec("class X(T): pass", {"T": T}))
    error(lambda: T())
    error(lambda: setattr(T, "__name__", "x"))
    print(T == T, T == f.__type_params__[0], hash(T) == hash(T), {T: 1}[T], bool(T))
    def g[T](): pass
    print(g.__type_params__[0] == T, g.__type_params__ == f.__type_params__)
    f.__type_params__ = ()
    print(f.__type_params__)
    error(lambda: setattr(f, "__type_params__", 5))
