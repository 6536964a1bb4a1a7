# pprint: layouts of containers at many widths, depth, compact, recursion, what has no order.
import io
from collections import ChainMap, Counter, OrderedDict, UserDict, UserList, UserString, defaultdict, deque, namedtuple
from dataclasses import dataclass, field
from pprint import *
from types import MappingProxyType, SimpleNamespace


@dataclass
class Point:
    x: int
    names: list = field(default_factory=list)
    hidden: int = field(default=5, repr=False)


class Sub(list):
    pass


class Odd(list):
    def __repr__(self):
        return "odd"


P = namedtuple("P", "a b")
DATA = [
    {"b": [1, 2, 3], "a": {"x": (1,), "y": (1, 2), "z": ()}, "c": {3, 1, 2}, 5: None},
    [list(range(12)), "word " * 12, b"bytes \x00\xff" * 6, bytearray(b"abc" * 20)],
    "line one\nline two is rather longer than that\n\nend",
    OrderedDict([("k%d" % i, i * "v") for i in range(7)]), defaultdict(list, {"a": [1] * 9, "b": [2]}), Counter("abracadabra" * 3),
    ChainMap({"one": 1, "two": 2}, {"three": [3] * 8}), deque(range(9)), deque(range(9), maxlen=30), UserDict({"a": list(range(9))}), UserList(range(15)),
    UserString("some user string " * 3), MappingProxyType({"a": 1, "b": [2] * 9}), SimpleNamespace(alpha=list(range(9)), beta="b" * 10),
    Point(1, ["first name", "second name", Point(2)]), P(1, [2] * 9), Sub(range(20)), Odd(range(40)), frozenset(range(12)), {"a": 1, 2: "b", None: 3, (1,): 4},
    set(), frozenset(), [], {}, (), deque(), Counter(), 12345678, 1.5, True, {"n": 10 ** 9, "m": [10 ** 6] * 8},
]
for width in 10, 24, 40, 80:
    for kwds in {}, {"indent": 4}, {"compact": True}, {"depth": 2}, {"sort_dicts": False, "underscore_numbers": True}:
        for each in DATA:
            print(pformat(each, width=width, **kwds))
pprint(DATA[0])
pp(DATA[0], width=30)
out = io.StringIO()
pprint([1], stream=out)
PrettyPrinter(stream=out, width=5).pprint([[1, 2], 3])
print(repr(out.getvalue()))
loop = [1]
loop.append({"me": loop})
print(saferepr(loop).replace(str(id(loop)), "ID"), isrecursive(loop), isreadable(loop), isreadable([1, "a"]), isreadable(object()), isrecursive(3))
print(pformat(loop, width=5).replace(str(id(loop)), "ID"))
for bad in {"indent": -1}, {"depth": 0}, {"width": 0}:
    try:
        PrettyPrinter(**bad)
    except ValueError as e:
        print(e)
