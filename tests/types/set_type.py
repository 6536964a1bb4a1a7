# set_type.py - set and frozenset: construction, operators, methods, comparison, hashing, mutation, errors.
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
def construct():
    print(set(), frozenset(), {1}, set("a"), sorted(set("hello")), sorted({1, 1.0, 2}), set([1]) == {1}, frozenset("a"), sorted(frozenset([3, 1])), set({5: 1}), sorted(set(range(3))), set((x for x in (7,))), {(1, 2)}, {frozenset([1])}, len({None, 0, False, "", ()}), {*()}, sorted({*"ab", *"bc"}), sorted({x % 3 for x in range(9)}), set(set([1])), frozenset(frozenset([1])), repr(set([1])), repr(frozenset()), repr(frozenset([1])), str({"a"}))
    for f in (lambda: set(5), lambda: set(None), lambda: {[]}, lambda: set([[]]), lambda: {{}}, lambda: {set()}, lambda: set([1], [2]), lambda: frozenset([{}]), lambda: set(iterable=[]), lambda: {1}.x, lambda: setattr({1}, "x", 1), lambda: {1}[0], lambda: hash(set()), lambda: {1}(), lambda: frozenset([1]).add(2), lambda: {*5}): error(f)


@section
def operators():
    a, b = {1, 2, 3}, {2, 3, 4}
    f = frozenset([3, 4, 5])
    print(sorted(a | b), sorted(a & b), a - b, sorted(a ^ b), a | f == {1, 2, 3, 4, 5}, type(a | f).__name__, type(f | a).__name__, sorted(f - a), a & f, f & a, a - a, a | set() == a, a ^ a, set() & a)
    print(a == {3, 2, 1}, a == frozenset(a), a != b, a < b, {1} < a, a <= a, a < a, a > {1, 2}, a >= {1, 2, 3}, a < {1, 2, 3, 4}, set() < a, {9} < a, a == [1, 2, 3], a.__eq__(5), a.__lt__([1]), f == {3, 4, 5}, hash(f) == hash(frozenset([5, 4, 3])), {f: 1}[frozenset([3, 4, 5])], {1, "a"} == {"a", 1}, {1.0} == {1}, {True} == {1})
    c = a
    c |= {9}
    c &= {1, 2, 9}
    c ^= {2, 7}
    c -= {1}
    print(sorted(c), c is a)
    g = f
    g |= {1}
    print(sorted(g), sorted(f), g is f)
    for op in (lambda: a | [1], lambda: a & (1,), lambda: a - "a", lambda: a ^ {1: 2}, lambda: [1] | a, lambda: a + b, lambda: a * 2, lambda: a < [1], lambda: a < 5, lambda: a | None, lambda: a.__ior__([1]) + 1, lambda: -a, lambda: sorted([{1}, {2}]) and max({1}, 5), lambda: f | 5): error(op)


@section
def methods():
    s = {1, 2, 3}
    print(sorted(s.union([3, 4], (5,), {6: 7})), s.union() == s, s.intersection([2, 3, 9], {3}), s.intersection() == s, sorted(s.difference([1], [2])), s.difference() == s, sorted(s.symmetric_difference([3, 4])), s.issubset([1, 2, 3, 4]), s.issuperset("") , s.isdisjoint([4]), s.isdisjoint([1]), {"a"}.issubset("abc"), s.issuperset([1]), s.copy() == s, s.copy() is s)
    s.add(4)
    s.add(4)
    s.discard(1)
    s.discard(99)
    s.remove(2)
    s.update([5], (6,), "x")
    s.update()
    print(sorted(s, key=str))
    s.difference_update([5], {"x"})
    s.intersection_update([3, 4, 6, 7], [3, 4])
    s.symmetric_difference_update([4, 8])
    print(sorted(s), s.clear(), s)
    p = {42}
    print(p.pop(), p)
    for f in (lambda: p.pop(), lambda: p.remove(5), lambda: p.add([]), lambda: p.remove([]), lambda: p.discard([]), lambda: [] in p, lambda: p.update(5), lambda: p.union(5), lambda: p.add(), lambda: p.add(1, 2), lambda: p.intersection(None), lambda: p.symmetric_difference(), lambda: p.symmetric_difference([1], [2]), lambda: p.update([[]]), lambda: p.isdisjoint(5), lambda: p.issubset(5), lambda: p.remove("x"), lambda: p.remove((1, 2)), lambda: p.clear(1), lambda: p.difference([[]])): error(f)
    # A set argument to these three is looked up as a frozenset.
    q = {frozenset([1]), 2}
    print({1} in q, q.discard({1}), q)
    error(lambda: q.remove({1}))
    print(sorted(n for n in dir(set) if not n.startswith("_")))
    print(sorted(set(dir(set)) - set(dir(frozenset))))


