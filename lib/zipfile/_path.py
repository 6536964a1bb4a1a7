"""Paths inside a ZIP archive, used like pathlib's."""

import io
import posixpath
import re

from . import ZipFile

__name__ = "zipfile"  # where its names belong


def _parents(name):
    """The folders that a name is in, the innermost first: a/b of a/b/c."""
    name = name.rstrip("/")
    while "/" in name:
        name = name.rpartition("/")[0]
        if name.rstrip("/"):
            yield name


class CompleteDirs(ZipFile):
    """An archive that lists the folders of its files even where they have no entry."""

    @classmethod
    def make(cls, source):
        """The archive at a path, or an open one made to list its folders."""
        if isinstance(source, CompleteDirs):
            return source
        if not isinstance(source, ZipFile):
            return cls(source)
        source.__class__ = cls if source.mode == "r" else CompleteDirs
        return source

    @classmethod
    def inject(cls, zf):
        """Give an archive that is being written entries for the folders that have none."""
        for name in cls._implied(zf.namelist()):
            zf.writestr(name, b"")
        return zf

    def namelist(self):
        names = super().namelist()
        return names + list(self._implied(names))

    @staticmethod
    def _implied(names):
        known = dict.fromkeys(names)
        for name in names:
            for parent in _parents(name):
                if parent + "/" not in known:
                    known[parent + "/"] = None
                    yield parent + "/"

    def _names(self):
        # of an archive that is being written, as it is now
        if self.mode != "r" or not hasattr(self, "_known"):
            self._known = dict.fromkeys(self.namelist())
        return self._known

    def resolve_dir(self, name):
        """name, with a / behind it if it is a folder's."""
        known = self._names()
        return name + "/" if name not in known and name + "/" in known else name

    def getinfo(self, name):
        try:
            return super().getinfo(name)
        except KeyError:
            if not name.endswith("/") or name not in self._names():
                raise
            from . import ZipInfo
            return ZipInfo(filename=name)


class Path:
    """A path at in the archive root (a path, a file or a ZipFile)."""

    def __init__(self, root, at=""):
        self.root = CompleteDirs.make(root)
        self.at = at

    def __eq__(self, other):
        if self.__class__ is not other.__class__:
            return NotImplemented
        return (self.root, self.at) == (other.root, other.at)

    def __hash__(self):
        return hash((self.root, self.at))

    def __str__(self):
        return posixpath.join(self.root.filename, self.at)

    def __repr__(self):
        return f"{self.__class__.__name__}({self.root.filename!r}, {self.at!r})"

    def _file_path(self):
        import pathlib
        return pathlib.Path(self.root.filename or ":zipfile:").joinpath(self.at)

    def _inside(self):
        import pathlib
        return pathlib.PurePosixPath(self.at)

    name = property(lambda self: self._inside().name if self.at else self._file_path().name)
    suffix = property(lambda self: self._inside().suffix or self._file_path().suffix)
    suffixes = property(lambda self: self._inside().suffixes or self._file_path().suffixes)
    stem = property(lambda self: self._inside().stem or self._file_path().stem)
    filename = property(lambda self: self._file_path())

    @property
    def parent(self):
        if not self.at:
            return self.filename.parent
        parent = posixpath.dirname(self.at.rstrip("/"))
        return self._next(parent + "/" if parent else "")

    def _next(self, at):
        return self.__class__(self.root, at)

    def open(self, mode="r", *args, pwd=None, **kwargs):
        """A stream of text, of bytes for rb and wb."""
        if self.is_dir():
            raise IsADirectoryError(self)
        if not self.exists() and mode[0] == "r":
            raise FileNotFoundError(self)
        stream = self.root.open(self.at, mode[0], pwd=pwd)
        if "b" in mode:
            if args or kwargs:
                raise ValueError("encoding args invalid for binary operation")
            return stream
        encoding = kwargs.pop("encoding", None)
        if args:
            encoding, *args = args
        return io.TextIOWrapper(stream, io.text_encoding(encoding, 3), *args, **kwargs)

    def read_text(self, *args, **kwargs):
        """All of its text."""
        encoding = kwargs.pop("encoding", None)
        if args:
            encoding, *args = args
        with self.open("r", io.text_encoding(encoding, 3), *args, **kwargs) as stream:
            return stream.read()

    def read_bytes(self):
        """All of its bytes."""
        with self.open("rb") as stream:
            return stream.read()

    def is_dir(self):
        """Is it a folder?"""
        return not self.at or self.at.endswith("/")

    def is_file(self):
        """Is it a file?"""
        return self.exists() and not self.is_dir()

    def exists(self):
        """Is it there?"""
        return self.at in self.root._names()

    def is_symlink(self):
        """Is it a symbolic link?"""
        import stat
        return stat.S_ISLNK(self.root.getinfo(self.at).external_attr >> 16)

    def iterdir(self):
        """What is in the folder."""
        if not self.is_dir():
            raise ValueError("Can't listdir a file")
        folder = self.at.rstrip("/")
        return (self._next(name) for name in self.root.namelist() if posixpath.dirname(name.rstrip("/")) == folder)

    def match(self, path_pattern):
        """As pathlib's."""
        return self._inside().match(path_pattern)

    def glob(self, pattern):
        """What is below that a pattern matches: * within a name, ** over folders."""
        if not pattern:
            raise ValueError(f"Unacceptable pattern: {pattern!r}")
        match = re.compile(re.escape(self.at) + _translate(pattern)).fullmatch
        return (self._next(name) for name in self.root.namelist() if match(name) or name.endswith("/") and match(name[:-1]))

    def rglob(self, pattern):
        """The same in any folder below."""
        return self.glob(f"**/{pattern}")

    def relative_to(self, other, *extra):
        """The way from other."""
        return posixpath.relpath(str(self), str(other.joinpath(*extra)))

    def joinpath(self, *other):
        """The path with others behind it."""
        return self._next(self.root.resolve_dir(posixpath.join(self.at, *other)))

    __truediv__ = joinpath


def _translate(pattern):
    """A regular expression for a pattern."""
    out, i = "", 0
    while i < len(pattern):
        if pattern.startswith("**/", i):
            out, i = out + "(?:.*/)?", i + 3
        elif pattern.startswith("**", i):
            out, i = out + ".*", i + 2
        elif pattern[i] == "*":
            out, i = out + "[^/]*", i + 1
        elif pattern[i] == "?":
            out, i = out + "[^/]", i + 1
        elif pattern[i] == "[" and "]" in pattern[i + 1:]:
            end = pattern.index("]", i + 1)
            inside = pattern[i + 1:end]
            out, i = out + "[" + ("^" + inside[1:] if inside[:1] == "!" else inside) + "]", end + 1
        else:
            out, i = out + re.escape(pattern[i]), i + 1
    return out
