"""Secure hashes and message digests: hashlib.sha256(data).hexdigest(), or new(name), then update(data) as often as one likes.

md5, sha1 and SHA-2 (FIPS 180-4). md5 and sha1 are broken: they are for old protocols."""

from _md5 import md5
from _sha1 import sha1
from _sha2 import sha224, sha256, sha384, sha512

algorithms_guaranteed = algorithms_available = {"md5", "sha1", "sha224", "sha256", "sha384", "sha512"}


def new(name, data=b""):
    """A hash object of the algorithm called name, with data added to it."""
    if name not in algorithms_available:
        raise ValueError(f"unsupported hash type {name}")
    return globals()[name](data)
