# The same bytes as CPython's, and back.
import collections
import io
import pickle
import pickle as p


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __eq__(self, other):
        return (self.x, self.y) == (other.x, other.y)


class Slots:
    __slots__ = ("a", "b")


class Listy(list):
    pass


class Dicty(dict):
    def __reduce__(self):
        return (Dicty, (), {"state": 1}, None, iter(self.items()))


class New:
    def __new__(cls, a, *, b):
        self = object.__new__(cls)
        self.pair = a, b
        return self

    def __getnewargs_ex__(self):
        return (self.pair[0],), {"b": self.pair[1]}


class Outer:
    class Inner:
        pass


def function():
    pass


s = Slots()
s.a = 1
loop = [1]
loop.append(loop)
deep = Point(None, {})
deep.y["me"] = deep
shared = "shared text"
values = [None, True, False, 0, 1, 255, 256, 65535, 65536, -1, 2**31 - 1, 2**31, -2**31, -2**31 - 1, 2**63, -2**63, 10**300, 1.5, -0.0, 1e308,
          "", "abc", "\xe9\u20ac\U0001f600", "a\nb\\c\0", "x" * 300, b"abc", b"y" * 300, bytearray(b"ba"), (), (1,), (1, 2),
          (1, 2, 3), (1, 2, 3, 4), [], [1], [1, 2, [3]], {}, {"a": 1}, {1: 2, 3: 4}, set(), {1}, frozenset(), frozenset([1]), range(3),
          slice(1, 2, 3), complex(1, 2), len, int, Point, function, Outer.Inner, type(None), NotImplemented, ...,
          collections.OrderedDict(a=1), [shared, shared], list(range(1500)), {i: str(i) for i in range(1200)}, ValueError("x", 1), Listy([1, 2])]
for v in values:
    for proto in range(p.HIGHEST_PROTOCOL + 1):
        data = p.dumps(v, proto)
        if not isinstance(v, (bytes, bytearray, BaseException)) or proto >= 3:
            print(proto, data if len(data) < 200 else (len(data), data[:40], data[-40:]))
        back = p.loads(data)
        if not (back == v or isinstance(v, BaseException) and back.args == v.args):
            print("DIFFERENT", v, back)
for proto in range(6):
    try:
        copy = p.loads(p.dumps(s, proto))
        print(copy.a, hasattr(copy, "b"))
    except TypeError as e:
        print(type(e))
    copy = p.loads(p.dumps(loop, proto))
    print(copy[1] is copy, p.loads(p.dumps(deep, proto)).y["me"].x)
    copy = p.loads(p.dumps(Dicty(a=1), proto))
    print(copy, copy.__dict__, p.loads(p.dumps(Point(1, 2), proto)) == Point(1, 2))
    if proto >= 2:
        print(p.loads(p.dumps(New(1, b=2), proto)).pair)
    print(p.loads(p.dumps(iter([1, 2]), proto)).__next__())
for bad in b"", b"\x80", b"\x80\x09.", b"(", b"N", b"0.", b"K", b"\xff", b"c__main__\nnope\n.", b"h\x05.", b"S'abc.", b"e.":
    try:
        print(p.loads(bad))
    except Exception as e:
        print(bad, type(e).__name__)
for bad in (lambda: 1), io, (i for i in "a"):
    try:
        p.dumps(bad)
    except Exception as e:
        print(type(e).__name__)


class WithIds(p.Pickler):
    def persistent_id(self, obj):
        return "the point" if isinstance(obj, Point) else None


class FromIds(p.Unpickler):
    def persistent_load(self, pid):
        return pid.upper()

    def find_class(self, module, name):
        raise p.UnpicklingError(f"no {module}.{name}")


out = io.BytesIO()
WithIds(out, 2).dump([Point(1, 2), 3])
WithIds(out, 2).dump(len)
out.seek(0)
print(FromIds(out).load())
try:
    FromIds(out).load()
except p.UnpicklingError as e:
    print(e)
print(p.dumps([1], -1) == p.dumps([1], 5), p.DEFAULT_PROTOCOL, p.HIGHEST_PROTOCOL, issubclass(p.PicklingError, p.PickleError))
try:
    p.dumps(1, 6)
except ValueError as e:
    print(e)
