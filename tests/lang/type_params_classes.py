# type_params_classes.py - PEP 695 and 696: type parameters of classes, and defaults.
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
