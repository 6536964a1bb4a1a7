"""Finding and loading modules in files, and the state of the import system that programs see in sys."""

import sys

import _krait

from . import _bootstrap
from ._bootstrap import BuiltinImporter, FrozenImporter, ModuleSpec, _call_with_frames_removed
from ._cache import cache_from_source, code_from_cache, data_of_cache, write_atomic

SOURCE_SUFFIXES = [".py"]
BYTECODE_SUFFIXES = [".krc"]
EXTENSION_SUFFIXES = []
_unset = object()


def _os():
    import os
    return os


def _get_cached(filename):
    """What spec.cached is for a file."""
    if filename.endswith(tuple(SOURCE_SUFFIXES)):
        try:
            return cache_from_source(filename)
        except NotImplementedError:
            return None
    return filename if filename.endswith(tuple(BYTECODE_SUFFIXES)) else None


# ---- Loaders ----


class _LoaderBasics:
    """What loaders of code share: get_code() and get_filename() are the subclass's."""

    def is_package(self, fullname):
        """A package's file is called __init__.py."""
        filename = self.get_filename(fullname).rpartition("/")[2]
        return filename.rsplit(".", 1)[0] == "__init__" and fullname.rpartition(".")[2] != "__init__"

    def create_module(self, spec):
        """None: the usual kind of module will do."""

    def exec_module(self, module):
        """Execute the module."""
        code = self.get_code(module.__name__)
        if code is None:
            raise ImportError(f"cannot load module {module.__name__!r} when get_code() returns None")
        _call_with_frames_removed(exec, code, module.__dict__)

    def load_module(self, fullname):
        """Deprecated: exec_module() is what counts."""
        return _bootstrap._load_module_shim(self, fullname)


class SourceLoader(_LoaderBasics):
    """Loads source text: get_data() and get_filename() are the subclass's."""

    def path_mtime(self, path):
        """Optional method that returns the modification time (a number) for the specified path. OSError: it cannot be had."""
        raise OSError

    def path_stats(self, path):
        """Optional method: a dict with "mtime" (seconds) and, optionally, "size" of the source. OSError: they cannot be had."""
        return {"mtime": self.path_mtime(path)}

    def _cache_bytecode(self, source_path, cache_path, data):
        return self.set_data(cache_path, data)

    def set_data(self, path, data):
        """Optional method which writes data (bytes) to a file path; without it nothing is cached."""

    def get_source(self, fullname):
        """The text of the module."""
        path = self.get_filename(fullname)
        try:
            data = self.get_data(path)
        except OSError as exc:
            raise ImportError("source not available through get_data()", name=fullname) from exc
        return decode_source(data)

    def source_to_code(self, data, path, *, _optimize=-1):
        """Compile source text or bytes."""
        return _call_with_frames_removed(compile, data, path, "exec", dont_inherit=True, optimize=_optimize)

    def get_code(self, fullname):
        """The code object: from the cache, where that is of this source, or compiled."""
        path = self.get_filename(fullname)
        return code_from_cache(self, path)


class FileLoader:
    """A loader that has the path of its file."""

    def __init__(self, fullname, path):
        """fullname: the module's; path: of its file."""
        self.name = fullname
        self.path = path

    def __eq__(self, other):
        return self.__class__ == other.__class__ and self.__dict__ == other.__dict__

    def __hash__(self):
        return hash(self.name) ^ hash(self.path)

    def _check(self, name):
        if name is not None and name != self.name:
            raise ImportError(f"loader for {self.name} cannot handle {name}", name=name)

    def load_module(self, fullname=None):
        """Deprecated: exec_module() is what counts."""
        self._check(fullname)
        return super().load_module(fullname or self.name)

    def get_filename(self, name=None):
        """The path of the file."""
        self._check(name)
        return self.path

    def get_data(self, path):
        """The bytes of a file."""
        with open(str(path), "rb") as f:
            return f.read()

    def get_resource_reader(self, name=None):
        """What importlib.resources reads the package's files with."""
        self._check(name)
        from importlib.resources.readers import FileReader
        return FileReader(self)


class SourceFileLoader(FileLoader, SourceLoader):
    """Loads a module from a file of source."""

    def path_stats(self, path):
        """When a file was changed and how large it is."""
        st = _os().stat(path)
        return {"mtime": st.st_mtime, "size": st.st_size}

    def _cache_bytecode(self, source_path, bytecode_path, data):
        try:
            mode = _os().stat(source_path).st_mode
        except OSError:
            mode = 0o666
        return self.set_data(bytecode_path, data, _mode=mode | 0o200)

    def set_data(self, path, data, *, _mode=0o666):
        """Write bytes data to a file; what fails is no error."""
        os = _os()
        try:
            os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
            write_atomic(path, data, _mode)
        except OSError:
            pass


class SourcelessFileLoader(FileLoader, _LoaderBasics):
    """Loads a module from a code file, which py_compile wrote."""

    def get_code(self, fullname):
        code, _ = data_of_cache(self.get_data(self.get_filename(fullname)))
        return code

    def get_source(self, fullname):
        """None: there is only code."""
        return None


