"""The readers of packages in folders, in zip files, and in several folders at once."""

import pathlib

from .abc import Traversable, TraversableResources


class FileReader(TraversableResources):
    """A package in a folder."""

    def __init__(self, loader):
        self.path = pathlib.Path(loader.path).parent

    def resource_path(self, resource):
        return str(self.path.joinpath(resource))

    def files(self):
        return self.path


class ZipReader(TraversableResources):
    """A package in a zip file."""

    def __init__(self, loader, module):
        self.prefix = loader.prefix + module.rpartition(".")[2] + "/"
        self.archive = loader.archive

    def open_resource(self, resource):
        try:
            return super().open_resource(resource)
        except KeyError as e:
            raise FileNotFoundError(e.args[0]) from None

    def is_resource(self, path):
        target = self.files().joinpath(path)
        return target.is_file() and target.exists()

    def files(self):
        import zipfile
        return zipfile.Path(self.archive, self.prefix)


class MultiplexedPath(Traversable):
    """Folders as one: what is in any of them."""

    def __init__(self, *paths):
        self._paths = [pathlib.Path(path) if isinstance(path, str) else path for path in dict.fromkeys(paths)]
        if not self._paths:
            raise FileNotFoundError("MultiplexedPath must contain at least one path")
        if not all(path.is_dir() for path in self._paths):
            raise NotADirectoryError("MultiplexedPath only supports directories")

    def iterdir(self):
        entries = {}
        for path in self._paths:
            for entry in path.iterdir():
                entries.setdefault(entry.name, []).append(entry)
        for same in entries.values():
            yield same[0] if len(same) == 1 or not all(entry.is_dir() for entry in same) else MultiplexedPath(*same)

    def read_bytes(self):
        raise FileNotFoundError(f"{self} is not a file")

    def read_text(self, *args, **kwargs):
        raise FileNotFoundError(f"{self} is not a file")

    def is_dir(self):
        return True

    def is_file(self):
        return False

    def joinpath(self, *descendants):
        from .abc import TraversalError
        try:
            return super().joinpath(*descendants)
        except TraversalError: # where it would be
            return self._paths[0].joinpath(*descendants)

    def open(self, *args, **kwargs):
        raise FileNotFoundError(f"{self} is not a file")

    @property
    def name(self):
        return self._paths[0].name

    def __repr__(self):
        return f"MultiplexedPath({', '.join(repr(str(path)) for path in self._paths)})"


def _folder(path):
    """The folder of this path on the disk, or in the zip file that a part of the path leads to; None: neither."""
    path = pathlib.Path(path)
    if path.is_dir():
        return path
    for above in path.parents:
        if above.is_file():
            import zipfile
            inside = zipfile.Path(str(above), path.relative_to(above).as_posix() + "/")
            return inside if inside.exists() else None
    return None


class _OldFile(Traversable):
    """A resource of a loader that knows names alone, or what only might be one."""

    def __init__(self, reader, name):
        self._reader, self._name = reader, name

    name = property(lambda self: self._name)

    def is_file(self):
        return self._reader.is_resource(self._name)

    def is_dir(self):
        return False

    def iterdir(self):
        return iter(())

    def joinpath(self, *descendants):
        return _OldFile(self._reader, "/".join([self._name, *map(str, descendants)])) if descendants else self

    def open(self, mode="r", *args, **kwargs):
        stream = self._reader.open_resource(self._name)
        if "b" in mode:
            return stream
        import io
        return io.TextIOWrapper(stream, *args, **kwargs)


class OldFolder(Traversable):
    """The resources of a loader that knows names alone."""

    def __init__(self, reader, name):
        self._reader, self._name = reader, name

    name = property(lambda self: self._name)

    def is_file(self):
        return False

    def is_dir(self):
        return True

    def iterdir(self):
        return (_OldFile(self._reader, name) for name in self._reader.contents())

    def joinpath(self, *descendants):
        return _OldFile(self._reader, "/".join(map(str, descendants))) if descendants else self

    def open(self, mode="r", *args, **kwargs):
        raise IsADirectoryError(self._name)


class NamespaceReader(TraversableResources):
    """A namespace package."""

    def __init__(self, namespace_path):
        if "NamespacePath" not in type(namespace_path).__name__:
            raise ValueError("Invalid path")
        self.path = MultiplexedPath(*filter(None, map(_folder, namespace_path)))

    def resource_path(self, resource):
        return str(self.path.joinpath(resource))

    def files(self):
        return self.path
