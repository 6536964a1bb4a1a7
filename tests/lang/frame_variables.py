# frame_variables.py - f_locals of all kinds of frames, locals(), frame.clear().
# SPDX-License-Identifier: MIT
import sys, types
from _shown import err, print
def f2():
    x=1
    def g():
        nonlocal x
        fr=sys._getframe()
        fr.f_locals["x"]=10
        print(x, fr.f_locals["x"], list(fr.f_locals))
        fr.f_back.f_locals["x"]=11
        print(x)
    g(); print(x)
    s=locals(); s["x"]=50; print(x, locals() is s, locals()["x"])
f2()
def f3():
    fr=sys._getframe()
    r=[(fr.f_locals.get("i"), sorted(fr.f_locals)) for i in (1,2)]
    print(r, sorted(fr.f_locals))
    r=[locals() for j in (1,)][0]; print(sorted(r))
    def w(): [fr.f_locals.__setitem__("k",9) for k in (1,2)]
    print([ (fr.f_locals.__setitem__("k",9),k)[1] for k in (1,2)], "k" in fr.f_locals)
f3()
class A:
    z=1
    fr=sys._getframe()
    print(type(fr.f_locals).__name__, fr.f_locals is locals(), sorted(k for k in fr.f_locals if k[0]!="_"))
    fr.f_locals["via"]=3
    print(via)
    cc=[(sorted(q for q in sys._getframe().f_locals if q[0]!="_"), type(sys._getframe().f_locals).__name__) for c in (1,)]
    print(cc)
print(A.via)
fr=sys._getframe(); print(fr.f_locals is globals(), fr.f_globals is globals(), fr.f_builtins["len"] is len)
mc=[type(sys._getframe().f_locals).__name__ for x9 in (1,)]; print(mc)
mc=["x9" in sys._getframe().f_locals for x9 in (1,)]; print(mc, "x9" in globals())
# unbound
def f4():
    fr=sys._getframe()
    print("late" in fr.f_locals, sorted(fr.f_locals))
    fr.f_locals["late"]=3
    try: print(late)
    except UnboundLocalError as e: print(e)
    late=4
    del late
    print("late" in fr.f_locals)
f4()
# after end
def f5():
    q=1
    return sys._getframe()
fr=f5(); print(fr.f_locals["q"], fr.f_lineno-fr.f_code.co_firstlineno, fr.f_back and fr.f_back.f_code.co_name)
fr.f_locals["q"]=8; print(fr.f_locals["q"]); fr.f_locals["ex"]=1; print(sorted(fr.f_locals))
fr.clear(); print(sorted(fr.f_locals))
# clear
def f6():
    fr=sys._getframe()
    err(fr.clear)
    err(fr.f_back.clear)
f6()
def g7():
    a=1
    err(sys._getframe().clear)
    yield 1
    yield 2
g=g7(); err(g.gi_frame.clear); print(g.gi_frame)
g=g7(); next(g); fr=g.gi_frame; err(fr.clear); print(list(fr.f_locals), fr.f_back, fr.f_lineno-fr.f_code.co_firstlineno)
g.close(); print(g.gi_frame, list(fr.f_locals)); err(fr.clear)
g=g7(); fr=g.gi_frame; fr.clear(); print(list(fr.f_locals), g.gi_frame); err(next,g)
try: 1/0
except ZeroDivisionError as e: tb=e.__traceback__
def f8():
    loc=object()
    1/0
try: f8()
except ZeroDivisionError as e:
    t=e.__traceback__.tb_next
    print(list(t.tb_frame.f_locals)); t.tb_frame.clear(); print(list(t.tb_frame.f_locals))
print(repr(f5())[:10], type(fr).__name__); err(type(fr))
for n in ("f_back","f_code","f_builtins","f_globals","f_lasti","f_locals","nope"):
    try: setattr(fr,n,1); print("set",n)
    except Exception as e: print(type(e).__name__, e)
print(sorted(x for x in dir(fr) if not x.startswith("__")))
def f9():
    exec("y=1"); 
    print("y" in locals())
    ns=locals(); exec("y=2",globals(),ns); print(ns["y"], "y" in locals())
    print(eval("[v for v in (1,2)]"))
    return vars()
print(sorted(f9()))
def f10(a,b=2,*c,d,**e):
    g=1
    return list(locals()), list(sys._getframe().f_locals)
print(f10(1,d=2))
def f11():
    x=1
    def h(): return x
    y=2
    return list(locals()), list(sys._getframe().f_locals)
print(f11())
class M(dict): pass
exec("q=1\nimport sys\nprint(type(sys._getframe().f_locals).__name__)", {"print":print}, M())
