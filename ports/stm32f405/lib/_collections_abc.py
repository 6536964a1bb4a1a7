"""Abstract base classes of containers, iterators and coroutines, made when they are asked for; module collections.abc shows them."""

from _krait import lookup
from abc import ABCMeta, abstractmethod

__name__ = "collections.abc"  # where its names belong

# Classes that are known by their methods: name, its bases, the methods that make a class one, and which of them are written here.
_TRAITS = """
Hashable : __hash__ :
Awaitable : __await__ :
Coroutine Awaitable : send throw close __await__ : close
AsyncIterable : __aiter__ :
AsyncIterator AsyncIterable : __anext__ __aiter__ : __aiter__
AsyncGenerator AsyncIterator : asend athrow aclose __aiter__ __anext__ : __anext__ aclose
Iterable : __iter__ :
Iterator Iterable : __next__ __iter__ : __iter__
Reversible Iterable : __reversed__ __iter__ :
Generator Iterator : send throw close __next__ __iter__ : __next__ close
Sized : __len__ :
Container : __contains__ :
Collection Sized Iterable Container : __len__ __iter__ __contains__ :
Buffer : __buffer__ :
Callable : __call__ :
"""
# Module: its classes, which have code of their own.
_HOME = {"_abc_set": ("Set", "MutableSet"), "_abc_mapping": ("Mapping",), "_abc_mutable_mapping": ("MutableMapping",),
         "_abc_view": ("MappingView", "KeysView", "ItemsView", "ValuesView"), "_abc_sequence": ("Sequence",), "_abc_mutable_sequence": ("MutableSequence",)}


def _itself(self):
    return self


def _step(self):
    return self.send(None)


async def _step_soon(self):
    return await self.asend(None)


def _close(self):
    try:
        self.throw(GeneratorExit)
    except StopIteration as e:
        return e.value
    except GeneratorExit:
        return None
    raise RuntimeError(f"{type(self).__name__} ignored GeneratorExit")


async def _close_soon(self):
    try:
        await self.athrow(GeneratorExit)
    except (GeneratorExit, StopAsyncIteration):
        return
    raise RuntimeError(f"{type(self).__name__} ignored GeneratorExit")


_WRITTEN = {"__iter__": _itself, "__aiter__": _itself, "__next__": _step, "__anext__": _step_soon, "close": _close, "aclose": _close_soon}


@abstractmethod
def _missing(self, *args):
    raise NotImplementedError


def _trait(name, bases, methods, written):
    space = dict.fromkeys(methods, _missing) | {method: _WRITTEN[method] for method in written}
    for method in [method for method in methods if method not in written and any([method in base.__dict__ for base in bases])]:
        del space[method]

    def hook(cls, other):
        return all([lookup(other, method) is not None for method in methods]) or NotImplemented if cls is made else NotImplemented
    space |= {"__slots__": (), "__module__": __name__, "__subclasshook__": classmethod(hook), "__class_getitem__": classmethod(type(list[int]))}
    made = ABCMeta(name, bases or (object,), space)
    return made


def __getattr__(name):
    value = None
    if name == "__all__":
        value = [line.split(" ", 1)[0] for line in _TRAITS.strip().split("\n")] + [other for names in _HOME.values() for other in names]
    elif f"\n{name} " in _TRAITS:
        line = _TRAITS[_TRAITS.index(f"\n{name} ") + 1:].split("\n", 1)[0]
        names, methods, written = [part.split() for part in line.split(":")]
        value = _trait(name, tuple([_find(base) for base in names[1:]]), methods, written)
    for module, names in _HOME.items():
        if name in names:
            value = getattr(__import__(module), name)
    if value is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r} on this device")
    globals()[name] = value
    return value


def _find(name):
    return globals().get(name) or __getattr__(name)
