"""Specs, finders and loaders, by name."""

from ._bootstrap import BuiltinImporter, FrozenImporter, ModuleSpec
from ._files import FileFinder, PathFinder, SourceFileLoader, SourcelessFileLoader

SOURCE_SUFFIXES = [".py"]
BYTECODE_SUFFIXES = [".krc"]
