# monitor_exceptions.py - sys.monitoring: iterators that end, exceptions thrown into generators, raised again, handled.
# SPDX-License-Identifier: MIT
import sys
m=sys.monitoring; E=m.events
def g(v):
    yield 1
    return v
class It:
    def __init__(self): self.n=0
    def __iter__(self): return self
    def __next__(self):
        self.n+=1
        if self.n>1: raise StopIteration(9)
        return 1
def f_for_none():
    for x in g(None): pass
def f_for_val():
    for x in g(5): pass
def f_for_it():
    for x in It(): pass
def f_for_list():
    for x in [1]: pass
def f_yf_none():
    return (yield from g(None))
def f_yf_val():
    return (yield from g(5))
def f_yf_it():
    return (yield from It())
def f_yf_list():
    return (yield from [1])
async def co(v): return v
async def f_aw_none(): return await co(None)
async def f_aw_val(): return await co(5)
def f_comp(): return [x for x in g(5)]
def f_unpack(): a, = g(5)
def f_genexp(): return list(x for x in g(3))
def drive(c):
    try:
        while 1: c.send(None)
    except StopIteration as e: return e.value
ev=[]
names={f.__code__ for f in [g,It.__next__,f_for_none,f_for_val,f_for_it,f_for_list,f_yf_none,f_yf_val,f_yf_it,f_yf_list,f_aw_none,f_aw_val,co,f_comp,f_unpack,f_genexp]}
def cb(n):
    def r(code,*a):
        if code in names or code.co_name=="<genexpr>": ev.append((n,code.co_name)+tuple(repr(x) for x in a[1:]))
    return r
m.use_tool_id(2,"t")
for n in ("PY_START","PY_RESUME","PY_RETURN","PY_YIELD","STOP_ITERATION","RAISE","RERAISE","EXCEPTION_HANDLED","PY_UNWIND","PY_THROW"):
    m.register_callback(2,getattr(E,n),cb(n))
ALL=sum(getattr(E,n) for n in ("PY_START","PY_RESUME","PY_RETURN","PY_YIELD","STOP_ITERATION","RAISE","RERAISE","EXCEPTION_HANDLED","PY_UNWIND","PY_THROW"))
for f in (f_for_none,f_for_val,f_for_it,f_for_list,f_yf_none,f_yf_val,f_yf_it,f_yf_list,f_aw_none,f_aw_val,f_comp,f_unpack,f_genexp):
    ev.clear()
    m.set_events(2,ALL)
    try:
        r=f()
        if "_yf" in f.__name__ or "_aw" in f.__name__: drive(r)
    except Exception as e: print(type(e))
    m.set_events(2,0)
    print("==",f.__name__)
    for e in ev: print("  ",*e)
# throw
def h():
    try:
        yield 1
    except KeyError:
        yield 2
    finally:
        pass
names.add(h.__code__)
def out():
    yield from h()
names.add(out.__code__)
kept = []  # a generator that is collected while events are on would show


def tr(mk, exc):
    ev.clear()
    x=mk(); kept.append(x); next(x)
    m.set_events(2,ALL)
    try:
        print(x.throw(exc))
    except Exception as e: print(type(e))
    m.set_events(2,0)
    print("== throw", mk.__name__, exc)
    for e in ev: print("  ",*e)
tr(h,KeyError("k")); tr(h,ValueError("v")); tr(out,KeyError("k"))
x=h(); ev.clear(); m.set_events(2,ALL)
try: x.throw(KeyError("z"))
except KeyError: pass
m.set_events(2,0)
print("== created")
for e in ev: print("  ",*e)
x=h(); next(x); ev.clear(); m.set_events(2,ALL); x.close(); m.set_events(2,0)
print("== close")
for e in ev: print("  ",*e)
# reraise
def rr():
    try:
        try: 1/0
        except ZeroDivisionError: raise
    except ArithmeticError: pass
def rf():
    try:
        try: 1/0
        finally: x=1
    except ArithmeticError: pass
def rn():
    try:
        try: 1/0
        except KeyError: x=1
    except ArithmeticError: pass
class W:
    def __enter__(s): return s
    def __exit__(s,*a): return False
def rw():
    try:
        with W(): 1/0
    except ArithmeticError: pass
def re_as():
    try:
        try: 1/0
        except ArithmeticError as e: [][0]
    except LookupError: pass
def re_star():
    try: raise ExceptionGroup("g",[KeyError()])
    except* KeyError: pass
def re_star2():
    try:
        try: raise ExceptionGroup("g",[KeyError(),ValueError()])
        except* KeyError: pass
    except ExceptionGroup: pass
def unw():
    def inner(): 1/0
    names.add(inner.__code__)
    try: inner()
    except ZeroDivisionError: pass
for f in (rr,rf,rn,rw,re_as,re_star,re_star2,unw):
    names.add(f.__code__); ev.clear()
    m.set_events(2,ALL); f(); m.set_events(2,0)
    print("==",f.__name__)
    for e in ev: print("  ",*e)
