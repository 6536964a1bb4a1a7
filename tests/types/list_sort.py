# list_sort.py - list.sort and sorted: stability, key, reverse, errors, mutation while sorting.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


def error(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)


@section
def basics():
    x = [3, 1, 2]
    print(x.sort(), x, sorted([3, 1, 2]), sorted("hello"), sorted((2, 1)), sorted({"b": 1, "a": 2}), sorted({3, 1}), sorted(range(3, 0, -1)), sorted([]), sorted([1]), sorted(x for x in (2, 1)), sorted([2, 1], reverse=True), sorted([True, 0, 2]), sorted([1.5, 1, -0.0, 0]), sorted(["b", "B", "a", "é", "Z"]), sorted([b"b", b"a"]), sorted([(2, 1), (1, 5), (1, 2)]), sorted([[2], [1, 9], []]), sorted([2**70, -2**70, 5, 1e30]), sorted([False, True, False]), sorted("bca", reverse=1), sorted([3, 1], reverse=False))


@section
def keys():
    words = ["banana", "Apple", "cherry", "date", "Elderberry", "fig"]
    print(sorted(words), sorted(words, key=str.lower), sorted(words, key=len), sorted(words, key=len, reverse=True), sorted(words, key=lambda w: (len(w), w)), sorted(words, key=lambda w: w[-1]), sorted(words, key=None), sorted([-3, 2, -1], key=abs), sorted([1, 2, 3], key=lambda x: -x), sorted("abc", key=ord, reverse=True), sorted([(1, "b"), (1, "a")], key=lambda t: t[0]), sorted({"b": 1, "a": 2}.items(), key=lambda kv: kv[1]), sorted([3, 1, 2], key=[0, 9, 5, 7].__getitem__))
    calls = []
    sorted([3, 1, 2], key=lambda x: calls.append(x) or x)
    print(calls)


@section
def stability():
    data = [(i % 3, i) for i in range(30)]
    s = sorted(data, key=lambda t: t[0])
    r = sorted(data, key=lambda t: t[0], reverse=True)
    print(s, all(a[1] < b[1] for a, b in zip(s, s[1:]) if a[0] == b[0]), all(a[1] < b[1] for a, b in zip(r, r[1:]) if a[0] == b[0]))
    class K:
        def __init__(self, k, n): self.k, self.n = k, n
        def __lt__(self, o): return self.k < o.k
        def __repr__(self): return f"{self.k}{self.n}"
    print(sorted([K(c, i) for i, c in enumerate("banbanban")]), sorted([K(c, i) for i, c in enumerate("abab")], reverse=True), sorted([1, 1.0, True], reverse=True), sorted([1.0, 1, True]), sorted(sorted(["bb", "a", "aa", "b"]), key=len))


@section
def larger():
    def lcg(n, mod):
        x = 12345
        out = []
        for _ in range(n):
            x = (x * 1103515245 + 12345) % 2**31
            out.append(x % mod)
        return out
    for n, mod in ((100, 10), (200, 1000), (333, 2**31), (64, 2), (65, 50)):
        d = lcg(n, mod)
        s = sorted(d)
        print(n, s[0], s[-1], all(a <= b for a, b in zip(s, s[1:])), sorted(d, reverse=True) == s[::-1], sorted(d, key=lambda v: -v) == s[::-1], sorted(map(str, d)) == sorted(map(str, s)), sum(s) == sum(d), sorted(s) == s, sorted(s[::-1]) == s, sorted(s[n // 2:] + s[:n // 2]) == s, sorted(float(v) for v in d) == s, sorted([(v, i) for i, v in enumerate(d)]) == sorted(((v, i) for i, v in enumerate(d)), key=lambda t: t[0]))


@section
def only_less_than():
    log = set()
    class O:
        def __init__(self, v): self.v = v
        def __lt__(self, o):
            log.add("lt")
            return self.v < o.v
        def __gt__(self, o): log.add("gt"); return self.v > o.v
        def __le__(self, o): log.add("le"); return self.v <= o.v
        def __eq__(self, o): log.add("eq"); return self.v == o.v
    print([o.v for o in sorted([O(3), O(1), O(2)])], log)
    class G:
        def __init__(self, v): self.v = v
        def __gt__(self, o): return self.v > o.v
    print([g.v for g in sorted([G(3), G(1), G(2)])])


@section
def errors():
    for f in (lambda: sorted([1, "a"]), lambda: sorted([None, None]), lambda: sorted([1, None]), lambda: sorted([1j, 2j]), lambda: sorted([{}, {}]), lambda: sorted(5), lambda: sorted([1], key=5), lambda: sorted([1], key=lambda: 1), lambda: sorted([1, 2], key=lambda x: 1 / (x - 2)), lambda: [1].sort(5), lambda: [1].sort(cmp=5), lambda: sorted([1], reverse="yes") and sorted([1], reverse=[]), lambda: sorted([1, 2], reverse=None), lambda: sorted([object(), object()]), lambda: sorted(), lambda: sorted([1], lambda x: x), lambda: [(1, "a"), (1, 2)].sort(), lambda: ["a", b"a"].sort(), lambda: sorted([[1], ["a"]])): error(f)
    x = [3, 1, "a", 2]
    error(lambda: x.sort())
    print(len(x), sorted(map(str, x)))


@section
def mutation_during_sort():
    x = [3, 1, 2]
    seen = []
    def key(v):
        seen.append(len(x))
        return v
    x.sort(key=key)
    print(x, seen)
    class Append:
        def __init__(self, v): self.v = v
        def __lt__(self, o):
            y.append(1)
            return self.v < o.v
    y = [Append(3), Append(1), Append(2)]
    error(lambda: y.sort())
    print([o.v for o in y if isinstance(o, Append)])
    class Raises:
        def __init__(self, v): self.v = v
        def __lt__(self, o): raise ValueError("compare")
    z = [Raises(2), Raises(1)]
    error(lambda: z.sort())
    print(sorted(r.v for r in z))
    w = [5, 4]
    def bad_key(v):
        if v == 4: raise KeyError(v)
        return v
    error(lambda: w.sort(key=bad_key))
    print(w)


@section
def inconsistent_order():
    # A comparison that makes no sense must neither crash nor lose items.
    class Liar:
        n = 0
        def __init__(self, v): self.v = v
        def __lt__(self, o):
            Liar.n += 1
            return Liar.n % 3 == 0
    print(sorted(o.v for o in sorted(Liar(i) for i in range(50))) == list(range(50)))
    nan = float("nan")
    d = [3.0, nan, 1.0, nan, 2.0]
    print(len(sorted(d)), sum(1 for v in sorted(d) if v == v))


@section
def min_max():
    print(min([3, 1, 2]), max("abc"), min(1, 2), max(1, 1.0), max(1.0, 1), min(1, True), max([], default=5), min((), default=None), max(["a", "bb", "cc"], key=len), min(["aa", "b", "c"], key=len), max(1, 2, key=lambda v: -v), max({"a": 1, "b": 0}), max({"a": 1, "b": 0}.items(), key=lambda kv: kv[1]), min(iter([2, 1])), max([[1], [1, 2]]), max(b"ab"), min("é", "e"), max([1], key=None), max(range(5)))
    for f in (lambda: max([]), lambda: min(()), lambda: max(), lambda: max(5), lambda: max(1, "a"), lambda: max([1, None]), lambda: max(1, 2, default=3), lambda: max([1], key=5), lambda: min([1j]) and min([1j, 2j]), lambda: max(1, 2, foo=3), lambda: max({}, key=len), lambda: min([1, 2], key=lambda v: 1 / 0), lambda: max(iter([]))): error(f)
