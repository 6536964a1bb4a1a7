# mappingproxy_namespace.py - types.MappingProxyType, SimpleNamespace, ModuleType, CellType and other names of types.
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


@section
def mappingproxy():
    d = {"a": 1, "b": 2}
    p = types.MappingProxyType(d)
    print(p, repr(p), p["a"], len(p), list(p), list(p.keys()), list(p.values()), list(p.items()), p.get("z"), p.get("z", 5), "a" in p, p == d, p == types.MappingProxyType({"a": 1, "b": 2}), p != {}, p.copy(), type(p.copy()).__name__, p | {"c": 3}, {"c": 3} | p, list(reversed(p)), bool(p), bool(types.MappingProxyType({})), {**p}, dict(p), types.MappingProxyType[int], sorted(p))
    d["c"] = 3
    print(p["c"], len(p), str(p))
    for f in (lambda: p["zz"], lambda: p.__setitem__("a", 1), lambda: exec("p['a'] = 1", {"p": p}), lambda: exec("del p['a']", {"p": p}), lambda: p.pop("a"), lambda: p.clear(), lambda: p.update({}), lambda: types.MappingProxyType(5), lambda: types.MappingProxyType([1]), lambda: types.MappingProxyType(), lambda: setattr(p, "x", 1), lambda: p.__ior__({}), lambda: p < p, lambda: type("M", (types.MappingProxyType,), {}), lambda: hash(p), lambda: p | 5): error(f)
    class M(dict):
        def __missing__(self, k): return "missing " + k
    print(types.MappingProxyType(M())["q"], type(vars(int)).__name__, type(type("C", (), {}).__dict__) is types.MappingProxyType)
    class Map:
        def __getitem__(self, k): return ("item", k)
        def __len__(self): return 7
        def __iter__(self): return iter("it")
        def keys(self): return "keys"
        def __contains__(self, k): return k == "in"
    q = types.MappingProxyType(Map())
    print(q["x"], len(q), list(q), q.keys(), "in" in q, "out" in q)
    print(sorted(n for n in dir(p) if n not in dir(object)))


@section
def simplenamespace():
    n = types.SimpleNamespace(a=1, b="x")
    print(n, n.a, n.__dict__, n == types.SimpleNamespace(b="x", a=1), n != types.SimpleNamespace(), n == {"a": 1, "b": "x"}, types.SimpleNamespace(), vars(n), sorted(k for k in dir(n) if not k.startswith("_")), types.SimpleNamespace({"k": 1}), types.SimpleNamespace({"k": 1}, k=2, l=3), types.SimpleNamespace([("z", 1)]))
    n.c = [1]
    del n.a
    n.self = n
    print(n, hasattr(n, "a"))
    setattr(n, "not identifier", 5)
    print(types.SimpleNamespace(**{"a b": 1, "é": 2}), getattr(n, "not identifier"))
    for f in (lambda: n.zz, lambda: types.SimpleNamespace(1), lambda: types.SimpleNamespace({}, {}), lambda: types.SimpleNamespace({1: 2}), lambda: n < n, lambda: n["c"], lambda: hash(n), lambda: delattr(n, "zz"), lambda: len(n), lambda: types.SimpleNamespace([1])): error(f)
    class N(types.SimpleNamespace):
        z = 9
        def m(self): return self.q
    print(N(q=4).m(), N(q=1), N().z, N(a=1) == types.SimpleNamespace(a=1))
    r = n.__class__(x=1)
    r.__init__(y=2)
    print(r, r.__reduce__()[1:])
    s = types.SimpleNamespace(x=1, y=2)
    t = s.__replace__(y=3)
    print(s, t)


@section
def names_in_types():
    def g(): yield
    async def c(): pass
    async def a(): yield
    co = c()
    pairs = {"FunctionType": g, "LambdaType": lambda: 1, "GeneratorType": g(), "CoroutineType": co, "AsyncGeneratorType": a(), "CodeType": g.__code__, "MethodType": "".__class__ and types.SimpleNamespace().__init__ if 0 else type("K", (), {"m": lambda s: 1})().m, "BuiltinFunctionType": len, "BuiltinMethodType": [].append, "WrapperDescriptorType": object.__init__, "MethodWrapperType": object().__str__, "MethodDescriptorType": str.join, "ClassMethodDescriptorType": dict.__dict__["fromkeys"], "ModuleType": types, "MappingProxyType": vars(int), "SimpleNamespace": types.SimpleNamespace(), "NoneType": None, "NotImplementedType": NotImplemented, "EllipsisType": ..., "GenericAlias": list[int], "UnionType": int | str, "GetSetDescriptorType": type.__dict__["__bases__"], "CellType": types.CellType()}
    for name, value in pairs.items():
        t = getattr(types, name)
        print(name, t.__name__, isinstance(value, t), t.__module__)
    co.close()
    print(type(int.real).__name__, types.FunctionType is types.LambdaType, types.MemberDescriptorType.__name__, types.CapsuleType.__name__ if hasattr(types, "CapsuleType") else "")


@section
def dynamic_class_attribute():
    class C:
        def __init__(self): self._v = 5
        @types.DynamicClassAttribute
        def v(self): return self._v
    print(C().v)
    error(lambda: C.v)
    print(types.get_original_bases(C), types.resolve_bases((int,)), types.prepare_class("X")[0] is type)
    X = types.new_class("X", (dict,), {}, lambda ns: ns.update(a=1, f=lambda self: len(self)))
    print(X.a, X(k=1).f(), X.__mro__[1])


@section
def cells():
    c = types.CellType(5)
    e = types.CellType()
    print(c.cell_contents, c == types.CellType(5), c < types.CellType(6), e == types.CellType(), c > e, repr(c).startswith("<cell at "), repr(e).split(": ")[1])
    c.cell_contents = "new"
    print(c.cell_contents)
    del c.cell_contents
    for f in (lambda: c.cell_contents, lambda: types.CellType(1, 2), lambda: hash(e), lambda: setattr(c, "x", 1), lambda: types.CellType(1) < 5, lambda: types.CellType(1) < types.CellType("a")): error(f)
