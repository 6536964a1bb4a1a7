# class_definition.py - class statements: bodies, bases, keywords, names, docstrings, namespaces, dynamic classes.
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
def forms():
    class A: pass
    class B(): pass
    class C(A): pass
    class D(A, object): pass
    class E(*[A]): pass
    class F(*(A,), **{}): pass
    class G(A, metaclass=type): pass
    class H(A,): pass
    class I: x = 1; y = 2
    class J:
        """doc"""
    class K: ...
    print([c.__name__ for c in (A, B, C, D, E, F, G, H, I, J, K)], I.x + I.y, J.__doc__, K.__doc__, D.__bases__ == (A, object), E.__bases__ == F.__bases__ == (A,))
    for source in ("class X(5): pass", "class X('a'): pass", "class X(A, A): pass", "class X(object, A): pass", "class X(None): pass", "class X(undefined): pass", "class X(A, foo=1): pass", "class X(bool): pass", "class X(int, str): pass", "class X(A, metaclass=5): pass", "class X(*5): pass", "class X(**5): pass", "class X(**{1: 2}): pass", "class X(type(None)): pass", "class X(type(...)): pass", "class X(range): pass", "class X(slice): pass", "class X(memoryview): pass", "class X(type(lambda: 1)): pass", "class X(type(x for x in ())): pass"):
        try:
            exec(source, {"A": A})
            print(source, "fine")
        except Exception as e: print(source, "->", type(e).__name__, e)


@section
def namespace():
    class C:
        a = 1
        b = a + 1
        def f(self): return self.a
        c = f
        d = [a, b]
        (e, g), h = (1, 2), 3
        for i in range(2): pass
        if a: j = "if"
        else: k = "never"
        import sys as _sys
        lam = lambda self: self.b
        _p = property(lambda self: 5)
        del h
    print(sorted(n for n in vars(C) if not n.startswith("__")), C().c(), C().lam(), C()._p, C.i)
    print(sorted(n for n in vars(type("E", (), {})) if n not in ("__static_attributes__", "__firstlineno__")), type(vars(C)).__name__, C.__module__ == __name__, C.__qualname__, C.__dict__["a"])
    error(lambda: vars(C).update(x=1))
    error(lambda: exec("C.__dict__['x'] = 1", {"C": C}))
    C.new = 9
    print(C.__dict__["new"], "new" in vars(C), len([n for n in C.__dict__ if n == "new"]))
    ns = {"x": 1}
    T = type("T", (), ns)
    ns["x"] = 2
    T.y = 3
    print(T.x, "y" in ns)


@section
def body_control():
    try:
        class X:
            a = 1
            raise ValueError("in body")
    except ValueError as e: print(e, "X" in locals())
    def f():
        class L:
            x = yield_value
            def m(self): return yield_value
        return L
    global yield_value
    yield_value = 7
    print(f().x, f()().m())
    out = []
    for i in range(3):
        class Loop:
            n = i
            if i == 1: out.append("one")
        out.append(Loop.n)
    print(out)
    class W:
        n = 0
        while n < 3: n += 1
        with type("M", (), {"__enter__": lambda s: "cm", "__exit__": lambda *a: None})() as cm: inside = cm
        try: bad = 1 / 0
        except ZeroDivisionError as err: caught = str(err)
        match n:
            case 3: matched = True
        total = sum(x for x in range(n)) if 0 else sum([1, 2])
    print(W.n, W.inside, W.caught, W.matched, W.total, hasattr(W, "err"), hasattr(W, "bad"))


