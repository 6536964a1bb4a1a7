"""Abstract base classes of containers, iterators and coroutines; module collections.abc shows them."""

from _krait import lookup
from abc import ABCMeta, abstractmethod

__name__ = "collections.abc"
__all__ = ["Awaitable", "Coroutine", "AsyncIterable", "AsyncIterator", "AsyncGenerator", "Hashable", "Iterable", "Iterator",
           "Generator", "Reversible", "Sized", "Container", "Callable", "Collection", "Set", "MutableSet", "Mapping",
           "MutableMapping", "MappingView", "KeysView", "ItemsView", "ValuesView", "Sequence", "MutableSequence",
           "ByteString", "Buffer"]

GenericAlias = type(list[int])
_class_getitem = classmethod(GenericAlias)


def _check_methods(cls, *names):
    """Does the class have all these methods, none of them set to None?"""
    return all([lookup(cls, name) is not None for name in names]) or NotImplemented


def _hook(*names):
    """__subclasshook__ of the class that defines it: whoever has these methods is a subclass."""
    def __subclasshook__(cls, C):
        return _check_methods(C, *names) if cls.__dict__.get("__subclasshook__") is hook else NotImplemented
    hook = classmethod(__subclasshook__)
    return hook


def _thrown(typ, val, tb):
    """The exception that throw(typ, val, tb) raises."""
    if val is None:
        if tb is None:
            raise typ
        val = typ()
    return val if tb is None else val.with_traceback(tb)


# ---- One method each ----


class Hashable(metaclass=ABCMeta):
    __slots__ = ()

    @abstractmethod
    def __hash__(self):
        return 0

    __subclasshook__ = _hook("__hash__")


class Awaitable(metaclass=ABCMeta):
    __slots__ = ()

    @abstractmethod
    def __await__(self):
        yield

    __subclasshook__ = _hook("__await__")

    __class_getitem__ = _class_getitem


class Coroutine(Awaitable):
    __slots__ = ()

    @abstractmethod
    def send(self, value):
        """Send a value into the coroutine: returns the next yielded value or raises StopIteration."""
        raise StopIteration

    @abstractmethod
    def throw(self, typ, val=None, tb=None):
        """Raise an exception in the coroutine: returns the next yielded value or raises StopIteration."""
        raise _thrown(typ, val, tb)

    def close(self):
        """Raise GeneratorExit inside the coroutine."""
        try:
            self.throw(GeneratorExit)
        except (GeneratorExit, StopIteration):
            pass
        else:
            raise RuntimeError("coroutine ignored GeneratorExit")

    __subclasshook__ = _hook("__await__", "send", "throw", "close")


class AsyncIterable(metaclass=ABCMeta):
    __slots__ = ()

    @abstractmethod
    def __aiter__(self):
        return AsyncIterator()

    __subclasshook__ = _hook("__aiter__")

    __class_getitem__ = _class_getitem


class AsyncIterator(AsyncIterable):
    __slots__ = ()

    @abstractmethod
    async def __anext__(self):
        """The next item; StopAsyncIteration behind the last."""
        raise StopAsyncIteration

    def __aiter__(self):
        return self

    __subclasshook__ = _hook("__anext__", "__aiter__")


class AsyncGenerator(AsyncIterator):
    __slots__ = ()

    async def __anext__(self):
        """The next item; StopAsyncIteration behind the last."""
        return await self.asend(None)

    @abstractmethod
    async def asend(self, value):
        """Send a value into the asynchronous generator."""
        raise StopAsyncIteration

    @abstractmethod
    async def athrow(self, typ, val=None, tb=None):
        """Raise an exception in the asynchronous generator."""
        raise _thrown(typ, val, tb)

    async def aclose(self):
        """Raise GeneratorExit inside the asynchronous generator."""
        try:
            await self.athrow(GeneratorExit)
        except (GeneratorExit, StopAsyncIteration):
            pass
        else:
            raise RuntimeError("asynchronous generator ignored GeneratorExit")

    __subclasshook__ = _hook("__aiter__", "__anext__", "asend", "athrow", "aclose")


class Iterable(metaclass=ABCMeta):
    __slots__ = ()

    @abstractmethod
    def __iter__(self):
        while False:
            yield None

    __subclasshook__ = _hook("__iter__")

    __class_getitem__ = _class_getitem


class Iterator(Iterable):
    __slots__ = ()

    @abstractmethod
    def __next__(self):
        """The next item; StopIteration behind the last."""
        raise StopIteration

    def __iter__(self):
        return self

    __subclasshook__ = _hook("__iter__", "__next__")


class Reversible(Iterable):
    __slots__ = ()

    @abstractmethod
    def __reversed__(self):
        while False:
            yield None

    __subclasshook__ = _hook("__reversed__", "__iter__")


class Generator(Iterator):
    __slots__ = ()

    def __next__(self):
        """The next item; StopIteration behind the last."""
        return self.send(None)

    @abstractmethod
    def send(self, value):
        """Send a value into the generator: returns the next yielded value or raises StopIteration."""
        raise StopIteration

    @abstractmethod
    def throw(self, typ, val=None, tb=None):
        """Raise an exception in the generator: returns the next yielded value or raises StopIteration."""
        raise _thrown(typ, val, tb)

    def close(self):
        """Raise GeneratorExit inside the generator."""
        try:
            self.throw(GeneratorExit)
        except StopIteration as e:
            return e.value
        except GeneratorExit:
            return None
        raise RuntimeError("generator ignored GeneratorExit")

    __subclasshook__ = _hook("__iter__", "__next__", "send", "throw", "close")


