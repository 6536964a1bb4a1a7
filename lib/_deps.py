"""krait deps FILE ...: what programs import, and where it comes from: Krait itself, files, an installed CPython's library, or nowhere.

Nothing of the program runs: imports are read off its text, and so on in the files that they lead to. A program that is to run on a device must
not depend on the library of the CPython that its author has: this lists what would come from there.
"""

import ast
import importlib.machinery
import os
import sys
import tokenize

import _stdlib


class Imports(ast.NodeVisitor):
    """The imports in a text, as (name, line, whether the program does without)."""

    def __init__(self, package):
        self.package, self.found, self.optional = package, [], 0

    def visit_Try(self, node):
        caught = any(h.type is None or {"ImportError", "ModuleNotFoundError", "Exception"} & {n.id for n in ast.walk(h.type) if isinstance(n, ast.Name)}
                     for h in node.handlers)
        self.optional += caught
        for child in node.body:
            self.visit(child)
        self.optional -= caught
        for child in node.handlers + node.orelse + node.finalbody:
            self.visit(child)

    visit_TryStar = visit_Try

    def visit_If(self, node):
        if "TYPE_CHECKING" not in ast.unparse(node.test): # that is for checkers of types, and does not run
            self.generic_visit(node)

    def visit_Import(self, node):
        self.found += ((alias.name, (), node.lineno, bool(self.optional)) for alias in node.names)

    def visit_ImportFrom(self, node):
        base = node.module or ""
        if node.level:
            parts = self.package.split(".")
            base = ".".join(parts[:len(parts) - node.level + 1] + ([base] if base else []))
        self.found.append((base, tuple(alias.name for alias in node.names), node.lineno, bool(self.optional)))


class Finder:
    """Where modules are, without running them."""

    def __init__(self, path, library):
        self.path, self.library = path, library
        self.known = {}

    def find(self, name):
        """("krait" | "file" | "library" | "extension", path, folders of a package); None: nowhere."""
        if name not in self.known:
            self.known[name] = self._find(name)
        return self.known[name]

    def _find(self, name):
        if name == "os.path":
            return "krait", None, None
        parent = name.rpartition(".")[0]
        folders = self.path
        if parent:
            over = self.find(parent)
            if over is None or (over[0] != "krait" and over[2] is None):
                return None
            folders = over[2]
        for finder in (importlib.machinery.BuiltinImporter, importlib.machinery.FrozenImporter):
            if finder.find_spec(name, folders) is not None:
                return "krait", None, folders
        if folders is None:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, folders)
        if spec is not None:
            return self._file(spec, "file")
        if not parent and self.library:
            spec = importlib.machinery.PathFinder.find_spec(name, [self.library])
            return spec and self._file(spec, "library")
        return None

    def _file(self, spec, kind):
        origin = spec.origin if spec.has_location else None
        if origin and self.library and os.path.abspath(origin).startswith(self.library + os.sep):
            kind = "library"
        if origin and origin.endswith(".so"):
            kind = "extension"
        folders = spec.submodule_search_locations
        return kind, origin, None if folders is None else list(folders)


class Survey:
    """All that some programs lead to."""

    def __init__(self, finder):
        self.finder = finder
        self.places = {"krait": {}, "file": {}, "library": {}, "extension": {}}
        self.missing = {} # name: [(file, line, optional)]
        self.by_library = {} # likewise, for what only files of CPython's library ask
        self._read = set()

    def read(self, file, package, by_library=False):
        """Follow the imports of a file. OSError, SyntaxError, UnicodeError: it cannot be read."""
        if file in self._read:
            return
        self._read.add(file)
        with tokenize.open(file) as f:
            visitor = Imports(package)
            visitor.visit(ast.parse(f.read(), file))
        for name, members, line, optional in visitor.found:
            where = (file, line, optional)
            if name and not self._follow(name, where, by_library):
                continue
            for member in members: # modules in the package, or names in the module
                if member != "*" and name and (place := self.finder.find(name)) and place[2] is not None:
                    full = f"{name}.{member}"
                    if self.finder.find(full):
                        self._follow(full, where, by_library)

    def _follow(self, name, where, by_library):
        parts = name.split(".")
        for n in range(1, len(parts) + 1):
            part = ".".join(parts[:n])
            place = self.finder.find(part)
            if place is None:
                (self.by_library if by_library else self.missing).setdefault(part, []).append(where)
                return False
            kind, origin, folders = place
            self.places[kind].setdefault(part, origin)
            if kind in ("file", "library") and origin and origin.endswith(".py"):
                try:
                    self.read(origin, part if folders is not None else part.rpartition(".")[0], kind == "library")
                except (SyntaxError, UnicodeError) as error:
                    print(f"krait deps: {origin}: {error}", file=sys.stderr)
        return True


def _list(title, lines):
    if lines := sorted(lines):
        print(title, *lines, sep="\n    ")


def _shown(file):
    """A path as short as it can be."""
    return min(os.path.relpath(file), os.path.abspath(file), key=len)


def _asked(asked):
    file, line, optional = asked[0]
    tried = ", tried only" if all(a[2] for a in asked) else ""
    return f"({_shown(file)}:{line}{tried})"


def main(arguments):
    """The command. 0; 1: something that is imported is nowhere; 2: a file cannot be read."""
    if not arguments or arguments[0] in ("-h", "--help"):
        print("usage: krait deps file ...\nwhat programs import, and where it comes from")
        return 0 if arguments else 2
    library = next((folder for folder in sys.path if folder and _stdlib.is_library(folder)), None) or _stdlib.find("auto")
    status = 0
    path = [os.path.dirname(os.path.abspath(file)) for file in arguments]
    survey = Survey(Finder(path + [folder for folder in sys.path[1:] if folder != library], library))
    for file in arguments:
        try:
            survey.read(os.path.abspath(file), "")
        except (OSError, SyntaxError, UnicodeError) as error:
            print(f"krait deps: {file}: {error}", file=sys.stderr)
            status = 2
    places, kept = survey.places, {n: a for n, a in survey.missing.items() if not all(optional for _, _, optional in a)}
    own = sorted({name.partition(".")[0] for name in places["krait"]})
    if own:
        print("Krait's own:\n    " + ", ".join(own))
    _list("Files:", (f"{name}  {_shown(origin) if origin else '(a namespace)'}" for name, origin in places["file"].items()))
    _list("From an installed CPython's library (only with --stdlib auto; not on another machine):",
          (f"{name}  {origin or '(a namespace)'}" for name, origin in places["library"].items()))
    _list("Extension modules of CPython's, which Krait cannot load:", (f"{name}  {origin}" for name, origin in places["extension"].items()))
    _list("Not found:", (f"{name}  {_asked(asked)}" for name, asked in survey.missing.items()))
    _list("Asked by that library, and not found:", (f"{name}  {_asked(asked)}" for name, asked in survey.by_library.items()))
    return status or (1 if kept or places["extension"] else 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
