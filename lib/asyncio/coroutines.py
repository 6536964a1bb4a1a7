"""What a coroutine is."""

import collections.abc
import os
import sys
import types
from .format_helpers import _format_coroutine

__all__ = ("iscoroutinefunction", "iscoroutine")

_is_coroutine = object()  # functions with this as their attribute _is_coroutine give coroutines, whatever they look like


def _is_debug_mode():
    """Shall loops begin in debug mode?"""
    return sys.flags.dev_mode or not sys.flags.ignore_environment and os.environ.get("PYTHONASYNCIODEBUG", "") != ""


def iscoroutinefunction(func):
    """Return whether calling func gives a coroutine."""
    import inspect
    return inspect.iscoroutinefunction(func) or getattr(func, "_is_coroutine", None) is _is_coroutine


def iscoroutine(obj):
    """Return whether obj is a coroutine object."""
    return type(obj) is types.CoroutineType or isinstance(obj, collections.abc.Coroutine)
