# frame_locals_proxy.py - f_locals of a function as a mapping: reading, writing, what it refuses.
# SPDX-License-Identifier: MIT
import sys, types
from _shown import err, print
def f1():
    a=1
    fr=sys._getframe()
    l=fr.f_locals
    print(type(l).__name__, type(l), list(l), l["a"])
    l["a"]=5; print(a)
    l["new"]=7; print(l["new"], "new" in l, len(l), sorted(l))
    print(locals()=={"a":5,"fr":fr,"l":l,"new":7} or sorted(locals()))
    err(lambda: l["zz"])
    err(l.__delitem__,"a"); err(l.__delitem__,"zz")
    err(l.pop,"a") if hasattr(l,"pop") else print("nopop")
    err(l.clear) if hasattr(l,"clear") else print("noclear")
    err(l.popitem) if hasattr(l,"popitem") else print("nopopitem")
    l[5]=6; print(l[5], 5 in l)
    err(lambda: l[[]]); err(lambda: [] in l); err(l.__setitem__,[],1)
    print(fr.f_locals is l, fr.f_locals==l, l==dict(l), l!=1, l==1)
    x=dict(l); print(sorted(map(str,x)))
    print(l.get("a"), l.get("q"), l.get("q",3), l.setdefault("a",9), l.setdefault("sd",9), l["sd"])
    l.update({"a":11,"up":12}); print(a,l["up"])
    err(l.update,[("a",13)]); print(a)
    err(l.update)
    m=l|{"a":99}; print(type(m).__name__, m["a"], a)
    m={"a":98}|l; print(type(m).__name__, m["a"])
    err(lambda: l|5)
    l|={"a":77}; print(a, type(l).__name__)
    print(list(reversed(l))[:2], list(l.keys())[:2], type(l.keys()).__name__, type(l.items()).__name__, type(l.values()).__name__)
    print(type(l.copy()).__name__)
    err(hash,l)
    print(repr(fr.f_locals)[:20])
    print(isinstance(l,dict))
    try:
        from collections.abc import Mapping
        print(isinstance(l,Mapping))
    except ImportError: print(True)
    err(type(l)); err(type(l),1); print(type(type(l)(fr)).__name__)
f1()
