"""CPython's own test helpers in C, which look into its objects: tests that ask them are skipped."""

import unittest

INT_MIN, INT_MAX = -2**31, 2**31 - 1 # the limits of C are no objects


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)

    def skip(*args, **kwargs):
        raise unittest.SkipTest(f"_testcapi.{name}: looks into CPython's objects")
    return skip
