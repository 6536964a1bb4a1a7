"""Importing from zip files: sys.path may name one, or a folder inside one ("library.zip/folder")."""

from importlib import _bootstrap
from importlib._cache import data_of_cache
from importlib._files import _LoaderBasics, decode_source

__all__ = ["ZipImportError", "zipimporter"]

_END_SIZE = 22  # of the record at the end of a zip file
_MAX_COMMENT = 65535
_CP437 = (  # the upper half of the code page in which names stand that are not UTF-8
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
    "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0")
_zip_directory_cache = {}
_search_order = (("/__init__.krc", True, True), ("/__init__.py", False, True), (".krc", True, False), (".py", False, False))


class ZipImportError(ImportError):
    """A zip file that cannot be read, or a module that is not in it."""


class zipimporter(_LoaderBasics):
    """zipimporter(archivepath) -> zipimporter object

    Finder and loader of the modules in a zip file, or in one folder of it. ZipImportError: the path does not lead to a zip file.
    """

    def __init__(self, path):
        import os
        if not isinstance(path, str):
            raise TypeError(f"expected str, not {type(path)!r}")
        if not path:
            raise ZipImportError("archive path is empty", path=path)
        prefix = []
        archive = path
        while True:
            try:
                mode = os.stat(archive).st_mode
            except (OSError, ValueError):
                folder, _, name = archive.rpartition("/")
                if not folder or folder == archive:
                    raise ZipImportError("not a Zip file", path=path) from None
                archive = folder
                prefix.append(name)
            else:
                if mode & 0o170000 != 0o100000:
                    raise ZipImportError("not a Zip file", path=path)
                break
        if archive not in _zip_directory_cache:
            _zip_directory_cache[archive] = _read_directory(archive)
        self.archive = archive
        self.prefix = "".join(name + "/" for name in reversed(prefix) if name)

    @property
    def _files(self):
        files = _zip_directory_cache.get(self.archive)
        if files is None:
            try:
                files = _zip_directory_cache[self.archive] = _read_directory(self.archive)
            except ZipImportError:
                files = {}
        return files

    def _base(self, fullname):
        return self.prefix + fullname.rpartition(".")[2]

    def find_spec(self, fullname, target=None):
        """Create a ModuleSpec for the specified module; None: it is not here."""
        found = self._find(fullname)
        if found is not None:
            return _bootstrap.spec_from_loader(fullname, self, is_package=found[2])
        base = self._base(fullname)
        if base + "/" in self._files:
            spec = _bootstrap.ModuleSpec(fullname, None, is_package=True)
            spec.submodule_search_locations.append(f"{self.archive}/{base}")
            return spec
        return None

    def _find(self, fullname):
        """(name in the archive, is it code, is it a package), or None."""
        base, files = self._base(fullname), self._files
        for suffix, is_code, is_package in _search_order:
            if base + suffix in files:
                return base + suffix, is_code, is_package
        return None

    def _found(self, fullname):
        found = self._find(fullname)
        if found is None:
            raise ZipImportError(f"can't find module {fullname!r}", name=fullname)
        return found

    def get_code(self, fullname):
        """Return the code object for the specified module."""
        name, is_code, _ = self._found(fullname)
        data = _read_member(self.archive, self._files[name])
        if is_code:
            code, _ = data_of_cache(data)
            return code
        return _bootstrap._call_with_frames_removed(compile, data, f"{self.archive}/{name}", "exec", dont_inherit=True)

    def get_data(self, pathname):
        """Return the data of a file: its path in the archive, with or without that of the archive before it."""
        key = pathname
        if pathname.startswith(self.archive + "/"):
            key = pathname[len(self.archive) + 1:]
        try:
            entry = self._files[key]
        except KeyError:
            raise OSError(0, "", key) from None
        if entry is None:
            return b""
        return _read_member(self.archive, entry)

    def get_filename(self, fullname):
        """Return the filename for the specified module."""
        return f"{self.archive}/{self._found(fullname)[0]}"

    def get_source(self, fullname):
        """Return the source code for the specified module; None: there is only code."""
        name, _, is_package = self._found(fullname)
        base = self._base(fullname)
        entry = self._files.get(base + ("/__init__.py" if is_package else ".py"))
        return None if entry is None else decode_source(_read_member(self.archive, entry))

    def is_package(self, fullname):
        """Return True if the module specified by fullname is a package."""
        return self._found(fullname)[2]

    def load_module(self, fullname):
        """Load the module specified by 'fullname'. Deprecated: use exec_module()."""
        return _bootstrap._load_module_shim(self, fullname)

    def get_resource_reader(self, fullname):
        """What importlib.resources reads the package's files with; None if it is no package."""
        try:
            if not self.is_package(fullname):
                return None
        except ZipImportError:
            return None
        from importlib.resources.readers import ZipReader
        return ZipReader(self, fullname)

    def invalidate_caches(self):
        """Read what is in the archive again."""
        _zip_directory_cache.pop(self.archive, None)

    def __repr__(self):
        return f'<zipimporter object "{self.archive}/{self.prefix}">'


# ---- The format: APPNOTE.TXT of PKWARE, sections 4.3.7, 4.3.12, 4.3.14 to 4.3.16 ----


def _number(data, at, size):
    return int.from_bytes(data[at:at + size], "little")


