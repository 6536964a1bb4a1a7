# Krait alone: uctypes and deflate, held against MicroPython's documentation (docs.micropython.org).
import array
import gc
import gzip
import io
import json
import struct
import sys
import zlib

import deflate
import uctypes


def raises(kind, function, *args, words=""):
    try:
        function(*args)
    except kind as e:
        assert words in str(e), str(e)
        return
    raise AssertionError(f"no {kind.__name__}")


# ---- uctypes: the documentation's own kinds of fields ----
LAYOUT = {
    "field_name": uctypes.UINT32 | 0,
    "sub": (2, {"b0": uctypes.UINT8 | 0, "b1": uctypes.UINT8 | 1}),
    "arr": (uctypes.ARRAY | 0, uctypes.UINT8 | 2),
    "arr2": (uctypes.ARRAY | 0, 2, {"b": uctypes.UINT8 | 0}),
    "bitf0": uctypes.BFUINT16 | 0 | 0 << uctypes.BF_POS | 8 << uctypes.BF_LEN,
    "bitf1": uctypes.BFUINT16 | 0 | 8 << uctypes.BF_POS | 8 << uctypes.BF_LEN,
    "top": uctypes.BFUINT32 | 0 | 28 << uctypes.BF_POS | 4 << uctypes.BF_LEN,
    "low": uctypes.BFINT8 | 0 | 0 << uctypes.BF_POS | 4 << uctypes.BF_LEN,
}
data = bytearray(b"\x1f\x22\x33\xf4")
little = uctypes.struct(uctypes.addressof(data), LAYOUT, uctypes.LITTLE_ENDIAN)
big = uctypes.struct(data, LAYOUT, uctypes.BIG_ENDIAN)
assert little.field_name == 0xf433221f and big.field_name == 0x1f2233f4
assert little.sub.b0 == 0x33 and little.sub.b1 == 0xf4
assert list(little.arr) == [0x1f, 0x22] and [item.b for item in little.arr2] == [0x1f, 0x22] and len(little.arr2) == 2
assert little.bitf0 == 0x1f and little.bitf1 == 0x22 and big.bitf0 == 0x22 and big.bitf1 == 0x1f
assert little.top == 0xf and big.top == 1 and little.low == -1
little.bitf0 = 0x1aa
assert data == b"\xaa\x22\x33\xf4"
big.bitf0 = 0x77
assert data == b"\xaa\x77\x33\xf4"
little.low = -3
assert data[0] == 0xad and little.low == -3
little.sub.b1 = 0x155
little.arr[1] = 9
little.arr2[0].b = 8
assert data == b"\x08\x09\x33\x55"
little.field_name = -2
assert data == b"\xfe\xff\xff\xff" and bytes(little) == data and bytes(little.sub) == b"\xff\xff"
assert dir(little) == sorted(LAYOUT)

SCALARS = [(uctypes.UINT8, 1, 200), (uctypes.INT8, 1, -2), (uctypes.UINT16, 2, 60000), (uctypes.INT16, 2, -3), (uctypes.UINT32, 4, 4000000000),
           (uctypes.INT32, 4, -4), (uctypes.UINT64, 8, 1 << 63), (uctypes.INT64, 8, -5), (uctypes.FLOAT32, 4, 1.5), (uctypes.FLOAT64, 8, 0.1),
           (uctypes.VOID, 1, 7), (uctypes.SHORT, 2, -1), (uctypes.USHORT, 2, 1), (uctypes.INT, 4, -1), (uctypes.UINT, 4, 1),
           (uctypes.LONGLONG, 8, -1), (uctypes.ULONGLONG, 8, 1), (uctypes.LONG, struct.calcsize("l"), -1), (uctypes.ULONG, struct.calcsize("l"), 1)]
