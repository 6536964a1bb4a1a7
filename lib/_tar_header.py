"""The headers of tar archives: POSIX.1-1988 (ustar), GNU's, and POSIX.1-2001 (pax), as TarInfo and as bytes."""

import copy
import stat
import struct

__name__ = "tarfile"  # where its names belong

BLOCKSIZE, RECORDSIZE = 512, 512 * 20
USTAR_FORMAT, GNU_FORMAT, PAX_FORMAT = 0, 1, 2
DEFAULT_FORMAT = PAX_FORMAT
REGTYPE, AREGTYPE, LNKTYPE, SYMTYPE, CHRTYPE, BLKTYPE, DIRTYPE, FIFOTYPE, CONTTYPE = b"0", b"\0", b"1", b"2", b"3", b"4", b"5", b"6", b"7"
GNUTYPE_LONGNAME, GNUTYPE_LONGLINK, GNUTYPE_SPARSE = b"L", b"K", b"S"
XHDTYPE, XGLTYPE, SOLARIS_XHDTYPE = b"x", b"g", b"X"
REGULAR_TYPES = REGTYPE, AREGTYPE, CONTTYPE, GNUTYPE_SPARSE
GNU_TYPES = GNUTYPE_LONGNAME, GNUTYPE_LONGLINK, GNUTYPE_SPARSE
SUPPORTED_TYPES = (*REGULAR_TYPES, LNKTYPE, SYMTYPE, CHRTYPE, BLKTYPE, DIRTYPE, FIFOTYPE, GNUTYPE_LONGNAME, GNUTYPE_LONGLINK)
PAX_FIELDS = "path", "linkpath", "size", "mtime", "uid", "gid", "uname", "gname"
PAX_NUMBER_FIELDS = {"atime": float, "ctime": float, "mtime": float, "uid": int, "gid": int, "size": int}
_POSIX_MAGIC, _GNU_MAGIC = b"ustar\x0000", b"ustar  \0"
_LAYOUT = struct.Struct("100s8s8s8s12s12s8sc100s8s32s32s8s8s155s12x")


class TarError(Exception):
    """What goes wrong with a tar archive."""


class HeaderError(TarError):
    """A header that is none."""


class EmptyHeaderError(HeaderError):
    """No bytes."""


class TruncatedHeaderError(HeaderError):
    """Too few bytes."""


class EOFHeaderError(HeaderError):
    """Zeros: the end of the archive."""


class InvalidHeaderError(HeaderError):
    """Something else."""


class SubsequentHeaderError(HeaderError):
    """A header that belongs to the one before is missing or wrong."""


def stn(text, size, encoding, errors):
    """The field of a text."""
    if text is None:
        raise ValueError("metadata cannot contain None")
    data = text.encode(encoding, errors)[:size]
    return data + bytes(size - len(data))


def nts(data, encoding, errors):
    """The text of a field, which ends at the first zero byte."""
    return data.partition(b"\0")[0].decode(encoding, errors)


def nti(data):
    """The number of a field: octal digits, or GNU's base 256."""
    if data[0] in (0o200, 0o377):
        number = int.from_bytes(data[1:], "big")
        return number - 256 ** (len(data) - 1) if data[0] == 0o377 else number
    try:
        return int(nts(data, "ascii", "strict").strip() or "0", 8)
    except ValueError:
        raise InvalidHeaderError("invalid header") from None


def itn(number, digits=8, format=DEFAULT_FORMAT):
    """The field of a number."""
    number = int(number)
    if 0 <= number < 8 ** (digits - 1):
        return b"%0*o\0" % (digits - 1, number)
    if format == GNU_FORMAT and -256 ** (digits - 1) <= number < 256 ** (digits - 1):
        return bytes([0o200 if number >= 0 else 0o377]) + (number % 256 ** (digits - 1)).to_bytes(digits - 1, "big")
    raise ValueError("overflow in number field")


def calc_chksums(buf):
    """The sum of a header's bytes, its own field as spaces; with the bytes signed too, as old programs have it."""
    rest = buf[:148] + buf[156:512]
    unsigned = 256 + sum(rest)
    return unsigned, unsigned - 256 * sum(byte > 127 for byte in rest)


