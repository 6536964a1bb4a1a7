# options: --deadline 8
# 50,000 keys that collide in the plain hash of names, and ints that agree in their low bits: no slower than others.
M32 = 0xFFFFFFFF


# kr_name_hash of 8 bytes: h = ((seed ^ w0) * A; h ^= h >> 15; h = (h ^ w1) * A; h ^= h >> 15; then a finish that is the same for all.
# For any w0, the w1 that leads to a chosen state is state ^ what w0 led to.
A, SEED = 0x85EBCA6B, 0x9E3779B9 ^ 8


def keys(count):
    made = []
    n = 0
    while len(made) < count:
        w0 = 0x20202020 + (n & 63) + ((n >> 6 & 63) << 8) + ((n >> 12 & 63) << 16) + ((n >> 18 & 63) << 24)
        n += 1
        h = (SEED ^ w0) * A & M32
        w1 = h ^ h >> 15 ^ 0x12345678
        if not w1 & 0x80808080:  # ASCII, so that the text has these bytes
            made.append((w0 | w1 << 32).to_bytes(8, "little").decode())
    return made


import time

texts = keys(50_000)
start = time.process_time()
table = {t: i for i, t in enumerate(texts)}
found = sum(t in table for t in texts)
seen = set(texts)
print(len(table), found, len(seen), time.process_time() - start < 1)
raw = [t.encode() for t in texts]
start = time.process_time()
print(len(set(raw)), time.process_time() - start < 1)
for shift in (8, 16, 24, 32, 40, 48, 60, 100):
    d = {i << shift: i for i in range(20_000)}
    s = set(d)
    print(shift, len(d), len(s), sum(d[k] for k in s))
d = {float(i << 40): i for i in range(20_000)}
print(len(d), d[float(1 << 40)])
d = {(i << 32, 0): i for i in range(20_000)}
print(len(d))


class SameHash:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return 7

    def __eq__(self, other):
        return self.n == other.n


print(len({SameHash(i) for i in range(300)}))
