"""An extension module of CPython's tests: tests that ask it are skipped."""

import unittest


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)

    def skip(*args, **kwargs):
        raise unittest.SkipTest(f"_testsinglephase.{name}: an extension module of CPython")
    return skip
