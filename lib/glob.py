"""Paths that match a pattern of the shell; ** stands for any number of folders where recursive is true."""

import fnmatch as _fnmatch
import os as _os

__all__ = ["glob", "iglob", "escape", "translate"]


def glob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    """The paths that match, as a list in the order of the folders.

    root_dir: where relative patterns begin; include_hidden: names that begin with a dot match * and ** too.
    """
    return list(iglob(pathname, root_dir=root_dir, dir_fd=dir_fd, recursive=recursive, include_hidden=include_hidden))


def iglob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    """As glob(), but an iterator."""
    import sys
    sys.audit("glob.glob", pathname, recursive)
    sys.audit("glob.glob/2", pathname, recursive, root_dir, dir_fd)
    root_dir = _os.fspath(root_dir) if root_dir is not None else pathname[:0]
    found = _iglob(pathname, root_dir, recursive, False, include_hidden, dir_fd)
    if not pathname or recursive and _isrecursive(pathname[:2]):
        try:
            first = next(found)  # the empty path that ** stands for too
            if first:
                import itertools
                found = itertools.chain((first,), found)
        except StopIteration:
            pass
    return found


def _exists(path, dir_fd):
    try:
        _os.lstat(path, dir_fd=dir_fd)
    except (OSError, ValueError):
        return False
    return True


def _isdir(path, dir_fd):
    if dir_fd is None:
        return _os.path.isdir(path)
    try:
        import stat
        return stat.S_ISDIR(_os.stat(path, dir_fd=dir_fd).st_mode)
    except (OSError, ValueError):
        return False


def _iglob(pathname, root_dir, recursive, dironly, include_hidden, dir_fd):
    dirname, basename = _os.path.split(pathname)
    if not has_magic(pathname):
        assert not dironly
        if basename:
            if _exists(_join(root_dir, pathname), dir_fd):
                yield pathname
        elif _isdir(_join(root_dir, dirname), dir_fd):  # "folder/" matches folders alone
            yield pathname
        return
    if not dirname:
        if recursive and _isrecursive(basename):
            yield from _in_tree(root_dir, basename, dironly, include_hidden, dir_fd)
        else:
            yield from _in_folder(root_dir, basename, dironly, include_hidden, dir_fd)
        return
    if dirname != pathname and has_magic(dirname):
        folders = _iglob(dirname, root_dir, recursive, True, include_hidden, dir_fd)
    else:
        folders = [dirname]
    if not has_magic(basename):
        find = _by_name
    elif recursive and _isrecursive(basename):
        find = _in_tree
    else:
        find = _in_folder
    for folder in folders:
        for name in find(_join(root_dir, folder), basename, dironly, include_hidden, dir_fd):
            yield _os.path.join(folder, name)


def _in_folder(dirname, pattern, dironly, include_hidden=False, dir_fd=None):
    names = _listdir(dirname, dironly, dir_fd)
    if not (include_hidden or _ishidden(pattern)):
        names = [name for name in names if not _ishidden(name)]
    return _fnmatch.filter(names, pattern)


def _by_name(dirname, basename, dironly, include_hidden=False, dir_fd=None):
    if basename:
        return [basename] if _exists(_join(dirname, basename), dir_fd) else []
    return [basename] if _isdir(dirname, dir_fd) else []


def _in_tree(dirname, pattern, dironly, include_hidden=False, dir_fd=None):
    """All paths below a folder, and the empty one."""
    if not dirname or _isdir(dirname, dir_fd):
        yield pattern[:0]
    yield from _walk(dirname, dironly, include_hidden, dir_fd)


def _walk(dirname, dironly, include_hidden, dir_fd=None):
    for name in _listdir(dirname, dironly, dir_fd):
        if include_hidden or not _ishidden(name):
            yield name
            for below in _walk(_join(dirname, name) if dirname else name, dironly, include_hidden, dir_fd):
                yield _os.path.join(name, below)


def _listdir(dirname, dironly, dir_fd=None):
    """The names in a folder, those of folders alone with dironly; none where it cannot be read."""
    folder = dirname or (_os.curdir.encode() if isinstance(dirname, bytes) else _os.curdir)
    if dir_fd is None:
        return _names_in(folder, dironly)
    try:
        fd = _os.open(folder, _os.O_RDONLY | _os.O_DIRECTORY, dir_fd=dir_fd)
    except OSError:
        return []
    try:
        names = _names_in(fd, dironly)
    finally:
        _os.close(fd)
    return [_os.fsencode(name) for name in names] if isinstance(dirname, bytes) else names


def _names_in(folder, dironly):
    names = []
    try:
        with _os.scandir(folder) as entries:
            for entry in entries:
                try:
                    if not dironly or entry.is_dir():
                        names.append(entry.name)
                except OSError:
                    pass
    except OSError:
        pass
    return names


def _warn_deprecated(name):
    import warnings
    warnings.warn(f"glob.{name} is deprecated and will be removed in Python 3.15. Use glob.glob and pass a directory to its root_dir argument instead.",
                  DeprecationWarning, stacklevel=3)


def glob0(dirname, pattern):
    _warn_deprecated("glob0")
    return _by_name(dirname, pattern, False)


def glob1(dirname, pattern):
    _warn_deprecated("glob1")
    return _in_folder(dirname, pattern, False)


def _join(dirname, basename):
    return _os.path.join(dirname, basename) if dirname and basename else dirname or basename


def has_magic(s):
    """Does a text have characters that mean something in patterns?"""
    return any(c in s for c in ((b"*", b"?", b"[") if isinstance(s, bytes) else "*?["))


def _ishidden(path):
    return path[:1] in (".", b".")


def _isrecursive(pattern):
    return pattern == (b"**" if isinstance(pattern, bytes) else "**")


def escape(pathname):
    """A pattern that matches just this path."""
    drive, rest = _os.path.splitdrive(pathname)
    if isinstance(rest, bytes):
        return drive + escape(rest.decode("latin1")).encode("latin1")
    return drive + "".join([f"[{c}]" if c in "*?[" else c for c in rest])


def translate(pat, *, recursive=False, include_hidden=False, seps=None):
    """The regular expression for a pattern; seps: the characters that separate folders."""
    import re
    if not seps:
        seps = (_os.path.sep, _os.path.altsep) if _os.path.altsep else _os.path.sep
    escaped = "".join(map(re.escape, seps))
    sep = f"[{escaped}]" if len(seps) > 1 else escaped
    other = f"[^{escaped}]"
    if include_hidden:
        one_last = f"{other}+"
        one_folder = one_last + sep
        any_folders, any_last = f"(?:.+{sep})?", ".*"
    else:
        one_last = f"[^{escaped}.]{other}*"
        one_folder = one_last + sep
        any_folders = f"(?:{one_folder})*"
        any_last = f"{any_folders}(?:{one_last})?"
    result = []
    parts = re.split(sep, pat)
    for i, part in enumerate(parts):
        last = i == len(parts) - 1
        if part == "*":
            result.append(one_last if last else one_folder)
        elif recursive and part == "**":
            if last:
                result.append(any_last)
            elif parts[i + 1] != "**":
                result.append(any_folders)
        else:
            if part:
                if not include_hidden and part[0] in "*?":
                    result.append(r"(?!\.)")
                result.extend(_fnmatch._translate(part, f"{other}*", other))
            if not last:
                result.append(sep)
    return f"(?s:{''.join(result)})\\Z"
