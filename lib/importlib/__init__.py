"""The import system as functions."""

import sys

from . import _bootstrap
from ._bootstrap import __import__

__all__ = ["__import__", "import_module", "invalidate_caches", "reload"]

_reloading = {}


def invalidate_caches():
    """Call invalidate_caches() of the finders on sys.meta_path."""
    for finder in sys.meta_path:
        if forget := getattr(finder, "invalidate_caches", None):
            forget()


def import_module(name, package=None):
    """Import a module; a name that starts with dots is relative to package."""
    rest = name.lstrip(".") if name.startswith(".") else name
    level = len(name) - len(rest)
    if level and not package:
        raise TypeError(f"the 'package' argument is required to perform a relative import for {name!r}")
    return _bootstrap._gcd_import(rest, package, level)


def reload(module):
    """Run a module's code again, in the same module object."""
    name = _name_of(module)
    if sys.modules.get(name) is not module:
        raise ImportError(f"module {name} not in sys.modules", name=name)
    if name in _reloading:
        return _reloading[name]
    _reloading[name] = module
    try:
        module.__spec__ = found = _bootstrap._find_spec(name, _path_of_parent(name), module)
        if found is None:
            raise ModuleNotFoundError(f"spec not found for the module {name!r}", name=name)
        _bootstrap._exec(found, module)
        return sys.modules[name]
    finally:
        del _reloading[name]


def _name_of(module):
    for attributes in ("__spec__", "name"), ("__name__",):
        try:
            value = module
            for attribute in attributes:
                value = getattr(value, attribute)
            return value
        except AttributeError:
            pass
    raise TypeError("reload() argument must be a module")


def _path_of_parent(name):
    """The __path__ of the package that a module is in; None: it is in none."""
    package = name.rpartition(".")[0]
    if not package:
        return None
    if package not in sys.modules:
        raise ImportError(f"parent {package!r} not in sys.modules", name=package)
    return sys.modules[package].__path__
