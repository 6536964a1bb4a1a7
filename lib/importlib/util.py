"""Tools for finders, loaders and specs."""

import sys

from ._bootstrap import _find_spec, _resolve_name, module_from_spec, spec_from_loader
from ._files import decode_source, spec_from_file_location

__all__ = ["decode_source", "find_spec", "module_from_spec", "resolve_name", "source_hash", "spec_from_file_location",
           "spec_from_loader", "LazyLoader"]

MAGIC_NUMBER = b"kr\r\n"


def source_hash(source_bytes):
    """Eight bytes that differ when the source does."""
    import zlib
    return zlib.crc32(source_bytes).to_bytes(8, "little")


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


class LazyLoader:
    """A loader that runs the module's code when an attribute is first asked for."""

    def __init__(self, loader):
        if not hasattr(loader, "exec_module"):
            raise TypeError("loader must define exec_module()")
        self.loader = loader

    @classmethod
    def factory(cls, loader):
        return lambda *args, **kwargs: cls(loader(*args, **kwargs))

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        self.loader.exec_module(module)
