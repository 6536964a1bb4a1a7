"""MicroPython's os: the functions of os that it has, with plain tuples as results, which tools read with literal_eval().

Under Krait `import os` gives CPython's module; this one is for programs and tools that ask for MicroPython's."""

import os
import stat as _stat
import sys
from os import chdir, getcwd, getenv, listdir, mkdir, putenv, remove, rename, rmdir, sep, sync, uname, unlink, unsetenv, urandom

path = sys.modules["uos.path"] = os.path
__all__ = ["chdir", "getcwd", "getenv", "ilistdir", "listdir", "mkdir", "mount", "path", "putenv", "remove", "rename", "rmdir", "sep", "stat", "statvfs",
           "sync", "umount", "uname", "unlink", "unsetenv", "urandom"]


def stat(path, /):
    """Mode, inode, device, links, user, group, size (bytes), and the times of access, modification and change (s)."""
    return tuple(os.stat(path))[:10]


def statvfs(path, /):
    """Sizes of blocks and fragments (bytes), blocks: all, free, free for users; files likewise; flags; most bytes of a name."""
    return tuple(os.statvfs(path))


def ilistdir(path=".", /):
    """For each entry of a folder a tuple of name, type (0x4000: a folder, 0x8000: a file), inode and size (bytes)."""
    text = isinstance(path, str)
    with os.scandir(path) as entries:
        for entry in entries:
            try:
                info = entry.stat()
            except OSError:  # a link that leads nowhere
                info = entry.stat(follow_symlinks=False)
            kind = _stat.S_IFDIR if _stat.S_ISDIR(info.st_mode) else _stat.S_IFREG
            yield entry.name if text else os.fsencode(entry.name), kind, info.st_ino, info.st_size


def mount(filesystem, mount_point, /, **options):
    """Show the files of an object with MicroPython's methods of file systems (open, ilistdir, stat, ...) below mount_point."""
    from _vfs import mount
    mount(filesystem, mount_point, **options)


def umount(mount_point, /):
    """Take away what was mounted there; mount_point: its path, or the object."""
    from _vfs import umount
    umount(mount_point)
