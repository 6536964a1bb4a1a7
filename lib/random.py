"""Random numbers: the Mersenne Twister, and distributions made of it. The sequences are those of CPython.

Not for secrets: SystemRandom and os.urandom are.
"""

from _random import Random as _Twister
from _random import _entropy as _urandom
from _random import _sha512
from bisect import bisect as _bisect
from itertools import accumulate as _accumulate
from itertools import repeat as _repeat
from math import acos as _acos, ceil as _ceil, cos as _cos, e as _e, exp as _exp, fabs as _fabs, floor as _floor, isfinite as _isfinite
from math import lgamma as _lgamma, log as _log, log2 as _log2, pi as _pi, sin as _sin, sqrt as _sqrt, tau as TWOPI
from operator import index as _index

__all__ = ["Random", "SystemRandom", "betavariate", "binomialvariate", "choice", "choices", "expovariate", "gammavariate", "gauss",
           "getrandbits", "getstate", "lognormvariate", "normalvariate", "paretovariate", "randbytes", "randint", "random", "randrange",
           "sample", "seed", "setstate", "shuffle", "triangular", "uniform", "vonmisesvariate", "weibullvariate"]

NV_MAGICCONST = 4 * _exp(-0.5) / _sqrt(2.0)
LOG4 = _log(4.0)
SG_MAGICCONST = 1.0 + _log(4.5)
BPF = 53  # bits in a float
RECIP_BPF = 2 ** -BPF
_ONE = 1


def _is_sequence(population):
    if isinstance(population, (list, tuple, range, str, bytes, bytearray)):
        return True
    from collections.abc import Sequence
    return isinstance(population, Sequence)


def _seed_of(text, version):
    """The number that a text or bytes stand for as a seed; text itself where this version has none."""
    if version == 2:
        data = text.encode() if isinstance(text, str) else bytes(text)
        return int.from_bytes(data + _sha512(data))
    if version != 1 or isinstance(text, bytearray):
        return text
    codes = text if isinstance(text, bytes) else [ord(c) for c in text]
    mixed = codes[0] << 7 if codes else 0  # as hash() of strings was made
    for code in codes:
        mixed = (mixed * 1000003 ^ code) % (1 << 64)
    return mixed ^ len(codes)