def _padded(data):
    return data + bytes(-len(data) % BLOCKSIZE)


class TarInfo:
    """What an archive says about a file. mtime in seconds; type one of the one-byte constants."""

    __slots__ = ("name", "mode", "uid", "gid", "size", "mtime", "chksum", "type", "linkname", "uname", "gname", "devmajor", "devminor", "offset",
                 "offset_data", "pax_headers", "sparse", "_tarfile", "_link_target")

    def __init__(self, name=""):
        self.name, self.linkname, self.uname, self.gname = name, "", "", ""
        self.mode, self.uid, self.gid, self.size, self.mtime, self.chksum = 0o644, 0, 0, 0, 0, 0
        self.type, self.devmajor, self.devminor, self.offset, self.offset_data = REGTYPE, 0, 0, 0, 0
        self.sparse = self._tarfile = self._link_target = None
        self.pax_headers = {}

    @property
    def tarfile(self):
        """The archive; deprecated."""
        import warnings
        warnings.warn("The undocumented \"tarfile\" attribute of TarInfo objects is deprecated and will be removed in Python 3.16",
                      DeprecationWarning, stacklevel=2)
        return self._tarfile

    path = property(lambda self: self.name, lambda self, value: setattr(self, "name", value))
    linkpath = property(lambda self: self.linkname, lambda self, value: setattr(self, "linkname", value))

    def __repr__(self):
        return "<%s %r at %#x>" % (self.__class__.__name__, self.name, id(self))

    def replace(self, *, deep=True, _keep=object(), **changes):
        """A copy with other values: name, mtime, mode, linkname, uid, gid, uname, gname."""
        allowed = {"name", "mtime", "mode", "linkname", "uid", "gid", "uname", "gname"}
        if wrong := changes.keys() - allowed:
            raise TypeError(f"TarInfo.replace() got an unexpected keyword argument '{min(wrong)}'")
        result = copy.copy(self)
        if deep:
            result.pax_headers = dict(self.pax_headers)
        for name, value in changes.items():
            setattr(result, name, value)
        return result

    def isreg(self):
        """Is it a file?"""
        return self.type in REGULAR_TYPES

    isfile = isreg

    def isdir(self):
        """Is it a folder?"""
        return self.type == DIRTYPE

    def issym(self):
        """Is it a symbolic link?"""
        return self.type == SYMTYPE

    def islnk(self):
        """Is it a hard link?"""
        return self.type == LNKTYPE

    def ischr(self):
        """Is it a character device?"""
        return self.type == CHRTYPE

    def isblk(self):
        """Is it a block device?"""
        return self.type == BLKTYPE

    def isfifo(self):
        """Is it a FIFO?"""
        return self.type == FIFOTYPE

    def issparse(self):
        """Is it a file with holes?"""
        return self.sparse is not None

    def isdev(self):
        """Is it a device or a FIFO?"""
        return self.type in (CHRTYPE, BLKTYPE, FIFOTYPE)

    def get_info(self):
        """The values that go into a header."""
        info = {name: getattr(self, name) for name in ("name", "uid", "gid", "size", "mtime", "chksum", "type", "linkname", "uname", "gname", "devmajor",
                                                       "devminor")}
        info["mode"] = None if self.mode is None else self.mode & 0o7777
        if info["type"] == DIRTYPE and not info["name"].endswith("/"):
            info["name"] += "/"
        return info

    # To bytes

    def tobuf(self, format=DEFAULT_FORMAT, encoding="utf-8", errors="surrogateescape"):
        """The headers as bytes."""
        info = self.get_info()
        for name, value in info.items():
            if value is None:
                raise ValueError("%s may not be None" % name)
        if format == USTAR_FORMAT:
            return self.create_ustar_header(info, encoding, errors)
        if format == GNU_FORMAT:
            return self.create_gnu_header(info, encoding, errors)
        if format == PAX_FORMAT:
            return self.create_pax_header(info, encoding)
        raise ValueError("invalid format")

    def create_ustar_header(self, info, encoding, errors):
        """The header of 1988; ValueError for names that it has no room for."""
        if len(info["linkname"].encode(encoding, errors)) > 100:
            raise ValueError("linkname is too long")
        if len(info["name"].encode(encoding, errors)) > 100:
            info["prefix"], info["name"] = _split_name(info["name"], encoding, errors)
        return _header(info, USTAR_FORMAT, _POSIX_MAGIC, encoding, errors)

    def create_gnu_header(self, info, encoding, errors):
        """GNU's header, long names in entries of their own before it."""
        out = b""
        for name, kind in ("linkname", GNUTYPE_LONGLINK), ("name", GNUTYPE_LONGNAME):
            data = info[name].encode(encoding, errors)
            if len(data) > 100:
                long = {"name": "././@LongLink", "type": kind, "size": len(data) + 1}
                out += _header(long, USTAR_FORMAT, _GNU_MAGIC, encoding, errors) + _padded(data + b"\0")
        return out + _header(info, GNU_FORMAT, _GNU_MAGIC, encoding, errors)

    def create_pax_header(self, info, encoding):
        """The header of 2001: what the old one has no room for in an entry before it."""
        records = dict(self.pax_headers)
        for name, key, size in ("name", "path", 100), ("linkname", "linkpath", 100), ("uname", "uname", 32), ("gname", "gname", 32):
            if key not in records and (not info[name].isascii() or len(info[name]) > size):
                records[key] = info[name]
        for name, digits in ("uid", 8), ("gid", 8), ("size", 12), ("mtime", 12):
            value = info[name]
            fits = 0 <= int(value) < 8 ** (digits - 1)
            if not fits:
                info[name] = 0
            elif isinstance(value, float):
                info[name] = round(value)
            if (not fits or isinstance(value, float)) and name not in records:
                records[name] = str(value)
        before = pax_entry(records, XHDTYPE, encoding) if records else b""
        return before + _header(info, USTAR_FORMAT, _POSIX_MAGIC, "ascii", "replace")

    @classmethod
    def create_pax_global_header(cls, pax_headers):
        """An entry for all files behind it."""
        return pax_entry(pax_headers, XGLTYPE, "utf-8")

    # From bytes

    @classmethod
    def frombuf(cls, buf, encoding, errors):
        """The description in a header's 512 bytes. HeaderError: it is none."""
        if not buf:
            raise EmptyHeaderError("empty header")
        if len(buf) != BLOCKSIZE:
            raise TruncatedHeaderError("truncated header")
        if not buf.strip(b"\0"):
            raise EOFHeaderError("end of file header")
        row = _LAYOUT.unpack(buf)
        checksum = nti(row[6])
        if checksum not in calc_chksums(buf):
            raise InvalidHeaderError("bad checksum")
        info = cls()
        info.name = nts(row[0], encoding, errors)
        info.mode, info.uid, info.gid, info.size, info.mtime = map(nti, row[1:6])
        info.chksum, info.type = checksum, row[7]
        info.linkname, info.uname, info.gname = nts(row[8], encoding, errors), nts(row[10], encoding, errors), nts(row[11], encoding, errors)
        info.devmajor, info.devminor = nti(row[12]), nti(row[13])
        if info.type == AREGTYPE and info.name.endswith("/"): # before POSIX, there was no type for folders
            info.type = DIRTYPE
        if info.type == GNUTYPE_SPARSE:
            info._read_sparse(buf)
        if info.isdir():
            info.name = info.name.rstrip("/")
        prefix = nts(row[14], encoding, errors)
        if prefix and info.type not in GNU_TYPES:
            info.name = prefix + "/" + info.name
        return info

    def _read_sparse(self, buf):
        """GNU's old sparse files: up to four pieces, the real size, and whether blocks with more pieces follow."""
        self._link_target = None
        self.sparse = _pieces(buf, 386, 4), bool(buf[482]), nti(buf[483:495])


