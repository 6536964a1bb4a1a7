# asked_order.py - in which order operands, arguments and containers are asked, what counts as an answer, and which error comes first.
# SPDX-License-Identifier: MIT
import itertools
import math
import operator
import sys

calls = []


def tried(f):
    calls.clear()
    try:
        r = f()
    except BaseException as e:
        r = type(e).__name__ + ": " + str(e)
    if type(r).__module__ != "builtins":
        r = (type(r).__name__, *r) if hasattr(r, "__iter__") else type(r).__name__
    return " ".join([str(r), *calls])


def t(f): print("  ", tried(f))


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


class Number:
    def __index__(self): calls.append("index"); return 2
    def __repr__(self): return "Number"


class Huge:
    def __index__(self): calls.append("index"); return 2 ** 200


class Failing:
    def __index__(self): raise ValueError("failing")


class Refusing:
    def __neg__(self): return NotImplemented
    __pos__ = __invert__ = __abs__ = __int__ = __float__ = __index__ = __complex__ = __round__ = __trunc__ = __floor__ = __len__ = __hash__ = __bool__ = __iter__ = __neg__


@section
def not_implemented_as_result():
    r = Refusing()
    for f in (operator.neg, operator.pos, operator.invert, abs, int, float, operator.index, complex, round, chr, math.floor, math.sqrt, len, hash, bool, iter): t(lambda: f(r))
    t(lambda: [1][r]); t(lambda: b"abc"[r:]); t(lambda: range(r)); t(lambda: "a" * r)


@section
def no_item_assignment():
    class Plain: pass
    class Row(tuple): pass
    class Getting:
        def __getitem__(self, i): return 1
    class Deleting:
        def __delitem__(self, i): return 1
    for o in (Plain(), Row(), (), "abc", b"", range(3), 5, None, frozenset(), {}.keys(), {}.values(), type.__dict__, Getting(), Deleting(), Plain, len, iter([]), slice(1), list[int], set(), ValueError()):
        print(type(o).__name__)
        for k in (1, Huge(), Failing(), 2 ** 99, "a", Refusing(), slice(1)):
            t(lambda: operator.delitem(o, k)); t(lambda: operator.setitem(o, k, 1))


@section
def mappings_of_calls():
    class NoKeys:
        def keys(self): return 5
    class OwnError:
        def keys(self): raise AttributeError("own")
    class Keyed:
        def __init__(self, e): self.e = e
        def keys(self): return ["a", "b"]
        def __getitem__(self, k): raise self.e
    class Computed:
        def __getattr__(self, k): calls.append("get " + k); return lambda: ["a"]
        def __getitem__(self, k): calls.append("item " + k); return 1
    class Failed:
        def __getattr__(self, k): raise ValueError(k)
    class Late:
        def __iter__(self): calls.append("iter"); yield "a"; calls.append("mid"); yield "b"
        def __len__(self): calls.append("len"); return 3
    class Lazy:
        def keys(self): return Late()
        def __getitem__(self, k): calls.append("item " + k); return 1
    def f(**k): return k
    for m in (NoKeys(), OwnError(), Keyed(KeyError("a")), Keyed(KeyError("a", 1)), Keyed(AttributeError("a")), Computed(), Failed(), Lazy()):
        print(type(m).__name__)
        t(lambda: f(**m)); t(lambda: {**m}); t(lambda: dict(m)); t(lambda: {}.update(m)); t(lambda: f(a=1, **m)); t(lambda: f(**{"a": 1}, **m)); t(lambda: {} | m)


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


def kind(base, *methods):
    name = base.__name__ + "".join(m.strip("_")[0] for m in methods)
    def make(m):
        def f(self, *a): calls.append(m); return NotImplemented if "n" in name[-1] else m
        return f
    return type(name, (base,), {m: make(m) for m in methods} | {"__repr__": lambda self: name})


def all_four(a, b):
    def plus(x, y): return x + y
    def times(x, y): return x * y
    def add(x, y): x += y; return x
    def multiply(x, y): x *= y; return x
    return " | ".join(tried(lambda: f(a(), b())) for f in (plus, times, add, multiply))


def as_maker(v): return lambda: v.copy() if isinstance(v, (list, bytearray)) else v


