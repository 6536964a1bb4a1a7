"""tar archives: list, read and write them, plain or compressed, from files or streams (krait -m tarfile)."""

import io
import os
import stat
import sys
import time

from _tar_extract import ExtractError, Extraction
from _tar_filter import (AbsoluteLinkError, AbsolutePathError, FilterError, LinkOutsideDestinationError, OutsideDestinationError,
                         SpecialFileError, data_filter, fully_trusted_filter, tar_filter)
from _tar_header import (AREGTYPE, BLKTYPE, BLOCKSIZE, CHRTYPE, CONTTYPE, DEFAULT_FORMAT, DIRTYPE, FIFOTYPE, GNU_FORMAT, GNUTYPE_LONGLINK,
                         GNUTYPE_LONGNAME, GNUTYPE_SPARSE, LNKTYPE, PAX_FIELDS, PAX_FORMAT, PAX_NUMBER_FIELDS, RECORDSIZE, REGTYPE, REGULAR_TYPES,
                         SOLARIS_XHDTYPE, SUPPORTED_TYPES, SYMTYPE, USTAR_FORMAT, XGLTYPE, XHDTYPE, EmptyHeaderError, EOFHeaderError, HeaderError,
                         InvalidHeaderError, SubsequentHeaderError, TarError, TarInfo, TruncatedHeaderError, calc_chksums, itn, more_pieces, nti, nts,
                         pax_records, stn, type_of_mode)
from _tar_stream import CompressionError, ExFileObject, Forward, ReadError, StreamError, compressing, kind_of

__all__ = ["TarFile", "TarInfo", "is_tarfile", "TarError", "ReadError", "CompressionError", "StreamError", "ExtractError", "HeaderError", "ENCODING",
           "USTAR_FORMAT", "GNU_FORMAT", "PAX_FORMAT", "DEFAULT_FORMAT", "open", "fully_trusted_filter", "data_filter", "tar_filter", "FilterError",
           "AbsoluteLinkError", "OutsideDestinationError", "SpecialFileError", "AbsolutePathError", "LinkOutsideDestinationError"]
ENCODING = "utf-8" if sys.platform == "win32" else sys.getfilesystemencoding()
NUL = b"\0"
LENGTH_NAME, LENGTH_LINK, LENGTH_PREFIX = 100, 100, 155
_unset = object()


