# itertools_module.py - every tool of itertools: arguments, items, what is pickled, being asked from inside.
# SPDX-License-Identifier: MIT
import copy
import itertools as I
import re
import warnings

warnings.simplefilter("ignore")

def show(*texts):
    for text in texts:
        try:
            value = re.sub("0x[0-9a-fA-F]+", "0x", repr(eval(text)))
        except Exception as e:
            value = f"{type(e).__name__}: {e}"
        print(text, "->", value)

show('I.accumulate()', 'I.accumulate(1)', 'I.accumulate([1],1,1)', 'I.accumulate(1,2)', 'I.accumulate(1,x=1)', 'I.accumulate(None)',
     'I.accumulate([1],"a")', 'I.accumulate([1],-1)', 'I.accumulate([1],None)', 'I.accumulate(len,[1])', 'I.accumulate([1],0)',
     'I.accumulate([1],1.5)', 'I.batched()', 'I.batched(1)', 'I.batched([1],1,1)', 'I.batched(1,2)', 'I.batched(1,x=1)', 'I.batched(None)',
     'I.batched([1],"a")', 'I.batched([1],-1)', 'I.batched([1],None)', 'I.batched(len,[1])', 'I.batched([1],0)', 'I.batched([1],1.5)',
     'I.chain()', 'I.chain(1)', 'I.chain([1],1,1)', 'I.chain([1],1,1,1,1)', 'I.chain(1,2)', 'I.chain(1,x=1)', 'I.chain(None)',
     'I.chain([1],"a")', 'I.chain([1],-1)', 'I.chain([1],None)', 'I.chain(len,[1])', 'I.chain([1],0)', 'I.chain([1],1.5)',
     'I.combinations()', 'I.combinations(1)', 'I.combinations([1],1,1)', 'I.combinations([1],1,1,1,1)', 'I.combinations(1,2)',
     'I.combinations(1,x=1)', 'I.combinations(None)', 'I.combinations([1],"a")', 'I.combinations([1],-1)', 'I.combinations([1],None)',
     'I.combinations(len,[1])', 'I.combinations([1],0)', 'I.combinations([1],1.5)', 'I.combinations_with_replacement()',
     'I.combinations_with_replacement(1)', 'I.combinations_with_replacement([1],1,1)', 'I.combinations_with_replacement([1],1,1,1,1)',
     'I.combinations_with_replacement(1,2)', 'I.combinations_with_replacement(1,x=1)', 'I.combinations_with_replacement(None)',
     'I.combinations_with_replacement([1],"a")', 'I.combinations_with_replacement([1],-1)', 'I.combinations_with_replacement([1],None)',
     'I.combinations_with_replacement(len,[1])', 'I.combinations_with_replacement([1],0)', 'I.combinations_with_replacement([1],1.5)',
     'I.compress()', 'I.compress(1)', 'I.compress([1],1,1)', 'I.compress([1],1,1,1,1)', 'I.compress(1,2)', 'I.compress(1,x=1)',
     'I.compress(None)', 'I.compress([1],"a")', 'I.compress([1],-1)', 'I.compress([1],None)', 'I.compress(len,[1])', 'I.compress([1],0)',
     'I.compress([1],1.5)', 'I.count()', 'I.count(1)', 'I.count([1],1,1)', 'I.count([1],1,1,1,1)', 'I.count(1,2)', 'I.count(1,x=1)',
     'I.count(None)', 'I.count([1],"a")', 'I.count([1],-1)', 'I.count([1],None)', 'I.count(len,[1])', 'I.count([1],0)', 'I.count([1],1.5)',
     'I.cycle()', 'I.cycle(1)', 'I.cycle([1],1,1)', 'I.cycle([1],1,1,1,1)', 'I.cycle(1,2)', 'I.cycle(1,x=1)', 'I.cycle(None)',
     'I.cycle([1],"a")', 'I.cycle([1],-1)', 'I.cycle([1],None)', 'I.cycle(len,[1])', 'I.cycle([1],0)', 'I.cycle([1],1.5)', 'I.dropwhile()',
     'I.dropwhile(1)', 'I.dropwhile([1],1,1)', 'I.dropwhile([1],1,1,1,1)', 'I.dropwhile(1,2)', 'I.dropwhile(1,x=1)', 'I.dropwhile(None)',
     'I.dropwhile([1],"a")', 'I.dropwhile([1],-1)', 'I.dropwhile([1],None)', 'I.dropwhile(len,[1])', 'I.dropwhile([1],0)',
     'I.dropwhile([1],1.5)', 'I.filterfalse()', 'I.filterfalse(1)', 'I.filterfalse([1],1,1)', 'I.filterfalse([1],1,1,1,1)',
     'I.filterfalse(1,2)', 'I.filterfalse(1,x=1)', 'I.filterfalse(None)', 'I.filterfalse([1],"a")', 'I.filterfalse([1],-1)',
     'I.filterfalse([1],None)', 'I.filterfalse(len,[1])', 'I.filterfalse([1],0)', 'I.filterfalse([1],1.5)', 'I.groupby()', 'I.groupby(1)',
     'I.groupby([1],1,1)', 'I.groupby([1],1,1,1,1)', 'I.groupby(1,2)', 'I.groupby(1,x=1)', 'I.groupby(None)', 'I.groupby([1],"a")',
     'I.groupby([1],-1)', 'I.groupby([1],None)', 'I.groupby(len,[1])', 'I.groupby([1],0)', 'I.groupby([1],1.5)', 'I.islice()',
     'I.islice(1)', 'I.islice([1],1,1)', 'I.islice([1],1,1,1,1)', 'I.islice(1,2)', 'I.islice(1,x=1)', 'I.islice(None)',
     'I.islice([1],"a")', 'I.islice([1],-1)', 'I.islice([1],None)', 'I.islice(len,[1])', 'I.islice([1],0)', 'I.islice([1],1.5)',
     'I.pairwise()', 'I.pairwise(1)', 'I.pairwise([1],1,1)', 'I.pairwise([1],1,1,1,1)', 'I.pairwise(1,2)', 'I.pairwise(1,x=1)',
     'I.pairwise(None)', 'I.pairwise([1],"a")', 'I.pairwise([1],-1)', 'I.pairwise([1],None)', 'I.pairwise(len,[1])', 'I.pairwise([1],0)',
     'I.pairwise([1],1.5)', 'I.permutations()', 'I.permutations(1)', 'I.permutations([1],1,1)', 'I.permutations([1],1,1,1,1)',
     'I.permutations(1,2)', 'I.permutations(1,x=1)', 'I.permutations(None)', 'I.permutations([1],"a")', 'I.permutations([1],-1)',
     'I.permutations([1],None)', 'I.permutations(len,[1])', 'I.permutations([1],0)', 'I.permutations([1],1.5)', 'I.product()',
     'I.product(1)', 'I.product([1],1,1)', 'I.product([1],1,1,1,1)', 'I.product(1,2)', 'I.product(1,x=1)', 'I.product(None)',
     'I.product([1],"a")', 'I.product([1],-1)', 'I.product([1],None)', 'I.product(len,[1])', 'I.product([1],0)', 'I.product([1],1.5)',
     'I.repeat()', 'I.repeat(1)', 'I.repeat([1],1,1)', 'I.repeat([1],1,1,1,1)', 'I.repeat(1,2)', 'I.repeat(1,x=1)', 'I.repeat(None)',
     'I.repeat([1],"a")', 'I.repeat([1],-1)', 'I.repeat([1],None)', 'I.repeat(len,[1])', 'I.repeat([1],0)', 'I.repeat([1],1.5)',
     'I.starmap()', 'I.starmap(1)', 'I.starmap([1],1,1)', 'I.starmap([1],1,1,1,1)', 'I.starmap(1,2)', 'I.starmap(1,x=1)',
     'I.starmap(None)', 'I.starmap([1],"a")', 'I.starmap([1],-1)', 'I.starmap([1],None)', 'I.starmap(len,[1])', 'I.starmap([1],0)',
     'I.starmap([1],1.5)', 'I.takewhile()', 'I.takewhile(1)', 'I.takewhile([1],1,1)', 'I.takewhile([1],1,1,1,1)', 'I.takewhile(1,2)',
     'I.takewhile(1,x=1)', 'I.takewhile(None)', 'I.takewhile([1],"a")', 'I.takewhile([1],-1)', 'I.takewhile([1],None)',
     'I.takewhile(len,[1])', 'I.takewhile([1],0)', 'I.takewhile([1],1.5)', 'I.tee()', 'I.tee(1)', 'I.tee([1],1,1)', 'I.tee([1],1,1,1,1)',
     'I.tee(1,2)', 'I.tee(1,x=1)', 'I.tee(None)', 'I.tee([1],"a")', 'I.tee([1],-1)', 'I.tee([1],None)', 'I.tee(len,[1])', 'I.tee([1],0)',
     'I.tee([1],1.5)', 'I.zip_longest()', 'I.zip_longest(1)', 'I.zip_longest([1],1,1)', 'I.zip_longest([1],1,1,1,1)', 'I.zip_longest(1,2)',
     'I.zip_longest(None)', 'I.zip_longest([1],"a")', 'I.zip_longest([1],-1)', 'I.zip_longest([1],None)', 'I.zip_longest(len,[1])',
     'I.zip_longest([1],0)', 'I.zip_longest([1],1.5)', 'I.islice([],1,-1)', 'I.islice([],-1)', 'I.islice([],1,2,-1)', 'I.islice([],1,2,0)',
     'I.islice([],"a",2)', 'I.islice([],1,"a")', 'I.islice([],1,2,"a")', 'I.count("a")', 'I.count(1,"b")', 'I.count(1.5)',
     'I.count(10**30)', 'I.count(1,2)', 'I.count(1,1.0)', 'I.count(True)', 'I.count(1,True)', 'I.count(step=3)', 'I.count(start=3)',
     'I.count(x=3)', 'I.repeat(3)', 'I.repeat(3,-1)', 'I.repeat(3,2)', 'I.repeat(3,times=2)', 'I.repeat(object=3,times=2)',
     'I.repeat(3,"a")', 'I.repeat(3,None)', 'I.repeat(times=3)', 'I.batched([1],n=0)', 'I.batched("abc",10**30)',
     'I.batched("abc",2,strict=3)', 'list(I.batched("abc",2,strict=1))', 'I.product([1],repeat=-1)',
     'I.product([1],repeat="a")', 'I.product([1],x=1)', 'I.permutations([1],-1)', 'I.permutations([1],"a")', 'I.permutations([1],r="a")',
     'I.combinations([1],-1)', 'I.combinations([1],"a")', 'I.combinations([1])', 'I.combinations_with_replacement([1],-1)',
     'I.zip_longest([1],3)', 'I.tee([1],-1)', 'I.tee([1],"a")', 'I.tee(1)', 'I.tee(1,0)', 'I.tee([1],0)', 'I.groupby([1],key=len)',
     'next(I.groupby([1],key=len))', 'I.groupby(iterable=[1])', 'I.accumulate([1],None,initial=3)', 'I.accumulate([1],func=1)',
     'list(I.accumulate([1,2],func=1))', 'I.accumulate([1],initial=3)', 'list(I.starmap(pow,[1]))', 'I.starmap(1,[2])',
     'list(I.starmap(1,[(2,)]))', 'I.compress([1],1)', 'I.compress(data=[1],selectors=[1])', 'I._tee([1])', 'I._tee()', 'I._tee(1)',
     'I._tee_dataobject([1],[],None)', 'I._grouper()', 'I._grouper(1,2)', 'I.chain.from_iterable()', 'I.chain.from_iterable(1)',
     'I.chain(1)', 'next(I.chain(1))', 'I.chain(x=1)', 'list(I.chain.from_iterable([1]))', 'I.pairwise(x=1)', 'I.count().__reduce__()',
     'I.count(1,2).__reduce__()', 'I.count(1.5,2).__reduce__()', 'I.repeat(1).__reduce__()', 'I.repeat(1,2).__reduce__()',
     'I.chain([1]).__reduce__', 'I.cycle([]).__reduce__()', 'I.repeat(1).__length_hint__()', 'I.repeat(1,3).__length_hint__()',
     'hasattr(I.chain,"__class_getitem__")', 'I.chain[int]', 'hasattr(I.count,"__class_getitem__")', 'I.count().x',
     'I.count.__flags__&1024', 'I.count.__module__', 'I._tee.__module__', 'I._tee_dataobject.__module__', 'I._grouper.__module__',
     'I.groupby([1]).__reduce__()')


