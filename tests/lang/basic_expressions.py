# basic_expressions.py - the simplest expressions: numbers, strings, comparisons, and, or, not.
# SPDX-License-Identifier: MIT

print("hello")
print(1, 2, 3)
print(1 + 2 * 3, (1 + 2) * 3, 7 - 10, -5 + 2)
print(7 // 2, -7 // 2, 7 // -2, -7 // -2)
print(7 % 3, -7 % 3, 7 % -3, -7 % -3)
print(7 / 2, 6 / 3, 1 / 4, -1 / 2)
print(2 ** 10, 2 ** 0, 0 ** 0, 2 ** -1, (-2) ** 3)
print(1 << 4, 256 >> 3, -1 >> 5, 6 & 3, 6 | 3, 6 ^ 3, ~6)
print(2 ** 62, 2 ** 63, 2 ** 64, -2 ** 63, 2 ** 100)
print(10 ** 20 + 1, 10 ** 20 - 10 ** 20, 99999999999 * 99999999999)
print(1.5 + 2.25, 0.1 + 0.2, 1e3, 1e100, 1.0, 100.0, -0.0)
print(3.0 // 2, -3.5 % 2, 2.0 ** 0.5, 7.0 / 2)
print(1 + 1.0, 2 * 2.5, 3 - 0.5, 1 == 1.0)
print(True, False, None, True + 1, True * 3, not True, not 0)
print(1 < 2, 2 <= 2, 3 > 4, 4 >= 5, 1 == 1, 1 != 1)
print(1 < 2 < 3, 1 < 3 < 2, 3 > 2 >= 2 == 2)
print(1 and 2, 0 and 2, 1 or 2, 0 or 2, "" or "x", "" and "x", None or 0)
print(not 1, not "", not [], not [0], not not 5)
print("a" + "b", "ab" * 3, 3 * "ab", "ab" * 0, "ab" * -1)
print("abc"[0], "abc"[-1], "abc"[1:], "abc"[:-1], "abc"[::-1], "abcdef"[1:5:2])
print("b" in "abc", "d" in "abc", "d" not in "abc", "" in "abc")
print(len("abc"), len(""), len([1, 2]), len((1,)), len({}), len({1: 2}))
print([1, 2] + [3], [0] * 3, [1, 2, 3][1], [1, 2, 3][-1], [1, 2, 3, 4][1:3])
print((1, 2) + (3,), (1,), (), ((1, 2), (3,)))
print({"a": 1, "b": 2}, {"a": 1}["a"], {}, {1: {2: 3}})
print({1}, {1, 1, 1}, set(), len({1, 2, 2}))
print([1, "a", None, True, 2.5, (1, 2), [3], {"k": "v"}])
print("a" if 1 else "b", "a" if 0 else "b")
print(None is None, None is not None, 1 is not None)
print([] == [], [] is [], (1, 2) == (1, 2), [1, 2] < [1, 3], "a" < "b")
print(str(5) + "x", repr("x"), str("x"), repr('it\'s'), repr('say "hi"'), repr("both ' \""))
print(int("42") + 1, int("-7"), float("2.5"), int(3.9), int(-3.9), bool("x"), bool(""))
print(abs(-3), abs(2.5), min(3, 1, 2), max(3, 1, 2), sum([1, 2, 3]), round(2.5), round(3.5), round(2.567, 2))
print("tab\there", "new\\n", 'quote\'', "nul\x00".__len__(), "\u00e9", "\U0001f600")
print(type(1).__name__, type(1.0).__name__, type("").__name__, type(None).__name__, type([]).__name__)
print(type(type).__name__, type(print).__name__, type(len).__name__)
print("%d %s %.2f" % (1, "two", 3.0), "{} {}".format(1, 2), f"{1 + 1} {'x'}")
print("a", "b", sep="-", end="!\n")
print()
print("no newline", end="")
print("", "", sep=",")
print(*[1, 2, 3], sep=", ")
a = b = 5
a += 1
b *= 2
print(a, b)
a, b = b, a
print(a, b)
x = [1, 2, 3]
y = x
y.append(4)
print(x, x is y, x == [1, 2, 3, 4])
x[0] = 10
x[1:3] = [7, 8, 9]
del x[-1]
print(x)
d = {}
d["one"] = 1
d["two"] = 2
d["one"] += 10
del d["two"]
print(d, "one" in d, "two" in d, d.get("two"), d.get("two", 0))
n = 10; m = 20; print(n + m)
print(1 +
      2)
print([
    1,
    2,
])
long = 1 + \
    2
print(long)
