"""Tools of module types: for making classes at run time, and for functions that give what can be awaited."""

import types

__name__ = "types"  # where its names belong
CapsuleType = type("PyCapsule", (), {"__module__": "builtins"})


def new_class(name, bases=(), kwds=None, exec_body=None):
    """Create a class dynamically, with the right metaclass."""
    resolved_bases = resolve_bases(bases)
    meta, ns, kwds = prepare_class(name, resolved_bases, kwds)
    if exec_body is not None:
        exec_body(ns)
    if resolved_bases is not bases:
        ns["__orig_bases__"] = bases
    return meta(name, resolved_bases, ns, **kwds)


def resolve_bases(bases):
    """Replace the bases that have __mro_entries__ by what that gives."""
    out = []
    changed = False
    for base in bases:
        if isinstance(base, type) or not hasattr(base, "__mro_entries__"):
            out.append(base)
            continue
        entries = base.__mro_entries__(bases)
        if not isinstance(entries, tuple):
            raise TypeError("__mro_entries__ must return a tuple")
        out.extend(entries)
        changed = True
    return tuple(out) if changed else bases


def prepare_class(name, bases=(), kwds=None):
    """Call the metaclass's __prepare__: gives (metaclass, namespace, keywords)."""
    kwds = {} if kwds is None else dict(kwds)
    if "metaclass" in kwds:
        meta = kwds.pop("metaclass")
    else:
        meta = type(bases[0]) if bases else type
    if isinstance(meta, type):
        meta = _calculate_meta(meta, bases)
    ns = meta.__prepare__(name, bases, **kwds) if hasattr(meta, "__prepare__") else {}
    return meta, ns, kwds


def _calculate_meta(meta, bases):
    winner = meta
    for base in bases:
        base_meta = type(base)
        if issubclass(winner, base_meta):
            continue
        if issubclass(base_meta, winner):
            winner = base_meta
            continue
        raise TypeError("metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass "
                        "of the metaclasses of all its bases")
    return winner


def get_original_bases(cls, /):
    """The bases of a class as they were written, before __mro_entries__."""
    try:
        return cls.__dict__.get("__orig_bases__", cls.__bases__)
    except AttributeError:
        raise TypeError(f"Expected an instance of type, not {type(cls).__name__!r}") from None


class DynamicClassAttribute:
    """A property that on the class itself goes to the metaclass's __getattr__."""

    def __init__(self, fget=None, fset=None, fdel=None, doc=None):
        self.fget, self.fset, self.fdel = fget, fset, fdel
        self.__doc__, self.overwrite_doc = doc or fget.__doc__, doc is None
        self.__isabstractmethod__ = bool(getattr(fget, "__isabstractmethod__", False))

    @staticmethod
    def _call(function, trouble, *args):
        if function is None:
            raise AttributeError(trouble)
        return function(*args)

    def __get__(self, instance, ownerclass=None):
        if instance is not None:
            return self._call(self.fget, "unreadable attribute", instance)
        if not self.__isabstractmethod__:
            raise AttributeError()
        return self

    def __set__(self, instance, value):
        self._call(self.fset, "can't set attribute", instance, value)

    def __delete__(self, instance):
        self._call(self.fdel, "can't delete attribute", instance)

    def getter(self, fget):
        return type(self)(fget, self.fset, self.fdel, (fget.__doc__ if self.overwrite_doc else None) or self.__doc__)

    def setter(self, fset):
        return type(self)(self.fget, fset, self.fdel, self.__doc__)

    def deleter(self, fdel):
        return type(self)(self.fget, self.fset, fdel, self.__doc__)


class _GeneratorWrapper:
    def __init__(self, gen):
        self._wrapped = gen
        self.__name__ = getattr(gen, "__name__", None)
        self.__qualname__ = getattr(gen, "__qualname__", None)

    def send(self, val):
        return self._wrapped.send(val)

    def throw(self, *args):
        return self._wrapped.throw(*args)

    def close(self):
        return self._wrapped.close()

    def __next__(self):
        return next(self._wrapped)

    def __iter__(self):
        return self._wrapped if type(self._wrapped) is types.GeneratorType else self

    __await__ = __iter__
    gi_code = cr_code = property(lambda self: self._wrapped.gi_code)
    gi_frame = cr_frame = property(lambda self: self._wrapped.gi_frame)
    gi_running = cr_running = property(lambda self: self._wrapped.gi_running)
    gi_yieldfrom = cr_await = property(lambda self: self._wrapped.gi_yieldfrom)
    gi_suspended = cr_suspended = property(lambda self: self._wrapped.gi_suspended)


def coroutine(func):
    """Make a generator function one whose generators can be awaited."""
    if not callable(func):
        raise TypeError("types.coroutine() expects a callable")
    if isinstance(func, types.FunctionType):
        flags = func.__code__.co_flags
        if flags & 0x180:
            return func
        if flags & 0x20:
            func.__code__ = func.__code__.replace(co_flags=flags | 0x100)
            return func

    def wrapped(*args, **kwargs):
        coro = func(*args, **kwargs)
        if isinstance(coro, types.CoroutineType) or (isinstance(coro, types.GeneratorType) and coro.gi_code.co_flags & 0x100):
            return coro
        from _collections_abc import Coroutine, Generator
        return _GeneratorWrapper(coro) if isinstance(coro, Generator) and not isinstance(coro, Coroutine) else coro
    wrapped.__name__ = func.__name__
    wrapped.__qualname__ = func.__qualname__
    wrapped.__doc__ = func.__doc__
    wrapped.__wrapped__ = func
    return wrapped
