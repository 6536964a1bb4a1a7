# memoryview_slices.py - memoryview: overlapping copies, strided assignment, views of views, parsing binary frames.
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
def overlapping():
    b = bytearray(b"abcdefgh")
    m = memoryview(b)
    m[2:6] = m[0:4]
    print(b)
    b[:] = b"abcdefgh"
    m[0:4] = m[2:6]
    print(b)
    b[:] = b"abcdefgh"
    m[::2] = m[1::2]
    print(b)
    b[:] = b"abcdefgh"
    m[:] = m[::-1]
    print(b)
    b[:] = b"abcdefgh"
    m[4:] = m[3::-1]
    print(b, m[-3:].tobytes(), m[-3:0:-1].tobytes())


@section
def views_of_views():
    b = bytearray(range(20))
    m = memoryview(b)[2:18][::3]
    print(m.tolist(), m.strides, m.shape, m[1:4].tolist(), m[::-1].tolist(), m[::-2].strides, len(m), m.nbytes, bytes(m), m.contiguous)
    m[0] = 100
    m[-1] = 200
    m[1:3] = b"\x00\x01"
    print(list(b))
    r = m[::-1]
    r[0] = 7
    print(m[-1], b[17], m.obj is b, r.obj is b)
    error(lambda: m.cast("H"))
    c = memoryview(bytes(m)).cast("H")
    print(c.tolist() if len(bytes(m)) % 2 == 0 else "odd")
    e = m[3:3]
    print(e.tolist(), len(e), bytes(e), e == b"", e.shape)


@section
def frames():
    frame = bytearray(b"\x7e\x00\x05hello\x2a\x7e\x00\x02hi\x07")
    def parse(view):
        while view:
            if view[0] != 0x7e: raise ValueError(f"bad start {view[0]:#x}")
            n = view[1] << 8 | view[2]
            yield bytes(view[3:3 + n]), view[3 + n]
            view = view[4 + n:]
    print(list(parse(memoryview(frame))))
    error(lambda: list(parse(memoryview(b"\x00\x01"))))
    regs = memoryview(bytearray(8)).cast("H")
    for i, v in enumerate((1, 0x1234, 65535, 256)): regs[i] = v
    print(regs.tolist(), sum(regs), max(regs), list(reversed(regs)), 256 in regs, [f"{r:#06x}" for r in regs], regs[1:3].tolist(), regs[::-1].tolist())
    regs[0:2] = regs[2:4]
    print(regs.tolist())
    error(lambda: regs.__setitem__(slice(0, 2), b"\0\0\0\0"))
    error(lambda: regs.__setitem__(slice(0, 1), regs))
    f = memoryview(bytearray(16)).cast("d")
    f[0], f[1] = 1.5, -2
    print(f.tolist(), f[0] + f[1], f.cast("B").cast("q")[0] == int.from_bytes(f.cast("B")[:8].tobytes(), "little"))
    i = memoryview(bytearray(4)).cast("i")
    i[0] = -2
    print(i.cast("B").cast("I")[0], bytes(i.cast("B")) in (b"\xfe\xff\xff\xff", b"\xff\xff\xff\xfe"))


def deep(f, n=5):
    # f(), called from n calls inside each other: a collector that goes by the words on the stack finds nothing of it there afterwards.
    return next(map(lambda n: deep(f, n), [n - 1])) if n else f()


@section
def lifetime():
    b = bytearray(b"abc")
    views = deep(lambda: [memoryview(b)[i:] for i in range(3)])
    error(lambda: b.append(1))
    for v in views: v.release()
    b.append(100)
    print(b)
    with memoryview(b) as m, m[1:] as n:
        print(n[0])
        error(lambda: b.pop())
    b.pop()
    print(b)
    m = memoryview(b)
    n = m[:2]
    m.release()
    print(n.tolist())
    error(lambda: b.clear())
    n.release()
    b.clear()
    print(b)
    k = memoryview(memoryview(b"xyz"))
    print(k.tolist(), k.readonly, k.obj)


@section
def iteration_and_search():
    m = memoryview(b"hello")
    print([chr(x) for x in m], m.index(108) if hasattr(m, "index") else 2, sum(m), sorted(m), dict(enumerate(m[:2])), list(zip(m, m[1:])), 104 in m, b"h" in [bytes(m[:1])], tuple(m.cast("c")), list(map(chr, m)), bytes(reversed(m)), b"-".join([m[:2], m[2:]]), b"" + bytes(m), bytearray(m) + m, max(m), len(m[1:-1]))
    it = iter(m)
    print(next(it), list(it), next(it, "end"))
    a, *rest = m
    print(a, rest, *m[:2])
