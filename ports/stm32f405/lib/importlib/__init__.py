"""The import system as functions: those that a device has."""

import sys


def _resolve_name(name, package):
    """The full name of a module whose name begins with dots."""
    rest = name.lstrip(".")
    level = len(name) - len(rest)
    base = package.rsplit(".", level - 1)
    if len(base) < level:
        raise ImportError("attempted relative import beyond top-level package")
    return f"{base[0]}.{rest}" if rest else base[0]


def import_module(name, package=None):
    """Import a module; a name that starts with dots is relative to package."""
    if name.startswith("."):
        if not package:
            raise TypeError(f"the 'package' argument is required to perform a relative import for {name!r}")
        name = _resolve_name(name, package)
    __import__(name)
    return sys.modules[name]


def invalidate_caches():
    """There are none."""
