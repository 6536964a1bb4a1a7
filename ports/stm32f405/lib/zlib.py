"""Unpacking what zlib packed, and the members of zip files (RFC 1950, 1951). A device does not pack."""

from binascii import crc32

MAX_WBITS = 15
_LENGTHS = ((3, 0), (4, 0), (5, 0), (6, 0), (7, 0), (8, 0), (9, 0), (10, 0), (11, 1), (13, 1), (15, 1), (17, 1), (19, 2), (23, 2), (27, 2), (31, 2), (35, 3),
            (43, 3), (51, 3), (59, 3), (67, 4), (83, 4), (99, 4), (115, 4), (131, 5), (163, 5), (195, 5), (227, 5), (258, 0))
_ORDER = (16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15)  # in which the lengths of the codes for lengths come


class error(Exception):
    """Data that cannot be unpacked."""


def adler32(data, value=1, /):
    """The Adler-32 checksum of data, going on from that of what was before it."""
    low, high = value & 0xFFFF, value >> 16
    for byte in data:
        low += byte
        high += low
    return high % 65521 << 16 | low % 65521


def _codes(lengths):
    """A Huffman code given by the lengths of its symbols' codes (RFC 1951, 3.2.2): how many have each length from 1 on, and the symbols by code."""
    counts = [0] * max(lengths)
    for length in lengths:
        if length:
            counts[length - 1] += 1
    symbols = [symbol for length in range(1, len(counts) + 1) for symbol, n in enumerate(lengths) if n == length]
    return counts, symbols


class _Inflater:
    """Unpacks one stream of RFC 1951."""

    def __init__(self, data, at):
        self._data, self._at, self._bits, self._count = data, at, 0, 0
        self.out = bytearray()

    def number(self, count):
        """A number of so many bits."""
        while self._count < count:
            if self._at >= len(self._data):
                raise error("Error -5 while decompressing data: incomplete or truncated stream")
            self._bits |= self._data[self._at] << self._count
            self._at += 1
            self._count += 8
        bits = self._bits & (1 << count) - 1
        self._bits >>= count
        self._count -= count
        return bits

    def _symbol(self, table):
        counts, symbols = table
        code = first = at = 0  # first: the smallest code of the length; at: where its symbols begin
        for count in counts:
            code |= self.number(1)
            if code - first < count:
                return symbols[at + code - first]
            at += count
            first = first + count << 1
            code <<= 1
        raise error("Error -3 while decompressing data: invalid code")

    def _stored(self):
        self._bits = self._count = 0
        size, check = self.number(16), self.number(16)
        if size ^ check != 0xFFFF:
            raise error("Error -3 while decompressing data: invalid stored block lengths")
        for _ in range(size):
            self.out.append(self.number(8))

    def _tables(self):
        """The codes of a block that brings its own (3.2.7)."""
        literals, distances, count = self.number(5) + 257, self.number(5) + 1, self.number(4) + 4
        of_lengths = [0] * 19
        for place in _ORDER[:count]:
            of_lengths[place] = self.number(3)
        table, lengths = _codes(of_lengths), []
        while len(lengths) < literals + distances:
            symbol = self._symbol(table)
            if symbol < 16:
                lengths.append(symbol)
            elif symbol == 16 and not lengths:
                raise error("Error -3 while decompressing data: invalid bit length repeat")
            else:
                again, bits, least = ((lengths[-1], 2, 3), (0, 3, 3), (0, 7, 11))[symbol - 16] if lengths else ((0, 3, 3), (0, 7, 11))[symbol - 17]
                lengths.extend([again] * (self.number(bits) + least))
        return _codes(lengths[:literals]), _codes(lengths[literals:])

    def _block(self, literals, distances):
        out = self.out
        while (symbol := self._symbol(literals)) != 256:
            if symbol < 256:
                out.append(symbol)
                continue
            if symbol > 285:
                raise error("Error -3 while decompressing data: invalid literal/length code")
            base, extra = _LENGTHS[symbol - 257]
            length = base + self.number(extra)
            symbol = self._symbol(distances)
            if symbol > 29:
                raise error("Error -3 while decompressing data: invalid distance code")
            extra = max(symbol // 2 - 1, 0)
            back = ((2 + symbol % 2 << extra) + 1 if symbol > 1 else symbol + 1) + self.number(extra)
            if back > len(out):
                raise error("Error -3 while decompressing data: invalid distance too far back")
            for _ in range(length):
                out.append(out[-back])

    def run(self):
        """Unpack it all."""
        last = False
        while not last:
            last, kind = self.number(1), self.number(2)
            if kind == 0:
                self._stored()
            elif kind == 1:
                self._block(_codes([8] * 144 + [9] * 112 + [7] * 24 + [8] * 8), _codes([5] * 30))
            elif kind == 2:
                self._block(*self._tables())
            else:
                raise error("Error -3 while decompressing data: invalid block type")
        self._bits = self._count = 0


def decompress(data, /, wbits=MAX_WBITS, bufsize=16384):
    """The data that was packed. wbits: below 0 a bare stream, else one of zlib. error: it is damaged. ValueError: wbits asks for a gzip file."""
    if wbits > MAX_WBITS:
        raise ValueError(f"wbits must be at most {MAX_WBITS} on this device, not {wbits}")
    data = bytes(data)
    framed = wbits >= 0
    if framed and len(data) > 1 and ((data[0] << 8 | data[1]) % 31 or data[0] & 15 != 8):
        raise error("Error -3 while decompressing data: incorrect header check")
    stream = _Inflater(data, 2 if framed else 0)
    stream.run()
    if framed and stream.number(32) != int.from_bytes(adler32(stream.out).to_bytes(4, "big"), "little"):
        raise error("Error -3 while decompressing data: incorrect data check")
    return bytes(stream.out)
