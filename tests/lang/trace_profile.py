# trace_profile.py - sys.setprofile, and what trace functions return, set and raise.
# SPDX-License-Identifier: MIT
import sys
ev=[]
def sh(v):
    return v if isinstance(v,(int,str,type(None))) else getattr(v,"__name__",type(v).__name__)
def p(frame,event,arg):
    if frame.f_code.co_filename==p.__code__.co_filename and frame.f_code.co_name not in ("<module>","run"):
        ev.append((frame.f_code.co_name,event,frame.f_lineno-frame.f_code.co_firstlineno,sh(arg)))
class K:
    def __init__(self,v): self.v=v
    def __len__(self): return 3
    def m(self): return 1
    def __iter__(self): return iter([1,2])
    def __enter__(self): return self
    def __exit__(self,*a): return True
    def __add__(self,o): return 1
class It:
    def __init__(self): self.n=0
    def __iter__(self): return self
    def __next__(self):
        self.n+=1
        if self.n>2: raise StopIteration
        return self.n
def gen():
    yield 1
    yield 2
    return 3
def a1():
    len(K(1))
    [].append(1)
    "abc".upper()
    K(2).m()
def a2():
    for x in gen(): pass
def a3():
    list(gen())
def a4():
    g=gen(); next(g); g.send(None); g.close()
def a5():
    try: int("x")
    except ValueError: pass
    try: raise KeyError
    except KeyError: pass
def a6():
    for x in It(): pass
def a7():
    g=gen(); next(g)
    try: g.throw(KeyError(1))
    except KeyError: pass
def a8():
    def f():
        raise ValueError
    try: f()
    except ValueError: pass
def a9():
    with K(1): 1/0
def a10():
    sorted([3,1,2],key=lambda x:-x)
    map(str,[1])
    list(map(lambda x:x,[1,2]))
def a11():
    return [x for x in range(3)]
def a12():
    return sum(x for x in range(3))
def a13():
    print(*[], sep="", end="")
    dict(a=1); type(1); isinstance(1,int); str.join(",",["a"])
def a14():
    class Q:
        x=1
    Q()
def a15():
    K(1)+2
    del K(1).v
async def co(): return 1
async def co2(): return await co()
def a16():
    try: co2().send(None)
    except StopIteration: pass
def a17():
    def y():
        yield from gen()
    list(y())
def a18():
    int.from_bytes(b"a","big"); {}.get(1); object(); Exception("x")
for f in (a1,a2,a3,a4,a5,a6,a7,a8,a9,a10,a11,a12,a13,a14,a15,a16,a17,a18):
    ev.clear()
    sys.setprofile(p); f(); sys.setprofile(None)
    print("==",f.__name__)
    for e in ev: print("  ",*e)
def bad(*a):
    raise RuntimeError("bad")
def z(): return 1
sys.setprofile(bad)
try: z()
except RuntimeError as e: print(e, sys.getprofile())
sys.settrace(lambda *a: None)
print(sys.gettrace().__name__)
sys.settrace(bad)
try: z()
except RuntimeError as e: print(e, sys.gettrace())
# local trace function semantic
o=[]
def loc(frame,event,arg):
    o.append(("loc",event,frame.f_lineno-frame.f_code.co_firstlineno))
    return None
def glob(frame,event,arg):
    o.append(("glob",event))
    return loc
def t():
    a=1
    b=2
    return a
sys.settrace(glob); t(); sys.settrace(None); print(o)
o.clear()
def swap(frame,event,arg):
    o.append(("swap",event)); return loc
def glob2(frame,event,arg): return swap
sys.settrace(glob2); t(); sys.settrace(None); print(o)
def noline(frame,event,arg):
    frame.f_trace_lines=False
    o.append(("nl",event)); return noline
o.clear(); sys.settrace(noline); t(); sys.settrace(None); print(o)
def opc(frame,event,arg):
    frame.f_trace_opcodes=True
    o.append(event); return opc
o.clear(); sys.settrace(opc); t(); sys.settrace(None); print(o[:3], o.count("line"), o.count("opcode")>2, o[-1])
# f_trace set by hand in the running frame
def u():
    f=sys._getframe()
    def tr(fr,e,a): o.append((e,fr.f_lineno-fr.f_code.co_firstlineno)); return tr
    f.f_trace=tr
    x=1
    sys.settrace(lambda *a: None)
    y=2
    z=3
    sys.settrace(None)
    return x
o.clear(); u(); print(o)
# error in local
def eloc(frame,event,arg):
    if event=="line" and frame.f_lineno-frame.f_code.co_firstlineno==2: raise KeyError("here")
    return eloc
sys.settrace(eloc)
try: t()
except KeyError as e:
    print("KeyError", e, sys.gettrace(), e.__traceback__.tb_next.tb_lineno-t.__code__.co_firstlineno)
sys.settrace(None)
for n in (0,1,100,-1,"x",2**40):
    try: print(sys._getframe(n).f_code.co_name)
    except Exception as e: print(type(e).__name__,e)
print(sys._getframe.__name__, sys._getframemodulename(), sys._getframemodulename(50))
sys.call_tracing(print,("ct",))
