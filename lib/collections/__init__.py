"""Containers beyond the builtin ones. Each lives in a module of its own, which is loaded when it is first asked for."""

import sys as _sys

__all__ = ["ChainMap", "Counter", "OrderedDict", "UserDict", "UserList", "UserString", "defaultdict", "deque", "namedtuple"]

try:
    from _collections import OrderedDict, _deque_iterator, _deque_reverse_iterator, _tuplegetter, defaultdict, deque
except ImportError:  # a system without it
    from ._deque import deque
    from ._dictionary import OrderedDict, defaultdict
    from ._tuplegetter import _tuplegetter

_HOME = {"ChainMap": "_chainmap", "Counter": "_counter", "UserDict": "_user", "UserList": "_user", "UserString": "_user",
         "_count_elements": "_counter", "namedtuple": "_namedtuple"}
if _abc := _sys.modules.get("_abc_mutable_sequence"):  # otherwise it does so itself when it is imported
    _abc.MutableSequence.register(deque)
del _abc


def __getattr__(name):
    if name == "abc":
        return __import__("collections.abc", fromlist=("abc",))
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(__import__(f"{__name__}.{_HOME[name]}", fromlist=(name,)), name)
    globals()[name] = value
    return value


def __dir__():
    return sorted({*globals(), *__all__})