def run(make, limit=7):
    """Each item, what __reduce__ says before it, and what a copy from that goes on with."""
    it = eval("I." + make)
    for i in range(limit):
        state = it.__reduce__()
        print(make, i, re.sub("0x[0-9a-fA-F]+", "0x", repr(state)))
        other = copy.deepcopy(it)
        try:
            print("  ", re.sub("0x[0-9a-fA-F]+", "0x", repr(next(it))))
        except StopIteration:
            print("   stop", re.sub("0x[0-9a-fA-F]+", "0x", repr(it.__reduce__())))
            break
        if not make.startswith("groupby"):
            print("  ", list(I.islice(other, 4)))


for make in ('accumulate([1,2])', 'accumulate([1,2],initial=5)', 'accumulate([1,2],max)', 'accumulate([None,None],lambda a,b:a)', 'chain([1],[2])',
             'chain.from_iterable([[1],[2]])', 'combinations([1,2],1)', 'combinations([1,2],3)', 'combinations([1,2],0)',
             'combinations_with_replacement([1,2],1)', 'combinations_with_replacement([],1)', 'permutations([1,2])', 'permutations([1,2],1)',
             'permutations([1],3)', 'compress([1,2],[1,0])', 'count(1)', 'count(1,2)', 'count(1.5)', 'count(10**20)', 'cycle([1,2])', 'cycle([])',
             'dropwhile(bool,[1,0,1])', 'takewhile(bool,[1,0,1])', 'filterfalse(bool,[1,0])', 'filterfalse(None,[1,0])', 'groupby([1,1,2])',
             'islice([1,2,3],1,3)', 'islice([1,2,3],0)', 'islice(iter([1,2,3]),None)', 'repeat(1)', 'repeat(1,2)', 'product([1,2],[3])',
             'product()', 'product([])', 'zip_longest([1],[2,3])', 'zip_longest([1],[2,3],fillvalue=7)', 'starmap(pow,[(1,2)])'):
    run(make)

