# dm_descriptors.py - __get__, __set__, __delete__: data and non-data descriptors, precedence, on classes, super.
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


class Data:
    def __init__(self, name="data"):
        self.name = name

    def __get__(self, obj, cls=None):
        return f"{self.name}.get({'None' if obj is None else 'obj'}, {cls.__name__ if cls else None})"

    def __set__(self, obj, value):
        print(f"  {self.name}.set", value)

    def __delete__(self, obj):
        print(f"  {self.name}.delete")


class NonData:
    def __get__(self, obj, cls=None):
        return f"nondata({'None' if obj is None else 'obj'}, {cls.__name__ if cls else None})"


class SetOnly:
    def __set__(self, obj, value):
        obj.__dict__["setonly"] = ("stored", value)


class C:
    data = Data()
    nondata = NonData()
    setonly = SetOnly()


class D(C):
    pass


@section
def precedence():
    c = C()
    print(c.data, "|", C.data, "|", D().data, "|", D.data)
    print(c.nondata, "|", C.nondata, "|", D().nondata)
    c.__dict__["data"] = "instance"
    c.__dict__["nondata"] = "instance"
    print(c.data, "|", c.nondata)
    c.data = 5
    del c.data
    c.nondata = 6
    print(c.nondata, c.__dict__)
    del c.nondata
    print(c.nondata)
    print(isinstance(c.setonly, SetOnly))
    c.setonly = 9
    print(c.setonly)
    try:
        del c.setonly
    except AttributeError as e:
        print(type(e).__name__, e)


@section
def on_class_assignment():
    class E:
        data = Data()
    E.data = 5
    print(E.data, E().data)
    E.data = Data("second")
    print(E().data)
    del E.data
    print(hasattr(E, "data"))


@section
def instance_descriptors_are_ignored():
    c = C()
    c.other = Data()
    print(type(c.other).__name__, c.__dict__["other"].name)


@section
def metaclass_descriptors():
    class Meta(type):
        mdata = Data("meta")
        mnon = NonData()

        @property
        def prop(cls):
            return "prop of " + cls.__name__

    class E(metaclass=Meta):
        mdata = 1
        mnon = 2
    print(E.mdata, "|", E.mnon, "|", E.prop)
    E.mdata = 7
    print(E().mdata, E.__dict__["mdata"])
    error(lambda: E().prop)


@section
def callable_binding():
    class F:
        def __init__(self, tag):
            self.tag = tag

        def __call__(self, *args):
            return (self.tag, len(args))

    class G:
        f = F("callable")
        g = lambda *args: len(args)
        h = len
        i = staticmethod(len)
        j = classmethod(lambda cls, *a: (cls.__name__, a))
        k = print
    x = G()
    print(x.f(), x.g(), G.g(), x.h([1, 2]), x.i("abc"), x.j(5), G.j())

    def func(self, a):
        return (type(self).__name__, a)
    bound = func.__get__(x, G)
    print(bound(5), bound.__self__ is x, bound.__func__ is func, func.__get__(None, G) is func, func.__get__(x)(1))
    error(lambda: func.__get__(None, None))
    error(lambda: func.__get__(None))
    x.late = func
    error(lambda: x.late())
    print(x.late(1, 2) if 0 else "not bound")


@section
def set_requires_all():
    class ReadOnly:
        def __get__(self, obj, cls):
            return "read"

        def __set__(self, obj, value):
            raise AttributeError("read only!")

    class H:
        r = ReadOnly()
        d = type("DelOnly", (), {"__delete__": lambda self, obj: print("  deleted")})()
    h = H()
    error(lambda: setattr(h, "r", 1))
    error(lambda: delattr(h, "r"))
    del h.d
    error(lambda: setattr(h, "d", 1))


@section
def lookup_through_super():
    class P:
        def m(self):
            return "P.m"

        @property
        def p(self):
            return "P.p of " + type(self).__name__

        @classmethod
        def c(cls):
            return "P.c " + cls.__name__
        d = Data("P.d")

    class Q(P):
        def m(self):
            return "Q.m+" + super().m()

        @property
        def p(self):
            return "Q+" + super().p

        @classmethod
        def c(cls):
            return "Q.c+" + super().c()

        def through(self):
            return super().d
    print(Q().m(), Q().p, Q.c(), Q().c(), Q().through())


@section
def dynamic_descriptor():
    # A descriptor's own methods are looked up on its type, at the time of use.
    class Plain:
        pass
    plain = Plain()

    class R:
        attr = plain
    print(R().attr is plain)
    plain.__get__ = lambda *a: "ignored"
    print(R().attr is plain)
    Plain.__get__ = lambda self, obj, cls: "now a descriptor"
    r = R()
    print(r.attr)
    r.__dict__["attr"] = "instance wins"
    print(r.attr)
    Plain.__set__ = lambda self, obj, value: None
    print(r.attr)
    del Plain.__get__
    print(r.attr)


@section
def builtin_descriptors():
    print(type(int.__add__).__name__, type((1).__add__).__name__, type(str.join).__name__, type("".join).__name__, type(int.real).__name__, type(dict.__dict__["fromkeys"]).__name__)
    print(str.join.__get__(",")(["a", "b"]), int.real.__get__(5), int.__add__.__get__(5)(6), str.upper("x"), list.append.__name__, int.real.__name__)
    error(lambda: str.upper(5))
    error(lambda: str.join.__get__(5))
    error(lambda: list.append())
    error(lambda: list.append({}, 1))
    error(lambda: int.real.__get__("x"))
    error(lambda: int.real.__set__(5, 1))
    print(str.upper.__objclass__ is str, int.real.__objclass__ is int, "".upper.__self__ == "")
