"""The finders and loaders of files by the name that CPython's module for them has."""

from . import _bootstrap
from ._cache import cache_from_source, source_from_cache
from ._cache import write_atomic as _write_atomic
from ._files import (BYTECODE_SUFFIXES, EXTENSION_SUFFIXES, SOURCE_SUFFIXES, FileFinder, FileLoader, NamespaceLoader, PathFinder, SourceFileLoader,
                     SourceLoader, SourcelessFileLoader, _get_cached, _LoaderBasics, _NamespacePath, decode_source, spec_from_file_location)
from .machinery import (DEBUG_BYTECODE_SUFFIXES, OPTIMIZED_BYTECODE_SUFFIXES, AppleFrameworkLoader, ExtensionFileLoader,
                        WindowsRegistryFinder)
from .util import MAGIC_NUMBER

_NamespaceLoader = NamespaceLoader


def _get_sourcefile(bytecode_path):
    """The source of a cached file, if it is there, else the path itself; None for ''."""
    if not bytecode_path:
        return None
    rest, _, extension = bytecode_path.rpartition(".")
    if not rest or extension.lower()[:2] not in ("py", "kr"):
        return bytecode_path
    try:
        source = source_from_cache(bytecode_path)
    except (NotImplementedError, ValueError):
        source = rest + SOURCE_SUFFIXES[0]
    import os
    return source if os.path.isfile(source) else bytecode_path