@section
def nested_classes():
    class Outer:
        x = "outer"
        class Inner:
            y = "inner"
            class Deep:
                z = "deep"
                def path(self): return type(self).__qualname__
            def make(self): return self.Deep()
        class Child(Inner):
            y = "child"
        inner = Inner()
        def get(self): return self.Inner, Outer.Inner
    print(Outer.Inner.y, Outer.Inner.Deep.z, Outer.Inner().make().path(), Outer.Child.y, Outer.inner.y, Outer.Child.__qualname__, Outer().get()[0] is Outer.get(Outer())[1])
    def factory(n):
        class Made:
            value = n
            def __repr__(self): return f"Made({self.value})"
        return Made
    a, b = factory(1), factory(2)
    print(a(), b(), a is b, a.__name__ == b.__name__, a.__qualname__)
    class Mine:
        def clone(self): return type(self)()
        def sub(self):
            class Sub(type(self)): extra = True
            return Sub
    print(type(Mine().clone()).__name__, Mine().sub().__mro__[1].__name__, Mine().sub()().extra)


@section
def attributes_through_instances():
    class Base:
        shared = []
        count = 0
        def __init__(self):
            self.own = []
            type(self).count += 1
    class Sub(Base): pass
    a, b, c = Base(), Base(), Sub()
    a.shared.append(1)
    a.own.append(2)
    print(b.shared, b.own, Base.count, Sub.count, c.shared is a.shared)
    Sub.count = 100
    Sub()
    print(Base.count, Sub.count)
    a.count = "instance"
    print(a.count, Base.count)
    del a.count
    print(a.count)
    error(lambda: delattr(a, "count"))
    error(lambda: delattr(Sub, "shared"))
    class Meth:
        def f(self): return "f"
        g = f
        h = staticmethod(f)
        def many(self, *a, **k): return a, k
    m = Meth()
    m.bound = m.f
    print(m.g(), Meth.h(1), m.bound(), m.f == m.f, m.f is m.f, m.many(1, a=2), Meth.f is Meth.f, Meth.__dict__["f"] is Meth.f)


@section
def special_attributes():
    class C:
        "doc"
        def f(self): "fdoc"
    print(C.__name__, C.__doc__, C.f.__doc__, C.__bases__, C.__mro__ == (C, object), C().__class__ is C, C.__class__, C().__doc__, C.__init__ is object.__init__, C.__dict__.get("__weakref__") is not None)
    C.__doc__ = "changed"
    C.__name__ = "D"
    print(C.__doc__, C.__name__, C.__qualname__, C)
    print(C.__type_params__, hasattr(C, "__annotations__"), C.__annotations__, C.__abstractmethods__ if hasattr(C, "__abstractmethods__") else "no abstract")
    class S:
        def f(self): self.a = 1; self.b, self.c = 1, 2
        def g(self): self.a.z = 1; other = self; other.q = 1
    print(sorted(S.__static_attributes__))
    print(int.__module__, int.__qualname__, type(int.__dict__).__name__)


@section
def syntax():
    for source in ("class", "class C", "class C:", "class C()", "class C pass", "class C(): ", "class 1: pass", "class C.D: pass", "class C[0]: pass", "class C(A, B: pass", "class C(A=1, B): pass", "class C(A, A=1, A=2): pass", "class C(*A, B): pass", "class C(**A, B): pass", "class C(**A, *B): pass", "class C(x for x in y): pass", "class C(x := y): pass", "class C((x := y)): pass", "class C(A B): pass", "class C(): def f(): pass", "class C: return 1", "class C: yield 1", "class C: x = yield", "class C: await x", "class C: break", "class C: nonlocal x", "class C: import *" if 0 else "class C: from x import *", "class None: pass", "class C: class D: pass", "class C: x = 1; y", "class C(A,,B): pass", "class C(,): pass", "class C:\n  x = 1\n y = 2", "class C:\n  '''doc'''", "class C(lambda: 1): pass", "class C(yield): pass", "class C(print): 'fine'", "class __debug__: pass", "class C(A) -> B: pass", "@x\nclass C: pass", "class C(metaclass=M, metaclass=N): pass", "Class C: pass"):
        try:
            compile(source, "<t>", "exec")
            print(repr(source), "-> fine")
        except SyntaxError as e:
            print(repr(source), "->", type(e).__name__, e.msg, e.lineno, e.offset)
