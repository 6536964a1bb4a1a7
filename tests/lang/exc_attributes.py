# exc_attributes.py - attributes that the interpreter fills in: NameError.name, AttributeError.obj, StopIteration.value, SyntaxError fields, and others.
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


def caught(f):
    try: f()
    except BaseException as e: return e


@section
def name_errors():
    e = caught(lambda: undefined_thing)
    print(type(e).__name__, e.name, e.args)
    def unbound():
        x
        x = 1
    e = caught(unbound)
    print(type(e).__name__, e.name, e.args)
    print(NameError("m", name="n").name, NameError("m").name, NameError(name="n").args)
    error(lambda: NameError("m", nope=1))
    error(lambda: NameError("m", obj=1))
    print(UnboundLocalError("m", name="u").name, issubclass(UnboundLocalError, NameError))


@section
def attribute_errors():
    class C: pass
    c = C()
    e = caught(lambda: c.missing)
    print(e.name, e.obj is c, e.args)
    e = caught(lambda: C.missing)
    print(e.name, e.obj is C, e.args)
    e = caught(lambda: getattr(5, "nope"))
    print(e.name, e.obj, e.args)
    e = caught(lambda: sys.nope)
    print(e.name, e.obj is sys, e.args)
    e = caught(lambda: setattr(5, "x", 1))
    print(e.name, e.obj, e.args)
    e = caught(lambda: delattr(c, "x"))
    print(e.name, e.obj is c, e.args)
    class G:
        def __getattr__(self, n): raise AttributeError(f"custom {n}")
    g = G()
    e = caught(lambda: g.abc)
    print(e.name, e.obj is g, e.args)
    e = AttributeError("m", name="n", obj=[1])
    print(e.name, e.obj, e.args)
    error(lambda: AttributeError(nope=1))
    e.name, e.obj = "changed", 5
    print(e.name, e.obj)


@section
def stop_iteration():
    def g():
        return {"r": 1}
        yield
    e = caught(lambda: next(g()))
    print(e.value, e.args)
    print(StopIteration().value, StopIteration(1).value, StopIteration(1, 2).value, StopIteration(1, 2).args, StopIteration((1, 2)).value, StopIteration(None).args)
    e.value = "changed"
    print(e.value, e.args)
    print(hasattr(StopAsyncIteration(5), "value"), StopAsyncIteration(5).args)
    e = caught(lambda: next(iter([])))
    print(e.value, e.args)


@section
def system_exit():
    for args in ((), (0,), (1,), ("m",), (None,), (1, 2), ([],)):
        e = SystemExit(*args)
        print(e.code, e.args, str(e))
    e.code = 7
    print(e.code, e.args)
    e = caught(lambda: sys.exit("bye"))
    print(type(e).__name__, e.code)


@section
def import_errors():
    e = ImportError("m", name="n", path="p", name_from="f")
    print(e.msg, e.name, e.path, e.name_from, e.args, str(e))
    e = caught(lambda: __import__("no_such_module_here"))
    print(type(e).__name__, e.name, e.path, e.msg)
    print(ImportError().msg, ImportError("a", "b").msg, str(ImportError("a", "b")), ModuleNotFoundError("m", name="x").name)
    error(lambda: ImportError(other=1))


@section
def syntax_errors():
    e = caught(lambda: compile("x = = 1", "file.py", "exec"))
    print(e.msg, e.filename, e.lineno, e.offset, repr(e.text), e.end_lineno, e.end_offset, e.args, str(e), e.print_file_and_line)
    e = SyntaxError("m", ("f", 1, 2, "text", 3, 4))
    print(e.msg, e.filename, e.lineno, e.offset, e.text, e.end_lineno, e.end_offset, str(e), repr(e))
    e = SyntaxError("m", ("f", 1, 2, "text"))
    print(e.end_lineno, e.end_offset, str(e))
    e = SyntaxError("only message")
    print(e.msg, e.filename, e.lineno, str(e))
    e = SyntaxError()
    print(e.msg, e.args, str(e))
    for bad in (("m", 5), ("m", ("f",)), ("m", ("f", 1, 2)), ("m", ("f", 1, 2, "t", 3)), ("m", "abcd")):
        try: print(bad, SyntaxError(*bad).filename)
        except Exception as x: print(bad, type(x).__name__, x)
    e.msg, e.lineno, e.filename = "changed", 9, "other.py"
    print(str(e), e.lineno)
    print([c.__name__ for c in TabError.__mro__])


