# def_parameters.py - function definitions: all parameter kinds, defaults evaluated once, keyword-only, positional-only.
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
def kinds():
    def f(a, b=1, /, c=2, *d, e, g=3, **h): return a, b, c, d, e, g, h
    print(f(0, e=9), f(0, 1, 2, 3, 4, e=5, g=6, i=7), f(0, c=5, e=1), f(0, e=1, a=2, b=3), f(*"abc", **{"e": 1, "z": 2}))
    def pos(a, b, /): return a, b
    def pos_kw(a, /, b): return a, b
    def kw(*, a, b=2): return a, b
    def var(*args): return args
    def kwvar(**kwargs): return kwargs
    def both(*a, **k): return a, k
    def named_star(*, a, **k): return a, k
    def trailing(a, b,): return a, b
    def trailing2(*a,): return a
    def trailing3(**k,): return k
    def trailing4(a, /,): return a
    def trailing5(*, a,): return a
    print(pos(1, 2), pos_kw(1, b=2), kw(a=1), var(), var(1), kwvar(a=1), both(1, b=2), named_star(a=1, c=3), trailing(1, 2), trailing2(1), trailing3(x=1), trailing4(1), trailing5(a=1))
    print(kwvar(**{"self": 1, "class": 2, "": 3, "a b": 4}), both(*[], **{}), (lambda a, /, a2: (a, a2))(1, 2))
    def same_name(a, /, **kw): return a, kw
    print(same_name(1, a=2))


@section
def defaults():
    log = []
    def n(x):
        log.append(x)
        return x
    def f(a=n("a"), b=n("b"), *, c=n("c"), d=n("d")): return a, b, c, d
    print(log, f(), f("x", d="y"), log)
    def mutable(x, acc=[], table={}):
        acc.append(x)
        table[x] = len(acc)
        return acc, table
    print(mutable(1), mutable(2), mutable(3, []), mutable.__defaults__)
    mutable.__defaults__[0].clear()
    print(mutable(4))
    x = 1
    def captures(v=x): return v
    x = 2
    print(captures())
    def refers(a, b=None): return a if b is None else b
    print(refers(1), refers(1, 0))
    def chained(a=(1, 2), b={"k": [1]}, c=lambda q=5: q, d=None, e=-1, f="s" * 2): return a, b, c(), d, e, f
    print(chained())
    fs = []
    for i in range(3):
        def g(i=i): return i
        fs.append(g)
    print([g() for g in fs])
    error(lambda: exec("def f(a=undefined): pass"))
    class C:
        k = 5
        def m(self, v=k, w=[k]): return v, w
    print(C().m())


@section
def changing_defaults():
    def f(a, b=1, *, c=2): return a, b, c
    f.__defaults__ = (10, 20)
    print(f(), f(1))
    f.__defaults__ = None
    error(f)
    f.__defaults__ = (7,)
    f.__kwdefaults__ = {"c": 99}
    print(f(1), f.__kwdefaults__)
    f.__kwdefaults__["c"] = 100
    print(f(1))
    del f.__kwdefaults__
    error(lambda: f(1))
    del f.__defaults__
    error(lambda: f(1, c=1))
    error(lambda: setattr(f, "__defaults__", [1]))
    error(lambda: setattr(f, "__kwdefaults__", (1,)))
    f.__defaults__ = ()
    print(f(1, 2, c=3))


@section
def argument_rebinding():
    def f(a, *args, b=1, **kw):
        a += 1
        args = args + (9,)
        b *= 2
        kw["new"] = 1
        del a
        return args, b, kw, "a" in locals()
    print(f(1, 2, b=5, z=0))
    def g(a):
        a.append(1)
        a = [5]
        return a
    lst = []
    print(g(lst), lst)
    def h(*args): return args is args, type(args), id(args) == id(args)
    print(h(1))
    def k(x):
        def inner(): return x
        x = "changed"
        return inner()
    print(k("orig"))


