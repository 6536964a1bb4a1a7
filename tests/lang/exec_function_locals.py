# exec_function_locals.py - locals(), globals(), frame f_locals write-through (PEP 667), exec and eval inside functions.
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
def snapshots():
    def f(a, b=2):
        first = locals()
        c = 3
        second = locals()
        first["a"] = "changed"
        return a, sorted(first), sorted(second), first is second, first["a"]
    print(f(1))

    def g():
        x = 1
        d = locals()
        x = 2
        return d["x"], locals()["x"]
    print(g())

    def h():
        x = 1
        def inner(): return x, sorted(locals())
        y = 5
        return inner(), sorted(locals())
    print(h())

    def cells():
        x = 1
        def inner():
            nonlocal x
            x += 1
        inner()
        d = locals()
        inner()
        return d["x"], locals()["x"]
    print(cells())

    def deleted():
        x = 1
        y = 2
        del x
        return sorted(locals())
    print(deleted())


@section
def exec_in_function():
    def f():
        x = 1
        exec("x = 2\ny = 3")
        return x, "y" in locals()
    print(f())

    def g():
        x = 1
        ns = locals()
        exec("x = 2\ny = x + 1", globals(), ns)
        return x, ns["x"], ns["y"]
    print(g())

    def h(v):
        return eval("v + 1"), eval("v * k", {"k": 3}, {"v": 4}), eval("[v for _ in range(1)]")
    print(h(5))
    error(lambda: eval("not_here"))

    def k():
        a = 5
        return eval("(lambda: 1)()"), eval("a"), eval("locals()")["a"]
    print(k())

    def nested():
        hidden = 1
        def inner():
            try:
                return eval("hidden")
            except NameError as e:
                return str(e)
        return inner()
    print(nested())


@section
def module_level():
    ns = {}
    exec("a = 1\nlocals()['b'] = 2\nglobals()['c'] = 3\nr = (a, b, c, locals() is globals())", ns)
    print(ns["r"], sorted(k for k in ns if k != "__builtins__"))
    loc = {}
    exec("x = 1\nglobals()['y'] = 2\nr = locals() is not globals()", ns, loc)
    print(loc, ns["y"], "x" in ns)


@section
def class_level():
    class C:
        a = 1
        locals()["b"] = 2
        c = b + 1
        names = sorted(k for k in locals() if not k.startswith("__"))
    print(C.names, C.b, C.c)


@section
def frame_proxy():
    def f():
        x = 1
        y = 2
        fr = sys._getframe()
        loc = fr.f_locals
        loc["x"] = "written"
        loc["extra"] = "stored aside"
        return x, loc["y"], loc["extra"], "extra" in locals(), sorted(loc), fr.f_locals["extra"], type(loc).__name__
    print(f())

    def g():
        a = 1
        p = sys._getframe().f_locals
        q = sys._getframe().f_locals
        p["a"] += 1
        r = (a, q["a"], p == q, len(p) >= 2, "a" in p, p.get("zz", "default"), list(p.keys())[0])
        return r
    print(g())

    def cell():
        v = 1
        def inner(): return v
        sys._getframe().f_locals["v"] = 99
        return v, inner()
    print(cell())

    def unset():
        p = sys._getframe().f_locals
        before = "later" in p
        p["later"] = "by proxy"
        got = later
        later = 2
        return before, got, p["later"]
    print(unset())


@section
def proxy_errors():
    def f():
        x = 1
        p = sys._getframe().f_locals
        for op in (lambda: p.__delitem__("x"), lambda: p.pop("x"), lambda: p.clear(), lambda: p.popitem()):
            try: op()
            except Exception as e: print(type(e).__name__, e)
        p.update({"x": 5, "n": 6})
        p |= {"m": 7}
        return x, p["n"], p["m"], p.setdefault("x", 0), p.copy()["x"], type(p.copy()).__name__, p | {"x": 0} != p
    print(f())


@section
def caller_frames():
    def callee():
        fr = sys._getframe(1)
        fr.f_locals["seen"] = "set by callee"
        return fr.f_code.co_name

    def caller():
        seen = "original"
        name = callee()
        return seen, name
    print(caller())

    def from_traceback():
        def boom():
            inside = [1, 2]
            1 / 0
        try:
            boom()
        except ZeroDivisionError as e:
            tb = e.__traceback__.tb_next
            return tb.tb_frame.f_locals["inside"], tb.tb_frame.f_code.co_name, sorted(tb.tb_frame.f_locals)
    print(from_traceback())

    def gen():
        a = 1
        yield
        yield a
    g = gen()
    next(g)
    g.gi_frame.f_locals["a"] = "via gi_frame"
    print(next(g), g.gi_frame.f_code.co_name)
    list(g)
    print(g.gi_frame)


@section
def comprehension_names():
    def f():
        z = 1
        return [sorted(k for k in locals()) for i in range(1)]
    print(f())
    def g():
        return [locals()["i"] for i in range(2)]
    print(g())


@section
def dir_and_vars():
    def f():
        b = 1
        a = 2
        return dir(), vars() == locals(), vars()["a"]
    print(f())
    error(lambda: vars(1, 2))
    error(lambda: locals(1))
    error(lambda: globals(1))
