# Weak dictionaries while the end of a collection goes in slices: a value or key is there whole, or is gone.
import gc
import weakref

made = ran = wrong = 0


class Node:
    def __init__(self, n):
        global made
        made += 1
        self.n = n
        self.me = self
        self.text = ["payload", n]
        self.inner = Inner(n)
        self.inner.outer = self

    def __del__(self):
        global ran, wrong
        ran += 1
        if self.me is not self or self.text[1] != self.n or self.inner.outer is not self or self.inner.n != self.n:
            wrong += 1
        self.text = [self.text, Inner(self.n)]


class Inner:
    def __init__(self, n):
        self.n = n


values = weakref.WeakValueDictionary()
keys = weakref.WeakKeyDictionary()


def one_round(round):
    global wrong
    nodes = [Node(i) for i in range(5)]
    for i, n in enumerate(nodes):
        values[round, i] = n
        keys[n] = "v%d" % i
    nodes = None
    n = None
    for i in range(30):
        v = values.get((round, i % 5))
        if v is not None and (v.n != i % 5 or v.me is not v):
            wrong += 1
        v = None
    if round % 100 == 99:
        gc.collect()


def settle(depth):  # what calls left on the stack is written over
    a = b = c = d = e = f = g = h = depth
    if depth:
        settle(depth - 1)
    return [a, b, c, d, e, f, g, h]


for round in range(300):
    one_round(round)
for i in range(4):
    settle(50)
    gc.collect()
# A word that is left somewhere on a stack may keep a few alive; whatever is lost is lost completely.
left = made - ran
print(wrong, 0 <= left < 8, len(values) <= left, len(keys) <= left)
