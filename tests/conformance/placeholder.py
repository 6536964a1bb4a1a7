"""For run.py --lend alone: modules in the place of those that are not there, so that the tests that do without them can be seen.

Whatever of such a module is called raises NotImplementedError.
"""

import os
import sys

_NAMES = {"unittest.mock", "_ast", "_codecs", "_contextvars", "_opcode", "_string", "_testinternalcapi", "_thread", "ast", "asyncio",
          "codecs", "datetime", "decimal", "dis", "doctest", "errno", "fractions", "inspect", "locale", "pickle", "platform", "random",
          "sysconfig", "tempfile", "threading", "unicodedata", "ctypes", "_pylong", "numbers", "statistics", "_weakrefset", "_sre"}
_LENT = ("contextlib", "string", "textwrap", "pprint", "fnmatch", "reprlib") # CPython's own, from beside its suite


class _Absent(type):
    def __call__(cls, *args, **kwargs):
        raise NotImplementedError(f"{cls.__module__}.{cls.__name__} is not there")

    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return _absent(f"{cls.__module__}.{cls.__name__}", name)


def _absent(module, name):
    if name in ("DocTestSuite", "DocFileSuite"):
        import unittest
        return lambda *args, **kwargs: unittest.TestSuite()
    if name == "patch":
        return _Patch()
    if name == "dataclass":
        return lambda cls: cls
    return _Absent(name, (), {"__module__": module})


class _Patch:
    """Decorators of tests that patch: the test raises."""

    def __call__(self, *args, **kwargs):
        def decorator(function):
            def wrapper(*args, **kwargs):
                raise NotImplementedError("unittest.mock is not there")
            return wrapper
        return decorator

    object = __call__


class Finder:
    """Comes last: finds what nobody found."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name not in _NAMES and name not in _LENT:
            return None
        from importlib.machinery import ModuleSpec
        if name in _LENT:
            from importlib.util import spec_from_file_location
            return spec_from_file_location(name, os.path.join(os.path.dirname(os.environ["CONFORMANCE_SUITE"]), name + ".py"))
        return ModuleSpec(name, Finder)

    @staticmethod
    def create_module(spec):
        return None

    @staticmethod
    def exec_module(module):
        def getter(name, of=module.__name__):
            if name.startswith("__"):
                raise AttributeError(name)
            return _absent(of, name)
        module.__getattr__ = getter


def install():
    sys.meta_path.append(Finder)
