# dm_buffer.py - the buffer protocol: memoryview over bytes-like objects, __buffer__ and __release_buffer__.
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


class Buf:
    def __init__(self, data):
        self.data = bytearray(data)
        self.view = None

    def __buffer__(self, flags):
        print("  buffer", type(flags).__name__)
        self.view = memoryview(self.data)
        return self.view

    def __release_buffer__(self, view):
        print("  release", view is self.view)


@section
def python_exporter():
    b = Buf(b"hello")
    m = memoryview(b)
    print(bytes(m), m[0], m[1:3].tobytes(), len(m), m.readonly, m.obj is b)
    m[0] = 72
    print(b.data)
    m.release()
    print("released")
    with memoryview(b) as v:
        print(v.tolist())
    print(bytes(Buf(b"xyz")), bytearray(Buf(b"q")), b"".join([Buf(b"1"), b"2"]))


@section
def wrong_exporters():
    class NotView:
        def __buffer__(self, flags):
            return b"raw bytes"

    class Raises:
        def __buffer__(self, flags):
            raise ValueError("no buffer")

    class OnInstance:
        pass
    error(lambda: memoryview(NotView()))
    error(lambda: memoryview(Raises()))
    o = OnInstance()
    o.__buffer__ = lambda flags: memoryview(b"x")
    error(lambda: memoryview(o))
    error(lambda: memoryview("str"))
    error(lambda: memoryview(5))
    error(lambda: memoryview([1]))
    error(lambda: memoryview(None))
    error(lambda: memoryview())
    error(lambda: bytes("no encoding"))
    error(lambda: b"x".join(["a"]))
    error(lambda: b"a" + 1)


@section
def builtin_dunders():
    m = b"abc".__buffer__(0)
    print(type(m).__name__, bytes(m), m.readonly)
    b = bytearray(b"abc")
    v = b.__buffer__(0)
    v[0] = 90
    print(b, v.readonly)
    error(lambda: b.append(1))
    v.release()
    b.append(1)
    print(b)


@section
def resizing_is_blocked():
    b = bytearray(b"abcdef")
    m = memoryview(b)
    for f in (lambda: b.append(1), lambda: b.extend(b"x"), lambda: b.pop(), lambda: b.clear(), lambda: b.insert(0, 1), lambda: b.remove(97), lambda: b.__delitem__(0), lambda: b.__setitem__(slice(0, 1), b"xyz"), lambda: b.__iadd__(b"z")):
        error(f)
    b[0:2] = b"XY"
    b[5] = 33
    b.reverse()
    print(b, bytes(m))
    m2 = m[1:]
    m.release()
    error(lambda: b.append(1))
    m2.release()
    b.append(1)
    print(b)


@section
def released_views():
    m = memoryview(b"abc")
    m.release()
    m.release()
    for f in (lambda: m[0], lambda: len(m), lambda: bytes(m), lambda: m.tolist(), lambda: m.nbytes, lambda: m.format, lambda: list(m), lambda: m[:], lambda: m.cast("B"), lambda: hash(m), lambda: m.__enter__(), lambda: memoryview(m)):
        error(f)
    print(m == m, m != memoryview(b"abc"), repr(m).startswith("<released memory at "))


@section
def accepted_everywhere():
    m = memoryview(b"a,b")
    print(bytes(m), bytearray(m), b"x" + m, b"x,".replace(b",", m), b"a,b".split(memoryview(b",")), m in [b"a,b"], b"a,b" == m, m == bytearray(b"a,b"), b",".join([m, m]), b"a" in bytearray(b"cat"), int(memoryview(b"42")) if 0 else "", b"zza,b".endswith(m), b"a,b".find(memoryview(b",")))
    b = bytearray()
    b += memoryview(b"one")
    b.extend(memoryview(b"two"))
    b[1:2] = memoryview(b"NN")
    print(b, int.from_bytes(memoryview(b"\x01\x00"), "big"), str(memoryview(b"abc"), "ascii"), float(memoryview(b"1.5")), bytes.fromhex("61"), b"%b" % memoryview(b"x"), b"abc".translate(None, memoryview(b"b")))
    error(lambda: bytearray(b"abc").__setitem__(0, memoryview(b"x")))
    error(lambda: memoryview(b"x") + b"y")
    error(lambda: memoryview(b"x") * 2)
    error(lambda: memoryview(b"abc") < memoryview(b"abd"))


@section
def release_on_exit():
    b = bytearray(b"abc")
    try:
        with memoryview(b) as m:
            m[0] = 1
            raise ValueError("inside")
    except ValueError as e:
        print(e)
    b.append(2)
    print(b)
    error(lambda: m[0])
