# dm_prepare.py - __prepare__: custom class namespaces, arguments, and what ends up in the class.
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


class Logged(dict):
    def __init__(self, *a, **kw):
        super().__init__(*a, **kw)
        self.log = []

    def __setitem__(self, k, v):
        if not k.startswith("__"):
            self.log.append(("set", k))
        super().__setitem__(k, v)

    def __getitem__(self, k):
        if not k.startswith("__"):
            self.log.append(("get", k))
        return super().__getitem__(k)

    def __delitem__(self, k):
        self.log.append(("del", k))
        super().__delitem__(k)


@section
def logging_namespace():
    class M(type):
        @classmethod
        def __prepare__(mcls, name, bases, **kw):
            print("  prepare", mcls.__name__, name, bases, kw)
            return Logged(preset=7)

        def __new__(mcls, name, bases, ns, **kw):
            print("  ", type(ns).__name__, ns.log)
            return super().__new__(mcls, name, bases, dict(ns))

        def __init__(cls, *a, **kw): pass

    class A(metaclass=M, option=1):
        x = 1
        y = x + preset
        z = len("abc")

        def f(self): return self.y
        x = 2
        del z
        for i in range(2):
            pass
        preset += 1
    print(A.x, A.y, A().f(), A.preset, A.i, hasattr(A, "z"))
    print(type(A.__dict__).__name__)


@section
def missing_namespace():
    class Auto(dict):
        def __missing__(self, key):
            if key.startswith("__") or key in ("print", "range"):
                raise KeyError(key)
            self[key] = value = len(self)
            return value

    class M(type):
        def __prepare__(name, bases):
            return Auto()

        def __new__(mcls, name, bases, ns):
            return super().__new__(mcls, name, bases, dict(ns))

    class Colors(metaclass=M):
        RED
        GREEN
        BLUE
        pair = (RED, BLUE)
    print(Colors.GREEN - Colors.RED, Colors.BLUE - Colors.RED, Colors.pair == (Colors.RED, Colors.BLUE))


@section
def duplicates():
    class NoDup(dict):
        def __setitem__(self, k, v):
            if k in self:
                raise TypeError(f"duplicate {k}")
            super().__setitem__(k, v)

    class M(type):
        __prepare__ = classmethod(lambda m, n, b: NoDup())
    try:
        class A(metaclass=M):
            a = 1
            b = 2
            a = 3
    except TypeError as e:
        print(e)

    class B(metaclass=M):
        a = 1
    print(B.a, type.__prepare__(), type.__prepare__("X", (), k=1))


@section
def non_dict_mapping():
    class Map:
        def __init__(self):
            self.d = {}

        def __getitem__(self, k):
            return self.d[k]

        def __setitem__(self, k, v):
            self.d[k] = v

        def __delitem__(self, k):
            del self.d[k]

    class M(type):
        @classmethod
        def __prepare__(mcls, name, bases):
            return Map()

        def __new__(mcls, name, bases, ns):
            return super().__new__(mcls, name, bases, ns.d)

    class A(metaclass=M):
        x = 1
        x += 1
        y = [x for _ in range(2)] if 0 else [x, x]
        del x
    print(A.y, hasattr(A, "x"))


@section
def errors():
    class NotMapping(type):
        @classmethod
        def __prepare__(mcls, name, bases):
            return 5
    error(lambda: exec("class A(metaclass=M): pass", {"M": NotMapping}))

    class Raises(type):
        @classmethod
        def __prepare__(mcls, name, bases):
            raise ValueError("prepare")
    error(lambda: exec("class A(metaclass=M): pass", {"M": Raises}))
    error(lambda: exec("class A(metaclass=M): print('never')", {"M": Raises}))

    class KeyErrors(dict):
        def __getitem__(self, k):
            raise ValueError("getitem " + k)

    class M(type):
        @classmethod
        def __prepare__(mcls, name, bases):
            return KeyErrors()
    error(lambda: exec("class A(metaclass=M): x", {"M": M}))
    print(type.__call__(Raises, "direct", (), {}).__name__)


@section
def callable_with_prepare():
    class Maker:
        def __prepare__(self, name, bases, **kw):
            return {"prepared": (name, len(bases), kw)}

        def __call__(self, name, bases, ns, **kw):
            return ns["prepared"], ns["x"]

    class A(object, metaclass=Maker(), k=1):
        x = prepared[0] + "!"
    print(A)


@section
def body_namespace_is_locals():
    class M(type):
        @classmethod
        def __prepare__(mcls, name, bases):
            return {"given": 1}

    class A(metaclass=M):
        locals()["made"] = given + 1
        print(sorted(n for n in locals() if not n.startswith("__")), made)
        exec("by_exec = made + 1")
        print(eval("by_exec"))
    print(A.made, A.by_exec)
