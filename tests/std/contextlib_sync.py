# contextlib: generators as context managers, stacks, what is suppressed, exceptions and their contexts.
import io
import os
import sys
from contextlib import *


def refused(f, *args, **kwds):
    try:
        print("NOT REFUSED", f(*args, **kwds))
    except BaseException as e:
        print(type(e).__name__, e, "| context", repr(e.__context__), "| cause", repr(e.__cause__))


@contextmanager
def block(name, catch=()):
    "doc of block"
    print("enter", name)
    try:
        yield name * 2
    except catch as e:
        print("caught", repr(e))
    finally:
        print("leave", name)


with block("a") as x:
    print(x)
with block("b", ValueError):
    raise ValueError("v")


def fails():
    with block("d"):
        1 / 0


refused(fails)


@block("deco")
def decorated(x):
    "inner doc"
    return x + 1


print(decorated(1), decorated(2), decorated.__name__, decorated.__doc__, block.__doc__, block("z").__doc__)


@contextmanager
def none():
    return
    yield


@contextmanager
def two():
    yield 1
    yield 2


@contextmanager
def swallow():
    try:
        yield
    except Exception:
        pass
    yield


@contextmanager
def other():
    try:
        yield
    except Exception as e:
        raise KeyError("new") from e


def run(cm, exc=None):
    with cm as got:
        if exc:
            raise exc
        return got


refused(run, none())
refused(run, two())
refused(run, swallow(), ValueError("x"))
refused(run, other(), ValueError("x"))
for exc in StopIteration("s"), RuntimeError("r"), GeneratorExit("g"), KeyboardInterrupt():
    refused(run, block("e"), exc)


class Thing:
    def close(self):
        print("closed")


with closing(Thing()) as t:
    print(type(t).__name__)
with suppress(KeyError, ZeroDivisionError):
    1 / 0
with suppress(ValueError):
    raise ExceptionGroup("g", [ValueError(1)])
try:
    with suppress(ValueError):
        raise ExceptionGroup("g", [ValueError(1), KeyError(2)])
except ExceptionGroup as e:
    print(repr(e))
out = io.StringIO()
with redirect_stdout(out) as f:
    print("hidden")
    with redirect_stdout(io.StringIO()):
        print("deeper")
    print("again", f is out)
print(repr(out.getvalue()))
with redirect_stderr(io.StringIO()) as f:
    print("err", file=sys.stderr)
print(repr(f.getvalue()))
with nullcontext(5) as n:
    print(n)
here = os.getcwd()
with chdir("/"):
    print(os.getcwd())
print(os.getcwd() == here)

with ExitStack() as stack:
    print(stack.enter_context(block("s1")))
    stack.callback(print, "bye", sep="-", end="!\n")
    stack.push(lambda *exc: print("details", exc))
    stack.enter_context(block("s2"))
with ExitStack() as stack:
    stack.push(lambda t, e, tb: print("sees", repr(e)) or True)
    stack.callback(lambda: 1 / 0)
    stack.push(lambda t, e, tb: print("sees", repr(e)))
    raise KeyError("k")


def nested():
    with ExitStack() as stack:
        stack.callback(lambda: {}["one"])
        stack.callback(lambda: 1 / 0)
        raise ValueError("first")


refused(nested)
refused(ExitStack().enter_context, 5)
with ExitStack() as outer:
    kept = ExitStack()
    kept.enter_context(block("kept"))
    moved = kept.pop_all()
    kept.close()
    print("now")
    moved.close()


class Manual:
    def __enter__(self):
        return self

    def __exit__(self, *exc):
        return None


class Abstract(AbstractContextManager):
    pass


print(issubclass(Manual, AbstractContextManager), issubclass(int, AbstractContextManager), isinstance(nullcontext(), AbstractAsyncContextManager))
refused(Abstract)
print(AbstractContextManager[int], ExitStack.__mro__[1].__name__)


class Both(ContextDecorator):
    def __enter__(self):
        print("in")
        return self

    def __exit__(self, *exc):
        print("out", exc[0])
        return True


@Both()
def raises():
    raise ValueError


print(raises())