class Random(_Twister):
    """Random number generator; a subclass may replace random(), and seed(), getstate(), setstate(), getrandbits()."""

    VERSION = 3  # of states

    def __init__(self, x=None):
        self.seed(x)
        self.gauss_next = None

    def __init_subclass__(cls, /, **kwargs):
        """Choose how ints are made: of getrandbits() where a subclass has its own, of random() where it has only that."""
        super().__init_subclass__(**kwargs)
        choice = {"getrandbits": cls._randbelow_with_getrandbits, "random": cls._randbelow_without_getrandbits}
        for base in cls.__mro__:
            if "_randbelow" in vars(base):
                return
            for name, method in choice.items():
                if name in vars(base):
                    cls._randbelow = method
                    return

    # ---- Beginning, saving, restoring ----

    def seed(self, a=None, version=2):
        """Begin a sequence: the same for the same int, float, str, bytes or bytearray; None takes random numbers of the system.

        version 1 reads str and bytes as old programs did.
        """
        if isinstance(a, (str, bytes, bytearray)):
            a = _seed_of(a, version)
        elif not isinstance(a, (type(None), int, float)):
            raise TypeError("The only supported seed types are:\nNone, int, float, str, bytes, and bytearray.")
        super().seed(a)
        self.gauss_next = None

    def getstate(self):
        """The state of the generator, for setstate()."""
        return self.VERSION, super().getstate(), self.gauss_next

    def setstate(self, state):
        """Continue where getstate() was called."""
        version = state[0]
        if version == 3:
            version, inside, self.gauss_next = state
        elif version == 2:  # whose words were signed
            version, inside, self.gauss_next = state
            try:
                inside = tuple(x % 2 ** 32 for x in inside)
            except ValueError as e:
                raise TypeError from e
        else:
            raise ValueError(f"state with version {version} passed to Random.setstate() of version {self.VERSION}")
        super().setstate(inside)

    def __getstate__(self):
        return self.getstate()

    def __setstate__(self, state):
        self.setstate(state)

    def __reduce__(self):
        return self.__class__, (), self.getstate()

    # ---- Integers ----

    def _randbelow_with_getrandbits(self, n):
        """An int from 0 to n - 1, n > 0."""
        draw, bits = self.getrandbits, n.bit_length()
        while (drawn := draw(bits)) >= n:
            pass
        return drawn

    def _randbelow_without_getrandbits(self, n, maxsize=1 << BPF):
        """An int from 0 to n - 1, n > 0, of random() alone."""
        if n >= maxsize:
            from warnings import warn
            warn("Underlying random() generator does not supply \nenough bits to choose from a population range this large.\n"
                 "To remove the range limitation, add a getrandbits() method.")
            return _floor(n * self.random())
        limit = (maxsize - maxsize % n) / maxsize  # a multiple of n
        while (drawn := self.random()) >= limit:
            pass
        return _floor(maxsize * drawn) % n

    _randbelow = _Twister._below  # _randbelow_with_getrandbits(), in C

    def randbytes(self, n):
        """n random bytes."""
        return self.getrandbits(n * 8).to_bytes(n, "little")

    def randrange(self, start, stop=None, step=_ONE):
        """A random item of range(start, stop, step)."""
        first = _index(start)
        if stop is None:
            if step is not _ONE:
                raise TypeError("Missing a non-None stop argument")
            if first > 0:
                return self._randbelow(first)
            raise ValueError("empty range for randrange()")
        width = _index(stop) - first
        by = _index(step)
        if by == 1:
            if width > 0:
                return first + self._randbelow(width)
            raise ValueError(f"empty range in randrange({start}, {stop})")
        if by == 0:
            raise ValueError("zero step for randrange()")
        n = (width + by - 1) // by if by > 0 else (width + by + 1) // by
        if n <= 0:
            raise ValueError(f"empty range in randrange({start}, {stop}, {step})")
        return first + by * self._randbelow(n)

    def randint(self, a, b):
        """A random int from a to b, both included."""
        return self.randrange(a, b + 1)

    # ---- Sequences ----

    def choice(self, seq):
        """A random item of a sequence that is not empty."""
        if not len(seq):
            raise IndexError("Cannot choose from an empty sequence")
        return seq[self._randbelow(len(seq))]

    def shuffle(self, x):
        """Bring a list into random order, in place."""
        below = self._randbelow
        for i in range(len(x) - 1, 0, -1):
            j = below(i + 1)
            x[i], x[j] = x[j], x[i]

    def sample(self, population, k, *, counts=None):
        """k items at different places of a sequence; counts says how often each stands for itself."""
        if not _is_sequence(population):
            raise TypeError("Population must be a sequence.  For dicts or sets, use sorted(d).")
        n = len(population)
        if counts is not None:
            ends = list(_accumulate(counts))
            if len(ends) != n:
                raise ValueError("The number of counts does not match the population")
            total = ends.pop()
            if not isinstance(total, int):
                raise TypeError("Counts must be integers")
            if total <= 0:
                raise ValueError("Total of counts must be greater than zero")
            return [population[_bisect(ends, s)] for s in self.sample(range(total), k=k)]
        below = self._randbelow
        if not 0 <= k <= n:
            raise ValueError("Sample larger than population or is negative")
        result = [None] * k
        set_size = 21  # of a small set, less that of an empty list
        if k > 5:
            set_size += 4 ** _ceil(_log(k * 3, 4))
        if n <= set_size:
            pool = list(population)
            for i in range(k):
                j = below(n - i)
                result[i] = pool[j]
                pool[j] = pool[n - i - 1]
        else:
            taken = set()
            for i in range(k):
                j = below(n)
                while j in taken:
                    j = below(n)
                taken.add(j)
                result[i] = population[j]
        return result

    def choices(self, population, weights=None, *, cum_weights=None, k=1):
        """k items, each chosen anew, with equal chances or by weights, given one by one or added up."""
        random = self.random
        n = len(population)
        if cum_weights is None:
            if weights is None:
                floor = _floor
                n += 0.0  # so that the product is a float's
                return [population[floor(random() * n)] for _ in _repeat(None, k)]
            try:
                cum_weights = list(_accumulate(weights))
            except TypeError:
                if not isinstance(weights, int):
                    raise
                k = weights
                raise TypeError(f"The number of choices must be a keyword argument: {k=}") from None
        elif weights is not None:
            raise TypeError("Cannot specify both weights and cumulative weights")
        if len(cum_weights) != n:
            raise ValueError("The number of weights does not match the population")
        total = cum_weights[-1] + 0.0
        if total <= 0.0:
            raise ValueError("Total of weights must be greater than zero")
        if not _isfinite(total):
            raise ValueError("Total of weights must be finite")
        last = n - 1
        return [population[_bisect(cum_weights, random() * total, 0, last)] for _ in _repeat(None, k)]

    # ---- Real numbers ----

    def uniform(self, a, b):
        """A number from a to b; whether b can come depends on rounding."""
        return a + (b - a) * self.random()

    def triangular(self, low=0.0, high=1.0, mode=None):
        """Triangular distribution from low to high, most often near mode (the middle)."""
        u = self.random()
        try:
            peak = 0.5 if mode is None else (mode - low) / (high - low)
        except ZeroDivisionError:
            return low
        if u > peak:  # on the falling side: seen from there
            u, peak = 1.0 - u, 1.0 - peak
            low, high = high, low
        return low + _sqrt(u * peak) * (high - low)

    def normalvariate(self, mu=0.0, sigma=1.0):
        """Normal distribution of mean mu and standard deviation sigma (A. Kinderman, J. Monahan, 1977: ratio of uniform deviates)."""
        random = self.random
        while True:
            u = random()
            v = 1.0 - random()
            z = NV_MAGICCONST * (u - 0.5) / v
            if z * z / 4.0 <= -_log(v):
                return mu + z * sigma

    def gauss(self, mu=0.0, sigma=1.0):
        """Normal distribution, two numbers at a time; faster than normalvariate(), but not for several threads at once."""
        random = self.random
        z = self.gauss_next
        self.gauss_next = None
        if z is None:
            angle = random() * TWOPI
            radius = _sqrt(-2.0 * _log(1.0 - random()))
            z = _cos(angle) * radius
            self.gauss_next = _sin(angle) * radius
        return mu + z * sigma

    def lognormvariate(self, mu, sigma):
        """Numbers whose logarithm has a normal distribution."""
        return _exp(self.normalvariate(mu, sigma))

    def expovariate(self, lambd=1.0):
        """Exponential distribution of mean 1 / lambd."""
        return -_log(1.0 - self.random()) / lambd

    def vonmisesvariate(self, mu, kappa):
        """Angles around mu, concentrated by kappa; uniform ones for 0 (D. Best, N. Fisher, 1979)."""
        random = self.random
        if kappa <= 1e-6:
            return TWOPI * random()
        s = 0.5 / kappa
        r = _sqrt(1.0 + s * s) + s
        while True:
            z = _cos(_pi * random())
            d = z / (r + z)
            u = random()
            if u < 1.0 - d * d or u <= (1.0 - d) * _exp(d):
                break
        q = 1.0 / r
        away = _acos((q + z) / (q * z + 1.0))
        return (mu + away if random() > 0.5 else mu - away) % TWOPI

    def gammavariate(self, alpha, beta):
        """Gamma distribution of shape alpha and scale beta, mean alpha * beta (R. Cheng, 1977; J. Ahrens, U. Dieter, 1974 for alpha < 1)."""
        if alpha <= 0.0 or beta <= 0.0:
            raise ValueError("gammavariate: alpha and beta must be > 0.0")
        random = self.random
        if alpha > 1.0:
            a = _sqrt(2.0 * alpha - 1.0)
            b = alpha - LOG4
            c = alpha + a
            while True:
                u = random()
                if not 1e-7 < u < 0.9999999:
                    continue
                w = 1.0 - random()
                v = _log(u / (1.0 - u)) / a
                x = alpha * _exp(v)
                z = u * u * w
                r = b + c * v - x
                if r + SG_MAGICCONST - 4.5 * z >= 0.0 or r >= _log(z):
                    return x * beta
        if alpha == 1.0:
            return -_log(1.0 - random()) * beta
        while True:
            u = random()
            b = (_e + alpha) / _e
            p = b * u
            x = p ** (1.0 / alpha) if p <= 1.0 else -_log((b - p) / alpha)
            u = random()
            if p > 1.0:
                if u <= x ** (alpha - 1.0):
                    return x * beta
            elif u <= _exp(-x):
                return x * beta

    def betavariate(self, alpha, beta):
        """Beta distribution, from 0 to 1."""
        y = self.gammavariate(alpha, 1.0)
        return y / (y + self.gammavariate(beta, 1.0)) if y else 0.0

    def paretovariate(self, alpha):
        """Pareto distribution of shape alpha."""
        return (1.0 - self.random()) ** (-1.0 / alpha)

    def weibullvariate(self, alpha, beta):
        """Weibull distribution of scale alpha and shape beta."""
        return alpha * (-_log(1.0 - self.random())) ** (1.0 / beta)

    def binomialvariate(self, n=1, p=0.5):
        """How many of n independent trials succeed, each with chance p (L. Devroye, 1986; W. Hoermann, 1993: BTRS)."""
        if n < 0:
            raise ValueError("n must be non-negative")
        if p <= 0.0 or p >= 1.0:
            if p == 0.0:
                return 0
            if p == 1.0:
                return n
            raise ValueError("p must be in the range 0.0 <= p <= 1.0")
        random = self.random
        if n == 1:
            return _index(random() < p)
        if p > 0.5:
            return n - self.binomialvariate(n, 1.0 - p)
        return _count_gaps(random, n, p) if n * p < 10.0 else _reject_binomial(random, n, p)


