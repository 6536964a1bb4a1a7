"""Abstract base classes of finders and loaders."""

import abc

from . import _bootstrap, _files

__all__ = ["Loader", "MetaPathFinder", "PathEntryFinder", "ResourceLoader", "InspectLoader", "ExecutionLoader", "FileLoader",
           "SourceLoader"]


class MetaPathFinder(metaclass=abc.ABCMeta):
    """A finder on sys.meta_path: find_spec(fullname, path, target)."""

    def invalidate_caches(self):
        """An optional method for clearing the finder's cache, if any."""


class PathEntryFinder(metaclass=abc.ABCMeta):
    """A finder for one entry of the path: find_spec(fullname, target)."""

    def invalidate_caches(self):
        """An optional method for clearing the finder's cache, if any."""


class Loader(metaclass=abc.ABCMeta):
    """A loader: exec_module(module), and create_module(spec) if it wants to make the module itself."""

    def create_module(self, spec):
        """Return a module to initialize and into which to load, or None for the usual one."""
        return None

    def load_module(self, fullname):
        """Deprecated: load by exec_module()."""
        if hasattr(self, "exec_module"):
            return _bootstrap._load_module_shim(self, fullname)
        raise ImportError


class ResourceLoader(Loader):
    """A loader that can read files: get_data(path)."""

    @abc.abstractmethod
    def get_data(self, path):
        raise OSError


class InspectLoader(Loader):
    """A loader that can show the source."""

    def is_package(self, fullname):
        """Optional method which when implemented should return whether the module is a package."""
        raise ImportError

    def get_code(self, fullname):
        """Method which returns the code object for the module; None: it has none."""
        text = self.get_source(fullname)
        return None if text is None else self.source_to_code(text)

    @abc.abstractmethod
    def get_source(self, fullname):
        raise ImportError

    @staticmethod
    def source_to_code(data, path="<string>"):
        """Compile source text or bytes."""
        return compile(data, path, "exec", dont_inherit=True)

    exec_module = _files._LoaderBasics.exec_module
    load_module = _files._LoaderBasics.load_module


class ExecutionLoader(InspectLoader):
    """A loader that knows the file: get_filename(fullname)."""

    @abc.abstractmethod
    def get_filename(self, fullname):
        raise ImportError

    def get_code(self, fullname):
        text = self.get_source(fullname)
        if text is None:
            return None
        try:
            where = (self.get_filename(fullname),)
        except ImportError:
            where = ()
        return self.source_to_code(text, *where)


class FileLoader(_files.FileLoader, ResourceLoader, ExecutionLoader):
    """A loader with the path of its file."""


class SourceLoader(_files.SourceLoader, ResourceLoader, ExecutionLoader):
    """A loader of source text: get_data() and get_filename() are needed."""

    def path_mtime(self, path):
        """When the file was changed, in whole seconds."""
        self._need_other("path_stats")
        return int(self.path_stats(path)["mtime"])

    def path_stats(self, path):
        """Return a metadata dict for the source pointed to by the path (str)."""
        self._need_other("path_mtime")
        return {"mtime": self.path_mtime(path)}

    def _need_other(self, name):
        """Raise OSError if a subclass has not replaced the method that the other one asks."""
        if getattr(self, name).__func__ is vars(SourceLoader)[name]:
            raise OSError


def _register(base, *classes):
    for cls in classes:
        base.register(cls)


_register(MetaPathFinder, _bootstrap.BuiltinImporter, _bootstrap.FrozenImporter, _files.PathFinder)
_register(PathEntryFinder, _files.FileFinder)
_register(InspectLoader, _bootstrap.BuiltinImporter, _bootstrap.FrozenImporter, _files.NamespaceLoader)
_register(FileLoader, _files.SourceFileLoader, _files.SourcelessFileLoader)
_register(SourceLoader, _files.SourceFileLoader)
