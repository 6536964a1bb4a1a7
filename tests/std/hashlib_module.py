"""hashlib, hmac, secrets: every hash at the edges of its blocks, parameters, copies, messages."""
import hashlib, hmac, io, secrets
import _blake2, _md5, _sha1, _sha2, _sha3

def show(label, f, *args, **kw):
    try:
        v = f(*args, **kw)
        print(label, v.hex() if isinstance(v, bytes) else v)
    except Exception as e:
        print(label, type(e).__name__, e)

def data(n):
    return bytes(i * 7 + (i >> 8) & 255 for i in range(n))

def hexdigest(h):
    return h.hexdigest(200) if h.digest_size == 0 else h.hexdigest()

NAMES = sorted(hashlib.algorithms_guaranteed)
for name in NAMES:
    h = hashlib.new(name)
    print(name, h.name, h.digest_size, h.block_size)
    for n in (0, 1, 3, 55, 56, 57, 63, 64, 65, 71, 72, 73, 103, 104, 105, 111, 112, 113, 119, 127, 128, 129, 135, 136, 137, 143, 144, 145, 167, 168, 169, 255, 256, 257, 1000, 100000):
        whole = hashlib.new(name, data(n))
        parts = getattr(hashlib, name)()
        for i in range(0, n, 37):
            parts.update(memoryview(data(n))[i:i + 37])
            if n > 300: break
        if n <= 300:
            assert hexdigest(whole) == hexdigest(parts), (name, n)
        print(n, hexdigest(whole))
    h = getattr(hashlib, name)(b"abc", usedforsecurity=False)
    copy = h.copy()
    copy.update(b"def")
    print(hexdigest(h), hexdigest(copy), hexdigest(h) == hexdigest(getattr(hashlib, name)(b"abc")))
for h in (_sha3.sha3_224(), _sha3.shake_128(b"x")):
    print(h._capacity_bits, h._rate_bits, h._suffix)
shake = _sha3.shake_256(b"x")
for n in (0, 1, 136, 137, 1000):
    print(shake.digest(n).hex(), shake.hexdigest(n) == shake.digest(n).hex())
for n in (-1, 2**29, 2**70, "x", None):
    show("shake", shake.digest, n)

B, S = _blake2.blake2b, _blake2.blake2s
for cls in (B, S):
    print(cls.MAX_DIGEST_SIZE, cls.MAX_KEY_SIZE, cls.SALT_SIZE, cls.PERSON_SIZE, cls().MAX_KEY_SIZE)
    for kw in (dict(digest_size=1), dict(digest_size=20), dict(key=b"k"), dict(key=b"k" * 32), dict(salt=b"s" * 8), dict(person=b"p" * 7), dict(salt=b"salt", person=b"me", key=b"key"),
               dict(fanout=2, depth=3, leaf_size=4096, node_offset=5, node_depth=1, inner_size=32, last_node=True), dict(fanout=0, depth=255, leaf_size=2**32 - 1, node_offset=2**48 - 1, node_depth=255, inner_size=0),
               dict(digest_size=0), dict(digest_size=65), dict(digest_size=-1), dict(key=b"x" * 65), dict(salt=b"x" * 17), dict(person=b"x" * 17), dict(fanout=-1), dict(fanout=256), dict(depth=0),
               dict(depth=256), dict(leaf_size=-1), dict(leaf_size=2**32), dict(node_offset=-1), dict(node_offset=2**64), dict(node_depth=256), dict(inner_size=65), dict(inner_size=-1), dict(key="x"), dict(salt=3)):
        show("blake2", lambda: cls(**kw).hexdigest())
        show("blake2", lambda: cls(data(500), **kw).hexdigest())
        show("blake2", lambda: cls(data(256), **kw).copy().hexdigest())
show("offset", S, node_offset=2**48)

show("str", _md5.md5, "x")
show("int", _md5.md5, 1)
show("str", _blake2.blake2b, "x")
show("two", _sha3.sha3_224, "x")
show("keyword", lambda: _sha2.sha256(string=b"x").hexdigest())
show("update", _sha1.sha1().update, "x")
show("attribute", setattr, _md5.md5(), "name", 3)
show("create", type(_md5.md5()))
for name in ("x", "SHA3", "", 1, None, b"md5"):
    show("new", hashlib.new, name)
    show("constructor", getattr(hashlib, "__get_builtin_constructor"), name)
for name in ("SHA256", "MD5", "Sha1", "SHAKE_128", "BLAKE2b"):
    show("name", lambda: hashlib.new(name, b"").name)
print(sorted(hashlib.__all__))