@section
def sequences_and_classes():
    kinds = [kind(base, *m) for base in (object, list, tuple, bytearray, int) for m in ((), ("__mul__", "__add__"), ("__rmul__", "__radd__"), ("__imul__", "__iadd__"))]
    for k in kinds:
        for v in ([1], (1,), "a", b"a", bytearray(b"a"), 2, None, {1: 2}, Number()):
            print(k.__name__, v, "->", all_four(k, as_maker(v))); print(v, k.__name__, "->", all_four(as_maker(v), k))
    for a, b in itertools.product(kinds, kinds): print(a.__name__, b.__name__, "->", all_four(a, b))


@section
def slots_of_classes():
    class A: __slots__ = ("b", "a", "__c")
    class B: __slots__ = ("a", "b", "_A__c")
    class C: __slots__ = ("b", "a")
    class D: __slots__ = ("b", "c")
    print(list(vars(A)), list(vars(B)))
    def moved(a, b):
        x = a()
        x.b = 1
        x.__class__ = b
        return x.b
    t(lambda: moved(A, B)); t(lambda: moved(C, D)); t(lambda: moved(A, C))
    class E: __slots__ = ("a", "b")
    C.a = E.a = 5
    t(lambda: moved(C, E)); t(lambda: moved(E, C))
    for name in ("A", "A\0", "\ud800"):
        for slots in ("a", ("a", "a"), 5, ("__weakref__", "__weakref__"), "\ud800"):
            for bases in ((), (bool,), (5,)): t(lambda: type(name, bases, {"__slots__": slots}).__slots__)
    t(lambda: type("", (), {"__slots__": "__qualname__", "__qualname__": "a"}).__slots__); t(lambda: type("", (), {"__classcell__": "a"}))


@section
def dict_and_weakref_of_classes():
    import weakref
    class Plain: pass
    class None_: __slots__ = ()
    for bases in ((), (list,), (Exception,), (Plain,), (int,), (tuple,), (dict,), (set,), (type,), (bytes,), (str,), (float,), (Plain, list), (None_,), (None_, Plain), (ValueError, Plain)):
        c = type("C", bases, {})
        print([b.__name__ for b in bases], [n for n in vars(c) if n != "__module__"], "__weakref__" in dir(c))
    for v in ([], 1, (), set(), "a", ValueError(), OSError(), ExceptionGroup("a", [ValueError()]), BaseExceptionGroup("a", [KeyboardInterrupt()]), type("T", (tuple,), {})(), type("E", (KeyError,), {})()): t(lambda: type(weakref.ref(v)).__name__)


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


@section
def powers_of_three():
    class Float(float): pass
    class Refusal(float):
        def __pow__(self, *a): return NotImplemented
    class Right(float):
        def __rpow__(self, *a): return "r"
    class Int(int): pass
    class Plain:
        def __pow__(self, *a): return "o"
    for a, b, c in itertools.product([Float(2), Refusal(2), Right(2), Int(2), Plain(), 3, 1.5, 1j, "a"], repeat=3): print(type(a).__name__, type(b).__name__, type(c).__name__, tried(lambda: pow(a, b, c)))


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


@section
def deleted_dicts():
    class Error(Exception): pass
    class Plain: pass
    class List(list): pass
    for v in (Error(), Plain(), List(), ValueError(), 5, lambda: 1, len): t(lambda: delattr(v, "__dict__")); t(lambda: setattr(v, "__dict__", {"a": 1})); t(lambda: setattr(v, "__dict__", 5))


@section
def symmetric_differences():
    s = {1, 2}
    def changing():
        yield 1
        s.add(7)
        yield 8
        s.discard(2)
    t(lambda: sorted(s.symmetric_difference(changing()))); t(lambda: sorted(s.symmetric_difference([1, 1, 9]))); t(lambda: s ^ s); t(lambda: s.symmetric_difference(s)); t(lambda: frozenset(s) ^ {1, 5, 7}); t(lambda: s.symmetric_difference(5))


