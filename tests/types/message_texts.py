# message_texts.py - messages of ValueError, IndexError, KeyError and others from the methods of builtin types.
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
def values():
    for f in (lambda: int("x"), lambda: int(""), lambda: int("1.5"), lambda: int("z", 16), lambda: int("1", 99), lambda: float("x"), lambda: float(""), lambda: complex("x"), lambda: [].index(1), lambda: [1].remove(2), lambda: (1,).index(2), lambda: "a".index("b"), lambda: "a".rindex("b"), lambda: b"a".index(b"b"), lambda: bytearray(b"a").remove(98), lambda: range(3).index(5), lambda: "a".split(""), lambda: "a".partition(""), lambda: b"a".split(b""), lambda: bytes([256]), lambda: bytearray([-1]), lambda: bytes(-1), lambda: chr(-1), lambda: chr(2**30), lambda: range(1, 2, 0), lambda: [1][::0], lambda: max([]), lambda: min(()), lambda: dict([(1, 2, 3)]), lambda: dict(["abc"]), lambda: exec("a, b = 1,"), lambda: exec("a, b = 1, 2, 3"), lambda: exec("a, *b, c = [1]"), lambda: 1 << -1, lambda: 1 >> -1, lambda: pow(2, -1, 4), lambda: pow(1, 1, 0), lambda: (5).to_bytes(1, "x"), lambda: int.from_bytes(b"", "x"), lambda: bytes.fromhex("zz"), lambda: float.fromhex("zz"), lambda: "{".format(), lambda: "}".format(), lambda: "{!z}".format(1), lambda: format(1, "zz"), lambda: format("a", "d"), lambda: "%z" % 1, lambda: "%" % (), lambda: list(zip([1], [], strict=True)), lambda: memoryview(b"a").cast("ii"), lambda: memoryview(bytearray(1)).__setitem__(0, 256), lambda: slice(None).indices(-1), lambda: compile("1", "", "bad"), lambda: type("a\0", (), {}), lambda: __import__(""), lambda: "a".encode("ascii", "nope") and "é".encode("ascii", "nope"), lambda: str.maketrans("a", "bc"), lambda: eval("1\0")): error(f)


@section
def lookups():
    for f in (lambda: [][0], lambda: [1][1], lambda: [1][-2], lambda: ()[0], lambda: ""[0], lambda: b""[0], lambda: bytearray()[0], lambda: range(0)[0], lambda: memoryview(b"")[0], lambda: [].pop(), lambda: [1].pop(9), lambda: bytearray().pop(), lambda: set().pop(), lambda: {}.popitem(), lambda: {}["k"], lambda: {}[1, 2], lambda: {}.pop("k"), lambda: set().remove("k"), lambda: set().remove((1,)), lambda: exec("del [][0]"), lambda: exec("[][0] = 1"), lambda: exec("del {}['k']"), lambda: exec("bytearray()[0] = 1"), lambda: "{0}".format(), lambda: "{a}".format(), lambda: "%(a)s" % {}, lambda: "{0[5]}".format([1]), lambda: "{a[b]}".format(a={}), lambda: [1, 2].__getitem__(5), lambda: "é"[5], lambda: globals()["no such name"], lambda: type("C", (), {}).__dict__["zz"]): error(f)


@section
def attributes():
    class C:
        __slots__ = ("s",)
        @property
        def p(self): return 1
    c = C()
    import types
    m = types.ModuleType("mod")
    for f in (lambda: c.x, lambda: c.s, lambda: C.x, lambda: setattr(c, "x", 1), lambda: setattr(c, "p", 1), lambda: delattr(c, "p"), lambda: delattr(c, "s"), lambda: (1).x, lambda: "a".x, lambda: None.x, lambda: [].x, lambda: len.x, lambda: (lambda: 1).x, lambda: m.x, lambda: delattr(m, "x"), lambda: setattr(1, "x", 1), lambda: setattr(None, "x", 1), lambda: setattr([], "append", 1), lambda: setattr(int, "x", 1), lambda: delattr(int, "real"), lambda: setattr((1).__add__, "x", 1), lambda: object().x, lambda: setattr(object(), "x", 1), lambda: int.x, lambda: type.x, lambda: super(C, c).x, lambda: (x for x in ()).x, lambda: range(1).x, lambda: setattr(range(1), "start", 5), lambda: setattr(slice(1), "start", 5), lambda: Exception().x, lambda: setattr(1j, "real", 1), lambda: c.__dict__, lambda: type(c).__dict__.x): error(f)


