"""Names of types that have none among the builtins."""

import sys

from _krait import lookup


def _function():
    yield


async def _coroutine():
    pass


async def _generator():
    yield


def _traceback():
    try:
        raise TypeError
    except TypeError as error:
        return error.__traceback__


class _Sample:
    __slots__ = ("slot",)

    def method(self):
        """A method."""


FunctionType = LambdaType = type(_function)
CodeType = type(_function.__code__)
CellType = type((lambda value: lambda: value)(0).__closure__[0])
TracebackType, FrameType = type(_traceback()), type(_traceback().tb_frame)
MappingProxyType = type(_Sample.__dict__)
SimpleNamespace = type(sys.implementation)
GeneratorType = type(_function())
CoroutineType = type(_waiting := _coroutine())
AsyncGeneratorType = type(_generator())
MethodType = type(_Sample().method)
BuiltinFunctionType = BuiltinMethodType = type(len)
WrapperDescriptorType = type(object.__init__)
MethodWrapperType = type(object().__str__)
MethodDescriptorType = type(str.join)
ClassMethodDescriptorType = type(lookup(dict, "fromkeys"))
GetSetDescriptorType = type(type(_function).__code__)
MemberDescriptorType = type(_Sample.slot)
ModuleType = type(sys)
GenericAlias = type(list[int])
UnionType = type(int | str)
EllipsisType, NoneType, NotImplementedType = type(...), type(None), type(NotImplemented)
_waiting.close()
del _waiting, _Sample, _function, _coroutine, _generator, _traceback


def __getattr__(name):
    if name not in ("CapsuleType", "DynamicClassAttribute", "coroutine", "get_original_bases", "new_class", "prepare_class", "resolve_bases"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import _types_class
    value = globals()[name] = getattr(_types_class, name)
    return value