@section
def iteration():
    s = {1, 2, 3}
    for act in (lambda: s.add(max(s) + 10), lambda: s.discard(3), lambda: s.clear(), lambda: s.update({50, 51})):
        s = {1, 2, 3}
        def loop():
            for x in s: act()
        error(loop)
    it = iter({1, 2})
    print(it.__length_hint__(), sorted(it), list(it), next(iter(set()), "none"), sum({1, 2, 3}), max({1, 5}), len(list(iter({1, 2}))), sorted({"b", "a"}), any({0}), all(set()), sorted(map(str, {1, 2})), dict.fromkeys({1}), [*{7}], tuple({8}), min({3, 2}), 2 in {1, 2}, 2 not in {1})


@section
def comparisons_with_hostile_elements():
    class H:
        def __init__(self, v, h=1): self.v, self.h = v, h
        def __hash__(self): return self.h
        def __eq__(self, o): return isinstance(o, H) and self.v == o.v
        def __repr__(self): return f"H{self.v}"
    s = {H(i) for i in range(30)} | {H(i) for i in range(15)}
    print(len(s), H(29) in s, H(30) in s, len(s & {H(1), H(99)}), len(s - {H(i) for i in range(28)}), len(s ^ {H(0)}), s == {H(i) for i in range(29, -1, -1)}, s > {H(3)})
    for i in range(0, 30, 2): s.remove(H(i))
    print(len(s), H(1) in s, H(2) in s)
    class R:
        def __hash__(self): return 1
        def __eq__(self, o): raise ValueError("eq")
    error(lambda: {R(), R()})
    error(lambda: R() in {H(1)} and R() in {R()})
    class BH:
        def __hash__(self): raise TypeError("no hash today")
    error(lambda: {BH()})
    error(lambda: BH() in {1})
    nan = float("nan")
    print(len({nan, nan}), nan in {nan}, len({float("nan"), float("nan")}), {nan} == {nan})
    big = {i * 2**40 for i in range(100)} | set(range(100))
    print(len(big), sum(big), 5 * 2**40 in big, sorted(big)[98:102], len(big & set(range(50))), len({str(i) for i in range(300)} - {str(i) for i in range(0, 300, 2)}))


@section
def subclass():
    class S(set):
        def __init__(self, *a, tag=None):
            super().__init__(*a)
            self.tag = tag
        def __contains__(self, x): return "always"
    class F(frozenset): pass
    s = S([1], tag="t")
    s.add(2)
    print(repr(s).startswith("S({"), s.tag, type(s | {3}).__name__, type({3} | s).__name__, type(s.copy()).__name__, type(s.union([1])).__name__, 99 in s, len(s), s == {1, 2}, sorted(s), F([1]), type(F([1]) | {2}).__name__, hash(F([1])) == hash(frozenset([1])), F([1]) == {1}, {F([1]): 1}[frozenset([1])], type(F([1]).copy()).__name__, S(), F())
    s |= {5}
    print(type(s).__name__, s.tag, sorted(s))
    error(lambda: hash(s))
    class E(set):
        __hash__ = object.__hash__
    print(len({E([1]), E([1])}))
