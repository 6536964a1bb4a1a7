# function_objects.py - function, method and builtin function objects: attributes, types.FunctionType, replacing __code__.
# SPDX-License-Identifier: MIT
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


def sample(a, b=2, /, c=3, *args, d, e=5, **kw) -> int:
    "sample doc"
    local = a
    return local


@section
def attributes():
    f = sample
    print(f.__name__, f.__qualname__, f.__module__ == __name__, f.__doc__, f.__defaults__, f.__kwdefaults__, f.__annotations__, f.__closure__, f.__globals__ is globals(), f.__dict__, f.__type_params__, f.__builtins__["len"] is len, type(f) is types.FunctionType, callable(f), bool(f), f == f, f is sample, hash(f) == hash(sample))
    f.attr = 1
    f.__dict__["other"] = 2
    print(f.attr, f.other, sorted(vars(f)))
    del f.attr
    error(lambda: f.attr)
    f.__name__, f.__qualname__, f.__doc__, f.__module__ = "renamed", "Q.renamed", None, "elsewhere"
    print(f.__name__, f.__qualname__, f.__doc__, f.__module__, repr(f).split(" at ")[0])
    f.__name__, f.__qualname__, f.__module__ = "sample", "sample", __name__
    for g in (lambda: setattr(f, "__name__", 5), lambda: setattr(f, "__qualname__", None), lambda: setattr(f, "__globals__", {}), lambda: setattr(f, "__closure__", ()), lambda: setattr(f, "__code__", 5), lambda: setattr(f, "__defaults__", [1]), lambda: setattr(f, "__kwdefaults__", 5), lambda: setattr(f, "__annotations__", 5), lambda: setattr(f, "__dict__", 5), lambda: delattr(f, "__name__"), lambda: delattr(f, "__code__"), lambda: delattr(f, "__globals__"), lambda: f.nope, lambda: f + f, lambda: f < f, lambda: f[0], lambda: len(f), lambda: iter(f)): error(g)
    f.__dict__ = {"fresh": 1}
    print(f.fresh, f.__dict__)
    print(sorted(n for n in dir(types.FunctionType) if n not in dir(object)))


@section
def code_attributes():
    c = sample.__code__
    print(c.co_name, c.co_qualname, c.co_argcount, c.co_posonlyargcount, c.co_kwonlyargcount, c.co_nlocals, c.co_varnames, c.co_freevars, c.co_cellvars, type(c) is types.CodeType, c.co_flags & 0x0c, isinstance(c.co_code, bytes), isinstance(c.co_consts, tuple), isinstance(c.co_names, tuple), isinstance(c.co_firstlineno, int), isinstance(c.co_filename, str), c == sample.__code__, hash(c) == hash(sample.__code__))
    def outer(x):
        y = 1
        def inner(z): return x, y, z
        return inner
    i = outer(1)
    print(outer.__code__.co_cellvars, i.__code__.co_freevars, i.__code__.co_varnames, [k.cell_contents for k in i.__closure__], outer.__code__.co_varnames)
    def gen(): yield
    async def co(): pass
    async def agen(): yield
    print([f.__code__.co_flags & 0x2a0 for f in (outer, gen, co, agen)], (lambda: 0).__code__.co_name, (lambda *a, **k: 0).__code__.co_flags & 12)
    d = c.replace(co_name="other")
    print(d.co_name, d.co_argcount, c.co_name, d == c)
    for g in (lambda: setattr(c, "co_name", "x"), lambda: c.replace(nope=1), lambda: c(), lambda: types.CodeType(), lambda: c < c, lambda: c.nope): error(g)
    print(repr(c).startswith("<code object sample at "))


@section
def replacing_code():
    def f(): return "f"
    def g(): return "g"
    def h(x): return x
    f.__code__ = g.__code__
    print(f(), f.__name__)
    f.__code__ = h.__code__
    print(f(5))
    error(f)
    def closure(v):
        def inner(): return v
        return inner
    k = closure(1)
    error(lambda: setattr(f, "__code__", k.__code__))
    error(lambda: setattr(k, "__code__", g.__code__))
    def other(v):
        def inner(): return ("other", v)
        return inner
    k.__code__ = other(2).__code__
    print(k())


