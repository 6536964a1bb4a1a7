# functools_module.py - partial, reduce, cmp_to_key, lru_cache and the rest of functools: results, messages, caches in order of use.
# SPDX-License-Identifier: MIT
import copy
import functools as f
import pickle
import re

P = f.partial


class S(P): pass


K = f.cmp_to_key(lambda a, b: a - b)


@f.lru_cache(maxsize=2)
def g(x, y=0):
    "doc"
    return x


@f.lru_cache(None, True)
def h(*a, **k): return a


class A:
    @f.lru_cache
    def m(self, x): return x

def show(*texts):
    for text in texts:
        try:
            value = re.sub("0x[0-9a-fA-F]+", "0x", repr(eval(text)))
        except Exception as e:
            value = f"{type(e).__name__}: {e}"
        print(text, "->", value)

show('P()', 'P(1)', 'P(len)', 'P(len,1,a=2)', 'P(P(len,1),2,a=3)', 'P(P(P(len,1),2,a=3),a=4).keywords', 'S(len)', 'S(len,1)',
     'P(int,base=2)("10")', 'P(int,base=2)("10",base=3)', 'P(int)(x=3)', 'P(len,1).func', 'setattr(P(len),"func",1)',
     'setattr(P(len),"x",1)', 'P(len).__dict__', 'P(len,1).__reduce__()', 'P(len,[1])()', 'P(len).__setstate__(1)',
     'P(len).__setstate__((len,(),{},None))', 'P(len).__setstate__((1,(),{},None))', 'P(len).__setstate__((len,[],{},None))',
     'copy.copy(P(len,1))', 'pickle.loads(pickle.dumps(P(len,1,a=2)))', 'P[int]', 'P.__name__+P.__module__', 'callable(P(len))',
     'hash(P(len)) is not None', 'P(len)==P(len)', 'P(func=1)', 'P(len,func=3)', 'P(print,self=3).keywords', 'f.reduce()', 'f.reduce(1)',
     'f.reduce(1,2)', 'f.reduce(max,[])', 'f.reduce(max,[1])', 'f.reduce(max,[1,3],5)', 'f.reduce(max,[],5)', 'f.reduce(1,[1,2])',
     'f.cmp_to_key()', 'f.cmp_to_key(1)', 'f.cmp_to_key(mycmp=len)(1)<f.cmp_to_key(len)(2)', 'K', 'K(1)', 'K(1)<K(2)', 'K(1)==K(1)',
     'K(1)<3', 'K(1).obj', 'K(obj=3).obj', 'K()', 'K(1,2)', 'K(x=1)', 'hash(K(1))', 'K.obj', 'K<K', 'sorted([3,1,2],key=K)', 'type(K)',
     'setattr(K(1),"obj",3)', 'K(1).__class__.__module__', 'f.cmp_to_key(lambda a,b:"x")(1)<f.cmp_to_key(len)(2)', 'g(1)', 'g(1)', 'g(2)',
     'g(3)', 'g.cache_info()', 'g.cache_parameters()', 'g.cache_clear()', 'g.cache_info()', 'g()', 'g([])', 'g', 'type(g)',
     'g.__wrapped__.__name__', 'g.__name__', 'g.__dict__.keys()', 'g.__reduce__()', 'copy.copy(g) is g', 'copy.deepcopy(g) is g',
     'h(1,a=2)', 'h(1.0,a=2)', 'h(1,a=2)', 'h(a=2)', 'h.cache_info()', 'A().m(3)', 'A.m', 'A().m', 'A.m.cache_info()',
     'A.__dict__["m"].__get__(None,A)', 'f._lru_cache_wrapper(1,2,3)', 'f._lru_cache_wrapper(len,"a",False,tuple)',
     'f._lru_cache_wrapper(1,2,3,4)', 'f._lru_cache_wrapper(len,2,3,4)', 'f.lru_cache("a")', 'f.lru_cache(len)("a")',
     'f.lru_cache(-1)(len).cache_info()', 'f.lru_cache(maxsize=1,typed=2)(len).cache_parameters()', 'f.cache(len).cache_parameters()',
     'f._CacheInfo(hits=1,misses=2,maxsize=3,currsize=4)', 'g.__get__(1)', 'g.x', 'setattr(g,"x",3)', 'g.x', 'f._make_key((1,),{},False)',
     'pickle.loads(pickle.dumps(g)) is g', 'f.partialmethod(len,1)', 'f.partialmethod(1)', 'f.partialmethod()',
     'f.cached_property(len).func', 'f.singledispatch(1)', 'f.singledispatch(len).dispatch(int)', 'f.total_ordering(int)',
     'f.total_ordering(type("X",(),{}))', 'f.update_wrapper(P(len),len).__name__', 'sorted(f.__all__)')