def _find_end(f, archive):
    """(offset of the directory's end, the end record)."""
    try:
        size = f.seek(0, 2)
        start = max(size - _END_SIZE - _MAX_COMMENT, 0)
        f.seek(start)
        tail = f.read()
    except OSError:
        raise ZipImportError(f"can't read Zip file: {archive!r}", path=archive) from None
    at = tail.rfind(b"PK\5\6")
    if at < 0:
        raise ZipImportError(f"not a Zip file: {archive!r}", path=archive)
    if len(tail) - at < _END_SIZE:
        raise ZipImportError(f"corrupt Zip file: {archive!r}", path=archive)
    return start + at, tail[at:at + _END_SIZE]


def _wide_end(f, end, archive):
    """Zip64: (offset of its record, size and offset of the directory, entries), or None."""
    if end < 20:
        return None
    f.seek(end - 20)
    locator = f.read(20)
    if locator[:4] != b"PK\6\7":
        return None
    # Data before the archive moves everything; the record stands right before its locator.
    at = end - 20 - 56
    f.seek(max(at, 0))
    record = f.read(56)
    if at < 0 or record[:4] != b"PK\6\6":
        raise ZipImportError(f"corrupt Zip64 file: {archive!r}", path=archive)
    return at, _number(record, 40, 8), _number(record, 48, 8), _number(record, 32, 8)


def _wide_field(extra, numbers):
    """Numbers of an entry that did not fit stand in an extra field, in order."""
    while len(extra) >= 4:
        kind, size = _number(extra, 0, 2), _number(extra, 2, 2)
        if kind == 1:
            at = 4
            for i, n in enumerate(numbers):
                if n == 0xFFFFFFFF:
                    if at + 8 > 4 + size:
                        raise ZipImportError("corrupt zip64 extra field")
                    numbers[i] = _number(extra, at, 8)
                    at += 8
            break
        extra = extra[4 + size:]
    return numbers


def _read_directory(archive):
    """What is in a zip file: {name: (method, packed size, size, CRC, offset of the local header)}; folders that are implied: None."""
    try:
        f = open(archive, "rb")
    except OSError:
        raise ZipImportError(f"can't open Zip file: {archive!r}", path=archive) from None
    with f:
        end, record = _find_end(f, archive)
        size, offset, count = _number(record, 12, 4), _number(record, 16, 4), _number(record, 10, 2)
        wide = _wide_end(f, end, archive)
        if wide is not None:
            end, size, offset, count = wide
        if end < size:
            raise ZipImportError(f"bad central directory size: {archive!r}", path=archive)
        if end - size < offset:
            raise ZipImportError(f"bad central directory size or offset: {archive!r}", path=archive)
        before = end - size - offset  # bytes in front of the archive
        f.seek(end - size)
        return _parse_directory(f.read(size), before, count, archive)


def _from_cp437(raw):
    return "".join(chr(b) if b < 128 else _CP437[b - 128] for b in raw)


def _parse_directory(data, before, count, archive):
    files = {}
    at = 0
    for _ in range(count):
        if data[at:at + 4] != b"PK\1\2" or at + 46 > len(data):
            raise ZipImportError(f"bad central directory: {archive!r}", path=archive)
        name_end = at + 46 + _number(data, at + 28, 2)
        extra_end = name_end + _number(data, at + 30, 2)
        after = extra_end + _number(data, at + 32, 2)
        if after > len(data):
            raise ZipImportError(f"bad central directory: {archive!r}", path=archive)
        numbers = [_number(data, at + 24, 4), _number(data, at + 20, 4), _number(data, at + 42, 4)]
        size, packed, offset = _wide_field(data[name_end:extra_end], numbers)
        raw = data[at + 46:name_end]
        name = raw.decode() if _number(data, at + 8, 2) & 0x800 or raw.isascii() else _from_cp437(raw)
        files[name] = (_number(data, at + 10, 2), packed, size, _number(data, at + 16, 4), before + offset)
        at = after
    for name in list(files):
        while "/" in name.rstrip("/"):
            name = name.rstrip("/").rpartition("/")[0] + "/"
            if name in files:
                break
            files[name] = None
    return files


def _read_member(archive, entry):
    """The bytes of a file in an archive. ZipImportError: they are not what the directory says."""
    import zlib
    method, packed, size, crc, offset = entry
    with open(archive, "rb") as f:
        f.seek(offset)
        header = f.read(30)
        if len(header) != 30:
            raise EOFError("EOF read where not expected")
        if header[:4] != b"PK\3\4":
            raise ZipImportError(f"bad local file header: {archive!r}", path=archive)
        f.seek(offset + 30 + _number(header, 26, 2) + _number(header, 28, 2))
        data = f.read(packed)
    if len(data) != packed:
        raise OSError("zipimport: can't read data")
    if method == 8:
        try:
            data = zlib.decompress(data, -15, min(size, 1 << 20) or 1)
        except zlib.error as exc:
            raise ZipImportError(f"bad compressed data in {archive!r}: {exc}", path=archive) from None
    elif method != 0:
        raise ZipImportError(f"compression method {method} is not supported: {archive!r}", path=archive)
    if len(data) != size or zlib.crc32(data) != crc:
        raise ZipImportError(f"bad CRC-32 in {archive!r}", path=archive)
    return data
