class Ring:
    def __init__(self, size):
        self.data = [0.0] * size
        self.size = size
        self.at = 0
        self.count = 0

    def push(self, value):
        self.data[self.at] = value
        self.at = (self.at + 1) % self.size
        if self.count < self.size:
            self.count += 1

    def __len__(self):
        return self.count

    def __iter__(self):
        start = self.at - self.count
        for i in range(self.count):
            yield self.data[(start + i) % self.size]

    def mean(self):
        return sum(self) / self.count

    def spread(self):
        mean = self.mean()
        return (sum((v - mean) ** 2 for v in self) / self.count) ** 0.5

    def limits(self):
        values = list(self)
        return min(values), max(values)


class Running:
    def __init__(self):
        self.n = 0
        self.mean = self.m2 = 0.0
        self.low = float("inf")
        self.high = float("-inf")

    def add(self, x):
        self.n += 1
        delta = x - self.mean
        self.mean += delta / self.n
        self.m2 += delta * (x - self.mean)
        if x < self.low:
            self.low = x
        if x > self.high:
            self.high = x

    @property
    def deviation(self):
        return (self.m2 / self.n) ** 0.5 if self.n else 0.0


rings = {f"s{i}": Ring(64) for i in range(8)}
stats = {name: Running() for name in rings}
names = list(rings)
alarms = []
seed = 12345
for i in range(40000):
    seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
    name = names[i & 7]
    value = 20 + (seed >> 16) % 1000 / 100
    ring = rings[name]
    ring.push(value)
    stats[name].add(value)
    if i % 128 < 8:
        low, high = ring.limits()
        if abs(value - ring.mean()) > 1.6 * ring.spread() and any(v > 29.5 for v in ring) and not all(v < 29 for v in ring):
            alarms.append((name, i, round(high - low, 2)))
for name, s in stats.items():
    print(name, s.n, f"{s.mean:.4f} {s.deviation:.4f} {s.low:.2f} {s.high:.2f}")
print(len(alarms), alarms[:3])
