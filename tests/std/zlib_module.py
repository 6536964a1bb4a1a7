"""zlib and gzip: streams in pieces, every level and wrapping, dictionaries, damaged data, messages."""
import copy, gzip, io, random, zlib

def show(label, f, *args, **kw):
    try:
        v = f(*args, **kw)
        print(label, v if not isinstance(v, bytes) or len(v) < 60 else (len(v), zlib.crc32(v)))
    except Exception as e:
        print(label, type(e).__name__, e)

r = random.Random(5)
def repeats(n):
    a = bytearray()
    while len(a) < n:
        if a and r.random() < .6:
            p = r.randrange(len(a))
            a += a[p:p + r.randrange(300)]
        else:
            a += r.randbytes(r.randrange(1, 50))
    return bytes(a[:n])

DATA = [b"", b"a", b"ab", b"abc", b"aaaa" * 1000, bytes(100000), r.randbytes(70000), repeats(200000), b"".join(b"line %d temp=%f\n" % (i, i / 7) for i in range(4000)),
        bytes(range(256)) * 300, b"x" * 258 + b"y" * 259]
sizes = {}
for level in range(-1, 10):
    for data in DATA:
        for wbits in (15, -15, 31, 9, -9, 12):
            if zlib.decompress(zlib.compress(data, level, wbits), wbits) != data:
                print("wrong", level, wbits, len(data))
    sizes[level] = [len(zlib.compress(d, level)) for d in DATA]
