"""Functions to call when the program ends."""

_functions = []


def register(func, /, *args, **kwargs):
    """Call func(*args, **kwargs) at the end, before those registered earlier. Returns func."""
    if not callable(func):
        raise TypeError("the first argument must be callable")
    _functions.append((func, args, kwargs))
    return func


def unregister(func, /):
    """Do not call this function at the end, however often it was registered."""
    _functions[:] = [entry for entry in _functions if entry[0] != func]


def _clear():
    _functions.clear()


def _ncallbacks():
    return len(_functions)


def _run_exitfuncs():
    import sys
    while _functions:
        func, args, kwargs = _functions.pop()
        try:
            func(*args, **kwargs)
        except BaseException as e:
            from _krait import format_exception
            sys.stderr.write(f"Exception ignored in atexit callback: {func!r}\n{format_exception(e)}")