class TarFile(Extraction):
    """An archive. Its class attributes are the defaults of the arguments of the same names."""

    debug, dereference, ignore_zeros, errorlevel, format = 0, False, False, 1, DEFAULT_FORMAT
    encoding, errors, tarinfo, fileobject, extraction_filter = ENCODING, None, TarInfo, ExFileObject, None
    OPEN_METH = {"tar": "taropen", "gz": "gzopen", "bz2": "bz2open", "xz": "xzopen"}

    def __init__(self, name=None, mode="r", fileobj=None, format=None, tarinfo=None, dereference=None, ignore_zeros=None, encoding=None,
                 errors="surrogateescape", pax_headers=None, debug=None, errorlevel=None, copybufsize=None, stream=False):
        modes = {"r": "rb", "a": "r+b", "w": "wb", "x": "xb"}
        if mode not in modes:
            raise ValueError("mode must be 'r', 'a', 'w' or 'x'")
        self.mode, self._mode, self.stream = mode, modes[mode], stream
        if not fileobj:
            if mode == "a" and not os.path.exists(name):
                self.mode, self._mode = "w", "wb" # there is nothing to append to
            fileobj = io.open(name, self._mode)
            self._extfileobj = False
        else:
            if name is None and isinstance(getattr(fileobj, "name", None), (str, bytes)):
                name = fileobj.name
            self._mode = getattr(fileobj, "mode", self._mode)
            self._extfileobj = True
        self.name = os.path.abspath(name) if name else None
        self.fileobj = fileobj
        given = dict(format=format, tarinfo=tarinfo, dereference=dereference, ignore_zeros=ignore_zeros, encoding=encoding, debug=debug,
                     errorlevel=errorlevel)
        for key, value in given.items():
            if value is not None:
                setattr(self, key, value)
        self.errors, self.copybufsize = errors, copybufsize
        self.pax_headers = dict(pax_headers) if pax_headers is not None and self.format == PAX_FORMAT else {}
        self.closed, self.members, self._loaded, self.inodes = False, [], False, {}
        self.firstmember = None
        self.offset = fileobj.tell()
        try:
            self._begin()
        except BaseException:
            if not self._extfileobj:
                fileobj.close()
            self.closed = True
            raise

    def _begin(self):
        if self.mode == "r":
            self.firstmember = self.next()
        elif self.mode == "a":
            while True: # to the end of the files, where the next one goes
                self.fileobj.seek(self.offset)
                try:
                    self.members.append(self._read_member())
                except EOFHeaderError:
                    self.fileobj.seek(self.offset)
                    break
                except HeaderError as e:
                    raise ReadError(str(e)) from None
        else:
            self._loaded = True
            if self.pax_headers:
                buf = self.tarinfo.create_pax_global_header(self.pax_headers.copy())
                self.fileobj.write(buf)
                self.offset += len(buf)

    # Open: one function for each way

    @classmethod
    def open(cls, name=None, mode="r", fileobj=None, bufsize=RECORDSIZE, **kwargs):
        """An archive. mode: r (compressed or not), r:gz, r:, a:, w:, x:, w:gz ..., and with | instead of : for streams that cannot seek."""
        if not name and not fileobj:
            raise ValueError("nothing to open")
        if mode in ("r", "r:*"):
            return cls._open_any(name, fileobj, kwargs)
        if ":" in mode:
            action, kind = mode.split(":", 1)
            action, kind = action or "r", kind or "tar"
            if kind not in cls.OPEN_METH:
                raise CompressionError("unknown compression type %r" % kind)
            return getattr(cls, cls.OPEN_METH[kind])(name, action, fileobj, **kwargs)
        if "|" in mode:
            action, kind = mode.split("|", 1)
            return cls._open_stream(name, action or "r", kind or "tar", fileobj, kwargs)
        if mode in ("a", "w", "x"):
            return cls.taropen(name, mode, fileobj, **kwargs)
        raise ValueError("undiscernible mode")

    @classmethod
    def _open_any(cls, name, fileobj, kwargs):
        place = fileobj.tell() if fileobj is not None else None
        tried = []
        for kind in sorted(cls.OPEN_METH, key=lambda kind: kind == "tar"):
            try:
                return getattr(cls, cls.OPEN_METH[kind])(name, "r", fileobj, **kwargs)
            except (ReadError, CompressionError) as e:
                tried.append(f"- method {kind}: {e!r}")
                if fileobj is not None:
                    fileobj.seek(place)
        raise ReadError("file could not be opened successfully:\n" + "\n".join(tried))

    @classmethod
    def _open_stream(cls, name, mode, kind, fileobj, kwargs):
        if mode not in ("r", "w"):
            raise ValueError("mode must be 'r' or 'w'")
        if "compresslevel" in kwargs and kind not in ("gz", "bz2"):
            raise ValueError("compresslevel is only valid for w|gz and w|bz2 modes")
        level, preset = kwargs.pop("compresslevel", None), kwargs.pop("preset", None)
        if kind not in ("*", *cls.OPEN_METH):
            raise CompressionError("unknown compression type %r" % kind)
        own = fileobj is None
        below = io.open(name, mode + "b") if own else fileobj
        head = b""
        try:
            if mode == "r" and kind == "*":
                while len(head) < 10 and (data := below.read(10 - len(head))):
                    head += data
                kind = kind_of(head)
            source = Forward(below, head)
            if kind != "tar":
                source = Forward(compressing(kind, mode, source, name if isinstance(name, str) else "", level, preset))
            archive = cls(name, mode, source, **kwargs)
        except BaseException as e:
            if own:
                below.close()
            if isinstance(e, (EOFError, OSError)) and mode == "r" and not isinstance(e, FileNotFoundError):
                raise ReadError("not a %s file" % kind) from e
            raise
        archive._extfileobj = True
        archive._streams = ([source] if kind != "tar" else []) + ([below] if own else [])
        return archive

    @classmethod
    def taropen(cls, name, mode="r", fileobj=None, **kwargs):
        """An archive that is not compressed."""
        if mode not in ("r", "a", "w", "x"):
            raise ValueError("mode must be 'r', 'a', 'w' or 'x'")
        return cls(name, mode, fileobj, **kwargs)

    @classmethod
    def _open_compressed(cls, kind, name, mode, fileobj, level, preset, kwargs):
        if mode not in ("r", "w", "x"):
            raise ValueError("mode must be 'r', 'w' or 'x'")
        below = fileobj if fileobj is not None else io.open(name, mode + "b")
        if name is None and isinstance(getattr(below, "name", None), (str, bytes)):
            name = below.name
        try:
            stream = compressing(kind, mode, below, name if isinstance(name, str) else "", level, preset)
            try:
                archive = cls.taropen(name, mode, stream, **kwargs)
            except (OSError, EOFError) as e:
                if mode == "r":
                    raise ReadError({"gz": "not a gzip file", "bz2": "not a bzip2 file", "xz": "not an lzma file"}[kind]) from e
                raise
        except BaseException:
            if fileobj is None:
                below.close()
            raise
        archive._streams = [stream] + ([below] if fileobj is None else [])
        return archive

    @classmethod
    def gzopen(cls, name, mode="r", fileobj=None, compresslevel=9, **kwargs):
        """An archive compressed with gzip."""
        return cls._open_compressed("gz", name, mode, fileobj, compresslevel, None, kwargs)

    @classmethod
    def bz2open(cls, name, mode="r", fileobj=None, compresslevel=9, **kwargs):
        """An archive compressed with bzip2."""
        return cls._open_compressed("bz2", name, mode, fileobj, compresslevel, None, kwargs)

    @classmethod
    def xzopen(cls, name, mode="r", fileobj=None, preset=None, **kwargs):
        """An archive compressed with xz."""
        return cls._open_compressed("xz", name, mode, fileobj, None, preset, kwargs)

    _streams = ()

    def close(self):
        """Write the end of the archive, and close what it opened."""
        if self.closed:
            return
        self.closed = True
        try:
            if self.mode in ("a", "w", "x"):
                self.fileobj.write(bytes(2 * BLOCKSIZE))
                self.offset += 2 * BLOCKSIZE
                if self.offset % RECORDSIZE:
                    self.fileobj.write(bytes(RECORDSIZE - self.offset % RECORDSIZE))
        finally:
            if not self._extfileobj:
                self.fileobj.close()
            for stream in self._streams:
                stream.close()

    def __enter__(self):
        self._check()
        return self

    def __exit__(self, type, value, traceback):
        if type is None:
            self.close()
            return
        self.closed = True # the archive is not whole: without an end
        if not self._extfileobj:
            self.fileobj.close()
        for stream in self._streams:
            stream.close()

    def _check(self, modes=None):
        if self.closed:
            raise OSError("%s is closed" % self.__class__.__name__)
        if modes is not None and self.mode not in modes:
            raise OSError("bad operation for mode %r" % self.mode)

    # What is in it

    def __iter__(self):
        if self._loaded:
            yield from self.members
            return
        if self.firstmember is not None:
            member = self.next()
            index = 1
            yield member
        else:
            index = 0
        while True:
            if index < len(self.members):
                member = self.members[index]
            elif self._loaded or not (member := self.next()):
                self._loaded = True
                return
            index += 1
            yield member

    def getmembers(self):
        """The descriptions of all files."""
        self._check()
        if not self._loaded:
            while self.next() is not None:
                pass
            self._loaded = True
        return self.members

    def getnames(self):
        """The names of all files."""
        return [member.name for member in self.getmembers()]

    def getmember(self, name):
        """The description of the last file of this name; KeyError without one."""
        member = self._find(name.rstrip("/"))
        if member is None:
            raise KeyError("filename %r not found" % name)
        return member

    def _find(self, name, before=None):
        members = self.getmembers()
        if before is not None:
            members = members[:members.index(before)] if before in members else members
        for member in reversed(members):
            if os.path.normpath(member.name) == os.path.normpath(name) if before is not None else member.name == name:
                return member
        return None

    def list(self, verbose=True, *, members=None):
        """Print a table of the files, or of these."""
        self._check()
        for member in self if members is None else members:
            words = []
            if verbose:
                words.append("??????????" if member.mode is None else stat.filemode(member.mode))
                words.append(f"{member.uname or member.uid}/{member.gname or member.gid}")
                size = f"{member.devmajor},{member.devminor}" if member.ischr() or member.isblk() else str(member.size)
                words.append("%10s" % size)
                words.append("????-??-?? ??:??:??" if member.mtime is None else "%d-%02d-%02d %02d:%02d:%02d" % time.localtime(member.mtime)[:6])
            words.append(member.name + ("/" if member.isdir() else ""))
            if verbose and member.issym():
                words.append("-> " + member.linkname)
            if verbose and member.islnk():
                words.append("link to " + member.linkname)
            line = " ".join(words) + " "
            print(line.encode(sys.stdout.encoding or "ascii", "backslashreplace").decode(sys.stdout.encoding or "ascii"))

    def next(self):
        """The description of the next file; None at the end."""
        self._check("ra")
        if self.firstmember is not None:
            member, self.firstmember = self.firstmember, None
            return member
        if self.offset != self.fileobj.tell():
            if self.offset == 0:
                return None
            self.fileobj.seek(self.offset - 1)
            if not self.fileobj.read(1):
                raise ReadError("unexpected end of data")
        member = self._next_header()
        if member is None:
            self._loaded = True
        elif not self.stream or self.mode == "r" and not self.stream:
            self.members.append(member)
        return member

    def _next_header(self):
        while True:
            try:
                return self._read_member()
            except EOFHeaderError:
                if self.ignore_zeros:
                    self.offset += BLOCKSIZE
                    continue
                return None
            except InvalidHeaderError as e:
                if self.ignore_zeros:
                    self.offset += BLOCKSIZE
                    continue
                if self.offset == 0:
                    raise ReadError(str(e)) from None
                return None
            except EmptyHeaderError:
                if self.offset == 0:
                    raise ReadError("empty file") from None
                return None
            except TruncatedHeaderError as e:
                if self.offset == 0:
                    raise ReadError(str(e)) from None
                return None
            except SubsequentHeaderError as e:
                raise ReadError(str(e)) from None
            except (OSError, EOFError, ValueError) as e:
                if type(e).__name__ == "error" or isinstance(e, (EOFError,)): # of zlib
                    raise ReadError("unexpected end of data") from e
                raise

    def _read_member(self):
        """The description at the offset, with what entries before it say. Where that fails, the offset stays."""
        offset = self.offset
        try:
            return self._read_entries(offset)
        except HeaderError:
            self.offset = offset
            raise

    def _read_entries(self, offset):
        records, long, shared = {}, {}, False
        while True:
            self.fileobj.seek(self.offset)
            try:
                info = self.tarinfo.frombuf(self.fileobj.read(BLOCKSIZE), self.encoding, self.errors)
            except HeaderError as e:
                if records or long or shared:
                    if isinstance(e, EOFHeaderError) and not (records or long):
                        raise
                    raise SubsequentHeaderError(str(e)) from None
                raise
            data_at = self.offset + BLOCKSIZE
            if info.type not in (GNUTYPE_LONGNAME, GNUTYPE_LONGLINK, XHDTYPE, XGLTYPE, SOLARIS_XHDTYPE):
                break
            data = self.fileobj.read(_blocks(info.size))[:info.size]
            if len(data) < info.size:
                raise SubsequentHeaderError("missing or bad subsequent header")
            self.offset = data_at + _blocks(info.size)
            if info.type in (GNUTYPE_LONGNAME, GNUTYPE_LONGLINK):
                long["name" if info.type == GNUTYPE_LONGNAME else "linkname"] = nts(data, self.encoding, self.errors)
                continue
            rows = pax_records(data, self.encoding, self.errors)
            if info.type == XGLTYPE:
                self.pax_headers.update(rows)
                shared = True
            else:
                sparse = _sparse_rows(rows)
                records.update(rows)
                if sparse:
                    records["GNU.sparse.map"] = sparse
        return self._complete(info, offset, data_at, records, long)

    def _complete(self, info, offset, data_at, records, long):
        info.offset, info.offset_data, info._tarfile = offset, data_at, self
        for key, value in long.items():
            setattr(info, key, value)
        if info.isdir() and "name" in long:
            info.name = info.name.rstrip("/")
        if info.type == GNUTYPE_SPARSE:
            self._old_sparse(info)
        merged = {**self.pax_headers, **records}
        sizes = [value for key, value in merged.items() if key == "size"]
        stored = info.size
        for key, value in merged.items():
            if key == "GNU.sparse.name":
                info.name = value
            elif key in PAX_FIELDS:
                if key in PAX_NUMBER_FIELDS:
                    try:
                        value = PAX_NUMBER_FIELDS[key](value)
                    except ValueError:
                        value = 0
                setattr(info, "name" if key == "path" else "linkname" if key == "linkpath" else key, value.rstrip("/") if key == "path" else value)
        if merged:
            info.pax_headers = {key: value for key, value in merged.items()}
        if sizes:
            stored = info.size
        if info.type != GNUTYPE_SPARSE:
            self.offset = info.offset_data + (_blocks(stored) if info.isreg() or info.type not in SUPPORTED_TYPES else 0)
        if "GNU.sparse.name" in merged or "GNU.sparse.map" in merged or "GNU.sparse.realsize" in merged:
            self._new_sparse(info, merged)
        return info

    def _old_sparse(self, info):
        pieces, more, real = info.sparse
        while more:
            block = self.fileobj.read(BLOCKSIZE)
            added, more = more_pieces(block)
            pieces += added
            info.offset_data += BLOCKSIZE
        self.offset = info.offset_data + _blocks(info.size)
        info.sparse, info.size = pieces, real

    def _new_sparse(self, info, records):
        """GNU's sparse files in pax archives: the pieces are in the records (0.0, 0.1) or before the data (1.0)."""
        if records.get("GNU.sparse.major") == "1":
            self.fileobj.seek(info.offset_data)
            rows, numbers, count = b"", [], None
            while count is None or len(numbers) < 2 * count:
                block = self.fileobj.read(BLOCKSIZE)
                if not block:
                    raise ReadError("unexpected end of data")
                rows += block
                lines = rows.split(b"\n")
                count = int(lines[0])
                numbers = [int(line) for line in lines[1:-1][:2 * count]]
            info.offset_data += len(rows)
        else:
            numbers = [int(number) for number in records.get("GNU.sparse.map", "").split(",") if number]
        info.sparse = [*zip(numbers[::2], numbers[1::2])]
        info.size = int(records.get("GNU.sparse.realsize", records.get("GNU.sparse.size", info.size)))

    # Write

    def gettarinfo(self, name=None, arcname=None, fileobj=None):
        """The description of a file of the disk; None if an archive has no type for it."""
        self._check("awx")
        if fileobj is not None:
            name = fileobj.name
        arcname = os.path.splitdrive(os.fspath(name if arcname is None else arcname))[1].replace(os.sep, "/").lstrip("/")
        info = self.tarinfo()
        info._tarfile = self
        status = os.fstat(fileobj.fileno()) if fileobj is not None else os.stat(name) if self.dereference else os.lstat(name)
        info.type = type_of_mode(status.st_mode)
        if info.type is None:
            return None
        inode = status.st_ino, status.st_dev
        if info.type == REGTYPE:
            if not self.dereference and status.st_nlink > 1 and arcname != self.inodes.get(inode, arcname):
                info.type, info.linkname = LNKTYPE, self.inodes[inode]
            elif inode[0]:
                self.inodes[inode] = arcname
        elif info.type == SYMTYPE:
            info.linkname = os.readlink(name)
        info.name, info.mode, info.uid, info.gid, info.mtime = arcname, status.st_mode, status.st_uid, status.st_gid, status.st_mtime
        info.size = status.st_size if info.type == REGTYPE else 0
        info.uname, info.gname = _owner_names(info.uid, info.gid)
        if info.type in (CHRTYPE, BLKTYPE):
            info.devmajor, info.devminor = os.major(status.st_rdev), os.minor(status.st_rdev)
        return info

    def add(self, name, arcname=None, recursive=True, *, filter=None):
        """Add a file, or a folder with all that is in it. filter: a function from description to description or None."""
        self._check("awx")
        arcname = name if arcname is None else arcname
        if self.name is not None and os.path.abspath(name) == self.name:
            return # the archive itself
        info = self.gettarinfo(name, arcname)
        if info is None:
            return
        if filter is not None and (info := filter(info)) is None:
            return
        if info.isreg():
            with io.open(name, "rb") as file:
                self.addfile(info, file)
        else:
            self.addfile(info)
            if info.isdir() and recursive:
                for entry in sorted(os.listdir(name)):
                    self.add(os.path.join(name, entry), os.path.join(arcname, entry), recursive, filter=filter)

    def addfile(self, tarinfo, fileobj=None):
        """Add a description, and of a file its bytes, which fileobj gives."""
        self._check("awx")
        if fileobj is None and tarinfo.isreg() and tarinfo.size != 0:
            raise ValueError("fileobj not provided for non zero-size regular file")
        info = tarinfo.replace()
        buf = info.tobuf(self.format, self.encoding, self.errors)
        self.fileobj.write(buf)
        self.offset += len(buf)
        if fileobj is not None:
            self._copy(fileobj, self.fileobj, info.size, OSError)
            rest = -info.size % BLOCKSIZE
            self.fileobj.write(bytes(rest))
            self.offset += info.size + rest
        if not self.stream:
            self.members.append(info)

    def _copy(self, source, target, size, error):
        while size:
            data = source.read(min(size, self.copybufsize or 16 * 1024))
            if not data:
                raise error("unexpected end of data")
            target.write(data)
            size -= len(data)

    # Extract

    def extractfile(self, member):
        """A file inside as a stream of bytes; None for what is no file, nor a link to one."""
        self._check("r")
        info = self.getmember(member) if isinstance(member, str) else member
        if info.isreg() or info.type not in SUPPORTED_TYPES:
            return self.fileobject(self, info)
        if info.islnk() or info.issym():
            if isinstance(self.fileobj, Forward):
                raise StreamError("cannot extract (sym)link as file object")
            return self.extractfile(self._link_target(info))
        return None

    def _link_target(self, info):
        if info.issym():
            name = "/".join(filter(None, (os.path.dirname(info.name), info.linkname)))
            found = self._find(os.path.normpath(name))
        else:
            found = self._find(info.linkname, before=info)
        if found is None:
            raise KeyError("linkname %r not found" % (name if info.issym() else info.linkname))
        return found



open = TarFile.open


def _blocks(size):
    return -(-size // BLOCKSIZE) * BLOCKSIZE


def _sparse_rows(rows):
    """GNU's format 0.0 says the pieces in rows of the same names: as format 0.1 does, 'offset,size,...'."""
    return ",".join(value for key, value in rows if key in ("GNU.sparse.offset", "GNU.sparse.numbytes"))


def _owner_names(uid, gid):
    try:
        import grp
        import pwd
    except ImportError:
        return "", ""
    names = []
    for look_up, number in (pwd.getpwuid, uid), (grp.getgrgid, gid):
        try:
            names.append(look_up(number)[0])
        except KeyError:
            names.append("")
    return tuple(names)


def is_tarfile(name):
    """Is it an archive that can be opened? A path or an open file."""
    try:
        if hasattr(name, "read"):
            place = name.tell()
            archive = open(fileobj=name)
            name.seek(place)
        else:
            archive = open(name)
        archive.close()
        return True
    except TarError:
        return False


def main():
    """krait -m tarfile -l | -t | -e | -c ..."""
    from _tar_command import main
    main()


if __name__ == "__main__":
    main()
