# wrapped_dict.py - UserDict as the base of a class.
# SPDX-License-Identifier: MIT
from collections import UserDict


class Names(UserDict):
    def __setitem__(self, key, item):
        super().__setitem__(key.lower(), item)

    def __missing__(self, key):
        return f"no {key}"


d = Names({"A": 1}, B=2)
d["C"] = 3
print(d, len(d), d["a"], d["x"], "b" in d, "B" in d, list(d), sorted(d.items()), d.get("q"), d.get("q", 5))
print(type(d | {"Z": 9}).__name__, d | {"Z": 9}, {"Y": 8} | d, d == {"a": 1, "b": 2, "c": 3}, d.pop("a"), d.setdefault("N", 4))
d |= {"w": 7}
del d["b"]
e = d.copy()
e.update(more=1)
print(d, e, type(e).__name__, Names.fromkeys("PQ", 0), UserDict(), UserDict([(1, 2)]))
try:
    UserDict()["nothing"]
except KeyError as error:
    print("KeyError", error)
