"""What the stand-ins for CPython's test helpers in C share.

Those over Krait's interface for C are in tests/conformance/helpers.c, as modules of the command that runs the tests. What looks into
CPython's objects has none: a test that asks for it is skipped.
"""

import importlib
import unittest


class _Class:
    """A class of the helpers: modules make instances when they are loaded; a test that calls a method of one is skipped."""

    def __init__(self, name):
        self._name = name

    def __call__(self, *args, **kwargs):
        return self

    def __getattr__(self, attribute):
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        return _skips(self._name + "." + attribute)


def _skips(name):
    def skip(*args, **kwargs):
        raise unittest.SkipTest(f"{name}: looks into CPython's objects")
    return skip


def skipping(module):
    """The __getattr__ of a stand-in: whatever name, it skips."""
    def __getattr__(name):
        if name.startswith("__"):
            raise AttributeError(name)
        return _Class(module + "." + name) if name[0].isupper() else _skips(module + "." + name)
    return __getattr__


def in_c(module):
    """The helpers in C, or None in a Krait without them."""
    try:
        return importlib.import_module(module)
    except ImportError:
        return None
