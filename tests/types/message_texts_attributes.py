# message_texts_attributes.py - messages of AttributeError and of TypeError for calls.
# SPDX-License-Identifier: MIT


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


@section
def attributes():
    class C:
        __slots__ = ("s",)
        @property
        def p(self): return 1
    c = C()
    import types
    m = types.ModuleType("mod")
    for f in (lambda: c.x, lambda: c.s, lambda: C.x, lambda: setattr(c, "x", 1), lambda: setattr(c, "p", 1), lambda: delattr(c, "p"), lambda: delattr(c, "s"), lambda: (1).x, lambda: "a".x, lambda: None.x, lambda: [].x, lambda: len.x, lambda: (lambda: 1).x, lambda: m.x, lambda: delattr(m, "x"), lambda: setattr(1, "x", 1), lambda: setattr(None, "x", 1), lambda: setattr([], "append", 1), lambda: setattr(int, "x", 1), lambda: delattr(int, "real"), lambda: setattr((1).__add__, "x", 1), lambda: object().x, lambda: setattr(object(), "x", 1), lambda: int.x, lambda: type.x, lambda: super(C, c).x, lambda: (x for x in ()).x, lambda: range(1).x, lambda: setattr(range(1), "start", 5), lambda: setattr(slice(1), "start", 5), lambda: Exception().x, lambda: setattr(1j, "real", 1), lambda: c.__dict__, lambda: type(c).__dict__.x): error(f)


@section
def calls():
    def f(a, b, /, c, *, d): pass
    class K:
        def m(self, a): pass
        @classmethod
        def c(cls, a): pass
        @staticmethod
        def s(a): pass
    for g in (lambda: f(), lambda: f(1), lambda: f(1, 2), lambda: f(1, 2, 3), lambda: f(1, 2, 3, 4, d=5), lambda: f(1, 2, c=3, d=4, e=5), lambda: f(a=1, b=2, c=3, d=4), lambda: f(1, 2, 3, c=3, d=4), lambda: K().m(), lambda: K().m(1, 2), lambda: K.m(), lambda: K.c(), lambda: K.c(1, 2), lambda: K.s(), lambda: K().s(1, 2), lambda: K(1), lambda: (lambda: 1)(2), lambda: (lambda a, b=1: a)(), lambda: f(*1), lambda: f(**1), lambda: f(**{1: 2}), lambda: f(1, 2, 3, d=4, **{"d": 5}), lambda: 5(), lambda: "a"(), lambda: None(), lambda: [](), lambda: K()(), lambda: (lambda *, k: k)(1), lambda: (lambda *, k: k)(), lambda: (lambda a, a2, a3: 1)(), lambda: (lambda a, *, k, l: 1)()): error(g)
