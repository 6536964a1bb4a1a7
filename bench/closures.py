def counter(step):
    count = 0

    def bump():
        nonlocal count
        count += step
        return count

    return bump


def compose(f, g):
    return lambda x: f(g(x))


def run(n):
    bump = counter(3)
    add = lambda x: x + 1
    chain = compose(compose(add, add), compose(add, lambda x: x * 2))
    total = 0
    for i in range(n):
        total += bump() + chain(i)
        if i % 4 == 0:
            total -= counter(i)()
    return total + sum(map(add, range(n))) + len(list(filter(lambda x: x & 1, range(n))))


print(run(400_000))
