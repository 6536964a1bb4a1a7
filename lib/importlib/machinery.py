"""What importing is made of: finders, loaders, specs."""

from ._bootstrap import BuiltinImporter, FrozenImporter, ModuleSpec
from ._extension import AppleFrameworkLoader, ExtensionFileLoader, WindowsRegistryFinder
from ._files import (BYTECODE_SUFFIXES, EXTENSION_SUFFIXES, SOURCE_SUFFIXES, FileFinder, NamespaceLoader, PathFinder, SourceFileLoader,
                     SourcelessFileLoader)

__all__ = ["AppleFrameworkLoader", "BYTECODE_SUFFIXES", "BuiltinImporter", "DEBUG_BYTECODE_SUFFIXES", "EXTENSION_SUFFIXES",
           "ExtensionFileLoader", "FileFinder", "FrozenImporter", "ModuleSpec", "NamespaceLoader", "OPTIMIZED_BYTECODE_SUFFIXES", "PathFinder",
           "SOURCE_SUFFIXES", "SourceFileLoader", "SourcelessFileLoader", "WindowsRegistryFinder", "all_suffixes"]

DEBUG_BYTECODE_SUFFIXES = OPTIMIZED_BYTECODE_SUFFIXES = BYTECODE_SUFFIXES


def all_suffixes():
    """The endings of all files that can be modules."""
    return SOURCE_SUFFIXES + BYTECODE_SUFFIXES + EXTENSION_SUFFIXES
