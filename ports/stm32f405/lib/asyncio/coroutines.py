"""What a coroutine is."""

_CO_COROUTINE = 0x80  # of co_flags


def iscoroutinefunction(func):
    """Return whether calling func gives a coroutine."""
    func = getattr(func, "__func__", func)
    return bool(getattr(getattr(func, "__code__", None), "co_flags", 0) & _CO_COROUTINE)


def iscoroutine(obj):
    """Return whether obj is a coroutine object, or behaves as one."""
    return hasattr(obj, "cr_code") or all(hasattr(obj, name) for name in ("send", "throw", "close", "__await__"))
