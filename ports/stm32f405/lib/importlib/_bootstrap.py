"""What the interpreter asks of the import system in Python: loading by spec, and the finders of the modules that are in flash."""

import sys

from _krait import frozen_kind

ModuleSpec = type(__spec__)


class BuiltinImporter:
    """Finds the builtin modules. What is in flash is made by importing it."""

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        """The spec of a builtin module, or None."""
        return ModuleSpec(fullname, cls, origin="built-in") if fullname in sys.builtin_module_names else None

    @staticmethod
    def create_module(spec):
        """The module itself, imported."""
        __import__(spec.name)
        return sys.modules[spec.name]

    @staticmethod
    def exec_module(module):
        """Its code has run."""

    get_code = exec_module


class FrozenImporter(BuiltinImporter):
    """Finds the modules in flash that are written in Python."""

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        """The spec of such a module, or None."""
        kind = frozen_kind(fullname)
        return ModuleSpec(fullname, cls, origin="frozen", is_package=kind == 2) if kind else None


def _native_loader(spec):
    """The loader of a module that the interpreter itself found and loaded."""
    if spec.has_location:
        from ._files import file_loader
        return file_loader(spec.name, spec.origin)
    return BuiltinImporter if spec.origin == "built-in" else FrozenImporter


def _main_loader(file):
    """The loader of __main__: what has no file comes from the console."""
    if file is None or file == "<stdin>":
        return BuiltinImporter
    from ._files import file_loader
    return file_loader("__main__", file)


def module_from_spec(spec):
    """A new module for a spec; its code has not run."""
    loader = spec.loader
    if hasattr(loader, "exec_module") and not hasattr(loader, "create_module"):
        raise ImportError("loaders that define exec_module() must also define create_module()")
    module = loader.create_module(spec) if loader else None
    if module is None:
        module = type(sys)(spec.name)
    module.__loader__, module.__package__, module.__spec__ = loader, spec.parent, spec
    if spec.submodule_search_locations is not None:
        module.__path__ = spec.submodule_search_locations
        if loader is None:
            module.__file__ = None
    if spec.has_location:
        module.__file__ = spec.origin
    return module


def _load(spec):
    """Load the module of a spec, put it in sys.modules and return what is there afterwards."""
    name, loader = spec.name, spec.loader
    sys.modules[name] = module_from_spec(spec)
    try:
        if loader:
            loader.exec_module(sys.modules[name])
        elif spec.submodule_search_locations is None:
            raise ImportError("missing loader", name=name)
        sys.modules[name] = module = sys.modules.pop(name)
        return module
    except BaseException:
        sys.modules.pop(name, None)
        raise
