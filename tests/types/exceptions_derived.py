# exceptions_derived.py - exceptions that operations raise, and classes derived from builtin ones.
# SPDX-License-Identifier: MIT
import builtins


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


def show(e): return f"{type(e).__name__} {e.args!r} {str(e)!r} {e!r}"


@section
def from_operations():
    cases = {
        "ZeroDivisionError": lambda: 1 / 0, "OverflowError": lambda: 2.0 ** 10000, "IndexError": lambda: [][0], "KeyError": lambda: {}[0], "TypeError": lambda: 1 + "a", "ValueError": lambda: int("x"), "AttributeError": lambda: (5).x, "NameError": lambda: undefined_name_here,
        "UnicodeEncodeError": lambda: "é".encode("ascii"), "UnicodeDecodeError": lambda: b"\xff".decode("ascii"), "StopIteration": lambda: next(iter([])), "ImportError": lambda: __import__("zz_nope"), "RuntimeError": lambda: [d.pop(k) for d in ({1: 1, 2: 2},) for k in d], "LookupError": lambda: "".encode("zz"), "BufferError": lambda: (lambda b, m: b.append(1))(*(lambda b: (b, memoryview(b)))(bytearray(b"a"))), "SyntaxError": lambda: eval("1 +"), "IndentationError": lambda: exec(" x"), "AssertionError": lambda: exec("assert 0"), "RecursionError": None, "MemoryError": None, "SystemExit": lambda: exec("raise SystemExit(3)"), "FileNotFoundError": lambda: open("no/such/file"), "IsADirectoryError": lambda: open(".", "r"), "NotImplementedError": lambda: exec("raise NotImplementedError"), "UnboundLocalError": lambda: (lambda: [q for _ in (1,) for q in ()] and 0)() or exec("def f():\n  x\n  x = 1\nf()"), "TabError": lambda: exec("if 1:\n\tx\n        y"), "EOFError": lambda: exec("raise EOFError"), "ArithmeticError": lambda: exec("raise ArithmeticError('a')"), "ModuleNotFoundError": lambda: __import__("zz_nope"), "FloatingPointError": lambda: exec("raise FloatingPointError"),
    }
    for name, f in cases.items():
        if f is None: continue
        kind = getattr(builtins, name)
        try: f()
        except kind as e: print(name, type(e).__name__, isinstance(e, kind))
        except BaseException as e: print(name, "but got", type(e).__name__, e)
        else: print(name, "nothing raised")


@section
def subclassing():
    class Plain(Exception): pass
    class Init(Exception):
        def __init__(self, code, text):
            self.code = code
            super().__init__(f"{code}: {text}")
    class NoSuper(Exception):
        def __init__(self, a, b): self.b = b
    class Str(Exception):
        def __str__(self): return "str!"
    class Repr(Exception):
        def __repr__(self): return "repr!"
    class Multi(ValueError, KeyError): pass
    class Os(OSError):
        def __init__(self, *a):
            super().__init__(*a)
            self.extra = 1
    class Slots(Exception): __slots__ = ("s",)
    class NewExc(Exception):
        def __new__(cls, *a):
            self = super().__new__(cls, *a)
            self.made = True
            return self
    for e in (Plain(1, 2), Init(5, "t"), NoSuper(1, 2), Str("x"), Repr("x"), Multi("m"), Os(2, "no"), NewExc("n"), Plain()): print(show(e))
    print(Init(5, "t").code, NoSuper(1, 2).b, Os(1, "m").extra, Os(1, "m").errno, NewExc(1).made, isinstance(Multi(), LookupError), type(Os(2, "x")).__name__)
    s = Slots("a")
    s.s = 1
    s.t = 2
    print(s.s, s.t)
    for bases in ((ValueError, OSError), (OSError, SyntaxError), (KeyError, StopIteration), (Exception, int), (SystemExit, ValueError)):
        try: print(type("E", bases, {}).__name__, [b.__name__ for b in bases])
        except TypeError as e: print(e)
    try: raise Multi("caught as KeyError")
    except KeyError as e: print(show(e))
    for bad in (5, "E", object, int, None):
        try: raise bad
        except TypeError as e: print(e)