print("better than half", [s < len(d) // 2 + 60 for s, d in zip(sizes[6], DATA)], "grows little", all(s <= len(d) + len(d) // 1000 + 40 for v in sizes.values() for s, d in zip(v, DATA)))
print("9 is not worse than 1", all(a <= b + 20 for a, b in zip(sizes[9], sizes[1])))

for strategy in range(5):
    for data in DATA:
        c = zlib.compressobj(6, 8, 15, 8, strategy)
        parts, at = [], 0
        while at < len(data):
            n = r.choice([1, 10, 1000, 50000])
            parts.append(c.compress(data[at:at + n]))
            at += n
            if r.random() < .1:
                parts.append(c.flush(r.choice([1, 2, 3, 5])))
            if r.random() < .05:
                c = r.choice([c.copy, lambda: copy.copy(c), lambda: copy.deepcopy(c)])()
        parts.append(c.flush())
        whole = b"".join(parts) + b"tail"
        d = zlib.decompressobj()
        out, at = [], 0
        while not d.eof:
            n, most = r.choice([1, 10, 1000, 50000]), r.choice([0, 0, 1, 100, 20000])
            out.append(d.decompress(d.unconsumed_tail + whole[at:at + n], most))
            assert not most or len(out[-1]) <= most
            at += n
            if r.random() < .05:
                d = d.copy()
        if b"".join(out) != data or not (d.unused_data + whole[at:]).endswith(b"tail"[len(d.unused_data) and 4 - len(d.unused_data):]):
            print("wrong", strategy, len(data))
c = zlib.compressobj()
text = c.compress(b"hello ") + c.flush(zlib.Z_SYNC_FLUSH)
d = zlib.decompressobj()
print(d.decompress(text), text[-4:], c.flush(zlib.Z_SYNC_FLUSH), c.flush(0))
text = c.compress(b"world") + c.flush()
print(d.decompress(text + b"more"), d.eof, d.unused_data, d.unconsumed_tail)
print(d.decompress(b"!"), d.unused_data, d.flush())

show("level", zlib.compress, b"", 10)
show("wbits", zlib.compress, b"", wbits=3)
show("str", zlib.compress, "x")
for a in ((10,), (-2,), (6, 7), (6, 8, 3), (6, 8, 15, 0), (6, 8, 15, 10), (6, 8, 15, 8, 5), (6, 8, 15, 8, -1), (6, 8, -8), ("x",)):
    show("compressobj", zlib.compressobj, *a)
show("zdict", zlib.compressobj, zdict="x")
show("zdict", zlib.compressobj, wbits=31, zdict=b"abc")
c = zlib.compressobj()
show("flush", c.flush, 9)
c.flush()
show("copy", c.copy)
for data in DATA[:4]:
    print(zlib.compress(data)[:2], zlib.compress(data, 1)[:2], zlib.compress(data, 9)[:2], zlib.compress(data, wbits=31)[:10], zlib.compress(data, wbits=9)[:2])
z = zlib.compress(b"hello world")
for data, kw in ((b"", {}), (z[:5], {}), (z[:-1], {}), (z + b"x", {}), (z[:-1] + b"x", {}), (b"xx", {}), (z, dict(wbits=3)), (z, dict(bufsize=0)), (z, dict(bufsize=1)), (z, dict(bufsize=-1)),
                 (z, dict(wbits=31)), (z, dict(wbits=47)), (z, dict(wbits=0)), (z, dict(wbits=9)), (b"\x78\x9c\x07", {}), (b"\x78\x9c\x01\x01\x00\x00\x00", {}), (b"\x78\x9c\x63\x00\x02\x00", {}), (b"\x1f\x8b\x09", dict(wbits=31)),
                 (b"\x1f\x8b\x08\xe0", dict(wbits=31)), (b"\x79\x9c", {}), (b"\x88\x1c", {})):
    show("decompress", zlib.decompress, data, **kw)
head = b"\x1f\x8b\x08\x1e" + bytes(6) + b"\x03\x00abc" + b"name\0" + b"comment\0"
full = head + (zlib.crc32(head) & 0xFFFF).to_bytes(2, "little") + zlib.compress(b"data", wbits=-15) + zlib.crc32(b"data").to_bytes(4, "little") + b"\x04\0\0\0"
show("gzip", zlib.decompress, full, 31)
show("gzip", zlib.decompress, full, 47)
d = zlib.decompressobj(47)
print(b"".join(d.decompress(full[i:i + 1]) for i in range(len(full))), d.eof)
show("gzip", zlib.decompress, full.replace(b"name", b"nome"), 31)
show("gzip", zlib.decompress, full[:-1] + b"\1", 31)
for a in ((3,), (48,), (-16,), (15, "x"), (15, 3)):
    show("decompressobj", zlib.decompressobj, *a)
d = zlib.decompressobj()
show("max", d.decompress, z, -1)
show("max", d.decompress, z, 3)
for n in (0, -1):
    show("flush", d.flush, n)
print(d.flush(), d.eof)
for kw in ({}, {"wbits": -15}, {"wbits": 9}):
    c = zlib.compressobj(zdict=b"hello world, this is", **kw)
    z2 = c.compress(b"this is hello world") + c.flush()
    print(zlib.decompressobj(zdict=b"hello world, this is", **kw).decompress(z2))
    if not kw:
        show("dictionary", zlib.decompress, z2)
        show("dictionary", zlib.decompressobj().decompress, z2)
        show("dictionary", zlib.decompressobj(zdict=b"nope").decompress, z2)
        d = zlib.decompressobj(zdict=bytearray(b"hello world, this is"))
        print(b"".join(d.decompress(bytes([b])) for b in z2), d.eof)
y = zlib._ZlibDecompressor()
print(y.decompress(z, 3), y.eof, y.needs_input, y.unused_data, y.decompress(b""), y.eof, y.needs_input)
show("eof", y.decompress, b"")
y = zlib._ZlibDecompressor()
print(y.decompress(z + b"zz", max_length=2), y.eof, y.needs_input, y.unused_data, y.decompress(b"yy", 20), y.eof, y.unused_data)
y = zlib._ZlibDecompressor(wbits=15)
print(y.decompress(z[:4]), y.needs_input, y.decompress(z[4:]))
print([zlib.crc32(b"abc", 5), zlib.adler32(b"abc", 5), zlib.crc32(b""), zlib.adler32(b"")], sorted(n for n in dir(zlib) if n[:1] != "_"))
bomb = zlib.compress(bytes(1 << 22))
d = zlib.decompressobj()
print(len(bomb) < 10000, len(d.decompress(bomb, 1000)), len(d.unconsumed_tail) > 0)

for data in DATA:
    assert gzip.decompress(gzip.compress(data, mtime=1)) == data
print(gzip.compress(b"", mtime=0)[:10], gzip.decompress(gzip.compress(b"a") + bytes(3) + gzip.compress(b"b")))
with gzip.open("f.gz", "wb") as f:
    print(f.write(b"line 1\nline 2\n"), f.tell(), f.writable(), f.readable())
with gzip.open("f.gz", "ab") as f:
    f.write(b"line 3\n")
with gzip.open("f.gz") as f:
    print(f.read(3), f.readline(), f.tell(), f.seek(2), f.read(), f.read(), f.seek(0), list(f), f.name)
for data in (b"no", b"\x1f\x8b\x07" + bytes(10), gzip.compress(b"abc")[:-1], gzip.compress(b"abc")[:-1] + b"x", gzip.compress(b"abc")[:5]):
    show("bad", gzip.decompress, data)
    show("bad", lambda: gzip.GzipFile(fileobj=io.BytesIO(data)).read())
show("mode", gzip.open, "f.gz", "rbt")
show("encoding", gzip.open, "f.gz", "rb", encoding="utf-8")
show("missing", gzip.open, "nothing.gz")
show("type", gzip.open, 5)
