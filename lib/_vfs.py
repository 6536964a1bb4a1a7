"""File systems that are objects, mounted among the system's files: what MicroPython's os.mount() does.

Nothing of this is loaded, and no call costs more, before the first mount. From then on open() and the functions of os look whether a path lies
below a mount point; modules are imported from there through sys.path_hooks. C code and other processes see nothing of it."""

import builtins
import errno
import importlib.abc
import importlib.util
import io
import os
import posixpath
import stat
import sys

_mounts: dict = {}  # mount point to file system
_original: dict = {}
_folder: str | None = None  # the current folder, where it lies below a mount point


def mount(filesystem, mount_point, *, readonly: bool = False, mkfs: bool = False) -> None:
    """filesystem has MicroPython's methods: open, ilistdir, stat, mkdir, rmdir, remove, rename; and mount and umount, if it likes."""
    point = posixpath.normpath(posixpath.join(os.getcwd(), os.fspath(mount_point)))
    if point in _mounts:
        raise OSError(errno.EPERM, "something is mounted there", point)
    if hasattr(filesystem, "mount"):
        filesystem.mount(readonly, mkfs)
    if not _original:
        _patch()
    _mounts[point] = filesystem
    sys.path_importer_cache.clear()


def umount(mount_point) -> None:
    """mount_point: its path, or the file system."""
    global _folder
    for point, filesystem in _mounts.items():
        if filesystem is mount_point or point == mount_point:
            break
    else:
        raise OSError(errno.EINVAL, "nothing is mounted there", str(mount_point))
    del _mounts[point]
    if _folder and (_folder == point or _folder.startswith(point + "/")):
        _folder = None
    sys.path_importer_cache.clear()
    if hasattr(filesystem, "umount"):
        filesystem.umount()


def _find(path) -> tuple:
    """File system and path in it; None and nothing: the system's."""
    if isinstance(path, int) or path is None:
        return None, ""
    try:
        path = os.fsdecode(path)
    except TypeError:  # whoever gets it says what is wrong
        return None, ""
    if not path.startswith("/"):
        if not _folder:
            return None, ""
        path = posixpath.join(_folder, path)
    path = posixpath.normpath(path)
    for point, filesystem in _mounts.items():
        if path == point or path.startswith(point.rstrip("/") + "/"):
            return filesystem, path[len(point.rstrip("/")):] or "/"
    return None, ""


# ---- What is put in the place of open() and of os's functions --------------------------------------------------------------------


def _open(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    filesystem, inside = _find(file)
    if filesystem is None:
        return _original["open"](file, mode, buffering, encoding, errors, newline, closefd, opener)
    return filesystem.open(inside, mode)


def _listdir(filesystem, inside):
    return [entry[0] for entry in filesystem.ilistdir(inside) if entry[0] not in (".", "..")]


def _stat(filesystem, inside, *, dir_fd=None, follow_symlinks=True):
    return os.stat_result(tuple(filesystem.stat(inside))[:10])


def _lstat(filesystem, inside, *, dir_fd=None):
    return _stat(filesystem, inside)


def _mkdir(filesystem, inside, mode=0o777, *, dir_fd=None):
    filesystem.mkdir(inside)


def _rmdir(filesystem, inside, *, dir_fd=None):
    filesystem.rmdir(inside)


def _remove(filesystem, inside, *, dir_fd=None):
    filesystem.remove(inside)


def _access(filesystem, inside, mode, **options):
    try:
        filesystem.stat(inside)
    except OSError:
        return False
    return True


def _statvfs(filesystem, inside):
    return os.statvfs_result(tuple(filesystem.statvfs(inside)))


def _chdir(path):
    global _folder
    filesystem, inside = _find(path)
    if filesystem is None:
        _original["chdir"](path)
        _folder = None
        return
    if not stat.S_ISDIR(filesystem.stat(inside)[0]):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), path)
    _folder = posixpath.normpath(posixpath.join(_folder or os.getcwd(), os.fsdecode(path)))


def _getcwd():
    return _folder or _original["getcwd"]()


def _rename(src, dst, **options):
    filesystem, inside = _find(src)
    other, there = _find(dst)
    if filesystem is not other:
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), src, None, dst)
    if filesystem is None:
        return _original["rename"](src, dst, **options)
    filesystem.rename(inside, there)


