# type_alias.py - the type statement: lazy values, parameters, scopes, recursion, TypeAliasType attributes.
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


@section
def basics():
    type X = int
    type Y = list[X]
    type Z = int | None
    print(X, X.__name__, X.__value__, Y.__value__, Z.__value__, type(X).__name__, X.__type_params__, X.__module__ == __name__, repr(Y), f"{X}")
    type Number = "forward ref string"
    print(Number.__value__)
    def f():
        type Local = str
        return Local
    print(f().__name__, f() is f(), f().__value__)
    class C:
        type Inner = "C"
        attr = 5
        type FromClass = attr
    print(C.Inner, C.Inner.__value__, C.FromClass.__value__)


@section
def laziness():
    log = []
    def n(x):
        log.append(x)
        return x
    type A = n("evaluated")
    print(log)
    print(A.__value__, A.__value__, log)
    type B = not_yet_defined
    error(lambda: B.__value__)
    not_yet_defined = "later"
    print(B.__value__)
    type D = 1 / 0
    error(lambda: D.__value__)
    type Rec = list[Rec] | int
    print(Rec.__value__)
    type P = tuple[Q, int]
    type Q = P | None
    print(P.__value__, Q.__value__)
    x = 1
    type Late = x
    x = 2
    print(Late.__value__)
    x = 3
    print(Late.__value__)


@section
def generic():
    type L[T] = list[T]
    type D[K, V: int] = dict[K, V]
    type F[*Ts, **P] = tuple[P, *Ts]
    print(L.__type_params__, L.__value__, L[int], type(L[int]).__name__, L[int].__origin__ is L, L[int].__args__, D[str, int], D.__type_params__[1].__bound__, F.__type_params__, L.__parameters__)
    error(lambda: type_plain[int])
    print(L[L[int]], L[int] == L[int], L[int] == L[str], hash(L[int]) == hash(L[int]))
    type Def[T = int] = set[T]
    print(Def.__type_params__[0].__default__, Def[str])
    T = "outer"
    type Shadow[T] = T
    print(Shadow.__value__, T)
    class C[T]:
        type A = list[T]
        type B[U] = dict[T, U]
    print(C.A.__value__, C.B.__value__, C.A.__value__.__args__[0] is C.__type_params__[0])
    def f[T]():
        type Inner = T
        return Inner
    print(f().__value__)


type type_plain = int


@section
def objects():
    type X = int
    for op in (lambda: X(), lambda: X(5), lambda: isinstance(1, X), lambda: issubclass(int, X), lambda: setattr(X, "__value__", 1), lambda: setattr(X, "__name__", "y"), lambda: X.nope, lambda: exec("class A(X): pass", {"X": X}), lambda: X[int], lambda: setattr(X, "new", 1), lambda: X + 1):
        error(op)
    print(X | None, int | X, X | X, list[X], X == X, hash(X) == hash(X), (X | None).__args__[0] is X)
    type Other = int
    print(X == Other, X is X, bool(X), {X: 1}[X])
    TA = type(X)
    made = TA("Made", list[int])
    print(made, made.__value__, made.__type_params__, TA("G", int, type_params=()).__name__)
    error(lambda: TA())
    error(lambda: TA("x"))
    error(lambda: TA(5, int))
    error(lambda: TA("x", int, type_params=5))
    error(lambda: type("Sub", (TA,), {}))
    match X:
        case TA(): print("class pattern")
    try: exec("class A[T: X](list[X]): pass", {"X": X})
    except Exception as e: print(e)


@section
def scoping():
    def outer():
        y = "enclosing"
        type A = y
        return A
    print(outer().__value__)
    class C:
        y = "class"
        type A = y
        y = "class changed"
        def m(self):
            type B = self
            return B
    print(C.A.__value__, type(C().m().__value__).__name__)
    type Comp = [i for i in range(3)]
    type Lam = (lambda v: v * 2)
    type Cond = 1 if 0 else 2
    type Tup = (int, str)
    type Fstr = f"{1 + 1}"
    type Call = dict(a=1)
    print(Comp.__value__, Lam.__value__(4), Cond.__value__, Tup.__value__, Fstr.__value__, Call.__value__)
    if 1:
        type InIf = "in if"
    for _ in range(2):
        type InLoop = "in loop"
    print(InIf.__value__, InLoop.__value__)
    def g():
        global GlobalAlias
        type GlobalAlias = "global alias"
    g()
    print(GlobalAlias.__value__)
    def h():
        v = 1
        def k():
            nonlocal v
            type v = int
        k()
        return v
    print(h())
    ns = {}
    exec("type A = B\nB = 5", ns)
    print(ns["A"].__value__, ns["A"].__module__)


@section
def syntax():
    for source in ("type X = int", "type X=int", "type X[T]=T", "type X = int, str", "type X = *int", "type X = (yield)", "type X = await y", "type X = (y := 1)", "type X = y := 1", "type X = [y for y in z]", "type X = lambda: 1", "type X", "type X =", "type = int", "type type = int", "type X.y = int", "type X[0] = int", "type (X) = int", "type X, Y = int", "type X: int = 5", "type X += int", "type X == int", "type X = Y = int", "type 'X' = int", "type None = int", "type __debug__ = int", "type X = int; type Y = str", "def f(): type X = int", "class C: type X = int", "lambda: type X = int", "type\nX = int", "type \\\n X = int", "type X = (\nint)", "type X = \\\n int", "type X[T] = T; X", "x = type Y = int", "type X = type", "type X = if", "type in x", "type is None", "type + 1", "type[int]", "type (int) = 5", "type.x = 1", "type: int = 1", "type = type", "type, X = 1, 2", "print(type X = int)", "type X[T = int] = T", "type X[T: int] = T", "type X[T, T] = int", "type X[] = int", "type for = int", "type X = 1 if 2 else 3", "async type X = int", "type match = int", "type case[type] = type", "type _ = int"):
        try:
            compile(source, "<t>", "exec")
            print(repr(source), "-> fine")
        except SyntaxError as e:
            print(repr(source), "->", e.msg, e.lineno, e.offset)
