"""Finding and loading modules in files."""

import sys

from ._bootstrap import ModuleSpec, _gcd_import, _is_package

SOURCE_SUFFIXES = [".py"]
BYTECODE_SUFFIXES = [".krc"]
_unset = object()


def _stat():
    import os
    return os


class _SourceLoading:
    """What loaders of source text share: get_data() and get_filename() are the subclass's."""

    def is_package(self, fullname):
        """A package's file is called __init__.py."""
        filename = self.get_filename(fullname).rpartition("/")[2]
        return filename.rsplit(".", 1)[0] == "__init__" and fullname.rpartition(".")[2] != "__init__"

    def create_module(self, spec):
        """Use default semantics for module creation."""

    def exec_module(self, module):
        """Execute the module."""
        code = self.get_code(module.__name__)
        if code is None:
            raise ImportError(f"cannot load module {module.__name__!r} when get_code() returns None")
        exec(code, module.__dict__)

    def load_module(self, fullname):
        """Deprecated: load by exec_module()."""
        from ._bootstrap import _load
        return _load(spec_from_file_location(fullname, loader=self))

    def get_source(self, fullname):
        """The text of the module."""
        path = self.get_filename(fullname)
        try:
            data = self.get_data(path)
        except OSError as exc:
            raise ImportError("source not available through get_data()", name=fullname) from exc
        return decode_source(data)

    def source_to_code(self, data, path, *, _optimize=-1):
        """Compile source text or bytes."""
        return compile(data, path, "exec", dont_inherit=True, optimize=_optimize)

    def get_code(self, fullname):
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


class FileLoader:
    """A loader that has the path of its file."""

    def __init__(self, fullname, path):
        self.name = fullname
        self.path = path

    def __eq__(self, other):
        return self.__class__ == other.__class__ and self.__dict__ == other.__dict__

    def __hash__(self):
        return hash(self.name) ^ hash(self.path)

    def get_filename(self, name=None):
        """Return the path to the source file."""
        return self.path

    def get_data(self, path):
        """Return the data from path as raw bytes."""
        with open(path, "rb") as f:
            return f.read()


class SourceFileLoader(FileLoader, _SourceLoading):
    """Loads a module from a .py file."""

    def get_filename(self, name=None):
        if name is not None and name != self.name:
            raise ImportError(f"loader for {self.name} cannot handle {name}", name=name)
        return self.path

    def path_stats(self, path):
        st = _stat().stat(path)
        return {"mtime": st.st_mtime, "size": st.st_size}

    def set_data(self, path, data, *, _mode=0o666):
        """Write bytes data to a file."""
        with open(path, "wb") as f:
            f.write(data)


SourceLoader = _SourceLoading


class SourcelessFileLoader(FileLoader, _SourceLoading):
    """Loads a module from a code file, which py_compile wrote."""

    def get_code(self, fullname):
        import _krait
        return _krait.code_load(self.get_data(self.get_filename(fullname)))

    def get_source(self, fullname):
        """There is none."""
        return None


def _find_file(os, base):
    """base.py, or base.krc where there is no source, or None."""
    for suffix in SOURCE_SUFFIXES + BYTECODE_SUFFIXES:
        if os.path.isfile(base + suffix):
            return base + suffix
    return None


class NamespaceLoader:
    """The loader of packages without __init__.py."""

    def __init__(self, name, path, path_finder=None):
        self._path = path

    def is_package(self, fullname):
        return True

    def get_source(self, fullname):
        return ""

    def get_code(self, fullname):
        return compile("", "<string>", "exec", dont_inherit=True)

    def create_module(self, spec):
        """Use default semantics for module creation."""

    def exec_module(self, module):
        pass


def decode_source(source_bytes):
    """Source text from bytes: by byte order mark or encoding comment, with universal newlines."""
    encoding = "utf-8"
    if source_bytes.startswith(b"\xef\xbb\xbf"):
        source_bytes = source_bytes[3:]
    else:
        for line in bytes(source_bytes).split(b"\n", 2)[:2]:
            text = line.strip()
            if text.startswith(b"#") and b"coding" in text:
                rest = text.partition(b"coding")[2]
                if rest[:1] in (b":", b"="):
                    words = rest[1:].replace(b"-*-", b" ").split()
                    if words:
                        encoding = words[0].decode("ascii", "replace")
                        break
            elif text:
                break
    return bytes(source_bytes).decode(encoding).replace("\r\n", "\n").replace("\r", "\n")


def spec_from_file_location(name, location=None, *, loader=None, submodule_search_locations=_unset):
    """A spec for a module in a file; None: no loader for such files."""
    if location is None:
        location = "<unknown>"
        if hasattr(loader, "get_filename"):
            try:
                location = loader.get_filename(name)
            except ImportError:
                pass
    else:
        os = _stat()
        location = os.path.abspath(os.fspath(location))
    spec = ModuleSpec(name, loader, origin=location)
    spec.has_location = True
    if loader is None:
        if location.endswith(tuple(SOURCE_SUFFIXES)):
            loader = SourceFileLoader(name, location)
        elif location.endswith(tuple(BYTECODE_SUFFIXES)):
            loader = SourcelessFileLoader(name, location)
        else:
            return None
        spec.loader = loader
    if submodule_search_locations is _unset:
        spec.submodule_search_locations = [] if _is_package(loader, name) else None
    else:
        spec.submodule_search_locations = submodule_search_locations
    if spec.submodule_search_locations == [] and location:
        spec.submodule_search_locations.append(location.rpartition("/")[0])
    if spec.submodule_search_locations is not None:
        spec.parent = name
    return spec


class FileFinder:
    """Finds modules in one folder."""

    def __init__(self, path, *loader_details):
        self.path = path or "."

    def invalidate_caches(self):
        """Nothing is kept."""

    def find_spec(self, fullname, target=None):
        os = _stat()
        base = os.path.join(self.path, fullname.rpartition(".")[2])
        if os.path.isdir(base):
            init = _find_file(os, os.path.join(base, "__init__"))
            if init:
                return spec_from_file_location(fullname, init, submodule_search_locations=[base])
        file = _find_file(os, base)
        if file:
            return spec_from_file_location(fullname, file)
        if os.path.isdir(base):
            spec = ModuleSpec(fullname, None, is_package=True)
            spec.submodule_search_locations = [base]
            return spec
        return None

    @classmethod
    def path_hook(cls, *loader_details):
        def path_hook_for_FileFinder(path):
            if not _stat().path.isdir(path):
                raise ImportError("only directories are supported", path=path)
            return cls(path, *loader_details)
        return path_hook_for_FileFinder

    def __repr__(self):
        return f"FileFinder({self.path!r})"


class PathFinder:
    """Finds modules on sys.path or on a package's __path__."""

    @staticmethod
    def invalidate_caches():
        """Nothing is kept."""

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        parts = []
        for entry in sys.path if path is None else path:
            if not isinstance(entry, str):
                continue
            spec = FileFinder(entry).find_spec(fullname, target)
            if spec is None:
                continue
            if spec.loader is not None:
                return spec
            parts.extend(spec.submodule_search_locations)
        if not parts:
            return None
        spec = ModuleSpec(fullname, NamespaceLoader(fullname, parts), is_package=True)
        spec.origin = None
        spec.submodule_search_locations = parts
        return spec
