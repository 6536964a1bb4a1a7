# statistics.kde and kde_random: all kernels, densities and distribution functions, random numbers.
import statistics as s

for k in sorted(s._kernel_invcdfs):
    for c in False, True:
        f = s.kde([1, 2.5, 4, 9], h=1.3, kernel=k, cumulative=c)
        print(k, c, [round(f(x / 3), 12) for x in range(-6, 30)], f.__doc__)
    r = s.kde_random([1, 2.5, 4], h=1.3, kernel=k, seed=5)
    print([round(r(), 9) for _ in range(5)])
for a in ([], 1), ([1], 0), (["x"], 1), ([1], 1, "q"):
    for fn in s.kde, s.kde_random:
        try:
            fn(*a)
        except Exception as e:
            print(type(e).__name__, e)
