# A pipeline of itertools and functools over a long series.
from functools import partial, reduce
from itertools import accumulate, chain, combinations, compress, count, cycle, groupby, islice, pairwise, product, starmap, takewhile, tee, zip_longest
from operator import add, itemgetter, mul

series = [i * 48271 % 1009 for i in range(60000)]
total = 0
for key, group in groupby(series, key=lambda v: v // 100):
    total += key * sum(1 for _ in group)
total += sum(b - a for a, b in pairwise(series))
total += max(accumulate(series, add))
total += sum(starmap(mul, zip(series, cycle([1, 2, 3]))))
total += sum(islice(chain(series, series[::2]), 100, 50000, 3))
total += sum(compress(series, cycle((1, 0, 0, 1))))
a, b = tee(takewhile(lambda v: v >= 0, series))
total += sum(a) - sum(map(itemgetter(0), zip_longest(b, series)))
total += sum(x * y for x, y in product(range(200), repeat=2)) + sum(1 for _ in combinations(range(60), 3))
total += reduce(partial(lambda k, x, y: (x * k + y) % 65521, 31), series) + next(islice(count(5, 3), 50000, None))
print(total)
