# exc_groups.py - exception groups as objects: construction, split, subgroup, derive, nesting, attributes.
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


def show(e):
    if e is None: return "None"
    if isinstance(e, BaseExceptionGroup): return f"{type(e).__name__}({e.message!r}, [{', '.join(map(show, e.exceptions))}])"
    return repr(e)


@section
def construction():
    e = ExceptionGroup("msg", [ValueError(1), TypeError(2)])
    print(repr(e), str(e), e.message, e.exceptions, e.args[0], len(e.args), isinstance(e, Exception))
    print(type(BaseExceptionGroup("b", [ValueError()])).__name__, type(BaseExceptionGroup("b", [KeyboardInterrupt()])).__name__, ExceptionGroup.__mro__[1].__name__, [c.__name__ for c in ExceptionGroup.__bases__])
    print(ExceptionGroup("t", (ValueError(),)).exceptions, str(ExceptionGroup("one", [ValueError()])), str(ExceptionGroup("", [ValueError()] * 3)))
    for args in ((), ("m",), ("m", []), ("m", 5), ("m", [5]), ("m", [ValueError]), (5, [ValueError()]), ("m", [KeyboardInterrupt()]), ("m", "ab"), ("m", [ValueError()], 3), ("m", {ValueError()}), ("m", None)):
        error(ExceptionGroup, *args)
    error(lambda: BaseExceptionGroup("m", [5]))
    error(lambda: ExceptionGroup(message="m", exceptions=[ValueError()]))
    lst = [ValueError(1)]
    e = ExceptionGroup("m", lst)
    lst.append(5)
    print(e.exceptions, e.args)
    error(lambda: setattr(e, "message", "x"))
    error(lambda: setattr(e, "exceptions", ()))


def tree():
    return ExceptionGroup("root", [ValueError(1), ExceptionGroup("left", [TypeError(2), ValueError(3)]), ExceptionGroup("right", [ExceptionGroup("deep", [KeyError(4)]), OSError(5)])])


@section
def splitting():
    e = tree()
    for cond in (ValueError, (TypeError, KeyError), OSError, Exception, ZeroDivisionError, ExceptionGroup, LookupError, lambda x: x.args == (3,), lambda x: isinstance(x, ExceptionGroup) and x.message == "right", lambda x: False, lambda x: True):
        m, r = e.split(cond)
        print(show(m), "|", show(r))
    print(e.split(Exception)[0] is e, e.split(KeyboardInterrupt)[1] is e)
    for bad in (5, "x", None, int, [ValueError], (ValueError, 5), (int,)):
        error(lambda: e.split(bad))
    error(lambda: e.split())
    error(lambda: e.split(lambda x: 1 / 0))


@section
def subgroups():
    e = tree()
    for cond in (ValueError, (OSError, KeyError), ZeroDivisionError, lambda x: isinstance(x, TypeError)):
        print(show(e.subgroup(cond)))
    print(e.subgroup(Exception) is e, e.subgroup(ZeroDivisionError))
    calls = []
    e.subgroup(lambda x: calls.append(show(x)))
    print(*calls, sep="\n")
    error(lambda: e.subgroup(5))


@section
def metadata_is_kept():
    try: raise tree()
    except ExceptionGroup as e: eg = e
    eg.__cause__ = KeyError("cause")
    eg.add_note("a note")
    eg.extra = "not copied"
    m, r = eg.split(ValueError)
    for part in (m, r): print(part.__traceback__ is eg.__traceback__, repr(part.__cause__), part.__notes__, hasattr(part, "extra"), part.__suppress_context__)
    m.add_note("more")
    print(eg.__notes__, m.__notes__)


@section
def subclassing():
    class G(ExceptionGroup):
        def derive(self, excs): return G(self.message + "'", excs)
    class NoDerive(ExceptionGroup): pass
    class B(BaseExceptionGroup): pass
    class Extra(ExceptionGroup):
        def __new__(cls, msg, excs, code):
            self = super().__new__(cls, msg, excs)
            self.code = code
            return self
        def __init__(self, *a): pass
        def derive(self, excs): return Extra(self.message, excs, self.code)
    g = G("g", [ValueError(1), TypeError(2)])
    print(*map(show, g.split(ValueError)), *map(show, NoDerive("n", [ValueError(1), TypeError(2)]).split(ValueError)))
    print(show(B("b", [ValueError()])), type(B("b", [KeyboardInterrupt()])).__name__, show(B("b", [ValueError(1), KeyboardInterrupt()]).split(ValueError)[0]))
    x = Extra("x", [ValueError(1), KeyError(2)], 42)
    print(x.split(KeyError)[0].code, x.args)
    class Bad(ExceptionGroup):
        def derive(self, excs): return 5
    error(lambda: Bad("b", [ValueError(), TypeError()]).split(ValueError))
    class Mixed(ExceptionGroup, ValueError): pass
    print(isinstance(Mixed("m", [KeyError()]), ValueError))
    class I(ExceptionGroup):
        def __init__(self, msg, excs): self.seen = (msg, len(excs))
    print(I("i", [ValueError()]).seen)
    nested = G("outer", [G("inner", [ValueError(1), KeyError(2)]), OSError(3)])
    print(show(nested.subgroup(KeyError)), show(nested.derive([ValueError()])))


@section
def catching_as_ordinary():
    try: raise ExceptionGroup("eg", [ValueError(1)])
    except ValueError: print("never: plain except does not look inside")
    except ExceptionGroup as e: print(show(e))
    try: raise BaseExceptionGroup("beg", [SystemExit(1)])
    except Exception: print("never")
    except BaseExceptionGroup as e: print(show(e))
    e = ExceptionGroup("eg", [ValueError(1)])
    print(ExceptionGroup[int], e == e, e == ExceptionGroup("eg", [ValueError(1)]), hash(e) == hash(e))
    import types
    try:
        try: raise KeyError("ctx")
        except KeyError: raise e
    except ExceptionGroup as x: print(repr(x.__context__))
    def leaves(x): return [l for c in x.exceptions for l in (leaves(c) if isinstance(c, BaseExceptionGroup) else [c])]
    print(leaves(tree()))