import pickle
a, b = I.tee(range(200))
for i in range(120):
    next(a)
print(next(a), next(b), next(pickle.loads(pickle.dumps(a))), next(copy.copy(b)), sum(a), sum(b))
c, d, e = I.tee(iter("abc"), 3)
print(list(c), list(d), next(e), list(I.tee(e)[1]), list(e))

# Groups, and what is left of one when the next is asked for
for key, group in I.groupby("aaabbca"):
    print(key, next(group))
groups = list(I.groupby([1, 1, 2, 3, 3], lambda v: v % 2))
print([(k, list(g)) for k, g in groups], [(k, list(g)) for k, g in I.groupby([])])


class Again:
    """An iterator that asks the tool which reads it."""

    def __init__(self, at):
        self.count, self.at = 0, at

    def __iter__(self):
        return self

    def __next__(self):
        self.count += 1
        if self.count > 8:
            raise StopIteration
        return next(tool) if self.count in self.at else self.count


for maker in (I.pairwise, lambda it: I.batched(it, 2), I.accumulate, I.cycle, lambda it: I.zip_longest(it, "ab"), I.groupby,
              lambda it: I.islice(it, 0, 6, 2), I.chain.from_iterable, lambda it: I.tee(it)[0], lambda it: I.takewhile(bool, it)):
    for at in ((1,), (2,), (1, 3)):
        tool = maker(Again(at))
        got = []
        try:
            for _ in range(6):
                got.append(re.sub("0x[0-9a-fA-F]+", "0x", repr(next(tool))))
        except (StopIteration, TypeError, RuntimeError) as e:
            got.append(type(e).__name__)
        print(got)

