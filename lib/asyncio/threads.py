"""Calls in other threads."""

import contextvars
from . import events

__all__ = ("to_thread",)


async def to_thread(func, /, *args, **kwargs):
    """Call func(*args, **kwargs) in another thread, in a copy of the context; return its result."""
    context = contextvars.copy_context()
    return await events.get_running_loop().run_in_executor(None, lambda: context.run(func, *args, **kwargs))
