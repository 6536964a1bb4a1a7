def run(n):
    total = 0
    for r in range(n):
        a = [x * 3 for x in range(200)]
        b = [x for x in a if x % 2]
        c = a[::2] + b[10:-10] + a[::-1][:20]
        c[5:15] = [0] * 5
        del c[::3]
        d = {x: x * x for x in c}
        e = {x & 63 for x in a}
        grid = [[i * j for j in range(8)] for i in range(8)]
        total += sum(c) + len(d) + len(e) + sum(row[3] for row in grid)
        first, *rest, last = b
        total += last - first + len(rest)
        total += sum([x + y for x, y in zip(a, b)])
        b.insert(3, r)
        b.pop(0)
        total += b.index(r) + c.count(0)
        total += max(a) + min(c) + any(x > 500 for x in a)
    return total


print(run(2500))
