# type_params.py - PEP 695 and 696: type parameters of functions and classes, scopes, bounds, constraints, defaults.
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
def classes():
    class A[T]:
        x: T
        def m(self, v: T) -> T: return v
        def n[U](self, u: U, t: T) -> U: return u
        y = T
    print(A.__type_params__, A.__name__, [b.__name__ for b in A.__bases__], A.__parameters__, A.y is A.__type_params__[0], A.__annotations__["x"] is A.y, A.n.__type_params__)
    class B[T, U: int](dict): pass
    class C[T](A[T]): pass
    print(A[int], B[str, int], C[str].__args__, A().m(3), B(k=1), [c.__name__ for c in C.__mro__])
    error(lambda: A[int, str])
    error(lambda: B[int])
    class D[*Ts]: pass
    class E[**P]: pass
    print(D[int, str], D[()], E[[int, str]], E[int, str], D.__type_params__, E.__type_params__)
    class F[T](metaclass=type): pass
    print(F[int](), "obj") if 0 else print(type(F[int]()).__name__)
    class Plain: pass
    print(Plain.__type_params__)
    try:
        class G[T](B[T, int], A[T]): pass
        print([c.__name__ for c in G.__mro__])
    except TypeError as e: print(e)


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
def defaults():
    def f[T = int, *Ts = *tuple[int, str], **P = [int]](): pass
    T, Ts, P = f.__type_params__
    print(T.__default__, Ts.__default__, P.__default__, T.has_default(), T.__bound__)
    class A[T, U = str]: pass
    print(A[int].__args__, A[int, bytes].__args__, A.__type_params__[0].has_default(), A.__type_params__[1].has_default())
    class B[T: int = bool]: pass
    print(B.__type_params__[0].__bound__, B.__type_params__[0].__default__, B[int].__args__)
    error(lambda: A[int, str, bytes])
    n = A.__type_params__[0].__default__
    print(type(n).__name__, repr(n))
    def g[T = undefined_default](): pass
    error(lambda: g.__type_params__[0].__default__)


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


@section
def syntax():
    for params in ("", "T", "T,", "T, T", "T, U", "T: int", "T: (int, str)", "T: (int,)", "T: int, str", "*T", "**T", "*T: int", "**T: int", "*T, *U", "**P, *T", "*", "**", "1", "T.x", "(T)", "T = int", "T: int = bool", "T = int, U", "T = int, *U", "*T = int", "*T = *int", "**P = int", "T = *int", "T := int", "T: (yield)", "T: await x", "T: (x := 1)", "T: lambda: 1", "T: [x for x in y]", "T = (yield)", "T: x if y else z", "None", "__debug__", "print", "T: int str", "T U", "T,,", "'T'"):
        for form in ("def f[{}](): pass", "class C[{}]: pass", "type X[{}] = int"):
            try:
                compile(form.format(params), "<t>", "exec")
                print(form.format(params), "-> fine")
            except SyntaxError as e:
                print(form.format(params), "->", e.msg, e.offset)
    for source in ("def f[T](T): pass", "def f[T](): nonlocal T", "def f[T]():\n  T = 1", "def f[T]():\n  global T", "class C[T]: T = 1", "class C[T]: nonlocal T", "def f[T](x: (yield)): pass", "def f[T](x: (y := 1)): pass", "def f[T](x=(yield)): pass", "class C[T](x := 1): pass", "class C[T]((x := 1)): pass", "class C[T]((yield)): pass", "def f [T] (): pass", "class C [T] : pass", "def f[T] -> int: pass", "lambda[T]: T", "async def f[T](): pass", "def f[T](x: T = T): pass", "class C[T](A[T], metaclass=M[T]): pass", "def f[T](): T: int", "def f[T]():\n  for T in x: pass", "def f[T]():\n  del T"):
        try:
            compile(source, "<t>", "exec")
            print(repr(source), "-> fine")
        except SyntaxError as e:
            print(repr(source), "->", e.msg, e.lineno, e.offset)