for kind, size, value in SCALARS:
    memory = bytearray(3 + size)
    for layout in (uctypes.LITTLE_ENDIAN, uctypes.BIG_ENDIAN, uctypes.NATIVE):
        s = uctypes.struct(memory, {"v": kind | 3, "a": (uctypes.ARRAY | 3, kind | 1)}, layout)
        s.v = value
        assert s.v == value == s.a[0] and memory[:3] == bytes(3)
        assert uctypes.sizeof({"v": kind}, layout) == size
print("fields")

# ---- sizes ----
MIXED = {"a": uctypes.UINT8 | 0, "b": uctypes.UINT32 | 4, "c": uctypes.UINT8 | 8}
assert uctypes.sizeof(MIXED, uctypes.LITTLE_ENDIAN) == 9 and uctypes.sizeof(MIXED, uctypes.NATIVE) == uctypes.sizeof(MIXED) == 12
assert uctypes.sizeof({"x": (uctypes.ARRAY | 0, 3, MIXED)}) == 36 and uctypes.sizeof({"p": (uctypes.PTR | 0, MIXED)}) == struct.calcsize("P")
whole = uctypes.struct(bytearray(64), {"m": (4, MIXED), "x": (uctypes.ARRAY | 16, 3, MIXED), "bits": uctypes.BFUINT16 | 2}, uctypes.LITTLE_ENDIAN)
assert uctypes.sizeof(whole) == 43 and uctypes.sizeof(whole.m) == 9 and uctypes.sizeof(whole.x) == 27
raises(TypeError, uctypes.sizeof, 3)
raises(TypeError, uctypes.sizeof, "x")

# ---- addresses ----
text = bytearray(b"abcdefgh")
at = uctypes.addressof(text)
assert uctypes.addressof(text) == at and uctypes.addressof(memoryview(text)[3:]) == at + 3
assert uctypes.addressof(uctypes.struct(at + 2, MIXED)) == at + 2
words = array.array("H", [1, 2, 3])
assert uctypes.addressof(memoryview(words)[1:]) == uctypes.addressof(words) + 2
assert uctypes.bytes_at(at + 1, 3) == b"bcd" and uctypes.bytes_at(uctypes.addressof(b"xyz"), 3) == b"xyz"
part = uctypes.bytearray_at(at, 4)
part[0] = 65
assert text == b"Abcdefgh" and bytes(part) == b"Abcd"
raises(ValueError, uctypes.bytes_at, at, 9, words="only 8")
raises(ValueError, uctypes.bytes_at, at + 9, 0, words="behind the end")
raises(ValueError, uctypes.struct, 0x40021000, MIXED, words="addressof()")
raises(ValueError, uctypes.struct, 0, MIXED, words="addressof()")
raises(ValueError, uctypes.struct, id(text), MIXED, words="addressof()")
raises(ValueError, lambda: uctypes.struct(b"abcdef", MIXED).b, words="not in the object's memory")
raises(BufferError, text.append, 3)
del part


def address_of_nothing():
    return uctypes.addressof(bytearray(30))


def deep(n):  # where the object was, others are
    return deep(n - 1) + [bytearray(30)] if n else []


gone = [address_of_nothing() for _ in range(20)]
deep(50)
gc.collect()
dead = 0
for address in gone:
    try:
        uctypes.bytes_at(address, 1)
    except ValueError:
        dead += 1
assert dead >= 10, dead
for _ in range(2000):
    uctypes.addressof(bytearray(10))
gc.collect()
assert len({address_of_nothing() for _ in range(100)} - {at}) == 100

# ---- pointers ----
memory = bytearray(b"0123456789abcdef")
pointers = bytearray(2 * struct.calcsize("P"))
FIRST, SECOND = 0, struct.calcsize("P")
struct.pack_into("PP", pointers, 0, uctypes.addressof(memory), uctypes.addressof(memory) + 4)
p = uctypes.struct(uctypes.addressof(pointers), {"bytes": (uctypes.PTR | FIRST, uctypes.UINT8), "records": (uctypes.PTR | SECOND, MIXED),
                                                 "words": (uctypes.PTR | SECOND, uctypes.UINT16)})
