# more_itertools: windows, groups, peeking, permutations of sensor readings.
from more_itertools import (all_equal, bucket, chunked, collapse, consecutive_groups, consume, distinct_permutations, divide, first, flatten, grouper,
                            ilen, interleave_longest, intersperse, last, locate, map_reduce, nth, one, pairwise, partition, peekable,
                            powerset, random_product, roundrobin, run_length, seekable, side_effect, spy, split_at, split_when,
                            take, unique_everseen, windowed, zip_offset)

data = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5]
print(list(chunked(data, 4)), list(windowed(data, 3, step=4)), list(pairwise("abc")))
print([list(g) for g in consecutive_groups([1, 2, 3, 7, 8, 10])], [list(part) for part in divide(3, data)], take(3, data), nth(data, 5))
p = peekable(data)
print(p.peek(), next(p), p[2], bool(p), list(p)[:3])
s = seekable(iter(data))
print(next(s), next(s), s.seek(0), next(s))
print(list(collapse([1, [2, (3, [4])]])), list(flatten([[1], [2]])), list(roundrobin("ab", "c")), list(intersperse(0, [1, 2])), ilen(iter(data)))
print(dict(map_reduce(data, lambda x: x % 2, reducefunc=sum)))
print(len(list(distinct_permutations([1, 1, 2, 2]))), list(powerset([1, 2])), list(run_length.encode("aab")), "".join(run_length.decode([("z", 3)])))
print([list(p) for p in partition(lambda x: x > 3, data)], list(unique_everseen(data)), all_equal([1, 1]), list(locate(data, lambda x: x == 5)))
print(list(split_at("a-b-c", lambda c: c == "-")), list(split_when(data, lambda a, b: b < a)), list(zip_offset("abc", "abc", offsets=(0, 1))), first([], 7), last(data))
b = bucket(data, key=lambda x: x % 3)
print(sorted(b), list(b[0]), spy(data, 2)[0], list(interleave_longest([1], [2, 3])))
for call in lambda: one([1, 2]), lambda: one([]), lambda: first([]):
    try:
        print(call())
    except ValueError as e:
        print(str(e)[:60])
