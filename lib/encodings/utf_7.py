"""UTF-7 (RFC 2152): Unicode in ASCII, with runs of base64."""

import codecs

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_VALUES = {ord(c): value for value, c in enumerate(_ALPHABET)}
_DIRECT = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'(),-./:? \t\n\r!\"#$%&*;<=>@[]^_`{|}")


def encode(input, errors="strict"):
    """(bytes, how many characters)"""
    out, bits, count, shifted = [], 0, 0, False
    for c in input:
        if shifted and c in _DIRECT:
            if count:
                out.append(_ALPHABET[bits << 6 - count & 63])
            if ord(c) in _VALUES or c == "-":
                out.append("-")
            bits = count = 0
            shifted = False
        if not shifted:
            if c == "+":
                out.append("+-")
                continue
            if c in _DIRECT:
                out.append(c)
                continue
            out.append("+")
            shifted = True
        code = ord(c)
        units = (code,) if code < 0x10000 else (0xD800 + (code - 0x10000 >> 10), 0xDC00 + (code & 0x3FF))
        for unit in units:
            bits, count = bits << 16 | unit, count + 16
            while count >= 6:
                count -= 6
                out.append(_ALPHABET[bits >> count & 63])
            bits &= (1 << count) - 1
    if count:
        out.append(_ALPHABET[bits << 6 - count & 63])
    if shifted:
        out.append("-")
    return "".join(out).encode("ascii"), len(input)


class _Decoder:
    """One decoding: data from at on, into out."""

    def __init__(self, data, errors, final):
        self.data, self.errors, self.final = data, errors, final
        self.out, self.at = [], 0

    def fault(self, start, end, reason):
        error = UnicodeDecodeError("utf7", self.data, start, end, reason)
        text, at = codecs.lookup_error(self.errors)(error)
        self.out.append(text)
        self.at = at if at >= 0 else at + len(self.data)

    def run(self):
        while self.at < len(self.data):
            byte = self.data[self.at]
            if byte == 0x2B: # +
                if not self.shifted():
                    return self.at
            elif byte >= 0x80:
                self.fault(self.at, self.at + 1, "unexpected special character")
            else:
                self.out.append(chr(byte))
                self.at += 1
        return self.at

    def shifted(self):
        """Decode what follows a +; false: it is cut off."""
        start, at, size = self.at, self.at + 1, len(self.data)
        if at < size and self.data[at] == 0x2D:
            self.out.append("+")
            self.at = at + 1
            return True
        if at < size and self.data[at] not in _VALUES:
            self.fault(start, at + 1, "ill-formed sequence")
            return True
        bits = count = high = 0
        mark = len(self.out)
        while at < size and self.data[at] in _VALUES:
            bits, count = bits << 6 | _VALUES[self.data[at]], count + 6
            at += 1
            if count >= 16:
                count -= 16
                unit = bits >> count
                bits &= (1 << count) - 1
                if high and 0xDC00 <= unit <= 0xDFFF:
                    self.out.append(chr(0x10000 + ((high & 0x3FF) << 10 | unit & 0x3FF)))
                    high = 0
                    continue
                if high:
                    self.out.append(chr(high))
                    high = 0
                if 0xD800 <= unit <= 0xDBFF:
                    high = unit
                else:
                    self.out.append(chr(unit))
        if at == size:
            if not self.final:
                del self.out[mark:]
                return False
            if high or count >= 6 or count and bits:
                self.fault(start, size, "unterminated shift sequence")
                return True
        if count >= 6:
            self.fault(start, at + (at < size), "partial character in base64 sequence")
            return True
        if bits:
            self.fault(start, at + (at < size), "non-zero padding bits in shift sequence")
            return True
        if at < size and self.data[at] >= 0x80:
            self.fault(at, at + 1, "unexpected special character")
            return True
        if high:
            self.out.append(chr(high))
        if at < size and self.data[at] == 0x2D:
            at += 1
        self.at = at
        return True


def _decode(input, errors="strict", final=False):
    data = bytes(input)
    decoder = _Decoder(data, errors or "strict", final)
    taken = decoder.run()
    return "".join(decoder.out), taken


def decode(input, errors="strict"):
    """(text, how many bytes)"""
    return _decode(input, errors, True)


class _Codec(codecs.Codec):
    def encode(self, input, errors="strict"):
        return encode(input, errors)


class IncrementalEncoder(codecs.IncrementalEncoder):
    def encode(self, input, final=False):
        return encode(input, self.errors)[0]


class IncrementalDecoder(codecs.BufferedIncrementalDecoder):
    def _buffer_decode(self, input, errors, final):
        return _decode(input, errors, final)


class StreamWriter(_Codec, codecs.StreamWriter):
    pass


class StreamReader(codecs.StreamReader):
    def decode(self, input, errors="strict"):
        return _decode(input, errors, False)


def getregentry():
    return codecs.CodecInfo(encode, decode, StreamReader, StreamWriter, IncrementalEncoder, IncrementalDecoder, "utf-7")
