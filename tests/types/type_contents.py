# type_contents.py - which public attributes the builtin types and the builtins module have.
# SPDX-License-Identifier: MIT
import builtins
import types


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


@section
def public_names():
    for t in (int, float, complex, bool, str, bytes, bytearray, memoryview, list, tuple, dict, set, frozenset, range, slice, property, staticmethod, classmethod, object, type, enumerate, zip, map, filter, super, BaseException, OSError, SyntaxError, ImportError, UnicodeDecodeError, StopIteration, BaseExceptionGroup):
        print(t.__name__, sorted(n for n in dir(t) if not n.startswith("_")))


NUMERIC = "add sub mul truediv floordiv mod divmod pow lshift rshift and or xor matmul neg pos abs invert int float index complex round bool".split()
OTHER = "len getitem setitem delitem contains iter next reversed call get set delete enter exit eq lt hash repr str format missing length_hint iadd imul ior iand isub ixor radd rmul ror rmod class_getitem buffer release_buffer mro_entries init_subclass subclasshook reduce_ex getnewargs getstate bytes sizeof dir await aiter anext".split()


@section
def special_methods():
    for t in (int, float, complex, bool, str, bytes, bytearray, memoryview, list, tuple, dict, set, frozenset, range, slice, property, staticmethod, classmethod, object, type, enumerate, zip, map, filter, super, type(None), type(...), type(NotImplemented), types.FunctionType, types.MethodType, types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType, types.ModuleType, types.MappingProxyType, types.SimpleNamespace, types.GenericAlias, types.UnionType, BaseException):
        names = [n for n in NUMERIC + OTHER if n not in ("eq", "lt", "repr", "str", "format", "init_subclass", "subclasshook", "reduce_ex", "getstate", "sizeof", "dir") and f"__{n}__" in {k for c in t.__mro__[:-1] or (t,) for k in vars(c)}]
        print(t.__name__, *names)


@section
def builtin_names():
    names = sorted(n for n in dir(builtins) if not n.startswith("_") and n not in ("copyright", "credits", "license", "exit", "quit", "help"))
    print(len(names), *names)
    for n in names:
        v = getattr(builtins, n)
        if isinstance(v, type): kind = "class"
        elif callable(v): kind = "function"
        else: kind = repr(v)
        print(n, kind, getattr(v, "__name__", ""), getattr(v, "__module__", ""), end="; ")
    print()


@section
def object_protocol_on_everything():
    def g(): yield
    things = [5, 1.5, 1j, True, "s", b"b", bytearray(b"a"), memoryview(b"m"), [1], (1,), {1: 2}, {1}, frozenset([1]), range(1), slice(1), None, ..., NotImplemented, int, type, len, g, g(), property(), object(), ValueError("v"), list[int], int | str, types.SimpleNamespace(a=1), types, super(int, 5), iter([]), zip(), map(str, []), enumerate([])]
    for x in things:
        t = type(x)
        print(t.__name__, x.__class__ is t or x.__class__, isinstance(x.__doc__, (str, type(None))), callable(x), hasattr(x, "__dict__"), hasattr(x, "__len__"), hasattr(x, "__iter__"), hasattr(x, "__hash__") and x.__hash__ is not None, isinstance(repr(x), str), isinstance(str(x), str), isinstance(dir(x), list), isinstance(t.__mro__, tuple), t.__mro__[-1] is object, (x == x) is True, t.__module__)


@section
def docstrings_and_names():
    print([t.__qualname__ for t in (int, str, dict, type, range)], int.__module__, len.__module__, len.__qualname__, list.append.__qualname__, "".join.__qualname__, int.__add__.__qualname__, dict.fromkeys.__qualname__, int.real.__qualname__, [t.__name__ for t in (type(None), type(...), type(NotImplemented), type(len), type(print), type([].append), type(int.__add__), type((1).__add__), type(str.join), type(int.real), type(dict.__dict__["fromkeys"]))])
