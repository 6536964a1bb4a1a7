"""What a ZIP archive says about a file in it, and the records that say it (APPNOTE.TXT 6.3, sections 4.3.7 and 4.3.12)."""

import os
import stat
import struct
import time

ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA = 0, 8, 12, 14
ZIP64_LIMIT, ZIP_FILECOUNT_LIMIT, ZIP_MAX_COMMENT = (1 << 31) - 1, (1 << 16) - 1, (1 << 16) - 1
METHOD_NAMES = {ZIP_STORED: "store", 1: "shrink", 2: "reduce", 3: "reduce", 4: "reduce", 5: "reduce", 6: "implode", 7: "tokenize",
                ZIP_DEFLATED: "deflate", 9: "deflate64", 10: "implode", ZIP_BZIP2: "bzip2", ZIP_LZMA: "lzma", 18: "terse", 19: "lz77", 97: "wavpack",
                98: "ppmd"}
LOCAL, CENTRAL = struct.Struct("<4s2B4HL2L2H"), struct.Struct("<4s4B4HL2L5H2L")
LOCAL_MAGIC, CENTRAL_MAGIC = b"PK\3\4", b"PK\1\2"
ENCRYPTED, WITH_DESCRIPTOR, PATCHED, STRONG, UTF8 = 0x1, 0x8, 0x20, 0x40, 0x800  # bits of the flags
_LARGE = 0xFFFFFFFF  # the real size is in the field for 64 bits


class BadZipFile(Exception):
    """It is no ZIP archive, or a damaged one."""


class LargeZipFile(Exception):
    """The archive would need the extension for 64 bits, which was not allowed."""


BadZipFile.__module__ = LargeZipFile.__module__ = "zipfile"


class ZipInfo:
    """A file in an archive. date_time: year, month, day, hour, minute, second, from 1980 on and even seconds only."""

    __slots__ = ("orig_filename", "filename", "date_time", "compress_type", "compress_level", "comment", "extra", "create_system", "create_version",
                 "extract_version", "reserved", "flag_bits", "volume", "internal_attr", "external_attr", "header_offset", "CRC", "compress_size",
                 "file_size", "_raw_time", "_end_offset")

    def __init__(self, filename="NoName", date_time=(1980, 1, 1, 0, 0, 0)):
        self.orig_filename = filename
        filename = filename.partition("\0")[0]
        self.filename = filename.replace(os.sep, "/") if os.sep != "/" else filename
        if date_time[0] < 1980:
            raise ValueError("ZIP does not support timestamps before 1980")
        self.date_time = date_time
        self.compress_type, self.compress_level = ZIP_STORED, None
        self.comment = self.extra = b""
        self.create_system = 3  # Unix
        self.create_version = self.extract_version = 20
        self.reserved = self.flag_bits = self.volume = self.internal_attr = self.external_attr = 0
        self.compress_size = self.file_size = self.CRC = self.header_offset = self._raw_time = 0
        self._end_offset = None

    @property
    def _compresslevel(self):
        return self.compress_level

    @_compresslevel.setter
    def _compresslevel(self, value):
        self.compress_level = value

    def __repr__(self):
        parts = [f"<{self.__class__.__name__} filename={self.filename!r}"]
        if self.compress_type != ZIP_STORED:
            parts.append(f"compress_type={METHOD_NAMES.get(self.compress_type, self.compress_type)}")
        high, low = self.external_attr >> 16, self.external_attr & 0xFFFF
        if high:
            parts.append(f"filemode={stat.filemode(high)!r}")
        if low:
            parts.append(f"external_attr={low:#x}")
        if not self.is_dir() or self.file_size:
            parts.append(f"file_size={self.file_size!r}")
        if (not self.is_dir() or self.compress_size) and (self.compress_type != ZIP_STORED or self.file_size != self.compress_size):
            parts.append(f"compress_size={self.compress_size!r}")
        return " ".join(parts) + ">"

    @classmethod
    def from_file(cls, filename, arcname=None, *, strict_timestamps=True):
        """The description of a file on the disk. strict_timestamps: ValueError for a time that an archive cannot hold."""
        if hasattr(filename, "__fspath__"):
            filename = os.fspath(filename)
        status = os.stat(filename)
        date = time.localtime(status.st_mtime)[:6]
        if not strict_timestamps:
            date = (1980, 1, 1, 0, 0, 0) if date[0] < 1980 else (2107, 12, 31, 23, 59, 59) if date[0] > 2107 else date
        arcname = os.path.normpath(os.path.splitdrive(filename if arcname is None else arcname)[1]).lstrip(os.sep)
        folder = stat.S_ISDIR(status.st_mode)
        info = cls(arcname + "/" if folder else arcname, date)
        info.external_attr = (status.st_mode & 0xFFFF) << 16 | (0x10 if folder else 0)
        info.file_size = 0 if folder else status.st_size
        return info

    def is_dir(self):
        """Is it a folder?"""
        return self.filename.endswith("/")

    def _time(self):
        date = self.date_time
        return (date[0] - 1980) << 9 | date[1] << 5 | date[2], date[3] << 11 | date[4] << 5 | date[5] // 2

    def _name(self):
        """The name as bytes, and the flags with what they say about it."""
        try:
            return self.filename.encode("ascii"), self.flag_bits & ~UTF8
        except UnicodeEncodeError:
            return self.filename.encode("utf-8"), self.flag_bits | UTF8

    def _least_version(self, least):
        least = max(least, {ZIP_BZIP2: 46, ZIP_LZMA: 63}.get(self.compress_type, 0))
        self.extract_version = max(least, self.extract_version)
        self.create_version = max(least, self.create_version)

    def FileHeader(self, zip64=None):
        """The record before the file's data."""
        sizes = (0, 0) if self.flag_bits & WITH_DESCRIPTOR else (self.compress_size, self.file_size)
        checksum = 0 if self.flag_bits & WITH_DESCRIPTOR else self.CRC
        extra = self.extra
        large = max(self.file_size, self.compress_size) > ZIP64_LIMIT
        if zip64 is None:
            zip64 = large
        elif large and not zip64:
            raise LargeZipFile("Filesize would require ZIP64 extensions")
        if zip64:
            extra += struct.pack("<HHQQ", 1, 16, sizes[1], sizes[0])
            sizes = _LARGE, _LARGE
            self._least_version(45)
        self._least_version(20)
        name, flags = self._name()
        day, clock = self._time()
        return LOCAL.pack(LOCAL_MAGIC, self.extract_version, self.reserved, flags, self.compress_type, clock, day, checksum, *sizes,
                          len(name), len(extra)) + name + extra

    def _central_record(self):
        """The record in the archive's directory."""
        large, sizes = [], [self.compress_size, self.file_size]
        if max(sizes) > ZIP64_LIMIT:
            large += [self.file_size, self.compress_size]
            sizes = [_LARGE, _LARGE]
        offset = self.header_offset
        if offset > ZIP64_LIMIT:
            large.append(offset)
            offset = _LARGE
        extra = self.extra
        if large:
            extra = struct.pack(f"<HH{len(large)}Q", 1, 8 * len(large), *large) + _without(extra, 1)
            self._least_version(45)
        name, flags = self._name()
        day, clock = self._time()
        return CENTRAL.pack(CENTRAL_MAGIC, self.create_version, self.create_system, self.extract_version, self.reserved, flags, self.compress_type,
                            clock, day, self.CRC, *sizes, len(name), len(extra), len(self.comment), 0, self.internal_attr, self.external_attr,
                            offset) + name + extra + self.comment

    def _decode_extra(self):
        """Take sizes of 64 bits from the extra fields."""
        for kind, data in _fields(self.extra):
            if kind != 1:
                continue
            at = 0
            for name, title in ("file_size", "File size"), ("compress_size", "Compress size"), ("header_offset", "Header offset"):
                if getattr(self, name) not in (_LARGE, 0xFFFFFFFFFFFFFFFF) or name == "header_offset" and getattr(self, name) != _LARGE:
                    continue
                if at + 8 > len(data):
                    raise BadZipFile(f"Corrupt zip64 extra field. {title} not found.")
                setattr(self, name, struct.unpack_from("<Q", data, at)[0])
                at += 8


