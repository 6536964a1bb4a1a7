"""HMAC (RFC 2104): message authentication with a key and any hash."""

from _kdf import compare_digest, hmac_digest as _hmac_digest

trans_5C = bytes(x ^ 0x5C for x in range(256))
trans_36 = bytes(x ^ 0x36 for x in range(256))
digest_size = None # of the module: it depends on the hash


def _constructor(digestmod):
    """The function that makes hashes for what a caller gave: a function, a name, or a module with new()."""
    if callable(digestmod):
        return digestmod
    if isinstance(digestmod, str):
        import hashlib
        return lambda data=b"": hashlib.new(digestmod, data)
    return lambda data=b"": digestmod.new(data)


class HMAC:
    """A running HMAC: update(msg), then digest() or hexdigest()."""

    blocksize = 64

    def __init__(self, key, msg=None, digestmod=""):
        """key, msg: bytes-like; digestmod: the name of a hash, a function that makes one, or a module with new()."""
        if not isinstance(key, (bytes, bytearray)):
            raise TypeError(f"key: expected bytes or bytearray, but got {type(key).__name__!r}")
        if not digestmod:
            raise TypeError("Missing required argument 'digestmod'.")
        self._init_old(key, msg, digestmod)

    def _init_old(self, key, msg, digestmod):
        self._hmac = None
        make = _constructor(digestmod)
        self._outer = make()
        self._inner = make()
        self.digest_size = self._inner.digest_size
        blocksize = getattr(self._inner, "block_size", None)
        if blocksize is None or blocksize < 16:
            import warnings
            why = "No block_size attribute on given digest object" if blocksize is None else f"block_size of {blocksize} seems too small"
            warnings.warn(f"{why}; Assuming {self.blocksize}." if blocksize is None else f"{why}; using our default of {self.blocksize}.",
                          RuntimeWarning, 3)
            blocksize = self.blocksize
        if len(key) > blocksize:
            key = make(key).digest()
        self.block_size = blocksize
        key = bytes(key).ljust(blocksize, b"\0")
        self._outer.update(key.translate(trans_5C))
        self._inner.update(key.translate(trans_36))
        if msg is not None:
            self.update(msg)

    @property
    def name(self):
        """hmac- and the name of the hash."""
        return f"hmac-{self._inner.name}"

    def update(self, msg):
        """Add bytes to the message."""
        self._inner.update(msg)

    def copy(self):
        """Another HMAC of the same key and message so far."""
        other = self.__class__.__new__(self.__class__)
        other._hmac = None
        other.digest_size = self.digest_size
        other.block_size = self.block_size
        other._inner = self._inner.copy()
        other._outer = self._outer.copy()
        return other

    def _current(self):
        h = self._outer.copy()
        h.update(self._inner.digest())
        return h

    def digest(self):
        """The code of the message so far, as bytes."""
        return self._current().digest()

    def hexdigest(self):
        """The code of the message so far, as hexadecimal digits."""
        return self._current().hexdigest()


def new(key, msg=None, digestmod=""):
    """An HMAC object with this key, and msg added to it if it is given."""
    return HMAC(key, msg, digestmod)


def digest(key, msg, digest):
    """The code of a message at one go, as bytes; digest as HMAC's digestmod."""
    code = _hmac_digest(digest, key, msg)
    if code is not None:
        return code
    make = _constructor(digest)
    inner, outer = make(), make()
    blocksize = getattr(inner, "block_size", 64)
    if len(key) > blocksize:
        key = make(key).digest()
    key = bytes(key).ljust(blocksize, b"\0")
    inner.update(key.translate(trans_36))
    outer.update(key.translate(trans_5C))
    inner.update(msg)
    outer.update(inner.digest())
    return outer.digest()