# Against definitions in Python
for n in range(6):
    pool = tuple("abcde"[:n])
    for r in range(5):
        assert list(I.product(pool, repeat=r)) == [tuple(pool[j // max(n, 1) ** (r - 1 - k) % max(n, 1)] for k in range(r)) for j in range(n ** r)]
        every = list(I.product(range(n), repeat=r))
        assert list(I.permutations(pool, r)) == [tuple(pool[i] for i in t) for t in every if len(set(t)) == r]
        assert list(I.combinations(pool, r)) == [tuple(pool[i] for i in t) for t in every if sorted(set(t)) == list(t)]
        assert list(I.combinations_with_replacement(pool, r)) == [tuple(pool[i] for i in t) for t in every if sorted(t) == list(t)]
for start in range(4):
    for stop in (None, 0, 1, 3, 7, 20):
        for step in (1, 2, 3, 9):
            assert list(I.islice(range(10), start, stop, step)) == list(range(10))[start:stop:step]
assert [len(b) for b in I.batched(range(100), 40)] == [40, 40, 20]
assert list(I.batched(range(100), 99))[0] == tuple(range(99))
assert list(I.zip_longest(*[range(n) for n in range(40)])) == [tuple(i if i < n else None for n in range(40)) for i in range(39)]
print(list(I.accumulate([1.5, 2, 10 ** 20])), list(I.accumulate("abc")), next(I.islice(I.count(2 ** 47 - 1), 2, 3)))
for tool in (I.count, I.chain, I.product, I.repeat, I.islice, I.groupby):
    derived = type("Derived", (tool,), {"x": 3})
    print(derived([1, 2], 1).x if tool is I.islice else derived(5).x if tool in (I.count, I.repeat) else derived([1]).x)
