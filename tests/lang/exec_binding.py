# exec_binding.py - naming and binding: every construct that binds, unbound locals, del, global and builtin lookup.
# SPDX-License-Identifier: MIT
import sys


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
def binders():
    import sys as a
    from sys import maxsize as b
    for c in (1,): pass
    with type("M", (), {"__enter__": lambda s: "d", "__exit__": lambda *x: None})() as d: pass
    def e(): pass
    class f: pass
    (g := 5)
    h, [i, *j] = 1, "xyz"
    k: int = 6
    match [1, {"q": 2, "r": 3}]:
        case [l, {"q": m, **n}] as o: pass
    try:
        1 / 0
    except ZeroDivisionError as p:
        q = type(p).__name__
    [r := s for s in (1, 2)]
    t = u = 7
    type v = int
    print(sorted(locals()))


@section
def unbound_locals():
    def f1():
        print(x)
        x = 1

    def f2():
        x += 1

    def f3():
        del x
        x = 1

    def f4(flag):
        if flag:
            x = 1
        return x

    def f5():
        for x in []: pass
        return x

    def f6():
        x = 1
        del x
        return x

    def f7():
        try: 1 / 0
        except ZeroDivisionError as x: pass
        return x

    def f8():
        x = 1
        del x
        del x

    def f9(x):
        del x
        return lambda: x
    for f in (f1, f2, f3, lambda: f4(0), f5, f6, f7, f8, lambda: f9(1)()):
        error(f)
    print(f4(1))


@section
def undefined_names():
    error(lambda: nope)
    error(lambda: exec("x += 1", {}))
    error(lambda: exec("del x", {}))
    error(lambda: exec("global y\ndel y", {}))
    error(lambda: exec("class C:\n  print(zzz)", {}))
    error(lambda: exec("class C:\n  del zzz", {}))
    error(lambda: exec("def f():\n  global gg\n  del gg\nf()", {}))
    error(lambda: exec("def f():\n  global gg\n  gg += 1\nf()", {}))
    try:
        nope
    except NameError as e:
        print(e.name, e.args)
    try:
        (lambda: [unbound for _ in (1,) if (unbound := unbound)])()
    except UnboundLocalError as e:
        print(type(e).__name__, e, e.name)


counter = 0


@section
def global_statement():
    def bump():
        global counter, fresh
        counter += 1
        fresh = "made"

    def nested():
        def inner():
            global counter
            counter += 10
        counter = "local"
        inner()
        return counter
    bump()
    print(counter, fresh, nested(), counter)

    def define():
        global gfunc, GClass, sys_alias
        def gfunc(): return "gfunc"
        class GClass: pass
        import sys as sys_alias
    define()
    print(gfunc(), GClass.__name__, GClass.__qualname__, gfunc.__qualname__, sys_alias is sys)

    class C:
        global in_class
        in_class = 5
        other = 6
    print(in_class, hasattr(C, "in_class"), C.other)

    def loop():
        global gi, ge
        for gi in range(3): pass
        try: 1 / 0
        except ZeroDivisionError as ge: pass
    loop()
    print(gi, "ge" in globals())
    del globals()["gi"]
    error(lambda: gi)
    globals()["injected"] = 9
    print(injected)


@section
def shadowing_builtins():
    def f(len):
        return len + 1
    print(f(1), len("ab"))
    ns = {"len": lambda x: "shadow"}
    exec("r1 = len(1)\ndel len\nr2 = len('abc')", ns)
    print(ns["r1"], ns["r2"])
    ns = {"__builtins__": {"len": lambda x: "custom", "print": print}}
    exec("print(len(5))", ns)
    error(lambda: exec("int('5')", ns))
    import builtins
    builtins.my_new_builtin = "visible"
    print(my_new_builtin)
    del builtins.my_new_builtin
    error(lambda: my_new_builtin)


@section
def late_binding():
    def f(): return g()
    def g(): return "first"
    a = f()
    def g(): return "second"
    print(a, f())
    fs = [lambda: i for i in range(3)]
    print([h() for h in fs], [h() for h in [lambda i=i: i for i in range(3)]])


@section
def chained_and_swapped():
    a = b = c = []
    a.append(1)
    print(b, c is a)
    x, y, z = 1, 2, 3
    x, y, z = z, x, y
    print(x, y, z)
    i = 0
    lst = [0, 0, 0]
    i, lst[i] = 1, "one"
    print(i, lst)
    i = lst[i] = 2
    print(i, lst)
    (a, b), c = d = ("p", "q"), "r"
    print(a, b, c, d)
    x = x, = [5]
    print(x)
