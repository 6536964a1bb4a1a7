# bytearray_type.py - bytearray: mutation, slices, list-like methods, and what it shares with bytes.
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
def construct_and_text():
    print(bytearray(), bytearray(3), bytearray(b"abc"), bytearray([1, 2]), bytearray("é", "utf-8"), bytearray(range(2)), repr(bytearray(b"a'b")), str(bytearray(b"x")), f"{bytearray(b'q')!r:>20}", bytearray.fromhex("41 42"), bytearray(b"%d") % 5, bytearray(memoryview(b"mv")), bytearray(bytearray(b"c")), bytearray(x for x in (1, 2)))
    for args in ((-1,), ("abc",), ([256],), (["a"],), (None,), (1.5,), (b"a", "ascii"), ("é", "ascii")): error(bytearray, *args)
    a = bytearray(b"ab")
    a.__init__(b"new")
    print(a)
    a.__init__()
    print(a)


@section
def items():
    a = bytearray(b"hello")
    a[0] = 72
    a[-1] = 33
    print(a, a[1], a[1:3], type(a[1:3]), a[::-1], len(a), 108 in a, b"ll" in a)
    del a[0]
    del a[-2:]
    print(a)
    a[1:1] = b"XYZ"
    a[:1] = []
    a[len(a):] = [1, 2]
    a[::2] = bytes(len(a[::2]))
    print(a)
    a[1:3] = bytearray(b"longer part")
    a[2:4] = (65, 66)
    a[0:0] = range(3)
    print(a)
    a[:] = b""
    print(a)
    a = bytearray(b"0123456789")
    del a[::3]
    print(a)
    a[1:4] = a
    print(a)
    for f in (lambda: a.__setitem__(0, 256), lambda: a.__setitem__(0, -1), lambda: a.__setitem__(0, "a"), lambda: a.__setitem__(0, b"a"), lambda: a.__setitem__(100, 1), lambda: a.__setitem__("x", 1), lambda: a.__setitem__(slice(0, 1), "abc"), lambda: a.__setitem__(slice(0, 1), 5), lambda: a.__setitem__(slice(None, None, 2), b"abc" * 9), lambda: a.__setitem__(slice(0, 1), [300]), lambda: a[100], lambda: a.__delitem__(100), lambda: a.__delitem__("x"), lambda: a[1.5], lambda: hash(a), lambda: {a: 1}, lambda: a.__setitem__(0, None)): error(f)


@section
def list_methods():
    a = bytearray()
    a.append(1)
    a.extend(b"abc")
    a.extend([100, 101])
    a.extend(x for x in (102,))
    a.insert(0, 0)
    a.insert(-1, 33)
    a.insert(100, 255)
    print(a, a.pop(), a.pop(0), a.pop(-2), a)
    a.remove(98)
    a.reverse()
    b = a.copy()
    b.clear()
    print(a, b, a is a.copy())
    a += b"xy"
    a *= 2
    c = a
    c += bytes([1, 2])
    print(a, a is c, a + b"q", a.index(1), a.count(b"x"))
    for f in (lambda: a.append(256), lambda: a.append("a"), lambda: a.append(None), lambda: a.extend("abc"), lambda: a.extend([300]), lambda: a.extend(5), lambda: a.insert(0, 300), lambda: a.insert("a", 1), lambda: a.pop(100), lambda: bytearray().pop(), lambda: a.remove(7), lambda: a.remove(300), lambda: a.remove("a"), lambda: a.__iadd__("x"), lambda: a.__iadd__(5), lambda: a.__imul__("x"), lambda: a * 1.5, lambda: a.append()): error(f)
    before = bytearray(b"ab")
    error(lambda: before.extend([1, 2, 300]))
    print(before)


@section
def shared_with_bytes():
    a = bytearray(b"Hello, World")
    print(a.upper(), a.lower(), a.title(), a.swapcase(), a.find(b"o"), a.rfind(b"o"), a.split(b", "), a.partition(b", "), a.replace(b"l", b"L"), a.startswith(b"He"), a.strip(b"Hd"), a.center(16, b"*"), a.hex()[:6], a.decode(), a.translate(None, b"lo"), a.isalpha(), a.zfill(14), a.splitlines(), a.removeprefix(b"Hello"), a.expandtabs(), a.rsplit(b"o", 1), a.join([b"1", b"2"])[:3], a.ljust(14, b"."), a.count(b"l"), a.capitalize(), type(a.upper()), type(a.split()[0]), a.isascii(), bytearray.maketrans(b"a", b"b")[97])


@section
def comparison():
    a = bytearray(b"abc")
    print(a == b"abc", b"abc" == a, a == bytearray(b"abc"), a < b"abd", a > bytearray(b"ab"), a != "abc", a == memoryview(b"abc"), a == [97, 98, 99], sorted([bytearray(b"b"), b"a"]), a in [b"abc"], bool(bytearray()), bool(a), max(a), sum(a), list(reversed(a)), list(a), [*a], a is a[:], a == a[:], max(bytearray(b"b"), b"a"))
    error(lambda: a < "abc")
    error(lambda: a < 5)


@section
def while_iterating():
    a = bytearray(b"abc")
    out = []
    for x in a:
        out.append(x)
        if len(a) < 6: a.append(x + 3)
    print(out, a)
    it = iter(a)
    next(it)
    a.clear()
    print(list(it))
    a.extend(b"again")
    print(list(it))
    grow = bytearray()
    for i in range(300): grow.append(i % 256)
    while len(grow) > 5: del grow[:len(grow) // 2]
    print(grow)
    q = bytearray(b"queue")
    while q: print(chr(q.pop(0)), end="")
    print()


@section
def subclass():
    class B(bytearray):
        def __init__(self, *a, tag=None):
            super().__init__(*a)
            self.tag = tag
    b = B(b"ab", tag=5)
    b.append(99)
    print(b, b.tag, type(b[:]).__name__, type(b + b"").__name__, type(b.copy()).__name__, type(b.upper()).__name__, B.fromhex("41"), type(B.fromhex("41")).__name__, b == b"abc", repr(b), B(3))
    b += b"!"
    print(type(b).__name__, b)
    print(sorted(set(dir(bytearray)) - set(dir(bytes))))
