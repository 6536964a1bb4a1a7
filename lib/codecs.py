"""Encodings: the registry, error handlers, incremental coders and streams."""

import sys

import _codecs
from _codecs import (ascii_decode, ascii_encode, charmap_build, charmap_decode, charmap_encode, escape_decode, escape_encode,
                     latin_1_decode, latin_1_encode, raw_unicode_escape_decode, raw_unicode_escape_encode, readbuffer_encode,
                     register_error, unicode_escape_decode, unicode_escape_encode, utf_16_be_decode, utf_16_be_encode,
                     utf_16_decode, utf_16_encode, utf_16_ex_decode, utf_16_le_decode, utf_16_le_encode, utf_32_be_decode,
                     utf_32_be_encode, utf_32_decode, utf_32_encode, utf_32_ex_decode, utf_32_le_decode, utf_32_le_encode,
                     utf_8_decode, utf_8_encode)

__all__ = ["register", "lookup", "open", "EncodedFile", "BOM", "BOM_BE", "BOM_LE", "BOM32_BE", "BOM32_LE", "BOM64_BE", "BOM64_LE",
           "BOM_UTF8", "BOM_UTF16", "BOM_UTF16_LE", "BOM_UTF16_BE", "BOM_UTF32", "BOM_UTF32_LE", "BOM_UTF32_BE", "CodecInfo", "Codec",
           "IncrementalEncoder", "IncrementalDecoder", "StreamReader", "StreamWriter", "StreamReaderWriter", "StreamRecoder",
           "getencoder", "getdecoder", "getincrementalencoder", "getincrementaldecoder", "getreader", "getwriter", "encode", "decode",
           "iterencode", "iterdecode", "strict_errors", "ignore_errors", "replace_errors", "xmlcharrefreplace_errors",
           "backslashreplace_errors", "namereplace_errors", "register_error", "lookup_error"]

BOM_UTF8 = b"\xef\xbb\xbf"
BOM_LE = BOM_UTF16_LE = b"\xff\xfe"
BOM_BE = BOM_UTF16_BE = b"\xfe\xff"
BOM_UTF32_LE = b"\xff\xfe\0\0"
BOM_UTF32_BE = b"\0\0\xfe\xff"
BOM = BOM_UTF16 = BOM_UTF16_LE if sys.byteorder == "little" else BOM_UTF16_BE
BOM_UTF32 = BOM_UTF32_LE if sys.byteorder == "little" else BOM_UTF32_BE
BOM32_LE, BOM32_BE, BOM64_LE, BOM64_BE = BOM_UTF16_LE, BOM_UTF16_BE, BOM_UTF32_LE, BOM_UTF32_BE


class CodecInfo(tuple):
    """What is known about a codec: (encode, decode, streamreader, streamwriter), and more as attributes."""

    _is_text_encoding = True

    def __new__(cls, encode, decode, streamreader=None, streamwriter=None, incrementalencoder=None, incrementaldecoder=None, name=None,
                *, _is_text_encoding=None):
        self = super().__new__(cls, (encode, decode, streamreader, streamwriter))
        self.name, self.encode, self.decode = name, encode, decode
        self.streamreader, self.streamwriter = streamreader, streamwriter
        self.incrementalencoder, self.incrementaldecoder = incrementalencoder, incrementaldecoder
        if _is_text_encoding is not None:
            self._is_text_encoding = _is_text_encoding
        return self

    def __repr__(self):
        return f"<{self.__class__.__module__}.{self.__class__.__qualname__} object for encoding {self.name} at {id(self):#x}>"

    def __reduce__(self):
        if _found.get(_lower(self.name or "")) is self:
            return _same_info, (self.name,)
        return super().__reduce_ex__(2)

    def __getnewargs__(self):
        return tuple(self)


def _same_info(name):
    info = lookup(name)
    return CodecInfo(*info, info.incrementalencoder, info.incrementaldecoder, info.name, _is_text_encoding=info._is_text_encoding)


# ---- The registry ----

_searches = []
_found = {}


def register(search_function, /):
    """Add a function that is asked for codecs: from a name in lower case to a CodecInfo or None."""
    if not callable(search_function):
        raise TypeError("argument must be callable")
    _load_encodings()
    _searches.append(search_function)


