"""Secure hashes and message digests: hashlib.sha256(data).hexdigest(), or new(name), then update(data) as often as one likes.

md5, sha1, sha224, sha256, sha384, sha512 (FIPS 180-4), sha3_224 to sha3_512, shake_128 and shake_256 (FIPS 202), blake2b and blake2s (RFC 7693);
pbkdf2_hmac (RFC 8018) and scrypt (RFC 7914) make keys of passwords. md5 and sha1 are broken: they are for old protocols."""

_names = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "blake2b", "blake2s", "sha3_224", "sha3_256", "sha3_384", "sha3_512",
          "shake_128", "shake_256")
algorithms_guaranteed = set(_names)
algorithms_available = set(_names)
__all__ = _names + ("new", "algorithms_guaranteed", "algorithms_available", "file_digest", "pbkdf2_hmac")

from _kdf import pbkdf2_hmac, scrypt

__builtin_constructor_cache = {}


def __get_builtin_constructor(name):
    """The function that makes hashes of this name."""
    cache = __builtin_constructor_cache
    if name in cache:
        return cache[name]
    lower = name if name in _names else name.lower() if isinstance(name, str) and name in ("MD5", *(n.upper() for n in _names[1:6])) else ""
    if not lower:
        raise ValueError("unsupported hash type " + name)
    family = ("_sha3" if lower.startswith("sha") and lower[3] in "3k" and "_" in lower else "_blake2" if lower[0] == "b"
              else "_" + lower if lower in ("md5", "sha1") else "_sha2")
    try:
        constructor = getattr(__import__(family), lower)
    except ImportError:
        raise ValueError("unsupported hash type " + name) from None
    cache[lower] = constructor
    if lower == name or lower in _names[:6]:
        cache[lower.upper() if lower in _names[:6] else lower] = constructor
    return constructor


def new(name, data=b"", **kwargs):
    """A hash object of the algorithm called name, in any case, with data added to it."""
    if not isinstance(name, str):
        raise TypeError("name must be a string")
    return __get_builtin_constructor(name.lower() if name.lower() in _names[:6] else name)(data, **kwargs)


def file_digest(fileobj, digest, /, *, _bufsize=2**18):
    """A hash object with all that a file holds, from where it stands; fileobj reads bytes, digest is a name or a function."""
    hash = new(digest) if isinstance(digest, str) else digest()
    if hasattr(fileobj, "getbuffer"): # io.BytesIO
        hash.update(fileobj.getbuffer())
        return hash
    if not (hasattr(fileobj, "readinto") and hasattr(fileobj, "readable") and fileobj.readable()):
        raise ValueError(f"'{fileobj!r}' is not a file-like object in binary reading mode.")
    buffer = bytearray(_bufsize)
    view = memoryview(buffer)
    while True:
        size = fileobj.readinto(buffer)
        if size is None:
            raise BlockingIOError("I/O operation would block.")
        if size == 0:
            return hash
        hash.update(view[:size])


for _name in _names:
    globals()[_name] = __get_builtin_constructor(_name)
del _name
