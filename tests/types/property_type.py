# property_type.py - property: getter, setter, deleter, doc, inheritance, errors, on classes.
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


class C:
    def __init__(self): self._x = 1
    @property
    def x(self):
        "x doc"
        return self._x
    @x.setter
    def x(self, v): self._x = v
    @x.deleter
    def x(self): self._x = "deleted"
    @property
    def ro(self): return "read only"
    wo = property(None, lambda self, v: setattr(self, "_w", v))
    nothing = property()
    full = property(lambda self: "get", lambda self, v: print("  set", v), lambda self: print("  del"), "full doc")


@section
def basics():
    c = C()
    print(c.x, c.ro, c.full, C.x.__doc__, C.full.__doc__, C.ro.__doc__, C.nothing.__doc__)
    c.x = 5
    c.x += 1
    print(c.x, vars(c))
    del c.x
    print(c.x)
    c.full = 3
    del c.full
    c.wo = 7
    print(c._w)
    for f in (lambda: setattr(c, "ro", 1), lambda: delattr(c, "ro"), lambda: c.wo, lambda: delattr(c, "wo"), lambda: c.nothing, lambda: setattr(c, "nothing", 1), lambda: delattr(c, "nothing")): error(f)
    c.__dict__["x"] = "instance"
    print(c.x, c.__dict__["x"])
    print(type(C.x).__name__, C.x.fget(c), C.x.fset is not None, C.x.fdel is not None, C.ro.fset, C.x.__get__(c, C), C.x.__get__(None, C) is C.x, C.x.fget.__name__, C.x.__set__(c, 9), c.x, C.x.__delete__(c), c.x, C.x.__name__)


@section
def derived_copies():
    class D(C):
        @property
        def x(self): return "D " + str(super().x)
    class E(C):
        @C.x.getter
        def x(self): return "E getter"
    class F(C):
        @C.x.setter
        def x(self, v): self._x = ("F", v)
    class G(C):
        ro = "plain attribute now"
    d, e, f, g = D(), E(), F(), G()
    print(d.x, e.x, f.x, g.ro)
    error(lambda: setattr(d, "x", 1))
    e.x = 2
    f.x = 3
    g.ro = "assigned"
    print(e.x, e._x, f.x, g.ro, C.x is F.x, F.x.fget is C.x.fget, C().x)
    p = property(lambda s: 1)
    q = p.setter(lambda s, v: None)
    r = q.deleter(lambda s: None)
    print(p is q, p.fset, q.fget is p.fget, r.fset is q.fset, r.fdel is not None, p.getter(None).fget is None)


@section
def doc_handling():
    def getter(self):
        "getter doc"
    print(property(getter).__doc__, property(getter, doc="given").__doc__, property(doc="only doc").__doc__, property(lambda s: 1).__doc__)
    p = property(getter)
    p.__doc__ = "assigned"
    print(p.__doc__)
    q = p.setter(lambda s, v: None)
    print(q.__doc__)
    class P(property): pass
    x = P(getter)
    print(x.__doc__)
    x.extra = 1
    print(x.extra, type(x.setter(None)).__name__)


@section
def errors():
    for f in (lambda: property(1, 2, 3, 4, 5), lambda: property(foo=1), lambda: setattr(C.x, "fget", None), lambda: C.x.__get__(), lambda: property(5).__get__(C(), C), lambda: C.x(), lambda: property().setter(), lambda: delattr(C.x, "fget"), lambda: setattr(C.x, "nope", 1)): error(f)
    class Raises:
        @property
        def a(self): raise AttributeError("inner")
        @property
        def v(self): raise ValueError("value")
        @property
        def typo(self): return self.missing_thing
        @v.setter
        def v(self, x): raise KeyError(x)
    r = Raises()
    for f in (lambda: r.a, lambda: r.v, lambda: r.typo, lambda: setattr(r, "v", 1), lambda: hasattr(r, "v")): error(f)
    print(hasattr(r, "a"), hasattr(r, "typo"), getattr(r, "a", "default"))
    class Abs:
        @property
        def p(self): pass
        p.fget.__isabstractmethod__ = True
    print(Abs.p.__isabstractmethod__, C.x.__isabstractmethod__)


@section
def on_metaclass_and_class():
    class M(type):
        @property
        def cp(cls): return "class property of " + cls.__name__
        @cp.setter
        def cp(cls, v): print("  class set", v)
    class K(metaclass=M): pass
    print(K.cp)
    K.cp = 5
    error(lambda: K().cp)
    K.late = property(lambda self: "late")
    print(K().late)
    K.late = 5
    print(K().late, K.late)
    k = K()
    k.p = property(lambda self: 1)
    print(type(k.p).__name__)
    del C.wo
    print(hasattr(C, "wo"), hasattr(C(), "wo"))


@section
def subclass_with_get():
    class Cached(property):
        def __get__(self, obj, cls=None):
            if obj is None: return self
            if not hasattr(obj, "_cache"): obj._cache = super().__get__(obj, cls)
            return obj._cache
    n = []
    class K:
        @Cached
        def v(self):
            n.append(1)
            return len(n)
    k = K()
    print(k.v, k.v, n, K().v, type(K.v).__name__)
    class Named:
        a = property(lambda s: 1)
        b = a
    print(Named.a is Named.b, Named().b, Named.__dict__["a"].__name__ if hasattr(Named.a, "__name__") else "no name")
