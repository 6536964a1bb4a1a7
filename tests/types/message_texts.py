# message_texts.py - messages of ValueError, IndexError and KeyError from the methods of builtin types.
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
