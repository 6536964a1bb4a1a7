"""gzip files (RFC 1952): open() as the builtin one, compress() and decompress() for bytes."""

import builtins
import io
import os
import struct
import time
import zlib

__all__ = ["BadGzipFile", "GzipFile", "open", "compress", "decompress"]

FTEXT, FHCRC, FEXTRA, FNAME, FCOMMENT = 1, 2, 4, 8, 16
READ, WRITE = "rb", "wb"
_COMPRESS_LEVEL_FAST, _COMPRESS_LEVEL_TRADEOFF, _COMPRESS_LEVEL_BEST = 1, 6, 9
READ_BUFFER_SIZE = 128 * 1024


class BadGzipFile(OSError):
    """A file is not one of gzip's, or is damaged."""


def open(filename, mode="rb", compresslevel=_COMPRESS_LEVEL_BEST, encoding=None, errors=None, newline=None):
    """A gzip file, by its name or as an open file: for bytes (rb, wb, ab, xb), or for text (rt, wt, at, xt)."""
    if "t" in mode:
        if "b" in mode:
            raise ValueError("Invalid mode: %r" % (mode,))
    else:
        for name, value in (("encoding", encoding), ("errors", errors), ("newline", newline)):
            if value is not None:
                raise ValueError(f"Argument '{name}' not supported in binary mode")
    binary_mode = mode.replace("t", "")
    if isinstance(filename, (str, bytes, os.PathLike)):
        file = GzipFile(filename, binary_mode, compresslevel)
    elif hasattr(filename, "read") or hasattr(filename, "write"):
        file = GzipFile(None, binary_mode, compresslevel, filename)
    else:
        raise TypeError("filename must be a str or bytes object, or a file")
    return io.TextIOWrapper(file, encoding, errors, newline) if "t" in mode else file


def _head(compresslevel, mtime, name=b""):
    effort = 2 if compresslevel == _COMPRESS_LEVEL_BEST else 4 if compresslevel == _COMPRESS_LEVEL_FAST else 0
    when = int(time.time() if mtime is None else mtime)
    head = struct.pack("<BBBBLBB", 0x1F, 0x8B, 8, FNAME if name else 0, when, effort, 255)
    return head + name + b"\0" if name else head


def compress(data, compresslevel=_COMPRESS_LEVEL_BEST, *, mtime=None):
    """data as a gzip file; mtime: the time that it names, in seconds since 1970; None: now."""
    packed = zlib.compress(data, compresslevel, wbits=-15)
    return b"".join((_head(compresslevel, mtime), packed, struct.pack("<LL", zlib.crc32(data), len(data) & 0xFFFFFFFF)))


def _exactly(fp, n):
    data = fp.read(n)
    while len(data) < n:
        more = fp.read(n - len(data))
        if not more:
            raise EOFError("Compressed file ended before the end-of-stream marker was reached")
        data += more
    return data


def _read_gzip_header(fp):
    """Reads the head of a member; the time that it names, or None at the end of the file."""
    magic = fp.read(2)
    if magic == b"":
        return None
    if magic != b"\x1f\x8b":
        raise BadGzipFile("Not a gzipped file (%r)" % magic)
    method, flag, when = struct.unpack("<BBIxx", _exactly(fp, 8))
    if method != 8:
        raise BadGzipFile("Unknown compression method")
    if flag & FEXTRA:
        _exactly(fp, struct.unpack("<H", _exactly(fp, 2))[0])
    for text in (FNAME, FCOMMENT):
        while flag & text and fp.read(1) not in (b"", b"\0"):
            pass
    if flag & FHCRC:
        _exactly(fp, 2)
    return when


def decompress(data):
    """What a gzip file of bytes holds, all its members."""
    pieces = []
    while True:
        fp = io.BytesIO(data)
        if _read_gzip_header(fp) is None:
            return b"".join(pieces)
        stream = zlib.decompressobj(wbits=-15)
        piece = stream.decompress(data[fp.tell():])
        if not stream.eof or len(stream.unused_data) < 8:
            raise EOFError("Compressed file ended before the end-of-stream marker was reached")
        crc, length = struct.unpack("<II", stream.unused_data[:8])
        if crc != zlib.crc32(piece):
            raise BadGzipFile("CRC check failed")
        if length != len(piece) & 0xFFFFFFFF:
            raise BadGzipFile("Incorrect length of data produced")
        pieces.append(piece)
        data = stream.unused_data[8:].lstrip(b"\0")


class _Source:
    """A file to read from, to which what was read too much can be given back."""

    def __init__(self, file):
        self.file, self.left = file, b""

    def read(self, size):
        if not self.left:
            return self.file.read(size)
        data, self.left = self.left[:size], self.left[size:]
        return data


