"""Running modules by name or by path."""

import sys
from importlib.util import find_spec

__all__ = ["run_module", "run_path"]


def _run(code, names, init_globals, name, spec, package, file):
    """Run code with the names that a module has; gives these."""
    names.update(init_globals or ())
    names.update(__name__=name, __file__=file, __cached__=None, __doc__=None, __loader__=spec and spec.loader, __package__=package, __spec__=spec)
    exec(code, names)
    return names


def _run_as(code, init_globals, name, spec, package, file, argument):
    """Run code as a module of its own that is in sys.modules meanwhile, with sys.argv[0]; gives a copy of its names."""
    saved, argument_before, module = sys.modules.get(name), sys.argv[0], type(sys)(name)
    sys.modules[name], sys.argv[0] = module, argument
    try:
        return _run(code, module.__dict__, init_globals, name, spec, package, file).copy()
    finally:
        sys.argv[0] = argument_before
        if saved is None:
            sys.modules.pop(name, None)
        else:
            sys.modules[name] = saved


def _find(name):
    """The spec of the module that is to be run (in a package: of its __main__), and its code."""
    if name.startswith("."):
        raise ImportError("Relative module names not supported")
    try:
        spec = find_spec(name)
    except (ImportError, AttributeError, TypeError, ValueError) as e:
        raise ImportError(f"Error while finding module specification for {name!r} ({type(e).__name__}: {e})") from e
    if spec is None:
        raise ImportError(f"No module named {name}")
    if spec.submodule_search_locations is not None:
        if name.rpartition(".")[2] == "__main__":
            raise ImportError("Cannot use package as __main__ module")
        try:
            return _find(name + ".__main__")
        except ImportError as e:
            if name not in sys.modules:
                raise
            raise ImportError(f"{e}; {name!r} is a package and cannot be directly executed") from None
    code = spec.loader.get_code(name)
    if code is None:
        raise ImportError(f"No code object available for {name}")
    return spec, code


def run_module(mod_name, init_globals=None, run_name=None, alter_sys=False):
    """Execute a module's code without importing it; returns its globals."""
    above = mod_name.rpartition(".")[0]
    if above:
        try:
            __import__(above)
        except ImportError as e:
            if not f"{above}.".startswith(f"{e.name}."):
                raise
    spec, code = _find(mod_name)
    name = run_name or spec.name
    if alter_sys:
        return _run_as(code, init_globals, name, spec, spec.parent, spec.origin, spec.origin)
    return _run(code, {}, init_globals, name, spec, spec.parent, spec.origin)


def _hooked(path):
    """Is it a folder, a zip file, or what else sys.path_hooks know?"""
    for hook in sys.path_hooks:
        try:
            return hook(path)
        except ImportError:
            pass
    return None


def run_path(path_name, init_globals=None, run_name="<run_path>"):
    """Execute the code of a file, or of __main__ in a folder or zip file; returns its globals."""
    package = run_name.rpartition(".")[0]
    if not _hooked(path_name):
        from importlib._files import file_loader
        return _run_as(file_loader(run_name, path_name).get_code(run_name), init_globals, run_name, None, package, path_name, path_name)
    main = sys.modules.pop("__main__")
    sys.path.insert(0, path_name)
    try:
        try:
            spec, code = _find("__main__")
        except ImportError as e:
            raise ImportError(f"can't find '__main__' module in {path_name!r}") from e
        finally:
            sys.modules["__main__"] = main
        return _run_as(code, init_globals, run_name, spec, package, spec.origin, path_name)
    finally:
        if path_name in sys.path:
            sys.path.remove(path_name)
