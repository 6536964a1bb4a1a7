"""The simplest queue under its CPython name: Krait has one implementation."""

from _simple_queue import Empty, SimpleQueue

__all__ = ["Empty", "SimpleQueue"]
