"""The groups of the system, by /etc/group."""

from os import _Sequence


class struct_group(_Sequence):
    """A group: (gr_name, gr_passwd, gr_gid, gr_mem)"""

    __slots__ = ()
    _fields = ("gr_name", "gr_passwd", "gr_gid", "gr_mem")


def _entries():
    try:
        with open("/etc/group", encoding="utf-8", errors="surrogateescape") as file:
            for line in file:
                fields = line.rstrip("\n").split(":")
                if len(fields) == 4 and fields[2].isdigit():
                    yield struct_group((*fields[:2], int(fields[2]), fields[3].split(",") if fields[3] else []))
    except FileNotFoundError:
        return


def getgrgid(id):
    """The group with this number."""
    if not isinstance(id, int):
        raise TypeError(f"gid should be integer, not {type(id).__name__}")
    for entry in _entries():
        if entry.gr_gid == id:
            return entry
    raise KeyError(f"getgrgid(): gid not found: {id}")


def getgrnam(name):
    """The group of this name."""
    if not isinstance(name, str):
        raise TypeError(f"getgrnam() argument 'name' must be str, not {type(name).__name__}")
    if "\0" in name:
        raise ValueError("embedded null byte")
    for entry in _entries():
        if entry.gr_name == name:
            return entry
    raise KeyError(f"getgrnam(): name not found: {name!r}")


def getgrall():
    """All groups."""
    return list(_entries())
