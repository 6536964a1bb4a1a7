"""Streams of tar archives: archives that are only read forwards, and the files inside."""

import io

from _tar_header import TarError

__name__ = "tarfile"  # where its names belong


class ReadError(TarError):
    """The archive cannot be read."""


class StreamError(TarError):
    """A stream cannot do this."""


class CompressionError(TarError):
    """A compression that is not there."""


class Forward:
    """A stream that knows where it is, and goes forwards only. head: bytes that were read from it before."""

    def __init__(self, file, head=b""):
        self.file, self.head, self.place = file, head, 0

    def read(self, n):
        """n bytes, fewer at the end."""
        parts, self.head = [self.head[:n]], self.head[n:]
        left = n - len(parts[0])
        while left:
            data = self.file.read(left)
            if not data:
                break
            parts.append(data)
            left -= len(data)
        self.place += n - left
        return b"".join(parts)

    def write(self, data):
        """Write bytes."""
        self.file.write(data)
        self.place += len(data)

    def tell(self):
        """How far it is."""
        return self.place

    def seek(self, place=0):
        """Go forwards to a place."""
        if place < self.place:
            raise StreamError("seeking backwards is not allowed")
        while self.place < place and self.read(min(place - self.place, 1 << 16)):
            pass
        return self.place

    def close(self):
        """Close the stream below, which compresses or decompresses."""
        self.file.close()


def kind_of(head):
    """What the archive is compressed with, by its first bytes: tar is not."""
    if head.startswith(b"\x1f\x8b\x08"):
        return "gz"
    if head[:3] == b"BZh" and head[4:10] == b"1AY&SY":
        return "bz2"
    return "xz" if head.startswith((b"]\0\0\x80", b"\xfd7zXZ")) else "tar"


def compressing(kind, mode, file, name, level, preset):
    """A stream that compresses into file or decompresses from it."""
    try:
        if kind == "gz":
            from gzip import GzipFile
            return GzipFile(name or "", mode + "b", 9 if level is None else level, file)
        if kind == "bz2":
            from bz2 import BZ2File
            return BZ2File(file, mode, compresslevel=9 if level is None else level)
        from lzma import LZMAFile
        return LZMAFile(file, mode, preset=preset)
    except ImportError:
        raise CompressionError({"gz": "gzip", "bz2": "bz2", "xz": "lzma"}[kind] + " module is not available") from None


class _Pieces(io.RawIOBase):
    """A file inside: pieces of the archive, and zeros between them."""

    mode = "rb"

    def __init__(self, file, offset, size, name, pieces=None):
        self.file, self.name, self.size, self.place = file, name, size, 0
        self.pieces = []  # (begin, end, where in the archive)
        for begin, length in [(0, size)] if pieces is None else pieces:
            self.pieces.append((begin, begin + length, offset))
            offset += length

    @property
    def fileno(self): # the archive's would not be the file's
        raise AttributeError("fileno")

    def readable(self):
        return True

    def seekable(self):
        return not isinstance(self.file, Forward)

    def tell(self):
        return self.place

    def seek(self, place, whence=0):
        if whence not in (0, 1, 2):
            raise ValueError("Invalid argument")
        place += (0, self.place, self.size)[whence]
        self.place = min(max(place, 0), self.size)
        return self.place

    def readinto(self, buffer):
        wanted = min(len(buffer), self.size - self.place)
        if wanted <= 0:
            return 0
        data = self._read(wanted)
        buffer[:len(data)] = data
        self.place += len(data)
        return len(data)

    def _read(self, wanted):
        following = self.size
        for begin, end, where in self.pieces:
            if begin <= self.place < end:
                self.file.seek(where + self.place - begin)
                data = self.file.read(min(wanted, end - self.place))
                if not data:
                    raise ReadError("unexpected end of data")
                return data
            if begin > self.place:
                following = min(following, begin)
        return bytes(min(wanted, following - self.place))


class ExFileObject(io.BufferedReader):
    """What TarFile.extractfile() gives."""

    def __init__(self, tarfile, tarinfo):
        super().__init__(_Pieces(tarfile.fileobj, tarinfo.offset_data, tarinfo.size, tarinfo.name, tarinfo.sparse))
