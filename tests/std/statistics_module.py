# statistics: averages, spread, relations, the normal distribution (numbers that every C library agrees on are shown in full).
import statistics as s
from fractions import Fraction as F


def refused(f, *args, **kwds):
    try:
        print("NOT REFUSED", f(*args, **kwds))
    except Exception as e:
        print(type(e).__name__, e)


DATA = [[1, 2, 3, 4], [1.5, 2.25, -7.125, 1e10], [F(1, 3), F(5, 7), F(9)], [True, False, True], [1, 2.5, 3], [0.1] * 10, [3], [1e308, 1e308, -1e308], [1, F(1, 3)], [5, 5, 5, 1, 1, 1, 2],
        range(10), [10 ** 20, 1, -10 ** 20], [1e-200, 3e-200, 2e-200]]
for d in DATA:
    for f in s.mean, s.fmean, s.median, s.median_low, s.median_high, s.median_grouped, s.mode, s.multimode, s.variance, s.pvariance, s.stdev, s.pstdev, s.quantiles:
        try:
            print(f.__name__, d, repr(f(d)))
        except (s.StatisticsError, OverflowError) as e:
            print(f.__name__, d, type(e).__name__, e)
for d in [1, 2, 4], [0.5, 2.0], [F(1, 2), F(1, 3)], [0, 5], [7], [2.5, 3, 10]:
    print(repr(s.harmonic_mean(d)), round(s.geometric_mean(d), 12))
print(s.harmonic_mean([40, 60], weights=[5, 30]), s.fmean([1, 2, 6], [3, 1, 1]), s.mean(iter([1, 2])), s.mode("aabbb"), s.multimode(""), s.multimode("abcab"))
for f in s.mean, s.fmean, s.geometric_mean, s.harmonic_mean, s.median, s.median_low, s.median_high, s.median_grouped, s.mode, s.variance, s.pvariance, s.stdev, s.pstdev, s.quantiles:
    refused(f, [])
for f, args in ((s.mean, (["a"],)), (s.mean, ([None],)), (s.harmonic_mean, ([-1, 2],)), (s.harmonic_mean, (["x"],)), (s.geometric_mean, ([-1],)), (s.variance, ([1],)),
                (s.fmean, ([1, 2], [1])), (s.fmean, ([1, 2], [0, 0])), (s.harmonic_mean, ([1, 2], [1])), (s.median_grouped, (["x", "y"],)), (s.mean, ([1, "2"],))):
    refused(f, *args)
for n in 1, 2, 4, 10:
    for method in "exclusive", "inclusive":
        print(n, method, s.quantiles([1, 2, 5, 9, 14.5], n=n, method=method))
refused(s.quantiles, [1, 2], n=0)
refused(s.quantiles, [1, 2], method="x")
x, y = [1, 2, 3, 4, 5.5], [2, 1, 4, 3, 9]
print(s.covariance(x, y), s.correlation(x, y), s.correlation(x, y, method="ranked"), s.linear_regression(x, y), s.linear_regression(x, y, proportional=True))
print(s.correlation([1, 2, 2, 3], [4, 4, 5, 6], method="ranked"), s.correlation([1, 2], [3, 5]), s.correlation([1, 2], [5, 3]))
for f in s.covariance, s.correlation, s.linear_regression:
    refused(f, [1], [1, 2])
    refused(f, [1], [1])
refused(s.correlation, [1, 1], [1, 2])
refused(s.linear_regression, [1, 1], [1, 2])
refused(s.correlation, [1, 2], [1, 2], method="x")
d = s.NormalDist(100, 15)
e = s.NormalDist.from_samples([1, 2, 3, 4])
print(d, e, d.mean, d.median, d.mode, d.stdev, d.variance, d.zscore(130), d == s.NormalDist(100, 15), hash(d) == hash(s.NormalDist(100, 15)), d != e)
print(d + 5, d - 5, 5 - d, d * 2, 2 * d, d / 2, -d, +d, d + e, d - e)
print([round(v, 10) for v in (d.pdf(110), d.cdf(110), d.inv_cdf(0.9), d.inv_cdf(0.001), d.inv_cdf(1e-20), d.inv_cdf(0.5), d.overlap(s.NormalDist(110, 15)), d.overlap(s.NormalDist(110, 20)))])
print([round(v, 10) for v in d.quantiles(5)], d.__getstate__())
for call in (lambda: s.NormalDist(1, -1), lambda: d.inv_cdf(0), lambda: s.NormalDist(1, 0).pdf(1), lambda: s.NormalDist(1, 0).cdf(1), lambda: s.NormalDist(1, 0).zscore(1), lambda: d.overlap(3),
             lambda: d.overlap(s.NormalDist(1, 0)), lambda: s.NormalDist.from_samples([1])):
    refused(call)
