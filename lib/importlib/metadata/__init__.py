"""What is said about installed packages: in the folders NAME.dist-info and NAME.egg-info beside them, in folders, wheels and zip files on the path."""

import abc
import functools
import os
import re
import sys

from ._text import Metadata, PackageMetadata, requires_of_egg, sections

__all__ = ["Distribution", "DistributionFinder", "PackageMetadata", "PackageNotFoundError", "distribution", "distributions", "entry_points", "files",
           "metadata", "packages_distributions", "requires", "version"]


class PackageNotFoundError(ModuleNotFoundError):
    """There is no such package."""

    def __str__(self):
        return f"No package metadata was found for {self.name}"

    @property
    def name(self):
        """The package's name."""
        name, = self.args
        return name


# ---- Entry points -------------------------------------------------------------------------------------------------------------------


class EntryPoint:
    """A name in a group that stands for an object: value is `module:attribute [extras]`. load() gives the object."""

    pattern = re.compile(r"(?P<module>[\w.]+)\s*(:\s*(?P<attr>[\w.]+)\s*)?((?P<extras>\[.*\])\s*)?$")
    dist = None

    def __init__(self, name, value, group):
        vars(self).update(name=name, value=value, group=group)

    def _part(self, name):
        match = self.pattern.match(self.value)
        return match.group(name) if match else None

    def load(self):
        """Import the module; gives it or its attribute."""
        from importlib import import_module
        thing = import_module(self.module)
        for name in filter(None, (self.attr or "").split(".")):
            thing = getattr(thing, name)
        return thing

    @property
    def module(self):
        """The module's name."""
        return self._part("module")

    @property
    def attr(self):
        """The attribute's name, '' for the module itself."""
        return self._part("attr") or ""

    @property
    def extras(self):
        """What has to be installed besides."""
        return re.findall(r"\w+", self._part("extras") or "")

    def _for(self, dist):
        vars(self).update(dist=dist)
        return self

    def matches(self, **params):
        """Has it these attributes?"""
        return all(getattr(self, name) == value for name, value in params.items())

    def _key(self):
        return self.name, self.value, self.group

    def __lt__(self, other):
        return self._key() < other._key()

    def __eq__(self, other):
        return self._key() == other._key()

    def __hash__(self):
        return hash(self._key())

    def __setattr__(self, name, value):
        raise AttributeError("EntryPoint objects are immutable.")

    def __repr__(self):
        return f"EntryPoint(name={self.name!r}, value={self.value!r}, group={self.group!r})"


class EntryPoints(tuple):
    """Entry points, in order."""

    __slots__ = ()

    def __getitem__(self, name):
        try:
            return next(iter(self.select(name=name)))
        except StopIteration:
            raise KeyError(name) from None

    def __repr__(self):
        return f"{self.__class__.__name__}({tuple(self)!r})"

    def select(self, **params):
        """Those with these attributes."""
        return EntryPoints(point for point in self if point.matches(**params))

    @property
    def names(self):
        """The names, in a set."""
        return {point.name for point in self}

    @property
    def groups(self):
        """The groups, in a set."""
        return {point.group for point in self}

    @classmethod
    def _from_text_for(cls, text, dist):
        return cls(EntryPoint(*map(str.strip, row.split("=", 1)), group)._for(dist) for group, row in sections(text or "") if group is not None)


# ---- Files --------------------------------------------------------------------------------------------------------------------------


class FileHash:
    """mode=value of a file, as the record of installed files has it."""

    def __init__(self, spec):
        self.mode, _, self.value = spec.partition("=")

    def __repr__(self):
        return f"<FileHash mode: {self.mode} value: {self.value}>"


def _package_path(name, hash, size, dist):
    path = _path_class()(name)
    path.hash, path.size, path.dist = FileHash(hash) if hash else None, int(size) if size else None, dist
    return path