class Sized(metaclass=ABCMeta):
    __slots__ = ()

    @abstractmethod
    def __len__(self):
        return 0

    __subclasshook__ = _hook("__len__")


class Container(metaclass=ABCMeta):
    __slots__ = ()

    @abstractmethod
    def __contains__(self, x):
        return False

    __subclasshook__ = _hook("__contains__")

    __class_getitem__ = _class_getitem


class Collection(Sized, Iterable, Container):
    __slots__ = ()

    __subclasshook__ = _hook("__len__", "__iter__", "__contains__")


class Buffer(metaclass=ABCMeta):
    __slots__ = ()

    @abstractmethod
    def __buffer__(self, flags: int, /) -> memoryview:
        raise NotImplementedError

    __subclasshook__ = _hook("__buffer__")


def _type_repr(obj):
    if isinstance(obj, type) and not isinstance(obj, GenericAlias):
        return obj.__qualname__ if obj.__module__ == "builtins" else f"{obj.__module__}.{obj.__qualname__}"
    if obj is Ellipsis:
        return "..."
    return obj.__name__ if hasattr(obj, "__code__") else repr(obj)


def _is_param_expr(obj):
    """Can it stand for the parameters of a Callable?"""
    if obj is Ellipsis or isinstance(obj, (list, tuple)):
        return True
    t = type(obj)
    return t.__module__ == "typing" and t.__name__ in ("ParamSpec", "_ConcatenateGenericAlias")


class _CallableGenericAlias(GenericAlias):
    """Callable[[arguments], result], flat inside: Callable[[int, str], float].__args__ is (int, str, float)."""

    __slots__ = ()

    def __new__(cls, origin, args):
        if not (isinstance(args, tuple) and len(args) == 2):
            raise TypeError("Callable must be used as Callable[[arg, ...], result].")
        params, result = args
        if isinstance(params, (tuple, list)):
            args = (*params, result)
        elif not _is_param_expr(params):
            raise TypeError(f"Expected a list of types, an ellipsis, ParamSpec, or Concatenate. Got {params}")
        return super().__new__(cls, origin, args)

    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and _is_param_expr(args[0]):
            return super().__repr__()
        return f"collections.abc.Callable[[{', '.join(map(_type_repr, args[:-1]))}], {_type_repr(args[-1])}]"

    def __reduce__(self):
        args = self.__args__
        if not (len(args) == 2 and _is_param_expr(args[0])):
            args = list(args[:-1]), args[-1]
        return _CallableGenericAlias, (Callable, args)

    def __getitem__(self, item):
        if not isinstance(item, tuple):
            item = (item,)
        if len(self.__parameters__) == 1 and not (len(item) == 1 and _is_param_expr(item[0])) and \
                type(self.__parameters__[0]).__name__ == "ParamSpec":
            item = (list(item),)
        args = list(super().__getitem__(item).__args__)
        if args and not isinstance(args[0], (tuple, list)):
            return _CallableGenericAlias(Callable, (args[:-1], args[-1]))
        return _CallableGenericAlias(Callable, (list(args[0]), args[-1]))


class Callable(metaclass=ABCMeta):
    __slots__ = ()

    @abstractmethod
    def __call__(self, *args, **kwds):
        return False

    __subclasshook__ = _hook("__call__")

    __class_getitem__ = classmethod(_CallableGenericAlias)


# ---- What has modules of its own, so that small systems need not load all ----

from _abc_mapping import Mapping
from _abc_mutable_mapping import MutableMapping
from _abc_sequence import Sequence
from _abc_mutable_sequence import MutableSequence
from _abc_set import MutableSet, Set
from _abc_view import ItemsView, KeysView, MappingView, ValuesView


class _DeprecateByteStringMeta(ABCMeta):
    def __instancecheck__(cls, instance):
        _warn_byte_string()
        return super().__instancecheck__(instance)


def _warn_byte_string():
    import warnings
    warnings._deprecated("collections.abc.ByteString", remove=(3, 14))


class ByteString(Sequence, metaclass=_DeprecateByteStringMeta):
    """Deprecated: the common part of bytes and bytearray."""

    __slots__ = ()


def _make_registrations():
    async def coroutine():
        pass

    async def async_generator():
        yield
    c = coroutine()
    Coroutine.register(type(c))
    c.close()
    AsyncGenerator.register(type(async_generator()))
    Generator.register(type((lambda: (yield))()))
    for iterator in (iter(b""), iter(bytearray()), iter({}), iter({}.values()), iter({}.items()), iter([]), iter(reversed([])),
                     iter(range(0)), iter(range(1 << 1000)), iter(set()), iter(""), iter(()), iter(zip())):
        Iterator.register(type(iterator))
    ByteString.register(bytes)
    ByteString.register(bytearray)


_make_registrations()