@section
def function_type():
    def f(a, b=1): return a, b, G
    new = types.FunctionType(f.__code__, {"G": "own globals"}, "made", (10, 20))
    print(new(), new(1), new.__name__, new.__defaults__, new.__globals__["G"])
    def closure(v):
        def inner(): return v
        return inner
    k = closure("cell")
    m = types.FunctionType(k.__code__, globals(), closure=k.__closure__)
    n = types.FunctionType(k.__code__, {}, "n", None, (types.CellType("new cell"),))
    print(m(), n(), types.FunctionType(f.__code__, {}, argdefs=(1,), kwdefaults={"x": 1}).__kwdefaults__)
    for g in (lambda: types.FunctionType(), lambda: types.FunctionType(5, {}), lambda: types.FunctionType(f.__code__, 5), lambda: types.FunctionType(f.__code__), lambda: types.FunctionType(f.__code__, {}, 5), lambda: types.FunctionType(f.__code__, {}, "n", 5), lambda: types.FunctionType(k.__code__, {}), lambda: types.FunctionType(k.__code__, {}, closure=()), lambda: types.FunctionType(f.__code__, {}, closure=k.__closure__), lambda: types.FunctionType(k.__code__, {}, closure=(5,)), lambda: type("F", (types.FunctionType,), {})): error(g)


@section
def methods():
    class C:
        def m(self, x=1):
            "m doc"
            return self, x
    o, p = C(), C()
    b = o.m
    print(b.__name__, b.__qualname__, b.__doc__, b.__func__ is C.m, b.__self__ is o, b.__defaults__, b.__module__ == __name__, b == o.m, b == p.m, b is o.m, hash(b) == hash(o.m), type(b) is types.MethodType, {b: 1}[o.m], b.__code__.co_name, b.__get__(p, C) is not None, repr(b).split(" object")[0])
    for g in (lambda: setattr(b, "x", 1), lambda: b.nope, lambda: setattr(b, "__self__", 1), lambda: setattr(b, "__doc__", "x"), lambda: b < b, lambda: types.MethodType(), lambda: types.MethodType(5, o), lambda: types.MethodType(len, None), lambda: delattr(b, "__func__")): error(g)
    C.m.tag = "on function"
    print(b.tag)
    bound = types.MethodType(lambda self, x: (self, x), 5)
    lenb = types.MethodType(len, [1, 2])
    print(bound(6), lenb(), bound.__self__, types.MethodType(print, "bound to print")(end="\n"))
    double = types.MethodType(types.MethodType(lambda a, b: (a, b), 1), 2)
    print(double(), C.m(5), o.m(2)[1])


@section
def builtins():
    for f in (len, print, [].append, "a".upper, int.from_bytes, str.maketrans, dict.fromkeys, object.__new__): print(f.__name__, f.__qualname__, f.__module__, type(f).__name__)
    for f in (str.upper, list.append, int.__add__, (1).__add__, int.real, "".__len__): print(f.__name__, f.__qualname__, type(f).__name__, getattr(f, "__objclass__", None))
    x = [1]
    print(x.append.__self__ is x, len.__self__.__name__, "a".upper == "a".upper, [].append == [].append, len == len, hash(len) == hash(len), repr(len), repr(str.upper), repr(int.__add__), repr([].append).split(" at ")[0], repr(int.real), repr((1).__add__).split(" at ")[0])
    for g in (lambda: setattr(len, "x", 1), lambda: len.nope, lambda: len < len, lambda: setattr(len, "__name__", "x"), lambda: type(len)(), lambda: len.__self__.nope, lambda: str.upper.__get__(5), lambda: len[0]): error(g)
    print(callable(len), callable(str.upper), (lambda f: f([1, 2, 3]))(len), list(map(str.upper, "ab")), sorted("bA", key=str.lower), str.join.__call__(",", "ab"), len.__call__("abc"), types.BuiltinFunctionType is type(len), types.MethodDescriptorType is type(str.upper), types.WrapperDescriptorType is type(int.__add__))
