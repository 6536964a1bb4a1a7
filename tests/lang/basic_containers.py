# basic_containers.py - the simplest uses of list, tuple, dict, set, str methods and comprehensions.
# SPDX-License-Identifier: MIT

items = [3, 1, 2]
items.append(5)
items.insert(0, 9)
items.extend([7, 8])
print(items, len(items), items.index(2), items.count(1))
items.sort()
print(items, items.pop(), items.pop(0), items)
items.reverse()
items.remove(5)
print(items, sorted(items), sorted(items, reverse=True), list(reversed(items)))
print(sorted(["bb", "a", "ccc"], key=len), sorted("hello"), min(items), max(items), sum(items))
copy = items[:]
copy.clear()
print(copy, items, items * 2, items.copy() == items)
items[1:2] = ["x", "y", "z"]
items[::2] = [0] * len(items[::2])
print(items)
del items[1:3]
print(items, 0 in items, "q" in items)
print([x * x for x in range(5)], [x for x in range(10) if x % 3 == 0], [(x, y) for x in "ab" for y in range(2)])
print([[i * j for j in range(3)] for i in range(3)])
grid = [[0] * 3 for _ in range(2)]
grid[0][1] = 5
print(grid)
t = 1, 2, 3
a, *b = t
print(t, t[1:], t + (4,), t * 2, t.index(3), t.count(1), a, b, tuple("ab"), (1, 2) < (1, 3))
try:
    t[0] = 1
except TypeError as e:
    print(e)
d = {"one": 1, "two": 2}
d["three"] = 3
d.update({"two": 22, "four": 4})
d.update(five=5)
print(d, len(d), list(d), list(d.keys()), list(d.values()), list(d.items()))
print(d.pop("one"), d.pop("nope", None), d.setdefault("six", 6), d.setdefault("two", 0), d.popitem())
print({k: v * 2 for k, v in d.items()}, dict([("a", 1), ("b", 2)]), dict(x=1), {**d, "z": 0})
print("two" in d, 22 in d.values(), ("two", 22) in d.items(), d.get("q", "none"))
print({1: "int", 1.0: "float", True: "bool"}, {(1, 2): "tuple"}, {None: 1})
print(dict.fromkeys("abc", 0), {"a": 1} | {"b": 2}, {"a": 1, "b": 2} == {"b": 2, "a": 1})
try:
    {[]: 1}
except TypeError as e:
    print(e)
s = {1, 2, 3}
s.add(4)
s.add(2)
s.discard(1)
s.discard(99)
print(sorted(s), len(s), 2 in s, sorted(s | {9}), sorted(s & {2, 3}), sorted(s - {2}), sorted(s ^ {2, 9}))
print(s == {4, 3, 2}, {2} < s, s >= {2, 3}, s.isdisjoint({7}), sorted({c for c in "hello"}))
print(frozenset([1]) == {1}, {frozenset([1]): "x"}[frozenset([1])])
print("a,b,c".split(","), " a  b ".split(), "-".join(["x", "y"]), "Hello".upper(), "Hello".lower())
print("  pad ".strip(), "xxaxx".strip("x"), "abc".replace("b", "BB"), "abcabc".find("c"), "abc".find("z"))
print("abc".startswith("ab"), "abc".endswith(("x", "c")), "a-b-c".partition("-"), "abcab".count("ab"))
print("12".isdigit(), "ab".isalpha(), "a1".isalnum(), " ".isspace(), "hello world".title(), "abc".capitalize())
print("5".zfill(3), "ab".center(6, "*"), "ab".ljust(4) + "|", "ab".rjust(4), "line1\nline2".splitlines())
print("%5d|%-5s|%05.1f|%x" % (42, "ab", 3.14159, 255), "{:>5}|{:<5}|{:^5}|{:05d}".format(1, 2, 3, 4))
print(f"{3.14159:.2f} {42:b} {255:#x} {1000000:,} {'a':>3} {0.5:%}")
print(b"abc", b"abc"[0], b"a" + b"b", "é".encode(), b"\xc3\xa9".decode(), bytes([65, 66]), bytearray(b"x"))
print(list(range(5)), range(3), range(1, 10, 2)[2], 4 in range(5), len(range(0, 10, 3)))
print(list(map(lambda x: x + 1, [1, 2])), list(filter(None, [0, 1, "", "a"])), list(zip("ab", [1, 2])))
print(any([0, 1]), all([0, 1]), any([]), all([]), divmod(7, 3), pow(2, 10, 1000), chr(65), ord("A"), hex(255), bin(5), oct(8))
first, second, *others = [1, 2, 3, 4]
*init, last = "abc"
(p, q), r = (1, 2), 3
print(first, second, others, init, last, p, q, r)
for bad in (lambda: [1, 2][5], lambda: {"a": 1}["b"], lambda: {1}.remove(2), lambda: [].index(1)):
    try:
        bad()
    except Exception as e:
        print(type(e).__name__, e)
try:
    a, b = [1, 2, 3]
except ValueError as e:
    print(e)
try:
    a, b = [1]
except ValueError as e:
    print(e)
nested = {"list": [1, {"deep": (1, [2])}], "n": None}
nested["list"][1]["deep"][1].append(3)
print(nested)
me = [1]
me.append(me)
print(me)
