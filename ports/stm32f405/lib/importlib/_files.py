"""Finding and loading modules in files, for programs (the interpreter itself does it natively), and what sys shows of the import system."""

import sys

from _krait import set_importers
from posix import _stat, getcwd

from ._bootstrap import BuiltinImporter, FrozenImporter, ModuleSpec

_unset = object()


def kind_of(path):
    """0x4000: a folder, 0x8000: a file, 0: nothing."""
    try:
        return _stat(path or ".", True, "stat", None)[0] & 0xF000
    except OSError:
        return 0


def _absolute(path):
    return path if path.startswith("/") else f"{getcwd().rstrip('/')}/{path.removeprefix('./')}"


class SourceFileLoader:
    """Loads a module from a file of source."""

    def __init__(self, fullname, path):
        """fullname: the module's; path: of its file."""
        self.name = fullname
        self.path = path

    def __eq__(self, other):
        return self.__class__ == other.__class__ and self.__dict__ == other.__dict__

    def get_filename(self, name=None):
        """The path of the file."""
        return self.path

    def is_package(self, fullname):
        """A package's file is called __init__."""
        return self.path.rpartition("/")[2].startswith("__init__.")

    def get_data(self, path):
        """The bytes of a file."""
        with open(_absolute(path), "rb") as file:
            return file.read()

    def get_code(self, fullname):
        """The code object."""
        return compile(self.get_data(self.path), self.path, "exec", dont_inherit=True)

    def create_module(self, spec):
        """None: the usual kind of module will do."""

    def exec_module(self, module):
        """Execute the module."""
        exec(self.get_code(module.__name__), module.__dict__)


class SourcelessFileLoader(SourceFileLoader):
    """Loads a module from a code file."""

    def get_code(self, fullname):
        """The code object. ImportError: it is damaged, or not safe to run."""
        from _krait import code_load
        return code_load(self.get_data(self.path))


def file_loader(name, path):
    """The loader for a file."""
    return (SourcelessFileLoader if path.endswith(".krc") else SourceFileLoader)(name, path)


def spec_from_file_location(name, location=None, *, loader=None, submodule_search_locations=_unset):
    """A spec for a module in a file; None: no loader for such files."""
    if location is None:
        location = loader.get_filename(name) if loader else "<unknown>"
    else:
        location = _absolute(location)
    if loader is None:
        if not location.endswith((".py", ".krc")):
            return None
        loader = file_loader(name, location)
    spec = ModuleSpec(name, loader, origin=location)
    spec.has_location = True
    if submodule_search_locations is _unset:
        submodule_search_locations = [] if hasattr(loader, "is_package") and loader.is_package(name) else None
    if submodule_search_locations == []:
        submodule_search_locations.append(location.rpartition("/")[0])
    spec.submodule_search_locations = submodule_search_locations
    return spec


class FileFinder:
    """Finds modules in one folder. ImportError: it is none."""

    _usual = True

    def __init__(self, path):
        if kind_of(path) != 0x4000:
            raise ImportError("only directories are supported", path=path)
        self.path = path

    def find_spec(self, fullname, target=None):
        """The spec of a module or package, or None."""
        name = fullname.rpartition(".")[2]
        if not name:
            return None
        base = f"{(self.path or getcwd()).rstrip('/')}/{name}"
        for start, locations in (f"{base}/__init__", [base]), (base, None):
            for path in start + ".py", start + ".krc":
                if kind_of(path) == 0x8000:
                    return spec_from_file_location(fullname, path, submodule_search_locations=locations)
        return _namespace_spec(fullname, [base]) if kind_of(base) == 0x4000 else None


class PathFinder:
    """Looks for modules in the folders of sys.path or of a package's __path__."""

    @staticmethod
    def _path_importer_cache(path):
        """The finder for a path, from sys.path_importer_cache or from the hooks; None: nobody wants it."""
        if path not in sys.path_importer_cache:
            sys.path_importer_cache[path] = None
            for hook in sys.path_hooks:
                try:
                    sys.path_importer_cache[path] = hook(path)
                    break
                except ImportError:
                    pass
        return sys.path_importer_cache[path]

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        """The spec of a module in the folders of path (sys.path), or None."""
        parts = []
        for entry in sys.path if path is None else path:
            finder = cls._path_importer_cache(entry)
            spec = finder and finder.find_spec(fullname)
            if spec and spec.loader:
                return spec
            if spec:
                parts += spec.submodule_search_locations
        return _namespace_spec(fullname, parts) if parts else None


def _namespace_spec(fullname, parts):
    spec = ModuleSpec(fullname, None)
    spec.submodule_search_locations = parts
    return spec


def _zip_hook(path):
    """What is no folder may be a zip file, or a folder in one."""
    if kind_of(path) == 0x4000:
        raise ImportError("not a Zip file", path=path)
    from zipimport import zipimporter
    return zipimporter(path)


_hooks = (_zip_hook, FileFinder)
set_importers((BuiltinImporter, FrozenImporter, PathFinder, FileFinder, _hooks))


def _get_cached(path):
    """Nothing is cached."""


def _make_meta_path():
    return [BuiltinImporter, FrozenImporter, PathFinder]


def _make_path_hooks():
    return list(_hooks)


def _make_importer_cache():
    return {entry: FileFinder(entry) for entry in sys.path if kind_of(entry) == 0x4000}
