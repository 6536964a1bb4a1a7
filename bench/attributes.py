class Counter:
    def __init__(self):
        self.x = 0
        self.total = 0

    def bump(self, n):
        self.total += n
        return self.total


def run(n):
    c = Counter()
    for i in range(n):
        c.x += 1
        c.bump(i)
    return c.x, c.total


print(run(2_000_000))
