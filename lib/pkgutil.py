"""Tools for packages: what modules there are, data that stands beside them, names as texts."""

from collections import namedtuple

__all__ = ["get_importer", "iter_importers", "walk_packages", "iter_modules", "get_data", "read_code", "extend_path", "get_loader", "find_loader",
           "ModuleInfo"]

ModuleInfo = namedtuple("ModuleInfo", "module_finder name ispkg")
ModuleInfo.__doc__ = "A module that was found: by which finder, its name, and whether it is a package."


def read_code(stream):
    """The code object in a file of cached code, or None if it is of another version."""
    import importlib.util
    import marshal
    if stream.read(4) != importlib.util.MAGIC_NUMBER:
        return None
    stream.read(12)
    return marshal.load(stream)


def get_importer(path_item):
    """The finder for an entry of sys.path; None: nobody knows how to import from it."""
    import os
    import sys
    path_item = os.fsdecode(path_item)
    if path_item in sys.path_importer_cache:
        return sys.path_importer_cache[path_item]
    for hook in sys.path_hooks:
        try:
            finder = hook(path_item)
        except ImportError:
            continue
        sys.path_importer_cache.setdefault(path_item, finder)
        return finder
    return None


def iter_importers(fullname=""):
    """The finders that would look for a module of this name."""
    import importlib
    import sys
    if fullname.startswith("."):
        raise ImportError(f"Relative module name {fullname!r} not supported")
    path = sys.path
    if "." in fullname:
        package = fullname.rpartition(".")[0]
        path = getattr(importlib.import_module(package), "__path__", None)
        if path is None:
            return
    else:
        yield from sys.meta_path
    for item in path:
        yield get_importer(item)


def _in_folder(path, prefix):
    """(name, whether it is a package) of the modules in a folder."""
    import inspect
    import os
    try:
        names = sorted(os.listdir(path))
    except OSError:
        return
    seen = set()
    for name in names:
        module = inspect.getmodulename(name)
        if module == "__init__" or module in seen:
            continue
        is_package = False
        if not module and os.path.isdir(os.path.join(path, name)) and "." not in name:
            try:
                inside = os.listdir(os.path.join(path, name))
            except OSError:
                continue
            if not any(inspect.getmodulename(file) == "__init__" for file in inside):
                continue
            module, is_package = name, True
        if module and "." not in module:
            seen.add(module)
            yield prefix + module, is_package


def _of_importer(importer, prefix):
    if hasattr(importer, "iter_modules"):
        return importer.iter_modules(prefix)
    path = getattr(importer, "path", None)
    if isinstance(path, str):
        return _in_folder(path, prefix)
    return ()


def iter_modules(path=None, prefix=""):
    """ModuleInfo of the modules in these folders, or on sys.path; their names begin with prefix."""
    import sys
    if isinstance(path, str):
        raise ValueError("path must be None or list of paths to look for modules in")
    seen = set()
    for item in sys.path if path is None else path:
        importer = get_importer(item)
        for name, is_package in _of_importer(importer, prefix):
            if name not in seen:
                seen.add(name)
                yield ModuleInfo(importer, name, is_package)


def walk_packages(path=None, prefix="", onerror=None):
    """As iter_modules, and into packages, which are imported for that; onerror(name): what to do if that fails."""
    import sys
    seen = set()
    for info in iter_modules(path, prefix):
        yield info
        if not info.ispkg:
            continue
        try:
            __import__(info.name)
        except ImportError:
            if onerror is not None:
                onerror(info.name)
        except Exception:
            if onerror is None:
                raise
            onerror(info.name)
        else:
            inner = [item for item in getattr(sys.modules[info.name], "__path__", None) or [] if item not in seen]
            seen.update(inner)
            yield from walk_packages(inner, info.name + ".", onerror)


def extend_path(path, name):
    """A package's __path__ with folders of this name all along sys.path added; also those in files name.pkg."""
    import os
    import sys
    if not isinstance(path, list):
        return path
    out = path[:]
    parent, _, last = name.rpartition(".")
    try:
        search = sys.path if not parent else sys.modules[parent].__path__
    except (KeyError, AttributeError):
        return out
    for folder in search:
        if not isinstance(folder, str):
            continue
        spec = None
        finder = get_importer(folder)
        if finder is not None and hasattr(finder, "find_spec"):
            spec = finder.find_spec(last)
        for part in (spec and spec.submodule_search_locations) or ():
            if part not in out:
                out.append(part)
        listing = os.path.join(folder, name + ".pkg")
        if os.path.isfile(listing):
            with open(listing) as file:
                out.extend(line for line in (text.rstrip("\n") for text in file) if line and not line.startswith("#"))
    return out


def get_data(package, resource):
    """The bytes of a file in a package ("data/x.txt"); None: its loader cannot tell."""
    import importlib.util
    import os
    import sys
    spec = importlib.util.find_spec(package)
    if spec is None or not hasattr(spec.loader, "get_data"):
        return None
    module = sys.modules.get(package) or importlib.import_module(package)
    if module is None or not hasattr(module, "__file__"):
        return None
    return spec.loader.get_data(os.path.join(os.path.dirname(module.__file__), *resource.split("/")))


def _deprecated(name):
    import warnings
    warnings.warn(f"'pkgutil.{name}' is deprecated and slated for removal in Python 3.14; use importlib.util.find_spec() instead",
                  DeprecationWarning, stacklevel=3)


def get_loader(module_or_name):
    """The loader of a module, or of a name's module, which need not be imported; None if there is none. Deprecated."""
    import sys
    _deprecated("get_loader")
    module = sys.modules.get(module_or_name, module_or_name) if isinstance(module_or_name, str) else module_or_name
    if module is None:
        return None
    if isinstance(module, str):
        return find_loader(module)
    loader = getattr(module, "__loader__", None)
    return find_loader(module.__name__) if loader is None and getattr(module, "__spec__", None) is not None else loader


def find_loader(fullname):
    """The loader of a name's module; None if there is none. ImportError if it cannot be looked for. Deprecated."""
    import importlib.util
    _deprecated("find_loader")
    if fullname.startswith("."):
        raise ImportError(f"Relative module name {fullname!r} not supported")
    try:
        spec = importlib.util.find_spec(fullname)
    except (ImportError, AttributeError, TypeError, ValueError) as e:
        raise ImportError(f"Error while finding loader for {fullname!r} ({type(e)}: {e})") from e
    return None if spec is None else spec.loader


def resolve_name(name):
    """What "package.module:object.attribute" stands for; without the colon, modules are imported as far as there are any."""
    import importlib
    parts = name.split(":")
    if len(parts) > 2 or not all(part.isidentifier() for part in parts[0].split(".")) or (
            len(parts) == 2 and parts[1] and not all(part.isidentifier() for part in parts[1].split("."))):
        raise ValueError(f"invalid format: {name!r}")
    if len(parts) == 2:
        thing = importlib.import_module(parts[0])
        rest = parts[1].split(".") if parts[1] else []
    else:
        rest = parts[0].split(".")
        path = rest.pop(0)
        thing = importlib.import_module(path)
        while rest:
            path = f"{path}.{rest[0]}"
            try:
                thing = importlib.import_module(path)
            except ImportError:
                break
            rest.pop(0)
    for part in rest:
        thing = getattr(thing, part)
    return thing