class _NamespacePath:
    """The path of a namespace package: searched again whenever the path of its parent has changed."""

    def __init__(self, name, path, path_finder):
        self._name = name
        self._path = path
        self._last_parent_path = tuple(self._get_parent_path())
        self._path_finder = path_finder

    def _find_parent_path_names(self):
        parent = self._name.rpartition(".")[0]
        return (parent, "__path__") if parent else ("sys", "path")

    def _get_parent_path(self):
        module, attribute = self._find_parent_path_names()
        return getattr(sys.modules[module], attribute)

    def _recalculate(self):
        parent_path = tuple(self._get_parent_path())
        if parent_path != self._last_parent_path:
            spec = self._path_finder(self._name, parent_path)
            if spec is not None and spec.loader is None and spec.submodule_search_locations:
                self._path = spec.submodule_search_locations
            self._last_parent_path = parent_path
        return self._path

    def __iter__(self):
        return iter(self._recalculate())

    def __getitem__(self, index):
        return self._recalculate()[index]

    def __setitem__(self, index, path):
        self._path[index] = path

    def __len__(self):
        return len(self._recalculate())

    def __repr__(self):
        return f"_NamespacePath({self._path!r})"

    def __contains__(self, item):
        return item in self._recalculate()

    def append(self, item):
        self._path.append(item)


class NamespaceLoader:
    """The loader of packages without __init__.py."""

    def __init__(self, name, path, path_finder):
        self._path = _NamespacePath(name, path, path_finder)

    def is_package(self, fullname):
        return True

    def get_source(self, fullname):
        return ""

    def get_code(self, fullname):
        return compile("", "<string>", "exec", dont_inherit=True)

    def create_module(self, spec):
        """None: the usual kind of module will do."""

    def exec_module(self, module):
        pass

    def load_module(self, fullname):
        """Deprecated: exec_module() is what counts."""
        return _bootstrap._load_module_shim(self, fullname)

    def get_resource_reader(self, module):
        """What importlib.resources reads the package's files with."""
        from importlib.resources.readers import NamespaceReader
        return NamespaceReader(self._path)


def decode_source(source_bytes):
    """Decode bytes of source text, by byte order mark or encoding comment, with universal newlines."""
    encoding = "utf-8"
    if source_bytes.startswith(b"\xef\xbb\xbf"):
        source_bytes = source_bytes[3:]
    else:
        for line in bytes(source_bytes).split(b"\n", 2)[:2]:
            text = line.strip()
            if text.startswith(b"#") and b"coding" in text:
                rest = text.partition(b"coding")[2]
                if rest[:1] in (b":", b"="):
                    words = rest[1:].replace(b"-*-", b" ").split()
                    if words:
                        encoding = words[0].decode("ascii", "replace")
                        break
            elif text:
                break
    return bytes(source_bytes).decode(encoding).replace("\r\n", "\n").replace("\r", "\n")


# ---- Specs ----


def _usual_loaders():
    return [(SourceFileLoader, SOURCE_SUFFIXES), (SourcelessFileLoader, BYTECODE_SUFFIXES)]


def spec_from_file_location(name, location=None, *, loader=None, submodule_search_locations=_unset):
    """A spec for a module in a file; None: no loader for such files."""
    if location is None:
        location = "<unknown>"
        if hasattr(loader, "get_filename"):
            try:
                location = loader.get_filename(name)
            except ImportError:
                pass
    else:
        os = _os()
        location = os.fspath(location)
        try:
            location = _absolute(os, location)
        except OSError:
            pass
    spec = ModuleSpec(name, loader, origin=location)
    spec._set_fileattr = True
    if loader is None:
        for loader_class, suffixes in _usual_loaders():
            if location.endswith(tuple(suffixes)):
                loader = loader_class(name, location)
                spec.loader = loader
                break
        else:
            return None
    if submodule_search_locations is _unset:
        if hasattr(loader, "is_package"):
            try:
                is_package = loader.is_package(name)
            except ImportError:
                pass
            else:
                if is_package:
                    spec.submodule_search_locations = []
    else:
        spec.submodule_search_locations = submodule_search_locations
    if spec.submodule_search_locations == [] and location:
        spec.submodule_search_locations.append(location.rpartition("/")[0])
    return spec


def _absolute(os, path):
    return path if path.startswith("/") else os.path.join(os.getcwd(), path.removeprefix("./"))


# ---- Finders ----


