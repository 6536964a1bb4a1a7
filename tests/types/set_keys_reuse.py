# Containers made of sets and dicts use the hashes that these know.
class Key:
    asked = 0

    def __hash__(self):
        Key.asked += 1
        return 5


d = dict.fromkeys([Key() for _ in range(10)], 1)
print(Key.asked)
s = set(d)
f = frozenset(d)
print(Key.asked, len(s), len(f))
again = dict.fromkeys(s, 2)
again = dict.fromkeys(f)
print(Key.asked, len(again), set(again.values()))


class Names(dict):
    def __setitem__(self, key, value):
        super().__setitem__(key, (key, value))


print(Names.fromkeys({"a"}, 3), dict.fromkeys({"a": 1}, 3), dict.fromkeys(frozenset(), 3))
for x in (float("nan"), -float("nan")):
    print(hash(x) == object.__hash__(x), hash(x) == hash(x))
import array
print(float(array.array("b", b" 12.5 ")), float(memoryview(b"3")))
for bad in array.array("b", b"x"), object(), [], array:
    try:
        float(bad)
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
