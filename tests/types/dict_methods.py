# dict_methods.py - dict: construction, every method, equality, merging, errors.
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
    print(dict(), {}, dict(a=1), dict({"a": 1}), dict([("a", 1), ("b", 2)]), dict([["x", 1]]), dict(["ab", "cd"]), dict({"a": 1}, b=2), dict([("a", 1)], a=2), dict(zip("ab", [1, 2])), dict(x for x in [(1, 2)]), dict(dict(a=1)), dict.fromkeys("ab"), dict.fromkeys([1, 2], 0), dict.fromkeys({}, 5), {i: i * i for i in range(3)}, dict(**{"a b": 1}), dict({1: 2}, **{"c": 3}), dict(self=1, iterable=2))
    class M:
        def keys(self): return iter("pq")
        def __getitem__(self, k): return k * 2
    print(dict(M()), dict(M(), r=1), dict(iter([(1, 2)])), dict((k, v) for k, v in {"z": 1}.items()))
    for f in (lambda: dict(5), lambda: dict([1]), lambda: dict([(1,)]), lambda: dict([(1, 2, 3)]), lambda: dict(["abc"]), lambda: dict(None), lambda: dict({}, {}), lambda: dict([([], 1)]), lambda: dict("ab"), lambda: {[]: 1}, lambda: {{}: 1}, lambda: dict.fromkeys(5), lambda: dict.fromkeys([[]]), lambda: dict.fromkeys(), lambda: dict([(1, 2), 3]), lambda: {**5}, lambda: dict(**5), lambda: dict(**{1: 2})): error(f)


@section
def access():
    d = {"a": 1, "b": None, 3: "three", (1, 2): "tuple", None: "none", 2.5: "float", True: "true"}
    print(d["a"], d[3], d[3.0], d[1, 2], d[None], d[1], d[2.5], d.get("a"), d.get("z"), d.get("z", 5), d.get("b", 5), "a" in d, "z" in d, 1.0 in d, None in d, len(d), bool(d), bool({}), d.__contains__("a"), d.__getitem__("a"))
    for f in (lambda: d["z"], lambda: d[[]], lambda: [] in d, lambda: d.get([]), lambda: d[{}], lambda: d["a", "b"], lambda: d.x, lambda: setattr(d, "x", 1), lambda: exec("del d['zz']", {"d": d}), lambda: d["é"], lambda: d[b"a"], lambda: hash(d), lambda: d(), lambda: d.get()): error(f)


@section
def mutation():
    d = {}
    d["a"] = 1
    d["b"] = d["c"] = 2
    d["a"] += 10
    del d["b"]
    d.update({"x": 1}, y=2)
    d.update([("z", 3)])
    d.update(iter([("w", 4)]))
    d.update()
    d.update(a="updated")
    print(d, d.setdefault("a", 5), d.setdefault("new"), d.setdefault("n2", []), d)
    print(d.pop("x"), d.pop("nope", "default"), d.popitem(), d.popitem(), d)
    d.clear()
    print(d, d.pop("q", None))
    for f in (lambda: d.pop("q"), lambda: d.popitem(), lambda: d.pop(), lambda: d.pop([]), lambda: d.update(5), lambda: d.update([1]), lambda: d.update(None), lambda: d.update({}, {}), lambda: d.setdefault(), lambda: d.setdefault([]), lambda: d.__setitem__([], 1), lambda: d.update([(1, 2), (3,)]), lambda: d.pop(1, 2, 3), lambda: d.__delitem__(1)): error(f)
    print(d)
    e = {"k": [1]}
    f = e.copy()
    g = dict(e)
    f["k"].append(2)
    f["l"] = 3
    print(e, f, g, e.copy() == e, e.copy() is e)