class FileFinder:
    """Finds modules in one folder. Nothing about the folder is kept, so nothing gets old."""

    def __init__(self, path, *loader_details):
        """loader_details: pairs of a loader and the suffixes that it is for."""
        self._loaders = [(suffix, loader) for loader, suffixes in loader_details for suffix in suffixes]
        self._usual = list(loader_details) == _usual_loaders()
        os = _os()
        self.path = os.getcwd() if not path or path == "." else _absolute(os, path)

    def invalidate_caches(self):
        """Look at the folder again when it is next asked for."""

    def _get_spec(self, loader_class, fullname, path, smsl, target):
        loader = loader_class(fullname, path)
        return spec_from_file_location(fullname, path, loader=loader, submodule_search_locations=smsl)

    def find_spec(self, fullname, target=None):
        """Try to find a spec for the specified module; None: there is none."""
        os = _os()
        tail = fullname.rpartition(".")[2]
        if not tail:
            return None
        base = os.path.join(self.path, tail)
        folder = os.path.isdir(base)
        if folder:
            for suffix, loader_class in self._loaders:
                path = os.path.join(base, "__init__" + suffix)
                if os.path.isfile(path):
                    return self._get_spec(loader_class, fullname, path, [base], target)
        for suffix, loader_class in self._loaders:
            if os.path.isfile(base + suffix):
                return self._get_spec(loader_class, fullname, base + suffix, None, target)
        if not folder:
            return None
        spec = ModuleSpec(fullname, None)
        spec.submodule_search_locations = [base]
        return spec

    @classmethod
    def path_hook(cls, *loader_details):
        """A function for sys.path_hooks; ImportError for what is no folder."""
        def path_hook_for_FileFinder(path):
            if not _os().path.isdir(path or "."):
                raise ImportError("only directories are supported", path=path)
            return cls(path, *loader_details)
        return path_hook_for_FileFinder

    def __repr__(self):
        return f"FileFinder({self.path!r})"


class PathFinder:
    """Looks for modules in the folders of sys.path or of a package's __path__."""

    @staticmethod
    def invalidate_caches():
        """Call the invalidate_caches() method on all path entry finders stored in sys.path_importer_cache."""
        for name, finder in list(sys.path_importer_cache.items()):
            if finder is None or not name.startswith("/"):
                del sys.path_importer_cache[name]
            elif hasattr(finder, "invalidate_caches"):
                finder.invalidate_caches()

    @staticmethod
    def _path_hooks(path):
        """Ask sys.path_hooks for a finder; None: none of them wants the path."""
        if sys.path_hooks is not None and not sys.path_hooks:
            import warnings
            warnings.warn("sys.path_hooks is empty", ImportWarning)
        for hook in sys.path_hooks:
            try:
                return hook(path)
            except ImportError:
                continue
        return None

    @classmethod
    def _path_importer_cache(cls, path):
        """The finder for a path entry from sys.path_importer_cache, or from the hooks."""
        if path == "":
            try:
                path = _os().getcwd()
            except (FileNotFoundError, PermissionError):
                return None
        try:
            finder = sys.path_importer_cache[path]
        except KeyError:
            finder = cls._path_hooks(path)
            sys.path_importer_cache[path] = finder
        return finder

    @classmethod
    def _get_spec(cls, fullname, path, target=None):
        parts = []
        for entry in path:
            if not isinstance(entry, str):
                continue
            finder = cls._path_importer_cache(entry)
            if finder is None:
                continue
            spec = finder.find_spec(fullname, target)
            if spec is None:
                continue
            if spec.loader is not None:
                return spec
            locations = spec.submodule_search_locations
            if locations is None:
                raise ImportError("spec missing loader")
            parts.extend(locations)
        spec = ModuleSpec(fullname, None)
        spec.submodule_search_locations = parts
        return spec

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        """Try to find a spec for 'fullname' on sys.path or 'path'."""
        spec = cls._get_spec(fullname, sys.path if path is None else path, target)
        if spec.loader is not None:
            return spec
        parts = spec.submodule_search_locations
        return _namespace_spec(fullname, parts) if parts else None

    @staticmethod
    def find_distributions(*args, **kwargs):
        """Find the packages that importlib.metadata asks for."""
        from importlib.metadata import MetadataPathFinder
        return MetadataPathFinder.find_distributions(*args, **kwargs)


def _namespace_spec(fullname, parts):
    spec = ModuleSpec(fullname, None)
    spec.origin = None
    spec.submodule_search_locations = _NamespacePath(fullname, parts, PathFinder._get_spec)
    return spec


# ---- What sys shows when a program looks ----

_hooks = ()


def _announce():
    _krait.set_importers((BuiltinImporter, FrozenImporter, PathFinder, FileFinder, _hooks))


def _make_meta_path():
    return [BuiltinImporter, FrozenImporter, PathFinder]


def _make_path_hooks():
    global _hooks
    if not _hooks:
        from zipimport import zipimporter
        _hooks = (zipimporter, FileFinder.path_hook(*_usual_loaders()))
        _announce()
    return list(_hooks)


def _make_importer_cache():
    """As if the folders of sys.path had been looked at."""
    os = _os()
    return {entry: FileFinder(entry, *_usual_loaders()) for entry in sys.path if isinstance(entry, str) and entry and os.path.isdir(entry)}


for _cls in (FileFinder, FileLoader, NamespaceLoader, PathFinder, SourceFileLoader, SourceLoader, SourcelessFileLoader, _LoaderBasics,
             _NamespacePath):
    _cls.__module__ = "_frozen_importlib_external"
sys.modules["_frozen_importlib_external"] = sys.modules[__name__]  # where CPython has them
_announce()
