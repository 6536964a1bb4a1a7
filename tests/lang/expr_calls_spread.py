# expr_calls_spread.py - calls with *iterables and **mappings: order of evaluation, binding, errors, all kinds of callables.
# SPDX-License-Identifier: MIT
def f(*a, **k): return a, k
def g(a, b=2, /, c=3, *r, d=4, **k): return a,b,c,r,d,k
class M:
    def keys(self): return ['x','y']
    def __getitem__(self,k): return k*2
class I:
    def __iter__(self): return iter([7,8])
class S(str): pass
def show(s):
    try: print(s, '->', eval(s))
    except BaseException as e: print(s, type(e).__name__, e)
x=(1,2); l=[1,2,3]; d={'p':1}; e={}
for s in '''f(*x)
f(*l)
f(*x,**d)
f(1,*x,**d)
f(*I(),**M())
f(**M())
f(*5)
f(1,*5)
f(**5)
f(1,**5)
f(*x,**5)
f(*5,**5)
f(**{1:2})
f(1,**{1:2})
g(*x,**{'a':1})
g(*x,**{'c':1})
g(*(1,2,3,4,5),**{'c':1})
g(*(1,2,3,4,5),**{'d':1,'a':9,'z':0})
g(**{'a':1})
g()
g(*())
g(1,**{S('c'):4})
g(1,**{''.join('c'):4})
g(1,**{''.join(['z','q']):4, 'd':9})
g(1,c=5,**{'c':6})
g(1,c=5,d=1,e=2)
g(1,e=2,d=1,c=5)
g(*range(3), **e)
f(*x,*l,**d,**{'q':1})
f(*x,**d,**d)
min(*x)
min(*l)
min(1,*l,**{'key':lambda v:-v})
dict(**d)
dict([('a',1)],**d)
print(*x,**{'sep':'-'})
f(*(i for i in range(3)))
f(*(1/0 for i in range(3)))
M(**d)
[].append(*x)
(lambda *a: a)(*x, *())
(lambda **k: k)(**d) is d
(lambda *a: a)(*x) == x
f(*"ab", **{'self':1})
max(*[3,4],default=1)
f(*x, y=1, **d)
f(y=1, **d)
f(3, y=1, **d)
f(3, *x, y=1, **d)
f(3, 4, **d, **d)
f(y=1, **{'y':2})
int(*['11'], **{'base':2})
g(*[1]*300)[3][-1]
(lambda a,b,c:0)(1,*x,3)
(lambda a,b:0)(*l)
(lambda a,*,b:0)(*x)
(lambda a,*,b:0)(1,**d)
(lambda a,b,/:0)(1,**{'b':1})'''.split('\n'): show(s)
def deco(fn):
    def w(*a, **k): return fn(*a, **k)
    return w
@deco
def h(a, b=1, *c, **d): return a,b,c,d
print(h(1), h(1,2,3,z=1), h(a=1,b=2,c=3))
def rec(*a, **k): return rec(*a, **k)
try: rec(1,x=2)
except RecursionError as ex: print('RecursionError')
def keep(*a, **k):
    k['new']=1
    return k
dd={'a':1}; keep(**dd); print(dd)
class C:
    def m(self,*a,**k): return a,k
    @classmethod
    def n(cls,*a,**k): return cls.__name__,a,k
print(C().m(*x,**d), C.n(*x,**d), C().n(1,*x))
class D(C):
    def __init__(self,*a,**k): self.r=(a,k)
print(D(*x,**d).r)
def gen(*a,**k):
    yield a
    yield k
print(list(gen(*x,**d)), list(gen(1,y=2)))
def order():
    log=[]
    def it():
        log.append('it'); yield 1
    def kw(): log.append('kw'); return {}
    f(*it(), **kw()); print(log)
order()
