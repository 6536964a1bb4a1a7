"""What a coroutine is."""

from types import CoroutineType

_CO_COROUTINE = 0x80  # of co_flags


def iscoroutinefunction(func):
    """Return whether calling func gives a coroutine."""
    func = getattr(func, "__func__", func)
    return bool(getattr(getattr(func, "__code__", None), "co_flags", 0) & _CO_COROUTINE)


def iscoroutine(obj):
    """Return whether obj is a coroutine object."""
    return type(obj) is CoroutineType or all(hasattr(obj, name) for name in ("send", "throw", "close", "__await__"))
