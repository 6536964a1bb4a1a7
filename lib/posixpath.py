"""Paths of POSIX systems; os.path on Linux."""

import posix

__all__ = ["normcase", "isabs", "join", "splitdrive", "splitroot", "split", "splitext", "basename", "dirname", "commonprefix",
           "getsize", "getmtime", "getatime", "getctime", "islink", "exists", "lexists", "isdir", "isfile", "ismount",
           "expanduser", "expandvars", "normpath", "abspath", "samefile", "curdir", "pardir", "sep", "pathsep", "defpath",
           "altsep", "extsep", "devnull", "realpath", "supports_unicode_filenames", "relpath", "commonpath", "isjunction",
           "isdevdrive", "sameopenfile", "samestat"]

curdir, pardir, extsep, sep, pathsep, defpath, altsep, devnull = ".", "..", ".", "/", ":", "/bin:/usr/bin", None, "/dev/null"
supports_unicode_filenames = False


def _fspath(path):
    if isinstance(path, (str, bytes)):
        return path
    own = getattr(type(path), "__fspath__", None)
    if own is None:
        raise TypeError(f"expected str, bytes or os.PathLike object, not {type(path).__name__}")
    path_repr = own(path)
    if isinstance(path_repr, (str, bytes)):
        return path_repr
    raise TypeError(f"expected {type(path).__name__}.__fspath__() to return str or bytes, not {type(path_repr).__name__}")


def _constants(path):
    return (b"/", b".", b"..") if isinstance(path, bytes) else ("/", ".", "..")


def normcase(s):
    """The path itself: capitals and small letters differ here."""
    return _fspath(s)


def isabs(s):
    """Does it begin at the root?"""
    s = _fspath(s)
    return s.startswith(_constants(s)[0])


def join(a, /, *p):
    """Join path components; an absolute one throws away all before it."""
    path = _fspath(a)
    slash = _constants(path)[0]
    try:
        for b in map(_fspath, p):
            if b.startswith(slash) or not path:
                path = b
            elif path.endswith(slash):
                path += b
            else:
                path += slash + b
    except (TypeError, AttributeError):
        for b in (a, *p):
            if not isinstance(b, (str, bytes)) and not hasattr(type(b), "__fspath__"):
                raise TypeError(f"join() argument must be str, bytes, or os.PathLike object, not {type(b).__name__!r}") from None
        raise TypeError("Can't mix strings and bytes in path components") from None
    return path


def split(p):
    """Split a path in (head, tail); tail is everything after the last slash."""
    p = _fspath(p)
    slash = _constants(p)[0]
    i = p.rfind(slash) + 1
    head, tail = p[:i], p[i:]
    if head and head != slash * len(head):
        head = head.rstrip(slash)
    return head, tail


def splitext(p):
    """Split the extension from a path: (root, ext), ext is empty or starts with a dot."""
    p = _fspath(p)
    slash, dot, _ = _constants(p)
    start = p.rfind(slash) + 1
    at = p.rfind(dot)
    if at > start and p[start:at].strip(dot):
        return p[:at], p[at:]
    return p, p[:0]


def splitdrive(p):
    """Split a path into drive and path. On Posix, drive is always empty."""
    p = _fspath(p)
    return p[:0], p


def splitroot(p):
    """Split a path into drive, root and tail."""
    p = _fspath(p)
    slash, empty = _constants(p)[0], p[:0]
    if p[:1] != slash:
        return empty, empty, p
    if p[1:2] != slash or p[2:3] == slash:
        return empty, slash, p[1:]
    return empty, p[:2], p[2:]


def basename(p):
    """What follows the last slash."""
    p = _fspath(p)
    return p[p.rfind(_constants(p)[0]) + 1:]


def dirname(p):
    """What stands before the last slash."""
    return split(p)[0]


def _stat_or_none(path, follow=True):
    try:
        return posix._stat(path, follow)
    except (OSError, ValueError):
        return None


