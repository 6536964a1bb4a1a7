# import_packages.py - packages on disk: __init__, submodules, relative imports, namespace packages, cycles, reload by sys.modules.
# SPDX-License-Identifier: MIT
import os
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


sys.dont_write_bytecode = True
ROOT = "import_packages_tmp"


def write(path, text=""):
    parts = (ROOT + "/" + path).split("/")[:-1]
    for i in range(1, len(parts) + 1):
        folder = "/".join(parts[:i])
        if not os.path.isdir(folder):
            os.mkdir(folder)
    with open(ROOT + "/" + path, "w", encoding="utf-8") as f:
        f.write(text)


write("pa/__init__.py", "print('init pa')\nvalue = 'pa value'\n__all__ = ['m1', 'value']\n")
write("pa/m1.py", "print('init pa.m1')\nfrom . import m2\nfrom .m2 import two as also\nfrom .sub import deep\nfrom .sub.deep import name as deep_name\nfrom . import value\none = 1\n")
write("pa/m2.py", "two = 2\n")
write("pa/m3.py", "from .nope import x\n")
write("pa/sub/__init__.py", "from .. import m2\nfrom ..m2 import two\nfrom .deep import name\n")
write("pa/sub/deep.py", "from .. import value as v\nname = __name__\npackage = __package__\nfrom .. import m2 as up\n")
write("cyc/__init__.py", "")
write("cyc/a.py", "import cyc.b\nfrom . import b\nx = 'a.x'\ndef f(): return cyc.b.y\n")
write("cyc/b.py", "import cyc.a\nfrom . import a\ny = 'b.y'\nearly = hasattr(a, 'x')\ndef g(): return a.x\n")
write("cyc/c.py", "from .d import late\nvalue = 1\n")
write("cyc/d.py", "from .c import value\nlate = 2\n")
write("nspace/inside.py", "print('namespace module', __name__, __package__)\n")
write("bad_syntax.py", "x = 1\ndef f(:\n")
write("raises.py", "before = 1\nraise ValueError('while importing')\n")
write("selfdel.py", "import sys\nsys.modules[__name__] = {'replaced': True}\n")
write("plain.py", "'''doc of plain'''\nimport sys\nname = __name__\ncount = getattr(sys, '_krait_count', 0) + 1\nsys._krait_count = count\ndef f(): return count\n_private = 1\n")
write("pm/__main__.py", "print('never')\n")
write("pm/__init__.py", "def __getattr__(name):\n    if name == 'virtual': return 'made by __getattr__'\n    raise AttributeError(name)\n")
write("uni_é.py", "π = 3\n")
sys.path.insert(0, ROOT)


@section
def packages():
    import pa.m1
    print(pa.m1.one, pa.m1.also, pa.m1.deep_name, pa.m1.value, pa.sub.two, pa.sub.name, pa.sub.deep.v, pa.sub.deep.package)
    print(pa.__name__, pa.__package__, pa.m1.__name__, pa.m1.__package__, hasattr(pa, "__path__"), hasattr(pa.m1, "__path__"), pa.m2 is sys.modules["pa.m2"])
    from pa import m1, value
    from pa.sub import deep as d
    print(m1 is pa.m1, d.up is pa.m2, pa.__spec__.name, pa.m1.__spec__.parent)
    ns = {}
    exec("from pa import *", ns)
    print(sorted(k for k in ns if k != "__builtins__"))


@section
def relative_errors():
    for f in (lambda: __import__("pa.m3"), lambda: exec("from . import x", {"__package__": "pa", "__name__": "pa.q"}), lambda: exec("from ... import x", {"__package__": "pa", "__name__": "pa.q"}), lambda: exec("from .m2 import nope", {"__package__": "pa"}),
              lambda: exec("from . import x", {"__package__": "unknown_package"})):
        try:
            f()
        except ImportError as e:
            print(type(e).__name__, str(e).split(" (")[0])
    ns = {"__package__": "pa", "__name__": "pa.virtual"}
    exec("from .m2 import two\nfrom . import m1", ns)
    print(ns["two"], ns["m1"].one, "pa.m3" in sys.modules)


@section
def cycles():
    import cyc.a
    print(cyc.a.x, cyc.a.f(), cyc.b.g(), cyc.b.early)
    try:
        import cyc.c
    except ImportError as e:
        print(type(e).__name__, str(e).split(" (")[0])
    print("cyc.c" in sys.modules, "cyc.d" in sys.modules)


@section
def namespace():
    import nspace.inside
    print(nspace.__name__, len(list(nspace.__path__)), getattr(nspace, "__file__", None), nspace.inside.__name__)


@section
def failures():
    for name in ("bad_syntax", "raises", "raises", "not_there", "pa.not_there", "plain.sub"):
        try:
            __import__(name)
        except (ImportError, SyntaxError, ValueError) as e:
            print(name, type(e).__name__, e.msg if isinstance(e, SyntaxError) else e, name in sys.modules, getattr(e, "name", None))


@section
def cached_and_again():
    import plain
    print(plain.name, plain.count, plain.f(), plain.__doc__)
    import plain as again
    print(again is plain)
    del sys.modules["plain"]
    import plain as fresh
    print(fresh is plain, fresh.count, plain.count)
    sys.modules["plain"] = "anything"
    import plain as any_object
    print(any_object)
    import selfdel
    print(selfdel)
    import pm
    from pm import virtual
    print(virtual, pm.virtual)
    error(lambda: pm.nothing)
    try:
        from pm import nothing
    except ImportError as e:
        print(str(e).split(" (")[0])
    import uni_é
    print(uni_é.π)


@section
def attributes_of_modules():
    import pa.m2
    print(sorted(n for n in vars(pa.m2) if n not in ("__builtins__", "__cached__", "__file__")), repr(pa.m2).split(" from")[0])
    print(pa.m2.__loader__ is not None, pa.m2.__spec__.name, pa.m2.__file__.endswith("m2.py"), pa.__file__.endswith("__init__.py"))
    del pa.m2
    try:
        pa.m2
    except AttributeError as e:
        print(e)
    from pa import m2
    print(m2.two)