def _pieces(buf, at, count):
    pieces = []
    for i in range(count):
        row = buf[at + 24 * i:at + 24 * i + 24]
        try:
            offset, size = nti(row[:12]), nti(row[12:])
        except ValueError:
            break
        if offset or size:
            pieces.append((offset, size))
    return pieces


def more_pieces(buf):
    """The pieces in a block behind a sparse file's header, and whether another follows."""
    return _pieces(buf, 0, 21), bool(buf[504])


def _split_name(name, encoding, errors):
    """Prefix and name, split at a slash so that both fit."""
    parts = name.split("/")
    for i in range(1, len(parts)):
        prefix, rest = "/".join(parts[:i]), "/".join(parts[i:])
        if len(prefix.encode(encoding, errors)) <= 155 and len(rest.encode(encoding, errors)) <= 100:
            return prefix, rest
    raise ValueError("name is too long")


def _header(info, format, magic, encoding, errors):
    device = info.get("type") in (CHRTYPE, BLKTYPE)
    major, minor = (itn(info.get(name, 0), 8, format) if device else bytes(8) for name in ("devmajor", "devminor"))
    buf = b"".join((
        stn(info.get("name", ""), 100, encoding, errors), itn(info.get("mode", 0) & 0o7777, 8, format), itn(info.get("uid", 0), 8, format),
        itn(info.get("gid", 0), 8, format), itn(info.get("size", 0), 12, format), itn(info.get("mtime", 0), 12, format), b"        ",
        info.get("type", REGTYPE), stn(info.get("linkname", ""), 100, encoding, errors), magic,
        stn(info.get("uname", ""), 32, encoding, errors), stn(info.get("gname", ""), 32, encoding, errors), major, minor,
        stn(info.get("prefix", ""), 155, encoding, errors)))
    buf += bytes(BLOCKSIZE - len(buf))
    return buf[:148] + b"%06o\0" % calc_chksums(buf)[0] + buf[155:]


