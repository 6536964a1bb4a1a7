"""ZIP archives: list, read and write them, with files of any size. Compression is zlib's; bzip2 where bz2 is installed."""

import io
import os
import shutil
import stat
import struct
import sys
import threading
import time

from ._info import (CENTRAL, ENCRYPTED, LOCAL, LOCAL_MAGIC, METHOD_NAMES, PATCHED, STRONG, UTF8, WITH_DESCRIPTOR, ZIP64_LIMIT, ZIP_BZIP2, ZIP_DEFLATED,
                    ZIP_FILECOUNT_LIMIT, ZIP_LZMA, ZIP_MAX_COMMENT, ZIP_STORED, BadZipFile, LargeZipFile, ZipInfo, read_central)
from ._stream import Keys, Part, ZipExtFile, ZipWriteFile, check_compression

__all__ = ["BadZipFile", "BadZipfile", "error", "ZIP_STORED", "ZIP_DEFLATED", "ZIP_BZIP2", "ZIP_LZMA", "is_zipfile", "ZipInfo", "ZipFile",
           "PyZipFile", "LargeZipFile", "Path"]
error = BadZipfile = BadZipFile
compressor_names = METHOD_NAMES
for _cls in ZipInfo, ZipExtFile:
    _cls.__module__ = "zipfile"
del _cls

_END, _END64, _LOCATOR = struct.Struct("<4s4H2LH"), struct.Struct("<4sQ2H2L4Q"), struct.Struct("<4sLQL")


