# Weak dictionaries while the end of a collection goes in slices: a value or key is there whole, or is gone.
import gc
import weakref

from _slices import Node, settle, tally


values = weakref.WeakValueDictionary()
keys = weakref.WeakKeyDictionary()


def one_round(round):
    nodes = [Node(i) for i in range(5)]
    for i, n in enumerate(nodes):
        values[round, i] = n
        keys[n] = "v%d" % i
    nodes = None
    n = None
    for i in range(30):
        v = values.get((round, i % 5))
        if v is not None and (v.n != i % 5 or v.me is not v):
            tally.wrong += 1
        v = None
    if round % 100 == 99:
        gc.collect()


for round in range(300):
    one_round(round)
for i in range(4):
    settle(50)
    gc.collect()
# A word that is left somewhere on a stack may keep a few alive; whatever is lost is lost completely.
left = tally.made - tally.ran
print(tally.wrong, 0 <= left < 8, len(values) <= left, len(keys) <= left)
