"""Containers beyond the builtin ones. Each lives in a module of its own, which is loaded when it is first asked for."""

__all__ = ["ChainMap", "Counter", "OrderedDict", "UserDict", "UserList", "UserString", "defaultdict", "deque", "namedtuple"]

_HOME = {"ChainMap": "_chainmap", "Counter": "_counter", "OrderedDict": "_dictionary", "UserDict": "_user", "UserList": "_user",
         "UserString": "_user", "defaultdict": "_dictionary", "deque": "_deque", "namedtuple": "_namedtuple",
         "_tuplegetter": "_namedtuple"}


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