# Against a model: a list of keys in the order of use
calls = []


@f.lru_cache(maxsize=5)
def cached(v):
    calls.append(v)
    return v * 2


state, recent, missed = 3, [], []
for step in range(3000):
    state = (state * 6364136223846793005 + 1442695040888963407) & (2 ** 64 - 1)
    v = (state >> 33) % 9
    assert cached(v) == v * 2
    if v in recent:
        recent.remove(v)
    else:
        missed.append(v)
        del recent[:max(len(recent) - 4, 0)]
    recent.append(v)
assert calls == missed
print(cached.cache_info(), len(calls))


@f.cache
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(90), fib.cache_info())


@f.lru_cache(typed=True)
def kinds(*args, **kwargs): return tuple(map(type, args)), tuple(kwargs)


for args, kwargs in (((1,), {}), ((1.0,), {}), ((True,), {}), (("1",), {}), ((), {"a": 1}), ((), {"a": 1.0}), (("a", 1), {}), ((1,), {})):
    kinds(*args, **kwargs)
print(kinds.cache_info())


@f.lru_cache(3)
def failing(v):
    if v < 0:
        raise ValueError(v)
    return v


for v in (1, -1, -1, 1):
    try:
        failing(v)
    except ValueError as e:
        print(e, failing.cache_info())


def show_call(*args, **kwargs): return args, kwargs


p = P(show_call, 1, 2, a=3)
print(p(), p(4, b=5), p(a=6), P(p, 7, a=8, c=9)(10, d=11), P(show_call, *range(20), k=1)(*range(5), j=2))
p.note = "x"
q = pickle.loads(pickle.dumps(P(len, [1])))
print(P(p, 1).func is p, copy.copy(p).note, q(), S(show_call, 1)(2), P(S(show_call, 1), 2).args)
p.__setstate__((len, ([1, 2],), {}, {"other": 1}))
print(p(), p.other, p.keywords)
print(f.reduce(lambda a, b: a * b, range(1, 20)), f.reduce(max, iter([3, 9, 2]), 0), sorted("bca", key=f.cmp_to_key(lambda a, b: (a < b) - (a > b))))


@f.total_ordering
class T:
    def __init__(self, v): self.v = v
    def __eq__(self, other): return self.v == other.v
    def __gt__(self, other): return self.v > other.v


print([(T(a) < T(b), T(a) <= T(b), T(a) > T(b), T(a) >= T(b)) for a, b in ((1, 2), (2, 2), (3, 2))])


class C:
    @f.cached_property
    def x(self):
        print("once")
        return 5

    @f.singledispatchmethod
    def what(self, v): return "any"

    @what.register
    def _(self, v: int): return "int"

    @what.register(list)
    def _(self, v): return "list"

    half = f.partialmethod(show_call, 1, k=2)


c = C()
print(c.x, c.x, c.what("a"), c.what(True), c.what([]), c.half(3)[0][1:], c.half()[1], C.x.attrname)


@f.singledispatch
def kind(v): return "object"


@kind.register
def _(v: int | float): return "number"


import collections.abc
print(kind(1), kind(1.5), kind("a"))
kind.register(collections.abc.Sized, lambda v: "sized")
print(kind("a"), kind([]), kind(None), kind.dispatch(bool)(1))
