"""The lines of source files, kept after the first look."""

import os

__all__ = ["getline", "clearcache", "checkcache", "lazycache"]

# File name -> (size, mtime or None, lines, path), or (function that gives the source,) until somebody asks.
cache = {}


def clearcache():
    """Forget all lines."""
    cache.clear()


def getline(filename, lineno, module_globals=None):
    """One line with its newline, counted from 1; "" if there is no such line."""
    lines = getlines(filename, module_globals)
    return lines[lineno - 1] if 1 <= lineno <= len(lines) else ""


def getlines(filename, module_globals=None):
    """All lines of a file; [] if it cannot be read."""
    entry = cache.get(filename)
    if entry is not None and len(entry) != 1:
        return entry[2]
    try:
        return updatecache(filename, module_globals)
    except MemoryError:
        clearcache()
        return []


def checkcache(filename=None):
    """Forget the lines of files that have changed since."""
    for name in list(cache) if filename is None else [filename] if filename in cache else ():
        entry = cache[name]
        if len(entry) == 1 or entry[1] is None:
            continue
        try:
            stat = os.stat(entry[3])
        except (OSError, ValueError):
            cache.pop(name, None)
            continue
        if entry[:2] != (stat.st_size, stat.st_mtime):
            cache.pop(name, None)


def _is_typed(filename):
    return not filename or (filename.startswith("<") and filename.endswith(">"))


def _keep(filename, source, path):
    lines = [line + "\n" for line in source.splitlines()]
    cache[filename] = len(source), None, lines, path
    return lines


def _from_loader(filename, module_globals):
    """Lines from the loader of a module that is in no file of its own; None: it has none to ask."""
    if not lazycache(filename, module_globals):
        return None
    try:
        source = cache[filename][0]()
    except (ImportError, OSError):
        return None
    return [] if source is None else _keep(filename, source, filename)


def _find(filename):
    """(path, stat result) of a file, along sys.path if the name is relative; None: nowhere."""
    import sys
    paths = [filename]
    if not os.path.isabs(filename):
        paths += [os.path.join(folder, filename) for folder in sys.path if isinstance(folder, str)]
    for path in paths:
        try:
            return path, os.stat(path)
        except OSError:
            pass
    return None


def _decode(data):
    """The lines of source text; its encoding is what a mark or a comment in the first two lines says."""
    encoding = "utf-8-sig"
    for line in data.split(b"\n", 2)[:2]:
        comment = line.strip(b"\xef\xbb\xbf \t\f\r")
        if not comment.startswith(b"#"):
            if comment:
                break
            continue
        rest = comment.partition(b"coding")[2]
        if rest[:1] in (b":", b"="):
            name = rest[1:].strip().split()[0:1]
            if name and name[0].lower().replace(b"_", b"-") != b"utf-8":
                encoding = name[0].decode("latin-1")
            break
    text = data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
    lines = [line + "\n" for line in text.split("\n")]
    if len(lines) > 1 and lines[-1] == "\n":
        lines.pop()
    return lines


def updatecache(filename, module_globals=None):
    """Read a file again, whatever was kept of it; its lines, or [] if it cannot be read."""
    if len(cache.get(filename, ())) != 1:
        cache.pop(filename, None)
    if _is_typed(filename) or filename.startswith("<stdin>-"):
        import _krait
        source = _krait.typed_source(filename)
        return [] if source is None else [line + "\n" for line in source.splitlines()]
    try:
        found = _find(filename)
        if found is None or found[0] != filename:
            lines = _from_loader(filename, module_globals)
            if lines is not None:
                return lines
        if found is None:
            return []
        path, stat = found
        with open(path, "rb") as f:
            lines = _decode(f.read())
    except (OSError, ValueError, LookupError):
        return []
    cache[filename] = stat.st_size, stat.st_mtime, lines, path
    return lines


def lazycache(filename, module_globals):
    """Remember how to get the source of a module from its loader, without getting it; True if that is possible."""
    if filename in cache:
        return len(cache[filename]) == 1
    if _is_typed(filename) or not module_globals or "__name__" not in module_globals:
        return False
    spec = module_globals.get("__spec__")
    name = getattr(spec, "name", None) or module_globals["__name__"]
    loader = getattr(spec, "loader", None) or module_globals.get("__loader__")
    get_source = getattr(loader, "get_source", None)
    if not name or not get_source:
        return False
    cache[filename] = (lambda: get_source(name),)
    return True


def _register_code(code, string, name):
    _keep(code, string, name)
