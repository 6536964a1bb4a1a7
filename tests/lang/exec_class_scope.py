# exec_class_scope.py - class scopes: invisible to methods, lookups from class bodies, __class__, nested classes.
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


v = "global"


@section
def invisible_to_functions():
    v = "function"

    class C:
        v = "class"

        def method(self): return v

        lam = lambda self: v
        comp = [v for _ in range(1)]
        gen = list(v for _ in range(1))
        first = [x for x in v]
        nested = [[v for _ in (1,)] for _ in v[:1]]
        d = {k: v for k in "a"}

        class Inner:
            w = v
    c = C()
    print(c.method(), c.lam(), C.comp, C.gen, "".join(C.first), C.nested, C.d, C.Inner.w)


@section
def lookup_order():
    x = "function"

    class A:
        try:
            y = x
        except NameError as e:
            y = str(e)
        x = "class"
        z = x
        del x
        w = x if 0 else "after del"
    print(A.y, A.z, A.w)

    class B:
        v = v
        len = len("four")
        print = "shadow" if 0 else None
    print(B.v, B.len, B.print)

    class D:
        try:
            v = missing
        except NameError as e:
            msg = str(e)
        has_e = "e" in dir()
    print(D.msg, D.has_e)


def class_global():
    class E:
        global v2
        v2 = "set"
        w = v2
    return E.w, v2, "v2" in vars(E)


@section
def from_global_and_enclosing():
    print(class_global())

    def f():
        x = 1

        class C:
            x = x + 1 if "x" in dir() else "not yet"
        return C.x
    print(f())

    def g(v):
        class C:
            print("  sees", v)
            v = "own"
            print("  sees", v)
        return C.v, v
    print(g("param"))

    def h():
        class C:
            later = lambda self: after
        after = "after class"
        return C().later()
    print(h())


@section
def dunder_class_cell():
    class A:
        def f(self): return __class__

        @classmethod
        def g(cls): return __class__

        @staticmethod
        def h(): return __class__

        def nested(self):
            def inner(): return __class__
            return inner()
        lam = lambda self: __class__

        def via_super(self): return super().__repr__()[:1]

    class B(A): pass
    b = B()
    print(b.f() is A, b.g() is A, b.h() is A, b.nested() is A, b.lam() is A, b.via_super())
    error(lambda: __class__)

    class C:
        __class__ = int
        def f(self): return __class__
    print(C().f() is C, C().__class__)

    class D:
        def f(self):
            __class__ = 5
            return __class__
    print(D().f())

    class Early:
        try:
            __class__
        except NameError as e:
            msg = type(e).__name__
    print(Early.msg)


@section
def cell_before_class_exists():
    class Meta(type):
        def __new__(m, name, bases, ns):
            cls = super().__new__(m, name, bases, ns)
            return cls

        def __init__(cls, name, bases, ns):
            print("  in init:", cls.probe() is cls)

    class A(metaclass=Meta):
        @classmethod
        def probe(cls): return __class__

    class Bad(type):
        def __new__(m, name, bases, ns):
            ns["f"](None)

    try:
        class B(metaclass=Bad):
            def f(self): return __class__
    except NameError as e:
        print(e)

    class Forget(type):
        def __new__(m, name, bases, ns):
            ns.pop("__classcell__", None)
            return super().__new__(m, name, bases, ns)
    try:
        class E(metaclass=Forget):
            def f(self): return __class__
    except RuntimeError as e:
        print(str(e).split(" for ")[0])


@section
def statements_in_body():
    class C:
        for i in range(3):
            if i == 1: continue
            exec(f"attr{i} = i")
        while i > 0: i -= 1
        else: looped = True
        with type("M", (), {"__enter__": lambda s: "cm", "__exit__": lambda *a: None})() as cm: pass
        try: 1 / 0
        except ZeroDivisionError: caught = True
        finally: fin = True
        import sys as _sys
        from sys import maxsize
        a, *b = 1, 2, 3
        (w := 4)
        match [1]:
            case [m]: pass
        x: int = 5
        y: str
        def f(): pass
        locals()["dyn"] = "dynamic"
        names = sorted(n for n in locals() if not n.startswith("_"))
    print(C.names, C.__annotations__, C.dyn, C.w, C.m)


@section
def module_and_qualname():
    class A:
        module, qual = __module__, __qualname__

        class B:
            qual = __qualname__

            def f(self): pass
    print(A.module == __name__, A.qual, A.B.qual, A.B.f.__qualname__, A.B.__module__ == __name__)

    class Q:
        __qualname__ = "Custom.Name"
        __module__ = "custom_mod"
        def f(self): pass
    print(Q.__qualname__, Q.__module__, Q.f.__qualname__, Q.f.__module__ == __name__, Q, "__qualname__" in vars(Q))
    try:
        class R: __qualname__ = 5
    except TypeError as e:
        print(e)

    class Doc:
        "docstring"
        "not a docstring"
    class NoDoc: pass
    class FDoc: f"x"
    print(Doc.__doc__, NoDoc.__doc__, FDoc.__doc__)
    error(lambda: exec("class C:\n  return 1"))
    error(lambda: exec("class C:\n  yield 1"))
