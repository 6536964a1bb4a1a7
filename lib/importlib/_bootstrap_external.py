"""The finders and loaders of files by the name that CPython's module for them has."""

from . import _bootstrap
from ._cache import cache_from_source, source_from_cache
from ._cache import write_atomic as _write_atomic
from ._files import (BYTECODE_SUFFIXES, EXTENSION_SUFFIXES, SOURCE_SUFFIXES, FileFinder, FileLoader, NamespaceLoader, PathFinder, SourceFileLoader,
                     SourceLoader, SourcelessFileLoader, _get_cached, _LoaderBasics, _NamespacePath, decode_source, spec_from_file_location)
from .machinery import DEBUG_BYTECODE_SUFFIXES, OPTIMIZED_BYTECODE_SUFFIXES
from .util import MAGIC_NUMBER

_NamespaceLoader = NamespaceLoader
