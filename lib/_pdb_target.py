"""What pdb debugs when it is started from a shell: a script or a module."""

import os
import sys

__name__ = "pdb" # where its names belong


class Restart(Exception):
    """The program is to begin again."""


class _ScriptTarget:
    """A file to run as __main__."""

    def __init__(self, name):
        self.path = os.path.realpath(name)
        if not os.path.exists(self.path):
            raise SystemExit(f"Error: {self.path} does not exist")
        if os.path.isdir(self.path):
            raise SystemExit(f"Error: {self.path} is a directory")
        sys.path[0] = os.path.dirname(self.path)
        self.name = name

    def code(self):
        with open(self.path, "rb") as file:
            return compile(file.read(), self.path, "exec")

    def names(self):
        return {"__name__": "__main__", "__file__": self.path, "__builtins__": __builtins__}


class _ModuleTarget:
    """A module to run as __main__."""

    def __init__(self, name):
        import importlib.util
        self.name = name
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.submodule_search_locations is not None:
            spec = importlib.util.find_spec(name + ".__main__")
        if spec is None:
            raise SystemExit(f"Error: No module named {name}")
        self.spec, self.path = spec, spec.origin

    def code(self):
        return self.spec.loader.get_code(self.spec.name)

    def names(self):
        return {"__name__": "__main__", "__file__": self.path, "__package__": self.spec.parent, "__loader__": self.spec.loader,
                "__spec__": self.spec, "__builtins__": __builtins__}
