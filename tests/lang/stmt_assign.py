# stmt_assign.py - assignment statements: targets, chains, augmented and annotated assignment, order, errors.
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


class Box:
    pass


e = Box()


@section
def annotated():
    class C:
        a: int
        b: str = "x"
        c: "forward" = 1
        (d): int = 5
        e.f: int = 1
        if False: g: float = 1
        h: list[int] = []
        __private: int = 7
    print(C.__annotations__, C.b, C.d, hasattr(C, "a"), e.f)

    def f():
        x: undefined_name = 1
        y: 1 / 0
        (z): undefined_name = 2
        return x, z, "y" in locals()
    print(f(), f.__annotations__)

    def g():
        v: int
        return v
    error(g)
    d = {}
    d["k"]: int = 5
    e.attr: undefined if 0 else int = 6
    print(d, e.attr)
    ns = {}
    exec("x: int\ny: str = 'v'\nz: 1 + 1 = 3\n(w): int = 4\nw2: 'quoted'\nif 1:\n  n: bytes\nfor i in (1,):\n  l: float", ns)
    print(ns["__annotations__"], ns["y"], ns["z"], ns["w"], "x" in ns)
    error(lambda: exec("x: undefined_ann = 1", {}))
    error(lambda: exec("class C:\n  x: undefined_ann", {}))
    error(lambda: exec("x: int = undefined_val", {}))
    ns = {}
    exec("from __future__ import annotations\nx: undefined_ann = 1\ndef f(a: not_here, b: 1/0 = 2) -> also.missing: pass\nclass C:\n  y: x + 1 = 5\n  z: list['quoted']", ns)
    print(ns["__annotations__"], ns["f"].__annotations__, ns["C"].__annotations__)


@section
def annotations_in_scopes():
    print(type(globals().get("__annotations__", {})).__name__, "__annotations__" in locals())
    class A:
        x: int
    class B(A):
        pass
    class D(A):
        y: str
    print(A.__annotations__, "__annotations__" in vars(B), B.__annotations__, D.__annotations__)
    B.__annotations__ = {"new": 1}
    print(B.__annotations__, A.__annotations__)
    del B.__annotations__
    print(B.__annotations__)
    def f(a: 1, *b: 2, c: 3 = 4, **d: 5) -> 6: pass
    print(f.__annotations__)
    f.__annotations__["new"] = 7
    del f.__annotations__["a"]
    print(f.__annotations__)
    f.__annotations__ = None
    print(f.__annotations__)
    error(lambda: setattr(f, "__annotations__", 5))
    del f.__annotations__
    print(f.__annotations__)
    x: str = "annotation order"
    print(x)


@section
def chains_and_targets():
    a = b = c = []
    a.append(1)
    print(a is b is c, b)
    x = y = z = 1, 2
    print(x, y, z)
    p = (q, r) = [s, *t] = "ab"
    print(p, q, r, s, t)
    box = Box()
    lst = [0, 0, 0, 0]
    box.v = lst[0] = lst[-1] = box.w = 7
    print(box.v, box.w, lst)
    lst[1:3] = box.v, lst[0] = "xy"
    print(lst, box.v)
    (box.a, lst[0]), [box.b] = (1, 2), [3]
    print(box.a, lst, box.b)
    i = lst[i] = 0
    print(i, lst)
    f = lambda: box
    f().chained = f().again = 5
    print(box.chained, box.again)
    ((((n)))) = 5
    print(n)


@section
def augmented():
    x = 5
    x += 1; x -= 2; x *= 3; x //= 2; x **= 2; x %= 20; x <<= 2; x >>= 1; x |= 8; x &= 29; x ^= 3
    print(x)
    x /= 4
    print(x)
    y = [1]
    z = y
    y += 2, 3
    y *= 2
    print(z, y is z)
    s = "a"
    s += "b" if x else "c"
    s *= 2
    print(s)
    t = ()
    t += 1,
    print(t)
    d = {"n": [0]}
    d["n"][0] += 5
    d["n"] += [6]
    print(d)
    x = 1
    x += x + (x := 10)
    print(x)
    def f():
        nonlocal x
        x += 1
        return x
    x += f()
    print(x)
    (w) = 1
    (w) += 1
    print(w)


@section
def walrus_statement_errors():
    for source in ("x := 1", "(x := 1)", "x = y := 1", "x = (y := 1)", "f(x := 1)", "f(a=x := 1)", "f(a=(x := 1))", "[x := 1]", "x[y := 1]", "x[a:b := 1]" , "{x := 1}", "{a: x := 1}", "{x := 1: 2}", "(x.y := 1)", "(x[0] := 1)", "((x) := 1)", "((x, y) := 1)", "(x := 1, 2)", "(x := *y)", "lambda: (x := 1)", "lambda: x := 1", "def f(a=x := 1): pass", "def f(a=(x := 1)): pass", "def f(a: x := 1): pass", "assert x := 1", "del (x := 1)", "while x := 1: break", "if x := 1: pass", "return x := 1", "for x in y := 1: pass", "with x := y: pass", "with (x := y): pass", "print(x := 1, y := 2)", "x: int := 1", "(x: int := 1)", "(x := 1) = 2", "(x += 1)", "(1 := 2)", "@x := y\ndef f(): pass", "(x := yield)", "import x := y", "x[y:=1, z:=2]", "f(**x := y)", "f(*x := y)", "(x := (y := 1))", "(x := y := 1)", "x = (yield)", "{**(x := {})}", "f'{x:=5}'"):
        try:
            compile(source, "<t>", "exec")
            print(source, "-> fine")
        except SyntaxError as e:
            print(source, "->", e.msg, e.offset)


@section
def annotation_syntax():
    for source in ("x: int = y = 1", "x, y: int", "(x, y): int", "[x]: int", "x: int, y: int", "f(): int", "f(): int = 1", "1: int", "x: *int", "x: int = *y", "x: int = *y, z", "x: int = yield", "x: (yield)", "x: lambda: 1", "x: a if b else c = 1", "*x: int", "x.y: int", "x[0]: int = 1", "(x.y): int", "x: int += 1", "x:", "x: = 1", "lambda x: int: 1", "x: y: z", "def f(): x: int; global x", "x: (y := 1)", "x: y := 1", "'s': int", "x + y: int", "not x: int", "x: not int", "x: int = 1, 2", "x: int = 1 if 2 else 3", "(x): int", "((x)): int = 1", "x: await y", "None: int"):
        try:
            compile(source, "<t>", "exec")
            print(source, "-> fine")
        except SyntaxError as e:
            print(source, "->", e.msg, e.offset)
