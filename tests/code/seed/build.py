x = [1, 2, 3]
y = (4, *x, 5)
z = {*x, 9}
d = {"a": 1, **{"b": 2}, "c": 3}
s = f"{x!r:>12} {y[0]:05d} {d['a']}{'q'!s}{x[1:]}"
a, b, *c = y
(e, [f, *g]), h = (1, [2, 3, 4]), 5
del x[0], d["a"]
x[0:1] = [7, 8]
x[1] += 5
d["n"] = x[-1]
big = 12345678901234567890 ** 2
print(x, y, sorted(z), d, s, a, b, c, e, f, g, h, x[::2], y[1:3], "é😀"[1], b"ab"[0], big, 1.5e300 * 10, 2j * 3, ...)
print([i * 2 for i in x if i > 1], {i: j for i, j in d.items()}, {i % 2 for i in y}, [(i, locals()["i"]) for i in range(2)])
def f(n):
    return [[j for j in range(i)] for i in range(n)], [k for i in range(n) for k in (i, locals().get("i"))]
print(f(3), not x, -5, ~3, +True, 1 < 2 < 3, 3 in x, None is not x, 7 // 2, -7 % 3, 2 ** 8, 1 << 4, 255 >> 2, 6 & 3, 6 | 1, 6 ^ 3, 5 / 2)
t = 0
while t < 10:
    t += 3
    if t == 6: continue
    if t > 8: break
else: print("no")
t -= 1; t *= 2; t //= 3; t %= 4; t **= 2; t <<= 2; t |= 1; t ^= 2; t &= 63; t >>= 1; t /= 2
print(t, (n := 5) + n, 1 if t else 2, t and n or 3, x and y[0] == 4)