@functools.cache
def _path_class():
    """PackagePath; made late, since pathlib is large."""
    import pathlib

    class PackagePath(pathlib.PurePosixPath):
        """A file of a package, relative to where the package is."""

        __module__ = __name__

        def read_text(self, encoding="utf-8"):
            """The file's text."""
            return self.locate().read_text(encoding=encoding)

        def read_binary(self):
            """The file's bytes."""
            return self.locate().read_bytes()

        def locate(self):
            """Where the file is."""
            return self.dist.locate_file(self)
    PackagePath.__qualname__ = "PackagePath"
    return PackagePath


def __getattr__(name):
    if name == "PackagePath":
        return _path_class()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


# ---- Distributions ------------------------------------------------------------------------------------------------------------------


class Distribution(metaclass=abc.ABCMeta):
    """An installed package."""

    @abc.abstractmethod
    def read_text(self, filename):
        """The text of a file about the package; None if there is none."""

    @abc.abstractmethod
    def locate_file(self, path):
        """Where a file of the package is."""

    @classmethod
    def from_name(cls, name):
        """The package of this name; PackageNotFoundError without one."""
        if not name:
            raise ValueError("A distribution name is required.")
        for found in cls.discover(name=name):
            return found
        raise PackageNotFoundError(name)

    @classmethod
    def discover(cls, *, context=None, **kwargs):
        """All packages, or those that a context or its arguments describe."""
        if context and kwargs:
            raise ValueError("cannot accept context and kwargs")
        context = context or DistributionFinder.Context(**kwargs)
        return (found for find in cls._discover_resolvers() for found in find(context))

    @staticmethod
    def _discover_resolvers():
        return filter(None, (getattr(finder, "find_distributions", None) for finder in sys.meta_path))

    @staticmethod
    def at(path):
        """The package that a folder NAME.dist-info is about."""
        import pathlib
        return PathDistribution(pathlib.Path(path))

    @property
    def metadata(self):
        """The headers of METADATA or PKG-INFO."""
        text = self.read_text("METADATA") or self.read_text("PKG-INFO") or self.read_text("")
        return Metadata(text or "")

    @property
    def name(self):
        """The package's name."""
        return self.metadata["Name"]

    @property
    def _normalized_name(self):
        return _normalized(self.name)

    @property
    def version(self):
        """The package's version."""
        return self.metadata["Version"]

    @property
    def entry_points(self):
        """The package's entry points."""
        return EntryPoints._from_text_for(self.read_text("entry_points.txt"), self)

    @property
    def files(self):
        """The package's files; None where nothing says which."""
        text = self.read_text("RECORD")
        if text is not None:
            import csv
            rows = [row for row in csv.reader(text.splitlines())]
        elif (text := self.read_text("installed-files.txt")) is not None and getattr(self, "_path", None) is not None:
            folder = self._path.name
            rows = [[os.path.normpath(os.path.join(folder, line)).replace(os.sep, "/")] for line in text.splitlines()]
        elif (text := self.read_text("SOURCES.txt")) is not None:
            rows = [[line.strip('"')] for line in text.splitlines()]
        else:
            return None
        paths = [_package_path(*(*row, None, None)[:3], self) for row in rows if row]
        return [path for path in paths if path.locate().exists()] if "RECORD" != text and self.read_text("RECORD") is None else paths

    @property
    def requires(self):
        """What the package needs, as PEP 508 writes it; None where nothing says so."""
        found = self.metadata.get_all("Requires-Dist")
        if found is None and (text := self.read_text("requires.txt")) is not None:
            found = requires_of_egg(text)
        return found and list(found)

    @property
    def origin(self):
        """What direct_url.json says; None without it."""
        text = self.read_text("direct_url.json")
        if text is None:
            return None
        import json
        import types
        return json.loads(text, object_hook=lambda data: types.SimpleNamespace(**data))


def _normalized(name):
    return re.sub(r"[-_.]+", "-", name).lower().replace("-", "_")


