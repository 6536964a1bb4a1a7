"""Databases of bytes by bytes in files. Krait has dbm.dumb, which needs nothing; the others are used where they are installed."""

import io
import os

__all__ = ["open", "whichdb", "error"]


class error(Exception):
    """What goes wrong with a database; the name error of this module is a tuple of this class and OSError."""


_names = "dbm.sqlite3", "dbm.gnu", "dbm.ndbm", "dbm.dumb"
_defaultmod = None
_modules = {}
error = error, OSError


def _module(name):
    if name not in _modules:
        from importlib import import_module
        _modules[name] = import_module(name)
    return _modules[name]


def _best():
    """The first module that is there."""
    global _defaultmod
    for name in _names:
        if _defaultmod is not None:
            break
        try:
            _defaultmod = _module(name)
        except ImportError:
            continue
    return _defaultmod


def open(file, flag="r", mode=0o666):
    """The database at file: flag r reads, w reads and writes, c creates it first if it is not there, n makes a new one."""
    kind = whichdb(file) if "n" not in flag else None
    if kind is None:
        if "c" not in flag and "n" not in flag:
            raise error[0]("db file doesn't exist; use 'c' or 'n' flag to create a new db")
        module = _best()
    elif kind == "":
        raise error[0]("db type could not be determined")
    else:
        try:
            module = _module(kind)
        except ImportError:
            raise error[0](f"db type is {kind}, but the module is not available") from None
    return module.open(file, flag, mode)


def whichdb(filename):
    """The name of the module that made it: None if there is no such file, '' if nobody knows."""
    filename = os.fsencode(filename)
    try:
        io.open(filename + b".pag", "rb").close()
        io.open(filename + b".dir", "rb").close()
        return "dbm.ndbm"
    except OSError:
        pass
    try:
        size = os.stat(filename + b".dat").st_size
        with io.open(filename + b".dir", "rb") as file:
            if size == 0 or file.read(1) in (b"'", b'"'):
                return "dbm.dumb"
    except OSError:
        pass
    try:
        with io.open(filename, "rb") as file:
            head = file.read(16)
    except OSError:
        return None
    if head == b"SQLite format 3\0":
        return "dbm.sqlite3"
    # gdbm's magic numbers, in both byte orders, with and without large files
    if len(head) >= 4 and any(int.from_bytes(head[:4], order) in (0x13579ACE, 0x13579ACD, 0x13579ACF) for order in ("little", "big")):
        return "dbm.gnu"
    return ""
