"""Codecs that are not of text: bytes to bytes, and rot13 from text to text."""

import codecs


def _strict(errors):
    if errors != "strict":
        raise AssertionError(f"errors must be 'strict', not {errors!r}")


def _rot13(text):
    return str(text).translate(_rot13_table())


def _rot13_table():
    small = "abcdefghijklmnopqrstuvwxyz"
    turned = small[13:] + small[:13]
    return str.maketrans(small + small.upper(), turned + turned.upper())


def _uu_encode(data):
    import binascii
    lines = [binascii.b2a_uu(data[at:at + 45]) for at in range(0, len(data), 45)]
    return b"begin 666 <data>\n" + b"".join(lines) + b" \nend\n"


def _uu_decode(data):
    import binascii
    lines = iter(bytes(data).splitlines(keepends=True))
    for line in lines:
        if line.startswith(b"begin"):
            break
    else:
        raise ValueError("Missing \"begin\" line in input data")
    out = []
    for line in lines:
        if line == b"end\n" or line.rstrip() == b"end":
            return b"".join(out)
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error: # a line that is longer than it says
            count = (((line[0] - 32) & 63) * 4 + 5) // 3
            out.append(binascii.a2b_uu(line[:count]))
    raise ValueError("Truncated input data")


def _functions(kind):
    if kind == "rot13":
        return _rot13, _rot13
    if kind == "uu":
        return _uu_encode, _uu_decode
    if kind == "zlib":
        import zlib
        return zlib.compress, zlib.decompress
    import binascii
    if kind == "hex":
        return binascii.b2a_hex, binascii.a2b_hex
    if kind == "quopri":
        return lambda data: binascii.b2a_qp(data, quotetabs=True), binascii.a2b_qp
    import base64
    return base64.encodebytes, base64.decodebytes


def _zlib_incremental():
    import zlib

    class IncrementalEncoder(codecs.IncrementalEncoder):
        def __init__(self, errors="strict"):
            _strict(errors)
            self.errors = errors
            self.reset()

        def encode(self, input, final=False):
            return self.compressobj.compress(input) + (self.compressobj.flush() if final else b"")

        def reset(self):
            self.compressobj = zlib.compressobj()

    class IncrementalDecoder(codecs.IncrementalDecoder):
        def __init__(self, errors="strict"):
            _strict(errors)
            self.errors = errors
            self.reset()

        def decode(self, input, final=False):
            return self.decompressobj.decompress(input) + (self.decompressobj.flush() if final else b"")

        def reset(self):
            self.decompressobj = zlib.decompressobj()

    return IncrementalEncoder, IncrementalDecoder


def make(name, kind):
    """The CodecInfo of one of them."""
    to, back = _functions(kind)
    text = kind == "rot13"

    def encode(input, errors="strict"):
        if not text:
            _strict(errors)
        return to(input), len(input)

    def decode(input, errors="strict"):
        if not text:
            _strict(errors)
        return back(input), len(input)

    class Codec(codecs.Codec):
        def encode(self, input, errors="strict"):
            return encode(input, errors)

        def decode(self, input, errors="strict"):
            return decode(input, errors)

    class IncrementalEncoder(codecs.IncrementalEncoder):
        def encode(self, input, final=False):
            if not text:
                _strict(self.errors)
            return to(input)

    class IncrementalDecoder(codecs.IncrementalDecoder):
        def decode(self, input, final=False):
            if not text:
                _strict(self.errors)
            return back(input)

    if kind == "zlib":
        IncrementalEncoder, IncrementalDecoder = _zlib_incremental()

    class StreamWriter(Codec, codecs.StreamWriter):
        charbuffertype = str if text else bytes

    class StreamReader(Codec, codecs.StreamReader):
        charbuffertype = str if text else bytes

    return codecs.CodecInfo(encode, decode, StreamReader, StreamWriter, IncrementalEncoder, IncrementalDecoder,
                            "rot-13" if text else kind, _is_text_encoding=False)
