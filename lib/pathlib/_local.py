"""Paths of this system's files, and the texts of paths of POSIX and Windows."""

import io
import os
import posixpath
import sys

from pathlib._abc import PathBase, PurePathBase, UnsupportedOperation

__all__ = ["PurePath", "PurePosixPath", "PureWindowsPath", "Path", "PosixPath", "WindowsPath"]


class _Parents:
    """The folders above a path, made when they are asked for."""

    __slots__ = ("_path", "_drive", "_root", "_names")

    def __init__(self, path):
        self._path, self._drive, self._root, self._names = path, path.drive, path.root, path._tail

    def __len__(self):
        return len(self._names)

    def __getitem__(self, index):
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(len(self))))
        if index >= len(self) or index < -len(self):
            raise IndexError(index)
        if index < 0:
            index += len(self)
        return self._path._from_parts(self._drive, self._root, self._names[:-index - 1])

    def __iter__(self):
        return (self[i] for i in range(len(self)))

    def __repr__(self):
        return f"<{type(self._path).__name__}.parents>"


from _collections_abc import Sequence as _SequenceABC
_SequenceABC.register(_Parents)


class PurePath(PurePathBase):
    """A path that is only a text: it has parts, and nothing is looked at."""

    __slots__ = ("_raw_paths", "_drv", "_root", "_tail_cached", "_str", "_hash")
    parser = os.path

    def __new__(cls, *args, **kwargs):
        if cls is PurePath:
            cls = PureWindowsPath if os.name == "nt" else PurePosixPath
        return object.__new__(cls)

    def __init__(self, *args):
        paths = []
        for arg in args:
            if isinstance(arg, PurePath):
                if arg.parser is not self.parser:
                    paths.extend(path.replace("\\", "/") for path in arg._raw_paths)
                else:
                    paths.extend(arg._raw_paths)
                continue
            try:
                path = os.fspath(arg)
            except TypeError:
                path = arg
            if not isinstance(path, str):
                raise TypeError("argument should be a str or an os.PathLike object where __fspath__ returns a str, "
                                f"not {type(path).__name__!r}")
            paths.append(path)
        self._raw_paths = paths
        self._resolving = False

    @property
    def _raw_path(self):
        paths = self._raw_paths
        if len(paths) == 1:
            return paths[0]
        if not paths:
            return ""
        path = self.parser.join(*paths)
        self._raw_paths = [path]
        return path

    def __reduce__(self):
        return self.__class__, tuple(self._raw_paths)

    def __fspath__(self):
        return str(self)

    def __bytes__(self):
        """The path as the system has it."""
        return os.fsencode(self)

    def __repr__(self):
        return f"{type(self).__name__}({self.as_posix()!r})"

    # ---- Parsing

    @classmethod
    def _parse_path(cls, path):
        """(drive, root, names)"""
        if not path:
            return "", "", []
        sep, altsep = cls.parser.sep, cls.parser.altsep
        if altsep:
            path = path.replace(altsep, sep)
        drive, root, rest = cls.parser.splitroot(path)
        if not root and drive.startswith(sep) and not drive.endswith(sep):
            parts = drive.split(sep)
            if len(parts) == 4 and parts[2] not in "?." or len(parts) == 6: # //server/share, //?/unc/server/share
                root = sep
        return drive, root, [sys.intern(str(name)) for name in rest.split(sep) if name and name != "."]

    def _load(self):
        self._drv, self._root, self._tail_cached = self._parse_path(self._raw_path)

    @property
    def drive(self):
        """The drive, or an empty text."""
        try:
            return self._drv
        except AttributeError:
            self._load()
            return self._drv

    @property
    def root(self):
        """The root, or an empty text."""
        try:
            return self._root
        except AttributeError:
            self._load()
            return self._root

    @property
    def _tail(self):
        try:
            return self._tail_cached
        except AttributeError:
            self._load()
            return self._tail_cached

    @property
    def anchor(self):
        """Drive and root."""
        return self.drive + self.root

    @property
    def _stack(self):
        return self.anchor, self._tail[::-1]

    @property
    def parts(self):
        """The anchor, if there is one, and the names."""
        anchor = self.anchor
        return (anchor, *self._tail) if anchor else tuple(self._tail)

    @classmethod
    def _format(cls, drive, root, names):
        if drive or root:
            return drive + root + cls.parser.sep.join(names)
        if names and cls.parser.splitdrive(names[0])[0]:
            names = [".", *names]
        return cls.parser.sep.join(names)

    def _from_parts(self, drive, root, names):
        path = self.with_segments(self._format(drive, root, names))
        path._str = self._format(drive, root, names) or "."
        path._drv, path._root, path._tail_cached = drive, root, list(names)
        return path

    def __str__(self):
        try:
            return self._str
        except AttributeError:
            self._str = self._format(self.drive, self.root, self._tail) or "."
            return self._str

    @property
    def name(self):
        """The last name."""
        names = self._tail
        return names[-1] if names else ""

    @property
    def parent(self):
        """The folder that it is in."""
        names = self._tail
        return self._from_parts(self.drive, self.root, names[:-1]) if names else self

    @property
    def parents(self):
        """All folders above."""
        return _Parents(self)

    def is_absolute(self):
        """True if it has a root (and a drive, where there are drives)."""
        if self.parser is posixpath:
            return bool(self.root)
        return self.parser.isabs(str(self))

    def is_reserved(self):
        """Would Windows not take it as the name of a file?"""
        import warnings
        warnings._deprecated("pathlib.PurePath.is_reserved", "pathlib.PurePath.is_reserved() is deprecated and scheduled for removal "
                             "in Python 3.15. Use os.path.isreserved() to detect reserved paths on Windows.", remove=(3, 15))
        return self.parser is not posixpath and self.parser.isreserved(self)

    # ---- Comparing

    @property
    def _key(self):
        text = str(self)
        return text if self.parser is posixpath else text.lower()

    @property
    def _order(self):
        return self._key.split(self.parser.sep)

    def __hash__(self):
        try:
            return self._hash
        except AttributeError:
            self._hash = hash(self._key)
            return self._hash

    def __eq__(self, other):
        if not isinstance(other, PurePath):
            return NotImplemented
        return self._key == other._key and self.parser is other.parser

    def _comparable(self, other):
        return isinstance(other, PurePath) and self.parser is other.parser

    def __lt__(self, other):
        return self._order < other._order if self._comparable(other) else NotImplemented

    def __le__(self, other):
        return self._order <= other._order if self._comparable(other) else NotImplemented

    def __gt__(self, other):
        return self._order > other._order if self._comparable(other) else NotImplemented

    def __ge__(self, other):
        return self._order >= other._order if self._comparable(other) else NotImplemented

    # ---- Other paths

    def __truediv__(self, key):
        try:
            return self.with_segments(self, key)
        except TypeError:
            return NotImplemented

    def __rtruediv__(self, key):
        try:
            return self.with_segments(key, self)
        except TypeError:
            return NotImplemented

    def joinpath(self, *pathsegments):
        """With segments behind."""
        return self.with_segments(self, *pathsegments)

    def with_name(self, name):
        """With another last name."""
        parser = self.parser
        if not name or parser.sep in name or parser.altsep and parser.altsep in name or name == ".":
            raise ValueError(f"Invalid name {name!r}")
        names = self._tail.copy()
        if not names:
            raise ValueError(f"{self!r} has an empty name")
        names[-1] = name
        return self._from_parts(self.drive, self.root, names)

    def _other(self, other, deprecated, function):
        if deprecated:
            import warnings
            warnings._deprecated(f"pathlib.PurePath.{function}(*args)", "support for supplying more than one positional argument to "
                                 f"pathlib.PurePath.{function}() is deprecated and scheduled for removal in Python 3.14", remove=(3, 14))
            other = self.with_segments(other, *deprecated)
        elif not isinstance(other, PurePath):
            other = self.with_segments(other)
        return other

    def relative_to(self, other, *_deprecated, walk_up=False):
        """The way from other to here; walk_up: with .. where it is needed."""
        other = self._other(other, _deprecated, "relative_to")
        up = 0
        for path in (other, *other.parents):
            if path == self or path in self.parents:
                break
            if not walk_up:
                raise ValueError(f"{str(self)!r} is not in the subpath of {str(other)!r}")
            if path.name == "..":
                raise ValueError(f"'..' segment in {str(other)!r} cannot be walked")
            up += 1
        else:
            raise ValueError(f"{str(self)!r} and {str(other)!r} have different anchors")
        return self._from_parts("", "", [".."] * up + self._tail[len(path._tail):])

    def is_relative_to(self, other, *_deprecated):
        """True if it is other, or below it."""
        other = self._other(other, _deprecated, "is_relative_to")
        return other == self or other in self.parents

    @property
    def _case_sensitive(self):
        return self.parser is posixpath

    @property
    def _pattern_str(self):
        text = str(self)
        return "" if text == "." else text

    def as_uri(self):
        """As a URI of the form file:///..."""
        if not self.is_absolute():
            raise ValueError("relative path can't be expressed as a file URI")
        drive = self.drive
        if len(drive) == 2 and drive[1] == ":":
            prefix, path = "file:///" + drive, self.as_posix()[2:]
        elif drive:
            prefix, path = "file:", self.as_posix()
        else:
            prefix, path = "file://", str(self)
        safe = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~/")
        return prefix + "".join(chr(b) if b in safe else f"%{b:02X}" for b in os.fsencode(path))

    __class_getitem__ = classmethod(type(list[int]))


