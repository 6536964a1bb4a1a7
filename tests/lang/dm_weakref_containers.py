# dm_weakref_containers.py - weak dictionaries and sets.
# SPDX-License-Identifier: MIT
import weakref

from _weak import Obj, collect, section


@section
def dictionaries():
    d = weakref.WeakValueDictionary()
    o = Obj("v")
    d["k"] = o
    print(d["k"] is o, "k" in d, len(d), list(d.items()))
    k = weakref.WeakKeyDictionary()
    k[o] = "data"
    print(k[o], len(k), o in k)
    s = weakref.WeakSet([o])
    print(o in s, len(s))

    def fill():
        for i in range(10):
            t = Obj(str(i))
            d[i] = t
            k[t] = i
            s.add(t)
    fill()
    collect()
    print(len(d) <= 3, len(k) <= 3, len(s) <= 3, "k" in d, o in k, o in s)
