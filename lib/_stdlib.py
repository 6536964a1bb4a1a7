"""Where an installed CPython keeps its library: krait --stdlib auto, --stdlib FOLDER, KRAIT_STDLIB."""

import os
import sys

ROOTS = "/usr/lib", "/usr/local/lib"


def folders():
    """The libraries of the CPythons that are installed: 3.13's first, then the nearest."""
    found = {}
    roots = list(ROOTS)
    for root in (os.environ.get("PYENV_ROOT") or os.path.expanduser("~/.pyenv"), "/opt/python"):
        versions = os.path.join(root, "versions") if root.endswith("pyenv") else root
        roots += (os.path.join(versions, name, "lib") for name in _names(versions))
    for root in roots:
        for name in _names(root):
            minor = name.removeprefix("python3.")
            if minor != name and minor.isdecimal() and is_library(os.path.join(root, name)):
                found.setdefault(os.path.join(root, name), int(minor))
    return sorted(found, key=lambda folder: (abs(found[folder] - sys.version_info[1]), folder))


def _names(folder):
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return ()


def is_library(folder):
    return os.path.isfile(os.path.join(folder, "os.py"))


def find(where):
    """The folder that `where` ("auto" or a path) means; None: auto, and there is none. ValueError: the path has no library."""
    if where == "auto":
        return next(iter(folders()), None)
    if not is_library(where):
        raise ValueError(f"--stdlib: expected auto, none or the folder of CPython's library (with os.py), got {where!r}")
    return os.path.abspath(where)


def use(where):
    """Put that folder at the end of sys.path. What Krait has itself comes first, as it is part of the binary."""
    try:
        folder = find(where)
    except ValueError as error:
        sys.exit(f"krait: {error}")
    if folder is None:
        print(f"krait: --stdlib auto: no CPython is installed (looked in {', '.join(ROOTS)} and for pyenv)", file=sys.stderr)
    elif folder not in sys.path:
        sys.path.append(folder)
