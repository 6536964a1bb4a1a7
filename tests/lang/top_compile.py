# top_compile.py - compile() modes, flags and arguments; code objects run by exec and eval.
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
def modes():
    c = compile("1 + 2", "<a>", "eval")
    print(eval(c), exec(c), c.co_name, c.co_filename, type(c).__name__)
    c = compile("x = 1\ny = x + 1", "<b>", "exec")
    ns = {}
    print(eval(c, ns), ns["y"])
    c = compile("5 + 5", "<c>", "single")
    exec(c)
    exec(compile("None", "<c>", "single"))
    exec(compile("x = 3; x * 2; 'text'", "<c>", "single"))
    exec(compile("for i in range(2): i\n", "<c>", "single"))
    exec(compile("def f(): 1\n", "<c>", "single"))
    exec(compile("if 1:\n  'in if'\n", "<c>", "single"))
    for source, mode in (("1; 2", "eval"), ("x = 1", "eval"), ("", "eval"), ("1\n2", "eval"), (" 1", "eval"), ("1 ", "eval"), ("\n\n1\n\n", "eval"), ("1 # c", "eval"), ("(1\n)", "eval"), ("yield 1", "eval"), ("lambda: 1", "eval"), ("*a", "eval"), ("1, 2", "eval"), ("*(1,), 2", "eval"), ("x := 1", "eval"), ("(x := 1)", "eval"), ("pass", "eval"), ("", "single"), ("1\n2", "single"), ("if 1: pass", "single"), ("if 1: pass\n", "single"), ("if 1:\n pass\nx", "single"), ("x = 1\n\n\n", "single"), ("# c", "single"), ("def f(): pass", "single"), ("class C: pass\n", "single"), ("@x\ndef f(): pass\n", "single"), ("", "exec"), ("  ", "exec"), ("# c", "exec"), ("x", "nomode")):
        try:
            compile(source, "<t>", mode)
            print(repr(source), mode, "fine")
        except (SyntaxError, ValueError) as e:
            print(repr(source), mode, type(e).__name__, e.msg if isinstance(e, SyntaxError) else e)


@section
def displayhook():
    import sys, builtins
    old = sys.displayhook
    seen = []
    sys.displayhook = seen.append
    try: exec(compile("1; None; 'x'; (2, 3)\n", "<s>", "single"))
    finally: sys.displayhook = old
    print(seen)
    exec(compile("40 + 2", "<s>", "single"))
    print(builtins._)
    exec(compile("None", "<s>", "single"))
    print(builtins._)
    del builtins._


@section
def namespaces():
    g, l = {"a": 1}, {"b": 2}
    print(eval("a + b", g, l), "__builtins__" in g, "__builtins__" in l)
    exec("c = a + b\nglobal d\nd = 9", g, l)
    print(l, g["d"], "c" in g)
    exec("def f(): return b", g, l)
    error(l["f"])
    exec("def f(): return a\nr = f()\nclass C:\n  x = a", g, l)
    print(l["r"], l["C"].x, l["C"].__module__ if hasattr(l["C"], "__module__") else None)
    error(lambda: exec("r2 = [b for _ in range(1)]", g, l))
    error(lambda: exec("r3 = (lambda: b)()", g, l))
    class M(dict):
        def __missing__(self, k):
            if k.startswith("__"): raise KeyError(k)
            return "missing " + k
    print(eval("anything", {}, M()))
    error(lambda: eval("anything", M()))
    class Mapping:
        def __init__(self): self.d = {}
        def __getitem__(self, k): return self.d[k]
        def __setitem__(self, k, v): self.d[k] = v
        def __delitem__(self, k): del self.d[k]
    m = Mapping()
    exec("x = 1\ny = x + 1\ndel x", {}, m)
    print(m.d)
    for args in ((5,), ("1", 5), ("1", {}, 5), ("1", None, 5), ("1", []), (None,), ("1", {}, {}, {}), ()):
        error(eval, *args)
        error(exec, *args)
    print(eval("1", None, None), eval("x", None, {"x": 5}), eval("x", {"x": 1}, None), eval("x", globals={"x": 3}), eval("x", locals={"x": 4}), exec("", globals={}, locals={}))
    code = compile("free", "<f>", "eval")
    print(eval(code, {"free": "given"}))


