# type_methods_containers.py - which special methods containers and descriptors have.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


NUMERIC = "add sub mul truediv floordiv mod divmod pow lshift rshift and or xor matmul neg pos abs invert int float index complex round bool".split()
OTHER = "len getitem setitem delitem contains iter next reversed call get set delete enter exit eq lt hash repr str format missing length_hint iadd imul ior iand isub ixor radd rmul ror rmod class_getitem buffer release_buffer mro_entries init_subclass subclasshook reduce_ex getnewargs getstate bytes sizeof dir await aiter anext".split()


@section
def special_methods():
    for t in (list, tuple, dict, set, frozenset, range, slice, property, staticmethod, classmethod, object, type):
        names = [n for n in NUMERIC + OTHER if n not in ("eq", "lt", "repr", "str", "format", "init_subclass", "subclasshook", "reduce_ex", "getstate", "sizeof", "dir") and f"__{n}__" in {k for c in t.__mro__[:-1] or (t,) for k in vars(c)}]
        print(t.__name__, *names)
