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


def _keyed(make, key, block):
    """The two hashes of RFC 2104, the inner and the outer, which have read the key: each its own pad of block bytes."""
    if len(key) > block:
        key = make(key).digest()
    hashes = make(), make()
    for hash, pad in zip(hashes, (trans_36, trans_5C)):
        hash.update(bytes(key).ljust(block, b"\0").translate(pad))
    return hashes


def _block_size(hash, default):
    """The size of the hash's blocks, in bytes; where it does not say, or says what cannot be: default, with a warning."""
    size = getattr(hash, "block_size", None)
    if size is not None and size >= 16:
        return size
    import warnings
    warnings.warn(f"No block_size attribute on given digest object; Assuming {default}." if size is None else
                  f"block_size of {size} seems too small; using our default of {default}.", RuntimeWarning, 4)
    return default


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
        make = _constructor(digestmod)
        probe = make()
        self._hmac = None
        self.digest_size = probe.digest_size
        self.block_size = _block_size(probe, self.blocksize)
        self._inner, self._outer = _keyed(make, key, self.block_size)
        if msg is not None:
            self.update(msg)

    @property
    def name(self):
        """hmac- and the name of the hash."""
        return "hmac-" + self._inner.name

    def update(self, msg):
        """Add bytes to the message."""
        self._inner.update(msg)

    def copy(self):
        """Another HMAC of the same key and message so far."""
        other = object.__new__(type(self))
        vars(other).update(vars(self), _inner=self._inner.copy(), _outer=self._outer.copy())
        return other

    def _current(self):
        whole = self._outer.copy()
        whole.update(self._inner.digest())
        return whole

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
    if code is None:
        make = _constructor(digest)
        inner, outer = _keyed(make, key, getattr(make(), "block_size", 64))
        inner.update(msg)
        outer.update(inner.digest())
        code = outer.digest()
    return code
