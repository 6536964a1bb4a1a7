# asked_order_bytes.py - bytes and buffers: what they ask of their arguments, and in which order.
# SPDX-License-Identifier: MIT
import operator
import sys

from _asked import Number, calls, section, t


@section
def bytes_and_buffers():
    class Sized:
        def __len__(self): calls.append("len"); return 3
        def __iter__(self): calls.append("iter"); return iter([1, 2])
    class BadIter:
        def __iter__(self): raise TypeError("own")
    class Indexed(Sized):
        def __index__(self): calls.append("index"); raise TypeError("index")
    def counted(*items):
        for x in items: calls.append(str(x)); yield x
    released = memoryview(b"12")
    released.release()
    for x in (Sized(), BadIter(), Indexed(), Number(), "a", 5, None, [1], (1,), released, {1: 2}):
        t(lambda: bytes(x)); t(lambda: bytearray(x)); t(lambda: int.from_bytes(x, "big")); t(lambda: bytearray(b"a").extend(x)); t(lambda: x in b"ab"); t(lambda: x in bytearray(b"ab"))
    t(lambda: bytearray().extend(counted(1, None, 2))); t(lambda: bytearray().extend(counted(1, 300, 2))); t(lambda: bytes(counted(1, None, 2))); t(lambda: bytearray().extend(""))
    t(lambda: str(released, "ascii")); t(lambda: int(released)); t(lambda: str(1.5, None)); t(lambda: str(b"", "ascii", None)); t(lambda: str(b"a", 5)); t(lambda: bytes("a", None))
    t(lambda: b"ab" * (sys.maxsize // 2 + 1)); t(lambda: (sys.maxsize // 2 + 1) * b"ab")
    t(lambda: b"a" in b"ab"); t(lambda: 2 ** 70 in b"ab"); t(lambda: -1 in b"ab")


@section
def exported_bytearrays():
    def locked(f):
        b = bytearray(b"12")
        m = memoryview(b)
        t(lambda: (f(b), bytes(b))); m.release(); t(lambda: (f(b), bytes(b)))
    for f in (lambda b: b.__iadd__(b), lambda b: b.__iadd__(b""), lambda b: b.extend(b""), lambda b: b.extend(b), lambda b: b.__imul__(1), lambda b: b.__imul__(2), lambda b: b.__setitem__(slice(0, 0), b""), lambda b: b.__setitem__(slice(None), b), lambda b: b.clear(),
              lambda b: b.__init__(b"21"), lambda b: b.__init__("21", 5), lambda b: b.__init__("21"), lambda b: b.__init__(b"a", b"b", None), lambda b: b.__iadd__(memoryview(b))):
        locked(f)
    b = bytearray()
    b += b
    t(lambda: bytes(b))


@section
def to_text_and_itself():
    class Float(str):
        def __float__(self): return 1.5
    class Bytes(bytearray):
        def __float__(self): return 1.5
    class Long(list):
        def __len__(self): calls.append("len"); return 1
        def __iter__(self): calls.append("iter"); return iter([])
    t(lambda: float(Float("2"))); t(lambda: float(Bytes(b"2"))); t(lambda: str(b"", "")); t(lambda: str(b"", "nope")); t(lambda: str(bytearray(), "nope", "x")); t(lambda: str(b"a", "nope"))
    x = Long([1, 2])
    t(lambda: x.extend(x)); t(lambda: list.__getitem__(operator.iadd(x, x), slice(None)))


@section
def codec_names():
    for e in ("\ud800", "a\0", "utf-8", "nope", None):
        for v in (5, "a", b"a", b""):
            for r in ("strict", "\ud800", "a\0", 5): t(lambda: bytes(v, e, r)); t(lambda: bytearray(v, e, r)); t(lambda: str(v, e, r)); t(lambda: v.decode(e, r)); t(lambda: v.encode(e, r))
