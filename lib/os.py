"""The operating system: files, folders, environment, process."""

import posixpath as path
import stat as st
import sys

from _collections_abc import Mapping as _Mapping
from _collections_abc import MutableMapping as _MutableMapping
from abc import ABC as _ABC
from abc import abstractmethod as _abstractmethod
import posix as _posix
from posix import (F_OK, O_APPEND, O_CREAT, O_EXCL, O_NONBLOCK, O_RDONLY, O_RDWR, O_TRUNC, O_WRONLY, R_OK, W_OK, X_OK, _exit,
                   access, chdir, chmod, close, cpu_count, getcwd, getpid, isatty, listdir, lseek, mkdir, open, read, readlink,
                   remove, rename, replace, rmdir, strerror, symlink, unlink, urandom, write)
from posixpath import altsep, curdir, defpath, devnull, extsep, pardir, pathsep, sep

sys.modules["os.path"] = path
name = "posix"
linesep = "\n"
error = OSError
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
EX_OK = 0
supports_bytes_environ = True
supports_dir_fd = supports_fd = supports_follow_symlinks = supports_effective_ids = set()
process_cpu_count = cpu_count
fspath = path._fspath


class stat_result(tuple):
    """What os.stat() gives: ten integers, and more as attributes."""

    n_sequence_fields = 10
    n_fields = 19
    n_unnamed_fields = 3
    st_mode = property(lambda self: self[0], doc="protection bits")
    st_ino = property(lambda self: self[1], doc="inode")
    st_dev = property(lambda self: self[2], doc="device")
    st_nlink = property(lambda self: self[3], doc="number of hard links")
    st_uid = property(lambda self: self[4], doc="user ID of owner")
    st_gid = property(lambda self: self[5], doc="group ID of owner")
    st_size = property(lambda self: self[6], doc="total size, in bytes")
    st_atime_ns = property(lambda self: self._more[0], doc="time of last access in nanoseconds")
    st_mtime_ns = property(lambda self: self._more[1], doc="time of last modification in nanoseconds")
    st_ctime_ns = property(lambda self: self._more[2], doc="time of last change in nanoseconds")
    st_atime = property(lambda self: self._more[0] / 1e9, doc="time of last access")
    st_mtime = property(lambda self: self._more[1] / 1e9, doc="time of last modification")
    st_ctime = property(lambda self: self._more[2] / 1e9, doc="time of last change")
    st_blksize = property(lambda self: self._more[3], doc="blocksize for filesystem I/O")
    st_blocks = property(lambda self: self._more[4], doc="number of blocks allocated")

    def __new__(cls, sequence):
        items = tuple(sequence)
        if len(items) < 10:
            raise TypeError(f"os.stat_result() takes an at least 10-sequence ({len(items)}-sequence given)")
        self = super().__new__(cls, items[:10])
        self._more = items[10:15] if len(items) >= 15 else tuple(t * 10**9 for t in items[7:10]) + (0, 0)
        return self

    def __repr__(self):
        names = ("st_mode", "st_ino", "st_dev", "st_nlink", "st_uid", "st_gid", "st_size", "st_atime", "st_mtime", "st_ctime")
        return "os.stat_result(" + ", ".join(f"{n}={v}" for n, v in zip(names, self)) + ")"

    def __reduce__(self):
        return stat_result, (tuple(self) + self._more,)


