"""CPython's own test helpers in C, which look into its objects: tests that ask them are skipped."""

import sys
import unittest


def get_recursion_depth():
    """How many Python frames there are: this can be told from outside."""
    depth, frame = 0, sys._getframe()
    while frame is not None:
        depth, frame = depth + 1, frame.f_back
    return depth


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)

    def skip(*args, **kwargs):
        raise unittest.SkipTest(f"_testinternalcapi.{name}: looks into CPython's objects")
    return skip
