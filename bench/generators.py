def count(n):
    i = 0
    while i < n:
        yield i
        i += 1


def evens(source):
    for x in source:
        if x % 2 == 0:
            yield x


def tree(depth):
    if depth:
        yield from tree(depth - 1)
        yield depth
        yield from tree(depth - 1)


def averager():
    total = n = 0
    value = None
    while True:
        x = yield value
        total += x
        n += 1
        value = total / n


def run(n):
    a = averager()
    next(a)
    last = 0
    for x in evens(count(n)):
        last = a.send(x)
    return last, sum(tree(15)), sum(x * x for x in range(n))


print(run(900_000))
