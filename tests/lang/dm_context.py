# dm_context.py - __enter__ and __exit__: order, suppression, replacement, lookup on the type, errors.
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


class CM:
    def __init__(self, name, suppress=False, fail=None):
        self.name, self.suppress, self.fail = name, suppress, fail

    def __enter__(self):
        print("  enter", self.name)
        if self.fail == "enter":
            raise ValueError("enter " + self.name)
        return self.name

    def __exit__(self, *exc):
        print("  exit", self.name, exc[0] and exc[0].__name__, exc[1] and exc[1].args, exc[2] is not None)
        if self.fail == "exit":
            raise KeyError("exit " + self.name)
        return self.suppress


@section
def normal():
    with CM("a") as x:
        print(x)
    with CM("a") as x, CM("b") as y:
        print(x, y)
    with (CM("p") as x, CM("q"), CM("r") as z,):
        print(x, z)
    with (CM("single")): pass
    with (CM("t")) as t: print(t)
    with CM("m") as (a), CM("n") as [b]: print(a, b)


@section
def suppression():
    with CM("s", suppress=True):
        raise TypeError("gone")
    print("after")
    with CM("outer", suppress=[1]), CM("inner", suppress=0):
        raise TypeError("through inner")
    print("after both")
    try:
        with CM("no", suppress=None):
            1 / 0
    except ZeroDivisionError as e:
        print(e)


@section
def failing():
    for build in (lambda: [CM("a", fail="enter")], lambda: [CM("a", fail="exit")], lambda: [CM("a"), CM("b", fail="enter")], lambda: [CM("a", True), CM("b", fail="enter")], lambda: [CM("a", True), CM("b", fail="exit")], lambda: [CM("a", fail="exit"), CM("b", fail="exit")]):
        cms = build()
        try:
            if len(cms) == 1:
                with cms[0]:
                    print("  body")
            else:
                with cms[0], cms[1]:
                    print("  body")
            print("no exception")
        except Exception as e:
            print(repr(e), "context", repr(e.__context__))


@section
def exit_replaces():
    try:
        with CM("x", fail="exit"):
            raise ValueError("body")
    except KeyError as e:
        print(e, repr(e.__context__), e.__cause__, e.__suppress_context__)

    class Reraise:
        def __enter__(self): return self

        def __exit__(self, kind, value, tb):
            raise value
    try:
        with Reraise():
            raise ValueError("same")
    except ValueError as e:
        print(e, e.__context__)


@section
def control_flow():
    def ret():
        with CM("ret"):
            return "returned"

    def loop():
        for i in range(4):
            with CM(i):
                if i == 0: continue
                if i == 2: break
                print("  body", i)
        return i

    def swallow_then_return():
        with CM("sw", suppress=True):
            raise ValueError
        return "after"

    def gen():
        with CM("gen"):
            yield 1
            yield 2

    def finally_order():
        try:
            with CM("f"):
                return "r"
        finally:
            print("  finally")
    print(ret(), loop(), swallow_then_return(), list(gen()), finally_order())
    g = gen()
    print(next(g))
    g.close()
    g = gen()
    next(g)
    error(lambda: g.throw(ValueError("thrown")))

    def exit_overrides_return():
        for x in [1]:
            with CM("z", suppress=True):
                return 1 / 0
        return "fell through"
    print(exit_overrides_return())


@section
def protocol_errors():
    class NoEnter:
        def __exit__(self, *a): pass

    class NoExit:
        def __enter__(self): pass

    class Async:
        async def __aenter__(self): pass
        async def __aexit__(self, *a): pass
    for o in (NoEnter(), NoExit(), 5, None, CM, Async()):
        try:
            with o:
                print("never")
        except TypeError as e:
            print(e)
    n = NoExit()
    n.__exit__ = lambda *a: True
    try:
        with n: pass
    except TypeError as e:
        print(e)

    class BadSig:
        def __enter__(self): return 1
        def __exit__(self): return 1
    try:
        with BadSig() as x:
            print(x)
    except TypeError as e:
        print(e)


@section
def instance_attributes_ignored():
    c = CM("type wins")
    c.__enter__ = lambda: "never"
    c.__exit__ = lambda *a: True
    with c as v:
        print(v)


@section
def bool_of_result():
    class B:
        def __bool__(self):
            raise RuntimeError("bool of exit result")

    class Weird(CM):
        def __exit__(self, *a):
            return B()
    with Weird("no exception, result unused"):
        pass
    try:
        with Weird("w"):
            raise ValueError("orig")
    except RuntimeError as e:
        print(e, repr(e.__context__))


@section
def target_failure():
    try:
        with CM("t") as (a, b, c, d):
            print("never")
    except ValueError as e:
        print(e)
    try:
        with CM("ab") as (a, b):
            print(a, b)
        with CM("u") as undefined.attr:
            print("never")
    except NameError as e:
        print(e)
