# exc_chaining.py - __context__, __cause__, __suppress_context__, notes, with_traceback, cycles.
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


def chain(tb):
    while tb:
        yield tb
        tb = tb.tb_next


@section
def implicit_context():
    try:
        try: raise ValueError("first")
        except ValueError: raise KeyError("second")
    except KeyError as e: print(repr(e.__context__), e.__cause__, e.__suppress_context__)
    try:
        try: raise ValueError("first")
        finally: raise KeyError("from finally")
    except KeyError as e: print(repr(e.__context__))
    try:
        try: 1 / 0
        except ZeroDivisionError:
            try: [][0]
            except IndexError: {}["k"]
    except KeyError as e: print(repr(e), repr(e.__context__), repr(e.__context__.__context__), e.__context__.__context__.__context__)
    def handler(): raise TypeError("in called function")
    try:
        try: raise ValueError("v")
        except ValueError: handler()
    except TypeError as e: print(repr(e.__context__))
    try:
        try: raise ValueError("handled")
        except ValueError: pass
        raise KeyError("after")
    except KeyError as e: print(e.__context__)
    class CM:
        def __enter__(self): pass
        def __exit__(self, *a): raise OSError("in exit")
    try:
        with CM(): raise ValueError("in body")
    except OSError as e: print(repr(e.__context__))
    def gen():
        try: yield
        except ValueError: raise KeyError("from generator")
    g = gen()
    next(g)
    try: g.throw(ValueError("thrown"))
    except KeyError as e: print(repr(e.__context__))
    try:
        try: raise ValueError("outer")
        except ValueError: next(iter([]))
    except StopIteration as e: print(repr(e.__context__))
    try:
        try: raise ValueError("v")
        except ValueError: int("x")
    except ValueError as e: print(repr(e), repr(e.__context__))


@section
def explicit_cause():
    try:
        try: raise ValueError("low")
        except ValueError as e: raise KeyError("high") from e
    except KeyError as k: print(repr(k.__cause__), k.__context__ is k.__cause__, k.__suppress_context__)
    try:
        try: raise ValueError("low")
        except ValueError: raise KeyError("high") from None
    except KeyError as k: print(k.__cause__, repr(k.__context__), k.__suppress_context__)
    try: raise KeyError("k") from TypeError
    except KeyError as k: print(repr(k.__cause__), k.__context__)
    try: raise KeyError from ValueError("unrelated")
    except KeyError as k: print(repr(k), repr(k.__cause__))
    for cause in (5, "s", int, object()):
        try: raise KeyError from cause
        except TypeError as e: print(e)
    class BadCause(Exception):
        def __init__(self): raise OSError("cause init")
    try: raise KeyError("k") from BadCause
    except OSError as e: print(repr(e))


@section
def same_exception_again():
    e = ValueError("same")
    try:
        try: raise e
        except ValueError: raise e
    except ValueError as x: print(x.__context__, x is e)
    a, b = ValueError("a"), KeyError("b")
    try:
        try: raise a
        except ValueError:
            try: raise b
            except KeyError: raise a
    except ValueError as x: print(repr(x.__context__), x.__context__.__context__)
    try:
        try: raise a
        except ValueError as x: raise x.with_traceback(None)
    except ValueError as x: print(x.__context__ is not x)
    try:
        try: raise ValueError("1")
        except ValueError:
            try: raise KeyError("2")
            except KeyError: raise
    except KeyError as x: print(repr(x.__context__))


@section
def assigning():
    e = ValueError("e")
    print(e.__context__, e.__cause__, e.__suppress_context__, e.__traceback__)
    e.__cause__ = KeyError("c")
    print(e.__suppress_context__, repr(e.__cause__))
    e.__suppress_context__ = False
    e.__context__ = TypeError("t")
    print(repr(e.__context__), e.__suppress_context__)
    e.__cause__ = None
    e.__context__ = None
    print(e.__suppress_context__, e.__cause__, e.__context__)
    for name, value in (("__cause__", 5), ("__context__", "x"), ("__traceback__", 5), ("__suppress_context__", "yes"), ("__cause__", ValueError), ("args", 5)):
        error(lambda: setattr(e, name, value))
    for name in ("__cause__", "__context__", "__traceback__", "args"):
        error(lambda: delattr(e, name))
    e.args = [1, 2]
    print(e.args, str(e), repr(e))
    e.custom = 1
    print(e.__dict__, e.__suppress_context__)
    error(lambda: e.with_traceback(5))
    print(e.with_traceback(None) is e)
    raw = ValueError("cycle")
    raw.__context__ = raw
    print(raw.__context__ is raw)
    raw.__context__ = None


@section
def notes():
    e = ValueError("v")
    print(hasattr(e, "__notes__"))
    e.add_note("first")
    e.add_note("second\nline")
    print(e.__notes__, str(e), repr(e), e.args)
    error(lambda: e.add_note(5))
    error(lambda: e.add_note())
    e.__notes__ = ["replaced"]
    e.add_note("x")
    print(e.__notes__)
    e.__notes__ = 5
    error(lambda: e.add_note("y"))
    del e.__notes__
    print(hasattr(e, "__notes__"))
    e.add_note("")
    print(e.__notes__)
    try:
        try: raise ValueError("with note")
        except ValueError as x:
            x.add_note("added while handling")
            raise
    except ValueError as y: print(y.__notes__)


@section
def tracebacks_grow():
    def depth(e):
        n, tb = 0, e.__traceback__
        while tb: n, tb = n + 1, tb.tb_next
        return n
    def a(): b()
    def b(): c()
    def c(): raise ValueError("deep")
    try: a()
    except ValueError as e:
        print(depth(e), [f.tb_frame.f_code.co_name for f in chain(e.__traceback__)])
        saved = e
    try: raise saved
    except ValueError as e: print(depth(e))
    try: raise saved.with_traceback(None)
    except ValueError as e: print(depth(e))
    def reraise():
        try: c()
        except ValueError: raise
    try: reraise()
    except ValueError as e: print([f.tb_frame.f_code.co_name for f in chain(e.__traceback__)])
    def raise_e():
        try: c()
        except ValueError as e: raise e
    try: raise_e()
    except ValueError as e: print([f.tb_frame.f_code.co_name for f in chain(e.__traceback__)])


@section
def context_in_expressions():
    def f():
        try: raise KeyError("inner")
        except KeyError as e: return e
    e = f()
    print(e.__context__)
    try:
        try: raise ValueError("outer")
        except ValueError: g = f()
    finally: pass
    print(repr(g.__context__))
    class P:
        @property
        def x(self):
            try: raise KeyError
            except KeyError: raise AttributeError("from property")
    try: P().x
    except AttributeError as a: print(repr(a.__context__))
    print(getattr(P(), "x", "default"), hasattr(P(), "x"))
    try:
        try: raise ValueError("v")
        except ValueError: undefined_name
    except NameError as n: print(n.name, repr(n.__context__))
    class D:
        def __del__(self): pass
    try:
        for x in (1,):
            try: raise ValueError(x)
            except ValueError: [1 / y for y in (0,)]
    except ZeroDivisionError as z: print(repr(z.__context__))