class _Entry:
    """As os.DirEntry."""

    def __init__(self, folder: str, entry: tuple) -> None:
        self.name, self._kind = entry[:2]
        self.path = posixpath.join(folder, self.name)

    def __fspath__(self) -> str:
        return self.path

    def is_dir(self, *, follow_symlinks=True) -> bool:
        return stat.S_ISDIR(self._kind)

    def is_file(self, *, follow_symlinks=True) -> bool:
        return not self.is_dir()

    def is_symlink(self) -> bool:
        return False

    is_junction = is_symlink

    def stat(self, *, follow_symlinks=True):
        return os.stat(self.path)


class _Entries:
    """What scandir() gives."""

    def __init__(self, entries) -> None:
        self._entries = entries

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._entries)

    def __enter__(self):
        return self

    def __exit__(self, *reason) -> None:
        self.close()

    def close(self) -> None:
        self._entries = iter(())


def _scandir(path="."):
    filesystem, inside = _find(path)
    if filesystem is None:
        return _original["scandir"](path)
    folder = "" if path == "." else os.fsdecode(path)
    return _Entries(_Entry(folder, entry) for entry in list(filesystem.ilistdir(inside)) if entry[0] not in (".", ".."))


def _by_path(name: str, function):
    original = _original[name]

    def wrapper(path=".", *arguments, **options):
        filesystem, inside = _find(path)
        return original(path, *arguments, **options) if filesystem is None else function(filesystem, inside, *arguments, **options)

    wrapper.__name__ = name
    return wrapper


def _patch() -> None:
    by_path = {"listdir": _listdir, "stat": _stat, "lstat": _lstat, "mkdir": _mkdir, "rmdir": _rmdir, "remove": _remove, "unlink": _remove,
               "access": _access, "statvfs": _statvfs}
    whole = {"chdir": _chdir, "getcwd": _getcwd, "rename": _rename, "replace": _rename, "scandir": _scandir}
    for name in (*by_path, *whole):
        _original[name] = getattr(os, name)
    _original["open"] = builtins.open
    for name, function in by_path.items():
        setattr(os, name, _by_path(name, function))
    for name, function in whole.items():
        setattr(os, name, function)
    builtins.open = io.open = _open
    os.path.exists = os.path.lexists = _exists
    os.path.isfile, os.path.isdir = _isfile, _isdir
    for name, field in (("getsize", "st_size"), ("getmtime", "st_mtime"), ("getatime", "st_atime"), ("getctime", "st_ctime")):
        setattr(os.path, name, lambda filename, field=field: getattr(os.stat(filename), field))
    sys.path_hooks.insert(0, _hook)
    uos = sys.modules.get("uos")
    if uos:
        for name in (*by_path, *whole):
            if name in ("stat", "statvfs"):  # which call those of os
                continue
            if hasattr(uos, name):
                setattr(uos, name, getattr(os, name))


def _mode(path) -> int:
    try:
        return os.stat(path).st_mode
    except (OSError, ValueError):
        return 0


def _exists(path):
    return _mode(path) != 0


def _isfile(path):
    return stat.S_ISREG(_mode(path))


def _isdir(path):
    return stat.S_ISDIR(_mode(path))


# ---- Import ----------------------------------------------------------------------------------------------------------------------


class _Loader(importlib.abc.SourceLoader):
    def __init__(self, path: str) -> None:
        self._path = path

    def get_filename(self, name):
        return self._path

    def get_data(self, path):
        with _open(path, "rb") as f:
            return f.read()


class _Finder:
    """Modules in a folder of a mounted file system."""

    def __init__(self, folder: str) -> None:
        self._folder = folder

    def find_spec(self, name, target=None):
        place = posixpath.join(self._folder, name.rpartition(".")[2])
        if _isfile(place + "/__init__.py"):
            path = place + "/__init__.py"
            return importlib.util.spec_from_file_location(name, path, loader=_Loader(path), submodule_search_locations=[place])
        if _isfile(place + ".py"):
            return importlib.util.spec_from_file_location(name, place + ".py", loader=_Loader(place + ".py"))
        return None

    def invalidate_caches(self) -> None:
        pass


def _hook(path):
    if _find(path or ".")[0] is None:
        raise ImportError("not in a mounted file system")
    return _Finder(path or _folder)