class _GzipReader(io.RawIOBase):
    """The decompressed bytes of a gzip file."""

    def __init__(self, fp):
        self._start = fp
        self._source = _Source(fp)
        self._pos = 0
        self._stream = None # None: a head comes next
        self._mtime = None
        self._done = False

    def readable(self):
        return True

    def seekable(self):
        return True

    def tell(self):
        return self._pos

    def readinto(self, buffer):
        data = self.read(len(buffer))
        buffer[:len(data)] = data
        return len(data)

    def readall(self):
        return b"".join(iter(lambda: self.read(READ_BUFFER_SIZE), b""))

    def read(self, size=-1):
        if size < 0:
            return self.readall()
        while size and not self._done:
            if self._stream is None and not self._begin():
                break
            data = self._stream.decompress(self._source.read(READ_BUFFER_SIZE) if self._stream.needs_input else b"", size)
            if data:
                self._crc = zlib.crc32(data, self._crc)
                self._size += len(data)
                self._pos += len(data)
            elif self._stream.needs_input and not self._more():
                raise EOFError("Compressed file ended before the end-of-stream marker was reached")
            if self._stream.eof:
                self._end()
            if data:
                return data
        return b""

    def _more(self):
        data = self._source.read(READ_BUFFER_SIZE)
        self._source.left = data + self._source.left
        return data

    def _begin(self):
        when = _read_gzip_header(self._source)
        if when is None:
            self._done = True
            return False
        self._mtime = when
        self._stream = zlib._ZlibDecompressor(wbits=-15)
        self._crc = self._size = 0
        return True

    def _end(self):
        self._source.left = self._stream.unused_data + self._source.left
        self._stream = None
        crc, size = struct.unpack("<II", _exactly(self._source, 8))
        if crc != self._crc:
            raise BadGzipFile("CRC check failed %s != %s" % (hex(crc), hex(self._crc)))
        if size != self._size & 0xFFFFFFFF:
            raise BadGzipFile("Incorrect length of data produced")
        while (byte := self._source.read(1)) == b"\0": # padding
            pass
        self._source.left = byte + self._source.left

    def seek(self, offset, whence=io.SEEK_SET):
        if whence == io.SEEK_CUR:
            offset += self._pos
        elif whence == io.SEEK_END:
            while self.read(READ_BUFFER_SIZE):
                pass
            offset += self._pos
        if offset < self._pos:
            self._start.seek(0)
            self.__init__(self._start)
        while self._pos < offset and self.read(min(READ_BUFFER_SIZE, offset - self._pos)):
            pass
        return self._pos


class _Buffer:
    """Bytes of a reader, some of which have been read ahead."""

    def __init__(self, raw):
        self.raw, self.held = raw, b""

    def read(self, size=-1):
        if size is None or size < 0:
            data, self.held = self.held + self.raw.readall(), b""
            return data
        pieces = [self.held[:size]]
        self.held = self.held[size:]
        size -= len(pieces[0])
        while size and (piece := self.raw.read(size)):
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def read1(self, size):
        data = self.peek(size)[:size]
        self.held = self.held[len(data):]
        return data

    def peek(self, n):
        if not self.held:
            self.held = self.raw.read(max(n, io.DEFAULT_BUFFER_SIZE))
        return self.held

    def readline(self, size=-1):
        size = -1 if size is None else size
        line = b""
        while (size < 0 or len(line) < size) and not line.endswith(b"\n") and self.peek(1):
            end = self.held.find(b"\n") + 1 or len(self.held)
            if size >= 0:
                end = min(end, size - len(line))
            line += self.held[:end]
            self.held = self.held[end:]
        return line

    def tell(self):
        return self.raw.tell() - len(self.held)

    def seek(self, offset, whence=io.SEEK_SET):
        if whence == io.SEEK_CUR:
            offset, whence = offset + self.tell(), io.SEEK_SET
        if whence == io.SEEK_SET and self.tell() <= offset <= self.raw.tell():
            self.held = self.held[offset - self.tell():]
            return offset
        self.held = b""
        return self.raw.seek(offset, whence)


