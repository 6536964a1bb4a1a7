# dm_weakref_containers.py - weak dictionaries and sets.
# SPDX-License-Identifier: MIT
import gc
import weakref


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


def error(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)


class Obj:
    def __init__(self, name):
        self.name = name

    def method(self):
        return "method of " + self.name

    def __repr__(self):
        return f"Obj({self.name})"


def make_ref(name, callback=None):
    return weakref.ref(Obj(name), callback)


def churn():
    # Overwrites stale stack words, so that a conservative collector sees no old pointer.
    return [(lambda *a: a)(i, i, i, i, i, i) for i in range(20)]


def collect():
    churn()
    gc.collect()
    gc.collect()


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