def _stat_from(raw):
    return stat_result(raw[:7] + tuple(t // 10**9 for t in raw[7:10]) + raw[7:12])


def stat(path, *, dir_fd=None, follow_symlinks=True):
    """Perform a stat system call on the given path, or on an open file descriptor."""
    return _stat_from(_posix._stat(path, follow_symlinks))


def lstat(path, *, dir_fd=None):
    """Perform a stat system call on the given path, without following symbolic links."""
    return _stat_from(_posix._stat(path, False, "lstat"))


def fstat(fd):
    """Perform a stat system call on the given file descriptor."""
    return _stat_from(_posix._stat(fd))


def fsencode(filename):
    """Encode filename to the filesystem encoding, as bytes."""
    filename = fspath(filename)
    return filename.encode("utf-8", "surrogateescape") if isinstance(filename, str) else filename


def fsdecode(filename):
    """Decode filename from the filesystem encoding, as str."""
    filename = fspath(filename)
    return filename.decode("utf-8", "surrogateescape") if isinstance(filename, bytes) else filename


class PathLike(_ABC):
    """Abstract base class for implementing the file system path protocol."""

    __slots__ = ()

    @_abstractmethod
    def __fspath__(self):
        """Return the file system path representation of the object."""
        raise NotImplementedError

    @classmethod
    def __subclasshook__(cls, subclass):
        if cls is PathLike:
            return any("__fspath__" in base.__dict__ for base in subclass.__mro__) or NotImplemented
        return NotImplemented

    __class_getitem__ = classmethod(type(list[int]))


# ---- Environment ----


class _Environ(_MutableMapping):
    """The environment of the process; a change is seen by the programs that it starts."""

    def __init__(self, data, encode, decode):
        self._data = data
        self.encodekey = self.encodevalue = encode
        self.decodekey = self.decodevalue = decode

    def __getitem__(self, key):
        try:
            value = self._data[self.encodekey(key)]
        except KeyError:
            raise KeyError(key) from None
        return self.decodevalue(value)

    def __setitem__(self, key, value):
        key = self.encodekey(key)
        value = self.encodevalue(value)
        _posix.putenv(key, value)
        self._data[key] = value

    def __delitem__(self, key):
        encoded = self.encodekey(key)
        _posix.unsetenv(encoded)
        try:
            del self._data[encoded]
        except KeyError:
            raise KeyError(key) from None

    def __iter__(self):
        for key in list(self._data):
            yield self.decodekey(key)

    def __len__(self):
        return len(self._data)

    def __repr__(self):
        return f"environ({{{', '.join(f'{self.decodekey(k)!r}: {self.decodevalue(v)!r}' for k, v in self._data.items())}}})"

    def copy(self):
        return dict(self)

    def setdefault(self, key, value):
        if key not in self:
            self[key] = value
        return self[key]

    def __ior__(self, other):
        self.update(other)
        return self

    def __or__(self, other):
        if not isinstance(other, _Mapping):
            return NotImplemented
        new = dict(self)
        new.update(other)
        return new

    def __ror__(self, other):
        if not isinstance(other, _Mapping):
            return NotImplemented
        new = dict(other)
        new.update(self)
        return new


def _encode_str(value):
    if not isinstance(value, str):
        raise TypeError(f"str expected, not {type(value).__name__}")
    return value.encode("utf-8", "surrogateescape")


def _check_bytes(value):
    if not isinstance(value, bytes):
        raise TypeError(f"bytes expected, not {type(value).__name__}")
    return value


environ = _Environ(_posix.environ, _encode_str, lambda value: value.decode("utf-8", "surrogateescape"))
environb = _Environ(environ._data, _check_bytes, _check_bytes)


def getenv(key, default=None):
    """Get an environment variable, return None if it doesn't exist."""
    return environ.get(key, default)


def getenvb(key, default=None):
    """getenv() in bytes."""
    return environb.get(key, default)


def putenv(name, value, /):
    """Change or add an environment variable."""
    _posix.putenv(name, value)


def unsetenv(name, /):
    """Delete an environment variable."""
    _posix.unsetenv(name)


# ---- Files and folders ----


def getcwdb():
    """Return a bytes string representing the current working directory."""
    return fsencode(getcwd())


def fdopen(fd, mode="r", buffering=-1, encoding=None, *args, **kwargs):
    """Open a file object for a file descriptor."""
    if not isinstance(fd, int):
        raise TypeError(f"invalid fd type ({type(fd)}, expected integer)")
    import builtins
    return builtins.open(fd, mode, buffering, encoding, *args, **kwargs)


def makedirs(name, mode=0o777, exist_ok=False):
    """Make a folder and all folders above it."""
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    if head and tail and not path.exists(head):
        try:
            makedirs(head, exist_ok=exist_ok)
        except FileExistsError:
            pass
        if tail == (b"." if isinstance(tail, bytes) else "."):
            return
    try:
        mkdir(name, mode)
    except OSError:
        if not exist_ok or not path.isdir(name):
            raise


def removedirs(name):
    """Remove a folder, and those above it that are empty then."""
    rmdir(name)
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    while head and tail:
        try:
            rmdir(head)
        except OSError:
            break
        head, tail = path.split(head)


def renames(old, new):
    """Rename, making the folders of the new name and removing those of the old one that are empty then."""
    head, tail = path.split(new)
    if head and tail and not path.exists(head):
        makedirs(head)
    rename(old, new)
    head, tail = path.split(old)
    if head and tail:
        try:
            removedirs(head)
        except OSError:
            pass


class DirEntry:
    """One name in a folder, from scandir()."""

    __slots__ = ("name", "path", "_lstat", "_stat")

    def __init__(self, folder, name):
        self.name = name
        self.path = path.join(folder, name)
        self._lstat = self._stat = None

    def __fspath__(self):
        return self.path

    def __repr__(self):
        return f"<DirEntry {self.name!r}>"

    def stat(self, *, follow_symlinks=True):
        if follow_symlinks:
            if self._stat is None:
                self._stat = stat(self.path)
            return self._stat
        if self._lstat is None:
            self._lstat = lstat(self.path)
        return self._lstat

    def inode(self):
        return self.stat(follow_symlinks=False).st_ino

    def _is(self, kind, follow):
        try:
            return st.S_IFMT(self.stat(follow_symlinks=follow).st_mode) == kind
        except FileNotFoundError:
            return False

    def is_dir(self, *, follow_symlinks=True):
        return self._is(st.S_IFDIR, follow_symlinks)

    def is_file(self, *, follow_symlinks=True):
        return self._is(st.S_IFREG, follow_symlinks)

    def is_symlink(self):
        return self._is(st.S_IFLNK, False)

    def is_junction(self):
        return False


class _ScandirIterator:
    def __init__(self, folder):
        names = _posix._scan(folder)
        folder = "." if folder is None else fspath(folder)
        self._entries = iter([DirEntry(folder, name) for name in names])

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._entries)

    def close(self):
        self._entries = iter(())

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()


def scandir(path=None):
    """An iterator of DirEntry objects for a folder."""
    return _ScandirIterator(path)


def walk(top, topdown=True, onerror=None, followlinks=False):
    """Yields (folder, names of folders in it, names of files in it) for top and all folders below."""
    sys.audit("os.walk", top, topdown, onerror, followlinks)
    yield from _walk(fspath(top), topdown, onerror, followlinks)


def _walk(top, topdown, onerror, followlinks):
    try:
        entries = list(scandir(top))
    except OSError as error:
        if onerror is not None:
            onerror(error)
        return
    dirs = [e.name for e in entries if e.is_dir()]
    files = [e.name for e in entries if not e.is_dir()]
    if topdown:
        yield top, dirs, files
    for name in dirs:
        below = path.join(top, name)
        if followlinks or not path.islink(below):
            yield from _walk(below, topdown, onerror, followlinks)
    if not topdown:
        yield top, dirs, files


def get_exec_path(env=None):
    """The folders in which programs are looked for."""
    return (environ if env is None else env).get("PATH", defpath).split(pathsep)


def abort():
    """Abort the interpreter immediately."""
    _exit(134)


class terminal_size(tuple):
    """(columns, lines) of a terminal."""

    __slots__ = ()
    columns = property(lambda self: self[0], doc="width of the terminal window in characters")
    lines = property(lambda self: self[1], doc="height of the terminal window in characters")

    def __repr__(self):
        return f"os.terminal_size(columns={self[0]}, lines={self[1]})"


__all__ = [n for n in globals() if not n.startswith("_") and n not in ("st", "sys")] + ["_exit"]
