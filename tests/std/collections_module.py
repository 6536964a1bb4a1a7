# collections_module.py - deque, defaultdict, OrderedDict, Counter and namedtuple: messages, and long runs against models.
# SPDX-License-Identifier: MIT
import collections as C
import copy
import operator
import pickle
import re
from collections import *


class M:
    def __init__(s, d): s.d = d
    def __eq__(s, o): s.d.append(1); return False


def mut():
    d = deque([1, 2])
    d.append(M(d))
    return d

def show(*texts):
    for text in texts:
        try:
            value = re.sub("0x[0-9a-fA-F]+", "0x", repr(eval(text)))
        except Exception as e:
            value = f"{type(e).__name__}: {e}"
        print(text, "->", value)

show('deque(1)', 'deque([],"a")', 'deque([],-1)', 'deque([],None)', 'deque(x=1)', 'deque(iterable=[1],maxlen=3)', 'deque([1],2,3)',
     'deque([1,2,3],2)', 'deque([1,2,3],maxlen=0)', 'deque([1]).append()', 'deque([1]).append(1,2)', 'deque().pop()', 'deque().popleft()',
     'deque([1]).remove(2)', 'mut().remove(9)', 'mut().index(9)', 'mut().count(9)', '9 in mut()', 'deque([1]).index(3)',
     'deque([1,2,3]).index(3,-1)', 'deque([1,2,3]).index(3,0,2)', 'deque([1,2,3]).index("a")', 'deque([1])[1]', 'deque([1])["a"]',
     'deque([1])[0:1]', 'deque([1])[10**30]', 'deque([1]).__setitem__(3,1)', 'deque([1]).__delitem__(3)', 'deque([1],1).insert(0,1)',
     'deque([1]).insert("a",1)', 'deque([1]).rotate("a")', 'deque([1]).rotate(10**30)', 'deque([1,2,3]).rotate(1,2)', 'deque([1])+[1]',
     '[1]+deque([1])', 'deque([1])+deque([2])', 'deque([1],1)+deque([2])', 'deque([1])*"a"', 'deque([1])*2', '2*deque([1])',
     'deque([1,2],3)*2', 'deque([1])*-1', 'deque([1])*10**30', 'operator.imul(deque([1,2],3),5)', 'operator.imul(deque([1,2]),0)',
     'operator.iadd(deque([1,2]),3)', 'operator.iadd(deque([1,2]),"ab")', 'deque([1])==[1]', 'deque([1])<deque([1,2])',
     'deque([1])<deque([2])', 'deque([1])<[1]', 'deque([1,2])>=deque([1])', 'hash(deque())', 'deque([1]).maxlen', 'deque([1],3).maxlen',
     'deque([1]).__class__.maxlen', 'iter(deque([1]))', 'reversed(deque([1]))', 'iter(deque([1])).__reduce__()',
     'iter(deque([1,2])).__length_hint__()', 'type(iter(deque([1])))', 'type(iter(deque([1])))(1)',
     'list(type(iter(deque([1])))(deque([1,2,3]),1))', 'list(type(reversed(deque([1])))(deque([1,2,3]),1))',
     'type(reversed(deque([1])))(1)', 'deque([1]).__reduce__()', 'deque([1],2).__reduce__()', 'copy.copy(deque([1],2))', 'deque[int]',
     'deque.__doc__', 'deque.append.__doc__', '[deque.__module__,deque.__name__,deque.__qualname__]', 'copy.deepcopy(deque([[1]],3))',
     'pickle.loads(pickle.dumps(deque([1],3)))', 'deque([1]).x', 'setattr(deque(),"maxlen",3)', 'deque.insert.__text_signature__',
     'defaultdict(1)', 'defaultdict(None)', 'defaultdict(int,1)', 'defaultdict(int,[(1,2)])', 'defaultdict(int,a=3)',
     'defaultdict(list,{1:2},b=3)', 'defaultdict(default_factory=int)', 'defaultdict()[1]', 'defaultdict(int)[1]',
     'defaultdict(int).__missing__(3)', 'defaultdict().__missing__(3)', 'defaultdict(int,{1:2}).copy()',
     'copy.copy(defaultdict(int,{1:2}))', 'defaultdict(int,{1:2})|{3:4}', '{3:4}|defaultdict(int,{1:2})', 'defaultdict(int)|[1]',
     '[1]|defaultdict(int)', 'defaultdict(int,{1:2}).__reduce__()', 'defaultdict(None,{1:2}).__reduce__()', 'defaultdict[int,str]',
     'defaultdict.__doc__', '[defaultdict.__module__]', 'pickle.loads(pickle.dumps(defaultdict(int,{1:2})))', 'defaultdict.fromkeys([1])',
     'defaultdict(int).default_factory', 'defaultdict(int)=={}', 'defaultdict([])', 'defaultdict(int).x', 'hash(defaultdict())',
     'OrderedDict(1)', 'OrderedDict([1])', 'OrderedDict([(1,2,3)])', 'OrderedDict([(1,2)],a=3)', 'OrderedDict(a=1)', 'OrderedDict(1,2)',
     'OrderedDict().popitem()', 'OrderedDict(a=1,b=2).popitem(False)', 'OrderedDict(a=1).popitem(last=3)', 'OrderedDict().pop(1)',
     'OrderedDict().pop(1,2)', 'OrderedDict(a=1).pop(key="a")', 'OrderedDict(a=1).pop("b",default=2)', 'OrderedDict().move_to_end(1)',
     'OrderedDict().setdefault(1)', 'OrderedDict().setdefault(key=1,default=3)', 'OrderedDict(a=1)=={"a":1}',
     'OrderedDict(a=1,b=2)==OrderedDict(b=2,a=1)', 'OrderedDict(a=1)!=OrderedDict(a=1)', 'OrderedDict(a=1)<OrderedDict()',
     'OrderedDict(a=1)|{"b":2}', '{"b":2}|OrderedDict(a=1)', 'OrderedDict()|[(1,2)]', 'operator.ior(OrderedDict(a=1),[(1,2)])',
     'OrderedDict.fromkeys("ab")', 'OrderedDict.fromkeys("ab",3)', 'OrderedDict.fromkeys(iterable="ab",value=3)', 'OrderedDict[int,str]',
     'OrderedDict.__doc__', 'OrderedDict(a=1).copy()', 'copy.copy(OrderedDict(a=1))', 'pickle.loads(pickle.dumps(OrderedDict(a=1)))',
     'OrderedDict().update(1)', 'OrderedDict().update([1])', 'OrderedDict().__delitem__(1)', 'OrderedDict()[1]', 'hash(OrderedDict())',
     'OrderedDict.__module__', 'iter(OrderedDict(a=1)).__reduce__()',
     '[f.__text_signature__ for f in (OrderedDict.pop,OrderedDict.popitem,OrderedDict.move_to_end,OrderedDict.setdefault,OrderedDict.fromkeys,OrderedDict.update)]',
     'OrderedDict().__dict__', 'C._tuplegetter(1,"x")', 'C._tuplegetter(1)', 'C._tuplegetter(1,"x").__reduce__()',
     'namedtuple("P","x y").x', 'namedtuple("P","x y").x.__doc__', 'namedtuple("P","x y")(1,2).__setattr__("x",3)',
     'namedtuple("P","x y").x.__get__((1,2))', 'namedtuple("P","x y").y.__get__((1,))', 'namedtuple("P","x y").y.__get__([1,2])',
     'namedtuple("P","x y").y.__set__((1,2),3)', 'namedtuple("P","x y").y.__delete__((1,2))', 'C._count_elements({},"abca")',
     'C._count_elements.__doc__', 'type(C._tuplegetter)')


