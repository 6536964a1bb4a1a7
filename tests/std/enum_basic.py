# Enumerations: members, aliases, auto, mixed-in types, what is refused.
import copy
from enum import *


def refused(f, *args, **kwds):
    try:
        print("NOT REFUSED", f(*args, **kwds))
    except Exception as e:
        print(type(e).__name__, e)


class Colour(Enum):
    "Colours."
    RED = 1
    GREEN = auto()
    BLUE = 3
    ROUGE = 1

    def darker(self):
        return f"dark {self.name.lower()}"

    @property
    def twice(self):
        return self.value * 2

    @classmethod
    def _missing_(cls, value):
        return cls.BLUE if value == "azure" else None


print(list(Colour), list(reversed(Colour)), len(Colour), Colour)
print(Colour.ROUGE, repr(Colour.ROUGE), Colour(2), Colour["BLUE"], Colour("azure"), Colour.GREEN.darker(), Colour.BLUE.twice)
print(dict(Colour.__members__), Colour.RED in Colour, 2 in Colour, 7 in Colour, [] in Colour)
print(dir(Colour), dir(Colour.RED), f"{Colour.RED:>12}|{Colour.RED}", hash(Colour.RED) == hash("RED"))
print(copy.copy(Colour.RED) is Colour.RED, copy.deepcopy(Colour.RED) is Colour.RED, Colour.RED.__reduce_ex__(2))
print(Colour.RED == 1, Colour.RED != Colour.BLUE, bool(Colour), isinstance(Colour.RED, Colour), type(Colour) is EnumType)
refused(Colour, 9)
refused(lambda: Colour["PINK"])
refused(lambda: Colour.PINK)
refused(setattr, Colour, "RED", 4)
refused(delattr, Colour, "RED")
refused(setattr, Colour.RED, "name", "x")
refused(setattr, Colour.RED, "value", "x")
refused(lambda: Colour.RED < Colour.BLUE)
refused(lambda: Enum("x"))
refused(lambda: type(Colour)("More", (Colour,), EnumDict()))
BODIES = {
    "twice": "A = 1\n A = 2", "method": "A = 1\n def A(self): pass", "mro": "mro = 1", "sunder": "_x_ = 1", "order": "_order_ = 'A B'\n B = 1\n A = 2",
    "ignore": "A = 1\n _ignore_ = 'A'", "late": "A = auto()\n def _generate_next_value_(*a): return 1", "sort": "A = 'x'\n B = 1\n C = auto()",
    "increment": "A = 'x'\n B = auto()", "base": "A = 1", "extends": "A = 1",
}
for name, body in BODIES.items():
    base = {"base": "Enum, int", "extends": "Colour"}.get(name, "Enum")
    refused(exec, f"class Bad({base}):\n {body}\n", globals())
refused(exec, "class Bad(ReprEnum):\n A = 1\n", globals())
try:
    exec("class Bad(int, str, Enum):\n A = 1\n", globals())
except TypeError as e:
    print(str(e).partition(":")[0], "int" in str(e), "str" in str(e))  # a set, in any order


@unique
class One(Enum):
    A = 1
    B = 2


refused(unique, Colour)


class Planet(Enum):
    MERCURY = 3.3e23, 2.4e6
    EARTH = 5.9e24, 6.3e6

    def __init__(self, mass, radius):
        self.mass = mass
        self.radius = radius


print(Planet.EARTH, Planet.EARTH.value, Planet((3.3e23, 2.4e6)), Planet(5.9e24, 6.3e6), Planet.EARTH.mass)


class Numbered(Enum):
    def __new__(cls, label):
        obj = object.__new__(cls)
        obj._value_ = len(cls.__members__) + 1
        obj.label = label
        return obj
    A = "first"
    B = "second"


print([(m.name, m.value, m.label) for m in Numbered], Numbered(2))


class Level(IntEnum):
    LOW = 1
    HIGH = 10


print(Level.LOW, repr(Level.HIGH), Level.LOW < Level.HIGH, Level.LOW + 1, f"{Level.HIGH:5}|", "%d" % Level.HIGH, [1, 2, 3][Level.LOW], Level(10), int.__repr__(Level.LOW))


class Word(StrEnum):
    Alpha = auto()
    BETA = "b"


print(Word.Alpha, repr(Word.BETA), Word.BETA + "c", Word("alpha"), f"{Word.Alpha:>8}")
refused(exec, "class Bad(StrEnum):\n A = 1\n", globals())
refused(exec, "class Bad(StrEnum):\n A = b'x', 2\n", globals())


class Ordered(Enum):
    def _generate_next_value_(name, start, count, last_values):
        return name, count, list(last_values)
    A = auto()
    B = auto()
    C = auto(), "more"


print(list(Ordered))


class Hidden(Enum):
    _ignore_ = "i double"
    for i in range(3):
        vars()[f"N{i}"] = i
    double = [1]

    class Inner:
        pass
    plain = nonmember(5)

    @member
    def call():
        return 6
    __private = 7


print(list(Hidden)[:3], Hidden.plain, Hidden.call.value(), Hidden.Inner, Hidden._Hidden__private, hasattr(Hidden, "i"))


class Unhashable(Enum):
    A = [1]
    B = {"x": 2}
    C = [1]


print(list(Unhashable), Unhashable([1]), Unhashable.C, [1] in Unhashable, [3] in Unhashable)
refused(Unhashable, [3])

Animal = Enum("Animal", "CAT DOG, COW", start=5)
print(list(Animal), Animal.__module__, Animal.__qualname__)
print(list(Enum("Pairs", [("A", "x"), ("B", "y")])), list(Enum("Map", {"K": 1})), list(Enum("Ints", "A B", type=int)), list(IntEnum("I", ["p", "q"])))
print(list(Enum("Empty", ())), Enum("Q", "a", module="m", qualname="m.Q").a.__class__.__qualname__)


class Wrong(Enum):
    A = 1

    @classmethod
    def _missing_(cls, value):
        if value == 2:
            return "no"
        raise KeyError(value)


refused(Wrong, 2)
refused(Wrong, 3)
try:
    Wrong(3)
except KeyError as e:
    print(repr(e.__context__))


class Aliased(Enum):
    A = 1
    B = 2
    A._add_alias_("AA") if False else None

    def __init__(self, *args):
        self._add_alias_(self.name.lower())
        self._add_value_alias_(str(self.value))


print(Aliased.a, Aliased("2"), list(Aliased), list(Aliased.__members__))
refused(Aliased.A._add_value_alias_, 2)
refused(Aliased.A._add_alias_, "b")


class Base(Enum):
    def hello(self):
        return "hello " + self.name

    def __init_subclass__(cls, **kwds):
        super().__init_subclass__(**kwds)
        print("subclass", cls.__name__, list(cls))


class Derived(Base):
    A = 1
    hello_ = 2


print(Derived.A.hello(), Derived.hello_.hello())
print(auto(), auto(3), Enum.__signature__(), Colour.__signature__())
for checks, body in (((UNIQUE,), "A = 1\n B = 1"), ((CONTINUOUS,), "A = 1\n B = 5"), ((CONTINUOUS, UNIQUE), "A = 1\n B = 2")):
    space = {}
    exec("from enum import *\nclass V(Enum):\n " + body, space)
    try:
        print(verify(*checks)(space["V"]))
    except ValueError as e:
        print(e)
refused(verify(UNIQUE), int)
print(list(EnumCheck), list(FlagBoundary))
