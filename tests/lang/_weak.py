# _weak.py - for dm_weakref*.py: objects that can be referred to weakly, and a collection that finds all that are dead.
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
