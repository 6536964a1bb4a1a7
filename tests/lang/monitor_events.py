# monitor_events.py - sys.monitoring: tools, event sets, callbacks, calls, DISABLE.
# SPDX-License-Identifier: MIT
import sys
_p=print
def hx(s):
    while " at 0x" in s:
        i = s.index(" at 0x"); j = i+6
        while s[j] in "0123456789abcdef": j += 1
        s = s[:i]+s[j:]
    return s
def print(*a): _p(hx(" ".join(map(str,a))))
m=sys.monitoring; E=m.events
T=2
def err(f,*a):
    try: r=f(*a)
    except BaseException as e: print(f.__name__, [x if isinstance(x,(int,str,type(None))) else type(x).__name__ for x in a], type(e).__name__, e)
    else: print(f.__name__, [x if isinstance(x,(int,str,type(None))) else type(x).__name__ for x in a], "->", r)
print([ (n,getattr(E,n)) for n in sorted(dir(E)) if n.isupper()])
print(sorted(n for n in dir(m) if not n.startswith("_")))
print(m.DEBUGGER_ID,m.COVERAGE_ID,m.PROFILER_ID,m.OPTIMIZER_ID)
print(repr(m.DISABLE), repr(m.MISSING), type(m.DISABLE), m.DISABLE is m.DISABLE, type(m.events))
def co(): pass
err(m.use_tool_id,6,"a"); err(m.use_tool_id,-1,"a"); err(m.use_tool_id,"x","a"); err(m.use_tool_id,2,3); err(m.use_tool_id,2); err(m.use_tool_id,2,"mine"); err(m.use_tool_id,2,"mine")
err(m.use_tool_id,2**40,"a")
err(m.get_tool,2); err(m.get_tool,3); err(m.get_tool,6); err(m.free_tool_id,7)
err(m.set_events,3,1); err(m.set_events,2,-1); err(m.set_events,2,1<<17); err(m.set_events,2,1<<20); err(m.set_events,2,E.C_RETURN); err(m.set_events,2,E.C_RAISE); err(m.set_events,2,"x"); err(m.set_events,2,E.CALL|E.C_RETURN); err(m.get_events,2); err(m.set_events,2,E.CALL|E.C_RETURN|E.C_RAISE); err(m.get_events,2); err(m.set_events,2,0)
err(m.set_events,9,1); err(m.get_events,3); err(m.get_events,8)
err(m.set_local_events,2,co.__code__,E.RAISE); err(m.set_local_events,2,co.__code__,E.PY_UNWIND); err(m.set_local_events,2,co,1); err(m.set_local_events,3,co.__code__,1); err(m.set_local_events,2,co.__code__,E.LINE|E.CALL); err(m.get_local_events,2,co.__code__); err(m.set_local_events,2,co.__code__,E.CALL|E.C_RETURN|E.C_RAISE); err(m.get_local_events,2,co.__code__); err(m.set_local_events,2,co.__code__,0); err(m.get_local_events,2,co.__code__); err(m.get_local_events,2,5); err(m.get_local_events,4,co.__code__); err(m.set_local_events,2,co.__code__,-1); err(m.set_local_events,2,co.__code__,1<<30)
err(m.register_callback,2,E.LINE,co); err(m.register_callback,2,E.LINE,None); err(m.register_callback,2,E.LINE,None); err(m.register_callback,2,3,co); err(m.register_callback,2,0,co); err(m.register_callback,2,1<<20,co); err(m.register_callback,2,-1,co); err(m.register_callback,5,1,co); err(m.register_callback,5,1,None); err(m.register_callback,7,1,None)
err(m.register_callback,2,1,5); err(m.register_callback,2,1,None)
def sh(v):
    if v is m.MISSING: return "MISSING"
    return v if isinstance(v,(int,str,type(None))) else getattr(v,"__name__",None) or repr(v)
def line_of(code, off):
    r=None
    for a,b,l in code.co_lines():
        if a<=off<b: r=l
    return None if r is None else r-code.co_firstlineno
ev=[]
mods={}
def cb(n):
    def r(code,*a):
        if code.co_filename!=cb.__code__.co_filename or code.co_name in ("run","<module>","sh","line_of"): return
        if n=="LINE": ev.append((code.co_name,"LINE",a[0]-code.co_firstlineno))
        elif n in("BRANCH","JUMP"): ev.append((code.co_name,n,line_of(code,a[0]),line_of(code,a[1])))
        else: ev.append((code.co_name,n,)+tuple(sh(x) for x in a[1:]))
    return r
ALLN=[n for n in dir(E) if n.isupper() and n!="NO_EVENTS"]
for n in ALLN: m.register_callback(T,getattr(E,n),cb(n))
def run(f,mask):
    ev.clear()
    m.set_events(T,mask)
    try:
        try: f()
        finally: m.set_events(T,0)
    except Exception as e: print("raised",type(e).__name__,e)
    print("==",f.__name__,mask)
    for e in ev: print("  ",*e)
class K:
    def __init__(self,v): self.v=v
    def meth(self,a): return a
    @property
    def prop(self): return self.v
    def __add__(self,o): return self.v
    def __call__(self,x): return x
class Plain: pass
def f_calls():
    len([1])
    [].append(1)
    k=K(1)
    k.meth(2)
    k.prop
    k+1
    k(4)
    int("3")
    Plain()
    (lambda: 1)()
    "a".join(["x"])
    dict(a=1)
    max(*[1,2])
    max(*[1,2],**{})
    isinstance(1,int)
    str(5)
    range(3)
    list((1,))
    sorted([3,1],key=lambda x:-x)
    K.meth(k,3)
