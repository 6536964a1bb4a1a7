# code_frames.py - code objects and frames as values: names, constants kept apart, co_consts of equal values, flags.
# SPDX-License-Identifier: MIT
import sys


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


@section
def names():
    def f(a, /, b, *args, c, **kw):
        x = 1
        global g
        g = x
        y = [i for i in range(3)]
        z = lambda q: q + x
        import sys as mod
        with type("M", (), {"__enter__": lambda s: 1, "__exit__": lambda *e: None})() as w: pass
        try: pass
        except Exception as exc: pass
        del y
        return x
    c = f.__code__
    print(c.co_varnames[:c.co_argcount + c.co_kwonlyargcount + 2], c.co_cellvars, c.co_freevars, c.co_name, c.co_qualname, set(c.co_varnames) >= {"mod", "w", "exc", "y", "z"}, "g" in c.co_names, "g" not in c.co_varnames)


@section
def constants_are_kept_apart():
    # Values that are equal but differ must not be merged.
    def f(): return 1, 1.0, True, 0, 0.0, -0.0, False, 1j, "1", b"1", (1, 2), (1.0, 2), (True, 2), None, ...
    print(f(), [type(x).__name__ for x in f()], str(f()[5]))
    def g(): return (0.0, -0.0), (-0.0, 0.0), 0.0, -0.0, 1e400 - 1e400 == 0, frozenset({1}) == {1}, 2 ** 3, -1, - 1.0, (1,) + (1.0,)
    print(g())
    def h(x): return x in {1, 2, "a"}, x in (1.0, 2), x in [True, "b"]
    print(h(1), h("a"), h("b"), h(True))
    print([(lambda: 1)(), (lambda: 1.0)(), (lambda: True)()], {1: "int"} | {1.0: "float"}, ((), ()), ("a" "b", "ab"), b"" b"", "é" == "\xe9")
    ns = {}
    exec("a = 0.0\nb = -0.0\nc = 0\nd = False\ne = (0.0, 0)\nf = (0, 0.0)\ng = (-0.0,)\nh = (0.0,)", ns)
    print([ns[k] for k in "abcdefgh"])


@section
def nested_code():
    def outer():
        def inner():
            class K:
                def m(self): return lambda: [x for x in self]
            return K
        return inner
    print(outer.__code__.co_qualname, outer().__qualname__, outer()().__qualname__, outer()().m.__qualname__, outer()().m(0).__qualname__, outer()().m(0).__code__.co_freevars, outer.__code__.co_name)
    consts = [c for c in outer.__code__.co_consts if hasattr(c, "co_name")]
    print([c.co_name for c in consts], [k.co_name for k in consts[0].co_consts if hasattr(k, "co_name")])


@section
def equality():
    def make(src): return compile(src, "f", "exec")
    a, b, c = make("x = 1"), make("x = 1"), make("x = 2")
    print(a == b, a == c, hash(a) == hash(b), a == 5, make("x = 1") == make("x = 1.0"), make("x = 0.0") == make("x = -0.0"), make("y = 1") == make("x = 1"))
    f1, f2 = (lambda x: x), (lambda x: x)
    print(f1.__code__ == f1.__code__, f1 == f2)


@section
def frame_values():
    def f(a):
        b = 2
        fr = sys._getframe()
        return fr.f_code is f.__code__, fr.f_globals is globals(), sorted(k for k in fr.f_locals if k != "fr"), fr.f_lineno - f.__code__.co_firstlineno, fr.f_back.f_code.co_name, fr.f_trace_lines, fr.f_trace_opcodes
    print(f(1))
    class C:
        here = sys._getframe().f_code.co_name
        loc = sorted(k for k in sys._getframe().f_locals if not k.startswith("__"))
    print(C.here, C.loc)
    print(eval("sys._getframe().f_code.co_name"), (lambda: sys._getframe().f_code.co_name)(), [sys._getframe().f_code.co_name for _ in (1,)], list(sys._getframe().f_code.co_name for _ in (1,)))
    ns = {"sys": sys}
    exec("fr = sys._getframe()\nname = fr.f_code.co_name\nsame = fr.f_globals is globals()", ns)
    print(ns["name"], ns["same"])
    def depth(n): return [sys._getframe(i).f_code.co_name for i in range(3)] if n == 0 else depth(n - 1)
    print(depth(3))
    def caller_name(): return sys._getframe(1).f_code.co_name
    def someone(): return caller_name()
    print(someone(), (lambda: caller_name())())


@section
def co_flags():
    def plain(): pass
    def gen(): yield
    async def co(): pass
    async def agen(): yield
    def var(*a): pass
    def kw(**k): pass
    def nested():
        def inner(): return plain
        return inner
    for f in (plain, gen, co, agen, var, kw, nested()): print(f.__name__, {n: bool(f.__code__.co_flags & b) for n, b in (("varargs", 4), ("varkw", 8), ("generator", 32), ("coroutine", 128), ("async_gen", 512))})
    print(compile("1", "f", "eval").co_flags & (4 | 8 | 32), [k.co_flags & 32 for k in (lambda: (x for x in ())).__code__.co_consts if hasattr(k, "co_flags")])
