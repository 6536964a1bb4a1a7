"""Tools for finders, loaders and specs."""

import sys

from . import _resolve_name
from ._bootstrap import ModuleSpec, module_from_spec
from ._files import spec_from_file_location

__all__ = ["find_spec", "module_from_spec", "resolve_name", "spec_from_file_location", "spec_from_loader"]


def resolve_name(name, package):
    """The full name of a module whose name may begin with dots."""
    if not name.startswith("."):
        return name
    if not package:
        raise ImportError(f"no package specified for {name!r} (required for relative module names)")
    return _resolve_name(name, package)


def find_spec(name, package=None):
    """The spec of a module, which is not imported (its parent package is); None: there is no such module."""
    full = resolve_name(name, package)
    if full in sys.modules:
        spec = getattr(sys.modules[full], "__spec__", None)
        if spec is None:
            raise ValueError(f"{name}.__spec__ is None")
        return spec
    path, above = None, full.rpartition(".")[0]
    if above:
        try:
            path = __import__(above, fromlist=["__path__"]).__path__
        except AttributeError as error:
            raise ModuleNotFoundError(f"__path__ attribute not found on {above!r} while trying to find {full!r}", name=full) from error
    for finder in sys.meta_path:
        spec = finder.find_spec(full, path)
        if spec:
            return spec
    return None


def spec_from_loader(name, loader, *, origin=None, is_package=None):
    """The spec of a module that a loader can load."""
    if origin is None and hasattr(loader, "get_filename"):
        return spec_from_file_location(name, loader=loader)
    if is_package is None and hasattr(loader, "is_package"):
        is_package = loader.is_package(name)
    return ModuleSpec(name, loader, origin=origin, is_package=is_package)
