# toolz: currying, pipes, dicts of dicts, memoization, streams.
import operator

from toolz import (accumulate, assoc, assoc_in, comp, compose, concat, countby, curry, dissoc, do, frequencies, get, get_in, groupby, identity, itemmap,
                   join, juxt, keyfilter, memoize, merge, merge_with, partial, partition, partition_all, pipe, pluck, reduceby, sliding_window,
                   thread_first, thread_last, topk, unique, update_in, valmap)
from toolz.curried import filter as cfilter, map as cmap

words = "the cat sat on the mat with the other cat".split()
print(frequencies(words), groupby(len, words), countby(str.isupper, words), list(unique(words)), topk(2, map(len, words)))
add = curry(operator.add)
print(add(1)(2), pipe(range(6), cfilter(lambda x: x % 2), cmap(add(10)), list), compose(str, abs)(-3), juxt(min, max)([3, 1, 2]))
tree = {"a": {"b": [1, {"c": 2}]}}
print(get_in(["a", "b", 1, "c"], tree), assoc_in(tree, ["a", "x"], 5), update_in({"n": 1}, ["n"], add(1)), assoc({}, 1, 2), dissoc({1: 2}, 1), tree)
print(merge({1: 2}, {3: 4}), merge_with(sum, {1: 2}, {1: 3}), valmap(str, {1: 2}), keyfilter(bool, {0: 1, 2: 3}), itemmap(reversed, {1: 2}))
print(list(join(0, [("a", 1), ("b", 2)], 0, [("a", 3)])), reduceby(lambda x: x % 2, operator.add, range(6), 0), list(pluck("x", [{"x": 1}])))
print(list(partition(2, range(5))), list(partition_all(2, range(5))), list(sliding_window(2, range(4))), list(accumulate(operator.mul, [1, 2, 3])), list(concat([[1], [2]])))
calls = []
fib = memoize(lambda n: (calls.append(n), n if n < 2 else fib(n - 1) + fib(n - 2))[1])
print(fib(20), len(calls), thread_first(3, add(2), (pow, 2)), thread_last([1, 2], (map, add(1)), list), get([1, 0], "ab"), do(calls.clear and identity, 4))
print(curry(lambda a, b=2, *, c=3: a + b + c)(1))