@section
def os_errors():
    for args in ((), (1,), (1, "msg"), (2, "msg"), (2, "msg", "file"), (13, "m", "f", None, "f2"), ("a", "b"), (1, 2, 3, 4, 5, 6), (17, "exists"), (11, "again"), (4, "intr"), (104, "reset"), (111, "refused"), (110, "timeout"), (10, "child"), (20, "notdir"), (21, "isdir"), (32, "pipe"), (3, "proc"), (9999, "unknown")):
        e = OSError(*args)
        print(type(e).__name__, e.args, e.errno, e.strerror, e.filename, e.filename2, str(e))
    print(OSError is IOError, OSError is EnvironmentError, isinstance(FileNotFoundError(), OSError), FileNotFoundError(5, "x").errno, type(FileNotFoundError(13, "x")).__name__, BlockingIOError(11, "b", 5).characters_written)
    error(lambda: OSError(1, "m").characters_written)
    e = OSError(1, "m", "name")
    e.filename = "changed"
    e.errno = 99
    print(str(e), repr(e), e.args)


@section
def unicode_errors():
    e = caught(lambda: b"a\xffb".decode())
    print(type(e).__name__, e.encoding, e.object, e.start, e.end, e.reason, str(e))
    e = caught(lambda: "aé".encode("ascii"))
    print(type(e).__name__, e.encoding, ascii(e.object), e.start, e.end, e.reason, ascii(str(e)))
    e = UnicodeDecodeError("enc", b"abc", 1, 2, "why")
    print(str(e), e.args)
    e.start, e.end, e.reason = 0, 3, "other"
    print(str(e))
    print(str(UnicodeEncodeError("enc", "a\u20acb", 1, 2, "why")), str(UnicodeTranslateError("abc", 0, 2, "why")), UnicodeTranslateError("abc", 0, 2, "why").object)
    error(lambda: UnicodeDecodeError())
    error(lambda: UnicodeDecodeError("e", "not bytes", 0, 1, "r"))
    error(lambda: UnicodeEncodeError("e", b"not str", 0, 1, "r"))
    error(lambda: UnicodeEncodeError("e", "s", "x", 1, "r"))


@section
def key_and_index_errors():
    print(str(KeyError("k")), str(KeyError()), str(KeyError(1)), str(KeyError("a", "b")), str(KeyError("")), repr(KeyError("k")), str(LookupError("k")), str(KeyError(("t",))))
    for f in (lambda: {}["a"], lambda: {}[1.5], lambda: {1: 1}.pop("x"), lambda: set().remove("q"), lambda: set().pop(), lambda: {}.popitem(), lambda: [].pop(), lambda: [1].pop(5), lambda: [][0], lambda: bytearray().pop()):
        e = caught(f)
        print(type(e).__name__, e.args, str(e))


@section
def base_behaviour():
    for args in ((), ("one",), ("one", 2), (None,), ([],), ("",)):
        e = Exception(*args)
        print(repr(e), repr(str(e)), e.args)
    error(lambda: Exception(k=1))
    class E(Exception):
        def __init__(self, a, b=2): self.a = a
    print(E(1).args, E(1, b=3).args, repr(E(1)), str(E(1, 5)))
    class S(Exception):
        def __str__(self): return "custom str"
    print(str(S("x")), repr(S("x")), f"{S('x')}")
    class R(Exception): pass
    class Outer:
        class Inner(Exception): pass
    print(repr(R("r")), repr(Outer.Inner(1)), R.__name__, Outer.Inner.__qualname__)
    e = Exception(1)
    e.__init__(2, 3)
    print(e.args, Exception.__new__(ValueError, 5).args, e == Exception(2, 3))
    e.args = ("new",)
    print(e, e.__dict__, e.__reduce__()[1])
    e.__setstate__({"x": 5})
    print(e.x)
    error(lambda: e.__setstate__(5))
    print(issubclass(Exception, BaseException), BaseException.__bases__, BaseException("b").args)
