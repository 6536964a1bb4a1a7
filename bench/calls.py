def plain(a, b, c):
    return a + b - c


def defaults(a, b=2, c=3):
    return a + b - c


def keyword(a, *, scale=1, offset=0):
    return a * scale + offset


def star(*args, **kw):
    return len(args) + len(kw)


def run(n):
    total = 0
    pair = (3, 4)
    options = {"scale": 2, "offset": 1}
    for i in range(n):
        total += plain(i, 1, 2)
        total += defaults(i)
        total += defaults(i, c=5)
        total += keyword(i, scale=3, offset=1)
        total += star(i, i, x=1)
        total += defaults(i, *pair)
        total += keyword(i, **options)
        total += abs(-i) + min(i, 7)
    return total


print(run(120_000))
