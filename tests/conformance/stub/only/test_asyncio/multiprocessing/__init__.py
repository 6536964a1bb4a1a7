"""While there is no multiprocessing: tests that start processes with it are skipped."""

import unittest


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)

    def skip(*args, **kwargs):
        raise unittest.SkipTest(f"needs multiprocessing.{name}")
    return skip
