# Binary records packed and unpacked.
import struct

record = struct.Struct("<HBbIqfd8s")
out = bytearray()
for i in range(60000):
    out += record.pack(i & 0xFFFF, i & 255, i % 100 - 50, i * 3, -i, i / 7, i * 1.5, b"sensor%02d" % (i % 100))
total = 0
for a, b, c, d, e, f, g, h in record.iter_unpack(bytes(out)):
    total += a + b + c + d + e + int(g)
for i in range(0, len(out), record.size):
    total += record.unpack_from(out, i)[3]
    total += struct.unpack(">H", out[i:i + 2])[0]
    total += int.from_bytes(out[i + 4:i + 8], "little")
print(len(out), total)
