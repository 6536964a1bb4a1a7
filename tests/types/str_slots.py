# Subclasses of str with __slots__: str is no type of varying size, as far as slots see.
import copy
import gc


class Named(str):
    __slots__ = ("unit", "low")


class More(Named):
    __slots__ = ("high",)


class Open(Named):
    pass


class Both(str):
    __slots__ = ("a", "__dict__", "__weakref__")


def shown(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


for cls in (Named, More, Open):
    s = cls("temp")
    print(cls.__name__, s, len(s), shown(getattr, s, "unit"), shown(delattr, s, "unit"), shown(getattr, s, "low"))
    s.unit = "°C"
    print(s.unit, shown(getattr, s, "low"), hasattr(s, "low"), shown(setattr, s, "other", 1), getattr(s, "__dict__", None))
    s.low = [1]
    gc.collect()
    print(s.unit, s.low, s == "temp", hash(s) == hash("temp"), {s: 1}["temp"])
    del s.low
    print(shown(getattr, s, "low"), shown(delattr, s, "low"), s.upper(), s + "!", type(s + "!"))
m = More("m" * 100)
m.high, m.unit = 9, "K"
print(m.high, m.unit, shown(getattr, m, "low"), copy.copy(m).high, copy.deepcopy(m).unit)
b = Both("b")
b.a, b.x = 1, 2
print(b.a, b.x, b.__dict__, [setattr(b, f"n{i}", i) for i in range(100)][0], len(b.__dict__), b.a, b.n99)
del b.n5
print(b.a, len(b.__dict__), shown(getattr, b, "n5"))
o = Open("o")
o.unit, o.free = 1, 2
o.__dict__ = {"set": 3}
print(o.unit, o.set, shown(getattr, o, "free"))
o.__class__ = type("Other", (Named,), {})
print(type(o).__name__, o.unit, o.set)
for base in (int, bytes, tuple):
    print(shown(type, "C", (base,), {"__slots__": ("a",)}), shown(type, "C", (base,), {"__slots__": ()}).__name__)
