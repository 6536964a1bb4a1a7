"""Tools for finders, loaders and specs."""

import sys
import types

from ._bootstrap import ModuleSpec, _find_spec, _resolve_name, module_from_spec, spec_from_loader
from ._cache import MAGIC_NUMBER, cache_from_source, source_from_cache, source_hash
from ._files import decode_source, spec_from_file_location
from .abc import Loader

__all__ = ["LazyLoader", "Loader", "MAGIC_NUMBER", "cache_from_source", "decode_source", "find_spec", "module_from_spec", "resolve_name",
           "source_from_cache", "source_hash", "spec_from_file_location", "spec_from_loader"]


def resolve_name(name, package):
    """The full name of a module whose name may begin with dots."""
    rest = name.lstrip(".")
    if rest == name:
        return name
    if not package:
        raise ImportError(f"no package specified for {name!r} (required for relative module names)")
    return _resolve_name(rest, package, len(name) - len(rest))


def find_spec(name, package=None):
    """The spec of a module, which is not imported (its parent package is); None: there is no such module."""
    full = resolve_name(name, package)
    if full not in sys.modules:
        return _find_spec(full, _search_path(full))
    loaded = sys.modules[full]
    if loaded is None:
        return None
    try:
        if loaded.__spec__ is not None:
            return loaded.__spec__
    except AttributeError:
        raise ValueError(f"{name}.__spec__ is not set") from None
    raise ValueError(f"{name}.__spec__ is None")


def _search_path(full):
    """Where a module is looked for: None, or the __path__ of its package, which is imported."""
    package = full.rpartition(".")[0]
    if not package:
        return None
    try:
        return __import__(package, fromlist=["__path__"]).__path__
    except AttributeError as error:
        raise ModuleNotFoundError(f"__path__ attribute not found on {package!r} while trying to find {full!r}", name=full) from error


def _find_spec_from_path(name, path=None):
    """The spec of a module that is looked for in the folders of path; its parent is not imported."""
    return sys.modules[name].__spec__ if name in sys.modules else _find_spec(name, path)


class _LazyModule(types.ModuleType):
    """A module that is loaded when an attribute is first asked for."""

    def __getattribute__(self, attr):
        """An attribute; the first one loads the module."""
        plain = object.__getattribute__
        if plain(self, "__class__") is _LazyModule:
            names, spec = plain(self, "__dict__"), plain(self, "__spec__")
            if spec.loader_state["is_loading"]:  # what the loader itself asks for
                return names[attr] if attr in names else plain(self, attr)
            spec.loader_state["is_loading"] = True
            _load_now(self, names, spec)
        return getattr(self, attr)

    def __delattr__(self, attr):
        """Load it, so that the attribute is there, and delete that."""
        self.__getattribute__(attr)
        delattr(self, attr)


def _load_now(module, names, spec):
    """Run the code of a lazy module. What was set in it since it was made holds against what the code sets."""
    before, name = spec.loader_state["__dict__"], names["__name__"]
    meanwhile = {key: value for key, value in names.items() if key not in before or before[key] is not value}
    spec.loader.exec_module(module)
    if sys.modules.get(name, module) is not module:
        raise ValueError(f"module object for {name!r} substituted in sys.modules during a lazy load")
    names.update(meanwhile)
    module.__class__ = spec.loader_state["__class__"]


def _check_loader(loader):
    if not hasattr(loader, "exec_module"):
        raise TypeError("loader must define exec_module()")


class LazyLoader(Loader):
    """Makes modules that run their code when they are first used."""

    @classmethod
    def factory(cls, loader):
        """What makes such loaders of a class of loaders that do not wait."""
        _check_loader(loader)
        return lambda *args, **kwargs: cls(loader(*args, **kwargs))

    def __init__(self, loader):
        _check_loader(loader)
        self.loader = loader

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        """Do not run the code yet: let the first use do it."""
        spec = module.__spec__
        spec.loader = module.__loader__ = self.loader
        spec.loader_state = {"__dict__": vars(module).copy(), "__class__": module.__class__, "is_loading": False}
        module.__class__ = _LazyModule
