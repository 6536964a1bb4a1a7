"""Files that packages bring along, wherever the packages are: files(package) / "name" is a path in a folder or in a zip file."""

import contextlib
import os
import sys

from .abc import ResourceReader

__all__ = ["Package", "Anchor", "ResourceReader", "as_file", "files", "contents", "is_resource", "open_binary", "open_text", "path", "read_binary",
           "read_text"]
Package = type(sys) | str
Anchor = Package
_unset = object()


def files(anchor=None, *, package=_unset):
    """The folder of a package, or of the package that a module is in; anchor: it or its name, by default the caller's."""
    if package is not _unset:
        import warnings
        warnings.warn("First parameter to files is renamed to 'anchor'", DeprecationWarning, stacklevel=2)
        anchor = package
    if anchor is None:
        anchor = sys._getframe(1).f_globals["__name__"]
    if isinstance(anchor, str):
        from importlib import import_module
        anchor = import_module(anchor)
    spec = getattr(anchor, "__spec__", None)
    if spec is None:
        raise TypeError(f"{anchor!r} has no __spec__: it does not say where its files are")
    if spec.submodule_search_locations is None: # a module: the package that it is in
        from importlib import import_module
        if not spec.parent:
            if hasattr(spec.loader, "archive"):
                import zipfile
                return zipfile.Path(spec.loader.archive, spec.loader.prefix)
            import pathlib
            return pathlib.Path(spec.origin).parent
        spec = import_module(spec.parent).__spec__
    return _folder(spec)


def _folder(spec):
    loader = spec.loader
    reader = getattr(loader, "get_resource_reader", None)
    if reader is not None and (reader := reader(spec.name)) is not None:
        if hasattr(reader, "files"):
            return reader.files()
        from .readers import OldFolder
        return OldFolder(reader, spec.name)
    from . import readers
    if hasattr(loader, "archive"):
        return readers.ZipReader(loader, spec.name).files()
    locations = list(spec.submodule_search_locations)
    if getattr(spec, "origin", None) in (None, "namespace"):
        return readers.MultiplexedPath(*filter(None, map(readers._folder, locations)))
    if not locations or not os.path.isdir(locations[0]):
        raise FileNotFoundError(f"the package {spec.name!r} is in the program itself, and has no files")
    import pathlib
    return pathlib.Path(locations[0])


@contextlib.contextmanager
def as_file(path):
    """A path on the disk: the file's or folder's own, or that of a copy, which is gone afterwards."""
    import pathlib
    if isinstance(path, pathlib.Path):
        yield path
        return
    import tempfile
    if path.is_dir():
        with tempfile.TemporaryDirectory() as folder:
            yield _copy(path, pathlib.Path(folder))
        return
    fd, name = tempfile.mkstemp(suffix=path.name)
    try:
        try:
            os.write(fd, path.read_bytes())
        finally:
            os.close(fd)
        yield pathlib.Path(name)
    finally:
        try:
            os.remove(name)
        except FileNotFoundError:
            pass


def _copy(path, folder):
    target = folder.joinpath(path.name)
    if path.is_dir():
        target.mkdir()
        for entry in path.iterdir():
            _copy(entry, target)
    else:
        target.write_bytes(path.read_bytes())
    return target


def open_binary(anchor, *path_names):
    """A file as a stream of bytes."""
    return files(anchor).joinpath(*path_names).open("rb")


def open_text(anchor, *path_names, encoding=_unset, errors="strict"):
    """A file as a stream of text."""
    return files(anchor).joinpath(*path_names).open("r", encoding=_encoding(encoding, path_names), errors=errors)


def read_binary(anchor, *path_names):
    """A file's bytes."""
    return files(anchor).joinpath(*path_names).read_bytes()


def read_text(anchor, *path_names, encoding=_unset, errors="strict"):
    """A file's text."""
    with files(anchor).joinpath(*path_names).open("r", encoding=_encoding(encoding, path_names), errors=errors) as stream:
        return stream.read()


def _encoding(encoding, path_names):
    if encoding is not _unset:
        return encoding
    if len(path_names) > 1:
        raise TypeError("'encoding' argument required with multiple path names")
    return "utf-8"


def path(anchor, *path_names):
    """as_file() of a file."""
    return as_file(files(anchor).joinpath(*path_names))


def is_resource(anchor, *path_names):
    """Is it a file?"""
    return files(anchor).joinpath(*path_names).is_file()


def contents(anchor, *path_names):
    """The names in a folder; deprecated."""
    import warnings
    warnings.warn("contents is deprecated. Use files(anchor).iterdir() instead.", DeprecationWarning, stacklevel=2)
    return (entry.name for entry in files(anchor).joinpath(*path_names).iterdir())
