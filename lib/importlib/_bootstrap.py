"""Finders and loaders in Python, and loading by spec. The interpreter itself finds and loads the usual modules natively."""

import sys

import _krait

ModuleSpec = type(sys.__spec__) if sys.__spec__ is not None else type(_krait.__spec__)
_Module = type(sys)


def _resolve_name(name, package, level):
    base, *above = package.rsplit(".", level - 1)
    if len(above) < level - 1:
        raise ImportError("attempted relative import beyond top-level package")
    return ".".join((base, name)) if name else base


def _gcd_import(name, package=None, level=0):
    """Import a module and return it, not its topmost package."""
    if not isinstance(name, str):
        raise TypeError(f"module name must be str, not {type(name)}")
    if level < 0:
        raise ValueError("level must be >= 0")
    full = _absolute(name, package, level) if level else name
    if not full:
        raise ValueError("Empty module name")
    _import(full)
    return sys.modules[full]


def _absolute(name, package, level):
    if not isinstance(package, str):
        raise TypeError("__package__ not set to a string")
    if not package:
        raise ImportError("attempted relative import with no known parent package")
    return _resolve_name(name, package, level)


def _import(name):
    import builtins
    return builtins.__import__(name)


def __import__(name, globals=None, locals=None, fromlist=(), level=0):
    """Import a module as the import statement does."""
    import builtins
    return builtins.__import__(name, globals if globals is not None else {}, locals, fromlist, level)


# ---- Loading by spec ----


def _call_with_frames_removed(f, *args, **kwds):
    """What stands below this call in a traceback is the program's; the interpreter takes the frames above it out."""
    return f(*args, **kwds)


def _init_module_attrs(spec, module, *, override=False):
    def put(name, value, anyway=override):
        if anyway or getattr(module, name, None) is None:
            _set(module, name, value)
    put("__name__", spec.name)
    locations = getattr(spec, "submodule_search_locations", None)
    if spec.loader is None and locations is not None and (override or getattr(module, "__loader__", None) is None):
        from ._files import NamespaceLoader
        spec.loader = object.__new__(NamespaceLoader)
        spec.loader._path = locations
        module.__file__ = None
    put("__loader__", spec.loader)
    put("__package__", spec.parent)
    put("__spec__", spec, anyway=True)
    if locations is not None:
        put("__path__", locations)
    if getattr(spec, "has_location", False):
        put("__file__", spec.origin)
        if getattr(spec, "cached", None) is not None:
            put("__cached__", spec.cached)
    return module


def _set(module, name, value):
    """Set an attribute of a module, or of what stands for one and may not have it."""
    try:
        setattr(module, name, value)
    except AttributeError:
        pass


def module_from_spec(spec):
    """A new module for a spec; its code has not run."""
    create = getattr(spec.loader, "create_module", None)
    if create is None and hasattr(spec.loader, "exec_module"):
        raise ImportError("loaders that define exec_module() must also define create_module()")
    made = create(spec) if create else None
    return _init_module_attrs(spec, _Module(spec.name) if made is None else made)


def _exec(spec, module):
    """Run the code of a module that exists already."""
    name = spec.name
    if sys.modules.get(name) is not module:
        raise ImportError(f"module {name!r} not in sys.modules", name=name)
    try:
        needs_code = _needs_code(spec)
        _init_module_attrs(spec, module, override=True)
        if needs_code:
            if hasattr(spec.loader, "exec_module"):
                spec.loader.exec_module(module)
            else:
                _warn_old(spec, "exec_module")
                spec.loader.load_module(name)
    finally:
        module = _last_in_modules(name)
    return module


def _needs_code(spec):
    """False for a namespace package, which is only a path; ImportError where nothing can load the module."""
    if spec.loader is None and spec.submodule_search_locations is None:
        raise ImportError("missing loader", name=spec.name)
    return spec.loader is not None


def _last_in_modules(name):
    """The module that goes by a name now (the code may have put another one there), moved to the end of sys.modules."""
    modules = sys.modules
    modules[name] = module = modules.pop(name)
    return module


def _warn_old(spec, method):
    import warnings
    loader = spec.loader
    cls = loader if isinstance(loader, type) else type(loader)
    warnings.warn(f"{cls.__module__}.{cls.__qualname__}.{method}() not found; falling back to load_module()", ImportWarning)


def _load_old(spec):
    """Loaders from before PEP 451: load_module() does everything."""
    name = spec.name
    try:
        spec.loader.load_module(name)
    except BaseException:
        if name in sys.modules:
            _last_in_modules(name)
        raise
    module = _last_in_modules(name)
    package = name.rpartition(".")[0]
    if hasattr(module, "__path__"):
        package = getattr(module, "__name__", None)
    for attribute, value in (("__loader__", spec.loader), ("__spec__", spec), ("__package__", package)):
        if getattr(module, attribute, None) is None:
            _set(module, attribute, value)
    return module


def _load(spec):
    """Load the module of a spec, put it in sys.modules and return what is there afterwards."""
    if spec.loader is not None and not hasattr(spec.loader, "exec_module"):
        _warn_old(spec, "exec_module")
        return _load_old(spec)
    made = module_from_spec(spec)
    spec._initializing = True
    sys.modules[spec.name] = made
    try:
        if _needs_code(spec):
            spec.loader.exec_module(made)
        return _last_in_modules(spec.name)
    except BaseException:
        sys.modules.pop(spec.name, None)
        raise
    finally:
        spec._initializing = False


