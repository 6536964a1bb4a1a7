# expr_lambda_conditional.py - lambda parameters of all kinds, conditional expressions, nesting, names.
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
def parameters():
    print((lambda: 0)(), (lambda x: x)(1), (lambda x, y: (x, y))(1, 2), (lambda x, y=5: (x, y))(1), (lambda *a: a)(1, 2), (lambda **k: k)(a=1), (lambda *, k: k)(k=1), (lambda x, /: x)(1), (lambda x, /, y, *, z: (x, y, z))(1, 2, z=3), (lambda x, *a, y=1, **k: (x, a, y, k))(1, 2, y=3, z=4))
    print((lambda x=1, /, y=2, *a, z=3, **k: (x, y, a, z, k))(), (lambda a, b=1, *c, d, e=2, **f: (a, b, c, d, e, f))(1, d=2), (lambda x,: x)(1), (lambda *a,: a)(1), (lambda **k,: k)(), (lambda *, a,: a)(a=1), (lambda x=(1, 2), y=[3]: (x, y))())
    for f in (lambda: (lambda: 1)(1), lambda: (lambda x: x)(), lambda: (lambda *, k: k)(), lambda: (lambda x, /: x)(x=1), lambda: (lambda x, y: 1)(1, y=2, z=3), lambda: (lambda a, b=2: a)(b=1)):
        error(f)


@section
def attributes():
    f = lambda x, y=2, *, z=3: x
    print(f.__name__, f.__qualname__, f.__defaults__, f.__kwdefaults__, f.__doc__, f.__annotations__, f.__module__, f.__code__.co_name, f.__code__.co_argcount, f.__code__.co_kwonlyargcount, f.__code__.co_varnames)
    f.__name__ = "renamed"
    f.attr = 1
    print(f.__name__, f.attr, f.__dict__, type(f) is type(section))
    class C:
        m = lambda self, x: (type(self).__name__, x)
        s = staticmethod(lambda x: x)
        p = property(lambda self: "prop")
        n = lambda: "no self"
    print(C().m(1), C.s(2), C().p, C.n(), C.m.__qualname__)
    error(lambda: C().n())


@section
def bodies():
    print((lambda: (1, 2))(), (lambda: [])(), (lambda: {})(), (lambda: None)(), (lambda: lambda: 1)()(), (lambda x: x if x else "zero")(0), (lambda: (yield))().__class__.__name__, (lambda: [i for i in range(2)])(), (lambda: (x := 5))(), (lambda a: f"{a!r}")("s"), (lambda: not 1)(), (lambda x: x and x + 1)(1), (lambda *a: (*a, 9))(1), (lambda: ...)())
    g = (lambda: (yield 1) or (yield 2))()
    print(list(g), list((lambda: (yield from "ab"))()))
    fact = lambda n: 1 if n < 2 else n * fact(n - 1)
    y = lambda f: (lambda x: x(x))(lambda x: f(lambda v: x(x)(v)))
    print(fact(10), y(lambda self: lambda n: 1 if n < 2 else n * self(n - 1))(5))
    compose = lambda *fs: lambda x: x if not fs else fs[0](compose(*fs[1:])(x))
    print(compose(lambda v: v + 1, lambda v: v * 2)(5), sorted([(2, "b"), (1, "z")], key=lambda p: p[1]), list(map(lambda a, b: a * b, [1, 2], [3, 4])), max([3, -7], key=lambda v: v * v), list(filter(lambda v: v % 2, range(5))))


@section
def scoping():
    x = "outer"
    print((lambda: x)(), (lambda x: x)("param"), (lambda x=x: x)(), [f() for f in [lambda: i for i in range(3)]], [f() for f in [lambda i=i: i for i in range(3)]])
    f = lambda: x
    x = "changed"
    print(f(), (lambda: (lambda: x)())(), (lambda y: (lambda z: (x, y, z)))(1)(2))
    class C:
        x = "class"
        f = lambda self: x
        g = (lambda x=x: x)
        h = [lambda: x for _ in range(1)][0]
    print(C().f(), C.g(), C.h())
    error(lambda: undefined_in_lambda)
    fs = {n: (lambda n: lambda: n)(n) for n in "ab"}
    print(fs["a"](), fs["b"]())


@section
def conditional():
    print(1 if True else 2, 1 if False else 2, (1 if 0 else 2) if 1 else 3, 1 if 0 else 2 if 0 else 3, 1 if (2 if 0 else 3) else 4, [1 if 0 else 2, 3], (1, 2) if 1 else 3, {1 if 1 else 2: 3}, f"{1 if 0 else 2}", "abc"[1 if 1 else 2], max(1 if 0 else 5, 3))
    log = []
    def n(t, v):
        log.append(t)
        return v
    print(n("a", 1) if n("c", 1) else n("b", 2), log)
    x = 1 if log else 2; y = not x if x else x
    print(x, y, (x if y else y) or "falsy", x if x is not None else "none", -1 if x else 1, *([1] if x else []), lambda: 1 if x else 2) if 0 else print(x, y, *([1] if x else []), (lambda: 1 if x else 2)())
    print([v if v else "z" for v in (0, 1) if (v if v else 1)], (1 if [] else 2 if {} else 3 if () else 4), "odd" if 3 % 2 else "even", 1 if 2 > 1 else 2, 1 if not 0 else 2, (lambda: 1)() if 1 else 0, None if 0 else ...)
    a = b = 1 if 0 else 2
    a, b = (3, 4) if a else (5, 6)
    c = 1, 2 if 0 else 3
    print(a, b, c)
    def r(v): return "t" if v else "f"
    print(r(1), r([]), r(float("nan")), r(-0.0))
    error(lambda: 1 if undefined_cond else 2)
    error(lambda: (1 / 0) if 1 else 2)
    print(2 if 1 else 1 / 0)


@section
def syntax():
    for source in ("lambda x: x = 1", "lambda x y: 1", "lambda (x, y): 1", "lambda x, x: 1", "lambda x=1, y: 1", "lambda *a, *b: 1", "lambda **k, x: 1", "lambda *: 1", "lambda *, **k: 1", "lambda /: 1", "lambda x, /, /: 1", "lambda *, /: 1", "lambda x, *, /: 1", "lambda: return 1", "lambda: (yield)", "lambda x: int: 1", "lambda: x := 1", "lambda: *a", "lambda: *a, 1", "lambda x: pass", "lambda *a=1: 1", "lambda **k=1: 1", "lambda 1: 1", "lambda x.y: 1", "lambda None: 1", "lambda __debug__: 1", "lambda: await x", "lambda async: 1", "1 if 2", "1 if 2 else", "if 1 else 2", "x = 1 if y else z = 2", "1 if x else *y", "1 if *x else y", "1 if x := 2 else 3", "1 if (x := 2) else 3", "(x = 1 if 0 else 2)", "1 if pass else 2", "lambda x, *y, z=1, **w: x", "lambda x, /, *, y: x", "lambda: lambda: 1", "lambda *x, y: 1", "lambda x=1, /, y=2: 1", "lambda x=1, /, y: 1"):
        try:
            compile(source, "<t>", "exec")
            print(source, "-> fine")
        except SyntaxError as e:
            print(source, "->", e.msg, e.offset)
