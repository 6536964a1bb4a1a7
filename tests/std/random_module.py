# random_module.py - random: the same sequences as CPython from the same seeds, for every method; states, subclasses, errors.
# SPDX-License-Identifier: MIT
import random
from random import Random


def show(text):
    try:
        print(text, "->", repr(eval(text)))
    except Exception as e:
        print(text, "->", type(e).__name__ + ":", e)


for seed in (0, 1, -1, 12345, 2 ** 32, 2 ** 64 + 1, -2 ** 100, 10 ** 400, 0.0, 2.0, "", "text", "é", b"bytes", bytearray(b"array"), True):
    r = Random(seed)
    print(repr(seed)[:40], r.random(), r.getrandbits(10), r.getrandbits(32), r.getrandbits(33), r.getrandbits(64), r.getrandbits(65), r.getrandbits(1000) % 10 ** 20, r.getrandbits(0))
for seed in ("text", "é", b"bytes", "", 5):
    r = Random()
    r.seed(seed, version=1)
    print(seed, r.random())
r = Random(42)
for call in """random() randrange(10) randrange(5, 10) randrange(0, 100, 7) randrange(100, 0, -3) randrange(2**70) randrange(2**40) randint(1,6) randint(-5,5) choice('abcdef') choice(range(1000))
    sample(range(10),3) sample(range(1000),4) sample(range(100000),30) sample(['a','b','c'],4,counts=[3,0,2]) sample((1,2,3),3) choices('abc',k=5) choices('abc',[1,2,3],k=5) choices('abc',cum_weights=[1,2,9],k=5)
    uniform(1,5) uniform(5,-1) triangular() triangular(0,10,3) triangular(1,1,1) randbytes(0) randbytes(5) randbytes(20) binomialvariate() binomialvariate(10,0.3) binomialvariate(100,0.7) binomialvariate(1000,0.45) binomialvariate(5,0)
    binomialvariate(5,1)""".split(): show("r." + call)
for call in "normalvariate() normalvariate(5,2) gauss() gauss(3,4) gauss() lognormvariate(0,0.5) expovariate() expovariate(3) vonmisesvariate(1,2) vonmisesvariate(1,0) gammavariate(2,3) gammavariate(0.5,2) gammavariate(1,2) betavariate(2,3) paretovariate(3) weibullvariate(2,3)".split():
    for _ in range(3): print(call, "%.11g" % eval("r." + call))
for n in (0, 1, 2, 5, 50):
    x = list(range(n))
    r.shuffle(x)
    print(x)
print([r.randrange(n) for n in range(1, 70)], [r.randrange(2 ** n) for n in range(0, 90, 7)])

state = r.getstate()
a = [r.random() for _ in range(5)] + [r.gauss() for _ in range(3)]
r.setstate(state)
print(state[0], len(state[1]), a == [r.random() for _ in range(5)] + [r.gauss() for _ in range(3)])
s = Random()
s.__setstate__(r.__getstate__())
print(s.random() == r.random(), s.__reduce__()[0] is Random, s.__reduce__()[2] == s.getstate())
for text in """r.setstate((1, 2, 3))
r.setstate((3, (), None))
r.setstate((3, [0] * 625, None))
r.setstate((3, (0,) * 624 + (700,), None))
r.setstate((3, (0,) * 624 + ("x",), None))
r.setstate((3, (-1,) * 625, None))
r.setstate((2, (-1,) * 624 + (5,), None))
r.getrandbits(-1)
r.getrandbits(1.5)
r.getrandbits()
r.randrange(0)
r.randrange(5, 5)
r.randrange(5, 1, 2)
r.randrange(1, 5, 0)
r.randrange(1.5)
r.randrange(5, step=2)
r.randint(5, 1)
r.choice([])
r.choice(5)
r.choice({1})
r.sample({1, 2}, 1)
r.sample([1], 2)
r.sample([1], -1)
r.sample([1, 2], 1, counts=[1])
r.sample([1, 2], 1, counts=[1, 0.5])
r.sample([1, 2], 1, counts=[-5, 1])
r.choices([], k=1)
r.choices([1], 2)
r.choices([1], [1], cum_weights=[1])
r.choices([1, 2], [1])
r.choices([1, 2], [0, 0])
r.choices([1, 2], [1, float("inf")])
r.seed([1])
r.gammavariate(0, 1)
r.binomialvariate(-1)
r.binomialvariate(1, 2)
r.random(5)
Random(1, 2)
Random([])
random.SystemRandom().getstate()
random.SystemRandom().getrandbits(-1)
random.SystemRandom().seed(5)
len(random.SystemRandom().randbytes(10))
0 <= random.SystemRandom().random() < 1
random.SystemRandom().randrange(10) in range(10)
random.SystemRandom().getrandbits(20) < 2 ** 20""".split("\n"): show(text)


class OwnRandom(Random):
    def random(self): return super().random() / 2


class OwnBits(Random):
    def getrandbits(self, k): return super().getrandbits(k) ^ 1 if k else 0


class Both(OwnRandom):
    def getrandbits(self, k): return Random.getrandbits(self, k) >> 1 << 1


for cls in (OwnRandom, OwnBits, Both):
    r = cls(5)
    print(cls.__name__, r.random(), [r.randrange(10) for _ in range(10)], r.choice("abc"), r.sample(range(50), 3))
random.seed(7)
print(random.random(), random.randint(1, 100), random.choice("xyz"), sorted(random.__all__) == sorted(n for n in random.__all__ if hasattr(random, n)))
print(Random().random() != Random().random())
