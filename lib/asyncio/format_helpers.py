"""Texts about callbacks, and stacks for debug mode."""

import functools
import inspect
import reprlib
import sys
import traceback
from . import constants


def _get_function_source(func):
    """File and line of a function, or None."""
    func = inspect.unwrap(func)
    if isinstance(func, (functools.partial, functools.partialmethod)):
        return _get_function_source(func.func)
    if inspect.isfunction(func):
        return func.__code__.co_filename, func.__code__.co_firstlineno
    return None


def _format_callback_source(func, args, *, debug=False):
    text = _format_callback(func, args, None, debug=debug)
    source = _get_function_source(func)
    return f"{text} at {source[0]}:{source[1]}" if source else text


def _format_args_and_kwargs(args, kwargs, *, debug=False):
    """The text of an argument list; outside of debug mode without the arguments, which may be secret."""
    if not debug:
        return "()"
    items = [reprlib.repr(arg) for arg in args or ()]
    items += [f"{name}={reprlib.repr(arg)}" for name, arg in (kwargs or {}).items()]
    return f"({', '.join(items)})"


def _format_callback(func, args, kwargs, *, debug=False, suffix=""):
    if isinstance(func, functools.partial):
        suffix = _format_args_and_kwargs(args, kwargs, debug=debug) + suffix
        return _format_callback(func.func, func.args, func.keywords, debug=debug, suffix=suffix)
    name = getattr(func, "__qualname__", None) or getattr(func, "__name__", None) or repr(func)
    return name + _format_args_and_kwargs(args, kwargs, debug=debug) + suffix


def extract_stack(f=None, limit=None):
    """The stack above the caller, at most DEBUG_STACK_DEPTH entries, without reading sources."""
    if f is None:
        f = sys._getframe().f_back
    if limit is None:
        limit = constants.DEBUG_STACK_DEPTH
    stack = traceback.StackSummary.extract(traceback.walk_stack(f), limit=limit, lookup_lines=False)
    stack.reverse()
    return stack
