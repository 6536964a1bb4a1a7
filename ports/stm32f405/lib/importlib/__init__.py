"""The import system as functions: those that a device has."""

import sys


def import_module(name, package=None):
    """Import a module; a name that starts with dots is relative to package."""
    rest = name.lstrip(".")
    level = len(name) - len(rest)
    if level:
        if not package:
            raise TypeError(f"the 'package' argument is required to perform a relative import for {name!r}")
        base = package.rsplit(".", level - 1)
        if len(base) < level:
            raise ImportError("attempted relative import beyond top-level package")
        name = f"{base[0]}.{rest}" if rest else base[0]
    __import__(name)
    return sys.modules[name]


def invalidate_caches():
    """There are none."""
