"""What the interpreter asks of the import system in Python: loading by spec, and the classes that stand for its own finders."""

import sys


class BuiltinImporter:
    """Stands on sys.meta_path for the builtin modules."""


class FrozenImporter:
    """Stands on sys.meta_path for the modules in flash."""


class PathFinder:
    """Stands on sys.meta_path for the folders of sys.path."""


class FileFinder:
    """Stands in sys.path_importer_cache for a folder."""

    _usual = True

    def __init__(self, path):
        self.path = path


def _native_loader(spec):
    """The loader of a module that the interpreter itself found and loaded."""
    return PathFinder if spec.has_location else BuiltinImporter if spec.origin == "built-in" else FrozenImporter


def _main_loader(file):
    """The loader of __main__."""
    return BuiltinImporter if file is None or file == "<stdin>" else PathFinder


def _load(spec):
    """Load the module of a spec, put it in sys.modules and return what is there afterwards."""
    name, loader = spec.name, spec.loader
    module = loader.create_module(spec) if loader else None
    if module is None:
        module = type(sys)(name)
    module.__loader__, module.__package__, module.__spec__ = loader, spec.parent, spec
    if spec.submodule_search_locations is not None:
        module.__path__ = spec.submodule_search_locations
    if spec.has_location:
        module.__file__ = spec.origin
    sys.modules[name] = module
    try:
        if loader:
            loader.exec_module(module)
        sys.modules[name] = module = sys.modules.pop(name)
        return module
    except BaseException:
        sys.modules.pop(name, None)
        raise
