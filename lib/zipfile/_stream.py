"""Files in a ZIP archive, as streams: ZipExtFile reads one, writing_stream() makes one."""

import io
import struct
from binascii import crc32

from ._info import METHOD_NAMES, WITH_DESCRIPTOR, ZIP64_LIMIT, ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, BadZipFile


def check_compression(method):
    """RuntimeError or NotImplementedError: Krait cannot do this."""
    if method == ZIP_STORED:
        return
    if method == ZIP_DEFLATED:
        try:
            import zlib
        except ImportError:
            raise RuntimeError("Compression requires the (missing) zlib module") from None
    elif method in (ZIP_BZIP2, ZIP_LZMA):
        name = "bz2" if method == ZIP_BZIP2 else "lzma"
        try:
            __import__(name)
        except ImportError:
            raise RuntimeError(f"Compression requires the (missing) {name} module") from None
        if method == ZIP_LZMA:
            raise NotImplementedError("That compression method is not supported")
    else:
        raise NotImplementedError("That compression method is not supported")


def compressor(method, level):
    """What compresses, None for what is stored."""
    if method == ZIP_DEFLATED:
        import zlib
        return zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION if level is None else level, zlib.DEFLATED, -15)
    if method == ZIP_BZIP2:
        import bz2
        return bz2.BZ2Compressor(level) if level is not None else bz2.BZ2Compressor()
    return None


def decompressor(method):
    """What decompresses, None for what is stored."""
    if method == ZIP_STORED:
        return None
    if method == ZIP_DEFLATED:
        import zlib
        return zlib.decompressobj(-15)
    if method == ZIP_BZIP2:
        check_compression(method)
        import bz2
        return bz2.BZ2Decompressor()
    name = METHOD_NAMES.get(method)
    raise NotImplementedError(f"compression type {method} ({name})" if name else f"compression type {method}")


