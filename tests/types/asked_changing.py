# asked_changing.py - what is asked of derived classes, of lengths and views; __eq__ and items that change while they are asked.
# SPDX-License-Identifier: MIT
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

print("-- __eq__ that changes the dict or set in which it is asked")
class Changing:
    def __init__(self, act, same): self.act, self.same = act, same
    def __hash__(self): return 1
    def __eq__(self, other):
        self.act()
        return self.same
for same in (False, True):
    for name in ("__contains__", "get", "pop", "setdefault", "__delitem__", "__getitem__", "add", "remove", "discard", "union", "intersection", "difference"):
        for kind in ("insert", "delete", "clear"):
            d, s = {1: 1, 2: 2, "a": 3}, {1, 2, "a"}
            def act():
                if kind == "insert": d[len(d) + 100] = 1; s.add(len(s) + 100)
                elif kind == "delete": d.pop("a", None); s.discard("a")
                else: d.clear(); s.clear()
            key = Changing(act, same)
            holder = d if hasattr(d, name) else s
            try: r = getattr(holder, name)(*([[key]] if name in ("union", "intersection", "difference") else [key, None] if name in ("pop", "setdefault") else [key]))
            except KeyError: r = "KeyError"
            print(same, name, kind, len(r) if isinstance(r, set) else r)