@section
def order():
    d = {"b": 1, "a": 2, "c": 3}
    d["a"] = 20
    del d["b"]
    d["b"] = 10
    d["d"] = 4
    print(d, list(d), list(reversed(d)), list(d.items()), list(d.values()), next(iter(d)), d.popitem(), list(d))
    e = {i: None for i in range(20)}
    for i in range(0, 20, 2): del e[i]
    for i in range(100, 105): e[i] = None
    e[4] = e[1] = "again"
    print(list(e))
    f = {}
    for i in range(200): f[i % 7] = i
    for i in range(200):
        f[i] = i
        if i >= 3: del f[i - 3]
    print(list(f.items())[:8], len(f))
    print(list({**{"a": 1, "b": 2}, "a": 3}), list({"x": 1} | {"y": 2, "x": 3}), list(dict([("q", 1), ("p", 2), ("q", 3)])))


@section
def equality():
    print({"a": 1, "b": 2} == {"b": 2, "a": 1}, {} == {}, {1: 2} == {1.0: 2.0}, {1: 2} != {1: 3}, {1: 2} == [(1, 2)], {"a": {"b": []}} == {"a": {"b": []}}, {1: 1} == {1: True}, {1: None} == {2: None}, {"a": 1}.__eq__(5), {1: float("nan")} == {1: float("nan")})
    for f in (lambda: {} < {}, lambda: {1: 2} <= {1: 2}, lambda: {} + {}, lambda: {} - {}, lambda: {} & {}, lambda: {} * 2, lambda: -{}, lambda: {} | [], lambda: [] | {}, lambda: {} | 5, lambda: {} ^ {}): error(f)
    d = {}
    d["me"] = d
    print(d, len(d), d["me"] is d)
    class E:
        def __init__(self, v): self.v = v
        def __eq__(self, o): raise ValueError("eq of value")
    error(lambda: {1: E(1)} == {1: E(2)})


@section
def merging():
    a, b = {"x": 1, "y": 2}, {"y": 3, "z": 4}
    print(a | b, b | a, a, {**a, **b}, a | {}, {} | a)
    c = a
    c |= b
    print(a, c is a)
    c |= [("list", 5)]
    c |= iter([("it", 6)])
    print(c)
    for f in (lambda: a | [("k", 1)], lambda: a.__ior__(5), lambda: a.__ior__([1]), lambda: None | a): error(f)
    class D(dict): pass
    print(type(D(a=1) | {}).__name__, type({} | D()).__name__, D(a=1) | D(b=2), a.__or__(5), a.__ror__([]))


@section
def hostile_keys():
    class Bad:
        def __init__(self, h, eq=True): self.h, self.eq = h, eq
        def __hash__(self): return self.h
        def __eq__(self, o):
            if self.eq is None: raise RuntimeError("eq")
            return self.eq and self is o
    ks = [Bad(1) for _ in range(20)]
    d = {k: i for i, k in enumerate(ks)}
    print(len(d), [d[k] for k in ks] == list(range(20)))
    for k in ks[::2]: del d[k]
    print(len(d), d[ks[19]], ks[0] in d)
    x = {Bad(5, None): 1}
    error(lambda: x[Bad(5)] if 0 else Bad(5, None) in x)
    error(lambda: x.__setitem__(Bad(5, None), 2))
    error(lambda: x.get(Bad(5, None)))
    print(len(x), Bad(6, None) in x)
    class Mut:
        def __hash__(self): return 1
        def __eq__(self, o):
            y.clear()
            return False
    y = {Mut(): 1}
    print(Mut() in y, len(y))
    y = {Mut(): 1}
    y[Mut()] = 2
    print(len(y))
    z = {2 ** (64 * i): i for i in range(1, 5)} | {i * 2**32: i for i in range(50)} | {i * 2**61: -i for i in range(1, 20)}
    print(len(z), z[2**64], z[49 * 2**32], z[2**61 * 19])
    many = {str(i): i for i in range(500)}
    for i in range(0, 500, 3): del many[str(i)]
    print(len(many), many["499"], "498" in many, sum(many.values()), list(many)[:4], list(many)[-2:])
