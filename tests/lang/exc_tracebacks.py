# exc_tracebacks.py - traceback and frame objects: attributes, line numbers, frames of generators, modules, exec.
# SPDX-License-Identifier: MIT
import sys
import types


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


def lines(e, base):
    """(function name, line relative to base) for each entry of the traceback."""
    out, tb = [], e.__traceback__
    while tb:
        out.append((tb.tb_frame.f_code.co_name, tb.tb_lineno - base))
        tb = tb.tb_next
    return out


def here():
    return sys._getframe(1).f_lineno


@section
def line_numbers():
    def a():
        x = 1
        return b(x)

    def b(x):
        y = [
            1,
            x / 0,
        ]
        return y
    base = a.__code__.co_firstlineno
    try:
        a()
    except ZeroDivisionError as e:
        print(lines(e, base)[1:])

    def multi():
        return (1 +
                undefined_name +
                2)
    try:
        multi()
    except NameError as e:
        print(lines(e, multi.__code__.co_firstlineno)[1:])

    def call():
        return print(
            "never",
            int("x"),
        )
    try: call()
    except ValueError as e: print(lines(e, call.__code__.co_firstlineno)[1:])

    def loop():
        for i in range(3):
            if i == 2:
                raise ValueError(i)
    try: loop()
    except ValueError as e: print(lines(e, loop.__code__.co_firstlineno)[1:])

    def after_try():
        try:
            raise KeyError
        except KeyError:
            pass
        raise ValueError
    try: after_try()
    except ValueError as e: print(lines(e, after_try.__code__.co_firstlineno)[1:])

    def in_finally():
        try:
            return 1
        finally:
            1 / 0
    try: in_finally()
    except ZeroDivisionError as e: print(lines(e, in_finally.__code__.co_firstlineno)[1:])


@section
def traceback_objects():
    def f(): raise ValueError("v")
    try: f()
    except ValueError as e: tb = e.__traceback__
    print(type(tb) is types.TracebackType, type(tb).__name__, tb.tb_next.tb_next, tb.tb_frame is sys._getframe(), tb.tb_next.tb_frame.f_code is f.__code__, isinstance(tb.tb_lasti, int), isinstance(tb.tb_lineno, int))
    tb2 = types.TracebackType(None, tb.tb_frame, 0, 42)
    print(tb2.tb_lineno, tb2.tb_next)
    tb2.tb_next = tb
    print(tb2.tb_next is tb)
    error(lambda: setattr(tb, "tb_next", tb2))
    error(lambda: setattr(tb, "tb_next", 5))
    error(lambda: setattr(tb, "tb_lineno", 5))
    error(lambda: types.TracebackType())
    error(lambda: types.TracebackType(None, 5, 0, 0))
    tb.tb_next = None
    print(tb.tb_next)
    e = ValueError("x").with_traceback(tb2)
    print(e.__traceback__ is tb2)
    try: raise e
    except ValueError as x: print(x.__traceback__.tb_next is tb2)


@section
def frames():
    def outer():
        local = "outer local"
        return inner()

    def inner():
        fr = sys._getframe()
        back = fr.f_back
        return fr.f_code.co_name, back.f_code.co_name, back.f_locals["local"], fr.f_globals is globals(), fr.f_builtins["len"] is len, fr.f_back.f_back.f_code.co_name, fr.f_lineno - inner.__code__.co_firstlineno, fr.f_trace
    print(outer())
    error(lambda: sys._getframe(1000))
    error(lambda: sys._getframe("x"))
    fr = sys._getframe()
    error(lambda: setattr(fr, "f_back", None))
    error(lambda: setattr(fr, "f_code", None))
    print(type(fr).__name__, type(fr) is types.FrameType, fr is sys._getframe())

    def finished():
        a = 5
        return sys._getframe()
    dead = finished()
    print(dead.f_locals, dead.f_code.co_name)
    dead.clear()
    print(dead.f_locals)
    error(lambda: sys._getframe().clear())


@section
def generator_frames():
    def g():
        yield sys._getframe().f_back.f_code.co_name
        raise ValueError("in generator")
    def driver(it): return next(it)
    it = g()
    print(driver(it), it.gi_frame.f_back, it.gi_frame.f_lineno - g.__code__.co_firstlineno)
    try: driver(it)
    except ValueError as e: print(lines(e, 0)[-1][0], [n for n, _ in lines(e, 0)][1:])
    print(it.gi_frame)
    def outer(): yield from inner()
    def inner():
        yield 1
        raise KeyError
    it = outer()
    next(it)
    try: next(it)
    except KeyError as e: print([n for n, _ in lines(e, 0)][1:])
    try: [1 / x for x in (0,)]
    except ZeroDivisionError as e: print([n for n, _ in lines(e, 0)])
    try: list(1 / x for x in (0,))
    except ZeroDivisionError as e: print([n for n, _ in lines(e, 0)])


@section
def native_calls_are_not_in_it():
    def key(x): raise ValueError("key")
    for f in (lambda: sorted([1], key=key), lambda: list(map(key, [1])), lambda: max([1], key=key), lambda: eval("key(1)", {"key": key}), lambda: [*map(key, [1])], lambda: "".join(map(key, [1])), lambda: type("T", (), {"__len__": key})().__len__()):
        try: f()
        except ValueError as e: print([n for n, _ in lines(e, 0)][1:])
    class C:
        def __init__(self): raise ValueError
        def __add__(self, o): raise ValueError
    try: C()
    except ValueError as e: print([n for n, _ in lines(e, 0)][1:])
    try: object.__new__(C) + 1
    except ValueError as e: print([n for n, _ in lines(e, 0)][1:])
    try:
        class Body:
            raise ValueError
    except ValueError as e: print([n for n, _ in lines(e, 0)][1:])


@section
def exec_and_modules():
    try: exec("x = 1\n\ndef f():\n    return 1 / 0\nf()")
    except ZeroDivisionError as e: print([(n, l) for n, l in lines(e, 0)][1:])
    try: exec(compile("\n\nraise ValueError", "name.py", "exec"))
    except ValueError as e:
        tb = e.__traceback__.tb_next
        print(tb.tb_frame.f_code.co_filename, tb.tb_frame.f_code.co_name, tb.tb_lineno)
    try: exec("a = 1;\nb = 2; raise ValueError; c = 3")
    except ValueError as e: print(lines(e, 0)[-1])
    try: eval("(1,\n 2,\n undefined)")
    except NameError as e: print(lines(e, 0)[-1])


@section
def positions():
    def f(a, b): return a.x + b.y
    co = f.__code__
    pos = [p for p in co.co_positions()]
    print(all(len(p) == 4 for p in pos), {p[0] - co.co_firstlineno for p in pos if p[0]} <= {0}, len(list(co.co_lines())) > 0)
    def deco(f): return f
    @deco
    def decorated():
        return sys._getframe().f_lineno
    print(decorated() - decorated.__code__.co_firstlineno)