for name in ("md5", "sha256", lambda: hashlib.sha1()):
    print(hashlib.file_digest(io.BytesIO(data(600000)), name).hexdigest())
with open("file", "wb") as f:
    f.write(data(600000))
with open("file", "rb") as f:
    f.read(5)
    print(hashlib.file_digest(f, "sha512").hexdigest())
with open("file", "wb") as f:
    try:
        hashlib.file_digest(f, "sha512")
    except Exception as e:
        print(type(e).__name__)
show("file", hashlib.file_digest, 1, "md5")

P = hashlib.pbkdf2_hmac
for name in ("md5", "sha1", "SHA256", "sha512", "sha3_256", "blake2b"):
    for args in ((b"password", b"salt", 1), (b"p" * 200, b"", 3, 1), (b"", b"salt", 1000, 100), (bytearray(b"x"), memoryview(b"y"), 2, None)):
        show(name, P, name, *args)
for args in (("sha1", b"", b"", 0), ("sha1", b"", b"", -1), ("sha1", b"", b"", 1, 0), ("sha1", b"", b"", 1, -1), ("sha1", "", b"", 1), ("sha1", b"", "", 1), (1, b"", b"", 1), ("sha1", b"", b"", 2**40), ("sha1", b"", b"", 1, 2**40)):
    show("pbkdf2", P, *args)
C = hashlib.scrypt
for kw in (dict(salt=b"", n=16, r=1, p=1), dict(salt=b"NaCl", n=1024, r=8, p=2), dict(salt=b"x", n=2, r=1, p=1, dklen=1), dict(salt=b"x", n=4, r=3, p=5, dklen=100),
           dict(), dict(salt=b"x"), dict(salt=b"x", n=2), dict(salt=b"x", n=2, r=1), dict(salt=b"x", n=3, r=1, p=1), dict(salt=b"x", n=1, r=1, p=1), dict(salt=b"x", n=0, r=1, p=1),
           dict(salt=b"x", n=2, r=0, p=1), dict(salt=b"x", n=2, r=1, p=0), dict(salt=b"x", n=2, r=1, p=1, maxmem=-1), dict(salt=b"x", n=2, r=1, p=1, maxmem=10), dict(salt=b"x", n=2, r=1, p=1, dklen=0),
           dict(salt=b"x", n=2**20, r=8, p=1), dict(salt=None, n=2, r=1, p=1), dict(salt="", n=2, r=1, p=1), dict(salt=b"", n="a", r=1, p=1), dict(salt=b"x", n=-2, r=1, p=1)):
    show("scrypt", C, b"password", **kw)
show("scrypt", C, "x", salt=b"x", n=2, r=1, p=1)

for name in [n for n in NAMES if n[:5] != "shake"]:
    for key in (b"", b"k" * 20, b"k" * 64, b"k" * 200):
        h = hmac.new(key, b"message", name)
        again = hmac.new(key, digestmod=getattr(hashlib, name))
        again.update(b"mess")
        copy = again.copy()
        copy.update(b"age")
        assert h.digest() == copy.digest() == hmac.digest(key, b"message", name) == hmac.digest(key, b"message", getattr(hashlib, name))
        print(h.name, h.digest_size, h.block_size, h.hexdigest(), again.hexdigest())
show("hmac", hmac.new, "k")
show("hmac", hmac.new, b"k")
show("hmac", hmac.new, b"k", b"")
show("hmac", hmac.new, b"k", "s", "md5")
show("hmac", hmac.new, b"k", b"", "x")
show("hmac", hmac.digest, b"k", b"", "x")
show("hmac", hmac.digest, "k", b"x", "md5")
show("hmac", hmac.digest, b"k", "x", "md5")
for a, b in (("a", "a"), ("a", "b"), ("a", "aa"), (b"a", b"a"), (b"a", bytearray(b"a")), (b"", b""), (memoryview(b"ab"), b"ac"), ("\xe9", "\xe9"), (1, "a"), (b"a", "a"), ("a", b"a"), (1, 2), (1, b"a"), (None, None)):
    show("compare", hmac.compare_digest, a, b)

print(len(secrets.token_bytes()), len(secrets.token_bytes(5)), len(secrets.token_hex(7)), len(secrets.token_urlsafe(10)), len(secrets.token_urlsafe()))
print(all(0 <= secrets.randbelow(7) < 7 for i in range(100)), secrets.choice([4]), secrets.randbits(8) < 256, secrets.compare_digest(b"a", b"a"), len({secrets.token_hex() for i in range(50)}))
for n in (0, -1):
    show("below", secrets.randbelow, n)
show("choice", secrets.choice, [])