def unregister(search_function, /):
    """Take a function away that register() added, and forget what was found."""
    if search_function in _searches:
        _searches.remove(search_function)
        _found.clear()


def _load_encodings():
    if not _searches:
        import encodings
        _searches.append(encodings.search_function)


def lookup(encoding, /):
    """The CodecInfo of an encoding; LookupError if there is none."""
    if not isinstance(encoding, str):
        raise TypeError(f"lookup() argument must be str, not {type(encoding).__name__}")
    if "\0" in encoding:
        raise ValueError("embedded null character")
    if not encoding.isascii():
        encoding.encode() # raises for surrogates
    name = _lower(encoding)
    info = _found.get(name)
    if info is None:
        _load_encodings()
        for search in _searches:
            info = search(name)
            if info is not None:
                break
        else:
            raise LookupError(f"unknown encoding: {encoding}")
        if not isinstance(info, tuple) or len(info) != 4:
            raise TypeError("codec search functions must return 4-tuples")
        _found[name] = info
    return info


def _lower(encoding):
    """ASCII in lower case without anything but letters, digits and dots, other runs as one underscore."""
    out, gap = [], False
    for c in encoding:
        if c.isascii() and c.isalnum() or c == ".":
            if gap and out:
                out.append("_")
            out.append(c.lower())
            gap = False
        else:
            gap = True
    return "".join(out)


def _noted(what, encoding, call, *args):
    try:
        return call(*args)
    except Exception as e:
        e.add_note(f"{what} with '{encoding}' codec failed")
        raise


def _encode(info, obj, encoding, errors):
    result = _noted("encoding", encoding, info[0], obj, errors)
    if not isinstance(result, tuple) or len(result) != 2:
        raise TypeError("encoder must return a tuple (object, integer)")
    return result[0]


def _decode(info, obj, encoding, errors):
    result = _noted("decoding", encoding, info[1], obj, errors)
    if not isinstance(result, tuple) or len(result) != 2:
        raise TypeError("decoder must return a tuple (object,integer)")
    return result[0]


def encode(obj, encoding="utf-8", errors="strict"):
    """Encode obj with a registered codec, whatever it takes and gives."""
    return _encode(lookup(encoding), obj, encoding, errors)


def decode(obj, encoding="utf-8", errors="strict"):
    """Decode obj with a registered codec, whatever it takes and gives."""
    return _decode(lookup(encoding), obj, encoding, errors)


def _text_codec(encoding, instead):
    """The codec for str.encode() and bytes.decode(): of text."""
    info = lookup(encoding)
    if not getattr(info, "_is_text_encoding", True):
        raise LookupError(f"'{encoding}' is not a text encoding; use {instead} to handle arbitrary codecs")
    return info


def _encode_text(text, encoding, errors):
    result = _encode(_text_codec(encoding, "codecs.encode()"), text, encoding, errors)
    if not isinstance(result, bytes):
        if isinstance(result, bytearray):
            import warnings
            warnings.warn(f"encoder {encoding} returned bytearray instead of bytes; use codecs.encode() to encode to arbitrary types",
                          RuntimeWarning, 3)
            return bytes(result)
        raise TypeError(f"'{encoding}' encoder returned '{type(result).__name__}' instead of 'bytes'; "
                        "use codecs.encode() to encode to arbitrary types")
    return result


def _decode_text(data, encoding, errors):
    result = _decode(_text_codec(encoding, "codecs.decode()"), data, encoding, errors)
    if not isinstance(result, str):
        raise TypeError(f"'{encoding}' decoder returned '{type(result).__name__}' instead of 'str'; "
                        "use codecs.decode() to decode to arbitrary types")
    return result


def getencoder(encoding):
    """The function that encodes."""
    return lookup(encoding).encode


def getdecoder(encoding):
    """The function that decodes."""
    return lookup(encoding).decode


def getincrementalencoder(encoding):
    """The class of incremental encoders; LookupError if the codec has none."""
    return _incremental(encoding, lookup(encoding).incrementalencoder)


