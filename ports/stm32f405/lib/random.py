"""Random numbers: the Mersenne Twister of _random, as CPython's module of this name uses it."""

from _random import Random as _Twister
from math import cos as _cos
from math import exp as _exp
from math import log as _log
from math import pi as _pi
from math import sin as _sin
from math import sqrt as _sqrt
from operator import index as _index


class Random(_Twister):
    """A source of random numbers."""

    def __init__(self, x=None):
        self._second = None  # the other number that gauss() has made
        self.seed(x)

    def seed(self, a=None, version=2):
        """Begin anew, with an int, or with the chip's noise."""
        try:
            super().seed(a)
        except NotImplementedError:  # an emulator has no noise: the time since the start has to do
            from time import monotonic_ns
            super().seed(monotonic_ns())
        self._second = None

    def _below(self, n):
        bits = n.bit_length()
        value = self.getrandbits(bits)
        while value >= n:
            value = self.getrandbits(bits)
        return value

    def randrange(self, start, stop=None, step=1):
        """One of range(start, stop, step)."""
        choices = range(_index(start)) if stop is None else range(_index(start), _index(stop), _index(step))
        if not choices:
            raise ValueError(f"empty range in randrange({start}, {stop}, {step})")
        return choices[self._below(len(choices))]

    def randint(self, a, b):
        """An int from a to b, both included."""
        return self.randrange(a, b + 1)

    def randbytes(self, n):
        """n bytes."""
        return self.getrandbits(n * 8).to_bytes(n, "little")

    def choice(self, seq):
        """An item of a sequence."""
        if not len(seq):
            raise IndexError("Cannot choose from an empty sequence")
        return seq[self._below(len(seq))]

    def choices(self, population, weights=None, *, k=1):
        """k items, of which some may be the same; weights: how likely each is."""
        if weights is None:
            return [self.choice(population) for _ in range(k)]
        total, chosen = sum(weights), []
        for _ in range(k):
            left = self.random() * total
            for item, weight in zip(population, weights):
                left -= weight
                if left < 0:
                    break
            chosen.append(item)
        return chosen

    def shuffle(self, x):
        """Put a list into another order."""
        for i in reversed(range(1, len(x))):
            j = self._below(i + 1)
            x[i], x[j] = x[j], x[i]

    def sample(self, population, k):
        """k different items of a sequence."""
        pool = list(population)
        if not 0 <= k <= len(pool):
            raise ValueError("Sample larger than population or is negative")
        for i in range(k):
            j = i + self._below(len(pool) - i)
            pool[i], pool[j] = pool[j], pool[i]
        return pool[:k]

    def uniform(self, a, b):
        """A float from a to b."""
        return a + (b - a) * self.random()

    def triangular(self, low=0.0, high=1.0, mode=None):
        """A float from low to high, most often near mode."""
        u = self.random()
        middle = 0.5 if mode is None else (mode - low) / (high - low)
        if u > middle:
            u, middle, low, high = 1.0 - u, 1.0 - middle, high, low
        return low + (high - low) * _sqrt(u * middle)

    def gauss(self, mu=0.0, sigma=1.0):
        """A float of the normal distribution."""
        z, self._second = self._second, None
        if z is None:
            angle, length = self.random() * 2 * _pi, _sqrt(-2.0 * _log(1.0 - self.random()))
            z, self._second = _cos(angle) * length, _sin(angle) * length
        return mu + z * sigma

    normalvariate = gauss

    def lognormvariate(self, mu=0.0, sigma=1.0):
        """exp() of a float of the normal distribution."""
        return _exp(self.gauss(mu, sigma))

    def expovariate(self, lambd=1.0):
        """A float of the exponential distribution."""
        return -_log(1.0 - self.random()) / lambd


_source = Random()
for _name in ("seed", "random", "getrandbits", "randrange", "randint", "randbytes", "choice", "choices", "shuffle", "sample", "uniform", "triangular",
              "gauss", "normalvariate", "lognormvariate", "expovariate", "getstate", "setstate"):
    globals()[_name] = getattr(_source, _name)