def __getattr__(name):
    if name in ("Path", "CompleteDirs", "_path"):
        from importlib import import_module # not `from . import`, which would ask here again
        module = import_module("zipfile._path")
        return module if name == "_path" else getattr(module, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


class _End:
    """The record at the end of an archive: how many files, where their directory is, the comment, and how many bytes stand before it all."""

    def __init__(self, file):
        size = file.seek(0, 2)
        tail = min(size, _END.size + ZIP_MAX_COMMENT)
        file.seek(size - tail)
        data = file.read(tail)
        at = len(data) - _END.size
        if at < 0 or data[at:at + 4] != b"PK\5\6" or data[-2:] != b"\0\0":
            at = data.rfind(b"PK\5\6")
            if at < 0 or at + _END.size > len(data):
                raise BadZipFile("File is not a zip file")
        row = _END.unpack_from(data, at)
        self.place = size - tail + at
        self.count, self.size, self.offset = row[4], row[5], row[6]
        self.comment = data[at + _END.size:at + _END.size + row[7]]
        self.end = self.place  # where the directory must end
        self._read64(file)

    def _read64(self, file):
        at = self.place - _LOCATOR.size
        if at < 0:
            return
        file.seek(at)
        magic, disk, _, disks = _LOCATOR.unpack(file.read(_LOCATOR.size))
        if magic != b"PK\6\7":
            return
        if disk != 0 or disks > 1:
            raise BadZipFile("zipfiles that span multiple disks are not supported")
        at -= _END64.size
        file.seek(max(at, 0))
        data = file.read(_END64.size)
        if len(data) != _END64.size or data[:4] != b"PK\6\6":
            return
        self.count, self.size, self.offset = _END64.unpack(data)[7:]
        self.end = at


def is_zipfile(filename):
    """Is it a ZIP archive? A path or an open file."""
    try:
        if hasattr(filename, "read"):
            place = filename.tell()
            try:
                _End(filename)
            finally:
                filename.seek(place)
        else:
            with open(filename, "rb") as file:
                _End(file)
        return True
    except (OSError, BadZipFile):
        return False


class _Tellable:
    """A stream that cannot tell where it is, counted."""

    def __init__(self, file):
        self.file, self.offset = file, 0

    def write(self, data):
        n = self.file.write(data)
        self.offset += n if n is not None else len(data)
        return n

    def tell(self):
        return self.offset

    def flush(self):
        self.file.flush()

    def close(self):
        self.file.close()


class ZipFile:
    """An archive: a path or an open file. mode: r, w, x, or a to add files; where files go of which nothing else is said: compression."""

    fp = None

    def __init__(self, file, mode="r", compression=ZIP_STORED, allowZip64=True, compresslevel=None, *, strict_timestamps=True,
                 metadata_encoding=None):
        if mode not in ("r", "w", "x", "a"):
            raise ValueError("ZipFile requires mode 'r', 'w', 'x', or 'a'")
        check_compression(compression)
        self._allowZip64, self.compression, self.compresslevel = allowZip64, compression, compresslevel
        self._strict_timestamps, self.metadata_encoding = strict_timestamps, metadata_encoding
        if metadata_encoding and mode != "r":
            raise ValueError("metadata_encoding is only supported for reading files")
        self.debug, self._comment, self.pwd, self.mode = 0, b"", None, mode
        self.NameToInfo, self.filelist = {}, []
        self._did_modify = self._writer = False
        self._lock, self._users, self._seekable = threading.RLock(), 1, True
        self._open(file, mode)
        try:
            self._begin(mode)
        except BaseException:
            fp, self.fp = self.fp, None
            self._close_file(fp)
            raise

    def _open(self, file, mode):
        file = os.fspath(file) if hasattr(file, "__fspath__") else file
        self._own = isinstance(file, str)
        if not self._own:
            self.fp, self.filename = file, getattr(file, "name", None)
            return
        self.filename = file
        for kind in {"r": ("rb",), "w": ("w+b", "wb"), "x": ("x+b", "xb"), "a": ("r+b", "w+b", "wb")}[mode]:
            try:
                self.fp = io.open(file, kind)
                return
            except FileExistsError:
                raise
            except OSError:
                if kind in ("rb", "wb", "xb"):
                    raise

    def _begin(self, mode):
        if mode == "r":
            self._read_directory()
            return
        if mode == "a":
            try:
                self._read_directory()
                self.fp.seek(self.start_dir)
            except BadZipFile: # something else, which the archive then stands behind
                self.fp.seek(0, 2)
                self._did_modify = True
                self.start_dir = self.fp.tell()
            return
        self._did_modify = True
        try:
            self.start_dir = self.fp.tell()
        except (AttributeError, OSError):
            self.fp = _Tellable(self.fp)
            self.start_dir = 0
            self._seekable = False
            return
        try:
            self.fp.seek(self.start_dir)
        except (AttributeError, OSError):
            self._seekable = False

    def _read_directory(self):
        fp = self.fp
        try:
            end = _End(fp)
        except OSError:
            raise BadZipFile("File is not a zip file") from None
        self._comment = end.comment
        before = end.end - end.size - end.offset  # bytes of something else before the archive
        self.start_dir = end.offset + before
        if self.start_dir < 0:
            raise BadZipFile("Bad offset for central directory")
        fp.seek(self.start_dir)
        data = fp.read(end.size)
        at = 0
        while at < end.size:
            info, at = read_central(data, at, self.metadata_encoding)
            info.header_offset += before
            self.filelist.append(info)
            self.NameToInfo[info.filename] = info
        stop = self.start_dir
        for info in sorted(self.filelist, key=lambda info: info.header_offset, reverse=True):
            info._end_offset = stop
            stop = info.header_offset

    def __enter__(self):
        return self

    def __exit__(self, type, value, traceback):
        self.close()

    def __repr__(self):
        parts = [f"<{self.__class__.__module__}.{self.__class__.__qualname__}"]
        if self.fp is not None:
            if self._own:
                parts.append(f" filename={self.filename!r}")
            else:
                parts.append(f" file={self.fp!r}" + (f" filename={self.filename!r}" if self.filename is not None else ""))
            parts.append(f" mode={self.mode!r}")
        else:
            parts.append(" [closed]")
        return "".join(parts) + ">"

    # What is in it

    def namelist(self):
        """The names."""
        return [info.filename for info in self.filelist]

    def infolist(self):
        """The descriptions, as ZipInfo."""
        return self.filelist

    def getinfo(self, name):
        """The description of this file; KeyError without it."""
        info = self.NameToInfo.get(name)
        if info is None:
            raise KeyError(f"There is no item named {name!r} in the archive")
        return info

    def printdir(self, file=None):
        """Print a table of the files."""
        print("%-46s %19s %12s" % ("File Name", "Modified    ", "Size"), file=file)
        for info in self.filelist:
            print("%-46s %s %12d" % (info.filename, "%d-%02d-%02d %02d:%02d:%02d" % info.date_time[:6], info.file_size), file=file)

    def testzip(self):
        """The name of the first file whose checksum is wrong, or None."""
        for info in self.filelist:
            try:
                with self.open(info.filename, "r") as file:
                    while file.read(1 << 20):
                        pass
            except BadZipFile:
                return info.filename
        return None

    @property
    def comment(self):
        """The archive's comment, in bytes."""
        return self._comment

    @comment.setter
    def comment(self, comment):
        if not isinstance(comment, bytes):
            raise TypeError(f"comment: expected bytes, got {type(comment).__name__}")
        if len(comment) > ZIP_MAX_COMMENT:
            import warnings
            warnings.warn("Archive comment is too long; truncating to %d bytes" % ZIP_MAX_COMMENT, stacklevel=2)
            comment = comment[:ZIP_MAX_COMMENT]
        self._comment = comment
        self._did_modify = True

    # Read

    def setpassword(self, pwd):
        """The password of encrypted files, in bytes."""
        if pwd and not isinstance(pwd, bytes):
            raise TypeError(f"pwd: expected bytes, got {type(pwd).__name__}")
        self.pwd = pwd or None

    def read(self, name, pwd=None):
        """All bytes of a file."""
        with self.open(name, "r", pwd) as file:
            return file.read()

    def open(self, name, mode="r", pwd=None, *, force_zip64=False):
        """A file of the archive as a stream. mode: r or w."""
        if mode not in ("r", "w"):
            raise ValueError('open() requires mode "r" or "w"')
        if pwd and mode == "w":
            raise ValueError("pwd is only supported for reading files")
        if not self.fp:
            raise ValueError("Attempt to use ZIP archive that was already closed")
        if isinstance(name, ZipInfo):
            info = name
        elif mode == "w":
            info = ZipInfo(name)
            info.compress_type, info.compress_level = self.compression, self.compresslevel
        else:
            info = self.getinfo(name)
        if mode == "w":
            return self._open_to_write(info, force_zip64)
        if self._writer:
            raise ValueError("Can't read from the ZIP file while there is an open writing handle on it. Close the writing handle before trying "
                             "to read.")
        with self._lock:
            part = self._data_of(info)
            unlock = (lambda: self._keys_of(info, pwd, part)) if info.flag_bits & ENCRYPTED else lambda: None
            file = ZipExtFile(self, part, mode + "b", info, unlock)
            self._users += 1
        return file

    def _data_of(self, info):
        """Where the file's bytes are, behind its own header."""
        self.fp.seek(info.header_offset)
        head = self.fp.read(LOCAL.size)
        if len(head) != LOCAL.size:
            raise BadZipFile("Truncated file header")
        row = LOCAL.unpack(head)
        if row[0] != LOCAL_MAGIC:
            raise BadZipFile("Bad magic number for file header")
        name = self.fp.read(row[10])
        if info.flag_bits & PATCHED:
            raise NotImplementedError("compressed patched data (flag bit 5)")
        if info.flag_bits & STRONG:
            raise NotImplementedError("strong encryption (flag bit 6)")
        text = name.decode("utf-8" if row[3] & UTF8 else self.metadata_encoding or "cp437")
        if text != info.orig_filename:
            raise BadZipFile(f"File name in directory {info.orig_filename!r} and header {name!r} differ.")
        at = info.header_offset + LOCAL.size + row[10] + row[11]
        if info._end_offset is not None and at + info.compress_size > info._end_offset:
            raise BadZipFile(f"Overlapped entries: {info.orig_filename!r} (possible zip bomb)")
        return Part(self, at, info.compress_size)

    def _keys_of(self, info, pwd, part):
        pwd = pwd or self.pwd
        if pwd and not isinstance(pwd, bytes):
            raise TypeError(f"pwd: expected bytes, got {type(pwd).__name__}")
        if not pwd:
            raise RuntimeError(f"File {info.filename!r} is encrypted, password required for extraction")
        keys = Keys(pwd)
        last = keys.decrypt(part.read(12))[11]
        if last != (info._raw_time >> 8 & 0xFF if info.flag_bits & WITH_DESCRIPTOR else info.CRC >> 24 & 0xFF):
            raise RuntimeError(f"Bad password for file {info.filename!r}")
        return keys

    def extract(self, member, path=None, pwd=None):
        """Write a file of the archive below path (the working folder); gives where. Parts like .. and a leading / are left out."""
        return self._extract(member, os.getcwd() if path is None else os.fspath(path), pwd)

    def extractall(self, path=None, members=None, pwd=None):
        """Write all files, or these."""
        path = os.getcwd() if path is None else os.fspath(path)
        for member in self.namelist() if members is None else members:
            self._extract(member, path, pwd)

    def _extract(self, member, path, pwd):
        info = member if isinstance(member, ZipInfo) else self.getinfo(member)
        name = os.path.splitdrive(info.filename.replace("/", os.path.sep))[1]
        parts = [part for part in name.split(os.path.sep) if part not in ("", os.curdir, os.pardir)]
        target = os.path.normpath(os.path.join(path, *parts))
        if not parts and not info.is_dir():
            raise ValueError("Empty filename.")
        folder = target if info.is_dir() else os.path.dirname(target)
        if folder:
            os.makedirs(folder, exist_ok=True)
        if not info.is_dir():
            with self.open(info, pwd=pwd) as source, open(target, "wb") as file:
                shutil.copyfileobj(source, file)
        return target

    # Write

    def _writing(self):
        return self._writer

    def _check_new(self, info):
        if info.filename in self.NameToInfo:
            import warnings
            warnings.warn(f"Duplicate name: {info.filename!r}", stacklevel=4)
        if self.mode not in ("w", "x", "a"):
            raise ValueError("write() requires mode 'w', 'x', or 'a'")
        if not self.fp:
            raise ValueError("Attempt to write ZIP archive that was already closed")
        check_compression(info.compress_type)
        if not self._allowZip64:
            for wrong, what in ((len(self.filelist) >= ZIP_FILECOUNT_LIMIT, "Files count"), (info.file_size > ZIP64_LIMIT, "Filesize"),
                                (info.header_offset > ZIP64_LIMIT, "Zipfile size")):
                if wrong:
                    raise LargeZipFile(what + " would require ZIP64 extensions")

    def _open_to_write(self, info, force_zip64):
        if force_zip64 and not self._allowZip64:
            raise ValueError("force_zip64 is True, but allowZip64 was False when opening the ZIP file.")
        if self._writer:
            raise ValueError("Can't write to the ZIP file while there is another write handle open on it. Close the first handle before opening "
                             "another.")
        info.compress_size = info.CRC = 0
        info.flag_bits = 0 if self._seekable else WITH_DESCRIPTOR
        if not info.external_attr:
            info.external_attr = 0o600 << 16
        zip64 = force_zip64 or info.file_size * 1.05 > ZIP64_LIMIT
        if not self._allowZip64 and zip64:
            raise LargeZipFile("Filesize would require ZIP64 extensions")
        if self._seekable:
            self.fp.seek(self.start_dir)
        info.header_offset = self.fp.tell()
        self._check_new(info)
        self._did_modify = True
        self.fp.write(info.FileHeader(zip64))
        self._writer = True
        return ZipWriteFile(self, info, zip64)

    def write(self, filename, arcname=None, compress_type=None, compresslevel=None):
        """Add a file of the disk, by the name arcname."""
        if not self.fp:
            raise ValueError("Attempt to write to ZIP archive that was already closed")
        if self._writer:
            raise ValueError("Can't write to ZIP archive while an open writing handle exists")
        info = ZipInfo.from_file(filename, arcname, strict_timestamps=self._strict_timestamps)
        if info.is_dir():
            self.mkdir(info)
            return
        info.compress_type = self.compression if compress_type is None else compress_type
        info.compress_level = self.compresslevel if compresslevel is None else compresslevel
        with open(filename, "rb") as source, self.open(info, "w") as target:
            shutil.copyfileobj(source, target, 1024 * 8)

    def writestr(self, zinfo_or_arcname, data, compress_type=None, compresslevel=None):
        """Add a file with these bytes, or this text in UTF-8."""
        if isinstance(data, str):
            data = data.encode("utf-8")
        if isinstance(zinfo_or_arcname, ZipInfo):
            info = zinfo_or_arcname
        else:
            info = ZipInfo(zinfo_or_arcname, time.localtime(time.time())[:6])
            info.compress_type, info.compress_level = self.compression, self.compresslevel
            info.external_attr = (0o40775 << 16) | 0x10 if info.is_dir() else 0o600 << 16
        if not self.fp:
            raise ValueError("Attempt to write to ZIP archive that was already closed")
        if self._writer:
            raise ValueError("Can't write to ZIP archive while an open writing handle exists.")
        if compress_type is not None:
            info.compress_type = compress_type
        if compresslevel is not None:
            info.compress_level = compresslevel
        info.file_size = len(data)
        with self._lock, self.open(info, "w") as target:
            target.write(data)

    def mkdir(self, zinfo_or_directory_name, mode=511):
        """Add a folder."""
        if isinstance(zinfo_or_directory_name, ZipInfo):
            info = zinfo_or_directory_name
            if not info.is_dir():
                raise ValueError("The given ZipInfo does not describe a directory")
        elif isinstance(zinfo_or_directory_name, str):
            info = ZipInfo(zinfo_or_directory_name.removesuffix("/") + "/")
            info.external_attr = (0o40000 | mode) << 16 | 0x10
        else:
            raise TypeError("Expected type str or ZipInfo")
        info.compress_size = info.file_size = info.CRC = 0
        with self._lock:
            if self._seekable:
                self.fp.seek(self.start_dir)
            info.header_offset = self.fp.tell()
            self._check_new(info)
            self._did_modify = True
            self.filelist.append(info)
            self.NameToInfo[info.filename] = info
            self.fp.write(info.FileHeader(False))
            self.start_dir = self.fp.tell()

    def _write_end(self):
        for info in self.filelist:
            self.fp.write(info._central_record())
        end = self.fp.tell()
        count, size, offset = len(self.filelist), end - self.start_dir, self.start_dir
        if count > ZIP_FILECOUNT_LIMIT or offset > ZIP64_LIMIT or size > ZIP64_LIMIT:
            if not self._allowZip64:
                what = "Files count" if count > ZIP_FILECOUNT_LIMIT else "Central directory offset" if offset > ZIP64_LIMIT else "Central directory size"
                raise LargeZipFile(what + " would require ZIP64 extensions")
            self.fp.write(_END64.pack(b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, offset) + _LOCATOR.pack(b"PK\6\7", 0, end, 1))
            count, size, offset = min(count, 0xFFFF), min(size, 0xFFFFFFFF), min(offset, 0xFFFFFFFF)
        self.fp.write(_END.pack(b"PK\5\6", 0, 0, count, count, size, offset, len(self._comment)) + self._comment)
        if self.mode == "a":
            self.fp.truncate()
        self.fp.flush()

    def close(self):
        """Write the directory if anything has changed, and close the file if the archive opened it."""
        if self.fp is None:
            return
        if self._writer:
            raise ValueError("Can't close the ZIP file while there is an open writing handle on it. Close the writing handle before closing the "
                             "zip.")
        try:
            if self.mode in ("w", "x", "a") and self._did_modify:
                with self._lock:
                    if self._seekable:
                        self.fp.seek(self.start_dir)
                    self._write_end()
        finally:
            fp, self.fp = self.fp, None
            self._last = fp
            self._release()

    __del__ = close

    def _release(self):
        """One user of the file less: streams may outlive the archive."""
        self._users -= 1
        if not self._users:
            self._close_file(self._last)

    def _close_file(self, fp):
        if self._own:
            fp.close()


class PyZipFile(ZipFile):
    """An archive of compiled modules: not written."""

    def __init__(self, *args, **kwargs):
        raise NotImplementedError("zipfile.PyZipFile")


def main(args=None):
    """krait -m zipfile -l | -t | -e | -c ..."""
    import argparse
    parser = argparse.ArgumentParser(description="A simple command-line interface for zipfile module.")
    group = parser.add_mutually_exclusive_group(required=True)
    group.add_argument("-l", "--list", metavar="<zipfile>", help="Show listing of a zipfile")
    group.add_argument("-e", "--extract", nargs=2, metavar=("<zipfile>", "<output_dir>"), help="Extract zipfile into target dir")
    group.add_argument("-c", "--create", nargs="+", metavar=("<name>", "<file>"), help="Create zipfile from sources")
    group.add_argument("-t", "--test", metavar="<zipfile>", help="Test if a zipfile is valid")
    parser.add_argument("--metadata-encoding", metavar="<encoding>", help="Specify encoding of member names for -l, -e and -t")
    args = parser.parse_args(args)
    encoding = args.metadata_encoding
    if args.test is not None:
        with ZipFile(args.test, "r", metadata_encoding=encoding) as archive:
            bad = archive.testzip()
        if bad:
            print(f"The following enclosed file is corrupted: {bad!r}")
        print("Done testing")
    elif args.list is not None:
        with ZipFile(args.list, "r", metadata_encoding=encoding) as archive:
            archive.printdir()
    elif args.extract is not None:
        with ZipFile(args.extract[0], "r", metadata_encoding=encoding) as archive:
            archive.extractall(args.extract[1])
    else:
        if encoding:
            print("Non-conforming encodings not supported with -c.", file=sys.stderr)
            sys.exit(1)
        with ZipFile(args.create.pop(0), "w") as archive:
            for path in args.create:
                _add(archive, path, os.path.basename(path) or os.path.basename(os.path.dirname(path)))


def _add(archive, path, name):
    if os.path.isfile(path):
        archive.write(path, name, ZIP_DEFLATED)
    elif os.path.isdir(path):
        if name and name not in (os.curdir, os.pardir):
            archive.write(path, name)
        for entry in sorted(os.listdir(path)):
            _add(archive, os.path.join(path, entry), os.path.join("" if name in (os.curdir, os.pardir) else name, entry))