def getincrementaldecoder(encoding):
    """The class of incremental decoders; LookupError if the codec has none."""
    return _incremental(encoding, lookup(encoding).incrementaldecoder)


def _incremental(encoding, cls):
    if cls is None:
        raise LookupError(encoding)
    return cls


def getreader(encoding):
    """The class of readers."""
    return lookup(encoding).streamreader


def getwriter(encoding):
    """The class of writers."""
    return lookup(encoding).streamwriter


# ---- Error handlers ----

def lookup_error(name, /):
    """The error handler of this name; LookupError if there is none."""
    handler = _codecs._find_error(name)
    if handler is None:
        handler = _handlers.get(name)
    if handler is None:
        raise LookupError(f"unknown error handler name '{name}'")
    return handler


def _cannot(exc):
    return TypeError(f"don't know how to handle {type(exc).__name__} in error callback")


def strict_errors(exc, /):
    """Raise it."""
    if isinstance(exc, Exception):
        raise exc
    raise TypeError("codec must pass exception instance")


def ignore_errors(exc, /):
    """Leave out what is malformed."""
    if not isinstance(exc, (UnicodeEncodeError, UnicodeDecodeError, UnicodeTranslateError)):
        raise _cannot(exc)
    return "", exc.end


def replace_errors(exc, /):
    """A question mark for each character, or U+FFFD."""
    if isinstance(exc, UnicodeEncodeError):
        return "?" * (exc.end - exc.start), exc.end
    if isinstance(exc, UnicodeDecodeError):
        return "\ufffd", exc.end
    if isinstance(exc, UnicodeTranslateError):
        return "\ufffd" * (exc.end - exc.start), exc.end
    raise _cannot(exc)


def xmlcharrefreplace_errors(exc, /):
    """&#number; for each character."""
    if not isinstance(exc, UnicodeEncodeError):
        raise _cannot(exc)
    return "".join(f"&#{ord(c)};" for c in exc.object[exc.start:exc.end]), exc.end


def _escape(c):
    code = ord(c)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def backslashreplace_errors(exc, /):
    """Backslash escapes."""
    if isinstance(exc, UnicodeDecodeError):
        return "".join(f"\\x{byte:02x}" for byte in exc.object[exc.start:exc.end]), exc.end
    if isinstance(exc, (UnicodeEncodeError, UnicodeTranslateError)):
        return "".join(map(_escape, exc.object[exc.start:exc.end])), exc.end
    raise _cannot(exc)


def namereplace_errors(exc, /):
    r"""\N{...} for each character."""
    if not isinstance(exc, UnicodeEncodeError):
        raise _cannot(exc)
    return exc.object[exc.start:exc.end].encode("ascii", "namereplace").decode("ascii"), exc.end


def _surrogateescape_errors(exc, /):
    if isinstance(exc, UnicodeEncodeError):
        codes = [ord(c) for c in exc.object[exc.start:exc.end]]
        if not all(0xDC80 <= code <= 0xDCFF for code in codes):
            raise exc
        return bytes(code - 0xDC00 for code in codes), exc.end
    if isinstance(exc, UnicodeDecodeError):
        text = ""
        for byte in exc.object[exc.start:min(exc.end, exc.start + 4)]:
            if byte < 0x80:
                break
            text += chr(0xDC00 + byte)
        if not text:
            raise exc
        return text, exc.start + len(text)
    raise _cannot(exc)


def _surrogate_form(exc):
    """The name of the encoding, and how many bytes a surrogate has in it."""
    name = _lower(exc.encoding)
    for start, width in (("utf_8", 3), ("utf8", 3), ("cp65001", 3), ("utf_16", 2), ("utf16", 2), ("utf_32", 4), ("utf32", 4)):
        if name.startswith(start):
            if width != 3 and not name.endswith(("le", "be")):
                name += "_le" if sys.byteorder == "little" else "_be"
            return name, width
    raise exc


