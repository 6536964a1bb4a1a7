"""Running modules by name or by path, as the command line does."""

import importlib.util
import sys

__all__ = ["run_module", "run_path"]


def _run_code(code, run_globals, init_globals=None, mod_name=None, mod_spec=None, pkg_name=None, script_name=None):
    if init_globals is not None:
        run_globals.update(init_globals)
    loader = cached = None
    fname = script_name
    if mod_spec is not None:
        loader = mod_spec.loader
        fname = mod_spec.origin
        cached = mod_spec.cached
        if pkg_name is None:
            pkg_name = mod_spec.parent
    run_globals.update(__name__=mod_name, __file__=fname, __cached__=cached, __doc__=None, __loader__=loader, __package__=pkg_name,
                       __spec__=mod_spec)
    exec(code, run_globals)
    return run_globals


def _run_module_code(code, init_globals=None, mod_name=None, mod_spec=None, pkg_name=None, script_name=None):
    """Run code as a module of its own that is in sys.modules meanwhile; gives a copy of its globals."""
    fname = script_name if mod_spec is None else mod_spec.origin
    if script_name is not None:
        fname = script_name
    missing = object()
    saved_module, saved_argv0 = sys.modules.get(mod_name, missing), sys.argv[0]
    module = type(sys)(mod_name)
    sys.modules[mod_name] = module
    sys.argv[0] = fname
    try:
        _run_code(code, module.__dict__, init_globals, mod_name, mod_spec, pkg_name, script_name)
        return module.__dict__.copy()
    finally:
        sys.argv[0] = saved_argv0
        if saved_module is missing:
            sys.modules.pop(mod_name, None)
        else:
            sys.modules[mod_name] = saved_module


def _get_module_details(mod_name, error=ImportError):
    if mod_name.startswith("."):
        raise error("Relative module names not supported")
    pkg_name = mod_name.rpartition(".")[0]
    if pkg_name:
        try:
            __import__(pkg_name)
        except ImportError as e:
            if e.name is None or (e.name != pkg_name and not pkg_name.startswith(e.name + ".")):
                raise
    try:
        spec = importlib.util.find_spec(mod_name)
    except (ImportError, AttributeError, TypeError, ValueError) as ex:
        raise error(f"Error while finding module specification for {mod_name!r} ({type(ex).__name__}: {ex})") from ex
    if spec is None:
        raise error(f"No module named {mod_name}")
    if spec.submodule_search_locations is not None:
        if mod_name == "__main__" or mod_name.endswith(".__main__"):
            raise error("Cannot use package as __main__ module")
        try:
            return _get_module_details(mod_name + ".__main__", error)
        except error as e:
            if mod_name not in sys.modules:
                raise
            raise error(f"{e}; {mod_name!r} is a package and cannot be directly executed") from None
    loader = spec.loader
    if loader is None:
        raise error(f"{mod_name!r} is a namespace package and cannot be executed")
    try:
        code = loader.get_code(mod_name)
    except ImportError as e:
        raise error(format(e)) from e
    if code is None:
        raise error(f"No code object available for {mod_name}")
    return mod_name, spec, code


def _get_main_module_details(error=ImportError):
    """Of the __main__ on sys.path, not of the one that runs."""
    saved_main = sys.modules.pop("__main__")
    try:
        return _get_module_details("__main__")
    except ImportError as exc:
        if "__main__" in str(exc):
            raise error(f"can't find '__main__' module in {sys.path[0]!r}") from exc
        raise
    finally:
        sys.modules["__main__"] = saved_main


def _get_main_module_details(error=ImportError):
    """The __main__ of the folder that is first on sys.path."""
    main_name = "__main__"
    saved_main = sys.modules.pop(main_name)
    try:
        return _get_module_details(main_name)
    except ImportError as exc:
        if main_name in str(exc):
            raise error(f"can't find {main_name!r} module in {sys.path[0]!r}") from exc
        raise
    finally:
        sys.modules[main_name] = saved_main


class _Error(Exception):
    """What _run_module_as_main() reports without a traceback."""


def _run_module_as_main(mod_name, alter_argv=True):
    """For `krait -m name`: run the module in the namespace of __main__."""
    try:
        if alter_argv or mod_name != "__main__":
            mod_name, mod_spec, code = _get_module_details(mod_name, _Error)
        else:
            mod_name, mod_spec, code = _get_main_module_details(_Error)
    except _Error as exc:
        sys.exit(f"{sys.executable}: {exc}")
    main_globals = sys.modules["__main__"].__dict__
    if alter_argv:
        sys.argv[0] = mod_spec.origin if mod_spec.origin != "frozen" else mod_name.rpartition(".")[2] + ".py" # for lines of usage
    return _run_code(code, main_globals, None, "__main__", mod_spec)


def run_module(mod_name, init_globals=None, run_name=None, alter_sys=False):
    """Execute a module's code without importing it; returns its globals."""
    mod_name, mod_spec, code = _get_module_details(mod_name)
    if run_name is None:
        run_name = mod_name
    if alter_sys:
        return _run_module_code(code, init_globals, run_name, mod_spec)
    return _run_code(code, {}, init_globals, run_name, mod_spec)


def _is_importable(path):
    """Is the path a folder or a zip file, or whatever else sys.path_hooks know?"""
    for hook in sys.path_hooks:
        try:
            return hook(path) is not None
        except ImportError:
            pass
    return False


def _code_from_file(path):
    """The code of a source file or a code file."""
    import io
    import os
    from importlib._cache import data_of_cache
    with io.open(os.path.abspath(path), "rb") as f:
        data = f.read()
    if data[:3] in (b"KRC", b"KRP"):
        return data_of_cache(data)[0]
    return compile(data, path, "exec")


def run_path(path_name, init_globals=None, run_name=None):
    """Execute the code of a file, or of __main__ in a folder or zip file; returns its globals."""
    import os
    if run_name is None:
        run_name = "<run_path>"
    pkg_name = run_name.rpartition(".")[0]
    path_name = os.fspath(path_name)
    if not _is_importable(path_name):
        return _run_module_code(_code_from_file(path_name), init_globals, run_name, pkg_name=pkg_name, script_name=path_name)
    sys.path.insert(0, path_name)
    try:
        _, mod_spec, code = _get_main_module_details()
        return _run_module_code(code, init_globals, run_name, mod_spec, pkg_name, path_name)
    finally:
        try:
            sys.path.remove(path_name)
        except ValueError:
            pass
