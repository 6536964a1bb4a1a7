"""The operating system of a device: files and folders by name, what the board is, random bytes."""

import sys

from _files import fsync, space as _space, sync, truncate
from posix import (O_APPEND, O_CREAT, O_EXCL, O_RDONLY, O_RDWR, O_TRUNC, O_WRONLY, _stat, chdir, close, getcwd, listdir, lseek, mkdir, open, read,
                   remove, rename, replace, rmdir, unlink, urandom, write)

name = "posix"
sep, linesep, curdir, pardir = "/", "\n", ".", ".."
error = OSError
environ = {}
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2


class stat_result(tuple):
    """What stat() gives: ten integers; times in seconds."""

    st_mode = property(lambda self: self[0])
    st_size = property(lambda self: self[6])
    st_mtime = property(lambda self: self[8])


def _stat_of(raw):
    return stat_result(raw[:7] + tuple([ns // 1000000000 for ns in raw[7:10]]))


def stat(path):
    """What is known about a file or folder."""
    return _stat_of(_stat(path, True, "stat", None))


def fstat(fd):
    """What is known about an open file."""
    return _stat_of(_stat(fd))


def fspath(path):
    """The path as str or bytes."""
    return path if isinstance(path, (str, bytes)) else type(path).__fspath__(path)


def getenv(key, default=None):
    """The default: a device has no environment."""
    return environ.get(key, default)


def ilistdir(path="."):
    """For each entry of a folder a tuple of name, type (0x4000: a folder, 0x8000: a file), inode and size (bytes)."""
    for entry in listdir(path):
        info = stat(f"{path}/{entry}")
        yield entry, info.st_mode & 0xF000, info[1], info.st_size


def makedirs(path, mode=0o777, exist_ok=False):
    """Make a folder and all folders above it."""
    from os import path as p
    above = p.dirname(path.rstrip("/"))
    if above and not p.exists(above):
        makedirs(above, mode, True)
    if not (exist_ok and p.isdir(path)):
        mkdir(path, mode)


def walk(top):
    """For top and each folder below it (path, names of folders, names of files)."""
    entries = [(entry[0], entry[1]) for entry in ilistdir(top)]
    folders = [entry for entry, kind in entries if kind == 0x4000]
    yield top, folders, [entry for entry, kind in entries if kind != 0x4000]
    for folder in folders:
        yield from walk(f"{top.rstrip('/')}/{folder}")


def uname():
    """System, name of the node, release, version, machine."""
    return "Krait", sys.platform, sys.version.partition(" ")[0], sys.version, sys.platform


class statvfs_result(tuple):
    """What statvfs() gives: ten integers; blocks are of f_frsize bytes."""

    f_frsize = f_bsize = property(lambda self: self[0])
    f_blocks = property(lambda self: self[2])
    f_bfree = f_bavail = property(lambda self: self[3])
    f_namemax = property(lambda self: self[9])


def statvfs(path="/"):
    """How large the file system is, and how much of it is free."""
    size, total, free = _space()
    return statvfs_result((size, size, total // size, free // size, free // size, 0, 0, 0, 0, 120))


def ftruncate(fd, length):
    """Cut an open file off at length, or fill it up with zeros."""
    truncate(fd, length)


def cpu_count():
    """1."""
    return 1


import posixpath as path

sys.modules["os.path"] = path
