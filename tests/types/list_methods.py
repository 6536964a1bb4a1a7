# list_methods.py - list: every method, indexes, equality, repetition, errors.
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
def building():
    print(list(), list("abc"), list((1, 2)), list({"k": 1}), list(range(3)), list(x for x in "g"), [*"ab"], [[]] * 2, [1] * 0, [1] * -1, 2 * [1, 2], [1] + [2], list([1, 2]) == [1, 2], list(zip("ab", "cd")), list(map(str, [1])), list(b"ab"), list({3}))
    x = [[0]] * 3
    x[0].append(1)
    print(x)
    for f in (lambda: list(5), lambda: list(None), lambda: list(1, 2), lambda: list(iterable=[]), lambda: [1] + (2,), lambda: (2,) + [1], lambda: [1] + None, lambda: [1] * "a", lambda: [1] * 1.5, lambda: [1] * [2], lambda: [1] - [1], lambda: -[1], lambda: [1] * 2**62, lambda: hash([]), lambda: [1].x, lambda: setattr([], "x", 1)): error(f)


@section
def adding():
    x = []
    print(x.append(1), x.extend("ab"), x.insert(0, "front"), x.insert(100, "end"), x.insert(-1, "before end"), x.insert(-100, "very front"), x)
    x += (1, 2)
    x.extend(i for i in range(2))
    x.extend({"k": 1})
    x.extend(x[:2])
    print(x)
    y = [1, 2]
    y.extend(y)
    y += y
    print(y, y.__iadd__("z") is y)
    for f in (lambda: x.extend(5), lambda: x.extend(None), lambda: x.append(), lambda: x.append(1, 2), lambda: x.insert(1), lambda: x.insert("a", 1), lambda: x.insert(1.5, 1), lambda: x.__iadd__(5), lambda: x.__imul__("a")): error(f)
    class Boom:
        def __iter__(self):
            yield 1
            raise ValueError("mid extend")
    z = [0]
    error(lambda: z.extend(Boom()))
    print(z)


@section
def removing():
    x = list("abcdef")
    print(x.pop(), x.pop(0), x.pop(-2), x, x.remove("c"), x, x.clear(), x)
    x = [1, 2, 1, 3, 1]
    x.remove(1)
    print(x, x.count(1), x.index(1), x.index(1, 2), x.index(3, -3, 100), x.index(2, 0, 1))
    del x[0], x[-1]
    print(x)
    for f in (lambda: [].pop(), lambda: [1].pop(5), lambda: [1].pop(-2), lambda: [1].pop("a"), lambda: [1].pop(None), lambda: [1].remove(2), lambda: [1].index(2), lambda: [1, 2].index(1, 1), lambda: [1].index(1, "a"), lambda: [1].index(), lambda: [].index(None), lambda: [1].remove("x" * 5), lambda: ["a"].index("b")): error(f)


@section
def searching_with_eq():
    log = []
    class E:
        def __init__(self, n): self.n = n
        def __eq__(self, o):
            log.append((self.n, getattr(o, "n", o)))
            return self.n == getattr(o, "n", o)
    x = [E(1), E(2), E(3)]
    print(x.index(2), log, x.count(3), 2 in x, x.index(E(3)))
    log.clear()
    x.remove(1)
    print(log, len(x))
    class Shrink:
        def __eq__(self, o):
            y.clear()
            return False
    y = [Shrink(), 1, 2]
    error(lambda: y.index(5))
    y = [Shrink(), 1, 2]
    error(lambda: y.remove(5))
    y = [Shrink(), 1]
    print(y.count(5), 5 in [Shrink()], y == [1, 2])
    nan = float("nan")
    print([nan].index(nan), [nan].count(nan), [nan].count(float("nan")), [nan] == [nan], nan in [nan], [1, True, 1.0].count(1), [0, False].index(False))


@section
def copying_and_reversing():
    x = [1, [2]]
    y = x.copy()
    z = x[:]
    x[1].append(3)
    x.append(4)
    print(x, y, z, x.reverse(), x, list(reversed(x)), x[::-1], [].reverse(), [1].copy() == [1])
    w = [1, 2, 3, 4, 5]
    w.reverse()
    print(w, w * 2, w.__reversed__().__next__())


@section
def comparing():
    print([1, 2] < [1, 3], [1] < [1, 0], [] < [1], [2] > [1, 9], [1, 2] == [1, 2.0], [1] != (1,), [1] == (1,), [[1], [2]] < [[1], [3]], [1, "a"] == [1, "a"], [1] <= [1] >= [1], sorted([[2], [1, 5], [], [1]]), max([1, 9], [2]), [None] == [None], ["a", 1] < ["b", None])
    for f in (lambda: [1] < ["a"], lambda: [1] < (1,), lambda: [1] < 5, lambda: [None] < [None, 1] and [None] < [1], lambda: [1, 2] < [1, "x"]): error(f)
    a = [1]
    a.append(a)
    print(a, a == a, a[1] is a, len(a), a in a, [a] != [a])


@section
def sequence_protocol():
    x = [10, 20, 30]
    print(len(x), x[0], x[-1], 20 in x, [v for v in x], x.__getitem__(1), x.__contains__(5), x.__len__(), x.__eq__([10, 20, 30]), x.__eq__(5), x.__add__([1]), x.__mul__(2), bool([]), bool([0]), any(x), all(x), sum(x), min(x), max(x), *x, dict(enumerate(x)), list(zip(x, x[1:])), x == list(iter(x)), tuple(x), str(x), repr(x), f"{x}", x.__sizeof__() > 0)
    x[True] = "one"
    print(x, sorted(n for n in dir(list) if not n.startswith("_")))
    big = list(range(1000))
    big[100:900] = []
    big += big
    print(len(big), big[150], sum(big), big[::100], big.index(999), big.count(50))
    q = []
    for i in range(50):
        q.append(i)
        if i % 3 == 0: q.pop(0)
    print(q)


@section
def subclass():
    class L(list):
        def __getitem__(self, i): return ("item", super().__getitem__(i))
        def append(self, v): super().append(v * 2)
    x = L([1, 2])
    x.append(5)
    x.extend([7])
    x.tag = 1
    print(x, x[0], type(x + [1]).__name__, type(x * 1).__name__, type(x.copy()).__name__, x == [1, 2, 10, 7], x.tag, list(x), sorted(x), isinstance(x, list), [*x], x.pop(), len(x), L(), L("ab"), type(x[:]).__name__)
    error(lambda: L(5))
    x.__init__("re")
    print(x)
