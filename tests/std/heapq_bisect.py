# heapq_bisect.py - heapq and bisect: heaps, merging, the best of many, search and insertion; errors, keys, changes by comparisons.
# SPDX-License-Identifier: MIT
import heapq
import bisect
import itertools


def show(text):
    try:
        print(text, "->", repr(eval(text)))
    except Exception as e:
        print(text, "->", type(e).__name__ + ":", e)


state = 5


def below(n):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) & (2 ** 64 - 1)
    return (state >> 33) % n


class V:
    def __init__(self, v, tag=None): self.v, self.tag = v, tag
    def __lt__(self, other): return self.v < other.v
    def __repr__(self): return f"V({self.v})"


for make in (lambda v: v, float, str, V, lambda v: (v, 1)):
    h = [make(below(50)) for _ in range(30)]
    heapq.heapify(h)
    print(h)
    for _ in range(10): heapq.heappush(h, make(below(50)))
    print(heapq.heappushpop(h, make(25)), heapq.heapreplace(h, make(3)), h)
    print([heapq.heappop(h) for _ in range(len(h))])
    h = [make(below(50)) for _ in range(9)]
    heapq._heapify_max(h)
    print(h, heapq._heappop_max(h), heapq._heapreplace_max(h, make(7)), h)
data = [below(100) for _ in range(60)]
for n in (-1, 0, 1, 2, 10, 59, 60, 100):
    for key in (None, lambda x: -x, lambda x: x % 7):
        print(n, heapq.nsmallest(n, data, key) == sorted(data, key=key)[:max(n, 0)], heapq.nlargest(n, data, key) == sorted(data, key=key, reverse=True)[:max(n, 0)], heapq.nsmallest(n, iter(data), key=key)[:5], heapq.nlargest(n, iter(data), key=key)[:5])
for reverse in (False, True):
    for key in (None, lambda x: x // 10):
        parts = [sorted((below(100) for _ in range(n)), key=key, reverse=reverse) for n in (0, 5, 1, 9)]
        print(list(heapq.merge(*parts, key=key, reverse=reverse)) == sorted(itertools.chain(*parts), key=key, reverse=reverse))
print(list(heapq.merge()), list(heapq.merge([])), list(itertools.islice(heapq.merge(itertools.count(0, 2), itertools.count(1, 3)), 8)))


class Clears:
    def __init__(self, h): self.h = h

    def __lt__(self, other):
        self.h.clear()
        return True

    def __gt__(self, other):
        self.h.clear()
        return True


def cleared(f, *args):
    h = []
    h.extend([Clears(h), Clears(h), Clears(h)])
    return f(h, *args)


for text in """heapq.heappop([])
heapq.heapreplace([], 1)
heapq.heappushpop([], 1)
heapq.heappush((), 1)
heapq.heappop(5)
heapq.heapify("abc")
heapq.heapify([1, "a"])
heapq.heappush([])
heapq.heappush([1, 2], item=3)
heapq.heappop([1, 2, None])
heapq.nsmallest(2, 5)
heapq.nlargest(2, [1, "a", 2])
cleared(heapq.heapify)
cleared(heapq.heappush, 1)
cleared(heapq.heappop)
cleared(heapq.heapreplace, 1)
cleared(heapq.heappushpop, 1)
bisect.bisect([1, 2, 2, 3], 2)
bisect.bisect_left([1, 2, 2, 3], 2)
bisect.bisect_right([1, 2, 2, 3], 2, 1, 2)
bisect.bisect((1, 2, 3), 2.5)
bisect.bisect("abc", "b")
bisect.bisect(range(10 ** 9), 10 ** 8)
bisect.bisect([], 1)
bisect.bisect([1, 2], 1, -1)
bisect.bisect([1, 2], 5, 0, 10)
bisect.bisect([1, 2], 5, 5)
bisect.bisect([1, 2], 5, hi=1)
bisect.bisect([1, 2], 1, 0, -1)
bisect.bisect([1, 2], 1, 0, -2)
bisect.bisect([1, 2], "a")
bisect.bisect(5, 1)
bisect.bisect([1])
bisect.bisect([1], 1, 2, 3, 4)
bisect.bisect(a=[1, 2], x=2, lo=0, hi=2)
bisect.bisect([3, 2, 1], -2, key=lambda v: -v)
bisect.bisect_left(["a", "bb", "ccc"], 2, key=len)
bisect.bisect([1], 1, key=5)
bisect.bisect([1], 1, lo="a")
bisect.insort((1, 2), 1)
bisect.insort([1, 2])
bisect.bisect is bisect.bisect_right, bisect.insort is bisect.insort_right""".split("\n"): show(text)
a = []
for _ in range(60): bisect.insort(a, below(30))
print(a)
a = []
for i in range(12): bisect.insort(a, V(below(4), i))
print([(v.v, v.tag) for v in a])
a = []
for i in range(12): bisect.insort_left(a, (below(4), i), key=lambda p: p[0])
print(a)
a = []
for i in range(12): bisect.insort_right(a, (below(4), i), key=lambda p: -p[0])
print(a)


class L(list):
    def insert(self, at, x): print("insert", at, x)


bisect.insort(L([1, 2]), 2)
