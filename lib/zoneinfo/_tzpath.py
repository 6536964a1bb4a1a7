"""Where the files of time zones are: folders of TZPATH, then the package tzdata."""

import os
import sys

_FOLDERS = ("/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo")
TZPATH = ()


class ZoneInfoNotFoundError(KeyError):
    """There is no such time zone."""


class InvalidTZPathWarning(RuntimeWarning):
    """A folder of PYTHONTZPATH is not absolute."""


def _from_environment():
    variable = os.environ.get("PYTHONTZPATH")
    if variable is None:
        return _FOLDERS
    folders = variable.split(os.pathsep) if variable else []
    bad = [folder for folder in folders if not os.path.isabs(folder)]
    if bad:
        import warnings
        shown = ", ".join(map(repr, bad))
        warnings.warn(f"Invalid paths specified in PYTHONTZPATH environment variable. Paths must be absolute but found the following "
                      f"relative paths:\n    {shown}", InvalidTZPathWarning, stacklevel=5)
    return tuple(folder for folder in folders if os.path.isabs(folder))


def reset_tzpath(to=None):
    """Set the folders that are searched, or those of the environment variable PYTHONTZPATH or of the system."""
    global TZPATH
    if to is None:
        TZPATH = _from_environment()
        return
    if isinstance(to, (str, bytes)):
        raise TypeError(f"tzpaths must be a list or tuple, not {type(to)}: {to!r}")
    bad = [folder for folder in to if not os.path.isabs(folder)]
    if bad:
        raise ValueError("Paths should be absolute but found the following relative paths:\n    " + "\n    ".join(bad))
    TZPATH = tuple(to)


def _check_key(key):
    """Keys stay below the folders."""
    if os.path.isabs(key):
        raise ValueError(f"ZoneInfo keys may not be absolute paths, got: {key}")
    if len(os.path.normpath(key)) != len(key):
        raise ValueError(f"ZoneInfo keys must be normalized relative paths, got: {key}")
    base = os.path.normpath(os.path.join("_", "_"))[:-1]
    if not os.path.normpath(os.path.join(base, key)).startswith(base):
        raise ValueError(f"ZoneInfo keys must refer to subdirectories of TZPATH, got: {key}")


def open_key(key):
    """The file of a zone, opened."""
    _check_key(key)
    for folder in TZPATH:
        path = os.path.join(folder, key)
        if os.path.isfile(path):
            return open(path, "rb")
    package, _, name = ("tzdata.zoneinfo/" + key).rpartition("/")
    try:
        from importlib import import_module
        place = os.path.dirname(import_module(package.replace("/", ".")).__file__)
        return open(os.path.join(place, name), "rb")
    except (ImportError, OSError, UnicodeError, AttributeError, TypeError, ValueError):
        raise ZoneInfoNotFoundError(f"No time zone found with key {key}") from None


def available_timezones():
    """The keys of all zones that can be found: a set, made anew each time."""
    found = set()
    try:
        from importlib import import_module
        place = os.path.dirname(import_module("tzdata").__file__)
        with open(os.path.join(place, "zones"), encoding="utf-8") as file:
            found.update(line.strip() for line in file if line.strip())
    except (ImportError, OSError):
        pass
    for top in TZPATH:
        if os.path.exists(top):
            _collect(top, "", found)
    found.discard("posixrules")
    return found


def _collect(folder, prefix, found):
    for entry in os.listdir(folder):
        path, key = os.path.join(folder, entry), prefix + entry
        if os.path.isdir(path):
            if prefix or entry not in ("right", "posix"):
                _collect(path, key + "/", found)
            continue
        try:
            with open(path, "rb") as file:
                if file.read(4) == b"TZif":
                    found.add(key)
        except OSError:
            pass


reset_tzpath()
