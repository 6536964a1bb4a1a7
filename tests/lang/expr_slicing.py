# expr_slicing.py - subscripts and slices of sequences: every bound, step, assignment, deletion, errors.
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
def bounds():
    s = "abcdefgh"
    for lo in (None, 0, 2, 8, 20, -1, -3, -8, -20):
        print(lo, [s[lo:hi] for hi in (None, 0, 3, 8, 30, -1, -4, -30)])


@section
def steps():
    l = list(range(8))
    for step in (1, 2, 3, 7, 8, 100, -1, -2, -3, -7, -8, -100):
        print(step, l[::step], l[1:6:step], l[6:1:step], l[-2::step], l[:-3:step], l[10:-10:step])
    t = (0, 1, 2, 3)
    print(t[::-1], t[2::-1], t[:1:-1], t[-1:-3:-1], t[3:3:-1], b"abcd"[::-2], bytearray(b"abcd")[1::2], range(10)[2:8:2], range(10)[::-3], "aé日😀z"[1:4], "aé日😀z"[::-1])


@section
def types_kept():
    print(type("ab"[:]), type([1][:]), type((1,)[:]), type(b"a"[:]), type(bytearray(b"a")[:]), type(range(3)[:]), [1, 2][:] == [1, 2])
    class L(list): pass
    class S(str): pass
    class T(tuple): pass
    print(type(L([1, 2])[:]), type(S("ab")[:]), type(T((1,))[:]), type(S("ab")[0]))
    x = [1, 2, 3]
    y = x[:]
    y.append(4)
    print(x, y)


@section
def index_errors():
    for f in (lambda: [][0], lambda: [1][1], lambda: [1][-2], lambda: ()[0], lambda: (1,)[5], lambda: ""[0], lambda: "abc"[3], lambda: "abc"[-4], lambda: b""[0], lambda: bytearray(b"a")[1], lambda: range(3)[3], lambda: range(0)[-1], lambda: [1][2 ** 100], lambda: [1]["a"], lambda: [1][1.0], lambda: [1][None], lambda: (1,)["0"], lambda: "a"["a"], lambda: "a"[0.0], lambda: b"a"["a"], lambda: range(3)["a"], lambda: [1][()], lambda: [1][1, 2], lambda: "abc"[1, 2], lambda: bytearray(b"a")[None], lambda: memoryview(b"a")[5], lambda: [1][::0], lambda: "a"[::0], lambda: (1,)[::0], lambda: range(3)[::0], lambda: [1]["a":], lambda: "abc"[:1.5], lambda: [1][::"x"], lambda: (1,)[[]:], lambda: {}[1:2], lambda: {}["a"], lambda: 5[:], lambda: None[1:], lambda: {1}[0]):
        error(f)
    print([1, 2][True], "ab"[False], [1, 2, 3][-True], {slice(1, 2): "hashable slice"}[1:2], {}.get(slice(3)))


@section
def assign_slices():
    def f(target, value, *bounds):
        x = list(target)
        try:
            x[slice(*bounds)] = value
            return x
        except Exception as e:
            return f"{type(e).__name__}: {e}"
    base = [0, 1, 2, 3, 4]
    for bounds in ((0, 2), (2, 2), (5, 9), (None, None), (3, 1), (-2, None), (1, -1), (-100, 100)):
        print(bounds, f(base, "xyz", *bounds), f(base, [], *bounds), f(base, (9,), *bounds))
    for bounds in ((None, None, 2), (None, None, -1), (1, 4, 2), (4, 0, -2), (0, 0, 2), (5, None, 2), (None, None, 1)):
        print(bounds, f(base, "pq", *bounds), f(base, "pqr", *bounds), f(base, [], *bounds), f(base, "12345", *bounds))
    print(f(base, 5, 0, 2), f(base, None, 0, 2, 2), f(base, iter("ab"), 1, 2), f(base, {1: 2}, 0, 1), f(base, (x for x in "gen"), 4, 5), f(base, "x", 0, 1, 0))


@section
def self_assignment():
    x = [1, 2, 3]
    x[1:1] = x
    print(x)
    x = [1, 2, 3]
    x[::2] = x[:2]
    print(x)
    x = [1, 2, 3]
    x[:] = x
    print(x)
    x[:] = (y * 2 for y in x)
    print(x)
    x += x
    x[len(x):] = [0]
    x[:0] = ["front"]
    print(x)
    x[1:-1] = []
    print(x)
    x[5:1] = ["past"]
    print(x)


@section
def deletion():
    def f(*bounds):
        x = list(range(8))
        del x[slice(*bounds)]
        return x
    for bounds in ((0, 2), (None, None), (3, 3), (5, 2), (-3, None), (None, None, 2), (None, None, -3), (1, 7, 3), (7, 0, -2), (10, 20), (None, None, 100), (2, 3, -1)):
        print(bounds, f(*bounds))
    x = [1, 2, 3]
    del x[0], x[-1]
    print(x)
    del x[:]
    print(x)
    for source in ("del x[5]", "del x['a']", "del x[::0]", "x[5] = 1", "x[-4] = 1", "x['a'] = 1", "x[1.0] = 1", "del t[0]", "t[0] = 1", "s[0] = 'x'", "del s[0]", "b[0] = 1", "x[0:1] = 5", "x[::2] = [1, 2, 3, 4]", "r[0] = 1", "del t[:]", "s[:] = 'x'", "d[1:2] = 3", "del d[0]", "x[2**100] = 1", "del x[-5]"):
        error(lambda: exec(source, {"x": [1, 2, 3], "t": (1, 2), "s": "abc", "b": b"abc", "r": range(3), "d": {}}))


@section
def slice_attributes():
    s = slice(1, None, 2)
    print(s.start, s.stop, s.step, s, slice(5), slice(1, 2) == slice(1, 2), slice(1, 2) == (1, 2, None), slice(1, 2) < slice(1, 3), s.indices(10), slice(None, None, -1).indices(5), slice(-100, 100).indices(5), slice(3, 1).indices(10), hash(slice(1)) == hash(slice(1)))
    error(lambda: slice(1).indices(-1))
    error(lambda: slice(1).indices("a"))
    error(lambda: slice("a").indices(5))
    error(lambda: slice(None, None, 0).indices(5))
    error(lambda: setattr(s, "start", 5))
    error(lambda: slice(1, 2, 3, 4))
    error(lambda: hash(slice([])))
