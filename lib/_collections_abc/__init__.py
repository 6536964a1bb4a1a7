"""Abstract base classes of containers, iterators and coroutines; module collections.abc shows them. Most are in the parts of this package, which
are loaded when one of their classes is asked for."""

from abc import ABCMeta, abstractmethod

__name__ = "collections.abc"
__all__ = ["Awaitable", "Coroutine", "AsyncIterable", "AsyncIterator", "AsyncGenerator", "Hashable", "Iterable", "Iterator",
           "Generator", "Reversible", "Sized", "Container", "Callable", "Collection", "Set", "MutableSet", "Mapping",
           "MutableMapping", "MappingView", "KeysView", "ItemsView", "ValuesView", "Sequence", "MutableSequence",
           "ByteString", "Buffer"]

_part_of = {"Awaitable": "_coroutine", "Coroutine": "_coroutine", "AsyncIterable": "_coroutine", "AsyncIterator": "_coroutine",
            "AsyncGenerator": "_coroutine", "Generator": "_coroutine", "Callable": "_callable", "_CallableGenericAlias": "_callable", "Set": "_set",
            "MutableSet": "_set", "Mapping": "_mapping", "MutableMapping": "_mapping", "MappingView": "_view", "KeysView": "_view",
            "ItemsView": "_view", "ValuesView": "_view", "Sequence": "_sequence", "MutableSequence": "_sequence", "ByteString": "_sequence"}

GenericAlias = type(list[int])
_class_getitem = classmethod(GenericAlias)


def __getattr__(name):
    if name not in _part_of:
        raise AttributeError(f"module '_collections_abc' has no attribute {name!r}")
    part = __import__("_collections_abc." + _part_of[name], None, None, (name,))
    for other in _part_of:
        if _part_of[other] == _part_of[name]:
            globals()[other] = getattr(part, other)
    return globals()[name]


def _check_methods(cls, *names):
    """Does the class have all these methods, none of them set to None?"""
    for name in names:
        for base in cls.__mro__:
            if name in base.__dict__:
                if base.__dict__[name] is None:
                    return NotImplemented
                break
        else:
            return NotImplemented
    return True


def _hook(*names):
    """__subclasshook__ of the class that defines it: whoever has these methods is a subclass."""
    def __subclasshook__(cls, C):
        return _check_methods(C, *names) if cls.__dict__.get("__subclasshook__") is hook else NotImplemented
    hook = classmethod(__subclasshook__)
    return hook


class Hashable(metaclass=ABCMeta):
    __slots__ = ()

    @abstractmethod
    def __hash__(self):
        return 0

    __subclasshook__ = _hook("__hash__")


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
