# dm_init_subclass.py - __init_subclass__: arguments, super chains, order relative to __set_name__ and metaclass.
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


class Base:
    registry = []

    def __init_subclass__(cls, /, tag=None, **kw):
        super().__init_subclass__(**kw)
        cls.tag = tag
        Base.registry.append((cls.__name__, tag))


@section
def keyword_arguments():
    class A(Base, tag="a"): pass
    class B(A): pass
    class C(B, tag=3): pass
    print(Base.registry, A.tag, B.tag, C.tag, hasattr(Base, "tag"))
    error(lambda: type("D", (Base,), {}, other=1))
    error(lambda: type("D", (), {}, tag=1))
    error(lambda: exec("class E(x=1): pass"))
    error(lambda: exec("class F(object, **{'a': 1, 'b': 2}): pass"))
    print(type("G", (Base,), {}, tag="by type()").tag)
    error(lambda: object.__init_subclass__(x=1))
    print(object.__init_subclass__(), Base.__init_subclass__ is not None)


@section
def is_implicit_classmethod():
    print(type(Base.__dict__["__init_subclass__"]).__name__, Base.__init_subclass__.__self__ is Base)

    class P:
        @classmethod
        def __init_subclass__(cls):
            print("explicit", cls.__name__)

    class Q(P): pass

    class S:
        @staticmethod
        def __init_subclass__(*args):
            print("static", args)

    class T(S): pass


@section
def multiple_inheritance():
    class Left:
        def __init_subclass__(cls, left=None, **kw):
            print("  Left", cls.__name__, left)
            super().__init_subclass__(**kw)

    class Right:
        def __init_subclass__(cls, right=None, **kw):
            print("  Right", cls.__name__, right)
            super().__init_subclass__(**kw)

    class Both(Left, Right, left=1, right=2): pass
    class Again(Both, right=3): pass
    error(lambda: type("Bad", (Left, Right), {}, middle=1))


@section
def order_of_hooks():
    class Desc:
        def __set_name__(self, owner, name):
            print("  set_name", owner.__name__, name)

    class Meta(type):
        def __new__(m, name, bases, ns, **kw):
            print("  meta new", name)
            cls = super().__new__(m, name, bases, ns, **kw)
            print("  meta new done")
            return cls

        def __init__(cls, name, bases, ns, **kw):
            print("  meta init", kw)

    class Root(metaclass=Meta):
        def __init_subclass__(cls, **kw):
            print("  init_subclass", cls.__name__, kw, "d" in vars(cls))

    print("subclass:")

    class Leaf(Root, opt=1):
        d = Desc()
        print("  body")


@section
def raising():
    class R:
        def __init_subclass__(cls):
            raise ValueError("refused " + cls.__name__)
    error(lambda: type("X", (R,), {}))
    try:
        class Y(R): pass
    except ValueError as e:
        print(e, e.__cause__)
    print("Y" in locals())


@section
def late_assignment():
    class L: pass
    L.__init_subclass__ = classmethod(lambda cls, **kw: print("late", cls.__name__, kw))

    class M(L, k=1): pass
    L.__init_subclass__ = lambda **kw: print("plain function", kw)

    class N(L, k=2): pass


@section
def plugin_pattern():
    class Plugin:
        plugins = {}

        def __init_subclass__(cls, *, name, **kw):
            super().__init_subclass__(**kw)
            if name in cls.plugins:
                raise KeyError(f"duplicate {name}")
            cls.plugins[name] = cls

    class P1(Plugin, name="one"):
        def run(self): return 1

    class P2(Plugin, name="two"):
        def run(self): return 2
    print({k: v().run() for k, v in Plugin.plugins.items()})
    error(lambda: type("P3", (Plugin,), {}, name="one"))
    error(lambda: type("P4", (Plugin,), {}))
    error(lambda: type("P5", (Plugin,), {}, nome="x"))
