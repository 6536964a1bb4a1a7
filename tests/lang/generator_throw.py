# generator_throw.py - what is thrown into generators: through delegates, handled exceptions, contexts, frames, odd arguments.
# SPDX-License-Identifier: MIT
import sys
import warnings


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
def handled_by_both():
    def gen():
        try:
            yield
        except Exception as e:
            print(type(sys.exception()).__name__, e.__context__)
            yield
            print(type(sys.exception()).__name__)
            yield
            raise
    g = gen()
    next(g)
    try:
        raise ValueError("v")
    except Exception as e:
        g.throw(e)
    next(g)
    try:
        next(g)
    except ValueError as e:
        print("again", e, e.__context__, sys.exception() is e)
    print(sys.exception())

    def inner():
        try:
            try:
                print(sys.exception())
                yield
            except ValueError:
                raise TypeError("t")
        except Exception as e:
            print(type(sys.exception()).__name__, type(e.__context__).__name__)
        print(type(sys.exception()).__name__)
        yield
        print(sys.exception())
        yield
    g = inner()
    next(g)
    try:
        raise ValueError
    except Exception as e:
        g.throw(e)
    next(g)


@section
def contexts():
    def f():
        yield

    def g():
        try:
            raise KeyError("a")
        except Exception:
            yield from f()
    gen = g()
    gen.send(None)
    try:
        gen.throw(ValueError)
    except ValueError as e:
        print(repr(e.__context__))


@section
def frames():
    def names():
        f, out = sys._getframe(1), []
        while f and f.f_code.co_name != "frames":
            out.append(f.f_code.co_name)
            f = f.f_back
        return out

    def f():
        try:
            yield names()
        except RuntimeError:
            yield names()
        finally:
            print("finally", names())

    def g():
        yield from f()
    gen = g()
    print(next(gen), gen.throw(RuntimeError))
    gen.close()

    async def a(): return await b()
    async def b(): return await C()
    class C:
        def __await__(self):
            try: yield names()
            except ZeroDivisionError: yield names()
    c = a()
    print(c.send(None), c.throw(ZeroDivisionError))
    c.close()


@section
def odd_arguments():
    class E(Exception):
        def __new__(cls, *args, **kwargs): return cls
    class Raises(Exception):
        def __init__(self): raise KeyError("from init")
    def g():
        try: yield
        except Exception as e: print("inside", type(e).__name__, str(e).replace(E.__qualname__, "E"))
        yield "next"
    for what in (E, Raises):
        gen = g()
        next(gen)
        print(gen.throw(what))
    for what in (1, int, None, "s", ValueError(1)):
        gen = g()
        next(gen)
        error(gen.throw, what)
    with warnings.catch_warnings(record=True) as w:
        warnings.simplefilter("always")
        for args in ((ValueError, 5), (ValueError, ValueError(6), None), (ValueError(7), None)):
            gen = g()
            next(gen)
            error(gen.throw, *args)
        print([str(x.message) for x in w])


@section
def broken_delegates():
    class Broken:
        def __iter__(self): return self
        def __next__(self): return 1
        def __getattr__(self, name): 1 / 0
    def g(): yield from Broken()
    keep = []
    for f in (lambda x: x.send(1), lambda x: x.throw(AttributeError)):
        gen = g()
        keep.append(gen)
        next(gen)
        error(f, gen)
        print(gen.gi_frame is None)
    old, sys.unraisablehook = sys.unraisablehook, lambda u: print("unraisable", u.exc_type.__name__)
    gen = g()
    next(gen)
    print(gen.close())
    sys.unraisablehook = old

    class F:
        def __aiter__(self): return self
        def __anext__(self): return self
        def __await__(self): 1 / 0
    async def main():
        async for _ in F(): pass
    try: main().send(None)
    except TypeError as e: print(e, repr(e.__cause__))


@section
def frame_objects():
    def g(): yield 1
    x = g()
    next(x)
    error(x.gi_frame.clear)

    def in_except():
        try: 1 / 0
        except Exception:
            1 / 0
    def named():
        try:
            1 / 0
        except Exception as e:
            1 / 0
            pass
    def unmatched():
        try:
            1 / 0
        except TypeError:
            pass
    def in_finally():
        try:
            1 / 0
        finally:
            1 / 0
            pass
    class N:
        def __enter__(self): return self
        def __exit__(self, *args): pass
    def in_with():
        with N():
            1 / 0
            pass
    for f in (in_except, named, unmatched, in_finally, in_with):
        try: f()
        except Exception as e:
            t = e.__traceback__.tb_next
            print(f.__name__, t.tb_lineno - f.__code__.co_firstlineno, t.tb_frame.f_lineno - f.__code__.co_firstlineno)

    def local():
        a, b = 1, [2]
        p = sys._getframe().f_locals
        print(p.keys(), p.values()[:2], p.items()[0], reversed(p), p.get("x"), type(p).__name__)
        for op in (lambda: p.pop("a"), lambda: p.__delitem__("a"), lambda: p["no"], lambda: type(p)(1), lambda: type(p)(), lambda: hash(p), lambda: p | 3, lambda: p.__ior__(3), lambda: p.update(3), lambda: p.setdefault("w", 5)):
            error(op)
        p["a"] = 7
        print(a, p | {"z": 1} == {**p, "z": 1}, repr(p)[:20])
    local()
