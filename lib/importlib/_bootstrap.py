"""Finders and loaders in Python, and loading by spec. The interpreter itself finds and loads the usual modules natively."""

import sys

import _krait

ModuleSpec = type(sys.__spec__) if sys.__spec__ is not None else type(_krait.__spec__)
_Module = type(sys)


def _resolve_name(name, package, level):
    bits = package.rsplit(".", level - 1)
    if len(bits) < level:
        raise ImportError("attempted relative import beyond top-level package")
    base = bits[0]
    return f"{base}.{name}" if name else base


def _gcd_import(name, package=None, level=0):
    """Import a module and return it, not its topmost package."""
    if not isinstance(name, str):
        raise TypeError(f"module name must be str, not {type(name)}")
    if level < 0:
        raise ValueError("level must be >= 0")
    if level > 0:
        if not isinstance(package, str):
            raise TypeError("__package__ not set to a string")
        if not package:
            raise ImportError("attempted relative import with no known parent package")
    if not name and level == 0:
        raise ValueError("Empty module name")
    if level > 0:
        name = _resolve_name(name, package, level)
    _import(name)
    return sys.modules[name]


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
    def put(name, value):
        if override or getattr(module, name, None) is None:
            try:
                setattr(module, name, value)
            except AttributeError:
                pass
    put("__name__", spec.name)
    locations = getattr(spec, "submodule_search_locations", None)
    if override or getattr(module, "__loader__", None) is None:
        loader = spec.loader
        if loader is None and locations is not None:
            from ._files import NamespaceLoader
            loader = NamespaceLoader.__new__(NamespaceLoader)
            loader._path = locations
            spec.loader = loader
            module.__file__ = None
        put("__loader__", loader)
    put("__package__", spec.parent)
    try:
        module.__spec__ = spec
    except AttributeError:
        pass
    if locations is not None:
        put("__path__", locations)
    if getattr(spec, "has_location", False):
        put("__file__", spec.origin)
        if getattr(spec, "cached", None) is not None:
            put("__cached__", spec.cached)
    return module


def module_from_spec(spec):
    """A new module for a spec; its code has not run."""
    module = None
    if hasattr(spec.loader, "create_module"):
        module = spec.loader.create_module(spec)
    elif hasattr(spec.loader, "exec_module"):
        raise ImportError("loaders that define exec_module() must also define create_module()")
    if module is None:
        module = _Module(spec.name)
    return _init_module_attrs(spec, module)


def _exec(spec, module):
    """Run the code of a module that exists already."""
    name = spec.name
    if sys.modules.get(name) is not module:
        raise ImportError(f"module {name!r} not in sys.modules", name=name)
    try:
        if spec.loader is None:
            if spec.submodule_search_locations is None:
                raise ImportError("missing loader", name=spec.name)
            _init_module_attrs(spec, module, override=True)
        else:
            _init_module_attrs(spec, module, override=True)
            if hasattr(spec.loader, "exec_module"):
                spec.loader.exec_module(module)
            else:
                _warn_old(spec, "exec_module")
                spec.loader.load_module(name)
    finally:
        module = sys.modules.pop(spec.name)
        sys.modules[spec.name] = module
    return module


def _warn_old(spec, method):
    import warnings
    loader = spec.loader
    cls = loader if isinstance(loader, type) else type(loader)
    warnings.warn(f"{cls.__module__}.{cls.__qualname__}.{method}() not found; falling back to load_module()", ImportWarning)


def _load_old(spec):
    """Loaders from before PEP 451: load_module() does everything."""
    try:
        spec.loader.load_module(spec.name)
    except BaseException:
        if spec.name in sys.modules:
            module = sys.modules.pop(spec.name)
            sys.modules[spec.name] = module
        raise
    module = sys.modules.pop(spec.name)
    sys.modules[spec.name] = module
    for name, value in (("__loader__", spec.loader), ("__spec__", spec)):
        if getattr(module, name, None) is None:
            try:
                setattr(module, name, value)
            except AttributeError:
                pass
    if getattr(module, "__package__", None) is None:
        try:
            module.__package__ = module.__name__ if hasattr(module, "__path__") else spec.name.rpartition(".")[0]
        except AttributeError:
            pass
    return module


def _load(spec):
    """Load the module of a spec, put it in sys.modules and return what is there afterwards."""
    if spec.loader is not None and not hasattr(spec.loader, "exec_module"):
        _warn_old(spec, "exec_module")
        return _load_old(spec)
    module = module_from_spec(spec)
    spec._initializing = True
    try:
        sys.modules[spec.name] = module
        try:
            if spec.loader is None:
                if spec.submodule_search_locations is None:
                    raise ImportError("missing loader", name=spec.name)
            else:
                spec.loader.exec_module(module)
        except BaseException:
            try:
                del sys.modules[spec.name]
            except KeyError:
                pass
            raise
        module = sys.modules.pop(spec.name)
        sys.modules[spec.name] = module
    finally:
        spec._initializing = False
    return module


def _load_module_shim(self, fullname):
    """load_module() of loaders that have exec_module()."""
    import warnings
    warnings.warn("the load_module() method is deprecated and slated for removal in Python 3.15; use exec_module() instead",
                  DeprecationWarning, stacklevel=2)
    spec = spec_from_loader(fullname, self)
    if fullname in sys.modules:
        module = sys.modules[fullname]
        _exec(spec, module)
        return sys.modules[fullname]
    return _load(spec)


def spec_from_loader(name, loader, *, origin=None, is_package=None):
    """The spec of a module that a loader can load."""
    if origin is None:
        origin = getattr(loader, "_ORIGIN", None)
    if not origin and hasattr(loader, "get_filename"):
        from . import _files
        if is_package is None:
            return _files.spec_from_file_location(name, loader=loader)
        return _files.spec_from_file_location(name, loader=loader, submodule_search_locations=[] if is_package else None)
    if is_package is None:
        if hasattr(loader, "is_package"):
            try:
                is_package = loader.is_package(name)
            except ImportError:
                is_package = None
        else:
            is_package = False
    return ModuleSpec(name, loader, origin=origin, is_package=is_package)


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
    from ._files import BYTECODE_SUFFIXES, SourceFileLoader, SourcelessFileLoader
    cls = SourcelessFileLoader if spec.origin.endswith(tuple(BYTECODE_SUFFIXES)) else SourceFileLoader
    return cls(spec.name, spec.origin)


def _main_loader(file):
    """The loader of __main__ when it is no module: a script, or what has no file."""
    if file is None or file == "<stdin>":
        return BuiltinImporter
    from ._files import BYTECODE_SUFFIXES, SourceFileLoader, SourcelessFileLoader
    cls = SourcelessFileLoader if file.endswith(tuple(BYTECODE_SUFFIXES)) else SourceFileLoader
    return cls("__main__", file)


def _find_spec(name, path, target=None):
    """Ask the finders on sys.meta_path."""
    meta_path = sys.meta_path
    if meta_path is None:
        raise ImportError("sys.meta_path is None, Python is likely shutting down")
    if not meta_path:
        import warnings
        warnings.warn("sys.meta_path is empty", ImportWarning)
    for finder in list(meta_path):
        try:
            find_spec = finder.find_spec
        except AttributeError:
            continue
        spec = find_spec(name, path, target)
        if spec is not None:
            return spec
    return None


for _cls in (BuiltinImporter, FrozenImporter):
    _cls.__module__ = "_frozen_importlib"
sys.modules["_frozen_importlib"] = sys.modules[__name__]  # where CPython has them
