"""Names of types that have none among the builtins."""

import sys


def _function():
    yield


async def _coroutine():
    pass


async def _generator():
    yield


class _Sample:
    __slots__ = ("slot",)

    def method(self):
        """A method."""


FunctionType = LambdaType = type(_function)
CodeType = type(_function.__code__)
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
del _waiting, _Sample, _function, _coroutine, _generator


class DynamicClassAttribute(property):
    """A property of instances; on the class it is looked up in the metaclass."""

    def __get__(self, instance, owner=None):
        if instance is None:
            raise AttributeError
        return super().__get__(instance, owner)


def new_class(name, bases=(), kwds=None, exec_body=None):
    """A class; exec_body(namespace) fills it."""
    kwds = dict(kwds or {})
    meta = kwds.pop("metaclass", type(bases[0]) if bases else type)
    namespace = meta.__prepare__(name, bases, **kwds)
    if exec_body is not None:
        exec_body(namespace)
    return meta(name, bases, namespace, **kwds)
