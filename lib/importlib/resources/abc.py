"""What a loader offers whose packages have resources."""

import abc

__all__ = ["ResourceReader", "Traversable", "TraversableResources"]


class ResourceReader(metaclass=abc.ABCMeta):
    """The old interface: the resources of one package by name."""

    @abc.abstractmethod
    def open_resource(self, resource):
        """A stream of bytes; FileNotFoundError."""
        raise FileNotFoundError

    @abc.abstractmethod
    def resource_path(self, resource):
        """Where the resource is on the disk; FileNotFoundError if it is elsewhere."""
        raise FileNotFoundError

    @abc.abstractmethod
    def is_resource(self, path):
        """Is it a file?"""
        raise FileNotFoundError

    @abc.abstractmethod
    def contents(self):
        """The names in the package."""
        raise FileNotFoundError


class TraversalError(Exception):
    """There is nothing of this name on the way."""


class Traversable(metaclass=abc.ABCMeta):
    """What pathlib.Path and zipfile.Path have in common."""

    @abc.abstractmethod
    def iterdir(self):
        """What is in the folder."""

    def read_bytes(self):
        """All bytes."""
        with self.open("rb") as stream:
            return stream.read()

    def read_text(self, encoding=None):
        """All text."""
        with self.open(encoding=encoding) as stream:
            return stream.read()

    @abc.abstractmethod
    def is_dir(self):
        """Is it a folder?"""

    @abc.abstractmethod
    def is_file(self):
        """Is it a file?"""

    def joinpath(self, *descendants):
        """What is further down."""
        parts = [part for descendant in descendants for part in str(descendant).split("/") if part]
        here = self
        for part in parts:
            here = next((entry for entry in here.iterdir() if entry.name == part), None)
            if here is None:
                raise TraversalError("Target not found during traversal.", part, iter(parts))
        return here

    def __truediv__(self, child):
        return self.joinpath(child)

    @abc.abstractmethod
    def open(self, mode="r", *args, **kwargs):
        """A stream."""

    @property
    @abc.abstractmethod
    def name(self):
        """The last part of its name."""

    @classmethod
    def __subclasshook__(cls, other): # as typing's runtime protocols: who has the methods
        if cls is Traversable:
            return all(hasattr(other, name) for name in ("iterdir", "read_bytes", "read_text", "is_dir", "is_file", "joinpath", "open", "name"))
        return NotImplemented


class TraversableResources(ResourceReader):
    """The interface of today: files() gives the package's folder."""

    @abc.abstractmethod
    def files(self):
        """The package's folder, a Traversable."""

    def open_resource(self, resource):
        return self.files().joinpath(resource).open("rb")

    def resource_path(self, resource):
        raise FileNotFoundError(resource)

    def is_resource(self, path):
        return self.files().joinpath(path).is_file()

    def contents(self):
        return (entry.name for entry in self.files().iterdir())
