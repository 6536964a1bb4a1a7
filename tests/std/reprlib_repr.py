# reprlib: limits by type, indentation, recursion.
import reprlib
from array import array
from collections import deque

r = reprlib.Repr()
for x in ([*range(20)], (1,), (*range(9),), {*range(9)}, frozenset(range(9)), deque(range(9)), {i: i for i in range(9)}, "x" * 100, 10 ** 80, array("i", range(9)),
          [[[[[[[[1]]]]]]]], set(), frozenset(), {}, array("b"), "a'b" * 20, b"q" * 90, 1.5, None, [], ()):
    print(reprlib.repr(x))
r.indent = 2
print(r.repr([1, [2, 3], {"a": (4, 5)}]))
r.indent = "->"
print(r.repr({"a": [1]}))
for bad in (-1, 1.5):
    r.indent = bad
    try:
        r.repr([1])
    except Exception as e:
        print(type(e).__name__, e)
print(reprlib.Repr(maxlist=2, fillvalue="#").repr([1, 2, 3]), reprlib.Repr(maxlevel=1).repr([[1]]))


class Bad:
    def __repr__(self):
        raise ValueError


print(reprlib.repr(Bad())[:16])


class L(list):
    @reprlib.recursive_repr()
    def __repr__(self):
        "doc"
        return "<" + "|".join(map(repr, self)) + ">"


x = L("ab")
x.append(x)
print(x, L.__repr__.__name__, L.__repr__.__doc__, hasattr(L.__repr__, "__wrapped__"))


class More(reprlib.Repr):
    def repr_float(self, x, level):
        return f"{x:.1f}"


print(More().repr([1.23456, 2]))
