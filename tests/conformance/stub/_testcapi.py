"""CPython's own test helpers in C, which look into its objects: tests that ask them are skipped."""

import sys
import unittest

INT_MIN, INT_MAX, PY_SSIZE_T_MAX = -2**31, 2**31 - 1, sys.maxsize


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)

    def skip(*args, **kwargs):
        raise unittest.SkipTest(f"_testcapi.{name}: looks into CPython's objects")
    return skip
