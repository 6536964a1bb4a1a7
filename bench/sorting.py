def numbers(n, seed=12345):
    out = []
    for _ in range(n):
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        out.append(seed >> 8)
    return out


def quicksort(a):
    if len(a) < 2:
        return a
    pivot = a[len(a) // 2]
    return quicksort([x for x in a if x < pivot]) + [x for x in a if x == pivot] + quicksort([x for x in a if x > pivot])


def run(n):
    a = numbers(n)
    b = sorted(a)
    c = sorted(a, key=lambda x: x % 1000)
    d = sorted([x / 7 for x in a], reverse=True)
    e = sorted(map(str, a))
    f = sorted(((x & 15, x) for x in a), key=lambda t: (t[0], -t[1]))
    b.sort()
    assert quicksort(a[: n // 4]) == sorted(a[: n // 4])
    return b[n // 2], c[n // 2], d[3], e[n // 3], f[n // 5]


print(run(40_000))
