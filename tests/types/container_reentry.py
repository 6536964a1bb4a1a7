# container_reentry.py - containers that change while they are compared or merged, keywords of subclasses, hashes that are kept.
# SPDX-License-Identifier: MIT


def error(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


@section
def changed_by_comparison():
    class X:
        def __eq__(self, other):
            list2.clear()
            return NotImplemented
    class Y:
        def __eq__(self, other):
            list1.clear()
            return NotImplemented
    class Z:
        def __eq__(self, other):
            list3.clear()
            return NotImplemented
    list1, list2 = [X()], [Y()]
    print(list1 == list2)
    list3, list4 = [Z()], [1]
    print(list3 == list4)

    class H:
        def __hash__(self): return hash(0)
        def __eq__(self, o):
            other.clear()
            return False
    other = set()
    other = {H() for _ in range(10)}
    s = {0}
    s.update(other)
    print(0 in s, len(other))


@section
def kept_hashes():
    count = 0
    class K(int):
        def __hash__(self):
            nonlocal count
            count += 1
            return int(self)
    d = dict.fromkeys(map(K, range(10)))
    print(count)
    for t in (set, frozenset):
        s = t(d)
        s.difference(d), s.symmetric_difference(d), s.union(d)
        print(count, len(s))
    f = frozenset("ab")
    print(f.intersection() is f, f.intersection() == f, f.union() is f)


@section
def keywords_of_subclasses():
    for base, arg in ((list, [1]), (tuple, [1]), (set, [1]), (frozenset, [1]), (filter, [None, []]), (zip, [[]])):
        args = arg if base in (filter, zip) else (arg,)
        class Plain(base): pass
        class WithInit(base):
            def __init__(self, *args, newarg=None): self.newarg = newarg
        class WithNew(base):
            def __new__(cls, *args, newarg=None):
                self = super().__new__(cls, *args)
                self.newarg = newarg
                return self
        for cls in (Plain, WithInit, WithNew):
            try: print(base.__name__, cls.__name__, cls(*args, newarg=3).newarg)
            except TypeError as e: print(base.__name__, cls.__name__, e)


@section
def own_attributes():
    class M(tuple):
        _rev = None
        def rev(self):
            if self._rev is not None: return self._rev
            self._rev = self.__class__(self[::-1])
            return self._rev
    a = M((1, 2, 3))
    print(a.rev(), a.rev().rev(), a.rev().rev() == a)
    class I(int):
        x = None
        def f(self):
            if self.x is None: self.x = I(5)
            return self.x
    print([I(i).f() for i in range(4)])
    class B(bytes):
        tag = "class"
        def get(self): return self.tag
    b, c = B(b"x"), B(b"yy")
    out = [b.get(), c.get()]
    b.tag = "own"
    print(out, b.get(), c.get(), b.get())


@section
def arguments():
    for f in (reversed, enumerate, str, memoryview, classmethod, staticmethod):
        error(f)
        error(f, 1, 2, 3, 4)
        error(f, foo=1)
    for args, kwargs in (((), {"start": 1}), (([],), {"iterable": []}), (([], 1), {"start": 1}), ((), {"foo": 1, "iterable": []}), ((), {"foo": 1, "bar": 2})):
        error(enumerate, *args, **kwargs)
    class E(enumerate): pass
    error(E)
    error(E, [], foo=1)
    error(lambda: dict(**{1: 3}, **{1: 5}))
    print(ascii(b"\xb9\x01\xef".hex("\x00")), type(dict.__getitem__).__name__, type(list.__getitem__).__name__, type(set.__contains__).__name__, str.maketrans.__qualname__, str.maketrans.__module__, open.__module__)


@section
def numbers_in_texts():
    class F(str):
        def __float__(self): return 9.5
    class I(str):
        def __index__(self): return 5
    print(float(F("8")), float(I("7")), int(I("7")), float("8"))


@section
def copied_exceptions():
    import copy
    for cls, args, kwargs in ((ImportError, ("m",), dict(name="n", path="p")), (ModuleNotFoundError, ("m",), dict(name="n")), (ImportError, ("m",), dict(name_from="f")), (AttributeError, ("m",), dict(name="n", obj=3)), (NameError, ("m",), dict(name="n"))):
        e = cls(*args, **kwargs)
        print(e.__reduce__(), e.__getstate__())
        c = copy.copy(e)
        print(c.args, {n: getattr(c, n) for n in ("name", "path", "name_from", "obj", "msg") if hasattr(c, n)})
        e.__init__("again")
        print(e.args, {n: getattr(e, n) for n in ("name", "path", "name_from", "obj", "msg") if hasattr(e, n)})
    e = SystemExit(3)
    e.__init__()
    print(e.code, e.args)
    eg = ExceptionGroup("eg", [ValueError(1), TypeError(2)])
    eg.__notes__ = 123
    print([hasattr(part, "__notes__") for part in eg.split(TypeError)])
