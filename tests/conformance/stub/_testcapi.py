"""CPython's own test helpers in C, which look into its objects: tests that ask them are skipped."""

import sys
import unittest

INT_MIN, INT_MAX, PY_SSIZE_T_MAX = -2**31, 2**31 - 1, sys.maxsize
Py_C_RECURSION_LIMIT = 1500 # what test.support takes where there is no _testcapi


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
        raise unittest.SkipTest(f"{__name__}.{name}: looks into CPython's objects")
    return skip


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _Class(name) if name[0].isupper() else _skips(name)