@section
def calls():
    def f(a, b, /, c, *, d): pass
    class K:
        def m(self, a): pass
        @classmethod
        def c(cls, a): pass
        @staticmethod
        def s(a): pass
    for g in (lambda: f(), lambda: f(1), lambda: f(1, 2), lambda: f(1, 2, 3), lambda: f(1, 2, 3, 4, d=5), lambda: f(1, 2, c=3, d=4, e=5), lambda: f(a=1, b=2, c=3, d=4), lambda: f(1, 2, 3, c=3, d=4), lambda: K().m(), lambda: K().m(1, 2), lambda: K.m(), lambda: K.c(), lambda: K.c(1, 2), lambda: K.s(), lambda: K().s(1, 2), lambda: K(1), lambda: (lambda: 1)(2), lambda: (lambda a, b=1: a)(), lambda: f(*1), lambda: f(**1), lambda: f(**{1: 2}), lambda: f(1, 2, 3, d=4, **{"d": 5}), lambda: 5(), lambda: "a"(), lambda: None(), lambda: [](), lambda: K()(), lambda: (lambda *, k: k)(1), lambda: (lambda *, k: k)(), lambda: (lambda a, a2, a3: 1)(), lambda: (lambda a, *, k, l: 1)()): error(g)


@section
def conversions():
    for f in (lambda: int(None), lambda: int([]), lambda: int(1j), lambda: int("5", 2.0), lambda: int(5, 2), lambda: float(None), lambda: float([]), lambda: float(1j), lambda: complex([]), lambda: complex("1", 2), lambda: str(b"a", 5), lambda: bytes("a"), lambda: bytes([None]), lambda: bytes(1.5), lambda: list(1), lambda: tuple(1), lambda: set(1), lambda: dict(1), lambda: frozenset(1), lambda: range("a"), lambda: range(1.5), lambda: slice(), lambda: memoryview(1), lambda: iter(1), lambda: next(1), lambda: len(1), lambda: reversed(1), lambda: enumerate(1), lambda: zip(1), lambda: map(1), lambda: sorted(1), lambda: sum(1), lambda: max(1), lambda: all(1), lambda: hash([]), lambda: abs("a"), lambda: round("a"), lambda: divmod("a", 1), lambda: bin("a"), lambda: hex(1.5), lambda: chr("a"), lambda: ord("ab"), lambda: ord(1), lambda: isinstance(1, 1), lambda: issubclass(1, int), lambda: getattr(1, 1), lambda: vars(1), lambda: eval(1), lambda: exec(1), lambda: "a".join(1), lambda: "a".join([1]), lambda: "a".replace(1, "b"), lambda: "a".startswith(1), lambda: "a".find(1), lambda: "a".center("b"), lambda: "a".encode(1), lambda: b"a".decode(1), lambda: [].extend(1), lambda: [].insert("a", 1), lambda: {}.update(1), lambda: set().update(1), lambda: [1] + (1,), lambda: (1,) + [1], lambda: "a" + 1, lambda: b"a" + "a", lambda: [1] * "a", lambda: {} + {}, lambda: {1} + {2}, lambda: 1 in 1, lambda: "a" in b"a", lambda: 1 in "a", lambda: {[]: 1}, lambda: {[]}, lambda: {**1}, lambda: [*1], lambda: print(sep=1), lambda: type(1, 2), lambda: super(1, 2), lambda: property(1).__get__(1)): error(f)
