# inflate_oracle.py - writes inflate_expected.h: streams that CPython's zlib made, and what it says of damaged ones.
# SPDX-License-Identifier: MIT
import random
import zlib

random.seed(1951)


def deflate(data, level=9, strategy=zlib.Z_DEFAULT_STRATEGY):
    z = zlib.compressobj(level, zlib.DEFLATED, -15, 9, strategy)
    return z.compress(data) + z.flush()


words = [bytes(random.choices(b"abcdefghijklmnop", k=random.randint(2, 9))) for _ in range(400)]
text = b" ".join(random.choices(words, k=1200))
noise = random.randbytes(1200)
skewed = bytes(int(random.expovariate(0.06)) & 255 for _ in range(1500))
far = noise[:600] + bytes(32768 - 600) + noise[:600] + text[:50] * 3
streams = [("empty", b"", {}), ("one", b"a", {}), ("stored", noise, {"level": 0}), ("noise", noise[:900], {}), ("zeros", bytes(300000), {}),
           ("text", text, {}), ("fixed", text[:1200], {"strategy": zlib.Z_FIXED}), ("huffman", skewed, {"strategy": zlib.Z_HUFFMAN_ONLY}),
           ("rle", bytes(b for b in skewed[:500] for _ in range(b % 5)), {"strategy": zlib.Z_RLE}), ("fast", text[:9000], {"level": 1}),
           ("far", far, {}), ("mixed", text[:2000] + noise[:2000] + bytes(2000), {})]


def judge(data):
    z = zlib.decompressobj(-15)
    try:
        out = z.decompress(data, 400000)
    except zlib.error:
        return "e", 0
    return ("c", zlib.crc32(out)) if z.eof else ("i", 0)


print("// inflate_expected.h - what CPython's zlib compressed, and says of damaged streams, made by inflate_oracle.py.")
print("// SPDX-License-Identifier: MIT")
packed = [(name, data, deflate(data, **how)) for name, data, how in streams]
for name, data, z in packed:
    print(f"static const uint8_t data_{name}[] = {{ {', '.join(map(str, z))} }};")
print("static const Row rows[] = {")
for name, data, z in packed:
    print(f'    {{ "{name}", {len(data)}, {zlib.crc32(data)}u, {len(z)}, data_{name} }},')
print("};\nstatic const Verdict verdicts[] = {")
small = [deflate(text[:n], **how) for n in (5, 60, 250) for how in ({}, {"strategy": zlib.Z_FIXED}, {"level": 0})] + [deflate(skewed[:200])]
for i in range(500):
    z = bytearray(random.choice(small)) if i % 4 else bytearray(random.randbytes(random.randint(1, 60)))
    for _ in range(random.choice((0, 1, 1, 1, 3))):
        at = random.randrange(min(len(z), random.choice((3, 20, 400))))
        z[at] ^= 1 << random.randrange(8)
    del z[random.choice((400, 400, 400, random.randrange(1, 300))):]
    said, crc = judge(bytes(z))
    print(f'    {{ "{z.hex()}", \'{said}\', {crc}u }},')
print("};")
