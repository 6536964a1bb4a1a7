# frozenset_type.py - frozenset: immutability, hashing, nesting, mixing with set, order-independent hash.
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
def immutability():
    f = frozenset([1, 2])
    for name in ("add", "remove", "discard", "pop", "clear", "update", "intersection_update", "difference_update", "symmetric_difference_update", "__ior__", "__iand__", "__isub__", "__ixor__"): print(name, hasattr(f, name), hasattr(set(), name), end="; ")
    print()
    g = f
    g |= {3}
    h = f
    h &= {1}
    i = f
    i -= {1}
    j = f
    j ^= {1, 9}
    print(sorted(f), sorted(g), sorted(h), sorted(i), sorted(j), type(g).__name__)
    for op in (lambda: setattr(f, "x", 1), lambda: f[0], lambda: f.add(1), lambda: exec("f[0] = 1", {"f": f}), lambda: frozenset([[]]), lambda: frozenset([{1}]), lambda: frozenset(5), lambda: frozenset(1, 2), lambda: frozenset(x=1)): error(op)


@section
def hashing():
    a, b = frozenset([1, 2, 3]), frozenset([3, 1, 2, 1])
    print(hash(a) == hash(b), a == b, {a: "x"}[b], len({a, b}), hash(frozenset()) == hash(frozenset([])), hash(frozenset([1])) != hash(frozenset([2])), hash(frozenset("abc")) == hash(frozenset("cba")), a in {a}, {1, 2, 3} in {a}, {frozenset([1]), frozenset([1, 2])} == {frozenset([2, 1]), frozenset([1])})
    subsets = {frozenset(x for i, x in enumerate("abcd") if n >> i & 1) for n in range(16)}
    print(len(subsets), len({hash(s) for s in subsets}) > 14, sorted(map(len, subsets)), frozenset("ab") in subsets, frozenset("az") in subsets)
    nested = frozenset([frozenset([frozenset()]), 1])
    print(len(nested), frozenset([frozenset()]) in nested, hash(nested) == hash(frozenset([1, frozenset([frozenset()])])))


@section
def with_sets():
    f, s = frozenset([1, 2]), {2, 3}
    for name, op in (("|", lambda a, b: a | b), ("&", lambda a, b: a & b), ("-", lambda a, b: a - b), ("^", lambda a, b: a ^ b)):
        for x, y in ((f, s), (s, f), (f, f), (s, s)):
            r = op(x, y)
            print(name, type(x).__name__, type(y).__name__, type(r).__name__, sorted(r))
    print(f == {1, 2}, {1, 2} == f, f != s, f < {1, 2, 3}, f <= {1, 2}, f > {1}, f.isdisjoint(s), f.issubset([1, 2, 3]), f.issuperset([1]), sorted(f.union(s, [9])), type(f.union([1])).__name__, type(f.copy()).__name__, f.copy() == f, type(f.difference([1])).__name__, sorted(f.symmetric_difference([2, 5])), sorted(f.intersection([1], [1, 2])))
    for op in (lambda: f | [1], lambda: [1] | f, lambda: f + f, lambda: f < [1], lambda: f < 5, lambda: f & None): error(op)


@section
def in_structures():
    edges = {frozenset(e) for e in ("ab", "ba", "bc", "ca", "ac")}
    graph = {}
    for a, b in map(sorted, edges):
        graph.setdefault(a, set()).add(b)
        graph.setdefault(b, set()).add(a)
    print(len(edges), {k: sorted(v) for k, v in sorted(graph.items())})
    memo = {}
    def count(items):
        if items not in memo: memo[items] = 1 if not items else sum(count(items - {x}) for x in items)
        return memo[items]
    print(count(frozenset(range(5))), len(memo))
    perms = {frozenset(p.items()) for p in ({"a": 1, "b": 2}, {"b": 2, "a": 1}, {"a": 2})}
    print(len(perms), frozenset({"x": 1}), frozenset("a"), repr(frozenset()), str(frozenset([1])), bool(frozenset()), len(frozenset("aab")), sorted(frozenset("hello")), max(frozenset([3, 9])), list(frozenset([7])), *frozenset([8]))


@section
def membership_and_constants():
    def f(x): return x in {1, 2, "a", (3, 4)}
    print(f(1), f("a"), f((3, 4)), f(5), f(1.0), f(True))
    error(lambda: f([]))
    def g(x): return x in frozenset([1, 2])
    print(g(1), g({1}), frozenset([1, 2]) in {frozenset([1, 2])}, {1} in frozenset([frozenset([1])]))
    error(lambda: [] in frozenset())


@section
def subclass():
    class F(frozenset):
        def __new__(cls, items, tag):
            self = super().__new__(cls, items)
            self.tag = tag
            return self
    f = F([1, 2], "t")
    print(sorted(f), f.tag, f == {1, 2}, hash(f) == hash(frozenset([1, 2])), type(f | {3}).__name__, type(f.copy()).__name__, type(f.union()).__name__, type(f - f).__name__, isinstance(f, frozenset), repr(F([1], 0)), {f: 1}[frozenset([2, 1])])
    error(lambda: F([1]))