class GzipFile(io.BufferedIOBase):
    """A gzip file, read or written as bytes."""

    myfileobj = None

    def __init__(self, filename=None, mode=None, compresslevel=_COMPRESS_LEVEL_BEST, fileobj=None, mtime=None):
        """filename or fileobj, an open file; mode: r, a, w or x, with or without b; mtime: as for compress()."""
        self._closed = False
        self.fileobj = None
        if mode and ("t" in mode or "U" in mode):
            raise ValueError(f"Invalid mode: {mode!r}")
        if mode and "b" not in mode:
            mode += "b"
        if fileobj is None:
            fileobj = self.myfileobj = builtins.open(filename, mode or "rb")
        if filename is None:
            filename = getattr(fileobj, "name", "")
            filename = filename if isinstance(filename, (str, bytes)) else ""
        else:
            filename = os.fspath(filename)
        mode = mode or getattr(fileobj, "mode", "rb")
        self.name = filename
        if mode.startswith("r"):
            self.mode = READ
            self._raw = _GzipReader(fileobj)
            self._buffer = _Buffer(self._raw)
        elif mode.startswith(("w", "a", "x")):
            self.mode = WRITE
            self.crc, self.size, self.offset = 0, 0, 0
            self.compress = zlib.compressobj(compresslevel, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, 0)
            self._write_mtime = mtime
        else:
            raise ValueError(f"Invalid mode: {mode!r}")
        self.fileobj = fileobj
        if self.mode == WRITE:
            fileobj.write(_head(compresslevel, mtime, self._stored_name()))

    def _stored_name(self):
        try:
            name = os.path.basename(self.name)
            if not isinstance(name, bytes):
                name = name.encode("latin-1")
        except UnicodeEncodeError:
            return b""
        return name.removesuffix(b".gz")

    def __repr__(self):
        return f"<gzip {self.fileobj!r} {hex(id(self))}>"

    @property
    def mtime(self):
        """The time that the member read last names; None before."""
        return self._raw._mtime if self.mode == READ else None

    @property
    def closed(self):
        """Whether it was closed."""
        return self._closed

    def _usable(self, mode, what):
        if self._closed:
            raise ValueError("I/O operation on closed file")
        if self.mode != mode:
            import errno
            raise OSError(errno.EBADF, f"{what} on {'write' if mode == READ else 'read'}-only GzipFile object")

    def write(self, data):
        """Compress bytes into the file; how many."""
        self._usable(WRITE, "write()")
        if not isinstance(data, (bytes, bytearray)):
            data = memoryview(data).tobytes()
        if data:
            self.fileobj.write(self.compress.compress(data))
            self.size += len(data)
            self.crc = zlib.crc32(data, self.crc)
            self.offset += len(data)
        return len(data)

    def read(self, size=-1):
        """So many bytes, or all that are left."""
        self._usable(READ, "read()")
        return self._buffer.read(size)

    def read1(self, size=-1):
        """Bytes that are there without much reading, so many at most."""
        self._usable(READ, "read1()")
        return self._buffer.read1(io.DEFAULT_BUFFER_SIZE if size < 0 else size)

    def peek(self, n):
        """Bytes that will be read next, without reading them."""
        self._usable(READ, "peek()")
        return self._buffer.peek(n)

    def readline(self, size=-1):
        """A line, or so many bytes of it."""
        self._usable(READ, "readline()")
        return self._buffer.readline(size)

    def seek(self, offset, whence=io.SEEK_SET):
        """Go to a place in the uncompressed data: anywhere when reading, forward when writing."""
        if self.mode == READ:
            self._usable(READ, "seek()")
            return self._buffer.seek(offset, whence)
        if whence != io.SEEK_SET:
            if whence != io.SEEK_CUR:
                raise ValueError("Seek from end not supported")
            offset += self.offset
        if offset < self.offset:
            raise OSError("Negative seek in write mode")
        while self.offset < offset:
            self.write(bytes(min(READ_BUFFER_SIZE, offset - self.offset)))
        return self.offset

    def tell(self):
        """The place in the uncompressed data."""
        return self._buffer.tell() if self.mode == READ else self.offset

    def flush(self, zlib_mode=zlib.Z_SYNC_FLUSH):
        """Write what has been compressed so far."""
        if self._closed:
            raise ValueError("I/O operation on closed file")
        if self.mode == WRITE:
            self.fileobj.write(self.compress.flush(zlib_mode))
            self.fileobj.flush()

    def close(self):
        """End the data; a file that was opened for it is closed."""
        fileobj = self.fileobj
        if fileobj is None or self._closed:
            return
        self._closed = True
        try:
            if self.mode == WRITE:
                fileobj.write(self.compress.flush() + struct.pack("<LL", self.crc, self.size & 0xFFFFFFFF))
        finally:
            self.fileobj = None
            if self.myfileobj is not None:
                self.myfileobj.close()
                self.myfileobj = None

    def fileno(self):
        """The descriptor of the file."""
        return self.fileobj.fileno()

    def readable(self):
        """Whether it can be read."""
        return self.mode == READ

    def writable(self):
        """Whether it can be written."""
        return self.mode == WRITE

    def seekable(self):
        """True."""
        return True

    def rewind(self):
        """Go to the beginning; only when reading."""
        self._usable(READ, "rewind()")
        self._buffer.seek(0)


if __name__ == "__main__":
    from _gzip_command import main
    main()
