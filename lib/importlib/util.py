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
    """Resolve a relative module name to an absolute one."""
    if not name.startswith("."):
        return name
    if not package:
        raise ImportError(f"no package specified for {name!r} (required for relative module names)")
    level = 0
    while level < len(name) and name[level] == ".":
        level += 1
    return _resolve_name(name[level:], package, level)


def find_spec(name, package=None):
    """The spec of a module, which is not imported (its parent package is); None: there is no such module."""
    fullname = resolve_name(name, package) if name.startswith(".") else name
    if fullname not in sys.modules:
        parent_name = fullname.rpartition(".")[0]
        path = None
        if parent_name:
            parent = __import__(parent_name, fromlist=["__path__"])
            try:
                path = parent.__path__
            except AttributeError as e:
                raise ModuleNotFoundError(f"__path__ attribute not found on {parent_name!r} while trying to find {fullname!r}",
                                          name=fullname) from e
        return _find_spec(fullname, path)
    module = sys.modules[fullname]
    if module is None:
        return None
    try:
        spec = module.__spec__
    except AttributeError:
        raise ValueError(f"{name}.__spec__ is not set") from None
    if spec is None:
        raise ValueError(f"{name}.__spec__ is None")
    return spec


class _LazyModule(types.ModuleType):
    """A module that is loaded when an attribute is first asked for."""

    def __getattribute__(self, attr):
        """Trigger the load of the module and return the attribute."""
        spec = object.__getattribute__(self, "__spec__")
        state = spec.loader_state
        if object.__getattribute__(self, "__class__") is _LazyModule:
            names = object.__getattribute__(self, "__dict__")
            if state["is_loading"]:  # what the loader itself asks for
                return names[attr] if attr in names else object.__getattribute__(self, attr)
            state["is_loading"] = True
            then = state["__dict__"]
            now = names.copy()
            name = names["__name__"]
            # What was set meanwhile holds against what the code sets.
            updated = {k: v for k, v in now.items() if k not in then or then[k] is not v}
            spec.loader.exec_module(self)
            if name in sys.modules and sys.modules[name] is not self:
                raise ValueError(f"module object for {name!r} substituted in sys.modules during a lazy load")
            names.update(updated)
            self.__class__ = state["__class__"]
        return getattr(self, attr)

    def __delattr__(self, attr):
        """Trigger the load and then perform the deletion."""
        self.__getattribute__(attr)
        delattr(self, attr)


class LazyLoader(Loader):
    """A loader that creates a module which defers loading until attribute access."""

    @staticmethod
    def _check(loader):
        if not hasattr(loader, "exec_module"):
            raise TypeError("loader must define exec_module()")

    @classmethod
    def factory(cls, loader):
        """Construct a callable which returns the eager loader made lazy."""
        cls._check(loader)
        return lambda *args, **kwargs: cls(loader(*args, **kwargs))

    def __init__(self, loader):
        self._check(loader)
        self.loader = loader

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        """Make the module load lazily."""
        module.__spec__.loader = self.loader
        module.__loader__ = self.loader
        module.__spec__.loader_state = {"__dict__": module.__dict__.copy(), "__class__": module.__class__, "is_loading": False}
        module.__class__ = _LazyModule