def _load_module_shim(self, fullname):
    """load_module() of loaders that have exec_module()."""
    import warnings
    warnings.warn("the load_module() method is deprecated and slated for removal in Python 3.15; use exec_module() instead",
                  DeprecationWarning, stacklevel=2)
    loaded, spec = sys.modules.get(fullname), spec_from_loader(fullname, self)
    return _load(spec) if loaded is None else _exec(spec, loaded)


def spec_from_loader(name, loader, *, origin=None, is_package=None):
    """The spec of a module that a loader can load."""
    where = getattr(loader, "_ORIGIN", None) if origin is None else origin
    if not where and hasattr(loader, "get_filename"):
        from . import _files
        known = {} if is_package is None else {"submodule_search_locations": [] if is_package else None}
        return _files.spec_from_file_location(name, loader=loader, **known)
    if is_package is None:
        try:
            is_package = hasattr(loader, "is_package") and loader.is_package(name)
        except ImportError:
            pass # that stays unknown
    return ModuleSpec(name, loader, origin=where, is_package=is_package)


# ---- Builtin and frozen modules ----


class BuiltinImporter:
    """Finder and loader of builtin modules. All methods are class or static methods."""

    _ORIGIN = "built-in"

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        if fullname in sys.builtin_module_names:
            return spec_from_loader(fullname, cls, origin=cls._ORIGIN)
        return None

    @staticmethod
    def create_module(spec):
        if spec.name not in sys.builtin_module_names:
            raise ImportError(f"{spec.name!r} is not a built-in module", name=spec.name)
        module = sys.modules.get(spec.name)
        return module if module is not None else _krait.load_builtin(spec.name)

    @staticmethod
    def exec_module(module):
        """A builtin module is complete when it was made."""

    @staticmethod
    def _check(fullname):
        if fullname not in sys.builtin_module_names:
            raise ImportError(f"{fullname!r} is not a built-in module", name=fullname)

    @classmethod
    def get_code(cls, fullname):
        """There is none."""
        cls._check(fullname)

    @classmethod
    def get_source(cls, fullname):
        """There is none."""
        cls._check(fullname)

    @classmethod
    def is_package(cls, fullname):
        """No builtin module is one."""
        cls._check(fullname)
        return False

    load_module = classmethod(_load_module_shim)


class FrozenImporter:
    """Finder and loader of the library's modules inside the binary. All methods are class or static methods."""

    _ORIGIN = "frozen"

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        kind = _krait.frozen_kind(fullname)
        if not kind:
            return None
        return spec_from_loader(fullname, cls, origin=cls._ORIGIN, is_package=kind == 2)

    @staticmethod
    def create_module(spec):
        return None

    @classmethod
    def exec_module(cls, module):
        _call_with_frames_removed(exec, cls.get_code(module.__spec__.name), module.__dict__)

    @classmethod
    def get_code(cls, fullname):
        code = _krait.frozen_code(fullname)
        if code is None:
            raise ImportError(f"{fullname!r} is not a frozen module", name=fullname)
        return code

    @staticmethod
    def _check(fullname):
        if not _krait.frozen_kind(fullname):
            raise ImportError(f"{fullname!r} is not a frozen module", name=fullname)

    @classmethod
    def get_source(cls, fullname):
        """There is none."""
        cls._check(fullname)

    @classmethod
    def is_package(cls, fullname):
        cls._check(fullname)
        return _krait.frozen_kind(fullname) == 2

    load_module = classmethod(_load_module_shim)


def _native_loader(spec):
    """The loader of a module that the interpreter itself found and loaded."""
    if not spec.has_location:
        return BuiltinImporter if spec.origin == BuiltinImporter._ORIGIN else FrozenImporter
    return _file_loader(spec.name, spec.origin)


def _main_loader(file):
    """The loader of __main__ when it is no module: a script, or what has no file."""
    return BuiltinImporter if file is None or file == "<stdin>" else _file_loader("__main__", file)


def _file_loader(name, path):
    from ._files import BYTECODE_SUFFIXES, SourceFileLoader, SourcelessFileLoader
    is_code = path.endswith(tuple(BYTECODE_SUFFIXES))
    return (SourcelessFileLoader if is_code else SourceFileLoader)(name, path)


def _find_spec(name, path, target=None):
    """Ask the finders on sys.meta_path."""
    if sys.meta_path is None:
        raise ImportError("sys.meta_path is None, Python is likely shutting down")
    finders = list(sys.meta_path)
    if not finders:
        import warnings
        warnings.warn("sys.meta_path is empty", ImportWarning)
    for finder in finders:
        if find := getattr(finder, "find_spec", None):
            found = find(name, path, target)
            if found is not None:
                return found
    return None


for _cls in (BuiltinImporter, FrozenImporter):
    _cls.__module__ = "_frozen_importlib"
sys.modules["_frozen_importlib"] = sys.modules[__name__]  # where CPython has them
