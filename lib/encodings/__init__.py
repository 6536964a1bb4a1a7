"""Encodings by name: what codecs asks first."""

import codecs
import sys

from encodings import aliases

__all__ = ["normalize_encoding", "search_function"]
_UNICODE = {"utf_8": "utf-8", "utf_16": "utf-16", "utf_16_le": "utf-16-le", "utf_16_be": "utf-16-be", "utf_32": "utf-32",
            "utf_32_le": "utf-32-le", "utf_32_be": "utf-32-be", "ascii": "ascii", "latin_1": "iso8859-1", "utf_8_sig": "utf-8-sig",
            "unicode_escape": "unicode-escape", "raw_unicode_escape": "raw-unicode-escape"}
_TRANSFORMS = {"rot_13": "rot13", "hex_codec": "hex", "base64_codec": "base64", "uu_codec": "uu", "quopri_codec": "quopri",
               "zlib_codec": "zlib"}
_cache = {}


class CodecRegistryError(LookupError, SystemError):
    """A module of this package is not a codec."""


def normalize_encoding(encoding):
    """ASCII letters, digits and dots, with one underscore for each run of anything else."""
    if isinstance(encoding, bytes):
        encoding = str(encoding, "ascii")
    chars, gap = [], False
    for c in encoding:
        if c.isalnum() or c == ".":
            if gap and chars:
                chars.append("_")
            if c.isascii():
                chars.append(c)
            gap = False
        else:
            gap = True
    return "".join(chars)


def search_function(encoding):
    """The CodecInfo of an encoding, or None."""
    if encoding not in _cache:
        _cache[encoding] = _find(encoding)
    return _cache[encoding]


def _find(encoding):
    name = normalize_encoding(encoding)
    name = aliases.aliases.get(name) or aliases.aliases.get(name.replace(".", "_")) or name
    if "." in name:
        return None
    if name in _UNICODE:
        from encodings import _unicode
        return _unicode.make(name, _UNICODE[name])
    if name in _TRANSFORMS:
        from encodings import _transform
        return _transform.make(name, _TRANSFORMS[name])
    from encodings import _charmap
    return _charmap.make(name) or _imported(name)


def _imported(name):
    try:
        module = __import__("encodings." + name, fromlist=["getregentry"], level=0)
        make = module.getregentry
    except (ImportError, AttributeError):
        return None
    info = make()
    if not isinstance(info, tuple):
        raise CodecRegistryError(f'module "{module.__name__}" ({module.__file__}) failed to register')
    if not isinstance(info, codecs.CodecInfo):
        info = codecs.CodecInfo(*info)
    return info


def __getattr__(name):
    """Modules of encodings that are made from tables."""
    import types
    info = None if name.startswith("_") or (name not in _UNICODE and name not in _TRANSFORMS and not _has_table(name)) else _find(name)
    if info is None:
        raise AttributeError(f"module 'encodings' has no attribute '{name}'")
    module = sys.modules["encodings." + name] = types.ModuleType("encodings." + name)
    vars(module).update(fill(info))
    globals()[name] = module
    return module


def fill(info):
    """The names that a module of an encoding has."""
    names = {"IncrementalEncoder": info.incrementalencoder, "IncrementalDecoder": info.incrementaldecoder,
             "StreamReader": info.streamreader, "StreamWriter": info.streamwriter, "Codec": info.streamreader.__mro__[1],
             "encode": info.encode, "decode": info.decode, "getregentry": lambda: info}
    if _has_table(info.name.replace("-", "_")):
        from encodings import _charmap
        names["decoding_table"] = _charmap.table(info.name.replace("-", "_"))
        names["encoding_table"] = codecs.charmap_build(names["decoding_table"])
    return names


def _has_table(name):
    from encodings import _charmap
    return _charmap.table(name) is not None
