"""Importing from zip files: sys.path may name one, or a folder inside one ("library.zip/folder")."""

from binascii import crc32
from importlib._bootstrap import ModuleSpec
from importlib._files import SourceFileLoader, kind_of, spec_from_file_location

__all__ = ["ZipImportError", "zipimporter"]


class ZipImportError(ImportError):
    """A zip file that cannot be read, or a module that is not in it."""


class zipimporter(SourceFileLoader):
    """Finder and loader of the modules in a zip file, or in one folder of it. ZipImportError: the path does not lead to a zip file."""

    def __init__(self, path):
        archive = path
        while archive and not kind_of(archive):
            archive = archive.rpartition("/")[0]
        if kind_of(archive) != 0x8000:
            raise ZipImportError("not a Zip file", path=path)
        self.archive = archive
        self.prefix = path[len(archive) + 1:] and path[len(archive) + 1:].rstrip("/") + "/"
        self._files = _read_directory(archive)

    def find_spec(self, fullname, target=None):
        """The spec of a module; None: it is not here."""
        base = self.prefix + fullname.rpartition(".")[2]
        for name in self._names(fullname):
            if name in self._files:
                return spec_from_file_location(fullname, loader=self)
        if not any(name.startswith(base + "/") for name in self._files):
            return None
        spec = ModuleSpec(fullname, None)
        spec.submodule_search_locations = [f"{self.archive}/{base}"]
        return spec

    def _names(self, fullname):
        base = self.prefix + fullname.rpartition(".")[2]
        return base + "/__init__.krc", base + "/__init__.py", base + ".krc", base + ".py"

    def get_filename(self, fullname):
        """The path of the module's file."""
        for name in self._names(fullname):
            if name in self._files:
                return f"{self.archive}/{name}"
        raise ZipImportError(f"can't find module {fullname!r}", name=fullname)

    def is_package(self, fullname):
        """Is it one?"""
        return "/__init__." in self.get_filename(fullname)

    def get_code(self, fullname):
        """The code object."""
        path = self.get_filename(fullname)
        data = self.get_data(path)
        if path.endswith(".krc"):
            from _krait import code_load
            return code_load(data)
        return compile(data, path, "exec", dont_inherit=True)

    def get_data(self, path):
        """The bytes of a file: its path in the archive, with or without that of the archive before it."""
        key = path.removeprefix(self.archive + "/")
        if key not in self._files:
            raise OSError(0, "", key)
        return _read_member(self.archive, *self._files[key])


# ---- The format: APPNOTE.TXT of PKWARE, sections 4.3.7, 4.3.12, 4.3.16 ----


def _number(data, at, size):
    return int.from_bytes(data[at:at + size], "little")


def _read_directory(archive):
    """What is in a zip file, whose comment has at most 1,000 bytes: name -> (method, packed size, size, CRC, offset)."""
    files = {}
    with open(archive, "rb") as f:
        size = f.seek(0, 2)
        f.seek(max(size - 1022, 0))
        tail = f.read()
        end = tail.rfind(b"PK\5\6")
        if end < 0 or len(tail) - end < 22:
            raise ZipImportError(f"not a Zip file: {archive!r}", path=archive)
        size, offset = _number(tail, end + 12, 4), _number(tail, end + 16, 4)
        f.seek(-len(tail) + end - size, 2)
        before = f.tell() - offset  # bytes in front of the archive
        data, at = f.read(size), 0
    while at < size:
        if data[at:at + 4] != b"PK\1\2":
            raise ZipImportError(f"bad central directory: {archive!r}", path=archive)
        ends = at + 46 + _number(data, at + 28, 2)
        files[data[at + 46:ends].decode()] = (_number(data, at + 10, 2), _number(data, at + 20, 4), _number(data, at + 24, 4),
                                              _number(data, at + 16, 4), before + _number(data, at + 42, 4))
        at = ends + _number(data, at + 30, 2) + _number(data, at + 32, 2)
    return files


def _read_member(archive, method, packed, size, crc, offset):
    """The bytes of a file in an archive. ZipImportError: they are not what the directory says."""
    with open(archive, "rb") as f:
        f.seek(offset)
        header = f.read(30)
        f.seek(offset + 30 + _number(header, 26, 2) + _number(header, 28, 2))
        data = f.read(packed)
    if method == 8:
        import zlib
        data = zlib.decompress(data, -15)
    elif method:
        raise ZipImportError(f"compression method {method} is not supported: {archive!r}", path=archive)
    if len(data) != size or crc32(data) != crc:
        raise ZipImportError(f"bad CRC-32 in {archive!r}", path=archive)
    return data
