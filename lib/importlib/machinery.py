"""The finders and loaders of the import system."""

from ._bootstrap import BuiltinImporter, FrozenImporter, ModuleSpec
from ._files import BYTECODE_SUFFIXES, SOURCE_SUFFIXES, FileFinder, NamespaceLoader, PathFinder, SourceFileLoader, SourcelessFileLoader

__all__ = ["BuiltinImporter", "FileFinder", "FrozenImporter", "ModuleSpec", "NamespaceLoader", "PathFinder", "SourceFileLoader",
           "SourcelessFileLoader",           "SOURCE_SUFFIXES", "BYTECODE_SUFFIXES", "EXTENSION_SUFFIXES", "all_suffixes"]

EXTENSION_SUFFIXES = []
DEBUG_BYTECODE_SUFFIXES = OPTIMIZED_BYTECODE_SUFFIXES = BYTECODE_SUFFIXES


def all_suffixes():
    """The suffixes of all files that can be imported."""
    return SOURCE_SUFFIXES + BYTECODE_SUFFIXES + EXTENSION_SUFFIXES