def _surrogatepass_errors(exc, /):
    if not isinstance(exc, (UnicodeEncodeError, UnicodeDecodeError)):
        raise _cannot(exc)
    name, width = _surrogate_form(exc)
    if isinstance(exc, UnicodeEncodeError):
        part = exc.object[exc.start:exc.end]
        if not all("\ud800" <= c <= "\udfff" for c in part):
            raise exc
        return part.encode(name, "surrogatepass"), exc.end
    part = exc.object[exc.start:exc.start + width]
    try:
        text = bytes(part).decode(name, "surrogatepass")
    except UnicodeDecodeError:
        raise exc from None
    if len(text) != 1 or not "\ud800" <= text <= "\udfff":
        raise exc
    return text, exc.start + width


_handlers = {"strict": strict_errors, "ignore": ignore_errors, "replace": replace_errors, "xmlcharrefreplace": xmlcharrefreplace_errors,
             "backslashreplace": backslashreplace_errors, "namereplace": namereplace_errors, "surrogateescape": _surrogateescape_errors,
             "surrogatepass": _surrogatepass_errors}


# ---- Base classes ----

class Codec:
    """What a codec that keeps no state has."""

    def encode(self, input, errors="strict"):
        """(output, how much of the input was taken)"""
        raise NotImplementedError

    def decode(self, input, errors="strict"):
        """(output, how much of the input was taken)"""
        raise NotImplementedError


class IncrementalEncoder(object):
    """Encodes piece by piece."""

    def __init__(self, errors="strict"):
        self.errors = errors
        self.buffer = ""

    def encode(self, input, final=False):
        """Encode a piece; final: the last one."""
        raise NotImplementedError

    def reset(self):
        """Start anew."""

    def getstate(self):
        """What setstate() takes, an int."""
        return 0

    def setstate(self, state):
        """Go on where getstate() was called."""


class BufferedIncrementalEncoder(IncrementalEncoder):
    """Keeps what _buffer_encode(input, errors, final) has not taken for the next piece."""

    def __init__(self, errors="strict"):
        IncrementalEncoder.__init__(self, errors)
        self.buffer = ""

    def _buffer_encode(self, input, errors, final):
        raise NotImplementedError

    def encode(self, input, final=False):
        data = self.buffer + input
        result, taken = self._buffer_encode(data, self.errors, final)
        self.buffer = data[taken:]
        return result

    def reset(self):
        IncrementalEncoder.reset(self)
        self.buffer = ""

    def getstate(self):
        return self.buffer or 0

    def setstate(self, state):
        self.buffer = state or ""


class IncrementalDecoder(object):
    """Decodes piece by piece."""

    def __init__(self, errors="strict"):
        self.errors = errors

    def decode(self, input, final=False):
        """Decode a piece; final: the last one."""
        raise NotImplementedError

    def reset(self):
        """Start anew."""

    def getstate(self):
        """(bytes that wait, an int): what setstate() takes."""
        return b"", 0

    def setstate(self, state):
        """Go on where getstate() was called."""


class BufferedIncrementalDecoder(IncrementalDecoder):
    """Keeps what _buffer_decode(input, errors, final) has not taken for the next piece."""

    def __init__(self, errors="strict"):
        IncrementalDecoder.__init__(self, errors)
        self.buffer = b""

    def _buffer_decode(self, input, errors, final):
        raise NotImplementedError

    def decode(self, input, final=False):
        data = self.buffer + input
        result, taken = self._buffer_decode(data, self.errors, final)
        self.buffer = data[taken:]
        return result

    def reset(self):
        IncrementalDecoder.reset(self)
        self.buffer = b""

    def getstate(self):
        return self.buffer, 0

    def setstate(self, state):
        self.buffer = state[0]


# ---- Streams ----

class _Stream:
    """What is not here, the stream has."""

    def __getattr__(self, name, getattr=getattr):
        return getattr(self.stream, name)

    def __enter__(self):
        return self

    def __exit__(self, kind, value, tb):
        self.stream.close()

    def __reduce_ex__(self, proto):
        raise TypeError(f"can't serialize {self.__class__.__name__}")


