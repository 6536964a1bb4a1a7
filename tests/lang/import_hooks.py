# import_hooks.py - finders and loaders on sys.meta_path, path hooks left alone, specs, modules from source text.
# SPDX-License-Identifier: MIT
import sys
import types


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


class Spec:
    """The few attributes that the import system reads from a module spec."""

    def __init__(self, name, loader, package=False):
        self.name = name
        self.loader = loader
        self.origin = "memory"
        self.submodule_search_locations = [] if package else None
        self.parent = name if package else name.rpartition(".")[0]
        self.loader_state = None
        self.has_location = False
        self.cached = None
        self._initializing = False
        self._uninitialized_submodules = []


class Memory:
    sources = {
        "hk_plain": "x = 1\nname = __name__\nspec_name = __spec__.name\n",
        "hk_pkg": "__path__ = []\nfrom . import child\nvalue = child.value + 1\n",
        "hk_pkg.child": "value = 10\nimport hk_plain\n",
        "hk_fail": "ok = 1\nraise RuntimeError('in body')\n",
        "hk_syntax": "def (:\n",
        "hk_cycle_a": "import hk_cycle_b\nval = hk_cycle_b.val + 1\n",
        "hk_cycle_b": "import hk_cycle_a\nval = 1\nseen = hasattr(hk_cycle_a, 'val')\n",
    }
    asked = []

    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if not name.startswith("hk_"):
            return None
        cls.asked.append((name, path))
        if name in cls.sources:
            return Spec(name, cls, name == "hk_pkg")
        return None

    @staticmethod
    def create_module(spec):
        if spec.name == "hk_plain":
            m = types.ModuleType(spec.name)
            m.created_by_loader = True
            return m
        return None

    @classmethod
    def exec_module(cls, module):
        exec(compile(cls.sources[module.__name__], "<memory>", "exec"), module.__dict__)


sys.meta_path.insert(0, Memory)


@section
def from_memory():
    import hk_plain
    print(hk_plain.x, hk_plain.name, hk_plain.spec_name, hk_plain.created_by_loader, hk_plain.__loader__ is Memory)
    import hk_plain
    print(Memory.asked)
    Memory.asked.clear()


@section
def package():
    import hk_pkg
    print(hk_pkg.value, hk_pkg.child.value, hk_pkg.__package__, hk_pkg.child.__package__, Memory.asked)
    from hk_pkg import child, value
    print(child.hk_plain.x, value)
    Memory.asked.clear()
    try:
        import hk_pkg.missing
    except ImportError as e:
        print(type(e).__name__, e, e.name)
    print(Memory.asked)


@section
def failing_bodies():
    for name in ("hk_fail", "hk_syntax", "hk_unknown"):
        try:
            __import__(name)
        except Exception as e:
            print(name, type(e).__name__, e.msg if isinstance(e, (SyntaxError, ImportError)) else e, name in sys.modules)


@section
def cycle():
    import hk_cycle_a
    print(hk_cycle_a.val, hk_cycle_a.hk_cycle_b.val, hk_cycle_a.hk_cycle_b.seen)


@section
def finder_order_and_errors():
    log = []

    class Recorder:
        def __init__(self, tag): self.tag = tag

        def find_spec(self, name, path=None, target=None):
            if name.startswith("hk_"):
                log.append((self.tag, name))
            return None

    class Refuses:
        @staticmethod
        def find_spec(name, path=None, target=None):
            if name == "hk_forbidden":
                raise ImportError("forbidden by policy", name=name)
    a, b = Recorder("a"), Recorder("b")
    sys.meta_path[:0] = [a, Refuses, b]
    try:
        for name in ("hk_nothing", "hk_forbidden"):
            try:
                __import__(name)
            except ImportError as e:
                print(type(e).__name__, e, e.name)
    finally:
        del sys.meta_path[:3]
    print(log)


@section
def replaced_during_exec():
    Memory.sources["hk_swap"] = "import sys\nsys.modules[__name__] = ('swapped', 1)\n"
    Memory.sources["hk_gone"] = "import sys\ndel sys.modules[__name__]\n"
    import hk_swap
    print(hk_swap)
    try:
        import hk_gone
    except Exception as e:
        print(type(e).__name__, e)


@section
def modules_mapping():
    print(type(sys.modules).__name__, sys.modules["hk_plain"].x, "hk_nothing" in sys.modules, sys.modules.get("hk_nothing"))
    sys.modules["hk_manual"] = types.SimpleNamespace(a=5)
    import hk_manual
    from hk_manual import a
    print(hk_manual, a)
    try:
        from hk_manual import b
    except ImportError as e:
        print(str(e).split(" (")[0])
    del sys.modules["hk_manual"]
    try:
        import hk_manual
    except ModuleNotFoundError as e:
        print(e)


@section
def builtin_modules():
    import builtins
    print(sys.__name__, builtins.len is len, "sys" in sys.builtin_module_names, builtins.__name__, __name__, __builtins__ is builtins or isinstance(__builtins__, dict))
    print(type(sys), sys.__spec__.name, __spec__, __package__)
    print(isinstance(sys.path, list), isinstance(sys.meta_path, list), isinstance(sys.path_hooks, list), isinstance(sys.path_importer_cache, dict))