def exists(path):
    """Is there anything? A symbolic link that leads nowhere is nothing."""
    return _stat_or_none(path) is not None


def lexists(path):
    """Is there anything, if only a symbolic link that leads nowhere?"""
    return _stat_or_none(path, False) is not None


def _is_kind(path, kind, follow=True):
    st = _stat_or_none(path, follow)
    return st is not None and st[0] & 0o170000 == kind


def isfile(path):
    """Is it a regular file?"""
    return _is_kind(path, 0o100000)


def isdir(s):
    """Is it a folder?"""
    return _is_kind(s, 0o040000)


def islink(path):
    """Is it a symbolic link?"""
    return _is_kind(path, 0o120000, False)


def isjunction(path):
    """Test whether a path is a junction. There are none on Posix."""
    _fspath(path)
    return False


def isdevdrive(path):
    """Is it a Dev Drive of Windows? No."""
    _fspath(path)
    return False


def ismount(path):
    """Does another file system begin there?"""
    import os
    try:
        here = os.lstat(path)
    except (OSError, ValueError):
        return False
    if here.st_mode & 0o170000 == 0o120000:
        return False
    path = _fspath(path)
    above = realpath(join(path, _constants(path)[2]))
    try:
        above = os.lstat(above)
    except OSError:
        return False
    return here.st_dev != above.st_dev or here.st_ino == above.st_ino


def getsize(filename):
    """Return the size of a file in bytes."""
    return posix._stat(filename)[6]


def getatime(filename):
    """Return the last access time of a file, in seconds since the Epoch."""
    return posix._stat(filename)[7] / 1e9


def getmtime(filename):
    """Return the last modification time of a file, in seconds since the Epoch."""
    return posix._stat(filename)[8] / 1e9


def getctime(filename):
    """Return the metadata change time of a file, in seconds since the Epoch."""
    return posix._stat(filename)[9] / 1e9


def samestat(s1, s2):
    """Test whether two stat results reference the same file"""
    return s1.st_ino == s2.st_ino and s1.st_dev == s2.st_dev


def samefile(f1, f2):
    """Test whether two pathnames reference the same actual file or directory"""
    return posix._stat(f1)[1:3] == posix._stat(f2)[1:3]


def sameopenfile(fp1, fp2):
    """Are these two descriptors of the same file?"""
    return posix._stat(fp1)[1:3] == posix._stat(fp2)[1:3]


def commonprefix(m):
    """The text that all paths begin with, letter by letter."""
    if not m:
        return ""
    if not isinstance(m[0], (list, tuple)):
        m = tuple(map(_fspath, m))
    s1, s2 = min(m), max(m)
    for i, c in enumerate(s1):
        if c != s2[i]:
            return s1[:i]
    return s1


def expanduser(path):
    """Expand ~ and ~user to home directories. What is not known is left unchanged."""
    path = _fspath(path)
    slash, tilde = (b"/", b"~") if isinstance(path, bytes) else ("/", "~")
    if not path.startswith(tilde):
        return path
    end = path.find(slash, 1)
    if end < 0:
        end = len(path)
    import os
    try:
        if end > 1:
            import pwd
            home = pwd.getpwnam(os.fsdecode(path[1:end])).pw_dir
        elif "HOME" in os.environ:
            home = os.environ["HOME"]
        else:
            import pwd
            home = pwd.getpwuid(os.getuid()).pw_dir
    except (ImportError, KeyError):
        return path
    if isinstance(path, bytes):
        home = os.fsencode(home)
    return home.rstrip(slash) + path[end:] or slash


