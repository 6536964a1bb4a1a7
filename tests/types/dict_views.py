# dict_views.py - dict views: keys, values, items: set operations, liveness, iteration errors, comparison.
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
    d = {"a": 1, "b": 2}
    k, v, i = d.keys(), d.values(), d.items()
    print(k, v, i, len(k), len(v), len(i), "a" in k, 2 in v, ("a", 1) in i, ("a", 2) in i, "z" in k, "a" in i, ["a", 1] in i, list(k), list(v), list(i), list(reversed(k)), list(reversed(v)), list(reversed(i)), repr({}.keys()), repr({}.items()), repr({}.values()), bool({}.keys()), type(k).__name__, k.mapping["a"], type(k.mapping).__name__)
    d["c"] = 3
    del d["a"]
    print(k, v, i, len(k))
    d.clear()
    print(k, list(v), k.mapping)
    for f in (lambda: k[0], lambda: v.index(1), lambda: setattr(k, "x", 1), lambda: hash(k), lambda: hash(i), lambda: k.mapping.__setitem__("x", 1), lambda: [] in k, lambda: type(k)(), lambda: type(k)({}), lambda: k(), lambda: len(k, 1) if 0 else k + k): error(f)
    print(hash(v) == hash(v), ([], 1) in {1: 2}.items() if 0 else "skip", (1,) in i, 5 in i)


@section
def set_operations():
    a, b = {"x": 1, "y": 2}, {"y": 2, "z": 3}
    k, i = a.keys(), a.items()
    print(sorted(k & b.keys()), sorted(k | b.keys()), sorted(k - b.keys()), sorted(k ^ b.keys()), sorted(k & ["y", "q"]), sorted(k | "pq"), sorted(k - {"x"}), sorted({"x", "w"} & k), sorted({"x", "w"} | k), sorted({"x", "w"} - k), sorted(["x"] ^ k) if 0 else sorted(k ^ ["x", "n"]), k.isdisjoint(["q"]), k.isdisjoint(b), type(k & b.keys()).__name__)
    print(sorted(i & b.items()), sorted(i | b.items()), sorted(i - b.items()), sorted(i ^ b.items()), sorted(i & [("y", 2), ("x", 9)]), sorted({("x", 1)} & i), i.isdisjoint(b.items()), i.isdisjoint([("n", 0)]))
    print(k == {"x", "y"}, k == a.keys(), k == frozenset("xy"), k != b.keys(), k < {"x", "y", "z"}, k <= {"x", "y"}, k > {"x"}, k >= b.keys(), {"x"} < k, k == ["x", "y"], i == {("x", 1), ("y", 2)}, i == a.items(), i < {("x", 1), ("y", 2), 3}, a.values() == a.values(), k == i, {1: 2}.keys() == {1.0: 5}.keys())
    for f in (lambda: k & 5, lambda: k | None, lambda: k - 5, lambda: 5 - k, lambda: k < ["x"], lambda: k < 5, lambda: k & [[]], lambda: a.values() & a.values(), lambda: k.isdisjoint(5), lambda: k + k, lambda: {"a": []}.items() | set(), lambda: {"a": []}.items() & [("a", 1)], lambda: i <= [1]): error(f)
    print(sorted({"a": [], "b": 1}.keys() & {"a"}), ("a", []) in {"a": []}.items())


@section
def iteration_errors():
    for act in (lambda d, k: d.__setitem__(k * 10 + 7, 0), lambda d, k: d.pop(k), lambda d, k: d.clear(), lambda d, k: d.update({99: 1, 98: 2}), lambda d, k: d.setdefault(k + 50), lambda d, k: d.popitem()):
        for view in (lambda d: d, lambda d: d.keys(), lambda d: d.values(), lambda d: d.items(), lambda d: reversed(d)):
            d = {1: 1, 2: 2, 3: 3}
            try:
                for x in view(d): act(d, x[0] if isinstance(x, tuple) else x)
                print("ended", end="; ")
            except RuntimeError as e: print(e, end="; ")
        print()
    d = {1: 1, 2: 2}
    for k in d: d[k] = k * 100
    for k, v in d.items(): d[k] = v + 1
    print(d)
    it = iter(d)
    print(next(it), it.__length_hint__())
    d[3] = 3
    error(lambda: next(it))
    error(lambda: next(it))
    it = iter({})
    print(next(it, "empty"), list(it), list(iter({1: 2}.items())), [*{1: 2}.values()], iter(it) is it, type(iter({})).__name__, type(iter({}.items())).__name__, type(iter({}.values())).__name__, type(reversed({})).__name__)
    d = {1: 1}
    it = iter(d)
    list(it)
    d[2] = 2
    print(next(it, "stays exhausted"))


@section
def items_are_fresh_tuples():
    d = {"a": [1]}
    for pair in d.items(): pair[1].append(2)
    pairs = list(d.items())
    d["b"] = 1
    print(d, pairs, [p for p in d.items()], dict(d.items()) == d, [(v, k) for k, v in d.items()], {v if isinstance(v, int) else "list": k for k, v in d.items()}, max(d.items(), key=lambda kv: str(kv[1])), sorted({"b": 1, "a": 2}.items()), list(zip(d.keys(), d.values())) == list(d.items()), list(enumerate(d.items())))


@section
def comparison_errors():
    class E:
        def __eq__(self, o): raise ValueError("eq")
        def __hash__(self): return 1
    error(lambda: E() in {1: 2}.values())
    error(lambda: E() in {1: 2}.keys())
    error(lambda: (1, E()) in {1: 2}.items())
    print(E() in {5: 2}.keys(), (7, E()) in {1: 2}.items())
    nan = float("nan")
    print(nan in {1: nan}.values(), (1, nan) in {1: nan}.items(), float("nan") in {1: nan}.values(), {1: nan}.items() == {1: nan}.items())
