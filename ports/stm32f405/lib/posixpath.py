"""Paths: what os.path is on a device."""

import os

sep, curdir, pardir = "/", ".", ".."


def join(path, *paths):
    """Put paths together; one that begins with a slash begins anew."""
    for part in paths:
        path = part if part.startswith("/") or not path else path + part if path.endswith("/") else f"{path}/{part}"
    return path


def split(path):
    """The folder, and the last part."""
    head, slash, tail = path.rpartition("/")
    return head.rstrip("/") or slash, tail


def dirname(path):
    """The folder of a path."""
    return split(path)[0]


def basename(path):
    """The last part of a path."""
    return split(path)[1]


def splitext(path):
    """The path, and its extension with the dot."""
    at = path.rfind(".")
    start = path.rfind("/") + 1
    return (path[:at], path[at:]) if at > start and path[start:at].strip(".") else (path, "")


def isabs(path):
    """Does it begin with a slash?"""
    return path.startswith("/")


def normpath(path):
    """The path without empty parts, . and .. where that can be told."""
    parts = []
    for part in path.split("/"):
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part not in ("", ".") and not (part == ".." and isabs(path)):
            parts.append(part)
    return ("/" if isabs(path) else "") + "/".join(parts) or "."


def abspath(path):
    """The path from the root."""
    return normpath(join(os.getcwd(), path))


def _mode(path):
    try:
        return os.stat(path).st_mode & 0xF000
    except OSError:
        return 0


def exists(path):
    """Is there anything?"""
    return _mode(path) != 0


def isdir(path):
    """Is it a folder?"""
    return _mode(path) == 0x4000


def isfile(path):
    """Is it a file?"""
    return _mode(path) == 0x8000


def getsize(path):
    """Bytes of a file."""
    return os.stat(path).st_size
