"""The encodings of Unicode, and what is a part of it."""

import codecs


def _plain(name, shown):
    """Of encodings that keep nothing between two pieces of text, and bytes of which a piece may be cut off."""
    encode, decode = getattr(codecs, name + "_encode"), getattr(codecs, name + "_decode")
    whole = name in ("ascii", "latin_1")

    def decode_all(input, errors="strict"):
        return decode(input, errors) if whole else decode(input, errors, True)

    class Codec(codecs.Codec):
        pass

    Codec.encode, Codec.decode = staticmethod(encode), staticmethod(decode)

    class IncrementalEncoder(codecs.IncrementalEncoder):
        def encode(self, input, final=False):
            return encode(input, self.errors)[0]

    if whole:
        class IncrementalDecoder(codecs.IncrementalDecoder):
            def decode(self, input, final=False):
                return decode(input, self.errors)[0]
    else:
        class IncrementalDecoder(codecs.BufferedIncrementalDecoder):
            def _buffer_decode(self, input, errors, final):
                return decode(input, errors, final)

    class StreamWriter(Codec, codecs.StreamWriter):
        pass

    class StreamReader(Codec, codecs.StreamReader):
        def decode(self, input, errors="strict"):
            return decode(input, errors) if whole else decode(input, errors, False)

    return codecs.CodecInfo(encode, decode_all if not whole else decode, StreamReader, StreamWriter, IncrementalEncoder,
                            IncrementalDecoder, shown)


def _marked(name, shown):
    """UTF-16 and UTF-32 with a byte order mark."""
    bits = name[-2:]
    encode, decode_whole = getattr(codecs, name + "_encode"), getattr(codecs, name + "_decode")
    ex_decode = getattr(codecs, name + "_ex_decode")
    little, big = getattr(codecs, name + "_le_encode"), getattr(codecs, name + "_be_encode")
    decoders = {-1: getattr(codecs, name + "_le_decode"), 1: getattr(codecs, name + "_be_decode")}
    import sys
    native, native_order = (little, -1) if sys.byteorder == "little" else (big, 1)
    unit = int(bits) // 8

    def decode(input, errors="strict"):
        return decode_whole(input, errors, True)

    class IncrementalEncoder(codecs.IncrementalEncoder):
        def __init__(self, errors="strict"):
            codecs.IncrementalEncoder.__init__(self, errors)
            self.encoder = None

        def encode(self, input, final=False):
            if self.encoder is None:
                result = encode(input, self.errors)[0]
                self.encoder = native
                return result
            return self.encoder(input, self.errors)[0]

        def reset(self):
            codecs.IncrementalEncoder.reset(self)
            self.encoder = None

        def getstate(self):
            return 0 if self.encoder else 2

        def setstate(self, state):
            self.encoder = None if state else native

    class IncrementalDecoder(codecs.BufferedIncrementalDecoder):
        def __init__(self, errors="strict"):
            codecs.BufferedIncrementalDecoder.__init__(self, errors)
            self.order = 0

        def _buffer_decode(self, input, errors, final):
            if self.order:
                return decoders[self.order](input, errors, final)
            output, taken, order = ex_decode(input, errors, 0, final)
            self.order = order
            if not order and taken >= unit:
                raise UnicodeDecodeError(shown, input, 0, unit, "Stream does not start with BOM")
            return output, taken

        def reset(self):
            codecs.BufferedIncrementalDecoder.reset(self)
            self.order = 0

        def getstate(self):
            return self.buffer, 2 if not self.order else int(self.order != native_order)

        def setstate(self, state):
            codecs.BufferedIncrementalDecoder.setstate(self, state)
            self.order = 0 if state[1] == 2 else -native_order if state[1] else native_order

    class StreamWriter(codecs.StreamWriter):
        encoder = None

        def encode(self, input, errors="strict"):
            if self.encoder is None:
                result = encode(input, errors)
                self.encoder = native
                return result
            return self.encoder(input, errors)

        def reset(self):
            codecs.StreamWriter.reset(self)
            self.encoder = None

    class StreamReader(codecs.StreamReader):
        def reset(self):
            codecs.StreamReader.reset(self)
            self.__dict__.pop("decode", None)

        def decode(self, input, errors="strict"):
            output, taken, order = ex_decode(input, errors, 0, False)
            if order:
                self.decode = decoders[order]
            elif taken >= unit:
                raise UnicodeDecodeError(shown, input, 0, unit, "Stream does not start with BOM")
            return output, taken

    return codecs.CodecInfo(encode, decode, StreamReader, StreamWriter, IncrementalEncoder, IncrementalDecoder, shown)