class Model:
    """A list that does what a deque does."""

    def __init__(self, limit): self.items, self.limit = [], limit

    def cut(self, left):
        if self.limit is not None and len(self.items) > self.limit:
            if left:
                del self.items[self.limit:]
            else:
                del self.items[:len(self.items) - self.limit]


state = 7


def below(n):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) & (2 ** 64 - 1)
    return (state >> 33) % n


for limit in (None, 0, 1, 5, 40):
    d, m = deque(maxlen=limit), Model(limit)
    for step in range(3000):
        what, v = below(12), below(50)
        if what < 3:
            d.append(v), m.items.append(v), m.cut(False)
        elif what < 6:
            d.appendleft(v), m.items.insert(0, v), m.cut(True)
        elif what == 6 and m.items:
            assert d.pop() == m.items.pop()
        elif what == 7 and m.items:
            assert d.popleft() == m.items.pop(0)
        elif what == 8 and m.items:
            n = v - 25
            d.rotate(n)
            n %= len(m.items)
            m.items[:] = m.items[len(m.items) - n:] + m.items[:len(m.items) - n]
        elif what == 9 and m.items:
            i = below(len(m.items))
            del d[i], m.items[i]
        elif what == 10 and (limit is None or len(m.items) < limit):
            i = v - 25
            d.insert(i, v), m.items.insert(i, v)
        elif what == 11 and v in m.items:
            d.remove(v), m.items.remove(v)
            assert d.count(v) == m.items.count(v)
        if step % 50 == 0:
            assert list(d) == m.items and list(reversed(d)) == m.items[::-1] and len(d) == len(m.items), (limit, step)
            d.reverse(), m.items.reverse()
        if step % 700 == 699:
            d.clear(), m.items.clear()
    print(limit, len(d), sum(d))


