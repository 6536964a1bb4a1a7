"""Paths of Windows, as texts: for programs that handle them elsewhere. What asks the file system is posixpath's."""

import os

from posixpath import (_fspath, commonprefix, exists, expandvars, getatime, getctime, getmtime, getsize, isdir, isfile, isjunction, islink,
                       lexists, samefile, sameopenfile, samestat)

__all__ = ["normcase", "isabs", "join", "splitdrive", "splitroot", "split", "splitext", "basename", "dirname", "commonprefix", "getsize",
           "getmtime", "getatime", "getctime", "islink", "exists", "lexists", "isdir", "isfile", "expandvars", "normpath", "abspath",
           "curdir", "pardir", "sep", "pathsep", "defpath", "altsep", "extsep", "devnull", "realpath", "supports_unicode_filenames",
           "relpath", "samefile", "sameopenfile", "samestat", "commonpath", "isreserved", "isjunction"]
curdir, pardir, extsep, sep, pathsep, altsep, defpath, devnull = ".", "..", ".", "\\", ";", "/", ".;C:\\bin", "nul"
supports_unicode_filenames = True
_RESERVED = frozenset({"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"} | {f"{name}{digit}" for name in ("COM", "LPT")
                                                                        for digit in "123456789\xb9\xb2\xb3"})


def _constants(path):
    return (b"\\", b"/", b":", b".", b"..") if isinstance(path, bytes) else ("\\", "/", ":", ".", "..")


def normcase(s):
    """In lower case, with backslashes."""
    s = _fspath(s)
    if isinstance(s, bytes):
        return os.fsencode(normcase(os.fsdecode(s)))
    return s.replace("/", "\\").lower()


def splitroot(p):
    """(drive, root, rest): drives are letters with a colon, shares and devices."""
    p = _fspath(p)
    back, slash, colon, _, _ = _constants(p)
    empty = p[:0]
    plain = p.replace(slash, back)
    if plain[:1] == back:
        if plain[1:2] != back:
            return empty, p[:1], p[1:]
        start = 8 if plain[:8].upper() == (b"\\\\?\\UNC\\" if isinstance(p, bytes) else "\\\\?\\UNC\\") else 2
        at = plain.find(back, start)
        if at < 0:
            return p, empty, empty
        end = plain.find(back, at + 1)
        if end < 0:
            return p, empty, empty
        return p[:end], p[end:end + 1], p[end + 1:]
    if plain[1:2] == colon:
        if plain[2:3] == back:
            return p[:2], p[2:3], p[3:]
        return p[:2], empty, p[2:]
    return empty, empty, p


def splitdrive(p):
    """(drive, rest)"""
    drive, root, rest = splitroot(p)
    return drive, root + rest


def isabs(s):
    """True for a drive with a root, a share or a device."""
    s = _fspath(s)
    back, slash, colon, _, _ = _constants(s)
    start = s[:3].replace(slash, back)
    return start.startswith(colon + back, 1) or start[:2] == back * 2


def join(path, *paths):
    """Join; what has a root or another drive throws away what is before it."""
    path = _fspath(path)
    back, slash, colon, _, _ = _constants(path)
    try:
        drive, root, rest = splitroot(path)
        for p in map(_fspath, paths):
            p_drive, p_root, p_rest = splitroot(p)
            if p_root:
                drive, root, rest = p_drive or drive, p_root, p_rest
                continue
            if p_drive and p_drive != drive:
                if p_drive.lower() != drive.lower():
                    drive, root, rest = p_drive, p_root, p_rest
                    continue
                drive = p_drive
            if rest and rest[-1:] not in (back, slash):
                rest += back
            rest += p_rest
        if rest and not root and drive and drive[-1:] not in (colon, back, slash):
            return drive + back + rest
        return drive + root + rest
    except (TypeError, AttributeError):
        for part in (path, *paths):
            if not isinstance(part, (str, bytes)) and not hasattr(type(part), "__fspath__"):
                raise TypeError(f"join() argument must be str, bytes, or os.PathLike object, not {type(part).__name__!r}") from None
        raise TypeError("Can't mix strings and bytes in path components") from None


