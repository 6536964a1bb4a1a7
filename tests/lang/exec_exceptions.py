# exec_exceptions.py - exceptions and control flow: matching, propagation, handler variables, sys.exception().
# SPDX-License-Identifier: MIT
import sys


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


class E1(Exception): pass
class E2(E1): pass
class E3(Exception): pass


@section
def matching():
    def which(exc):
        try:
            raise exc
        except E2:
            return "E2"
        except (E1, KeyError):
            return "E1 or KeyError"
        except (ValueError, (TypeError, OSError)) if 0 else (ValueError, TypeError):
            return "Value or Type"
        except ():
            return "never"
        except Exception as e:
            return "Exception " + type(e).__name__
        except:
            return "bare"
    for e in (E1, E2(), E3(), KeyError(1), TypeError, KeyboardInterrupt(), SystemExit(3), GeneratorExit, BaseException, StopIteration):
        print(which(e), end="; ")
    print()


@section
def match_errors():
    for bad in (5, "E1", None, int, [E1], (E1, 5), object, (E3, (E1,))):
        try:
            try:
                raise E1("x")
            except bad:
                print("matched", bad is not None)
        except TypeError as e:
            print(e, "|", repr(e.__context__))
        except E1:
            print("not matched")

    def clause():
        print("  evaluated")
        return E1
    try:
        pass
    except clause():
        pass
    try:
        raise E3
    except clause(): pass
    except E3: print("lazily, in order")
    except clause(): pass


@section
def handler_variable():
    e = "before"
    try:
        raise E1("a")
    except E1 as e:
        print(e)
    print("e" in locals())
    try:
        raise E1("b")
    except E1 as e:
        e = "rebound"
    print("e" in locals())
    try:
        raise E1("c")
    except E1 as e:
        del e
    print("e" in locals())
    for i in range(2):
        try:
            raise E1(i)
        except E1 as e:
            if i == 0: continue
            print(e)
    def f():
        try: raise E1("ret")
        except E1 as e: return str(e), sorted(locals())
    print(f())
    try:
        raise E1("class")
    except E1 as err:
        keep = err
    print(keep)


@section
def current_exception():
    print(sys.exception(), sys.exc_info())
    def show(tag):
        print("  ", tag, repr(sys.exception()), sys.exc_info()[0])
    try:
        raise E1(1)
    except E1:
        show("outer")
        try:
            raise E2(2)
        except E2:
            show("inner")
        show("outer again")
        try:
            show("in try")
        finally:
            show("in finally")
    show("after")

    def gen():
        show("gen start")
        try:
            yield 1
            show("gen resumed")
            raise E3(3)
        except E3:
            show("gen handler")
            yield 2
            show("gen handler resumed")
        show("gen end")
    g = gen()
    next(g)
    try:
        raise E1("caller")
    except E1:
        next(g)
        show("caller")
    list(g)
    show("end")
    try:
        try: raise E1("x")
        finally: show("finally of raise")
    except E1: pass


@section
def bare_raise():
    error(lambda: exec("raise"))
    def reraise(): raise
    try:
        try: raise E1("from outer frame")
        except E1: reraise()
    except E1 as e: print(e)
    try:
        try: raise E1("first")
        except E1:
            try: raise E2("second")
            except E2: pass
            raise
    except E1 as e: print(e, e.__context__)
    try:
        try: raise E1("a")
        except E1 as e:
            e.args = ("changed",)
            raise
    except E1 as e: print(e)


@section
def raise_forms():
    for make in ("raise E1", "raise E1()", "raise E1('x')", "raise E1, 'x'" if 0 else "raise E1('x') from None", "raise 5", "raise 'text'", "raise None", "raise int", "raise [E1]", "raise E1 from 5", "raise E1 from E2", "raise E1 from E2('c')", "raise object", "raise E1 from int", "raise type", "raise (E1, E2)"):
        try:
            exec(make)
        except Exception as e:
            print(make, "->", repr(e), repr(e.__cause__), e.__suppress_context__)

    class BadNew(Exception):
        def __new__(cls): return 5

    class BadInit(Exception):
        def __init__(self): raise E3("in init")

    class Args(Exception):
        def __init__(self, a): super().__init__(a)
    for c in (BadNew, BadInit, Args):
        try: raise c
        except Exception as e: print(type(e).__name__, e)


@section
def propagation():
    log = []
    def a():
        try: b()
        finally: log.append("a")
    def b():
        try: c()
        except E3: log.append("never")
        else: log.append("never else")
        finally: log.append("b")
    def c():
        for x in map(d, [1]): pass
    def d(x): raise E2("deep")
    try: a()
    except E1 as e: log.append(str(e))
    print(log)
    error(lambda: sorted([1, 2], key=d))
    error(lambda: [d(x) for x in (1,)])
    error(lambda: {**{"a": d(1)}})
    error(lambda: f"{d(1)}")
    class P:
        x = property(d)
        __add__ = __getitem__ = __iter__ = __len__ = __eq__ = __call__ = __contains__ = lambda self, *a: d(1)
    for f in (lambda: P().x, lambda: P() + 1, lambda: P()[0], lambda: list(P()), lambda: len(P()), lambda: P() == 1, lambda: P()(), lambda: 1 in P(), lambda: bool(P()), lambda: max([P()], key=len)):
        error(f)


@section
def exit_exceptions():
    for e in (SystemExit(3), SystemExit("msg"), SystemExit(), KeyboardInterrupt("k"), GeneratorExit("g")):
        try: raise e
        except Exception: print("never")
        except BaseException as b: print(repr(b), getattr(b, "code", "no code"), isinstance(b, Exception))
    try: sys.exit(5)
    except SystemExit as e: print(e.code, e.args)
    try: sys.exit()
    except SystemExit as e: print(e.code, e.args)