def pax_entry(records, kind, encoding):
    """The entry with these records: each `length key=value` and a newline. Names that are no Unicode: all as the bytes they are."""
    binary = any(not _is_unicode(value) for value in records.values())
    data = b"21 hdrcharset=BINARY\n" if binary else b""
    for key, value in records.items():
        row = key.encode("utf-8") + b"=" + (value.encode(encoding, "surrogateescape") if binary else value.encode("utf-8")) + b"\n"
        length = len(row) + 1
        while length != len(row) + 1 + len(str(length)):
            length = len(row) + 1 + len(str(length))
        data += b"%d " % length + row
    return _header({"name": "././@PaxHeader", "type": kind, "size": len(data)}, USTAR_FORMAT, _POSIX_MAGIC, "ascii", "replace") + _padded(data)


def _is_unicode(text):
    try:
        text.encode("utf-8", "strict")
    except UnicodeEncodeError:
        return False
    return True


def pax_records(data, encoding, errors):
    """The records of an entry, as (key, value) in order. HeaderError: it is damaged."""
    rows, at = [], 0
    while at < len(data) and data[at]:
        space = data.find(b" ", at, at + 20)
        if space < 0 or not data[at:space].isdigit():
            raise InvalidHeaderError("invalid header")
        length = int(data[at:space])
        row = data[space + 1:at + length - 1]
        if length < 5 or at + length > len(data) or data[at + length - 1] != 10 or b"=" not in row:
            raise InvalidHeaderError("invalid header")
        rows.append(row.partition(b"=")[::2])
        at += length
    binary = any(key == b"hdrcharset" and value == b"BINARY" for key, value in rows)
    out = []
    for key, value in rows:
        key = key.decode("utf-8", errors)
        out.append((key, value.decode(encoding, errors) if binary and key in ("path", "linkpath", "uname", "gname") else _decoded(value, encoding, errors)))
    return out


def _decoded(value, encoding, errors):
    try:
        return value.decode("utf-8", "strict")
    except UnicodeDecodeError:
        return value.decode(encoding, errors)


def type_of_mode(mode):
    """The type of a file by its st_mode; None for what an archive has no type for."""
    for test, kind in (stat.S_ISREG, REGTYPE), (stat.S_ISDIR, DIRTYPE), (stat.S_ISFIFO, FIFOTYPE), (stat.S_ISLNK, SYMTYPE), (stat.S_ISCHR, CHRTYPE), (
            stat.S_ISBLK, BLKTYPE):
        if test(mode):
            return kind
    return None
