"""Encodings of one byte for each character, from tables."""

import codecs


def table(name):
    """The 256 characters of an encoding; None: it is none of these."""
    if name == "cp1252":
        return bytes(range(256)).decode("latin-1")[:128] + "".join(
            bytes([byte]).decode("cp1252", "replace").replace("\ufffd", "\ufffe") for byte in range(128, 256))
    from encodings._charmap_table import TABLES
    text = TABLES.get(name)
    if text is not None and len(text) == 128:
        text = bytes(range(128)).decode("ascii") + text
    return text


def make(name):
    """The CodecInfo of an encoding, or None."""
    if name == "charmap":
        return by_table("charmap", None, None)
    decoding = table(name)
    if decoding is None:
        return None
    shown = "mac-" + name[4:].replace("_", "-") if name.startswith("mac_") else name.replace("iso8859_", "iso8859-").replace("_", "-")
    return by_table(shown, codecs.charmap_build(decoding), decoding)


def by_table(shown, encoding, decoding):
    """The CodecInfo for a table from characters to bytes and one from bytes to characters."""
    def encode(input, errors="strict"):
        return codecs.charmap_encode(input, errors, encoding)

    def decode(input, errors="strict"):
        return codecs.charmap_decode(input, errors, decoding)

    class Codec(codecs.Codec):
        def encode(self, input, errors="strict"):
            return encode(input, errors)

        def decode(self, input, errors="strict"):
            return decode(input, errors)

    class IncrementalEncoder(codecs.IncrementalEncoder):
        def encode(self, input, final=False):
            return encode(input, self.errors)[0]

    class IncrementalDecoder(codecs.IncrementalDecoder):
        def decode(self, input, final=False):
            return decode(input, self.errors)[0]

    class StreamWriter(Codec, codecs.StreamWriter):
        pass

    class StreamReader(Codec, codecs.StreamReader):
        pass

    return codecs.CodecInfo(encode, decode, StreamReader, StreamWriter, IncrementalEncoder, IncrementalDecoder, shown)
