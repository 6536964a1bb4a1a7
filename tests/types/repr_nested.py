# repr_nested.py - repr of nested, recursive and unusual values: containers, quotes, floats, subclasses.
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
def containers():
    print([[], (), {}, set(), frozenset(), [[]], [()], {(): []}, ({},), [{1: [2, (3,)]}], {"a": {"b": ["c"]}}], [None, True, ..., NotImplemented, 1j, -0.0, 1e100, "s", b"b", bytearray(b"x"), range(1), slice(1), int, len], (1,), ((1,),), {1: (2,)}, {frozenset([1]): 1}, {"'": '"', "\n": "\t"}, ["it's", 'say "x"', "both'\""], [b"'", b'"', b"\x00\xff"])
    print(dict(a=1).keys(), dict(a=1).values(), dict(a=[1]).items(), range(5), range(1, 9, 2), slice(1, 2, 3), [slice(None)], list[int], int | None, type(None), Exception("x"), KeyError("k"), [ValueError()], Exception(), Exception(1, "a"), OSError(1, "m"), SystemExit(3))


@section
def recursive():
    a = [1]
    a.append(a)
    b = {"k": a}
    b["self"] = b
    a.append(b)
    print(a)
    print(b)
    t = ([1],)
    t[0].append(t)
    print(t, [t])
    x, y = [], []
    x.append(y)
    y.append(x)
    print(x, y, [x, x])
    d = {}
    d[1] = [d]
    print(d, d.items(), d.values(), str(d), f"{d}")
    shared = [0]
    print([shared, shared], {"a": shared, "b": shared})
    class C:
        def __init__(self): self.items = [self]
        def __repr__(self): return f"C({self.items!r})" if len(self.items) > 1 else "C(...)"
    print(C(), [C()])
    s = bytearray(b"x")
    print([s, s])
    import types
    n = types.SimpleNamespace()
    n.me = n
    n.l = [n]
    print(n)
    p = types.MappingProxyType(d)
    print(p)


@section
def subclasses():
    class L(list): pass
    class D(dict): pass
    class T(tuple): pass
    class S(set): pass
    class F(frozenset): pass
    class I(int): pass
    class Fl(float): pass
    class St(str): pass
    class B(bytes): pass
    class Ba(bytearray): pass
    class Cx(complex): pass
    class E(Exception): pass
    print(L([1]), D(a=1), T((1,)), S([1]), F([1]), I(5), Fl(1.5), repr(St("s")), B(b"b"), Ba(b"x"), Cx(1), repr(E("e")), S(), F(), L(), D(), T(), [L(), T((1, 2)), S([2])])
    class R(list):
        def __repr__(self): return "R" + super().__repr__()
    r = R([1])
    r.append(r)
    print(r, [r], {"k": R()})
    class N(dict):
        def __repr__(self): return f"N({', '.join(f'{k}={v!r}' for k, v in self.items())})"
    print(N(a=1, b="x"), N(n=N()), [N()])


@section
def strings():
    for s in ("", "a", "'", '"', "'\"", "\\", "\\n", "\n\r\t", "\x00\x01\x1f\x7f", "\x80\x9f\xa0\xad", "é", "€", "😀", "\ud800", "\u200b", "\u2028", "\ufeff", "a\u0301", "\\'", "\\\"'", "tab\there", "日本"): print(ascii(repr(s)), ascii(s), len(repr(s)), eval(repr(s)) == s, eval(ascii(s)) == s)
    for b in (b"", b"a", b"'", b'"', b"'\"", b"\\", b"\n\r\t\x00", bytes(range(120, 140)), b"\xff"): print(repr(b), eval(repr(b)) == b, repr(bytearray(b)), eval(repr(bytearray(b))) == b)


@section
def eval_round_trips():
    values = [0, -1, 2**70, 1.5, -0.0, 1e300, 5e-324, 0.1 + 0.2, 1j, 1 - 2j, True, None, ..., "it's", b"\x00'", [1, [2]], (1,), (), {"a": [1, {2: 3}]}, {1}, frozenset([1]), range(1, 5, 2), bytearray(b"q"), slice(1, None, 2), [float("1e16"), 1e15], {(): {}}, "\u2028\ud800", complex(-0.0, 1.5), {1.5: "x"}]
    for v in values: print(ascii(repr(v)), eval(repr(v)) == v, type(eval(repr(v))) is type(v))


@section
def hostile():
    class Grow:
        def __repr__(self):
            if len(x) < 5: x.append(self)
            return "G"
    x = [Grow()]
    print(x)
    class Clear:
        def __repr__(self):
            y.clear()
            return "cleared"
    y = [Clear(), 1, 2]
    print(y, y)
    class DictClear:
        def __repr__(self):
            z.clear()
            return "gone"
    z = {1: DictClear(), 2: 3}
    try: print(z in [z], len(z))
    except RuntimeError as e: print(e)
    class Bad:
        def __repr__(self): return b"bytes"
    class Err:
        def __repr__(self): raise KeyError("in repr")
    for v in ([Bad()], (Bad(),), {1: Bad()}, {Bad()}, [[Err()]], {Err(): 1}, (1, Err()), Exception(Err()), slice(Err()), {1: 2, 3: Err()}.items(), [Err()] * 2): error(lambda: repr(v))
    l = [Err()]
    error(lambda: repr(l))
    l[0] = l
    print(l)