@section
def lists_that_change():
    class Changing:
        def __init__(self, f, v): self.f = f; self.v = v
        def __index__(self): self.f(); return self.v
    for a in (0, 5, -3, 2 ** 70):
        for b in (-1, 9, -2 ** 70):
            q = [1, 2, 3, 4]
            t(lambda: (q.index(3, Changing(lambda: q.__imul__(3), a), Changing(lambda: q.__imul__(2), b)), len(q)))
            q = [1, 2, 3, 4]
            t(lambda: q.index(3, Changing(q.clear, a), b)); t(lambda: [1, 2, 3].index(3, "a", b)); t(lambda: [1, 2, 3].index(3, None))
    m = memoryview(b"ab")
    m.release()
    t(lambda: bytearray(b"ab") == m); t(lambda: bytearray(b"ab") != m); t(lambda: b"ab" == m)


@section
def last_ones():
    class Text(str): pass
    for v in (list[int], int | str, [1], (), "a", b"a", range(2), {1: 2}, {1}, memoryview(b"a"), 5): t(lambda: list(reversed(v))[:1])
    t(lambda: Text("a", None)); t(lambda: Text(b"a", "ascii", None)); t(lambda: str(b"a", "ascii", None)); t(lambda: Text(b"a", 5))


@section
def which_of_two_equal_keys():
    def numbers():
        for i in (2, 3, 4): calls.append(str(i)); yield i
    t(lambda: {1.0, "a"} & {1: 0, 2: 0, 3: 0}.keys()); t(lambda: {1.0, "a"} & {1: 0}.keys()); t(lambda: {1: 0}.keys() & {1.0, 3}); t(lambda: {1: 0}.keys() & [1.0]); t(lambda: {1}.intersection([1.0, 2]))
    t(lambda: {3}.intersection(numbers())); t(lambda: set().intersection(numbers())); t(lambda: {2, 9}.intersection(numbers()))

print("-- texts of derived classes that nothing changes")
class Same(str):
    def __str__(self): return self
class Derived(str): pass
x, y = Same("a"), Derived("a")
print(*[type(v).__name__ for v in (f"{x}", format(x), format(x, "s"), f"{x:s}", f"{x!s}", f"{x!s:s}", f"{x:3}", f" {x}")])
print(*[type(v).__name__ for v in (f"{y}", format(y), format(y, "s"), f"{y:s}", f"{y!s}", f"{y:1}", f"{y:.4}", f"{y:3}")])

print("-- an item method that goes away")
class Gone:
    def __getitem__(self, i):
        if i == 1: del Gone.__getitem__
        return i
try: list(Gone())
except TypeError as e: print(e)

print("-- hints of lengths that are too far")
import operator
class Hint:
    def __init__(self, n): self.n = n
    def __length_hint__(self): return self.n
    def __iter__(self): return iter([1])
for n in (-5, -2**70, 2**70):
    for f in (list, operator.length_hint):
        try: f(Hint(n))
        except (ValueError, OverflowError) as e: print(repr(e))

print("-- lengths of separators, orders of views")
class Long(str):
    def __len__(self): return print("asked") or 3
for f in (lambda: b"ab".hex(Long(":")), lambda: memoryview(b"a").tobytes("a\0b"), lambda: memoryview(b"a").tobytes("CC")):
    try: print(f())
    except ValueError as e: print(repr(e))

print("-- sets of classes that iterate otherwise")
class Otherwise(set):
    def __iter__(self): return print("iter") or iter([9])
print({1, 2}.isdisjoint(Otherwise([1])), {1, 2}.isdisjoint(Otherwise([1, 2, 3])), Otherwise([1]).isdisjoint({1}))
print({1, 2} <= Otherwise([1, 2]), {1, 2}.issubset(Otherwise([1, 2])))

print("-- slices of a bytearray from itself, and from one that has an index")
class Index:
    def __init__(self, n): self.n = n
    def __index__(self): return print("index", self.n) or self.n
b = bytearray(b"abcdef")
b[Index(0):Index(2)] = b
print(b)
class Bytes(bytearray):
    def __index__(self): return 3
b[1:3] = Bytes(b"z")
print(b)

print("-- which slot conflicts")
for slots in ({"__firstlineno__": 1, "__module__": 2}, ["y", "x"], ["x", "y"]):
    try:
        class Conflict:
            x = y = 1
            __slots__ = slots
    except ValueError as e: print(e)
