# pickle_module.py - every protocol: what is written, byte for byte, and what is read back; errors.
# SPDX-License-Identifier: MIT
import collections
import copyreg
import enum
import io
import pickle


class Plain:
    def __init__(self, a, b):
        self.a, self.b = a, b

    def __eq__(self, other):
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __repr__(self):
        return f"{type(self).__name__}({self.__dict__})"


class Slots:
    __slots__ = ("x", "y")


class State(Plain):
    def __getstate__(self):
        return [self.a]

    def __setstate__(self, state):
        self.a, self.b = state[0], "set"


class NewArgs(int):
    def __new__(cls, v, *, k=0):
        self = int.__new__(cls, v)
        self.k = k
        return self

    def __getnewargs_ex__(self):
        return (int(self),), {"k": self.k}


class Reduced:
    def __reduce__(self):
        return Plain, (1, 2), {"a": 9}


class L(list):
    pass


class D(dict):
    pass


class Nest:
    class Inner:
        def method(self):
            pass


Point = collections.namedtuple("Point", "x y")


class Colour(enum.Enum):
    RED = 1


def function():
    pass


VALUES = [
    None, True, False, 0, 1, 255, 256, 65535, 65536, -1, -129, 2**31 - 1, 2**31, -(2**31) - 1, 2**63, -(2**100), 2**3000, 0.0, -1.5, 1e300, "", "a", "é€😀", "a\\b\nc\0\r\x1a",
    "x" * 300, b"", b"abc\xff", b"y" * 300, bytearray(b"z"), bytearray(), (), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), [], [1], [1, 2, [3]], {}, {"a": 1}, {"a": 1, 2: (3,)}, set(), {7},
    frozenset(), frozenset([5]), Plain(1, [2]), State(1, 2), Reduced(), NewArgs(5, k=3), L([1, 2]), D(a=1), Point(1, 2), Colour.RED, function, Plain, int, len, Nest.Inner, type(None), ..., NotImplemented,
    1 + 2j, range(1, 9, 2), slice(1, 2), "ab" * 40000, list(range(1500)), collections.OrderedDict(a=1), collections.deque([1, 2], 5), ValueError("x", 1), Exception, [].append if False else str.upper,
]


def report(value, proto):
    try:
        data = pickle.dumps(value, proto)
    except Exception as e:
        return type(e).__name__
    back = pickle.loads(data)
    same = back == value or repr(back) == repr(value) or type(value) in (Reduced, State)
    if type(value) is NewArgs or value in (Nest.Inner, str.upper):  # CPython's C and Python versions write these in two ways
        return same
    return (data if len(data) < 200 else (len(data), sum(data))), same


for value in VALUES:
    for proto in range(6):
        print(proto, type(value).__name__, report(value, proto))
loop = [1]
loop.append(loop)
pair = ([],)
pair[0].append(pair)
shared = ["s"]
p = Plain(shared, shared)
for proto in range(6):
    a = pickle.loads(pickle.dumps(loop, proto))
    b = pickle.loads(pickle.dumps(pair, proto))
    c = pickle.loads(pickle.dumps(p, proto))
    print(proto, a[1] is a, b[0][0] is b, c.a is c.b, pickle.dumps(loop, proto), pickle.dumps(pair, proto))
s = Slots()
s.x = 5
for proto in range(6):
    try:
        back = pickle.loads(pickle.dumps(s, proto))
        print(proto, back.x, hasattr(back, "y"))
    except Exception as e:
        print(proto, type(e).__name__)


class Ids(pickle.Pickler):
    def persistent_id(self, obj):
        return "the-list" if obj is shared else None


class Load(pickle.Unpickler):
    def persistent_load(self, pid):
        return pid.upper()

    def find_class(self, module, name):
        if name == "Plain":
            return super().find_class(module, name)
        raise pickle.UnpicklingError("forbidden " + name)


for proto in range(6):
    f = io.BytesIO()
    Ids(f, proto).dump([shared, 1])
    f.seek(0)
    print(proto, Load(f).load())
try:
    Load(io.BytesIO(pickle.dumps(Colour.RED))).load()
except pickle.UnpicklingError as e:
    print(e)
for bad in (b"", b"x", b"K", b"\x80\x09.", b".", b"(", b"0.", b"t.", b"K\x01K\x02", b"h\x05.", b"cnowhere\nthing\n.", b"cbuiltins\nnothing\n.",
            b"I1x\n.", b"X\xff\xff\xff\xffa.", b"]]u.", b"}(K\x01u.", b"\x82\x01.", b"\x93.", b"S'a\n.", b"R.", b"K\x01)R.", b"q\x01.", b"\x80\x04\x8c\x05ab."):
    try:
        print(bad, pickle.loads(bad))
    except Exception as e:
        print(bad, type(e).__name__)
for wrong in (lambda: 0, (x for x in ())):
    try:
        pickle.dumps(wrong)
        print("fine")
    except (pickle.PicklingError, AttributeError, TypeError) as e:
        print("refused")
copyreg.add_extension(__name__, "Plain", 200)
print(pickle.dumps(Plain, 2), pickle.loads(pickle.dumps(Plain, 2)) is Plain)
copyreg.remove_extension(__name__, "Plain", 200)
f = io.BytesIO()
p = pickle.Pickler(f)
p.dump([1])
p.dump([1])
f.seek(0)
print(pickle.load(f), pickle.load(f), f.read(), pickle.HIGHEST_PROTOCOL, pickle.DEFAULT_PROTOCOL)
print(pickle.loads(b"(S'a'\nS'b'\nt."), pickle.loads(b"U\x02\xe9b.", encoding="latin1"), pickle.loads(b"U\x01\xe9.", encoding="bytes"), pickle.loads(b"c__builtin__\nxrange\n."))

# ---- What files, slots and missing names say
def show(act):
    try:
        print(act())
    except Exception as e:
        print(type(e).__name__, e)


for stream in open("/dev/null", "rb"), open("/dev/null", "wb", 0), open("/dev/null", "w"):
    with stream:
        show(lambda: pickle.dumps(stream))


class Slotted:
    __slots__ = ("x",)


for protocol in 0, 1:
    show(lambda: pickle.dumps(Slotted(), protocol))
for data in b"cos\nnope\n.", b"\x80\x04\x8c\x02os\x8c\x09path.nope\x93.":
    show(lambda: pickle.loads(data))
