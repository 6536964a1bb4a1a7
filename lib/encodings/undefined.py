"""The codec that refuses: where no encoding may be taken for granted."""

import codecs


def _refuse(*args):
    raise UnicodeError("undefined encoding")


class Codec(codecs.Codec):
    encode = decode = _refuse


class IncrementalEncoder(codecs.IncrementalEncoder):
    encode = _refuse


class IncrementalDecoder(codecs.IncrementalDecoder):
    decode = _refuse


class StreamWriter(Codec, codecs.StreamWriter):
    pass


class StreamReader(Codec, codecs.StreamReader):
    pass


def getregentry():
    return codecs.CodecInfo(_refuse, _refuse, StreamReader, StreamWriter, IncrementalEncoder, IncrementalDecoder, "undefined")