class DistributionFinder(metaclass=abc.ABCMeta):
    """A finder on sys.meta_path that knows about packages."""

    class Context:
        """What is looked for: name (None: all) in the folders of path."""

        name = None

        def __init__(self, **kwargs):
            vars(self).update(kwargs)

        @property
        def path(self):
            """Where to look."""
            return vars(self).get("path", sys.path)

    @abc.abstractmethod
    def find_distributions(self, context=Context()):
        """The packages that the context describes."""


class PathDistribution(Distribution):
    """A package that a folder (of the disk, or of a zip file) is about."""

    def __init__(self, path):
        self._path = path

    def read_text(self, filename):
        try:
            return self._path.joinpath(filename).read_text(encoding="utf-8")
        except (FileNotFoundError, IsADirectoryError, KeyError, NotADirectoryError, PermissionError):
            return None

    def locate_file(self, path):
        return self._path.parent / path

    @property
    def _normalized_name(self):
        stem = os.path.basename(str(self._path).rstrip("/"))
        return _name_of(stem) or super()._normalized_name


def _name_of(folder):
    """The package that a folder's name speaks of; None for another folder."""
    stem, extension = os.path.splitext(folder)
    if extension.lower() not in (".dist-info", ".egg-info"):
        return None
    return _normalized(stem.partition("-")[0])


class MetadataPathFinder(DistributionFinder):
    """Finds packages in the folders and zip files of the path."""

    @classmethod
    def find_distributions(cls, context=DistributionFinder.Context()):
        """The packages that the context describes."""
        wanted = None if context.name is None else _normalized(context.name)
        for entry in context.path:
            for path in _about(str(entry), wanted):
                yield PathDistribution(path)

    @classmethod
    def invalidate_caches(cls):
        """Nothing is kept."""


def _about(entry, wanted):
    """The paths in a folder or a zip file that are about the package, or about any."""
    try:
        names = os.listdir(entry or ".")
    except OSError:
        names = None
    if names is not None:
        import pathlib
        root = pathlib.Path(entry or ".")
    elif entry.lower().endswith((".zip", ".whl", ".egg")) and os.path.isfile(entry):
        import zipfile
        try:
            root = zipfile.Path(entry)
        except zipfile.BadZipFile:
            return
        names = [path.name for path in root.iterdir()]
    else:
        return
    if os.path.basename(entry).lower().endswith(".egg") and "EGG-INFO" in names and (
            wanted is None or wanted == _normalized(os.path.basename(entry).partition("-")[0].removesuffix(".egg"))):
        yield root / "EGG-INFO"
    for name in names:
        found = _name_of(name)
        if found is not None and wanted in (None, found):
            yield root / name


def distribution(distribution_name):
    """The package of this name."""
    return Distribution.from_name(distribution_name)


def distributions(**kwargs):
    """All packages, or those that name and path describe."""
    return Distribution.discover(**kwargs)


def metadata(distribution_name):
    """The headers of a package's METADATA."""
    return Distribution.from_name(distribution_name).metadata


def version(distribution_name):
    """A package's version."""
    return distribution(distribution_name).version


def entry_points(**params):
    """The entry points of all packages, or those with these attributes (group, name)."""
    seen, points = set(), []
    for dist in distributions():
        if dist._normalized_name not in seen: # of a package that is there twice, the first counts
            seen.add(dist._normalized_name)
            points.extend(dist.entry_points)
    return EntryPoints(points).select(**params)


def files(distribution_name):
    """A package's files."""
    return distribution(distribution_name).files


def requires(distribution_name):
    """What a package needs."""
    return distribution(distribution_name).requires


def packages_distributions():
    """Which packages bring a top-level module: {module: [package, ...]}."""
    result = {}
    for dist in distributions():
        for name in _top_level(dist):
            result.setdefault(name, []).append(dist.metadata["Name"])
    return result


def _top_level(dist):
    text = dist.read_text("top_level.txt")
    if text:
        return text.split()
    names = {}
    for path in dist.files or ():
        name = path.parts[0] if len(path.parts) > 1 else path.name.partition(".")[0] if path.suffix in (".py", ".so", ".krc", ".pyc") else ""
        if name and name.isidentifier():
            names[name] = None
    return names
