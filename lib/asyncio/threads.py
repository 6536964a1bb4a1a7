"""Calls in other threads."""

import contextvars
import functools
from . import events

__all__ = ("to_thread",)


async def to_thread(func, /, *args, **kwargs):
    """Call func(*args, **kwargs) in another thread, in a copy of the context; return its result."""
    call = functools.partial(contextvars.copy_context().run, func, *args, **kwargs)
    return await events.get_running_loop().run_in_executor(None, call)
