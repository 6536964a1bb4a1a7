# type_contents.py - what objects of all builtin types answer, and the names of types.
# SPDX-License-Identifier: MIT
import types


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


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