assert p.bytes[0] == ord("0") and p.bytes[3] == ord("3") and p.words[0] == struct.unpack("H", b"45")[0]
assert p.records[0].a == ord("4") and p.records[0].b == struct.unpack("I", b"89ab")[0]
p.bytes[1] = ord("x")
p.records[0].c = ord("y")
assert memory == b"0x23456789abydef"
assert int(p.records) == uctypes.addressof(memory) + 4
assert p.words[-1] == struct.unpack("H", b"23")[0]
raises(ValueError, lambda: p.records[1].b)
raises(ValueError, lambda: uctypes.struct(bytes(8), {"p": (uctypes.PTR | 0, uctypes.UINT8)}).p[0], words="pointer 0x0")

# ---- what is refused ----
raises(AttributeError, lambda: p.nothing, words="no field 'nothing'")
raises(AttributeError, setattr, p, "nothing", 1)
raises(TypeError, setattr, p, "bytes", 1)
raises(TypeError, lambda: whole[0])
raises(IndexError, lambda: whole.x[3])
raises(IndexError, lambda: whole.x[-1])
raises(TypeError, len, whole)
raises(TypeError, int, whole)
raises(TypeError, setattr, uctypes.struct(b"abcd", {"v": uctypes.UINT8}), "v", 1)
raises(TypeError, setattr, whole.m, "a", "x")
raises(ValueError, uctypes.struct, b"", MIXED, 3)
raises(TypeError, uctypes.struct, b"", 3)
raises(TypeError, uctypes.struct, b"", (1, 2))
raises(TypeError, uctypes.addressof, 3)
raises(TypeError, lambda: uctypes.struct(b"", {"v": "x"}).v)
print("addresses")

# ---- deflate ----
lines = b"".join(b"%d %d\n" % (i, i * i % 97) for i in range(2000))
for kind in (deflate.AUTO, deflate.RAW, deflate.ZLIB, deflate.GZIP):
    for wbits in (0, 5, 8, 9, 12, 15):
        stream = io.BytesIO()
        with deflate.DeflateIO(stream, kind, wbits) as d:
            for i in range(0, len(lines), 1000):
                assert d.write(lines[i:i + 1000]) == len(lines[i:i + 1000])
        packed = stream.getvalue()
        assert zlib.decompress(packed, {deflate.ZLIB: 15, deflate.GZIP: 31}.get(kind, -max(wbits, 8))) == lines  # no further than the window
        for reading in {kind, deflate.AUTO}:
            assert deflate.DeflateIO(io.BytesIO(packed), reading, wbits).read() == lines
    d = deflate.DeflateIO(io.BytesIO(packed), kind)
    assert d.readline() == b"0 0\n" and d.read(3) == lines[4:7] and d.readline(2) == b"\n"
    buffer = bytearray(10)
    assert d.readinto(buffer) == 10 and buffer == lines[8:18]
    assert list(d)[-1] == lines.splitlines(True)[-1] and d.read(5) == b"" == d.read() and d.readinto(buffer) == 0
assert deflate.DeflateIO(io.BytesIO(gzip.compress(lines))).read() == lines
stream = io.BytesIO(zlib.compress(lines))
with deflate.DeflateIO(stream, deflate.ZLIB, 0, True) as d:
    d.read(10)
assert stream.closed
raises(OSError, d.read)
stream = io.BytesIO(zlib.compress(json.dumps({"a": [1, 2]}).encode()))
assert json.load(deflate.DeflateIO(stream)) == {"a": [1, 2]} and not stream.closed
for damaged, kind in ((zlib.compress(lines)[:50], EOFError), (b"", EOFError), (b"\x1f\x8bxxxxxxxxxxxxxx", OSError)):
    raises(kind, deflate.DeflateIO(io.BytesIO(damaged)).read)
raises(ValueError, deflate.DeflateIO, stream, 4)
raises(ValueError, deflate.DeflateIO, stream, deflate.RAW, 4)
raises(ValueError, deflate.DeflateIO, stream, deflate.RAW, 16)
print("deflate")
