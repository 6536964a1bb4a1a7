# hash_id_misc.py - hash, id, callable, isinstance of builtin values: rules that programs rely on.
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
def hash_rules():
    print(hash(0), hash(1), hash(2), hash(-2), hash(True), hash(False), hash(0.0), hash(1.0), hash(10**6), hash(-10**6), hash(2**31) == 2**31, hash(1.0) == hash(1) == hash(True) == hash(1 + 0j))
    pairs = [((1, 2), (1.0, 2.0)), ("ab", "a" + "b"), (b"ab", bytes([97, 98])), (frozenset([1, 2]), frozenset([2, 1])), (range(3), range(0, 3, 1)), (range(0), range(5, 5)), ((), ()), (2**100, float(2**100)), (0.5, 1 / 2), (None, None), (slice(1, 2), slice(1, 2)), (int, int), (list[int], list[int]), (int | str, str | int), (memoryview(b"a"), b"a"), (-0.0, 0), (1e20, 10**20), ((1, (2, "x")), (1, (2, "x")))]
    print([a == b and hash(a) == hash(b) for a, b in pairs])
    for x in ([], {}, set(), bytearray(), (1, []), memoryview(bytearray(b"a")), {}.keys(), {}.items(), slice([]), frozenset, [1].append, lambda: 1, iter([]), object(), ValueError(), (x for x in ()), type("E", (), {"__eq__": lambda a, b: True})(), type("H", (), {"__hash__": None})()):
        try: print(type(x).__name__, isinstance(hash(x), int))
        except (TypeError, ValueError) as e: print(type(x).__name__, e)
    class H:
        def __init__(self, v): self.v = v
        def __hash__(self): return self.v
    print([hash(H(v)) == v for v in (0, 1, 5, -2, 2**20)], hash(H(-1)) == hash(H(-2)), [isinstance(hash(H(v)), int) for v in (2**64, -2**70, True)])
    for v in (1.5, "x", None): error(lambda: hash(H(v)))


@section
def identity_rules():
    a, b = [], []
    print(id(a) == id(a), id(a) != id(b), id(None) == id(None), isinstance(id(a), int), (a is a) == (id(a) == id(a)), id(int) == id(type(5)), a is not b, None is None, True is (not False), ... is Ellipsis, type(a) is list)
    c = a
    c.append(1)
    d = a[:]
    print(a is c, a is d, a == d, (lambda x: x is a)(c), [x is y for x, y in zip([a, b], [a, a])], a in [b, c], any(x is b for x in [a, b]))
    for f in (lambda: id(), lambda: id(1, 2), lambda: hash(), lambda: hash(1, 2), lambda: callable(), lambda: isinstance(1), lambda: issubclass(int), lambda: len()): error(f)


@section
def callable_rules():
    class C:
        def __call__(self): pass
    class D: pass
    d = D()
    d.__call__ = lambda: 1
    def g(): yield
    async def co(): pass
    things = [len, int, C, C(), D, d, lambda: 1, [].append, str.join, int.__add__, (1).__add__, type, object(), 5, "s", None, g, g(), co, property(), staticmethod(len), classmethod(len), super, list[int], int | str, NotImplemented, ..., range(1), print, Exception, Exception()]
    print([callable(x) for x in things])


@section
def mapping_of_collisions():
    class K:
        def __init__(self, n): self.n = n
        def __hash__(self): return self.n % 4
        def __eq__(self, o): return isinstance(o, K) and self.n == o.n
        def __repr__(self): return f"K{self.n}"
    d = {K(i): i for i in range(40)}
    print(len(d), sum(d.values()), d[K(17)], K(40) in d, list(d)[:3])
    for i in range(0, 40, 3): del d[K(i)]
    for i in range(0, 40, 6): d[K(i)] = -i
    print(len(d), K(3) in d, d[K(6)], list(d)[-3:], sum(d.values()))
    s = {K(i) for i in range(20)} & {K(i) for i in range(15, 30)}
    print(sorted(k.n for k in s), len({K(i % 5) for i in range(50)}))
    strings = {f"key{i}": i for i in range(300)}
    ints = {i * 1024: i for i in range(300)}
    floats = {i / 3: i for i in range(200)}
    tuples = {(i, -i): i for i in range(200)}
    print(all(strings[f"key{i}"] == i for i in range(300)), all(ints[i * 1024] == i for i in range(300)), all(floats[i / 3] == i for i in range(200)), all(tuples[i, -i] == i for i in range(200)), len(strings) + len(ints) + len(floats) + len(tuples))


@section
def truth_table():
    falsy = [0, 0.0, 0j, "", b"", [], (), {}, set(), frozenset(), range(0), None, False, bytearray(), memoryview(b""), {}.keys()]
    truthy = [1, -1, 0.1, 1j, " ", b"\0", [0], (0,), {0: 0}, {0}, range(1), True, ..., object(), len, int, lambda: 0, float("nan"), iter([]), slice(0), ValueError(), type, {0: 0}.values() if 0 else "x"]
    print([bool(x) for x in falsy], [bool(x) for x in truthy], [not x for x in falsy[:3]], any(falsy), all(truthy))
