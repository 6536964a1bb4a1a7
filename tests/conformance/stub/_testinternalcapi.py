"""CPython's own test helpers in C, which look into its objects: tests that ask them are skipped."""

import sys
import unittest


def get_config():
    """The one setting that test.support asks for: code has columns."""
    return {"code_debug_ranges": 1}


def get_recursion_depth():
    """How many frames there are, of which sys.setrecursionlimit() sets the limit."""
    depth, frame = 0, sys._getframe(1)
    while frame is not None:
        depth, frame = depth + 1, frame.f_back
    return depth


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)

    def skip(*args, **kwargs):
        raise unittest.SkipTest(f"_testinternalcapi.{name}: looks into CPython's objects")
    return skip
