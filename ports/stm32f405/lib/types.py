"""Names of types that have none among the builtins."""

import sys


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
MappingProxyType = type(type.__dict__)
SimpleNamespace = type(sys.implementation)
GeneratorType = type(_function())
CoroutineType = type(_waiting := _coroutine())
AsyncGeneratorType = type(_generator())
MethodType = type(_Sample().method)
BuiltinFunctionType = BuiltinMethodType = type(len)
WrapperDescriptorType = type(object.__init__)
MethodWrapperType = type(object().__str__)
MethodDescriptorType = type(str.join)
ClassMethodDescriptorType = type(dict.__dict__["fromkeys"])
GetSetDescriptorType = type(type(_function).__code__)
MemberDescriptorType = type(_Sample.slot)
ModuleType = type(sys)
GenericAlias = type(list[int])
UnionType = type(int | str)
EllipsisType, NoneType, NotImplementedType = type(...), type(None), type(NotImplemented)
_waiting.close()
del _waiting, _Sample, _function, _coroutine, _generator, _traceback


class DynamicClassAttribute(property):
    """A property of instances; on the class it is looked up in the metaclass."""

    def __get__(self, instance, owner=None):
        if instance is None:
            raise AttributeError
        return super().__get__(instance, owner)


def coroutine(func):
    """Make a generator function one whose generators can be awaited."""
    if not callable(func):
        raise TypeError("types.coroutine() expects a callable")
    flags = func.__code__.co_flags if isinstance(func, FunctionType) else 0
    if flags & 0x20:  # a generator function
        func.__code__ = func.__code__.replace(co_flags=flags | 0x100)
    elif not flags & 0x180:
        raise NotImplementedError("types.coroutine() of what is no generator function")
    return func


def resolve_bases(bases):
    """The bases, with what __mro_entries__() gives for those that are no types."""
    resolved, changed = [], False
    for base in bases:
        entries = None if isinstance(base, type) else getattr(base, "__mro_entries__", None)
        if entries is None:
            resolved.append(base)
            continue
        changed, new = True, entries(bases)
        if not isinstance(new, tuple):
            raise TypeError("__mro_entries__ must return a tuple")
        resolved += new
    return tuple(resolved) if changed else bases


def new_class(name, bases=(), kwds=None, exec_body=None):
    """A class; exec_body(namespace) fills it."""
    kwds = dict(kwds or {})
    meta = kwds.pop("metaclass", type(bases[0]) if bases else type)
    namespace = meta.__prepare__(name, bases, **kwds)
    if exec_body is not None:
        exec_body(namespace)
    return meta(name, bases, namespace, **kwds)
