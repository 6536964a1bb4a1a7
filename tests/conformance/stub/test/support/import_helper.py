"""What CPython's tests need of test.support.import_helper."""

import importlib
import os
import sys
import unittest
import warnings

from .os_helper import temp_dir, unlink


def import_module(name, deprecated=False, *, required_on=()):
    """The module; skips the test where there is none."""
    with warnings.catch_warnings():
        if deprecated:
            warnings.filterwarnings("ignore", ".+ (module|package)", DeprecationWarning)
        try:
            return importlib.import_module(name)
        except ImportError as e:
            if sys.platform.startswith(tuple(required_on)) and required_on:
                raise
            raise unittest.SkipTest(str(e))


def _family(names):
    return [name for name in sys.modules if any(name == top or name.startswith(top + ".") for top in names)]


def import_fresh_module(name, fresh=(), blocked=(), *, deprecated=False):
    """The module, imported anew, with the modules blocked not there; None where that cannot be."""
    fresh, blocked = list(fresh), list(blocked)
    names = {name, *fresh, *blocked}
    before = {each: sys.modules.pop(each) for each in _family(names)}
    for each in blocked:
        sys.modules[each] = None
    try:
        with warnings.catch_warnings():
            if deprecated:
                warnings.filterwarnings("ignore", ".+ (module|package)", DeprecationWarning)
            try:
                for each in fresh:
                    __import__(each)
            except ImportError:
                return None
            return importlib.import_module(name)
    finally:
        for each in _family(names):
            del sys.modules[each]
        sys.modules.update(before)


def unload(name):
    """Forget the module."""
    sys.modules.pop(name, None)


def forget(modname):
    """Forget the module, and remove its code files."""
    unload(modname)
    for folder in sys.path:
        unlink(os.path.join(folder, modname + ".pyc"))


class DirsOnSysPath:
    """The folders are in sys.path; it is put back at the end."""

    def __init__(self, *paths):
        self.before = sys.path, sys.path[:]
        sys.path.extend(paths)

    def __enter__(self):
        return self

    def __exit__(self, *info):
        sys.path = self.before[0]
        sys.path[:] = self.before[1]


class CleanImport:
    """The modules are imported anew in the context, and put back at the end."""

    def __init__(self, *module_names, usefrozen=False):
        self.before = sys.modules.copy()
        for name in module_names:
            sys.modules.pop(name, None)

    def __enter__(self):
        return self

    def __exit__(self, *info):
        sys.modules.update(self.before)


class ready_to_import:
    """A folder of its own in sys.path, with a module of this source; gives the name and the path."""

    def __init__(self, name=None, source=""):
        self.name, self.source = name or "spam", source

    def __enter__(self):
        self.folder = temp_dir()
        folder = self.folder.__enter__()
        path = os.path.join(folder, self.name + ".py")
        self.dirs = DirsOnSysPath()
        sys.path.insert(0, folder)
        self.old = sys.modules.pop(self.name, None)
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.source)
        importlib.invalidate_caches()
        return self.name, path

    def __exit__(self, *info):
        self.dirs.__exit__(*info)
        self.folder.__exit__(*info)
        sys.modules.pop(self.name, None)
        if self.old is not None:
            sys.modules[self.name] = self.old


def modules_setup():
    return (sys.modules.copy(),)


def modules_cleanup(oldmodules):
    sys.modules.clear()
    sys.modules.update(oldmodules)