def split(p):
    """(all before the last name, the last name)"""
    p = _fspath(p)
    seps = b"\\/" if isinstance(p, bytes) else "\\/"
    drive, root, rest = splitroot(p)
    at = len(rest)
    while at and rest[at - 1:at] not in (seps[:1], seps[1:]):
        at -= 1
    head, tail = rest[:at], rest[at:]
    return drive + root + head.rstrip(seps), tail


def basename(p):
    """The last name."""
    return split(p)[1]


def dirname(p):
    """All before the last name."""
    return split(p)[0]


def splitext(p):
    """(path, its extension with the dot)"""
    p = _fspath(p)
    back, slash, _, dot, _ = _constants(p)
    start = max(p.rfind(back), p.rfind(slash)) + 1
    at = p.rfind(dot)
    return (p[:at], p[at:]) if at > start and p[start:at].strip(dot) else (p, p[:0])


def normpath(path):
    """Without . and .., as far as the text tells."""
    path = _fspath(path)
    back, slash, _, dot, dotdot = _constants(path)
    drive, root, rest = splitroot(path.replace(slash, back))
    out = []
    for name in rest.split(back):
        if not name or name == dot:
            continue
        if name == dotdot:
            if out and out[-1] != dotdot:
                out.pop()
            elif not root:
                out.append(name)
            continue
        out.append(name)
    prefix = drive + root
    if not prefix and not out:
        out.append(dot)
    return prefix + back.join(out)


def abspath(path):
    """Normalised, below the current folder if it is relative."""
    path = _fspath(path)
    if not isabs(path):
        path = join(os.getcwdb() if isinstance(path, bytes) else os.getcwd(), path)
    return normpath(path)


realpath = abspath


def relpath(path, start=None):
    """The way from start to path."""
    path = _fspath(path)
    back, _, _, dot, dotdot = _constants(path)
    if not path:
        raise ValueError("no path specified")
    from_drive, _, from_rest = splitroot(abspath(dot if start is None else start))
    to_drive, _, to_rest = splitroot(abspath(path))
    if normcase(from_drive) != normcase(to_drive):
        raise ValueError(f"path is on mount {to_drive!r}, start on mount {from_drive!r}")
    here, there = from_rest.split(back) if from_rest else [], to_rest.split(back) if to_rest else []
    same = 0
    for a, b in zip(here, there):
        if normcase(a) != normcase(b):
            break
        same += 1
    return back.join([dotdot] * (len(here) - same) + there[same:]) or dot


def commonpath(paths):
    """The longest path that all are below."""
    paths = tuple(map(_fspath, paths))
    if not paths:
        raise ValueError("commonpath() arg is an empty sequence")
    back, slash, _, dot, _ = _constants(paths[0])
    split_paths = [splitroot(p.replace(slash, back).lower()) for p in paths]
    if len({drive for drive, _, _ in split_paths}) != 1:
        raise ValueError("Paths don't have the same drive")
    if len({root for _, root, _ in split_paths}) != 1:
        raise ValueError("Can't mix absolute and relative paths" if not split_paths[0][0] else
                         "Can't mix rooted and not-rooted paths")
    drive, root, rest = splitroot(paths[0].replace(slash, back))
    names = [name for name in rest.split(back) if name and name != dot]
    lists = [[name for name in rest.split(back) if name and name != dot] for _, _, rest in split_paths]
    first, last = min(lists), max(lists)
    count = 0
    while count < len(first) and first[count] == last[count]:
        count += 1
    return drive + root + back.join(names[:count])


def isreserved(path):
    """Would Windows not take one of its names for a file?"""
    path = os.fsdecode(splitroot(path)[2]).replace("/", "\\")
    return any(_is_reserved(name) for name in reversed(path.split("\\")))


def _is_reserved(name):
    if name[-1:] in (".", " "):
        return name not in (".", "..")
    if any(c in '"*:<>?|' or c < " " for c in name):
        return True
    return name.partition(".")[0].rstrip(" ").upper() in _RESERVED