def _count_gaps(random, n, p):
    """Successes among n trials, by the gaps between them, whose distribution is geometric: for few successes."""
    trial = successes = 0
    failing = _log2(1.0 - p)
    while failing:
        trial += 1 + _floor(_log2(random()) / failing)
        if trial > n:
            break
        successes += 1
    return successes


def _reject_binomial(random, n, p):
    """Successes among n trials: BTRS, a transformed rejection with a squeeze, whose constants are those of the paper."""
    deviation = _sqrt(n * p * (1.0 - p))
    b = 1.15 + 2.53 * deviation
    a = 0.0248 * b - 0.0873 + 0.01 * p
    middle, squeeze = n * p + 0.5, 0.92 - 4.2 / b
    exact = None
    while True:
        u = random() - 0.5
        edge = 0.5 - _fabs(u)
        successes = _floor((2.0 * a / edge + b) * u + middle)
        if not 0 <= successes <= n:
            continue
        v = random()
        if edge >= 0.07 and v <= squeeze:
            return successes
        if exact is None:
            exact = _binomial_test(n, p)
            alpha = (2.83 + 5.1 / b) * deviation
        if exact(v * (alpha / (a / (edge * edge) + b)), successes):
            return successes


def _binomial_test(n, p):
    """Whether v lies below the chance of k successes, both seen from the most frequent number of them."""
    odds, mode = _log(p / (1.0 - p)), _floor((n + 1) * p)
    top = _lgamma(mode + 1) + _lgamma(n - mode + 1)
    return lambda v, k: _log(v) <= top - _lgamma(k + 1) - _lgamma(n - k + 1) + (k - mode) * odds


class SystemRandom(Random):
    """Random numbers of the system, which nobody can predict or repeat."""

    def random(self):
        """A number from 0 to 1, without 1."""
        return (int.from_bytes(_urandom(7)) >> 3) * RECIP_BPF

    def getrandbits(self, k):
        """An int of k random bits."""
        if k < 0:
            raise ValueError("number of bits must be non-negative")
        n = (k + 7) // 8
        return int.from_bytes(_urandom(n)) >> (n * 8 - k)

    def randbytes(self, n):
        """n random bytes."""
        return _urandom(n)

    def seed(self, *args, **kwds):
        """Nothing: there is no sequence."""

    def _notimplemented(self, *args, **kwds):
        """There is no state."""
        raise NotImplementedError("System entropy source does not have state.")

    getstate = setstate = _notimplemented


_inst = Random()
globals().update((_name, getattr(_inst, _name)) for _name in __all__[2:])


if __name__ == "__main__":
    from _random_command import main
    main()