class Slow(OrderedDict):
    def __setitem__(self, key, value):
        print("set", key)
        super().__setitem__(key, value)


s = Slow([(1, 2)], a=3)
s.update({4: 5})
s |= {6: 7}
print(s.setdefault(8, 9), s, s.copy() == s, Slow.fromkeys("x"))
s.x = 3
print(copy.copy(s).x, pickle.loads(pickle.dumps(OrderedDict(a=[1]))), s.pop(4), list(s), list(reversed(s)))

d, order = OrderedDict(), []
for step in range(4000):
    k, what = below(60), below(6)
    if what < 3:
        if k not in d:
            order.append(k)
        d[k] = step
    elif what == 3 and k in d:
        last = bool(below(4))
        d.move_to_end(k, last)
        order.remove(k)
        order.insert(len(order) if last else 0, k)
    elif what == 4 and d:
        last = bool(below(2))
        assert d.popitem(last)[0] == order.pop(-1 if last else 0)
    elif what == 5 and k in d:
        del d[k]
        order.remove(k)
    if step % 40 == 0:
        assert list(d) == order and [*reversed(d)] == order[::-1], step
print(len(d), list(d)[:5])
queue = OrderedDict.fromkeys(range(20000))
while queue:
    queue.popitem(last=False)
print(queue, OrderedDict([(1, 2), (3, 4)]) == OrderedDict([(3, 4), (1, 2)]), OrderedDict([(1, 2), (3, 4)]) == {3: 4, 1: 2})


class Names(defaultdict):
    def __missing__(self, key):
        return "no " + key


print(Names(int)["x"], len(Names()), defaultdict(lambda: defaultdict(int))["a"]["b"])
d = defaultdict(list)
for word in "one two three four five six".split():
    d[len(word)].append(word)
d.default_factory = None
print(d, "x" in d, d.get(9), sorted(d.items()))

c = Counter("abracadabra")
print(c, c.most_common(2), c.most_common(0), c.total(), c["z"], sorted(c.elements()))
c.update("aaz"), c.subtract({"b": 5})
print(c, +c, -c, c & Counter("abc"), c | Counter("abc"), c == Counter(c), Counter(a=0) == Counter(), Counter(a=1) <= Counter(a=2))


class Mine(Counter):
    def __setitem__(self, key, value):
        super().__setitem__(key, value * 10)


print(Mine("aab"), Counter({"x": 2.5}) + Counter(x=1), Counter([1, 1.0, True]))
P = namedtuple("P", "x y", defaults=[5])
print(P(1), P(1)._replace(x=3), P._fields, P(1)._asdict(), P.x.__doc__, P._field_defaults, isinstance(P.x, property), P(2) == (2, 5))
P.x.__doc__ = "other"
print(P.x.__doc__, pickle.loads(pickle.dumps(P.__new__(P, 1, 2).x)), copy.copy(P.y))
import collections.abc
print(issubclass(deque, collections.abc.MutableSequence), isinstance(OrderedDict(), collections.abc.MutableMapping))
match deque([1, 2]):
    case [a, b]:
        print(a, b)
