# _asked.py - for asked_order*.py: prints what a function gives or raises, and the special methods that were called meanwhile.
# SPDX-License-Identifier: MIT
calls = []


def tried(f):
    calls.clear()
    try:
        r = f()
    except BaseException as e:
        r = type(e).__name__ + ": " + str(e)
    if type(r).__module__ != "builtins":
        r = (type(r).__name__, *r) if hasattr(r, "__iter__") else type(r).__name__
    return " ".join([str(r), *calls])


def t(f): print("  ", tried(f))


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


class Number:
    def __index__(self): calls.append("index"); return 2
    def __repr__(self): return "Number"


class Refusing:
    def __neg__(self): return NotImplemented
    __pos__ = __invert__ = __abs__ = __int__ = __float__ = __index__ = __complex__ = __round__ = __trunc__ = __floor__ = __len__ = __hash__ = __bool__ = __iter__ = __neg__
