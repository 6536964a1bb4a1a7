"""What the interpreter asks of the import system in Python: packages that are folders alone, and what sys shows."""

import sys

from _krait import set_importers
from ._bootstrap import BuiltinImporter, FileFinder, FrozenImporter, PathFinder

set_importers((BuiltinImporter, FrozenImporter, PathFinder, FileFinder, ()))


def _namespace_spec(fullname, parts):
    spec = type(__spec__)(fullname, None)
    spec.submodule_search_locations = parts
    return spec


def _get_cached(path):
    return None


def _make_meta_path():
    return [BuiltinImporter, FrozenImporter, PathFinder]


def _make_path_hooks():
    return []


def _make_importer_cache():
    return {entry: FileFinder(entry) for entry in sys.path}
