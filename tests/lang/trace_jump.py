# trace_jump.py - frame.f_lineno set in a trace function: where a frame may go on, and where not.
# SPDX-License-Identifier: MIT
import sys
out=[]
class Ctx:
    def __init__(self,n=0): self.n=n
    def __enter__(self): out.append("enter"); return self
    def __exit__(self,*a): out.append("exit"); return False

def j_forward(o):
    o.append(1)
    o.append(2)
    o.append(3)
def j_back(o):
    o.append(1)
    o.append(2)
    if len(o) < 6:
        o.append(3)
    o.append(4)
def j_into_for(o):
    o.append(1)
    for i in (1, 2):
        o.append(i)
    o.append(4)
def j_into_while(o):
    i = 1
    o.append(1)
    while i < 3:
        o.append(i)
        i += 1
    o.append(4)
def j_out_for(o):
    for i in (1, 2):
        o.append(i)
        o.append(10)
    o.append(4)
def j_between_for(o):
    for i in (1, 2):
        o.append(i)
        o.append(10)
    for i in (3, 4, 5):
        o.append(i)
    o.append(4)
def j_into_with(o):
    o.append(1)
    with Ctx():
        o.append(2)
        o.append(3)
    o.append(4)
def j_out_with(o):
    with Ctx():
        o.append(2)
        o.append(3)
    o.append(4)
def j_within_with(o):
    with Ctx():
        o.append(1)
        o.append(2)
        o.append(3)
    o.append(4)
def j_into_try(o):
    o.append(1)
    try:
        o.append(2)
        o.append(3)
    except KeyError:
        o.append(4)
    o.append(5)
def j_into_except(o):
    o.append(1)
    try:
        o.append(2)
        o.append(3)
    except KeyError:
        o.append(4)
        o.append(5)
    o.append(6)
def j_out_except(o):
    try:
        raise KeyError
    except KeyError as e:
        o.append(4)
        o.append(5)
    o.append(sys.exception())
    o.append(6)
def j_out_except2(o):
    try:
        try:
            raise KeyError
        except KeyError:
            try:
                raise ValueError
            except ValueError:
                o.append(4)
                o.append(5)
            o.append(repr(sys.exception()))
        o.append(repr(sys.exception()))
    finally:
        o.append(7)
    o.append(8)
def j_into_finally(o):
    o.append(1)
    try:
        o.append(2)
    finally:
        o.append(3)
        o.append(4)
    o.append(5)
def j_out_finally(o):
    try:
        o.append(2)
    finally:
        o.append(3)
        o.append(4)
    o.append(5)
def j_try_to_else(o):
    try:
        o.append(2)
        o.append(3)
    except KeyError:
        o.append(4)
    else:
        o.append(5)
    o.append(6)
def j_unbound(o):
    o.append(1)
    x = 2
    y = 3
    o.append(x)
    o.append(y)
def j_unbound1(o):
    o.append(1)
    x = 2
    o.append(x)
def j_to_def(o):
    o.append(1)
    def f():
        return 1
    o.append(f())
def j_to_class(o):
    o.append(1)
    class A:
        x = 1
        y = 2
    o.append(A)
def j_multi(o):
    o.append(1)
    x = [o.append(2),
         o.append(3),
         o.append(4)]
    o.append(5)
def j_pass(o):
    o.append(1)
    if o:
        pass
    o.append(2)
    pass
    o.append(3)
def j_gen(o):
    def g():
        o.append(1)
        yield 1
        o.append(2)
        o.append(3)
    for x in g():
        o.append(x)
def j_comp(o):
    o.append(1)
    x = [i
         for i in (1, 2)
         if i]
    o.append(x)
def j_nested(o):
    for i in (1, 2):
        for k in (3, 4):
            o.append((i, k))
            o.append(0)
        o.append(9)
    o.append(5)

def run(f, a, b, code=None, n=1, ev="line"):
    global out
    out=[]
    state=[n]
    c = code or f.__code__.co_name
    def tr(frame, event, arg):
        if frame.f_code.co_name != c: return tr
        if event==ev and frame.f_lineno-frame.f_code.co_firstlineno==a and state[0]:
            state[0]-=1
            if state[0]==0:
                try:
                    frame.f_lineno = frame.f_code.co_firstlineno+b if isinstance(b,int) else b
                except Exception as e:
                    out.append("%s: %s" % (type(e).__name__, str(e).replace(str(frame.f_code.co_firstlineno+b) if isinstance(b, int) else "??","N")))
                else: out.append("now %d" % (frame.f_lineno-frame.f_code.co_firstlineno))
        return tr
    sys.settrace(tr)
    try: f(out)
    except BaseException as e:
        sys.settrace(None)
        out.append(repr(e))
    sys.settrace(None)
    print(f.__name__, a, b, ev, out)
L=len
for f,pairs in [(j_forward,[(1,3),(2,3),(3,1),(2,2),(2,50),(2,-5),(2,4)]),(j_back,[(4,1),(5,2)]),(j_into_for,[(1,3),(1,2),(4,3),(4,2),(3,1),(3,4),(2,3),(3,2)]),
  (j_into_while,[(1,4),(2,4),(6,4),(4,6),(4,3),(5,4)]),(j_out_for,[(2,4),(3,1),(3,2),(2,3)]),(j_between_for,[(2,5),(3,6)]),
  (j_into_with,[(1,3),(2,3),(5,4),(3,2)]),(j_out_with,[(2,4),(3,1),(2,3),(3,2)]),(j_within_with,[(2,4),(4,2)]),
  (j_into_try,[(1,3),(1,4),(3,7),(4,3),(7,3),(7,2)]),(j_into_except,[(1,5),(1,6),(3,5),(3,6),(8,6),(4,8),(6,6)]),(j_out_except,[(4,6),(5,6),(5,4),(5,2),(5,7)]),
  (j_out_except2,[(8,9),(8,10),(8,12),(8,13),(8,3),(7,9)]),(j_into_finally,[(1,5),(1,6),(3,5),(3,6),(7,6),(7,5)]),(j_out_finally,[(4,6),(5,6),(5,4),(5,2),(4,2)]),
  (j_try_to_else,[(2,6),(2,7),(3,6),(6,3),(7,6),(7,3)]),(j_unbound,[(2,4),(2,5)]),(j_unbound1,[(2,3)]),(j_to_def,[(1,4),(4,2),(1,3)]),(j_to_class,[(1,5),(5,2),(1,3)]),
  (j_multi,[(1,3),(3,5),(4,3),(4,2),(2,4)]),(j_pass,[(2,5),(1,3),(4,3),(6,5)]),(j_comp,[(1,5),(5,3)]),(j_nested,[(3,5),(5,4),(3,6),(4,3),(5,3),(6,5),(6,3),(4,2)])]:
    for a,b in pairs: run(f,a,b)
run(j_gen,3,4,"g"); run(j_gen,1,3,"g"); run(j_gen, 4, 1, "g", 1, "return"); run(j_gen,4,3,"g")
run(j_forward,0,2,None,1,"call"); run(j_forward,3,2,None,1,"return"); run(j_forward,2,"x"); run(j_forward,2,None); run(j_forward,2,2.0); run(j_forward,2,True)
run(j_out_except,2,4,None,1,"exception")
f=sys._getframe()
for v in (5, "x", None):
    try: f.f_lineno=v
    except Exception as e: print(type(e).__name__, e)
try: del f.f_lineno
except Exception as e: print(type(e).__name__, e)
def g():
    f=sys._getframe()
    return f
fr=g()
try: fr.f_lineno=fr.f_lineno
except Exception as e: print(type(e).__name__, e)
