# exceptions_builtin.py - builtin exceptions: the hierarchy, str, repr and args of each, construction rules, equality.
# SPDX-License-Identifier: MIT
import builtins


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


def show(e): return f"{type(e).__name__} {e.args!r} {str(e)!r} {e!r}"


ALL = sorted((v for v in vars(builtins).values() if isinstance(v, type) and issubclass(v, BaseException) and v.__name__[0] != "_"), key=lambda c: c.__name__)


@section
def hierarchy():
    def tree(c, depth=0):
        print("  " * depth + c.__name__)
        for s in sorted((s for s in c.__subclasses__() if s.__module__ == "builtins" and s.__name__[0] != "_"), key=lambda s: s.__name__): tree(s, depth + 1)
    tree(BaseException)
    for c in ALL: print(c.__name__, [b.__name__ for b in c.__bases__], c.__module__, issubclass(c, Exception))


@section
def simple_construction():
    for c in ALL:
        if issubclass(c, (UnicodeError, BaseExceptionGroup)) and c is not UnicodeError: continue
        print(c.__name__, show(c()), show(c("msg")), show(c("a", 1)) if c is not SyntaxError and not issubclass(c, SyntaxError) else "")


@section
def keywords_are_refused():
    for c in (Exception, ValueError, KeyError, TypeError, RuntimeError, StopIteration, OSError, SystemExit, ZeroDivisionError, AssertionError, MemoryError, Warning):
        error(lambda: c(k=1))
        error(lambda: c("x", msg="y"))


@section
def attributes_of_all():
    e = ValueError("v")
    print(e.args, e.__cause__, e.__context__, e.__suppress_context__, e.__traceback__, e.__dict__, hasattr(e, "__notes__"), hasattr(e, "message"), e.__reduce__()[1], e.__class__.__name__)
    e.anything = 5
    print(e.anything, e.__dict__, e.with_traceback(None) is e)
    print(sorted(n for n in dir(BaseException) if n not in dir(object)))
    for name, c in (("code", SystemExit), ("value", StopIteration), ("name", NameError), ("name", AttributeError), ("obj", AttributeError), ("name", ImportError), ("path", ImportError), ("msg", ImportError), ("errno", OSError), ("strerror", OSError), ("filename", OSError), ("filename2", OSError), ("msg", SyntaxError), ("lineno", SyntaxError), ("text", SyntaxError)): print(c.__name__, name, getattr(c(), name), end="; ")
    print()


@section
def equality_and_hash():
    a, b = ValueError("x"), ValueError("x")
    print(a == b, a == a, a != b, hash(a) == hash(a), {a: 1}[a], a in [a], bool(a), a < b if 0 else "no order")
    error(lambda: a < b)
    error(lambda: a["x"])
    error(lambda: len(a))
    error(lambda: a.message)
    error(lambda: iter(a))
    print(f"{a}", "%s" % a, "{!r}".format(a), [a], f"{KeyError('k')}", f"{KeyError('k')!s}", str(KeyError(1, 2)), str(OSError(1, "x")), [KeyError("k")])
