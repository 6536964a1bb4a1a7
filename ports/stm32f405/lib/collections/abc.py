"""Abstract base classes of containers, iterators and coroutines, each loaded when it is asked for."""

import _collections_abc
from _collections_abc import __all__


def __getattr__(name):
    if name not in __all__:
        raise AttributeError(f"module 'collections.abc' has no attribute {name!r}")
    value = globals()[name] = getattr(_collections_abc, name)
    return value
