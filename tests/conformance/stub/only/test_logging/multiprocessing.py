"""test_logging imports this at its head for a few tests of its; those are skipped."""

import types
import unittest


def current_process():
    """What logging asks for the name of the process."""
    return types.SimpleNamespace(name="MainProcess")


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)

    def skip(*args, **kwargs):
        raise unittest.SkipTest(f"multiprocessing.{name}: Krait has no multiprocessing")
    return skip
