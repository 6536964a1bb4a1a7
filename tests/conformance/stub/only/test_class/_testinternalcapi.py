"""CPython's own window into its inside, which no other Python has: tests that call through it are skipped."""

import unittest


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)

    def skip(*args, **kwargs):
        raise unittest.SkipTest(f"needs CPython's _testinternalcapi.{name}")
    return skip