@section
def closures_and_exec():
    def f():
        x = 5
        def g(): return x
        return g
    code = f().__code__
    error(lambda: exec(code))
    cell = type(f().__closure__[0])(7)
    def noargs(): print("  ran with closure", x_global)
    global x_global
    x_global = 1
    exec(noargs.__code__, {"x_global": "from namespace", "print": print})
    def h(): print("  free:", cellvar)
    cellvar = "outer"
    def make():
        cellvar = "enclosed"
        def inner(): print("  free:", cellvar)
        return inner
    inner = make()
    exec(inner.__code__, closure=inner.__closure__)
    error(lambda: exec(inner.__code__, closure=()))
    error(lambda: exec("1", closure=inner.__closure__))
    error(lambda: exec(inner.__code__, closure=(1,)))
    error(lambda: eval((lambda a: a).__code__))


@section
def arguments():
    print(compile(source="1", filename="f", mode="eval").co_filename, compile("1", "f", "eval", 0, True).co_filename, compile("1", b"bytes", "eval").co_filename, compile(b"1", "f", "eval").co_consts is not None)
    for args in (("1",), ("1", "f"), ("1", 5, "eval"), ("1", "f", 5), ("1", "f", "eval", -1), ("1", "f", "eval", 1 << 30), (1, "f", "eval"), ("1", "f", "eval", "x")):
        error(compile, *args)
    c = compile("assert 0, 'asserted'\nprint(__debug__)\n'''doc'''", "f", "exec", optimize=0)
    error(lambda: exec(c))
    exec(compile("assert 0\nprint('no asserts', __debug__)", "f", "exec", optimize=1))
    ns = {}
    exec(compile("def f():\n  'doc'\nx = f.__doc__", "f", "exec", optimize=2), ns)
    print(ns["x"])
    exec(compile("def f():\n  'doc'\nx = f.__doc__", "f", "exec", optimize=0), ns)
    print(ns["x"])


@section
def module_names():
    ns = {"__name__": "custom"}
    exec("class C: pass\ndef f(): pass\nname = __name__", ns)
    print(ns["C"].__module__, ns["f"].__module__, ns["name"], ns["C"])
    ns = {}
    exec("class C: pass\ndef f(): pass", ns)
    print(ns["C"].__module__, ns["f"].__module__)
    ns = {"__name__": 5}
    exec("class C: pass\ndef f(): pass", ns)
    print(ns["C"].__module__, ns["f"].__module__)


@section
def recursion_and_reentry():
    print(eval("eval('eval(\"1 + 1\")')"))
    exec("exec('exec(\"print(\\'deep exec\\')\")')")
    ns = {}
    exec("def f(n): return 1 if n < 1 else n * eval('f(n - 1)')", ns)
    print(ns["f"](5))
    code = compile("x += 1", "<r>", "exec")
    ns = {"x": 0}
    for _ in range(3): exec(code, ns)
    print(ns["x"], eval(compile("[x, x * 2]", "<r>", "eval"), ns))
    try: exec("raise KeyError('from exec')")
    except KeyError as e: print(repr(e))
    try: exec("1 +")
    except SyntaxError as e: print(e.msg, e.filename, e.lineno, e.offset, repr(e.text))
    try: compile("def f(:\n  pass", "given name", "exec")
    except SyntaxError as e: print(e.msg, e.filename, e.lineno, e.offset, repr(e.text))
    try: eval("a b")
    except SyntaxError as e: print(e.msg, e.filename, e.lineno, e.offset, e.end_lineno, e.end_offset, repr(e.text))


@section
def null_bytes_and_cookies():
    for source in "a\0b", b"a\0b", b"# coding: nonsense\na\0b", b"\xef\xbb\xbf# coding: latin-1\n\0", b"# coding: ascii\n\xc3\0", b"# coding: nonsense\n", b"# coding: latin-\nx = '\xe9'":
        try: print(ascii(compile(source, "given name", "exec").co_consts[0]))
        except SyntaxError as e: print(e.msg, e.lineno, e.offset)
