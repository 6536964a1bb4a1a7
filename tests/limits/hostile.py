# Replaced modules, dictionaries, classes and builtins: an exception or odd behaviour, never a crash.
import sys


def attempt(name, f):
    try:
        r = f()
    except RecursionError:
        print(name, "RecursionError")
    except Exception as e:
        print(name, type(e).__name__)
    else:
        print(name, "done")


class A:
    pass


class B:
    x = 1


class Slots:
    __slots__ = ("a", "b")


class Sized(list):
    pass


class Meta(type):
    pass


def assign(o, n, v):
    setattr(o, n, v)


for i, v in enumerate([None, 1, "x", [], {}, A, A(), Slots, int, object, type, lambda: 1, sys, Exception(), Meta]):
    for n in ("__class__", "__dict__", "__bases__", "__name__", "__qualname__", "__module__", "__doc__", "__slots__", "__mro__", "__annotations__", "__call__", "__new__", "__init__"):
        attempt(f"A.{n} = {i}", lambda: (assign(type("C", (A,), {}), n, v)))
        attempt(f"A().{n} = {i}", lambda: assign(A(), n, v))
    for n in ("__code__", "__defaults__", "__kwdefaults__", "__closure__", "__globals__", "__dict__", "__name__", "__qualname__", "__annotations__", "__module__", "__class__"):
        f = lambda a, b=1, *, c=2: a
        attempt(f"f.{n} = {i}", lambda: assign(f, n, v))
        attempt("  called", lambda: f(1))
    for n in ("__traceback__", "__context__", "__cause__", "args", "__suppress_context__", "__notes__", "__class__", "__dict__"):
        e = ValueError(1)
        attempt(f"e.{n} = {i}", lambda: assign(e, n, v))
        attempt("  shown", lambda: (str(e), repr(e)))

a = A()
a.__dict__ = {"x": 1, 2: 3}
attempt("odd keys", lambda: (a.x, dir(a) if False else None))
a.__dict__ = a.__dict__
a.__dict__["self"] = a.__dict__
attempt("dict in itself", lambda: repr(a.__dict__))
a.__dict__.clear()
attempt("cleared", lambda: a.x)
a.__class__ = B
attempt("other class", lambda: print(a.x))
attempt("slots class", lambda: assign(a, "__class__", Slots))
attempt("bases loop", lambda: assign(A, "__bases__", (type("D", (A,), {}),)))
attempt("bases empty", lambda: assign(A, "__bases__", ()))


class Mro(type):
    def mro(cls):
        return [cls, 1, int]


attempt("mro", lambda: Mro("M", (), {}))


class Prepare(type):
    @classmethod
    def __prepare__(cls, *a):
        return 5


attempt("prepare", lambda: Prepare("M", (), {}))
attempt("exec prepare", lambda: exec("class X(metaclass=Prepare): a = 1"))
for v in (None, 1, {}, "x", A()):
    sys.modules["odd"] = v
    attempt("import odd", lambda: __import__("odd"))
    attempt("import odd.sub", lambda: __import__("odd.sub"))
    attempt("from odd", lambda: exec("from odd import name"))
    attempt("from odd *", lambda: exec("from odd import *"))
del sys.modules["odd"]
for name in ("path", "meta_path", "path_hooks", "modules", "path_importer_cache"):
    saved = getattr(sys, name)
    for v in (None, 1, [1], {}, [None], "x", [A()]):
        setattr(sys, name, v)
        attempt(f"sys.{name}", lambda: exec("import not_there"))
    setattr(sys, name, saved)
for v in (None, 1, {}, {"__builtins__": 1}, {"__builtins__": None}, {"__builtins__": {}}):
    attempt("exec globals", lambda: exec("print", v))
    attempt("exec class", lambda: exec("class A: pass", v))
    attempt("exec import", lambda: exec("import sys", v))
attempt("code", lambda: (lambda: 0).__code__.replace(co_consts=()))


class E(Exception):
    def __str__(self):
        raise self

    __repr__ = __str__

    def __new__(cls, *a):
        return 5 if a else super().__new__(cls)


attempt("raise odd", lambda: exec("raise E(1)", globals()))
attempt("raise odd 2", lambda: exec("raise E", globals()))


class BadIter:
    def __iter__(self):
        return 5

    def __next__(self):
        return 1

    def __hash__(self):
        return "x"

    def __eq__(self, o):
        raise E

    def __len__(self):
        return -1

    def __bool__(self):
        return 3

    def __repr__(self):
        return 3

    def __index__(self):
        return "i"

    def __float__(self):
        return "f"

    def __contains__(self, x):
        return BadIter()

    def __call__(self, *a):
        return NotImplemented

    def __format__(self, s):
        return 1

    def __getattribute__(self, name):
        raise E

    def __instancecheck__(self, o):
        return BadIter()

    def __enter__(self):
        raise E

    def __set_name__(self, *a):
        raise E

    def __get__(self, *a):
        raise E


bad = BadIter()
for name, f in {
    "iter": lambda: iter(bad), "hash": lambda: hash(bad), "eq": lambda: [bad] == [1], "len": lambda: len(bad), "bool": lambda: bool(bad), "repr": lambda: repr(bad),
    "index": lambda: [1][bad], "float": lambda: float(bad), "in": lambda: 1 in bad, "call": lambda: bad(), "format": lambda: f"{bad}", "getattr": lambda: bad.x,
    "isinstance": lambda: isinstance(1, bad), "with": lambda: exec("with bad: pass", globals()), "class": lambda: type("T", (), {"x": bad}), "key": lambda: {bad: 1},
    "star": lambda: print(*bad), "kwargs": lambda: dict(**bad), "base": lambda: type("T", (bad,), {}), "except": lambda: exec("try: 1/0\nexcept bad: pass", globals()),
    "raise": lambda: exec("raise bad", globals()), "cause": lambda: exec("raise E from bad", globals()), "dir": lambda: dir(bad), "sum": lambda: sum(bad), "match": lambda: exec("match bad:\n case A(): pass", globals()),
    "pow": lambda: pow(bad, 2, 3), "slice": lambda: "abc"[bad:], "str": lambda: str(bad), "print": lambda: print(bad), "round": lambda: round(bad), "sorted": lambda: sorted([bad, bad]),
}.items():
    attempt("bad " + name, f)
print("end")