def _fields(extra):
    """(kind, data) of each extra field."""
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        if size + 4 > len(extra):
            raise BadZipFile("Corrupt extra field %04x (size=%d)" % (kind, size))
        yield kind, extra[4:size + 4]
        extra = extra[size + 4:]


def _without(extra, unwanted):
    """The extra fields but those of a kind."""
    out = b""
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        if kind != unwanted:
            out += extra[:size + 4]
        extra = extra[size + 4:]
    return out + extra


def read_central(data, at, encoding):
    """The description in the directory's record at this place, and where the next one is."""
    if at + CENTRAL.size > len(data):
        raise BadZipFile("Truncated central directory")
    row = CENTRAL.unpack_from(data, at)
    if row[0] != CENTRAL_MAGIC:
        raise BadZipFile("Bad magic number for central directory")
    name_end = at + CENTRAL.size + row[12]
    extra_end, end = name_end + row[13], name_end + row[13] + row[14]
    flags = row[5]
    info = ZipInfo(data[at + CENTRAL.size:name_end].decode("utf-8" if flags & UTF8 else encoding or "cp437"))
    info.extra, info.comment = data[name_end:extra_end], data[extra_end:end]
    info.create_version, info.create_system, info.extract_version, info.reserved, info.flag_bits, info.compress_type = row[1:7]
    clock, day = row[7], row[8]
    info._raw_time = clock
    info.CRC, info.compress_size, info.file_size = row[9:12]
    info.volume, info.internal_attr, info.external_attr, info.header_offset = row[15:19]
    if info.extract_version > 63:
        raise NotImplementedError("zip file version %.1f" % (info.extract_version / 10))
    info.date_time = (day >> 9) + 1980, day >> 5 & 0xF, day & 0x1F, clock >> 11, clock >> 5 & 0x3F, (clock & 0x1F) * 2
    info._decode_extra()
    return info, end
