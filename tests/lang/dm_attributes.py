# dm_attributes.py - attribute access: __getattr__, __getattribute__, __setattr__, __delattr__, __dir__.
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


class Fallback:
    present = "class"

    def __init__(self):
        self.own = 1

    def __getattr__(self, name):
        if name.startswith("bad"):
            raise AttributeError("custom " + name)
        return "fallback " + name


@section
def getattr_hook():
    f = Fallback()
    print(f.own, f.present, f.other, getattr(f, "x y"), hasattr(f, "bad"), hasattr(f, "good"), getattr(f, "bad1", "default"))
    error(lambda: f.bad)
    error(lambda: Fallback.other)
    print(f.__dict__, f.__class__.__name__, sorted(vars(f)))

    class P:
        @property
        def p(self):
            raise AttributeError("inside property")

        def __getattr__(self, name):
            return "rescued " + name
    print(P().p)

    class Q:
        @property
        def p(self):
            raise AttributeError("inside property")
    error(lambda: Q().p)
    print(hasattr(Q(), "p"), getattr(Q(), "p", "default"))

    class R:
        def __getattr__(self, name):
            raise ValueError("not attribute")
    error(lambda: R().x)
    error(lambda: hasattr(R(), "x"))
    error(lambda: getattr(R(), "x", 1))


@section
def getattribute_hook():
    class G:
        x = 1

        def __init__(self):
            self.y = 2

        def __getattribute__(self, name):
            print("  ask", name)
            return object.__getattribute__(self, name)

        def method(self):
            return "method"
    g = G()
    print(g.x, g.y, g.method(), len(vars(g)))
    error(lambda: g.z)
    print(hasattr(g, "q"), getattr(g, "q", "d"), G.x)

    class Both:
        def __getattribute__(self, name):
            if name == "known":
                return "from getattribute"
            raise AttributeError(name)

        def __getattr__(self, name):
            return "from getattr " + name
    b = Both()
    print(b.known, b.unknown, b.__dict__)

    class Special:
        def __getattribute__(self, name):
            raise RuntimeError(name)

        def __len__(self):
            return 5

        def __add__(self, other):
            return "add"
    print(len(Special()), Special() + 1, bool(Special()))
    error(lambda: Special().x)
    error(lambda: Special().__len__())


@section
def setting():
    class S:
        def __setattr__(self, name, value):
            print("  set", name, value)
            object.__setattr__(self, name, value)

        def __delattr__(self, name):
            print("  del", name)
            object.__delattr__(self, name)
    s = S()
    s.a = 1
    s.a += 1
    setattr(s, "b c", 3)
    del s.a
    delattr(s, "b c")
    error(lambda: delattr(s, "a"))
    s.__dict__["quiet"] = 1
    print(s.quiet, vars(s))
    S.c = 9
    print(s.c)
    error(lambda: exec("del s.c", {"s": s}))
    (s.p, s.q), s.r = (1, 2), 3
    for s.i in range(1):
        pass

    class Frozen:
        __setattr__ = None
    error(lambda: setattr(Frozen(), "a", 1))


@section
def errors():
    class E:
        pass
    e = E()
    error(lambda: e.x)
    error(lambda: E.x)
    error(lambda: exec("del e.x", {"e": e}))
    error(lambda: exec("del E.x", {"E": E}))
    error(lambda: (5).x)
    error(lambda: exec("(5).x = 1"))
    error(lambda: exec("(5).real = 1"))
    error(lambda: exec("del (5).real"))
    error(lambda: exec("None.x = 1"))
    error(lambda: exec("[].append = 1"))
    error(lambda: exec("int.x = 1"))
    error(lambda: exec("del int.real"))
    error(lambda: "".nope)
    error(lambda: print.nope)
    error(lambda: (lambda: 1).nope)
    error(lambda: getattr(e, 5))
    error(lambda: setattr(e, 5, 1))
    error(lambda: hasattr(e, None))
    error(lambda: getattr(e))
    error(lambda: getattr(e, "a", 1, 2))
    error(lambda: object().x)
    error(lambda: setattr(object(), "x", 1))
    error(lambda: vars(5))
    error(lambda: e.__dict__.nope)


@section
def attribute_error_fields():
    class E:
        pass
    e = E()
    try:
        e.missing
    except AttributeError as err:
        print(err.name, err.obj is e)
    try:
        getattr(E, "missing")
    except AttributeError as err:
        print(err.name, err.obj is E)
    err = AttributeError("msg", name="n", obj=1)
    print(err.name, err.obj, err.args, AttributeError("x").name)


@section
def the_dict():
    class D:
        pass
    d = D()
    d.__dict__ = {"a": 1, 5: "int key"}
    print(d.a, d.__dict__[5], len(vars(d)))
    d.b = 2
    print(d.__dict__ is d.__dict__, list(d.__dict__), d.__dict__.pop("a"), hasattr(d, "a"))
    del d.__dict__
    print(d.__dict__)
    error(lambda: setattr(d, "__dict__", 5))
    other = {"z": 26}
    d.__dict__ = other
    d.y = 25
    print(other)
    x = D()
    x.__dict__.update(p=1, q=2)
    print(x.p + x.q, x.__dict__ == {"p": 1, "q": 2}, sorted(x.__dict__.items()))
    for i in range(70):
        setattr(x, f"n{i}", i)
    print(len(x.__dict__), x.n69, list(x.__dict__)[:4], list(x.__dict__)[-1])
    for i in range(0, 70, 2):
        delattr(x, f"n{i}")
    print(len(x.__dict__), hasattr(x, "n0"), x.n1)


@section
def listing():
    class L:
        def __dir__(self):
            return ["b", "a", "c"]
    print(dir(L()), "b" in dir(L), L().__dir__())

    class Bad:
        def __dir__(self):
            return 5
    error(lambda: dir(Bad()))
    i = Fallback()
    i.zed = 1
    print([n for n in dir(i) if not n.startswith("__")], [n for n in dir(Fallback) if not n.startswith("__")])
    a = 1
    print(dir(), "own" in dir(i), set(dir(5)) >= {"real", "__add__"}, dir([]) == sorted(dir([])))


@section
def class_attribute_assignment():
    i = Fallback()
    i.__class__ = type("Other", (), {"hello": lambda self: "other"})
    print(type(i).__name__, i.hello(), i.own)
    error(lambda: setattr(i, "__class__", 5))
    error(lambda: setattr(i, "__class__", int))
    error(lambda: setattr(5, "__class__", str))
