"""Functions to call when the program ends."""

_functions = []  # (function, args, kwargs), or None where one was unregistered


def register(func, /, *args, **kwargs):
    """Call func(*args, **kwargs) at the end, before those registered earlier. Returns func."""
    if not callable(func):
        raise TypeError("the first argument must be callable")
    _functions.append((func, args, kwargs))
    return func


def unregister(func, /):
    """Do not call this function at the end, however often it was registered."""
    for i, entry in enumerate(_functions):
        if entry is not None and entry[0] == func:
            _functions[i] = None


def _clear():
    _functions.clear()


def _ncallbacks():
    return len(_functions)


def _run_exitfuncs():
    """Call them, the last one first. What is registered meanwhile is not called."""
    for i in range(len(_functions) - 1, -1, -1):
        entry = _functions[i] if i < len(_functions) else None
        if entry is None:
            continue
        func, args, kwargs = entry
        try:
            func(*args, **kwargs)
        except BaseException as e:
            import _krait
            e.__traceback__ = e.__traceback__.tb_next
            _krait.report_ignored(f"Exception ignored in atexit callback {func!r}", e)
    _functions.clear()