def f_craise():
    try: int("x")
    except ValueError: pass
    try: [].pop()
    except IndexError: pass
    try: len(3)
    except TypeError: pass
    try: K()
    except TypeError: pass
    try: (lambda v: v())(None)
    except TypeError: pass
    try: f_calls(1,2,3)
    except TypeError: pass
def f_br():
    for i in range(2):
        if i:
            x=1
        else:
            x=2
    while x<3:
        x+=1
    y = 1 if x else 2
    z = x and y
def f_gen():
    def g():
        r = yield 1
        yield r
        return 7
    x=g()
    next(x)
    x.send(5)
    next(x,None)
def f_unw():
    def a(): raise KeyError(1)
    def b(): a()
    try: b()
    except KeyError: pass
C=E.CALL|E.C_RETURN|E.C_RAISE
run(f_calls,C); run(f_calls,E.CALL); run(f_craise,C|E.RAISE)
run(f_gen,E.PY_START|E.PY_RESUME|E.PY_RETURN|E.PY_YIELD|E.LINE|E.STOP_ITERATION)
run(f_unw,E.PY_START|E.PY_UNWIND|E.RAISE|E.EXCEPTION_HANDLED|E.RERAISE|E.PY_RETURN)
ev.clear()
m.set_events(T,E.BRANCH|E.JUMP|E.INSTRUCTION); f_br(); m.set_events(T,0)
print(len([e for e in ev if e[1]=="BRANCH"])>5, len([e for e in ev if e[1]=="JUMP"])>1, len([e for e in ev if e[1]=="INSTRUCTION"])>20)
# local
ev.clear(); m.set_local_events(T,K.meth.__code__,E.PY_START|E.LINE|E.PY_RETURN); f_calls(); m.set_local_events(T,K.meth.__code__,0); print(ev)
# disable
def dis(code,*a):
    ev.append((code.co_name,)+tuple(a)); return m.DISABLE
def loop():
    for i in range(3):
        x=i
m.register_callback(T,E.LINE,lambda c,l: dis(c,l-c.co_firstlineno))
m.set_events(T,E.LINE)
ev.clear(); loop(); m.set_events(T,0); print([e for e in ev if e[0]=="loop"])
ev.clear(); m.set_events(T,E.LINE); loop(); m.set_events(T,0); print([e for e in ev if e[0]=="loop"])
m.restart_events(); ev.clear(); m.set_events(T,E.LINE); loop(); m.set_events(T,0); print([e for e in ev if e[0]=="loop"])
m.register_callback(T,E.PY_START,lambda c,o: dis(c))
ev.clear(); m.set_events(T,E.PY_START); co(); co(); m.set_events(T,0); print([e for e in ev if e[0]=="co"])
m.register_callback(T,E.RAISE,lambda c,o,e: m.DISABLE)
def rr():
    try: 1/0
    except ZeroDivisionError: pass
m.set_events(T,E.RAISE)
try: rr()
except BaseException as e: 
    m.set_events(T,0); print(type(e).__name__,e)
m.set_events(T,E.RAISE); rr(); m.set_events(T,0)
print(m.register_callback(T,E.RAISE,None))
for n in ("PY_UNWIND","PY_THROW","RERAISE","EXCEPTION_HANDLED"):
    m.register_callback(T,getattr(E,n),lambda c,o,e: m.DISABLE)
    m.set_events(T,getattr(E,n))
    def x1():
        def g():
            yield 1
        x=g(); next(x)
        try: x.throw(KeyError(1))
        except KeyError: pass
    def x2():
        try:
            try: 1/0
            except KeyError: pass
        except ZeroDivisionError: pass
    try: x1(); x2()
    except BaseException as e:
        m.set_events(T,0); print(n,type(e).__name__,e)
    m.set_events(T,0)
# callback error
def bad(*a): raise RuntimeError("bad")
for n in ("PY_START","PY_RETURN","CALL"):
    m.register_callback(T,getattr(E,n),bad)
    def q(): return len([])
    m.set_local_events(T,q.__code__,getattr(E,n))
    try: print(q())
    except RuntimeError as e: print(n,"RuntimeError",e)
    m.set_local_events(T,q.__code__,0)
    m.register_callback(T,getattr(E,n),None)
# two tools
m.use_tool_id(0,"dbg"); m.use_tool_id(4,"x")
o=[]
for t in (4,0,2): m.register_callback(t,E.PY_START,lambda c,off,t=t: o.append((t,c.co_name)))
for t in (4,0,2): m.set_events(t,E.PY_START)
co()
for t in (4,0,2): m.set_events(t,0)
print([x for x in o if x[1]=="co"])
m.free_tool_id(0); print(m.get_tool(0)); m.free_tool_id(0); m.free_tool_id(4)
m.use_tool_id(0,"again"); print(m.register_callback(0,E.PY_START,None), m.get_events(0))
m.free_tool_id(0); m.free_tool_id(2)
class C2:
    def __init__(self): pass
class Cmp:
    def __lt__(self,o): return True
# order of events
def small():
    x = 1
    return len([x])
m.use_tool_id(2,"t")
ev.clear()
for n in ALLN: m.register_callback(T,getattr(E,n),cb(n))
run(small,E.PY_START|E.LINE|E.CALL|E.C_RETURN|E.C_RAISE|E.PY_RETURN)
def in_cb(code,*a):
    ev.append("outer"); small()
m.register_callback(T,E.PY_START,in_cb); m.set_local_events(T,small.__code__,E.PY_START)
ev.clear(); small(); print(ev); m.set_local_events(T,small.__code__,0)