class StreamWriter(_Stream, Codec):
    """Writes what is encoded to a stream of bytes."""

    def __init__(self, stream, errors="strict"):
        self.stream, self.errors = stream, errors

    def write(self, object):
        data, taken = self.encode(object, self.errors)
        self.stream.write(data)

    def writelines(self, list):
        self.write("".join(list))

    def reset(self):
        """Write what was kept back."""

    def seek(self, offset, whence=0):
        self.stream.seek(offset, whence)
        if whence == 0 and offset == 0:
            self.reset()


class StreamReader(_Stream, Codec):
    """Reads from a stream of bytes, decoded."""

    charbuffertype = str

    def __init__(self, stream, errors="strict"):
        self.stream, self.errors = stream, errors
        self.bytebuffer = b""
        self._empty_charbuffer = self.charbuffertype()
        self.charbuffer = self._empty_charbuffer
        self.linebuffer = None

    def decode(self, input, errors="strict"):
        raise NotImplementedError

    def read(self, size=-1, chars=-1, firstline=False):
        """Decoded text: about size bytes of it, at most chars characters; all that is left by default."""
        self._join_lines()
        if chars < 0:
            chars = size
        while chars < 0 or len(self.charbuffer) < chars:
            more = self.stream.read() if size < 0 else self.stream.read(size)
            data = self.bytebuffer + more
            if not data:
                break
            try:
                text, taken = self.decode(data, self.errors)
            except UnicodeDecodeError as e:
                if not firstline:
                    raise
                text, taken = self.decode(data[:e.start], self.errors)
                if len(text.splitlines(keepends=True)) <= 1:
                    raise
            self.bytebuffer = data[taken:]
            self.charbuffer += text
            if not more:
                break
        return self._take(chars)

    def _join_lines(self):
        if self.linebuffer:
            self.charbuffer = self._empty_charbuffer.join(self.linebuffer)
            self.linebuffer = None

    def _take(self, chars):
        if chars < 0:
            result, self.charbuffer = self.charbuffer, self._empty_charbuffer
        else:
            result, self.charbuffer = self.charbuffer[:chars], self.charbuffer[chars:]
        return result

    def readline(self, size=None, keepends=True):
        """The next line; size: bytes to read at a time."""
        if self.linebuffer:
            line = self.linebuffer.pop(0)
            if len(self.linebuffer) == 1:
                self.charbuffer, self.linebuffer = self.linebuffer[0], None
            return line if keepends else line.splitlines(False)[0]
        step, line = size or 72, self._empty_charbuffer
        while True:
            data = self.read(step, firstline=True)
            if data and (isinstance(data, str) and data.endswith("\r") or isinstance(data, bytes) and data.endswith(b"\r")):
                data += self.read(size=1, chars=1)
            line += data
            lines = line.splitlines(keepends=True)
            if lines:
                if len(lines) > 1:
                    first = lines.pop(0)
                    if len(lines) > 1:
                        lines[-1] += self.charbuffer
                        self.linebuffer, self.charbuffer = lines, self._empty_charbuffer
                    else:
                        self.charbuffer = lines[0] + self.charbuffer
                    return first if keepends else first.splitlines(False)[0]
                bare = lines[0].splitlines(False)[0]
                if lines[0] != bare:
                    return lines[0] if keepends else bare
            if not data or size is not None:
                return line if not line or keepends else line.splitlines(False)[0]
            step = min(step * 2, 8000)

    def readlines(self, sizehint=None, keepends=True):
        """All lines."""
        return self.read().splitlines(keepends)

    def reset(self):
        """Forget what has been read ahead."""
        self.bytebuffer = b""
        self.charbuffer = self._empty_charbuffer
        self.linebuffer = None

    def seek(self, offset, whence=0):
        self.stream.seek(offset, whence)
        self.reset()

    def __next__(self):
        line = self.readline()
        if line:
            return line
        raise StopIteration

    def __iter__(self):
        return self


