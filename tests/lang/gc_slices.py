# The end of a collection goes in slices, and the program runs in between: finalizers, weak references, subclasses and names meanwhile.
import gc
import weakref

from _slices import Node, settle, tally


class Plain:
    pass


def count_call(ref):
    tally.called += 1
    if ref() is not None:
        tally.wrong += 1


def check(ref, n):  # a reference gives its object whole, or None from then on
    o = ref()
    if o is None:
        if ref() is not None and not isinstance(ref(), Node):
            tally.wrong += 1
    elif o.n != n or o.me is not o:
        tally.wrong += 1


def drop_rings(count):
    refs = []
    for i in range(count):
        a, b = Plain(), Plain()
        a.n, a.me, a.other = i, a, b
        b.other = a
        refs.append((weakref.ref(a, count_call), i))
    return refs


class Base:
    def answer(self):
        return 1


def subclass(i):
    def __del__(self):
        tally.ran += 1
        if self.answer() not in (1, 2):
            tally.wrong += 1

    cls = type("Sub%d" % i, (Base,), {"__del__": __del__, "extra_%d" % i: i})
    o = cls()
    o.me = o
    tally.made += 1
    return getattr(o, "extra_" + str(i)) == i


kept = [Node(-1)]
kept_ref = weakref.ref(kept[0])
expected = 0

def one_round(round):
    global expected, refs, node_refs
    refs = drop_rings(100)
    expected += 100
    nodes = [Node(i) for i in range(50)]
    node_refs = [weakref.ref(n) for n in nodes]
    nodes = None
    for i in range(20):
        if not subclass(round * 20 + i):
            tally.wrong += 1
        Base.answer = (lambda self: 2) if i % 2 else (lambda self: 1)
        if len([c for c in Base.__subclasses__() if not issubclass(c, Base)]):
            tally.wrong += 1
    for i in range(300):
        name = "name_%d" % (i % 100)
        setattr(kept[0], name, i)
        if getattr(kept[0], "name_" + str(i % 100)) != i:
            tally.wrong += 1
        delattr(kept[0], name)
        r, n = refs[i % 100]
        check(r, n)
        check(node_refs[i % 50], i % 50)
        if kept_ref() is not kept[0] or weakref.ref(kept[0]) is not kept_ref or weakref.getweakrefcount(kept[0]) < 1:
            tally.wrong += 1
    if round % 10 == 9:
        gc.collect()


for round in range(30):
    one_round(round)
kept = None
for i in range(4):
    settle(50)
    gc.collect()
# A word that is left somewhere on a stack may keep a few alive; whatever is lost is lost completely.
left = tally.made - tally.ran
print(tally.wrong, 0 <= left < 8, kept_ref() is None or left > 0)
print(0 <= tally.called <= expected, sum(r() is not None for r, n in refs) < 8, sum(r() is not None for r in node_refs) <= left)
