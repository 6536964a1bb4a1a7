# import_forms.py - import statements over modules made with types.ModuleType: binding, from, as, star, errors.
# SPDX-License-Identifier: MIT
import sys
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


def module(name, **names):
    m = types.ModuleType(name)
    vars(m).update(names)
    sys.modules[name] = m
    return m


top = module("zz_top", __path__=[])
sub = module("zz_top.sub", x=1, y=2, _hidden=3)
top.sub = sub
deep = module("zz_top.sub.deep", z=9)
sub.deep = deep
sub.__path__ = []
module("zz_all", __all__=["a", "_b"], a=1, _b=2, c=3)


@section
def binding():
    ns = {}
    exec("import zz_top.sub.deep", ns)
    print(sorted(k for k in ns if k != "__builtins__"), ns["zz_top"] is top)
    ns = {}
    exec("import zz_top.sub.deep as d, zz_top.sub, zz_top as t", ns)
    print(sorted(k for k in ns if k != "__builtins__"), ns["d"] is deep, ns["t"] is top)
    ns = {}
    exec("from zz_top.sub import x, y as why, deep as dd\nfrom zz_top import sub as s\nfrom zz_top.sub import (x as x2,\n  y,)", ns)
    print(sorted(k for k in ns if k != "__builtins__"), ns["x"], ns["why"], ns["s"] is sub)

    def f():
        import zz_top.sub
        from zz_top.sub import x as inner
        return zz_top.sub.y, inner, sorted(locals())
    print(f())

    class C:
        import zz_top as t
        from zz_top.sub import y
    print(C.t is top, C.y)


@section
def star():
    ns = {}
    exec("from zz_top.sub import *", ns)
    print(sorted(k for k in ns if k != "__builtins__"))
    ns = {}
    exec("from zz_all import *", ns)
    print(sorted(k for k in ns if k != "__builtins__"))
    for all_value in (["missing"], 5, "ac", [1], ("a",), []):
        module("zz_bad", a=1, c=3, __all__=all_value)
        ns = {}
        try:
            exec("from zz_bad import *", ns)
            print(all_value, sorted(k for k in ns if k != "__builtins__"))
        except Exception as e:
            print(all_value, type(e).__name__, e)
    for source in ("def f():\n  from zz_all import *", "class C:\n  from zz_all import *", "from zz_all import *, a", "from zz_all import (*)"):
        try:
            exec(source, ns := {})
            print(sorted(k for k in ns if k != "__builtins__"))
        except SyntaxError as e:
            print(repr(source), e.msg)


@section
def errors():
    for source in ("import zz_nope", "import zz_top.nope", "import zz_all.x", "from zz_nope import x", "from zz_top import nope", "from zz_top.sub import x, nope", "import zz_top.sub.x", "from zz_all import nope as y", "from . import x", "from .. import x", "from .zz import x", "import sys.path"):
        try:
            exec(source, {"__name__": "__main__"})
        except ImportError as e:
            print(source, "->", type(e).__name__, str(e).split(" (")[0], e.name, getattr(e, "name_from", None))
    sys.modules["zz_none"] = None
    try:
        import zz_none
    except ImportError as e:
        print(type(e).__name__, e, e.name)
    e = ImportError("m", name="n", path="p")
    print(e.name, e.path, e.msg, e.args, str(e), repr(e), ImportError().msg, ImportError("a", "b").msg)
    error(lambda: ImportError("m", nope=1))
    print(issubclass(ModuleNotFoundError, ImportError))


@section
def non_module_in_sys_modules():
    class Fake:
        attr = "fake attribute"
        def __getattr__(self, name):
            if name.startswith("__"):
                raise AttributeError(name)
            return "dynamic " + name
    sys.modules["zz_fake"] = Fake()
    import zz_fake
    from zz_fake import attr, other
    print(type(zz_fake).__name__, attr, other)
    sys.modules["zz_int"] = 5
    import zz_int
    print(zz_int)
    try:
        from zz_int import x
    except ImportError as e:
        print(e)


@section
def module_getattr():
    m = module("zz_lazy", __getattr__=lambda name: f"lazy {name}" if name != "no" else exec("raise AttributeError('custom no')"), __dir__=lambda: ["z", "a"], real=1)
    import zz_lazy
    from zz_lazy import anything
    print(zz_lazy.real, zz_lazy.foo, anything, dir(zz_lazy))
    error(lambda: zz_lazy.no)
    try:
        from zz_lazy import no
    except ImportError as e:
        print(type(e).__name__, str(e).split(" (")[0])
    m.__getattr__ = 5
    error(lambda: zz_lazy.foo)


@section
def module_objects():
    m = types.ModuleType("mod", "the doc")
    print(m, m.__name__, m.__doc__, m.__package__, m.__loader__, m.__spec__, sorted(vars(m)), types.ModuleType("x").__doc__)
    m.a = 1
    m.__dict__["b"] = 2
    print(m.a + m.b, [n for n in dir(m) if not n.startswith("__")])
    del m.a
    error(lambda: m.a)
    del m.__name__
    error(lambda: m.zzz)
    error(lambda: types.ModuleType())
    error(lambda: types.ModuleType(5))
    error(lambda: setattr(m, "__dict__", {}))

    class M(types.ModuleType):
        @property
        def prop(self): return "property on a module"
    s = M("s")
    m.__class__ = M
    print(s.prop, m.prop)
    error(lambda: setattr(m, "__class__", int))


@section
def dunder_import():
    print(__import__("zz_top.sub.deep") is top, __import__("zz_top.sub", fromlist=["x"]) is sub, __import__("zz_top.sub", globals(), locals(), ("x",), 0) is sub, __import__(name="sys") is sys)
    error(lambda: __import__("zz_nope"))
    error(lambda: __import__(""))
    error(lambda: __import__(5))
    error(lambda: __import__())
    error(lambda: __import__("sys", level=-1))
    error(lambda: __import__("x", {"__package__": ""}, None, (), 1))
    import builtins
    old = builtins.__import__
    calls = []

    def spy(name, globals=None, locals=None, fromlist=(), level=0):
        calls.append((name, fromlist, level))
        return old(name, globals, locals, fromlist, level)
    builtins.__import__ = spy
    try:
        exec("import zz_top.sub\nimport zz_top.sub as s\nfrom zz_top import sub, sub as q\nfrom zz_all import *")
    finally:
        builtins.__import__ = old
    print(calls)


@section
def statement_errors():
    for source in ("import", "import a.", "import a b", "import a as", "import a as b.c", "import a as b as c", "from a import", "from a import (", "from a import ()", "from a import (b, c", "from a import b,", "from import b", "from . import", "from a import b.c", "from a import b as c.d", "import .a", "import a, ", "import (a)", "import *", "from a import b as", "from a as b import c", "import a from b", "from .a.b import c as d, e", "from ... import x", "from .... import x", "from a import b as 5", "import 5", "from __future__ import nope", "x = 1\nfrom __future__ import annotations", "from __future__ import braces", "import a as None", "from a import True"):
        try:
            compile(source, "<t>", "exec")
            print(repr(source), "fine")
        except SyntaxError as e:
            print(repr(source), "->", e.msg, e.lineno, e.offset)
