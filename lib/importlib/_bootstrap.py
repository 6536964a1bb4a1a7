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


def _init_module_attrs(spec, module, *, override=False):
    def put(name, value, when=True):
        if override or getattr(module, name, None) is None:
            try:
                setattr(module, name, value)
            except AttributeError:
                pass
    put("__name__", spec.name)
    put("__loader__", spec.loader)
    put("__package__", spec.parent)
    try:
        module.__spec__ = spec
    except AttributeError:
        pass
    locations = getattr(spec, "submodule_search_locations", None)
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
            spec.loader.exec_module(module)
    finally:
        module = sys.modules.pop(spec.name)
        sys.modules[spec.name] = module
    return module


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
    return _init_module_attrs(spec, module)


def _load(spec):
    """Load the module of a spec, put it in sys.modules and return what is there afterwards."""
    if spec.loader is not None and not hasattr(spec.loader, "exec_module"):
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


def _is_package(loader, name):
    """What the loader says, False if it does not know."""
    if not hasattr(loader, "is_package"):
        return False
    try:
        return loader.is_package(name)
    except ImportError:
        return False


def spec_from_loader(name, loader, *, origin=None, is_package=None):
    """The spec of a module that a loader can load."""
    if origin is None:
        origin = getattr(loader, "_ORIGIN", None)
    if origin is None and hasattr(loader, "get_filename"):
        from . import _files
        if is_package is None:
            return _files.spec_from_file_location(name, loader=loader)
        return _files.spec_from_file_location(name, loader=loader, submodule_search_locations=[] if is_package else None)
    if is_package is None:
        is_package = _is_package(loader, name)
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
        return _gcd_import(spec.name)

    @staticmethod
    def exec_module(module):
        """A builtin module is complete when it was made."""

    @classmethod
    def get_code(cls, fullname):
        return None

    @classmethod
    def get_source(cls, fullname):
        return None

    @classmethod
    def is_package(cls, fullname):
        return False


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
        exec(cls.get_code(module.__spec__.name), module.__dict__)

    @classmethod
    def get_code(cls, fullname):
        code = _krait.frozen_code(fullname)
        if code is None:
            raise ImportError(f"{fullname!r} is not a frozen module", name=fullname)
        return code

    @classmethod
    def get_source(cls, fullname):
        return None

    @classmethod
    def is_package(cls, fullname):
        return _krait.frozen_kind(fullname) == 2


def _native_loader(spec):
    """The loader of a module that the interpreter itself found and loaded."""
    if not spec.has_location:
        for importer in (BuiltinImporter, FrozenImporter):
            if spec.origin == importer._ORIGIN:
                return importer
    from ._files import NamespaceLoader, SourceFileLoader
    if spec.has_location:
        return SourceFileLoader(spec.name, spec.origin)
    return NamespaceLoader(spec.name, spec.submodule_search_locations)


def _find_spec(name, path, target=None):
    """Ask sys.meta_path, then look where the interpreter looks."""
    for finder in list(sys.meta_path or ()):
        find_spec = getattr(finder, "find_spec", None)
        if find_spec is None:
            continue
        spec = find_spec(name, path, target)
        if spec is not None:
            return spec
    from ._files import PathFinder
    for finder in (BuiltinImporter, FrozenImporter, PathFinder):
        spec = finder.find_spec(name, path, target)
        if spec is not None:
            return spec
    return None