class StreamReaderWriter(_Stream):
    """A reader and a writer for one stream."""

    encoding = "unknown"

    def __init__(self, stream, Reader, Writer, errors="strict"):
        self.stream = stream
        self.reader, self.writer = Reader(stream, errors), Writer(stream, errors)
        self.errors = errors

    def read(self, size=-1):
        return self.reader.read(size)

    def readline(self, size=None, keepends=True):
        return self.reader.readline(size, keepends)

    def readlines(self, sizehint=None):
        return self.reader.readlines(sizehint)

    def __next__(self):
        return next(self.reader)

    def __iter__(self):
        return self

    def write(self, data):
        return self.writer.write(data)

    def writelines(self, list):
        return self.writer.writelines(list)

    def reset(self):
        self.reader.reset()
        self.writer.reset()

    def seek(self, offset, whence=0):
        self.stream.seek(offset, whence)
        self.reader.reset()
        if whence == 0 and offset == 0:
            self.writer.reset()


class StreamRecoder(_Stream):
    """Bytes in one encoding before a stream of bytes in another."""

    data_encoding = file_encoding = "unknown"

    def __init__(self, stream, encode, decode, Reader, Writer, errors="strict"):
        self.stream, self.encode, self.decode = stream, encode, decode
        self.reader, self.writer = Reader(stream, errors), Writer(stream, errors)
        self.errors = errors

    def read(self, size=-1):
        return self.encode(self.reader.read(size), self.errors)[0]

    def readline(self, size=None):
        data = self.reader.readline() if size is None else self.reader.readline(size)
        return self.encode(data, self.errors)[0]

    def readlines(self, sizehint=None):
        return self.encode(self.reader.read(), self.errors)[0].splitlines(keepends=True)

    def __next__(self):
        return self.encode(next(self.reader), self.errors)[0]

    def __iter__(self):
        return self

    def write(self, data):
        return self.writer.write(self.decode(data, self.errors)[0])

    def writelines(self, list):
        return self.writer.write(self.decode(b"".join(list), self.errors)[0])

    def reset(self):
        self.reader.reset()
        self.writer.reset()

    def seek(self, offset, whence=0):
        self.reader.seek(offset, whence)
        self.writer.seek(offset, whence)


def open(filename, mode="r", encoding=None, errors="strict", buffering=-1):
    """A file whose bytes are encoded and decoded by a codec; without an encoding, what the builtin open() gives."""
    import builtins
    if encoding is not None and "b" not in mode:
        mode += "b"
    file = builtins.open(filename, mode, buffering)
    if encoding is None:
        return file
    try:
        info = lookup(encoding)
        stream = StreamReaderWriter(file, info.streamreader, info.streamwriter, errors)
        stream.encoding = encoding
        return stream
    except:
        file.close()
        raise


def EncodedFile(file, data_encoding, file_encoding=None, errors="strict"):
    """A file for bytes in data_encoding, over one for bytes in file_encoding."""
    if file_encoding is None:
        file_encoding = data_encoding
    data, inner = lookup(data_encoding), lookup(file_encoding)
    stream = StreamRecoder(file, data.encode, data.decode, inner.streamreader, inner.streamwriter, errors)
    stream.data_encoding, stream.file_encoding = data_encoding, file_encoding
    return stream


def iterencode(iterator, encoding, errors="strict", **kwargs):
    """Encode what an iterator gives, piece by piece."""
    encoder = getincrementalencoder(encoding)(errors, **kwargs)
    for input in iterator:
        output = encoder.encode(input)
        if output:
            yield output
    output = encoder.encode("", True)
    if output:
        yield output


def iterdecode(iterator, encoding, errors="strict", **kwargs):
    """Decode what an iterator gives, piece by piece."""
    decoder = getincrementaldecoder(encoding)(errors, **kwargs)
    for input in iterator:
        output = decoder.decode(input)
        if output:
            yield output
    output = decoder.decode(b"", True)
    if output:
        yield output


def utf_7_encode(str, errors=None, /):
    """(bytes, how many characters)"""
    from encodings import utf_7
    return utf_7.encode(str, errors)


def utf_7_decode(data, errors=None, final=False, /):
    """(text, how many bytes)"""
    from encodings import utf_7
    return utf_7._decode(data, errors, final)


def make_identity_dict(rng):
    """Each of an iterable to itself."""
    return {i: i for i in rng}


def make_encoding_map(decoding_map):
    """The other way round; what more than one stands for is None."""
    encoding_map = {}
    for code, character in decoding_map.items():
        encoding_map[character] = None if character in encoding_map else code
    return encoding_map