@section
def many_parameters():
    n = 60
    ns = {}
    exec(f"def f({', '.join(f'p{i}=None' for i in range(n))}, *args, {', '.join(f'k{i}={i}' for i in range(n))}, **kw): return p0, p{n - 1}, args, k0, k{n - 1}, kw", ns)
    f = ns["f"]
    print(f(), f(*range(n + 2)), f(1, **{f"p{n - 1}": "last", "k0": "first", "extra": 1}))
    exec(f"def g({', '.join(f'p{i}' for i in range(n))}): return p0 + p{n - 1}", ns)
    print(ns["g"](*range(n)), ns["g"](**{f"p{i}": i for i in range(n)}))
    error(lambda: ns["g"](1, 2))
    print(f.__code__.co_argcount, f.__code__.co_kwonlyargcount, len(f.__defaults__), len(f.__kwdefaults__))


@section
def recursion_and_self_reference():
    def f(n, acc=()): return acc if n == 0 else f(n - 1, acc + (n,))
    print(f(5))
    def g(n): return [n] + g(n - 1) if n else []
    g2 = g
    def g(n): return ["replaced"]
    print(g2(3))
    def counter():
        counter.calls = getattr(counter, "calls", 0) + 1
        return counter.calls
    print(counter(), counter(), counter.calls)
    def ack(m, n): return n + 1 if m == 0 else ack(m - 1, 1) if n == 0 else ack(m - 1, ack(m, n - 1))
    print(ack(1, 5), ack(2, 2))


@section
def conditional_definitions():
    for flag in (0, 1):
        if flag:
            def f(): return "true branch"
        else:
            def f(): return "false branch"
        print(f())
    def outer():
        try: def_missing
        except NameError:
            def inner(): return "defined in handler"
        return inner()
    print(outer())
    class C:
        if 1:
            def m(self): return "m"
        for name in "xy":
            exec(f"def {name}(self): return '{name}'")
    print(C().m(), C().x(), C().y())


@section
def syntax():
    for params in ("", "a", "a,", "a, a", "a, *a", "a, **a", "*a, a", "a=1, b", "a=1, *, b", "a=1, /, b", "a=1, /, b=2", "*", "*,", "*, **k", "*, a", "*, a, *", "*a, *b", "*a, *", "**k, a", "**k, *a", "**k, **j", "**k,", "*a,", "/", "/, a", "a, /, /", "a, /, b, /", "*, a, /", "*a, /", "a, *, /", "**k, /", "a, /, *, b", "a, / b", "a b", "a: int", "a: int = 1", "a = 1: int", "*a: int", "*a: *b", "a: *b", "**k: int", "*a = 1", "**k = 1", "1", "a.b", "a[0]", "(a, b)", "(a)", "'a'", "None", "a=", "=1", "a, , b", "(", "a=*b", "a=(yield)", "a=lambda: 1", "a=b=c", "a: b: c", "a := 1", "a=(b := 1)", "*args, a=1, b, **k", "print", "self, /, self2", "__debug__", "a, b=__debug__", "not", "lambda"):
        try:
            compile(f"def f({params}): pass", "<t>", "exec")
            print(repr(params), "-> fine")
        except SyntaxError as e:
            print(repr(params), "->", e.msg, e.offset)
    for source in ("def", "def f", "def f:", "def f()", "def f() pass", "def f(): ", "def f()\n  pass", "def 1(): pass", "def f.g(): pass", "def (): pass", "def f() -> : pass", "def f() -> int pass", "def f() - > int: pass", "def f() -> int, str: pass", "def f() -> *x: pass", "def f() -> (yield): pass", "def f() -> lambda: 1: pass", "def f(): def g(): pass", "def f(): class C: pass", "def f(): if 1: pass", "def f(): x = 1; return x", "def f(): return; x", "def f[T](x): pass", "def f(): 'doc'; pass", "define f(): pass", "fn f(): pass", "function f() {}", "def f() {}", "def f(x) { return x }"):
        try:
            compile(source, "<t>", "exec")
            print(repr(source), "-> fine")
        except SyntaxError as e:
            print(repr(source), "->", type(e).__name__, e.msg, e.lineno, e.offset)