class Keys:
    """The cipher of PKWARE's old encryption (APPNOTE.TXT 6.1), broken, and only read."""

    def __init__(self, password):
        self.key = [305419896, 591751049, 878082192]
        for byte in password:
            self._update(byte)

    def _update(self, byte):
        key = self.key
        key[0] = _crc_step(byte, key[0])
        key[1] = ((key[1] + (key[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        key[2] = _crc_step(key[1] >> 24, key[2])

    def decrypt(self, data):
        """The plain bytes."""
        out = bytearray()
        for byte in data:
            mask = self.key[2] | 2
            byte ^= (mask * (mask ^ 1)) >> 8 & 0xFF
            self._update(byte)
            out.append(byte)
        return bytes(out)


def _crc_step(byte, crc):
    return crc32(bytes([byte]), crc ^ 0xFFFFFFFF) ^ 0xFFFFFFFF


class Part:
    """A part of the archive's file, from a place on; others may read others meanwhile."""

    def __init__(self, archive, at, size):
        self.archive, self.file, self.at, self.left = archive, archive.fp, at, size

    def read(self, n):
        """Up to n bytes."""
        with self.archive._lock:
            if self.archive._writing():
                raise ValueError("Can't read from the ZIP file while there is an open writing handle on it. Close the writing handle before "
                                 "trying to read.")
            self.file.seek(self.at)
            data = self.file.read(min(n, self.left))
            self.at = self.file.tell()
        self.left -= len(data)
        return data


class ZipExtFile(io.BufferedIOBase):
    """A file in an archive, open for reading. Its checksum is compared at its end."""

    MIN_READ_SIZE = 1 << 14

    def __init__(self, archive, part, mode, zipinfo, unlock):
        self._archive, self._part, self._unlock = archive, part, unlock
        self._info, self._start = zipinfo, part.at
        self.mode, self.name, self.newlines = mode, zipinfo.filename, None
        self._rewind()

    def _rewind(self):
        self._part.at, self._part.left = self._start, self._info.compress_size
        self._keys = self._unlock()
        self._unpack = decompressor(self._info.compress_type)
        self._left = self._info.file_size
        self._buffer, self._offset = b"", 0
        self._crc, self._place, self._eof = crc32(b""), 0, False

    def __repr__(self):
        parts = [f"<{self.__class__.__module__}.{self.__class__.__qualname__}"]
        if self.closed:
            parts.append(" [closed]")
        else:
            parts.append(f" name={self.name!r}")
            if self._info.compress_type != ZIP_STORED:
                parts.append(f" compress_type={METHOD_NAMES.get(self._info.compress_type, self._info.compress_type)}")
        return "".join(parts) + ">"

    def _check(self):
        if self.closed:
            raise ValueError("I/O operation on closed file.")

    def _more(self, n):
        """Some more bytes of the file, b'' at its end."""
        while not self._eof:
            raw = b""
            if self._unpack is None or not getattr(self._unpack, "unconsumed_tail", b""):
                raw = self._part.read(max(n, self.MIN_READ_SIZE))
                if self._keys is not None:
                    raw = self._keys.decrypt(raw)
                if not raw and self._part.left > 0:
                    raise EOFError
            if self._unpack is None:
                data = raw
                self._eof = self._part.left <= 0
            elif self._info.compress_type == ZIP_DEFLATED:
                data = self._unpack.decompress(self._unpack.unconsumed_tail + raw, max(n, self.MIN_READ_SIZE))
                self._eof = self._unpack.eof or self._part.left <= 0 and not self._unpack.unconsumed_tail
                if self._eof:
                    data += self._unpack.flush()
            else:
                data = self._unpack.decompress(raw)
                self._eof = self._unpack.eof or self._part.left <= 0
            data = data[:self._left]
            self._left -= len(data)
            self._eof = self._eof or self._left <= 0
            self._crc = crc32(data, self._crc)
            if self._eof and self._crc != self._info.CRC:
                raise BadZipFile(f"Bad CRC-32 for file {self.name!r}")
            if data:
                return data
        return b""

    def readable(self):
        """True."""
        self._check()
        return True

    def seekable(self):
        """True if the archive's file can seek."""
        self._check()
        return self._archive._seekable

    def read(self, n=-1):
        """Up to n bytes, all for None or less than 0."""
        self._check()
        if n is None or n < 0:
            parts = [self._buffer[self._offset:]]
            while data := self._more(self.MIN_READ_SIZE):
                parts.append(data)
            result, self._buffer, self._offset = b"".join(parts), b"", 0
        else:
            parts, have = [self._buffer[self._offset:self._offset + n]], 0
            self._offset += len(parts[0])
            have = len(parts[0])
            while have < n and (data := self._more(n - have)):
                parts.append(data[:n - have])
                if have + len(data) > n:
                    self._buffer, self._offset = data, n - have
                have += len(parts[-1])
            result = b"".join(parts)
        self._place += len(result)
        return result

    def read1(self, n=-1):
        """Up to n bytes, with at most one read of the archive's file if that gives any."""
        self._check()
        if self._offset >= len(self._buffer):
            self._buffer, self._offset = self._more(n if n is not None and n > 0 else self.MIN_READ_SIZE), 0
        end = len(self._buffer) if n is None or n < 0 else self._offset + n
        result = self._buffer[self._offset:end]
        self._offset += len(result)
        self._place += len(result)
        return result

    def peek(self, n=1):
        """Bytes that come next, without going past them."""
        self._check()
        if n > len(self._buffer) - self._offset:
            self._buffer, self._offset = self._buffer[self._offset:] + self._more(n), 0
        return self._buffer[self._offset:self._offset + max(n, 512)]

    def readline(self, limit=-1):
        """Up to the next newline."""
        if limit < 0:
            end = self._buffer.find(b"\n", self._offset) + 1
            if end > 0:
                line = self._buffer[self._offset:end]
                self._offset = end
                self._place += len(line)
                return line
        return io.BufferedIOBase.readline(self, limit)

    def tell(self):
        """How many bytes of the file were read."""
        self._check()
        if not self._archive._seekable:
            raise io.UnsupportedOperation("underlying stream is not seekable.")
        return self._place

    def seek(self, offset, whence=0):
        """Go to a place in the file, by reading what is before it."""
        self._check()
        if not self._archive._seekable:
            raise io.UnsupportedOperation("underlying stream is not seekable.")
        if whence not in (0, 1, 2):
            raise ValueError("whence must be os.SEEK_SET (0), os.SEEK_CUR (1), or os.SEEK_END (2)")
        target = offset + (0, self._place, self._info.file_size)[whence]
        target = min(max(target, 0), self._info.file_size)
        if target < self._place:
            self._rewind()
        while self._place < target:
            if not self.read(min(target - self._place, 1 << 20)):
                break
        return self._place

    def close(self):
        if not self.closed:
            self._archive._release()
        super().close()


class ZipWriteFile(io.BufferedIOBase):
    """A file in an archive, open for writing; its sizes are written when it is closed."""

    def __init__(self, archive, info, zip64):
        self._archive, self._info, self._zip64 = archive, info, zip64
        self._pack = compressor(info.compress_type, info.compress_level)
        self._file_size = self._compress_size = 0
        self._crc = crc32(b"")
        self.mode, self.name = "wb", info.filename

    def writable(self):
        """True."""
        return True

    def write(self, data):
        """Write the bytes, compressed if that is the file's way."""
        if self.closed:
            raise ValueError("I/O operation on closed file.")
        if not isinstance(data, (bytes, bytearray)):
            data = bytes(memoryview(data).cast("B")) if memoryview(data).nbytes else b""
        size = len(data)
        self._file_size += size
        self._crc = crc32(data, self._crc)
        if self._pack is not None:
            data = self._pack.compress(data)
            self._compress_size += len(data)
        self._archive.fp.write(data)
        return size

    def close(self):
        if self.closed:
            return
        try:
            super().close()
            archive, info = self._archive, self._info
            if self._pack is not None:
                rest = self._pack.flush()
                self._compress_size += len(rest)
                archive.fp.write(rest)
            info.compress_size = self._compress_size if self._pack is not None else self._file_size
            info.CRC, info.file_size = self._crc, self._file_size
            if not self._zip64 and max(info.file_size, info.compress_size) > ZIP64_LIMIT:
                raise RuntimeError("File size unexpectedly exceeded ZIP64 limit")
            if info.flag_bits & WITH_DESCRIPTOR:
                archive.fp.write(struct.pack("<LLQQ" if self._zip64 else "<LLLL", 0x08074B50, info.CRC, info.compress_size, info.file_size))
                archive.start_dir = archive.fp.tell()
            else:
                archive.start_dir = archive.fp.tell()
                archive.fp.seek(info.header_offset)
                archive.fp.write(info.FileHeader(self._zip64))
                archive.fp.seek(archive.start_dir)
            archive.filelist.append(info)
            archive.NameToInfo[info.filename] = info
        finally:
            self._archive._writer = False
