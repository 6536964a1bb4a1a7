# names.py - prints what dir() shows of builtins, sys and every builtin type, and the signatures of their functions and methods.
# SPDX-License-Identifier: MIT
import builtins
import sys
import types


def samples():
    """Types that have no name in builtins, by their own."""
    def function():
        yield

    async def coroutine():
        pass

    async def async_generator():
        yield

    waiting = coroutine()
    agen = async_generator()
    anext = agen.__anext__()
    frame = sys._getframe()
    found = [type(function), type(function()), type(waiting), type(waiting.__await__()), type(agen), type(anext),
             type(function.__code__), type(len), types.MethodType, types.ModuleType, type(None), type(...), type(NotImplemented),
             types.MappingProxyType, types.SimpleNamespace, type(frame), types.CellType, types.GenericAlias, types.UnionType,
             types.TracebackType, type(str.join), type(object.__init__), type(object().__str__), type(dict.__dict__["fromkeys"]),
             type(types.FunctionType.__code__), type(types.FunctionType.__globals__), type(iter(lambda: 1, 1)), type(iter("\xe9")), type(iter(range(1 << 70)))]
    for things in (b"", bytearray(), [], (), set(), range(1), {}, {}.keys(), {}.values(), {}.items(), memoryview(b"")):
        found += [type(things), type(iter(things))]
    found += [type(reversed(things)) for things in ([], {}, {}.keys(), {}.values(), {}.items(), range(1))]
    waiting.close()
    anext.close()
    return found


def own_functions(owner):
    """(name, function) of what can be called, without types."""
    for name, value in sorted(vars(owner).items()):
        if not isinstance(value, type) and (callable(value) or isinstance(value, (classmethod, staticmethod))):
            yield name, value


def show_signature(name, value):
    text = getattr(value, "__text_signature__", None)
    print("signature", name, " ".join(text.split()) if text is not None else None)
    if not getattr(value, "__doc__", None):
        print("nodoc", name)


def main():
    all_types = {t for t in vars(builtins).values() if isinstance(t, type) and t.__module__ == "builtins"}
    all_types.update(samples())
    for name, module in (("builtins", builtins), ("sys", sys)):
        for attribute in dir(module):
            print(f"name {name}.{attribute}")
        for attribute, value in own_functions(module):
            if isinstance(value, type(len)):
                show_signature(f"{name}.{attribute}", value)
    for t in sorted(all_types, key=lambda t: t.__name__):
        for attribute in sorted(set(dir(t))):
            print(f"name {t.__name__}.{attribute}")
        show_signature(t.__name__, t)
        for attribute, value in own_functions(t):
            show_signature(f"{t.__name__}.{attribute}", value)


main()
