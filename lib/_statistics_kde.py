"""statistics.kde and kde_random: a smooth distribution from samples, a kernel around each of them."""

from bisect import bisect_left, bisect_right
from math import acos, asin, atan, cos, cosh, erf, exp, log, pi, sin, sqrt, tan, tau

from statistics import StatisticsError, _normal_dist_inv_cdf

_ALIASES = {"gauss": "normal", "uniform": "rectangular", "epanechnikov": "parabolic", "biweight": "quartic"}

# name: (density, distribution function, reach or None for a kernel without end)
_KERNELS = {
    "normal": (lambda t: exp(-1 / 2 * t * t) / sqrt(tau), lambda t: 1 / 2 * (1.0 + erf(t / sqrt(2))), None),
    "logistic": (lambda t: 1 / 2 / (1.0 + cosh(t)), lambda t: 1.0 - 1.0 / (exp(t) + 1.0), None),
    "sigmoid": (lambda t: 1 / pi / cosh(t), lambda t: 2 / pi * atan(exp(t)), None),
    "rectangular": (lambda t: 1 / 2, lambda t: 1 / 2 * t + 1 / 2, 1.0),
    "triangular": (lambda t: 1.0 - abs(t), lambda t: t * t * (1 / 2 if t < 0.0 else -1 / 2) + t + 1 / 2, 1.0),
    "parabolic": (lambda t: 3 / 4 * (1.0 - t * t), lambda t: -1 / 4 * t ** 3 + 3 / 4 * t + 1 / 2, 1.0),
    "quartic": (lambda t: 15 / 16 * (1.0 - t * t) ** 2, lambda t: 3 / 16 * t ** 5 - 5 / 8 * t ** 3 + 15 / 16 * t + 1 / 2, 1.0),
    "triweight": (lambda t: 35 / 32 * (1.0 - t * t) ** 3, lambda t: 35 / 32 * (-1 / 7 * t ** 7 + 3 / 5 * t ** 5 - t ** 3 + t) + 1 / 2, 1.0),
    "cosine": (lambda t: pi / 4 * cos(pi / 2 * t), lambda t: 1 / 2 * sin(pi / 2 * t) + 1 / 2, 1.0),
}


def _checked(data, h, kernel, known):
    if not len(data):
        raise StatisticsError("Empty data sequence")
    if not isinstance(data[0], (int, float)):
        raise TypeError("Data sequence must contain ints or floats")
    if h <= 0.0:
        raise StatisticsError(f"Bandwidth h must be positive, not h={h!r}")
    found = known.get(_ALIASES.get(kernel, kernel))
    if found is None:
        raise StatisticsError(f"Unknown kernel name: {kernel!r}")
    return found


def kde(data, h, kernel="normal", *, cumulative=False):
    """A function that gives the probability density at a point, or with cumulative the probability of at most that. h: the width of the kernel."""
    K, W, support = _checked(data, h, kernel, _KERNELS)
    if support is None:
        def pdf(x):
            return sum(K((x - x_i) / h) for x_i in data) / (len(data) * h)

        def cdf(x):
            return sum(W((x - x_i) / h) for x_i in data) / len(data)
    else:
        sample = sorted(data)
        bandwidth = h * support

        def near(x):
            """The samples whose kernels reach x, and how many lie before them; heeds samples that were appended."""
            nonlocal sample
            if len(sample) != len(data):
                sample = sorted(data)
            i = bisect_left(sample, x - bandwidth)
            return sample[i:bisect_right(sample, x + bandwidth)], i

        def pdf(x):
            return sum(K((x - x_i) / h) for x_i in near(x)[0]) / (len(data) * h)

        def cdf(x):
            supported, before = near(x)
            return sum((W((x - x_i) / h) for x_i in supported), before) / len(data)
    made, what = (cdf, "CDF") if cumulative else (pdf, "PDF")
    made.__doc__ = f"{what} estimate with h={h!r} and kernel={kernel!r}"
    return made


def _inverse(estimate, f, slope, tolerance=1e-12):
    """The inverse of f by Newton's method from an estimate."""
    def f_inv(y):
        x = estimate(y)
        while abs(diff := f(x) - y) > tolerance:
            x -= diff / slope(x)
        return x
    return f_inv


def _quartic_estimate(p):
    sign, p = (1.0, p) if p <= 1 / 2 else (-1.0, 1.0 - p)
    x = (2.0 * p) ** 0.4258865685331 - 1.0
    if 0.004 <= p < 0.499:
        x += 0.026818732 * sin(7.101753784 * p + 2.73230839482953)
    return x * sign


def _triweight_estimate(p):
    sign, p = (1.0, p) if p <= 1 / 2 else (-1.0, 1.0 - p)
    return ((2.0 * p) ** 0.3400218741872791 - 1.0) * sign


_INVERSES = {
    "normal": lambda p: _normal_dist_inv_cdf(p, 0.0, 1.0),
    "logistic": lambda p: log(p / (1 - p)),
    "sigmoid": lambda p: log(tan(p * pi / 2)),
    "rectangular": lambda p: 2 * p - 1,
    "triangular": lambda p: sqrt(2 * p) - 1 if p < 1 / 2 else 1 - sqrt(2 - 2 * p),
    "parabolic": lambda p: 2 * cos((acos(2 * p - 1) + pi) / 3),
    "quartic": _inverse(_quartic_estimate, _KERNELS["quartic"][1], _KERNELS["quartic"][0]),
    "triweight": _inverse(_triweight_estimate, _KERNELS["triweight"][1], _KERNELS["triweight"][0]),
    "cosine": lambda p: 2 * asin(2 * p - 1) / pi,
}


def kde_random(data, h, kernel="normal", *, seed=None):
    """A function that gives random numbers of the distribution that kde() estimates."""
    invcdf = _checked(data, h, kernel, _INVERSES)
    from random import Random
    source = Random(seed)

    def rand():
        return source.choice(data) + h * invcdf(source.random())
    rand.__doc__ = f"Random KDE selection with h={h!r} and kernel={kernel!r}"
    return rand


for _function in kde, kde_random:
    _function.__module__ = "statistics"
