# memoryview_type.py - memoryview: attributes, slices, casts, multi-dimensional views, comparison, assignment.
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
    m = memoryview(b"abcdef")
    print(m[0], m[-1], bytes(m[1:3]), m.tolist(), len(m), m.nbytes, m.itemsize, m.format, m.ndim, m.shape, m.strides, m.suboffsets, m.readonly, m.contiguous, m.c_contiguous, m.f_contiguous, m.obj, type(m[1:]))
    print(bytes(m[::2]), bytes(m[::-1]), m[::2].strides, m[::-1].strides, m[::2].contiguous, m[4:1].tolist(), m[1:][1:][1:].tolist(), m[::-1][::2].tolist(), m.tobytes(), m.hex(), m[::2].hex("-"), list(m), 97 in m, list(reversed(m)), m.count(97) if hasattr(m, "count") else 1, m[:] == m)
    for f in (lambda: m[6], lambda: m["a"], lambda: m[1.5], lambda: m[0, 0], lambda: m[None], lambda: m.__setitem__(0, 1), lambda: m.__delitem__(0), lambda: m.x, lambda: setattr(m, "format", "B"), lambda: memoryview(5), lambda: memoryview("a"), lambda: m + m, lambda: m * 2, lambda: m < m, lambda: m[1:2] == 5 or 1 / 0): error(f)


@section
def writing():
    b = bytearray(b"abcdef")
    m = memoryview(b)
    m[0] = 90
    m[-1] = 33
    m[1:3] = b"XY"
    m[3:5] = memoryview(b"QR")
    m[::2] = b"123"
    print(b, m.readonly)
    m[1:4] = m[0:3]
    print(b)
    m[::-1][0:2] = b"zy"
    print(b)
    for f in (lambda: m.__setitem__(0, 256), lambda: m.__setitem__(0, -1), lambda: m.__setitem__(0, "a"), lambda: m.__setitem__(0, b"a"), lambda: m.__setitem__(slice(0, 2), b"abc"), lambda: m.__setitem__(slice(0, 2), [1, 2]), lambda: m.__setitem__(slice(0, 2), "ab"), lambda: m.__setitem__(9, 1), lambda: m.__setitem__(0, 1.5), lambda: m.__setitem__(0, None), lambda: m.__delitem__(0), lambda: m.__setitem__("a", 1)): error(f)
    ro = m.toreadonly()
    print(ro.readonly, ro[0] == m[0])
    error(lambda: ro.__setitem__(0, 1))
    m[0] = 65
    print(ro[0])


@section
def casts():
    b = bytearray(range(1, 17))
    m = memoryview(b)
    for fmt in ("b", "B", "c", "h", "H", "i", "I", "q", "Q", "f", "d", "?", "l", "L", "@h" if 0 else "n"):
        v = m.cast(fmt)
        print(fmt, v.itemsize if fmt not in "lLn" else "native", v.format, v.nbytes, v.shape if fmt not in "lLn" else "", v.tolist() if fmt in "bBchHiIqQ?" else "")
    h = m.cast("H")
    h[0] = 0xffff
    print(b[:4], h[0], h[1:3].tolist(), h.cast("B")[:3].tolist())
    i = m.cast("i")
    i[1] = -1
    f = m.cast("d")
    f[0] = 1.5
    print(bytes(b[:8]), f[0], i.tolist()[2:])
    c = m.cast("c")
    c[0] = b"Z"
    print(c[0], b[0], c[:2].tolist())
    q = memoryview(bytearray(2)).cast("?")
    q[0] = True
    q[1] = []
    print(q.tolist())
    for g in (lambda: m.cast("x"), lambda: m.cast(""), lambda: m.cast("ii"), lambda: m.cast(5), lambda: m[1:4].cast("H"), lambda: m[::2].cast("B"), lambda: h.cast("i"), lambda: h.__setitem__(0, 65536), lambda: h.__setitem__(0, -1), lambda: h.__setitem__(0, 1.5), lambda: h.__setitem__(0, "a"), lambda: f.__setitem__(0, "a"), lambda: c.__setitem__(0, 5), lambda: c.__setitem__(0, b"ab"), lambda: m.cast("B", (3, 5)), lambda: m.cast("B", 16), lambda: m.cast("B", [0, 16]), lambda: m.cast("B", [-4, -4]), lambda: m.cast("B", ["a"]), lambda: i.__setitem__(0, 2**31), lambda: m.cast("b").__setitem__(0, 128)): error(g)


