"""Loaders that have nothing to load here: CPython's extension modules are for its C interface, which Krait does not have."""

from ._files import FileLoader


class ExtensionFileLoader(FileLoader):
    """Knows where an extension module is, and says that it cannot be loaded."""

    def __init__(self, name, path):
        super().__init__(name, path)

    def create_module(self, spec):
        raise ImportError(f"{spec.origin or self.path}: extension modules of CPython cannot be loaded", name=spec.name, path=self.path)

    def exec_module(self, module):
        raise ImportError(f"{self.path}: extension modules of CPython cannot be loaded", name=module.__name__, path=self.path)

    def is_package(self, fullname):
        """Is the file a package's __init__?"""
        return self.path.replace("\\", "/").rpartition("/")[2].partition(".")[0] == "__init__"

    def get_code(self, fullname):
        """None: it is not Python."""

    def get_source(self, fullname):
        """None: it is not Python."""


class AppleFrameworkLoader(ExtensionFileLoader):
    """The same in a framework of iOS."""


class WindowsRegistryFinder:
    """Finds what Windows's registry names: nothing, elsewhere."""

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        """None."""
