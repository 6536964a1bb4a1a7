# Dataclasses: what the decorator writes, in which order, and what it refuses.
import copy
import dataclasses
from collections import defaultdict, namedtuple
from dataclasses import *
from typing import Any, ClassVar, List, Optional


def refused(f, *args, **kwds):
    try:
        print("NOT REFUSED", f(*args, **kwds))
    except Exception as e:
        print(type(e).__name__, e)


@dataclass(order=True)
class Point:
    x: int
    y: float = 2.5
    tags: list = field(default_factory=list, compare=False)


print(Point(1), Point(1, 2, ["a"]), Point(1) == Point(1), Point(1) < Point(2), Point(1) >= Point(1, 2), Point(1) == 1, Point.__doc__)
print(Point.__match_args__, [f.name for f in fields(Point)], Point.__hash__, Point.__eq__.__qualname__, Point.__init__.__annotations__)
print(asdict(Point(1, 2, [Point(3)])), astuple(Point(1, 2, [Point(3)])), replace(Point(1), y=9), copy.replace(Point(1), x=5) if hasattr(copy, "replace") else replace(Point(1), x=5))
print(repr(fields(Point)[2]).partition('default=<')[0], repr(fields(Point)[2]).partition('default_factory')[2])
print(Point.__dataclass_params__)
refused(Point)
refused(Point, 1, 2, 3, 4)
refused(lambda: Point(1) < 5)
refused(hash, Point(1))


@dataclass(frozen=True)
class Frozen:
    a: int
    b: int = field(default=0, hash=False)


f = Frozen(1, 2)
print(hash(f) == hash(Frozen(1, 3)), f)
refused(setattr, f, "a", 3)
refused(delattr, f, "a")
refused(setattr, f, "zz", 3)
print(issubclass(FrozenInstanceError, AttributeError))


@dataclass
class Post:
    a: int
    scale: InitVar[int] = 2
    kind: ClassVar[str] = "post"
    twice: int = field(init=False, repr=False)
    late: "int" = 5

    def __post_init__(self, scale):
        self.twice = self.a * scale


print(Post(4).twice, Post(4, 5).twice, Post(1), [f.name for f in fields(Post)], Post.__doc__)
refused(replace, Post(1), twice=5)


@dataclass
class Named:
    a: int
    _: KW_ONLY
    b: int = 1
    c: int = field(kw_only=False, default=3)
    d: Optional[List[Any]] = None


print(Named(1, 2, b=5), Named.__match_args__, Named.__doc__)
refused(Named, 1, 2, 3)


@dataclass(slots=True, frozen=True, weakref_slot=True)
class Slotted:
    a: int
    b: str = "x"


print(Slotted.__slots__, Slotted(1), hasattr(Slotted(1), "__dict__"), copy.copy(Slotted(2)), Slotted(1).__getstate__())
refused(setattr, Slotted(1), "a", 5)


@dataclass
class Child(Point):
    x: str
    z: int = 7


print(Child("q"), [(f.name, f.type) for f in fields(Child)], Child("q") == Point("q"))


@dataclass
class Tree:
    kids: list


t = Tree([])
t.kids.append(t)
print(t)
P = namedtuple("P", "a b")
d = defaultdict(list, k=[Frozen(1)])
print(asdict(Tree([P(Frozen(1), 2), d, (Frozen(3),), {Frozen(1): 2}.values().__class__])) if False else asdict(Tree([P(Frozen(1), 2), d, (Frozen(3),)])))
print(asdict(Point(1), dict_factory=lambda pairs: [k for k, _ in pairs]), astuple(Point(1), tuple_factory=list))
M = make_dataclass("M", ["a", ("b", int), ("c", int, field(default=4))], bases=(), namespace={"total": lambda self: self.b + self.c}, order=True)
print(M(1, 2), M(1, 2).total(), M.__module__, M.__annotations__, M.__doc__)
print(is_dataclass(M), is_dataclass(M(1, 2)), is_dataclass(int), is_dataclass(3), InitVar[int], InitVar[List[int]], MISSING is dataclasses.MISSING)
BODIES = {
    "order of defaults": ("", "a: int = 1\n b: int"),
    "mutable": ("", "a: list = []"),
    "both": ("", "a: int = field(default=1, default_factory=int)"),
    "order without eq": ("eq=False, order=True", "a: int"),
    "order clash": ("order=True", "a: int\n def __lt__(self, other): pass"),
    "hash clash": ("unsafe_hash=True", "a: int\n def __hash__(self): return 1"),
    "frozen clash": ("frozen=True", "a: int\n def __setattr__(self, *a): pass"),
    "no annotation": ("", "a = field()"),
    "two KW_ONLY": ("", "_: KW_ONLY\n a: int\n __: KW_ONLY"),
    "ClassVar factory": ("", "a: ClassVar[int] = field(default_factory=int)"),
    "ClassVar kw_only": ("", "a: ClassVar[int] = field(kw_only=True)"),
    "slots twice": ("slots=True", "a: int\n __slots__ = ()"),
    "slots default": ("slots=True", "a: int = 3"),
    "weakref": ("weakref_slot=True", "a: int"),
}
for name, (args, body) in BODIES.items():
    try:
        space = dict(globals())
        exec(f"@dataclass({args})\nclass Bad:\n {body}\n", space)
        print(name, "-", space["Bad"](1))
    except Exception as e:
        print(name, "-", type(e).__name__, e)
refused(lambda: dataclass(type("F2", (Frozen,), {"__annotations__": {"q": int}})))
refused(lambda: dataclass(frozen=True)(type("F3", (Point,), {"__annotations__": {"q": int}})))
refused(make_dataclass, "X", ["for"])
refused(make_dataclass, "X", ["a b"])
refused(make_dataclass, "X", ["a", "a"])
refused(make_dataclass, "X", [("a", 1, 2, 3)])
refused(fields, 3)
refused(asdict, Point)
refused(astuple, 3)
refused(replace, Point, x=1)


@dataclass
class Need:
    a: int
    v: InitVar[int]


refused(replace, Need(1, 2))


@dataclass(repr=False, eq=False, init=False, match_args=False)
class Bare:
    a: int = 3


print(Bare().a, Bare.__doc__, "__match_args__" in Bare.__dict__, "__eq__" in Bare.__dict__)
match Point(3, 4):
    case Point(x, y):
        print(x, y)