@section
def multi_dimensional():
    b = bytearray(range(12))
    m = memoryview(b).cast("B", [3, 4])
    print(m.ndim, m.shape, m.strides, m.tolist(), m[0, 0], m[1, 2], m[-1, -1], m[2, 3], m.nbytes, len(m), m.contiguous, m.tobytes())
    m[1, 1] = 99
    print(b, m.tolist()[1])
    t = memoryview(b).cast("B", (2, 3, 2))
    print(t.ndim, t.tolist(), t[1, 2, 0], t.strides)
    back = m.cast("B")
    print(back.ndim, back[5])
    h = memoryview(bytes(range(16))).cast("H", [2, 4]) if 0 else memoryview(bytes(range(16))).cast("B").cast("H", [2, 4])
    print(h.shape, h.strides, h[1, 3], h.itemsize)
    zero = memoryview(bytearray(b"\x05")).cast("B", [])
    print(zero.ndim, zero.shape, zero[()], zero.tolist(), zero.nbytes)
    zero[()] = 7
    print(zero.tolist())
    for f in (lambda: m[0], lambda: m[0, 4], lambda: m[3, 0], lambda: m[0, 0, 0], lambda: m["a", 0], lambda: m[0:1, 0:1], lambda: list(m), lambda: m.__setitem__(0, 1), lambda: zero[0], lambda: len(zero), lambda: m.cast("H", [2, 3]), lambda: t.cast("B", [12, 1]), lambda: m[0:2].tolist()[0] if 0 else 1 / 0, lambda: hash(m), lambda: m[1.5, 0]): error(f)
    n = m[1:]
    print(n.shape, n.tolist())
    print(m == memoryview(bytes(b)).cast("B", [3, 4]), m == memoryview(bytes(b)), m == b)


@section
def comparison_and_hash():
    a = memoryview(b"abc")
    print(a == b"abc", b"abc" == a, a == bytearray(b"abc"), a == memoryview(b"abc"), a == memoryview(b"abd"), a != b"abc", a == "abc", a == [97, 98, 99], a[::-1] == b"cba", hash(a) == hash(b"abc"), {a: 1}[b"abc"], a == memoryview(b"abc\0")[:3], a in [b"abc"], memoryview(b"") == b"", bool(memoryview(b"")), bool(a))
    x, y = memoryview(bytearray(4)).cast("I"), memoryview(bytearray(4)).cast("f")
    print(x == y, memoryview(b"\x01\x00").cast("H") == memoryview(b"\x01\x00").cast("h"), memoryview(b"\xff").cast("b") == memoryview(b"\xff"), memoryview(b"\0\0\xc0\x7f").cast("f") == memoryview(b"\0\0\xc0\x7f").cast("f"), a.cast("c") == a)
    error(lambda: hash(memoryview(bytearray(b"abc"))))
    error(lambda: hash(memoryview(b"abcd").cast("H")))


@section
def methods():
    m = memoryview(b"abcdef")
    print(m.tobytes("C"), m.tobytes(order="F"), m.tobytes(None), m.hex(":", 2), m[::2].tobytes(), m.cast("B", [2, 3]).tobytes("F"), m.cast("B", [2, 3]).tobytes("C"))
    error(lambda: m.tobytes("X"))
    error(lambda: m.hex(5))
    with memoryview(bytearray(b"q")) as v: print(v[0])
    error(lambda: v[0])
    print(sorted(n for n in dir(memoryview) if not n.startswith("_")), repr(m).startswith("<memory at "))
    error(lambda: type("S", (memoryview,), {}))