class PurePosixPath(PurePath):
    """A path of POSIX systems."""

    __slots__ = ()
    parser = posixpath


class _LazyNt:
    """ntpath, loaded when a path of Windows is made."""

    def __get__(self, instance, owner):
        import ntpath
        PureWindowsPath.parser = ntpath
        return ntpath


class PureWindowsPath(PurePath):
    """A path of Windows."""

    __slots__ = ()
    parser = _LazyNt()


class Path(PathBase, PurePath):
    """A path of this system, with what can be done to files."""

    __slots__ = ()
    as_uri = PurePath.as_uri
    _keeps_slash = False

    @classmethod
    def _unsupported_msg(cls, attribute):
        return f"{cls.__name__}.{attribute} is unsupported on this system"

    def __new__(cls, *args, **kwargs):
        if cls is Path:
            cls = WindowsPath if os.name == "nt" else PosixPath
        return object.__new__(cls)

    def __init__(self, *args, **kwargs):
        if kwargs:
            import warnings
            warnings._deprecated("pathlib.PurePath(**kwargs)", "support for supplying keyword arguments to pathlib.PurePath is deprecated "
                                 "and scheduled for removal in Python {remove}", remove=(3, 14))
        PurePath.__init__(self, *args)

    def stat(self, *, follow_symlinks=True):
        """What os.stat() gives."""
        return os.stat(self, follow_symlinks=follow_symlinks)

    def lstat(self):
        """stat() of a link itself."""
        return os.lstat(self)

    def exists(self, *, follow_symlinks=True):
        """Is there something?"""
        return os.path.exists(self) if follow_symlinks else os.path.lexists(self)

    def is_dir(self, *, follow_symlinks=True):
        """Is it a folder?"""
        return os.path.isdir(self) if follow_symlinks else PathBase.is_dir(self, follow_symlinks=False)

    def is_file(self, *, follow_symlinks=True):
        """Is it a regular file?"""
        return os.path.isfile(self) if follow_symlinks else PathBase.is_file(self, follow_symlinks=False)

    def is_symlink(self):
        """Is it a symbolic link?"""
        return os.path.islink(self)

    def is_mount(self):
        """Is it where another file system begins?"""
        return os.path.ismount(self)

    def is_junction(self):
        """Is it a junction? There are none on POSIX."""
        return os.path.isjunction(self)

    def open(self, mode="r", buffering=-1, encoding=None, errors=None, newline=None):
        """open() of the file."""
        if "b" not in mode:
            encoding = io.text_encoding(encoding)
        return io.open(self, mode, buffering, encoding, errors, newline)

    def read_text(self, encoding=None, errors=None, newline=None):
        """All of a file, as text."""
        return PathBase.read_text(self, io.text_encoding(encoding), errors, newline)

    def write_text(self, data, encoding=None, errors=None, newline=None):
        """Make the file hold this text."""
        return PathBase.write_text(self, data, io.text_encoding(encoding), errors, newline)

    # ---- Folders

    def _child(self, name):
        path = str(self)
        if path == ".":
            child = self.with_segments(name)
            child._str = name
        else:
            child = self.with_segments(path, name)
        return child

    def iterdir(self):
        """The paths in a folder, in any order."""
        return (self._child(name) for name in os.listdir(self))

    def _scandir(self):
        return os.scandir(self)

    def _entries(self):
        try:
            entries = list(os.scandir(self))
        except OSError:
            return
        for entry in entries:
            yield entry.name, self._child(entry.name), entry.is_dir, entry.is_symlink

    def _pattern_parts(self, pattern):
        if not isinstance(pattern, PurePath):
            text = os.fspath(pattern)
            if not isinstance(text, str):
                pattern = self.with_segments(pattern) # raises
            drive, root, parts = self._parse_path(text)
            ends = text[-1:] in (self.parser.sep, self.parser.altsep or self.parser.sep)
        else:
            text = str(pattern)
            drive, root, parts = pattern.drive, pattern.root, pattern._tail.copy()
            raw = pattern._raw_path
            ends = raw[-1:] in (self.parser.sep, self.parser.altsep or self.parser.sep)
        if drive or root:
            raise NotImplementedError("Non-relative patterns are unsupported")
        if not parts:
            raise ValueError(f"Unacceptable pattern: {self.with_segments(pattern)!r}")
        return parts + [""] if ends else parts

    def glob(self, pattern, *, case_sensitive=None, recurse_symlinks=False):
        """All below that matches a relative pattern, in any order."""
        sys.audit("pathlib.Path.glob", self, pattern)
        return PathBase.glob(self, pattern, case_sensitive=case_sensitive, recurse_symlinks=recurse_symlinks)

    def rglob(self, pattern, *, case_sensitive=None, recurse_symlinks=False):
        """glob() in this folder and all below."""
        sys.audit("pathlib.Path.rglob", self, pattern)
        text = os.fspath(pattern) if not isinstance(pattern, PurePath) else pattern._raw_path
        drive, root, parts = self._parse_path(text) if isinstance(text, str) else ("", "", [])
        if drive or root:
            raise NotImplementedError("Non-relative patterns are unsupported")
        whole = self.parser.join("**", text) if parts else "**/"
        return PathBase.glob(self, whole, case_sensitive=case_sensitive, recurse_symlinks=recurse_symlinks)

    def walk(self, top_down=True, on_error=None, follow_symlinks=False):
        """Yields (folder, names of folders in it, names of files in it) for this folder and all below."""
        sys.audit("pathlib.Path.walk", self, on_error, follow_symlinks)
        return PathBase.walk(self, top_down, on_error, follow_symlinks)

    # ---- Other paths

    @classmethod
    def cwd(cls):
        """The current folder."""
        path = cls(os.getcwd())
        return path

    def absolute(self):
        """From the root on, as it is."""
        if self.is_absolute():
            return self
        cwd = os.getcwd()
        if self.drive:
            cwd = os.path.abspath(self.drive)
        if not self._tail:
            path = self.with_segments(cwd)
            return path
        return self.with_segments(cwd, self)

    def resolve(self, strict=False):
        """Absolute, without symbolic links and ..; strict: it has to be there."""
        return self.with_segments(os.path.realpath(self, strict=strict))

    def expanduser(self):
        """With ~ and ~user replaced by home folders."""
        if not (self.drive or self.root) and self._tail and self._tail[0][:1] == "~":
            home = os.path.expanduser(self._tail[0])
            if home[:1] == "~":
                raise RuntimeError("Could not determine home directory.")
            drive, root, names = self._parse_path(home)
            return self._from_parts(drive, root, names + self._tail[1:])
        return self

    @classmethod
    def home(cls):
        """The user's home folder."""
        home = os.path.expanduser("~")
        if home == "~":
            raise RuntimeError("Could not determine home directory.")
        return cls(home)

    @classmethod
    def from_uri(cls, uri):
        """The path of a URI that begins with file:."""
        if not uri.startswith("file:"):
            raise ValueError(f"URI does not start with 'file:': {uri!r}")
        path = uri[5:]
        if path[:3] == "///":
            path = path[2:]
        elif path[:12] == "//localhost/":
            path = path[11:]
        if path[:3] == "///" or path[:1] == "/" and path[2:3] in ":|":
            path = path[1:]
        if path[1:2] == "|":
            path = path[:1] + ":" + path[2:]
        result = cls(os.fsdecode(_unquoted(path)))
        if not result.is_absolute():
            raise ValueError(f"URI is not absolute: {uri!r}")
        return result

    # ---- Changes

    def readlink(self):
        """What a symbolic link leads to."""
        return self.with_segments(os.readlink(self))

    def touch(self, mode=0o666, exist_ok=True):
        """Make the file, or set its time to now."""
        if exist_ok:
            try:
                os.utime(self, None)
                return
            except OSError:
                pass
        flags = os.O_CREAT | os.O_WRONLY | (0 if exist_ok else os.O_EXCL)
        os.close(os.open(self, flags, mode))

    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        """Make a folder; parents: and all above it."""
        try:
            os.mkdir(self, mode)
        except FileNotFoundError:
            if not parents or self.parent == self:
                raise
            self.parent.mkdir(parents=True, exist_ok=True)
            self.mkdir(mode, parents=False, exist_ok=exist_ok)
        except OSError:
            if not exist_ok or not self.is_dir():
                raise

    def chmod(self, mode, *, follow_symlinks=True):
        """Change the access rights."""
        os.chmod(self, mode, follow_symlinks=follow_symlinks)

    def unlink(self, missing_ok=False):
        """Remove a file or link."""
        try:
            os.unlink(self)
        except FileNotFoundError:
            if not missing_ok:
                raise

    def rmdir(self):
        """Remove a folder, which must be empty."""
        os.rmdir(self)

    def rename(self, target):
        """Rename to target; the path of target."""
        os.rename(self, target)
        return self.with_segments(target)

    def replace(self, target):
        """rename(), over what is there."""
        os.replace(self, target)
        return self.with_segments(target)

    def symlink_to(self, target, target_is_directory=False):
        """Make this a symbolic link to target."""
        os.symlink(target, self, target_is_directory)

    def hardlink_to(self, target):
        """Make this a hard link to target."""
        os.link(target, self)

    def owner(self, *, follow_symlinks=True):
        """The name of the user that it belongs to."""
        import pwd
        return pwd.getpwuid(self.stat(follow_symlinks=follow_symlinks).st_uid).pw_name

    def group(self, *, follow_symlinks=True):
        """The name of the group that it belongs to."""
        import grp
        return grp.getgrgid(self.stat(follow_symlinks=follow_symlinks).st_gid).gr_name


def _unquoted(text):
    """Bytes of a text in which %xx stands for one."""
    first, *rest = os.fsencode(text).split(b"%")
    out = [first]
    for part in rest:
        try:
            out += [bytes([int(part[:2].decode(), 16)]) if len(part) >= 2 else b"%" + part, part[2:] if len(part) >= 2 else b""]
        except ValueError:
            out += [b"%", part]
    return b"".join(out)


class PosixPath(Path, PurePosixPath):
    """Path on POSIX systems."""

    __slots__ = ()


class WindowsPath(Path, PureWindowsPath):
    """Path on Windows: not on this system."""

    __slots__ = ()

    def __new__(cls, *args, **kwargs):
        raise UnsupportedOperation(f"cannot instantiate {cls.__name__!r} on your system")


for _name, _method in vars(Path).items(): # what both have is said once
    if not _name.startswith("_") and _name in vars(PathBase) and _method.__doc__:
        _base = vars(PathBase)[_name]
        getattr(_base, "__func__", _base).__doc__ = _method.__doc__
del _name, _method, _base
