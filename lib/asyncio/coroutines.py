"""What a coroutine is, and how it is described."""

import collections.abc
import inspect
import os
import sys
import types

__all__ = ("iscoroutinefunction", "iscoroutine")

_is_coroutine = object()  # the mark of functions that only say that they are coroutine functions
_COROUTINE_TYPES = (types.CoroutineType, collections.abc.Coroutine)
_iscoroutine_typecache = set()


def _is_debug_mode():
    return sys.flags.dev_mode or (not sys.flags.ignore_environment and bool(os.environ.get("PYTHONASYNCIODEBUG")))


def iscoroutinefunction(func):
    """Return whether calling func gives a coroutine."""
    return inspect.iscoroutinefunction(func) or getattr(func, "_is_coroutine", None) is _is_coroutine


def iscoroutine(obj):
    """Return whether obj is a coroutine object."""
    kind = type(obj)
    if kind is types.CoroutineType or kind in _iscoroutine_typecache:
        return True
    if not isinstance(obj, _COROUTINE_TYPES):
        return False
    if len(_iscoroutine_typecache) < 100:
        _iscoroutine_typecache.add(kind)
    return True


def _format_coroutine(coro):
    """A text about coro: its name, where it stands or was defined, whether it runs."""
    name = getattr(coro, "__qualname__", None) or getattr(coro, "__name__", None)
    text = f"{name or f'<{type(coro).__name__} without __name__>'}()"
    try:
        running = coro.cr_running
    except AttributeError:
        running = getattr(coro, "gi_running", False)
    code = getattr(coro, "cr_code", None) or getattr(coro, "gi_code", None)
    if code is None:
        return f"{text} running" if running else text
    frame = getattr(coro, "cr_frame", None) or getattr(coro, "gi_frame", None)
    filename = code.co_filename or "<empty co_filename>"
    if running or frame is not None:
        line = frame.f_lineno if frame is not None else code.co_firstlineno
        return f"{text} running at {filename}:{line}"
    return f"{text} done, defined at {filename}:{code.co_firstlineno}"
