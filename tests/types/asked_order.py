# asked_order.py - in which order operands and arguments are asked, what counts as an answer, and which error comes first.
# SPDX-License-Identifier: MIT
import math
import operator
import sys

from _asked import Number, Refusing, calls, section, t


@section
def not_implemented_as_result():
    r = Refusing()
    for f in (operator.neg, operator.pos, operator.invert, abs, int, float, operator.index, complex, round, chr, math.floor, math.sqrt, len, hash, bool, iter): t(lambda: f(r))
    t(lambda: [1][r]); t(lambda: b"abc"[r:]); t(lambda: range(r)); t(lambda: "a" * r)


@section
def arguments():
    class Halves(int):
        def __float__(self): calls.append("float"); return 1.5
    t(lambda: f"{Halves(3):.2f} {Halves(3):d} {Halves(3)}"); t(lambda: (5).__format__(None)); t(lambda: [].__format__(None)); t(lambda: (1.5).__format__(2)); t(lambda: "".__format__(None))
    t(lambda: "".maketrans(1, None)); t(lambda: "".maketrans(1, "")); t(lambda: "".maketrans(1, "", 2)); t(lambda: float.fromhex("\ud800")); t(lambda: float.fromhex("x"))
    t(lambda: {}.keys().__init__(1)); t(lambda: iter([]).__init__(1)); t(lambda: None.__init__(1)); t(lambda: object().__init__(1)); t(lambda: len.__init__(1))
    g = ExceptionGroup("g", [ValueError(1), TypeError(2)])
    class Pair(tuple): pass
    class Called(tuple):
        def __call__(self, e): return True
    for c in ((), (ValueError,), Pair((ValueError,)), Called((int,)), (int,), [ValueError], ValueError, int, lambda e: e is g, 5): t(lambda: g.subgroup(c)); t(lambda: g.split(c))
    class Rows(list):
        def __iter__(self): calls.append("iter"); return iter(["x", "y"])
        def __len__(self): calls.append("len"); return 9
    class Sized:
        def __iter__(self): calls.append("iter"); return iter("ab")
        def __len__(self): calls.append("len"); return 2
    for v in (Rows("ab"), Sized(), 5, Refusing()): t(lambda: "".join(v)); t(lambda: b"".join(v)); t(lambda: dict([v])); t(lambda: ["a", "b"].__setitem__(slice(None), v)); t(lambda: ["a", "b"].__setitem__(slice(None, None, 1), v)); t(lambda: list(v)); t(lambda: bytearray().join(v))
    b = bytearray(b"-")
    def changing():
        yield b"1"
        b.append(1)
    t(lambda: b.join(changing())); t(lambda: b.join([b"1", b"2"]) + b)


@section
def throwing():
    async def agen():
        yield 1
    def run(f):
        c = f(agen())
        calls.append("made")
        return c.send(None)
    for v in (5, ValueError, ValueError("v"), None, int): t(lambda: run(lambda g: g.athrow(v)))
    g = agen()
    c = g.athrow(5)
    t(lambda: c.send(None)); t(lambda: c.send(None)); t(lambda: g.aclose().send(None))


@section
def sums():
    for v in ([-1e16, 2.5, 7], [10 ** 15, 0.1, 0.2, 0.3], [1e16, 1, 1, 1.0, True], [2 ** 62, 2 ** 62, 0.1, 0.2, 0.3], [0.1, 2 ** 70, 0.1, 0.1], [0.1] * 10, [1, 2.5, 1j, 0.1], [2 ** 50, 0.1, 0.7, 3]): t(lambda: sum(v)); t(lambda: sum(v, 0.0)); t(lambda: sum(v, 10 ** 15 + 1)); t(lambda: sum(v, True))


@section
def before_conversion():
    class Complex:
        def __complex__(self): calls.append("complex"); return 1j
        def __float__(self): calls.append("float"); return 1.0
        def __index__(self): calls.append("index"); return 1
    for a in (Complex(), Number(), 1, "a", b"", None, 1j):
        for b in (Complex(), Number(), 1.5, "a", b"", None, 1j): t(lambda: complex(a, b))
    s = {0, 1, 2, 3}
    def shrinking():
        yield 0
        s.discard(3); s.discard(2)
        yield 1
    t(lambda: s.issubset(shrinking())); t(lambda: s.issubset([1])); t(lambda: s.issubset([0, 1, 5])); t(lambda: s.issubset({0: 1, 1: 1})); t(lambda: set().issubset([[]])); t(lambda: frozenset().issubset(5))
    m = memoryview(bytearray(b"abc"))
    t(lambda: m.__setitem__(slice("a", 2), 5)); t(lambda: m.__setitem__(slice("a", 2), b"a")); t(lambda: m.__setitem__(slice(0, 2), b"a"))
    m.release()
    t(lambda: m.hex(1, "a")); t(lambda: m.hex(":")); t(lambda: m.hex(":", Number())); t(lambda: m.cast(5)); t(lambda: m.cast("B", 5)); t(lambda: m.tobytes(5)); t(lambda: m["a"])
    for v in (int, int | str, list[int], 5, slice(1), None, range(2), memoryview(b"ab"), type):
        def unpack(): a, b = v; return a, b
        t(unpack); t(lambda: print(*v, end=" ")); t(lambda: [x for x in v][:2])


@section
def results_and_sizes():
    class Text(str): pass
    class Int(int): pass
    t(lambda: type(Text("") % b"")); t(lambda: type(Text("abc") % ()) is Text); t(lambda: bytes(sys.maxsize)); t(lambda: "abc".translate({97: Int(65), 98: True})); t(lambda: "abc".translate({97: 2 ** 70}))
    t(lambda: Int(1, 2, 3)); t(lambda: int(1, 2, 3)); t(lambda: BaseExceptionGroup(None, 5)); t(lambda: type("A", (), {"a": 1, "__slots__": ("a", 1)})); t(lambda: type("A", (), {"a": 1, "__slots__": ("b", "a")}))