def expandvars(path):
    """Expand $NAME and ${NAME}. Unknown variables are left unchanged."""
    path = _fspath(path)
    if isinstance(path, bytes):
        import os
        return os.fsencode(expandvars(os.fsdecode(path)))
    from os import environ
    out, i = "", 0
    while i < len(path):
        if path[i] == "$":
            if path[i + 1:i + 2] == "{":
                end = path.find("}", i)
                name, stop = (path[i + 2:end], end + 1) if end > 0 else ("", i)
            else:
                stop = i + 1
                while stop < len(path) and (path[stop].isalnum() or path[stop] == "_") and path[stop].isascii():
                    stop += 1
                name = path[i + 1:stop]
            if name and name in environ:
                out += environ[name]
                i = stop
                continue
        out += path[i]
        i += 1
    return out


def normpath(path):
    """The path without doubled slashes, "." and ".." where a name stands before it."""
    path = _fspath(path)
    slash, dot, dotdot = _constants(path)
    if not path:
        return dot
    root = splitroot(path)[1]
    parts = []
    for part in path.split(slash):
        if not part or part == dot:
            continue
        if part != dotdot or (not root and not parts) or (parts and parts[-1] == dotdot):
            parts.append(part)
        elif parts:
            parts.pop()
    return root + slash.join(parts) or dot


def abspath(path):
    """Return an absolute path."""
    path = _fspath(path)
    if not isabs(path):
        import os
        path = join(os.getcwdb() if isinstance(path, bytes) else os.getcwd(), path)
    return normpath(path)


def realpath(filename, *, strict=False):
    """The absolute path without symbolic links; where they lead in a circle, as it is."""
    import os
    filename = _fspath(filename)
    slash, dot, dotdot = _constants(filename)
    rest = abspath_parts(filename, slash)[::-1]
    path, seen = slash, {}  # links: where they lead, None while that is looked for
    while rest:
        name = rest.pop()
        if name is None:  # what a link led to has been gone through
            seen[rest.pop()] = path
            continue
        if not name or name == dot:
            continue
        if name == dotdot:
            path = dirname(path)
            continue
        newpath = path + name if path == slash else path + slash + name
        try:
            link = os.lstat(newpath).st_mode & 0o170000 == 0o120000
            if link and newpath not in seen:
                target = os.readlink(newpath)
                seen[newpath] = None
                rest += [newpath, None, *target.split(slash)[::-1]]
                if target.startswith(slash):
                    path = slash
                continue
            if link and seen[newpath] is None and strict:
                os.stat(newpath)  # raises
        except OSError:
            if strict:
                raise
            link = False
        path = (link and seen[newpath]) or newpath
    return path


def abspath_parts(path, slash):
    """The components of a path, after those of the current folder if it is relative."""
    if not path.startswith(slash):
        import os
        path = (os.getcwdb() if isinstance(path, bytes) else os.getcwd()) + slash + path
    return path.split(slash)


def relpath(path, start=None):
    """The way from start to path."""
    path = _fspath(path)
    if not path:
        raise ValueError("no path specified")
    slash, dot, dotdot = _constants(path)
    if start is not None and isinstance(_fspath(start), bytes) != isinstance(path, bytes):
        raise TypeError("Can't mix strings and bytes in path components")
    start_list = [x for x in abspath(dot if start is None else _fspath(start)).split(slash) if x]
    path_list = [x for x in abspath(path).split(slash) if x]
    i = len(commonprefix([start_list, path_list]))
    return slash.join([dotdot] * (len(start_list) - i) + path_list[i:]) or dot


def commonpath(paths):
    """The folder that all paths lead through."""
    paths = tuple(map(_fspath, paths))
    if not paths:
        raise ValueError("commonpath() arg is an empty sequence")
    slash, dot, _ = _constants(paths[0])
    if len({isinstance(p, bytes) for p in paths}) != 1:
        raise TypeError("Can't mix strings and bytes in path components")
    if len({p[:1] == slash for p in paths}) != 1:
        raise ValueError("Can't mix absolute and relative paths")
    split_paths = [[c for c in p.split(slash) if c and c != dot] for p in paths]
    prefix = slash if paths[0][:1] == slash else slash[:0]
    return prefix + slash.join(commonprefix(split_paths))