def _signed(name, shown):
    """UTF-8 behind a signature."""
    mark = codecs.BOM_UTF8

    def encode(input, errors="strict"):
        return mark + codecs.utf_8_encode(input, errors)[0], len(input)

    def decode(input, errors="strict"):
        skip = 3 if input[:3] == mark else 0
        output, taken = codecs.utf_8_decode(input[skip:], errors, True)
        return output, taken + skip

    class IncrementalEncoder(codecs.IncrementalEncoder):
        def __init__(self, errors="strict"):
            codecs.IncrementalEncoder.__init__(self, errors)
            self.first = 1

        def encode(self, input, final=False):
            data = codecs.utf_8_encode(input, self.errors)[0]
            if self.first:
                self.first, data = 0, mark + data
            return data

        def reset(self):
            codecs.IncrementalEncoder.reset(self)
            self.first = 1

        def getstate(self):
            return self.first

        def setstate(self, state):
            self.first = state

    class IncrementalDecoder(codecs.BufferedIncrementalDecoder):
        def __init__(self, errors="strict"):
            codecs.BufferedIncrementalDecoder.__init__(self, errors)
            self.first = 1

        def _buffer_decode(self, input, errors, final):
            skip = 0
            if self.first:
                if len(input) < 3 and mark.startswith(input) and not final:
                    return "", 0
                self.first = 0
                skip = 3 if input[:3] == mark else 0
            output, taken = codecs.utf_8_decode(input[skip:], errors, final)
            return output, taken + skip

        def reset(self):
            codecs.BufferedIncrementalDecoder.reset(self)
            self.first = 1

        def getstate(self):
            return self.buffer, self.first

        def setstate(self, state):
            codecs.BufferedIncrementalDecoder.setstate(self, state)
            self.first = state[1]

    class StreamWriter(codecs.StreamWriter):
        def reset(self):
            codecs.StreamWriter.reset(self)
            self.__dict__.pop("encode", None)

        def encode(self, input, errors="strict"):
            self.encode = codecs.utf_8_encode
            return encode(input, errors)

    class StreamReader(codecs.StreamReader):
        def reset(self):
            codecs.StreamReader.reset(self)
            self.__dict__.pop("decode", None)

        def decode(self, input, errors="strict"):
            if len(input) < 3 and mark.startswith(input):
                return "", 0
            self.decode = codecs.utf_8_decode
            skip = 3 if input[:3] == mark else 0
            output, taken = codecs.utf_8_decode(input[skip:], errors)
            return output, taken + skip

    return codecs.CodecInfo(encode, decode, StreamReader, StreamWriter, IncrementalEncoder, IncrementalDecoder, shown)


def make(name, shown):
    """The CodecInfo of one of them."""
    kind = _signed if name == "utf_8_sig" else _marked if name in ("utf_16", "utf_32") else _plain
    info = kind(name, shown)
    for role, cls in zip(("StreamReader", "StreamWriter", "IncrementalEncoder", "IncrementalDecoder"),
                         (*info[2:], info.incrementalencoder, info.incrementaldecoder)): # so that they can be pickled
        cls.__module__, cls.__qualname__ = "encodings." + name, role
    return info
