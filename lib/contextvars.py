"""Variables whose values belong to a context: each thread and each task of an event loop has its own."""

from _contextvars import Context, ContextVar, Token, copy_context

__all__ = ("Context", "ContextVar", "Token", "copy_context")
