"""Streams that compress and decompress as they are written and read: DeflateIO, as MicroPython has it."""

AUTO, RAW, ZLIB, GZIP = range(4)
__all__ = ["AUTO", "RAW", "ZLIB", "GZIP", "DeflateIO"]

_PART = 256  # bytes that are read from the stream at once


class DeflateIO:
    """A stream over another one: what is written to it goes there compressed, what is read from it comes from there decompressed.

    format: AUTO (reading: gzip or zlib by their headers, else raw; writing: raw), RAW, ZLIB or GZIP. wbits: what is written goes back 2 ** wbits
    bytes at most, 5 to 15 (0: 8; below 8 only runs are compressed); what is read may go back 32 KB always. close: close the other stream with
    this one. OSError: what is read is damaged; EOFError: it ends too soon."""

    def __init__(self, stream, format=AUTO, wbits=0, close=False, /):
        if format not in (AUTO, RAW, ZLIB, GZIP):
            raise ValueError("format must be AUTO, RAW, ZLIB or GZIP")
        if wbits != 0 and not 5 <= wbits <= 15:
            raise ValueError("wbits must be 0, or 5 to 15")
        self._stream, self._format, self._wbits, self._close = stream, format, wbits, close
        self._reader = self._writer = None
        self._pending = b""  # decompressed, and not read yet
        self._ended = False

    def _open(self):
        if self._stream is None:
            raise OSError(22, "the stream is closed")

    # ---- Reading ----

    def _header(self):
        """The first two bytes of the stream, by which its format is told, and the decompressor for it."""
        import zlib
        head = b""
        while len(head) < 2 and (more := self._stream.read(2 - len(head))):
            head += more
        kind = self._format
        if kind == AUTO and len(head) == 2:
            if head == b"\x1f\x8b":
                kind = GZIP
            else:
                kind = ZLIB if head[0] & 15 == 8 and (head[0] << 8 | head[1]) % 31 == 0 else RAW
        return head, zlib.decompressobj({GZIP: 31, ZLIB: 15}.get(kind, -15))

    def _fill(self, size):
        """More of what is decompressed, up to size bytes; b"" at the end."""
        import zlib
        if self._ended:
            return b""
        try:
            if self._reader is None:
                data, self._reader = self._header()
            else:
                data = self._reader.unconsumed_tail
            while True:
                out = self._reader.decompress(data, size)
                if self._reader.eof:
                    self._ended = True
                if out or self._ended:
                    return out
                data = self._reader.unconsumed_tail or self._stream.read(_PART)
                if not data:
                    raise EOFError("the stream ends within compressed data")
        except zlib.error as e:
            raise OSError(22, str(e)) from None

    def read(self, size=-1, /):
        """size bytes, fewer only at the end; all of them without size."""
        self._open()
        if size is None or size < 0:
            parts = [self._pending]
            self._pending = b""
            while part := self._fill(65536):
                parts.append(part)
            return b"".join(parts)
        data = self._pending
        while len(data) < size and (part := self._fill(size - len(data))):
            data += part
        self._pending = data[size:]
        return data[:size]

    def readinto(self, buf, /):
        """Fill buf; how many bytes that were, fewer than it has only at the end."""
        view = memoryview(buf).cast("B")
        data = self.read(len(view))
        view[:len(data)] = data
        return len(data)

    def readline(self, size=-1, /):
        """Up to and with the next newline."""
        self._open()
        line = bytearray()
        while size is None or size < 0 or len(line) < size:
            if not self._pending and not (part := self._fill(_PART)):
                break
            if not self._pending:
                self._pending = part
            end = self._pending.find(b"\n") + 1 or len(self._pending)
            if size is not None and size >= 0:
                end = min(end, size - len(line))
            line += self._pending[:end]
            self._pending = self._pending[end:]
            if line.endswith(b"\n"):
                break
        return bytes(line)

    def __iter__(self):
        return iter(self.readline, b"")

    # ---- Writing ----

    def write(self, buf, /):
        """Compress buf; how many bytes that were. All is in the other stream when this one is closed."""
        import zlib
        self._open()
        if self._writer is None:
            bits = max(self._wbits or 8, 9)  # zlib's 9 goes back 250 bytes at most; runs go back one
            strategy = zlib.Z_RLE if 0 < self._wbits < 8 else zlib.Z_DEFAULT_STRATEGY
            self._writer = zlib.compressobj(-1, zlib.DEFLATED, {ZLIB: bits, GZIP: 16 + bits}.get(self._format, -bits), 8, strategy)
        data = self._writer.compress(buf)
        if data:
            self._stream.write(data)
        return memoryview(buf).nbytes

    def close(self):
        """Write the end of what was compressed; the other stream is closed only if that was asked for."""
        stream, self._stream = self._stream, None
        if stream is None:
            return
        if self._writer is not None:
            stream.write(self._writer.flush())
        if self._close:
            stream.close()

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()
